"""What was changed since a day: above all what was moved or dropped, and whether that says why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date
from enum import StrEnum

from msgspec import Struct

from tracker.errors import BadDate
from tracker.model import Change, Milestone, Status
from tracker.query import Filter, Query, as_recorded
from tracker.report.moves import is_move


def refuse_later(since: date, as_of: date) -> None:
    """Raise BadDate for changes since a day after the one that is told of."""
    if since > as_of:
        said = "--since {since} is after {day}."
        raise BadDate(said, "Give {day} or an earlier day.", since=since, day=as_of)


class ChangeKind(StrEnum):
    """What a change did to a promise, in the order in which a reader wants to know."""

    MOVED = "moved"
    DROPPED = "dropped"
    COMPLETED = "completed"
    REOPENED = "reopened"
    PROGRESSED = "progressed"
    ADDED = "added"
    EDITED = "edited"
    ASSESSED = "assessed"
    STEPPED = "step"
    NOTED = "noted"
    TAKEN_BACK = "taken-back"
    CORRECTED = "corrected"


class Changed(Struct, frozen=True):
    """One change, the milestone as it stood after all of them, and what kind it is.

    `quiet` is a promise moved or dropped without a reason. `recorded_later` is a change that was
    written down on a day after the one it is dated.
    """

    milestone: Milestone
    change: Change
    kind: ChangeKind
    quiet: bool
    recorded_later: bool


class Changes(Struct, frozen=True):
    """The changes of the days from `since` to `as_of`, by kind, the latest first in each."""

    since: date
    as_of: date
    rows: tuple[Changed, ...]
    total: int
    quiet: int
    out_of: int


def listed_changes(
    milestones: Iterable[Milestone],
    query: Query,
    since: date | None,
    corrections: bool,
    limit: int | None,
) -> Changes:
    """List the changes since a day, or the corrections. Raises BadDate for one to come."""
    since = since or date.min
    refuse_later(since, query.as_of)
    listed = corrections_since if corrections else changes_since
    return listed(milestones, query, since, limit)


def changes_since(
    milestones: Iterable[Milestone], query: Query, since: date, limit: int | None = None
) -> Changes:
    """List what took effect or was written down from `since` to the day, both included.

    So a move that is dated back does not escape. What was undone is left out, what was removed is
    not.
    """

    def belongs(change: Change) -> bool:
        return since <= change.on or since <= recorded_on(change) <= query.as_of

    then = as_recorded(milestones, query.as_of)
    rows = changed(then, query.chosen, belongs)
    return _changes(rows, query, since, limit, len(then))


def corrections_since(
    milestones: Iterable[Milestone], query: Query, since: date, limit: int | None = None
) -> Changes:
    """List the corrections that stand and were written down from `since` to the day.

    They count in no other report, and could hide a move: so all of them are told here, those that
    took a milestone out too.
    """
    every = list(milestones)
    rows = [
        Changed(m, c, ChangeKind.CORRECTED, quiet=not c.has_reason, recorded_later=False)
        for m in every
        if query.chosen.holds(m)
        for c in m.corrections
        if since <= recorded_on(c) <= query.as_of
    ]
    rows.sort(key=lambda row: (row.change.at, -row.milestone.id), reverse=True)
    return _changes(rows, query, since, limit, len(every))


def _changes(
    rows: list[Changed], query: Query, since: date, limit: int | None, out_of: int
) -> Changes:
    quiet = sum(row.quiet for row in rows)
    return Changes(since, query.as_of, tuple(rows[:limit]), len(rows), quiet, out_of)


def changed(
    milestones: Iterable[Milestone], chosen: Filter, belongs: Callable[[Change], bool]
) -> list[Changed]:
    """List the standing changes that belong, by kind, the latest first."""
    return by_kind(
        classified(m, change)
        for m in milestones
        if chosen.holds(m)
        for change in m.effective
        if belongs(change)
    )


def by_kind(changes: Iterable[Changed]) -> list[Changed]:
    """Return them by kind, the latest first in each."""
    rows = sorted(
        changes, key=lambda row: (row.change.on, row.change.at, -row.milestone.id), reverse=True
    )
    rows.sort(key=lambda row: _PLACE[row.kind])
    return rows


def is_since(change: Change, day: date) -> bool:
    """Whether it took effect, or was written down, on that day or later."""
    return day <= max(change.on, recorded_on(change))


def recorded_on(change: Change) -> date:
    """Return the day, UTC, on which it was written down."""
    return change.at.astimezone(UTC).date()


_PLACE = {kind: place for place, kind in enumerate(ChangeKind)}


def classified(m: Milestone, change: Change) -> Changed:
    kind = ChangeKind.ADDED if change.begins else _kind(change)
    quiet = not change.has_reason and kind in (ChangeKind.MOVED, ChangeKind.DROPPED)
    return Changed(m, change, kind, quiet, recorded_on(change) > change.on)


def _kind(change: Change) -> ChangeKind:
    now = change.now.values()
    if is_move(change):
        return ChangeKind.MOVED
    if now.get("removed_on") is not None:
        return ChangeKind.DROPPED
    if "status" in now:
        return _assessed(now["status"], change.was.values()["status"])
    if change.step is not None:
        return ChangeKind.STEPPED
    if change.assessment is not None:
        return ChangeKind.ASSESSED
    return ChangeKind.EDITED if now else ChangeKind.NOTED


def _assessed(now: Status, was: Status) -> ChangeKind:
    if now is Status.COMPLETED:
        return ChangeKind.COMPLETED
    if not now.is_open:
        return ChangeKind.DROPPED
    return ChangeKind.PROGRESSED if was.is_open else ChangeKind.REOPENED
