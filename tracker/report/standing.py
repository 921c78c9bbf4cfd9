"""Where a milestone stands on a day."""

from __future__ import annotations

from datetime import date

from tracker.model import Milestone, Standing


def standing(milestone: Milestone, as_of: date, soon_days: int = 30) -> Standing:
    """Say where `milestone` stands on `as_of`.

    Due soon is due on that day or within `soon_days` days after it.
    """
    settled = milestone.status.shows_as
    if settled is not None:
        is_late = settled is Standing.DONE and milestone.is_late
        return Standing.DONE_LATE if is_late else settled
    if milestone.due is None:
        return Standing.NO_DATE
    if milestone.is_overdue(as_of):
        return Standing.OVERDUE
    return Standing.DUE_SOON if -milestone.days_overdue(as_of) <= soon_days else Standing.OPEN
