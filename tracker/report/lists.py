"""Lists of milestones on a given day, and what they sum up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tracker.model import Change, Milestone, Standing, standing
from tracker.query import Group, Query, Select, in_order, replay
from tracker.texts import folded

AskWaits = Callable[[Sequence[Milestone], date], Mapping[str, object]]
"""Which milestones wait for something on a day, by uid."""


class Listing(Struct, frozen=True):
    """What a list shows: the milestones as they stood on `as_of`, `total` before the limit.

    `out_of` counts all that there were on that day, and `kind` is what the list is of. Of
    `later` something is dated later.
    """

    kind: str
    as_of: date
    milestones: list[Milestone]
    total: int
    out_of: int
    columns: tuple[str, ...] = ()
    group: Group | None = None
    later: int = 0


class Section(Struct, frozen=True):
    """Those of a list that have one thing in common; `key` is None for those that lack it.

    It is a name, a standing, or the last day of a quarter.
    """

    key: str | date | None
    milestones: list[Milestone]


def sections(listing: Listing) -> list[Section]:
    """The groups of a list, in their own order, each in the order of the list."""
    found: dict[Any, Section] = {}
    for m in listing.milestones:
        for key in _keys(m, listing):
            place = folded(key) if type(key) is str else key
            found.setdefault(place, Section(key, [])).milestones.append(m)
    order = list(Standing) if listing.group is Group.STANDING else sorted(filter(None, found))
    return [found[place] for place in (*order, None) if place in found]


def _keys(m: Milestone, listing: Listing) -> Iterable[str | date | None]:
    match listing.group:
        case Group.OWNER:
            return (m.owner,)
        case Group.TAG:
            return m.tags or (None,)
        case Group.STANDING:
            return (standing(m, listing.as_of),)
        case _:
            return (m.due and quarter_end(m.due),)


def quarter_end(day: date) -> date:
    month = (day.month + 2) // 3 * 3
    return date(day.year, month, 31 if month in (3, 12) else 30)


def everything(select: Select, query: Query) -> Listing:
    return _listing("all", select, query)


def overdue(select: Select, query: Query) -> Listing:
    """List what is still owed and whose due date has passed."""
    return _listing("overdue", select, query, owed=True, due_before=query.as_of)


def upcoming(select: Select, query: Query, until: date) -> Listing:
    """List what is still owed and due from the day of the query up to and with `until`."""
    last = min(query.chosen.due_to or until, until)
    return _listing("upcoming", select, query, owed=True, due_still=query.as_of, due_to=last)


def ready(select: Select, query: Query, waits: AskWaits) -> Listing:
    """List what is still owed and waits for nothing that is."""
    return _waiting("ready", select, query, waits)


def blocked(select: Select, query: Query, waits: AskWaits) -> Listing:
    """List what is still owed and waits for something that is."""
    return _waiting("blocked", select, query, waits)


def _waiting(kind: str, select: Select, query: Query, waits: AskWaits) -> Listing:
    owed = _listing(kind, select, replace(query, page=replace(query.page, limit=None)), owed=True)
    waiting = waits(owed.milestones, query.as_of)
    found = [m for m in owed.milestones if (m.uid in waiting) == (kind == "blocked")]
    return replace(owed, milestones=found[: query.page.limit], total=len(found))


def _listing(kind: str, select: Select, query: Query, **narrowed: Any) -> Listing:
    found = select(replace(query, chosen=replace(query.chosen, **narrowed)))
    page = query.page
    told = Listing(
        *(kind, query.as_of, found.milestones, found.total, found.out_of),
        *(page.columns, page.group, found.later),
    )
    if page.group is None:
        return told
    together = (m for section in sections(told) for m in section.milestones)
    return replace(told, milestones=list({m.id: m for m in together}.values()))


def owed(milestones: Iterable[Milestone], as_of: date) -> tuple[list[Milestone], list[Milestone]]:
    """What has a due date and is owed on a day, in its order: the overdue, and what is not yet."""
    dated = in_order(m for m in milestones if m.is_open and m.due is not None)
    late = sum(m.is_overdue(as_of) for m in dated)
    return dated[:late], dated[late:]


class Summary(Struct, frozen=True):
    """Where things stand on a day: counts, the worst overdue first, the next due first."""

    as_of: date
    total: int
    counts: dict[Standing, int]
    worst: list[Milestone]
    next_due: list[Milestone]


def summary(milestones: Iterable[Milestone], as_of: date, show: int = 3) -> Summary:
    """Sum up all milestones, naming `show` of the overdue and of the next due."""
    then = replay(milestones, Query(as_of)).there
    worst, coming = owed(then, as_of)
    counts = Counter(standing(m, as_of) for m in then)
    return Summary(as_of, len(then), counts, worst[:show], coming[:show])


class LogEntry(Struct, frozen=True):
    """One change and the milestone it was made to, as that is now."""

    milestone: Milestone
    change: Change


def changes(milestones: Iterable[Milestone], as_of: date) -> list[LogEntry]:
    """List the changes in effect by `as_of`, the last recorded first."""
    entries = [LogEntry(m, c) for m in milestones for c in m.history if c.on <= as_of]
    return sorted(entries, key=lambda e: (e.change.at, -e.milestone.id), reverse=True)
