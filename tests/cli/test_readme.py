"""What the READMEs show, as a terminal of 100 columns has it."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(("name", "lang"), [("README.md", "en_GB"), ("README.zh-CN.md", "zh_CN")])
def test_a_readme_shows_what_its_command_prints(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("LANG", f"{lang}.UTF-8")
    page = (ROOT / name).read_text(encoding="utf-8")
    command, _, shown = page.partition("```console\n$ ")[2].partition("```")[0].partition("\n")
    store = ("--file", str(ROOT / "milestones.json"), "--format", "table")
    assert run(*shlex.split(command)[1:], *store).out == shown
