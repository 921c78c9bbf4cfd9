"""Calendars imported again: an older revision, a series that moved, and what is private."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run

MONDAYS = ("DTSTART;VALUE=DATE:20310602", "RRULE:FREQ=WEEKLY;COUNT=3")
TUESDAYS = ("DTSTART;VALUE=DATE:20310603", "RRULE:FREQ=WEEKLY;COUNT=3")
ONCE = ("DTSTART;VALUE=DATE:20310602",)
DAYS = ("--from", "2031-06-01", "--to", "2031-07-01")


@pytest.fixture
def calendar(run: Run, home: Path) -> Run:
    """Import a calendar with one entry of these lines; options after `--`."""
    run("init")

    def taken(*lines: str) -> Ran:
        body = "".join(f"{line}\r\n" for line in ("UID:u", "SUMMARY:Review", *lines))
        event = f"BEGIN:VEVENT\r\n{body}END:VEVENT\r\n"
        text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event}END:VCALENDAR\r\n"
        (home / "c.ics").write_bytes(text.encode())
        return run("import", "ics", "c.ics", *DAYS)

    return taken


def due(run: Run) -> list[str]:
    return sorted(m["due"][5:] for m in run("list", "--format", "json").json["milestones"])


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (MONDAYS, TUESDAYS, "3 days from 2031-06-02 to 2031-06-16"),
        (ONCE, TUESDAYS, "2031-06-02, and stays here: `tracker remove 1`"),
        (TUESDAYS, ONCE, "3 days from 2031-06-03 to 2031-06-17"),
        (MONDAYS, (*MONDAYS, "EXDATE;VALUE=DATE:20310609"), "2031-06-09, and stays here"),
    ],
)
def test_dates_that_a_calendar_has_no_more_are_named(
    run: Run, calendar: Run, before: tuple[str, ...], after: tuple[str, ...], said: str
) -> None:
    assert calendar(*before).err == ""
    ran = calendar(*after)
    assert (ran.code, ran.err.count("\n")) == (0, 1)
    assert f"c.ics, line 3: In this calendar “Review” is no longer on {said}" in ran.err
    ids = ran.err.partition("`tracker remove ")[2].partition("`")[0].split()
    assert run("remove", *ids).code == 0
    assert calendar(*after).err.count("no longer") == 0


def test_what_was_done_or_lies_outside_the_days_is_not_named(run: Run, calendar: Run) -> None:
    calendar(*MONDAYS)
    run("done", "1", "2", "3")
    assert calendar(*TUESDAYS).err == ""


@pytest.mark.parametrize("lines", [MONDAYS, ONCE])
def test_a_lower_sequence_changes_nothing_that_a_higher_one_said(
    run: Run, calendar: Run, lines: tuple[str, ...]
) -> None:
    calendar(*TUESDAYS, "SEQUENCE:3")
    before = due(run)
    ran = calendar(*lines, "SEQUENCE:2")
    assert (ran.code, "revision 2 of “Review”, and revision 3 was taken in before" in ran.err) == (
        14,
        True,
    )
    assert due(run) == before
    assert "revision 3 of the calendar" in run("log", "1").out
    assert calendar(*TUESDAYS, "SEQUENCE:3").code == 0
    assert calendar(*ONCE, "SEQUENCE:4").code == 0
    assert due(run) == ["06-02", *before]


@pytest.mark.parametrize("klass", ["PRIVATE", "CONFIDENTIAL", "X-SECRET"])
def test_what_is_private_stays_so_and_is_not_published(
    run: Run, calendar: Run, home: Path, klass: str
) -> None:
    calendar(*ONCE, f"CLASS:{klass}")
    assert run("list", "--tag", "private", "--format", "json").json["total"] == 1
    assert "\r\nCLASS:PRIVATE\r\n" in run("export", "ics").out
    run("publish", "out")
    for path in filter(Path.is_file, (home / "out").rglob("*")):
        assert b"Review" not in path.read_bytes()
    run("edit", "1", "--untag", "private")
    run("publish", "out")
    assert b"SUMMARY:Review" in (home / "out" / "feed.ics").read_bytes()
    run("edit", "1", "--tag", "private")
    run("publish", "out")
    assert b"SUMMARY:removed: Review" in (home / "out" / "feed.ics").read_bytes()


def test_class_public_is_public(run: Run, calendar: Run) -> None:
    calendar(*ONCE, "CLASS:PUBLIC")
    assert "CLASS" not in run("export", "ics").out
