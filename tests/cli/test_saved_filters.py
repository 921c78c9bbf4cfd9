"""Filters saved in the settings, used by the commands that list and export."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tracker.errors import BadSettings


def test_lists_take_a_saved_filter_and_options_replace_its_words(
    seeded: Run,
) -> None:
    Path("tracker.toml").write_text(
        '[filters.early]\ndue-to = "2021-06-30"\n[filters.none]\nowner = "nobody"\n',
        encoding="utf-8",
    )
    assert len(seeded("list", "--filter", "early").out.splitlines()) == 3
    assert len(seeded("list", "--filter", "early", "--due-to", "2021-03-31").out.splitlines()) == 1
    assert "BEGIN:VEVENT" not in seeded("export", "ics", "--filter", "none").out
    refused = seeded("list", "--filter", "erly")
    assert refused.code == BadSettings.exit_code
    assert "Did you mean early?" in refused.err
