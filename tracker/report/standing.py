"""Where a milestone stands on a day: its status and its timeliness, in one word."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from tracker.model import Milestone, Status


class Standing(StrEnum):
    """Status and timeliness of a milestone on a day, in one word for every screen."""

    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    OPEN = "open"
    NO_DATE = "no-date"
    DONE = "done"
    DONE_LATE = "done-late"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"

    @property
    def words(self) -> str:
        """The same word on every screen."""
        return "late" if self is Standing.DONE_LATE else self.value.replace("-", " ")


def standing(milestone: Milestone, as_of: date, soon_days: int = 30) -> Standing:
    """Say where `milestone` stands on `as_of`.

    Due soon is due on that day or within `soon_days` days after it. A milestone is
    overdue from the day after its due date, never on it.
    """
    match milestone.status:
        case Status.CANCELLED:
            return Standing.CANCELLED
        case Status.SUPERSEDED:
            return Standing.SUPERSEDED
        case Status.COMPLETED:
            return Standing.DONE_LATE if milestone.is_late else Standing.DONE
    if milestone.due is None:
        return Standing.NO_DATE
    if milestone.is_overdue(as_of):
        return Standing.OVERDUE
    return Standing.DUE_SOON if -milestone.days_overdue(as_of) <= soon_days else Standing.OPEN
