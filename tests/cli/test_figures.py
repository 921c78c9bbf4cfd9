"""The worked examples of pages of docs/, typed from top to bottom into one folder each."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run

DOCS = Path(__file__).parents[2] / "docs"


def examples(page: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command line of the page with the lines that it is said to print."""
    blocks = page.split("```console\n")[1:]
    for block in blocks:
        for typed in block.split("```")[0].split("$ ")[1:]:
            command, *printed = typed.rstrip("\n").split("\n")
            yield command, printed


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("figures", ()),
        ("office", ()),
        ("forecast", ("init", "--seed", "shandong-2021")),
        ("dataset", ("init", "--seed", "shandong-2021")),
    ],
)
def test_every_example_prints_what_the_page_says(
    run: Run, name: str, begin: tuple[str, ...]
) -> None:
    page = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    if begin:
        assert run(*begin).code == 0
    count = 0
    for command, printed in examples(page):
        words = shlex.split(command.split(" | ")[0])
        if words[0] == "printf":
            Path(words[-1]).write_text(words[1].replace("\\n", "\n"), encoding="utf-8")
            continue
        assert words.pop(0) == "tracker"
        ran = run(*words)
        assert ran.code == 0, (command, ran.err)
        assert _piped(command, ran.out.splitlines()) == printed, command
        count += 1
    assert count == page.count("$ tracker ") > 0


def _piped(command: str, lines: list[str]) -> list[str]:
    """Do what `cut -d, -f…` does to lines in which no cell holds a comma."""
    wanted = command.partition(" | cut -d, -f")[2]
    if not wanted:
        assert " | " not in command
        return lines
    places = [place for part in wanted.split(",") for place in _places(part)]
    return [",".join(line.split(",")[place - 1] for place in places) for line in lines]


def _places(part: str) -> range:
    first, _, last = part.partition("-")
    return range(int(first), int(last or first) + 1)
