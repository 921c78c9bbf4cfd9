"""What a week's report holds, at its first and last days."""

from __future__ import annotations

from datetime import date, timedelta

from tests.milestones import AT, DUE, MADE, plain
from tracker.model import Stamp, Status
from tracker.query import Query
from tracker.report.briefing import BriefingSpan, briefing

DAY = timedelta(days=1)


def test_what_is_due_on_the_last_day_and_on_the_end_is_to_come() -> None:
    dues = {1: DUE - DAY, 2: DUE, 3: DUE + 14 * DAY, 4: DUE + 15 * DAY}
    rows = [plain(id, due=due) for id, due in dues.items()]
    told = briefing(rows, Query(DUE), BriefingSpan.WEEK)
    assert [m.id for m in told.upcoming] == [2, 3]
    assert [m.id for m in told.overdue] == [1]
    assert (told.out_of, told.completed, told.still_overdue) == (4, 0, 1)
    later = briefing(rows, Query(DUE + 30 * DAY), BriefingSpan.WEEK)
    assert (len(later.overdue), later.still_overdue) == (0, 4)


def test_what_was_done_on_a_day_unknown_is_of_the_day_it_was_told() -> None:
    told_on = Stamp(AT + DAY, MADE + 3 * DAY)
    done = plain().take_in(told_on, {"status": Status.COMPLETED, "completed_on": None})
    later = done.note(Stamp(AT + 2 * DAY, MADE + 9 * DAY), "seen")
    assert done.completed_on is None
    for last, found in ((MADE + 9 * DAY, [1]), (MADE + 10 * DAY, [])):
        week = briefing([later], Query(last), BriefingSpan.WEEK)
        assert [m.id for m in week.done] == found


def test_a_month_begins_on_the_day_after_the_same_day_a_month_before() -> None:
    assert briefing([], Query(date(2021, 3, 31)), BriefingSpan.MONTH).first == date(2021, 3, 1)
    assert briefing([], Query(date(2021, 7, 1)), BriefingSpan.MONTH).first == date(2021, 6, 2)
