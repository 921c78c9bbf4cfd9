"""Red, amber, green or blue: how a milestone fares on a day, by thresholds that can be set."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from tracker.model import Milestone, Option, Precision, Status, has_passed

Days = Annotated[int, Meta(ge=0, le=36525)]


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


class Thresholds(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """In days: when amber begins before a due date, and from which slippage on.

    A five-year plan is not due soon because one of its last months has begun, so its window is one
    of its own; None is never.
    """

    due_soon_days: Annotated[
        Days,
        Option("--due-soon-days", "N", "Amber when due within N days (default: 30, or as set)."),
    ] = 30
    slipped_days: Annotated[
        int,
        Meta(ge=1, le=36525),
        Option(
            "--slipped-days", "N", "Amber when N days past the baseline (default: 1, or as set)."
        ),
    ] = 1
    five_year_days: Annotated[
        Days | None,
        Option(
            *("--five-year-days", "N"),
            "Amber when a five-year milestone is due within N days (default: never, or as set).",
        ),
    ] = None


def rating(m: Milestone, as_of: date, thresholds: Thresholds) -> Rating:
    """Rate `m` as it stands on `as_of`: the first of blue, unrated, red, amber and green."""
    if m.status is Status.COMPLETED:
        return Rating.BLUE
    if not m.is_open or (m.due is None and m.forecast_due is None):
        return Rating.UNRATED
    if m.is_overdue(as_of) or (m.forecast_due is not None and has_passed(m.due, m.forecast_due)):
        return Rating.RED
    if _is_due_soon(m, as_of, thresholds) or (m.slippage or 0) >= thresholds.slipped_days:
        return Rating.AMBER
    return Rating.GREEN


def _is_due_soon(m: Milestone, as_of: date, thresholds: Thresholds) -> bool:
    five_year = m.precision is Precision.FIVE_YEAR
    window = thresholds.five_year_days if five_year else thresholds.due_soon_days
    return m.due is not None and window is not None and (m.due - as_of).days <= window
