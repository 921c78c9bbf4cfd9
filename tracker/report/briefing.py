"""What whoever answers for all of it wants to know on a Monday, and whom to ask what.

All is counted over the days from `first` to `last`, both included, as things stood at the end of
the last; a past week is told as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct, field

from tracker.model import Milestone, Status
from tracker.query import Key, Query, Sort, in_order, replay
from tracker.report.since import Changed, ChangeKind, changes_since

_AHEAD = timedelta(days=14)


class Topic(StrEnum):
    """What is to be asked of a responsible body."""

    LATE = "late"
    QUIET = "quiet"
    UNPROVED = "unproved"
    IDLE = "idle"


class Question(Struct, frozen=True):
    """What to ask of a milestone."""

    milestone: Milestone
    topic: Topic = field(name="query")


class Briefing(Struct, frozen=True):
    """What was done, turned overdue, falls due by `until`, was moved, and the questions of it.

    `completed` and `still_overdue` count all there were on the last day, of whatever week.
    """

    first: date
    last: date
    until: date
    out_of: int = field(name="among")
    completed: int
    still_overdue: int
    done: tuple[Milestone, ...]
    overdue: tuple[Milestone, ...]
    upcoming: tuple[Milestone, ...]
    moved: tuple[Changed, ...]
    questions: tuple[Question, ...]


class BriefingSpan(StrEnum):
    """How long a briefing looks back."""

    WEEK = "week"
    MONTH = "month"


def _first(span: BriefingSpan, last: date) -> date:
    """The first of seven days, or the day after the same day a month before."""
    if span is BriefingSpan.WEEK:
        return last - timedelta(days=6)
    from dateutil.relativedelta import relativedelta

    return last - relativedelta(months=1) + timedelta(days=1)


def briefing(milestones: Iterable[Milestone], query: Query, span: BriefingSpan) -> Briefing:
    everything, last = list(milestones), query.as_of
    first, until = _first(span, last), last + _AHEAD
    then = replay(everything, query).chosen
    ordered = in_order(then, Key(Sort.OWNER))
    eve = first - timedelta(days=1)
    late = [m for m in ordered if m.is_overdue(last)]
    overdue = [m for m in late if m.due and m.due >= eve]
    there = (m for m in ordered if m.is_open and not m.is_overdue(last))
    upcoming = [m for m in there if m.due and m.due <= until]
    moved = [
        row
        for row in changes_since(everything, query, first).rows
        if row.kind is ChangeKind.MOVED and row.milestone.removed_on is None
    ]
    done = [m for m in ordered if _is_done_within(m, first)]
    quiet = {row.milestone.uid: row.milestone for row in moved if row.quiet}
    asked = {
        Topic.LATE: overdue,
        Topic.QUIET: quiet.values(),
        Topic.UNPROVED: [m for m in done if m.is_unverified],
        Topic.IDLE: [m for m in upcoming if m.status is Status.NOT_STARTED],
    }
    questions = tuple(Question(m, topic) for topic, those in asked.items() for m in those)
    completed = sum(m.status is Status.COMPLETED for m in then)
    numbers = len(then), completed, len(late)
    rows = tuple(done), tuple(overdue), tuple(upcoming)
    return Briefing(first, last, until, *numbers, *rows, tuple(moved), questions)


def _is_done_within(m: Milestone, first: date) -> bool:
    """Whether it was completed since, by the day of completion or else by when that was told."""
    if m.status is not Status.COMPLETED:
        return False
    told = next((c.on for c in reversed(m.effective) if c.now.status is Status.COMPLETED), None)
    day = m.completed_on or told
    return day is not None and day >= first
