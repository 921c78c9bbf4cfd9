"""The on-time rates: who is in the denominator, and that nothing is divided by nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given

from tests.milestones import DUE, MADE, plain, stamp
from tests.scripts import scripts, tell
from tracker.model import Milestone, Precision, Status
from tracker.query import Query
from tracker.report.ontime import OnTime, Rate, ontime

SEPTEMBER = date(2021, 9, 30)


def rates(*milestones: Milestone, as_of: date) -> OnTime:
    return ontime(milestones, Query(as_of))


def moved(m: Milestone) -> Milestone:
    return m.postpone(stamp(), SEPTEMBER, Precision.DAY, None, why="x")


def done(m: Milestone, on: date) -> Milestone:
    return m.set_status(stamp(on), Status.COMPLETED)


def test_a_date_passes_the_day_after_its_last_day() -> None:
    kept = done(plain(), date(2021, 5, 1))
    assert rates(kept, as_of=DUE).quarters == ()
    assert rates(kept, as_of=DUE).baseline.share is None
    after = rates(kept, as_of=date(2021, 7, 1))
    assert [(q.year, q.number) for q in after.quarters] == [(2021, 2)]
    assert (after.baseline.on_time, after.baseline.passed, after.baseline.share) == (1, 1, 1.0)


def test_a_moved_one_is_late_by_its_baseline_and_on_time_by_its_due_date() -> None:
    m = done(moved(plain()), date(2021, 8, 1))
    second, third = rates(m, as_of=date(2021, 10, 1)).quarters
    assert (second.number, second.baseline, second.due) == (2, Rate(late=1), Rate())
    assert (third.number, third.baseline, third.due) == (3, Rate(), Rate(on_time=1))


def test_dropping_a_promise_does_not_better_the_rate() -> None:
    dropped = plain().set_status(stamp(), Status.CANCELLED, why="x")
    replaced = plain(2).set_status(stamp(), Status.SUPERSEDED, why="x")
    result = rates(dropped, replaced, done(plain(3), DUE), plain(4), as_of=date(2021, 7, 1))
    assert result.baseline == Rate(on_time=1, owed=1, dropped=2)
    assert result.baseline.share == 0.25


def test_partly_completed_is_still_owed() -> None:
    partly = plain().set_status(stamp(), Status.PARTLY_COMPLETED)
    assert rates(partly, as_of=date(2021, 7, 1)).baseline == Rate(owed=1)


@given(scripts)
def test_the_quarters_add_up_to_what_has_passed(script: Any) -> None:
    milestones = tell(script).store.all()
    for day in (MADE, DUE, DUE + timedelta(days=3), DUE + timedelta(days=90)):
        result = ontime(milestones, Query(day))
        there = [m for known in milestones if (m := known.as_of(day)) is not None]
        then = [m for m in there if m.completed_on or m.status is not Status.COMPLETED]
        assert result.baseline.passed == sum(
            m.baseline_due is not None and m.baseline_due < day for m in then
        )
        assert result.due.passed == sum(m.due is not None and m.due < day for m in then)
        assert sum(q.due.passed for q in result.quarters) == result.due.passed
