"""Corrections are told in the order in which they were made."""

from __future__ import annotations

from datetime import date, timedelta

from tests.milestones import AT, MADE, plain
from tracker.model import Stamp
from tracker.query import Query
from tracker.report.since import corrections_since

MINUTE = timedelta(minutes=1)


def test_corrections_are_listed_the_last_recorded_first() -> None:
    first = (
        plain(1)
        .correct(Stamp(AT + MINUTE, MADE), {"title": "A"}, why="x")
        .correct(Stamp(AT + 4 * MINUTE, MADE), {"title": "B"}, why="x")
    )
    second = plain(2).correct(Stamp(AT + 3 * MINUTE, MADE), {"title": "C"}, why="x")
    told = corrections_since([second, first], Query(date.max), date.min)
    assert [row.change.now.title for row in told.rows] == ["B", "C", "A"]
