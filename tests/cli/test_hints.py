"""What is refused for its day says what to do, and whoever does that gets there."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run
from tracker.actions import ChangeContext, add, apply
from tracker.model import Precision, Status
from tracker.store import open_store

EAST, WEST = "Pacific/Kiritimati", "Etc/GMT+12"
MOST_HINTS = 9
"""Steps after which it is a circle."""


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Go to another timezone, where it is another day at every hour."""

    def go(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield go
    monkeypatch.undo()
    time.tzset()


def followed(run: Run, *command: str) -> Ran:
    """Run a command, and do what its refusals say to do, until it is done."""
    for _ in range(MOST_HINTS):
        ran = run(*command)
        if ran.code == 0 or "is so already" in ran.err:
            return ran
        said = ran.err
        if named := re.search(r"`tracker ([^`]+)`", said):
            day = (date.today() - timedelta(days=40)).isoformat()  # noqa: DTZ011  # the user's
            words = named[1].replace("DATE", day).replace("REASON", "clock").split()
            if "--on" in command and "Leave --on out" in said:
                command = without_day(command)
            else:
                followed(run, *words)
        elif "leave it out" in said or "Leave --on out" in said:
            command = without_day(command)
        else:
            raise AssertionError(said)
    raise AssertionError(f"in a circle: {said}")


def without_day(command: tuple[str, ...]) -> tuple[str, ...]:
    place = command.index("--on")
    return command[:place] + command[place + 2 :]


SHEET = "title,status,due\nReport,completed,2036-06-30\n"
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("done", "1"),
    ("start", "1"),
    ("status", "1", "cancelled"),
    ("postpone", "1", "2037-01-01"),
    ("edit", "1", "--title", "Final report"),
    ("note", "1", "seen"),
    ("remove", "1"),
    ("remove", "1", "--mistake"),
    ("correct", "1", "--due", "2037-01-01", "-m", "typed"),
    ("import", "csv", "sheet.csv"),
    ("import", "sheet.csv"),
)
LATER: tuple[tuple[str, ...], ...] = (
    (),
    ("start", "1"),
    ("done", "1"),
    ("postpone", "1", "2036-12-31"),
    ("edit", "1", "--title", "Other words"),
)


@pytest.mark.parametrize("later", LATER, ids=" ".join)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_two_people_in_two_timezones_get_there(
    run: Run,
    home: Path,
    at: Callable[[str], None],
    command: tuple[str, ...],
    later: tuple[str, ...],
) -> None:
    run("init")
    (home / "sheet.csv").write_text(SHEET, encoding="utf-8")
    at(EAST)
    run("add", "Report", "--due", "2036-06-30")
    if later:
        assert run(*later).code == 0
    at(WEST)
    if later == ("done", "1") and command[0] == "postpone":
        return  # it is done already, in any timezone
    before = (home / "milestones.json").read_bytes()
    for told in ((), ("--on", str(datetime.now().astimezone().date()))):
        if not told or "correct" not in command:
            assert followed(run, *command, *told).code in (0, 1)
        (home / "milestones.json").write_bytes(before)


@pytest.mark.parametrize("day", ["today", "later"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_after_a_clock_was_a_year_ahead_they_get_there(
    run: Run, home: Path, command: tuple[str, ...], day: str
) -> None:
    run("init")
    (home / "sheet.csv").write_text(SHEET, encoding="utf-8")
    store = open_store(str(home / "milestones.json"))
    now = datetime.now(UTC)
    ahead = now + timedelta(days=365)
    wrong = ChangeContext(lambda: ahead, ahead.date(), "tester")
    begun = wrong if day == "later" else ChangeContext(lambda: now, now.date() - timedelta(days=50))
    draft = {"title": "Report", "due": date(2036, 6, 30), "precision": Precision.DAY}
    add(store, begun, [draft])
    for verb in (
        lambda m, stamp: m.set_status(stamp, Status.IN_PROGRESS),
        lambda m, stamp: m.postpone(stamp, date(2036, 9, 30), Precision.DAY, None),
        lambda m, stamp: m.set_status(stamp, Status.PARTLY_COMPLETED),
        lambda m, stamp: m.edit(stamp, {"title": "Report of it"}),
        lambda m, stamp: m.edit(stamp, {"title": "Report"}),
    ):
        apply(store, wrong, ["1"], verb)
    assert followed(run, *command).code in (0, 1)


def test_a_day_to_come_may_be_left_out(run: Run) -> None:
    run("init")
    for option in ("--on", "--made-on"):
        ran = run("add", "Report", option, "2062-01-01")
        assert (ran.code, "or leave it out" in ran.err) == (7, True)


@pytest.mark.parametrize("option", ["--due", "--made-on", "--status", "--completed-on"])
def test_each_way_that_a_refusal_names_can_be_typed(run: Run, option: str) -> None:
    run("init")
    run("add", "Report", "--due", "2036-06-30", "--made-on", "2026-01-05")
    said = run("edit", "1", option, "anything").err
    given = {"ID": "1", "WHEN": "2037-06-30", "STATE": "cancelled", "DATE": "2026-02-01"}
    for named in re.findall(r"`tracker (?!edit)([^`]+)`", said):
        words = [given.get(word, word) for word in named.split()]
        assert run(*words).code == 0, named
        run("undo")
