"""What a reader who was told before wants to know: overdue, due soon, and what changed since.

What was told is held against the history change by change, not by a moment in time: a change that
arrives late (from another copy, merged or imported, or with a clock that is behind) is told all the
same, and none is told twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from tracker.model import Change, Milestone
from tracker.query import Filter, Query, as_recorded
from tracker.report import owed
from tracker.report.dependencies import Wait, known_among, waits
from tracker.report.since import Changed, ChangeKind, by_kind, classified, recorded_on

IsKnown = Callable[[Milestone, Change], bool]
"""Whether the reader knows of a change already."""


class Digest(Struct, frozen=True):
    """What there is to tell on a day. `until` is the last day of what is due soon, included.

    `overdue` has the longest overdue first, `upcoming` the next due, `changes` are by kind, and
    `endangered` is what waits too long for others, though it is not overdue itself.
    `seen` is what the reader has been told once this was: every change of every milestone.
    """

    as_of: date
    until: date
    overdue: tuple[Milestone, ...]
    upcoming: tuple[Milestone, ...]
    changes: tuple[Changed, ...]
    endangered: tuple[Wait, ...]
    seen: tuple[tuple[Milestone, Change], ...]

    @property
    def is_empty(self) -> bool:
        return not (self.overdue or self.upcoming or self.endangered or self.changes)


def digest(milestones: Iterable[Milestone], query: Query, until: date, is_known: IsKnown) -> Digest:
    """Work out what to tell of the chosen milestones.

    A change belongs when its milestone is chosen now, or was when the reader last heard of it: what
    leaves a filter is told, once.
    """
    as_of, chosen = query.as_of, query.chosen
    then = as_recorded(milestones, as_of)
    overdue, coming = owed((m for m in then if chosen.holds(m)), as_of)
    return Digest(
        as_of,
        until,
        tuple(overdue),
        tuple(m for m in coming if m.due and m.due <= until),
        tuple(by_kind(row for m in then for row in _news(m, chosen, is_known))),
        tuple(_endangered(then, coming, as_of)),
        tuple((m, change) for m in then for change in m.history),
    )


def _endangered(
    then: Sequence[Milestone], coming: Sequence[Milestone], as_of: date
) -> Iterator[Wait]:
    there = [m for m in then if m.removed_on is None]
    found = waits(there, known_among(there), as_of)
    yield from (found[m.uid] for m in coming if m.uid in found and found[m.uid].is_endangered)


def known_before(day: date, as_of: date) -> IsKnown:
    """What counts as told to a reader who wants what took effect, or was written down, since.

    What was written down after `as_of` does not count as written down since.
    """

    def is_known(_: Milestone, change: Change) -> bool:
        return change.on < day and not day <= recorded_on(change) <= as_of

    return is_known


def _news(m: Milestone, chosen: Filter, is_known: IsKnown) -> Iterator[Changed]:
    """Yield what stands and was not known to, and what was told and stands no longer."""
    known = tuple(change for change in m.history if is_known(m, change))
    if len(known) == len(m.history):
        return
    if not (chosen.holds(m) or (known and chosen.holds(m.as_recorded(known[-1].at)))):
        return
    stood = replace(m, history=known).effective
    for change in m.effective:
        if change not in stood:
            yield classified(m, change)
    for change in stood:
        if change not in m.effective:
            yield Changed(m, change, ChangeKind.TAKEN_BACK, quiet=False, recorded_later=False)
