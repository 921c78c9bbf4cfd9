"""Lists of milestones on a given day, and what they sum up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from tracker.model import Change, Milestone, Standing
from tracker.query import Filter, Page, Query, Select, Sort, in_order
from tracker.report.standing import standing


class Listing(Struct, frozen=True):
    """What a list shows: the milestones as they stood on `as_of`, `total` before the limit.

    `among` counts all that there were on that day, and `kind` is what the list is of.
    """

    kind: str
    as_of: date
    milestones: list[Milestone]
    total: int
    among: int


def everything(select: Select, chosen: Filter, page: Page, as_of: date) -> Listing:
    """List all that the filter holds of."""
    return _listing("all", select, Query(as_of, chosen, page))


def overdue(select: Select, chosen: Filter, page: Page, as_of: date) -> Listing:
    """List what is still owed and whose last included day lies before `as_of`."""
    before = min(chosen.due_before or as_of, as_of)
    late = replace(chosen, owed=True, due_before=before)
    return _listing("overdue", select, Query(as_of, late, page))


def upcoming(select: Select, chosen: Filter, page: Page, as_of: date, until: date) -> Listing:
    """List what is still owed and due from `as_of` up to and with `until`."""
    first = max(chosen.due_from or as_of, as_of)
    last = min(chosen.due_to or until, until)
    soon = replace(chosen, owed=True, due_from=first, due_to=last)
    return _listing("upcoming", select, Query(as_of, soon, page))


def _listing(kind: str, select: Select, query: Query) -> Listing:
    found = select(query)
    return Listing(kind, query.as_of, found.milestones, found.total, found.among)


def published(milestones: Iterable[Milestone], chosen: Filter, as_of: date) -> list[Milestone]:
    """List in order of id what a feed is made from: removed ones too, for it announces them."""
    then = (m.replayed(as_of) for m in milestones)
    return [m for m in then if m is not None and chosen.holds(m)]


class Summary(Struct, frozen=True):
    """Where things stand on a day: counts, the worst overdue first, the next due first."""

    as_of: date
    total: int
    counts: dict[Standing, int]
    worst: list[Milestone]
    next_due: list[Milestone]


def summary(milestones: Iterable[Milestone], as_of: date, show: int = 3) -> Summary:
    """Sum up all milestones, naming `show` of the overdue and of the next due."""
    then = [m for known in milestones if (m := known.as_of(as_of)) is not None]
    dated = in_order((m for m in then if m.is_open and m.due is not None), Sort.DUE)
    return Summary(
        as_of,
        len(then),
        Counter(standing(m, as_of) for m in then),
        [m for m in dated if m.is_overdue(as_of)][:show],
        [m for m in dated if not m.is_overdue(as_of)][:show],
    )


class Entry(Struct, frozen=True):
    """One change and the milestone it was made to, as that is now."""

    milestone: Milestone
    change: Change


def changes(milestones: Iterable[Milestone], as_of: date) -> list[Entry]:
    """List the changes in effect by `as_of`, the last recorded first."""
    entries = [Entry(m, c) for m in milestones for c in m.history if c.on <= as_of]
    return sorted(entries, key=lambda e: (e.change.at, -e.milestone.id), reverse=True)
