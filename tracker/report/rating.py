"""Red, amber, green or blue: how a milestone fares on a day, by thresholds that can be set."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from tracker.model import Milestone, Precision, Status


class Rating(StrEnum):
    """Blue is complete, late or not; how late is a matter of timeliness, which has its own figures.

    Unrated is what nothing is owed of any more (cancelled, superseded), or what has no date to be
    held against.
    """

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"
    UNRATED = "unrated"


class Thresholds(Struct, frozen=True):
    """In days: when amber begins before a due date, and from which slippage on.

    A five-year plan is not due soon because one of its last months has begun, so its window is one
    of its own; None is never.
    """

    due_soon: int = 30
    slipped: int = 1
    five_year: int | None = None


def rating(m: Milestone, as_of: date, thresholds: Thresholds) -> Rating:
    """Rate `m` as it stands on `as_of`: the first of blue, unrated, red, amber and green."""
    if m.status is Status.COMPLETED:
        return Rating.BLUE
    if not m.is_open or (m.due is None and m.forecast_due is None):
        return Rating.UNRATED
    if m.is_overdue(as_of) or _expected_late(m):
        return Rating.RED
    if _is_due_soon(m, as_of, thresholds) or (m.slippage or 0) >= thresholds.slipped:
        return Rating.AMBER
    return Rating.GREEN


def _expected_late(m: Milestone) -> bool:
    return m.due is not None and m.forecast_due is not None and m.forecast_due > m.due


def _is_due_soon(m: Milestone, as_of: date, thresholds: Thresholds) -> bool:
    five_year = m.precision is Precision.FIVE_YEAR
    window = thresholds.five_year if five_year else thresholds.due_soon
    return m.due is not None and window is not None and (m.due - as_of).days <= window
