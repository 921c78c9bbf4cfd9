"""Instants at the ends of time, without a zone or in another: read, or refused in a sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run

COMMANDS = (
    ("list",),
    ("show", "3"),
    ("log",),
    ("log", "3"),
    ("check",),
    ("head",),
    ("export", "json"),
    ("export", "csv"),
    ("export", "ics"),
    ("export", "ledger"),
    ("export", "html"),
    ("report", "changes", "--since", "2021-01-01"),
    ("report", "week"),
    ("digest", "--since", "2021-01-01"),
    ("list", "--sort", "changed"),
    ("merge", "/dev/null", "milestones.json", "milestones.json", "-o", "merged.json"),
    ("copy", "milestones.json", "copied.json"),
    ("publish", "site"),
    ("undo",),
    ("redo",),
    ("list", "--as-of", "2021-07-01"),
    ("done", "3"),
)
REFUSED = (
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:00-12:00",
    "9999-12-31T23:59:59.999999-00:01",
    "2021-03-10T08:00:00",
    "2016-12-31T23:59:60Z",
    "2021-03-10",
    "0000-12-31T23:59:59Z",
)
READ = (
    "0001-01-01T00:00:00Z",
    "0001-01-01T14:00:00.000001+14:00",
    "9999-12-31T23:59:59.999999Z",
    "9999-12-31T11:59:59.999999-12:00",
    "2021-03-10t08:00:00.5z",
    "2021-03-10T08:00:00.123456789+05:45",
)


def _recorded(home: Path, at: str) -> None:
    """Put the instant of the third milestone's last change into the file, past the commands."""
    path = home / "milestones.json"
    text = path.read_text(encoding="utf-8")
    above, row = text.split('\n"3": ')
    row, below = row.split('\n"4": ')
    row = re.sub(r'"at":"[^"]*"', f'"at":"{at}"', row)
    path.write_text(f'{above}\n"3": {row}\n"4": {below}', encoding="utf-8")


@pytest.mark.parametrize("at", REFUSED)
def test_what_is_no_instant_is_refused_in_a_sentence_by_every_command(
    seeded: Run, home: Path, at: str
) -> None:
    _recorded(home, at)
    for command in COMMANDS:
        ran = seeded(*command)
        assert (command, ran.code) == (command, 10)
        assert "milestone 3: " in ran.err


@pytest.mark.parametrize("at", READ)
def test_the_ends_of_time_and_other_zones_are_read(seeded: Run, home: Path, at: str) -> None:
    _recorded(home, at)
    before = (home / "milestones.json").read_bytes()
    for command in COMMANDS:
        ran = seeded(*command)
        assert ran.code in (0, 1, 7, 16), (command, ran.err)
        (home / "milestones.json").write_bytes(before)
