"""What a week's report holds, at its first and last days."""

from __future__ import annotations

from datetime import timedelta

from tests.milestones import AT, DUE, MADE, plain
from tracker.model import Stamp, Status
from tracker.query import Query
from tracker.report.briefing import briefing

DAY = timedelta(days=1)


def test_what_is_due_on_the_last_day_and_on_the_end_is_to_come() -> None:
    dues = {1: DUE - DAY, 2: DUE, 3: DUE + 7 * DAY, 4: DUE + 8 * DAY}
    rows = [plain(id, due=due) for id, due in dues.items()]
    told = briefing(rows, Query(DUE), DUE - 6 * DAY, DUE + 7 * DAY)
    assert [m.id for m in told.upcoming] == [2, 3]
    assert [m.id for m in told.overdue] == [1]


def test_what_was_done_on_a_day_unknown_is_of_the_day_it_was_told() -> None:
    told_on = Stamp(AT + DAY, MADE + 3 * DAY)
    done = plain().take_in(told_on, {"status": Status.COMPLETED, "completed_on": None})
    later = done.note(Stamp(AT + 2 * DAY, MADE + 9 * DAY), "seen")
    assert done.completed_on is None
    for first, found in ((MADE + 3 * DAY, [1]), (MADE + 4 * DAY, [])):
        week = briefing([later], Query(MADE + 9 * DAY), first, DUE)
        assert [m.id for m in week.done] == found
