"""What is due when: what is settled has its place in a month, and none among what is overdue."""

from __future__ import annotations

from datetime import date
from functools import partial

from tests.milestones import DUE, plain, stamp
from tracker.model import Status
from tracker.query import Query, select
from tracker.report.agenda import agenda, month

KEPT = plain(1).set_status(stamp(), Status.COMPLETED)
OWED = plain(2)


def test_a_month_has_what_is_settled_too() -> None:
    told = month(partial(select, [KEPT, OWED]), Query(DUE), DUE, 1)
    assert (told.first, told.last) == (date(2021, 6, 1), date(2021, 6, 30))
    assert [m.id for day in told.days for m in day.milestones] == [1, 2]


def test_nothing_that_is_settled_is_overdue() -> None:
    asked = Query(date(2021, 7, 2))
    told = agenda(
        partial(select, [KEPT, OWED]), asked, date(2021, 7, 2), date(2021, 7, 9), settled=True
    )
    assert ([m.id for m in told.overdue], told.days) == ([2], [])
