"""What nobody looks after: no change for long, or completed with nothing to show it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from msgspec import Struct

from tracker.model import Milestone
from tracker.query import Query, replay
from tracker.report.since import recorded_on


class StaleReason(StrEnum):
    """Why a milestone is listed."""

    UNVERIFIED = "unverified"
    UNCHANGED = "unchanged"


class StaleMilestone(Struct, frozen=True):
    """A milestone, why it is listed, its last change, and the days from that to the day asked."""

    milestone: Milestone
    why: StaleReason
    last: date
    days: int


class Stale(Struct, frozen=True):
    """Unchanged for `days` days or more, the longest first, after what is unverified."""

    as_of: date
    days: int
    rows: tuple[StaleMilestone, ...]
    total: int
    out_of: int


def stale(
    milestones: Iterable[Milestone], query: Query, days: int, limit: int | None = None
) -> Stale:
    """List what is completed without evidence, and what is owed and did not change for `days`."""
    then, as_of = replay(milestones, query), query.as_of
    rows = []
    for m in then.chosen:
        last = last_change(m, as_of)
        passed = (as_of - last).days
        if m.is_unverified:
            rows.append(StaleMilestone(m, StaleReason.UNVERIFIED, last, passed))
        elif m.is_open and passed >= days:
            rows.append(StaleMilestone(m, StaleReason.UNCHANGED, last, passed))
    rows.sort(key=lambda row: (row.why is not StaleReason.UNVERIFIED, -row.days, row.milestone.id))
    return Stale(as_of, days, tuple(rows[:limit]), len(rows), len(then.there))


def last_change(m: Milestone, as_of: date) -> date:
    """Return the last day on which a change took effect or, up to `as_of`, was written down."""
    taken = [change.on for change in m.effective]
    recorded = [day for change in m.effective if (day := recorded_on(change)) <= as_of]
    return max([*taken, *recorded], default=m.created_on)
