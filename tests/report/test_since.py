"""Corrections are told in the order in which they were made."""

from __future__ import annotations

from datetime import date, timedelta

from tests.milestones import AT, MADE, plain
from tracker.model import Milestone, Stamp
from tracker.query import Query
from tracker.report.since import corrections_since

MINUTE = timedelta(minutes=1)


def corrected(m: Milestone, minutes: int, title: str) -> Milestone:
    return m.correct(Stamp(AT + minutes * MINUTE, MADE), {"title": title}, why="x")


def test_corrections_are_listed_the_last_recorded_first() -> None:
    first = corrected(corrected(plain(1), 1, "A"), 4, "B")
    told = corrections_since([corrected(plain(2), 3, "C"), first], Query(date.max), date.min)
    assert [row.change.now.title for row in told.rows] == ["B", "C", "A"]
    # Each is listed by the day on which it was written down, so that none is called late.
    assert not any(row.recorded_later for row in told.rows)
