"""`tracker docs`: where the documentation is, and that it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tracker.cli.commands import docs


def test_it_says_where_the_pages_are_or_that_there_are_none(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docs, "SITES", ())
    assert run("docs").out == f"The documentation is at {docs.PAGES}.\n"
    site = home / "index.html"
    site.write_text("<p>", encoding="utf-8")
    monkeypatch.setattr(docs, "SITES", (site,))
    assert run("docs", "--print").out == f"The documentation is at {site}.\n"
    monkeypatch.setattr(docs, "SITES", ())
    monkeypatch.setattr(docs, "PAGES", home / "none.md")
    refused = run("docs")
    assert (refused.code, "folder docs/ of the source" in refused.err) == (1, True)
