"""The figures at the head of the page, and what presses most."""

from __future__ import annotations

from datetime import timedelta

from tests.milestones import DUE, MADE, plain, stamp
from tracker.model import Milestone, Stamp, Status
from tracker.report.figures import figures, pressing

DAY = DUE + timedelta(days=10)


def settled(id: int, status: Status, day: int, due: int = 0) -> Milestone:
    at: Stamp = stamp(MADE + timedelta(days=day))
    return plain(id, due=DUE + timedelta(days=due)).set_status(at, status)


def test_the_longest_overdue_presses_most_and_of_the_settled_the_last() -> None:
    overdue, longer = plain(1), plain(2, due=DUE - timedelta(days=1))
    soon, dateless = plain(3, due=DAY), plain(4, due=None)
    early, late = settled(5, Status.COMPLETED, 3), settled(6, Status.COMPLETED, 9)
    gone, gone_later = (settled(n, Status.CANCELLED, 3, due=n) for n in (7, 8))
    given = [gone, gone_later, early, late, dateless, soon, overdue, longer]
    assert [m.id for m in pressing(given, DAY)] == [2, 1, 3, 4, 6, 5, 8, 7]
    told = figures(given, DAY)
    assert (told.worst, told.next_due) == (longer, soon)
    assert (told.kept.on_time, told.kept.passed) == (2, 6)
