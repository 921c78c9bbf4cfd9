"""How long promises take once their first date has come, by the method of Kaplan and Meier.

E. L. Kaplan and P. Meier, "Nonparametric Estimation from Incomplete Observations", Journal of the
American Statistical Association 53 (1958). docs/forecast.md says what it takes for granted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tracker.model import Milestone, Status, has_passed

NEVER = -4_000_000
"""More days than there are before any date: nothing was done by then."""


class Case(NamedTuple):
    """What one promise tells: `days` after its first date it was done, or last seen not done.

    Days before it are negative.
    """

    days: int
    is_done: bool


def case(m: Milestone, as_of: date) -> Case | None:
    """What a milestone tells, as it stood on a day; None if that is nothing.

    It tells something once its first date has passed. What is owed was last seen not done on the
    day before, what was dropped on the day before that. A completion on an unknown day tells
    nothing, nor does what was dropped while there was time.
    """
    if m.baseline_due is None or not has_passed(m.baseline_due, as_of):
        return None
    if m.status is Status.COMPLETED:
        day = m.completed_on
        return None if day is None else Case((day - m.baseline_due).days, is_done=True)
    dropped = (c.on for c in reversed(m.effective) if c.now.status is m.status)
    day = as_of if m.is_open else next(dropped, None)
    days = -1 if day is None else owed_for(m.baseline_due, day)
    return Case(days, is_done=False) if days >= 0 else None


def owed_for(first_due: date, as_of: date) -> int:
    """The last day by whose end it was not done, in days after its first date.

    The day of asking is not over, and it may yet be done on it.
    """
    return (as_of - first_due).days - 1


class Survival:
    """The share of cases that were not done yet, so many days after their first date."""

    def __init__(self, cases: Iterable[Case]) -> None:
        known = sorted(cases)
        self._seen = [each.days for each in known]
        self._days: list[int] = []
        self._owed: list[float] = []
        done = Counter(each.days for each in known if each.is_done)
        owed = 1.0
        for days in sorted(done):
            owed *= 1 - done[days] / self.lasting(days - 1)
            self._days.append(days)
            self._owed.append(owed)

    def lasting(self, days: int) -> int:
        """Count the cases that were still watched after so many days."""
        return len(self._seen) - bisect_right(self._seen, days)

    def owed(self, days: int) -> float | None:
        """The share not done within so many days; None beyond what was ever watched."""
        place = bisect_right(self._days, days)
        share = self._owed[place - 1] if place else 1.0
        return share if share == 0 or (self._seen and days <= self._seen[-1]) else None

    def chance(self, within: int, after: int = NEVER) -> float | None:
        """The chance to be done within so many days, not being done `after` so many.

        None where no case tells: none lasted so long, or was watched for so long.
        """
        if within <= after:
            return 0.0
        before, then = self.owed(after), self.owed(within)
        return None if not before or then is None else 1 - then / before

    def within(self, share: float, after: int = NEVER) -> int | None:
        """In how many days such a share is done, of those not done `after` so many."""
        before = self.owed(after)
        if not before:
            return None
        reached = (1 - share) * before + 1e-12
        later = range(bisect_right(self._days, after), len(self._days))
        return next((self._days[i] for i in later if self._owed[i] <= reached), None)
