"""Where a milestone stands on a day."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from tracker.model.promise import Promise
from tracker.model.values import Standing

SOON = 30
"""Days ahead that are soon, unless told."""


def soon_until(day: date) -> date:
    return date.fromordinal(min(day.toordinal() + SOON, date.max.toordinal()))


def standing(m: Promise, as_of: date, soon_days: int = SOON) -> Standing:
    """Say where it stands on `as_of`.

    Due soon is due on that day or within `soon_days` days after it.
    """
    settled = m.status.shows_as
    if settled is not None:
        is_late = settled is Standing.DONE and m.is_late
        return Standing.DONE_LATE if is_late else settled
    if m.due is None:
        return Standing.NO_DATE
    if m.is_overdue(as_of):
        return Standing.OVERDUE
    return Standing.DUE_SOON if -m.days_overdue(as_of) <= soon_days else Standing.OPEN


class StandingOn(Struct, frozen=True):
    """What is asked of a standing: to be one of these on a day."""

    among: frozenset[Standing]
    day: date

    def holds(self, m: Promise) -> bool:
        return standing(m, self.day) in self.among
