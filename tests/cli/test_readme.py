"""The tours of the READMEs, typed as they stand there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROOT = Path(__file__).parent.parent.parent
NEEDS_ANOTHER = ("serve", "sync", "import")
"""What stays up, or needs a server or a file that others made."""


def typed_on(page: str, heading: str = "") -> list[list[str]]:
    """The commands of a page, or of the first listing under a heading, without `tracker`."""
    text = (ROOT / page).read_text(encoding="utf-8").partition(heading)[2] if heading else ""
    text = text or (ROOT / page).read_text(encoding="utf-8")
    listings = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = "\n".join(listings[:1] if heading else listings).splitlines()
    # What goes into a file would be printed here.
    return [
        shlex.split(line.partition(" > ")[0] if line.startswith("tracker") else line, comments=True)
        for line in lines
    ]


def test_the_readme_shows_what_its_command_prints(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    command, _, shown = page.partition("```console\n$ ")[2].partition("```")[0].partition("\n")
    store = ("--file", str(ROOT / "milestones.json"), "--format", "table")
    assert run(*shlex.split(command)[1:], *store).out == shown


@pytest.mark.parametrize(
    ("page", "heading", "lang"),
    [
        ("docs/tour.md", "## Five minutes", "en_GB.UTF-8"),
        ("README.zh-CN.md", "## 五分钟", "zh_CN.UTF-8"),
        *((str(page.relative_to(ROOT)), "", "zh_CN.UTF-8") for page in ROOT.glob("docs/zh/*.md")),
    ],
)
def test_every_command_of_the_tour_works(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, page: str, heading: str, lang: str
) -> None:
    monkeypatch.setenv("LANG", lang)
    typed = typed_on(page, heading)
    assert len(typed) > 5
    for program, *words in (line for line in typed if line):
        if program == "printf":
            (home / words[-1]).write_text(words[0].replace("\\n", "\n"), encoding="utf-8")
        if program == "tracker" and words[:1] and words[0] not in NEEDS_ANOTHER:
            ran = run(*words)
            assert ran.code == 0, (words, ran.err)
        if program == "tracker" and not words:
            assert run().code == 0
