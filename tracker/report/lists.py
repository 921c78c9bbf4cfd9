"""Lists of milestones on a given day, and what they sum up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct

from tracker.model import Change, Milestone
from tracker.query import Filter, Sort, in_order
from tracker.report.standing import Standing, standing


class Page(Struct, frozen=True):
    """How a list is ordered and cut: at most `limit` of them, all if it is None."""

    sort: Sort = Sort.DUE
    reverse: bool = False
    limit: int | None = None


class Listing(Struct, frozen=True):
    """What a list shows: the milestones as they stood on `as_of`, `total` before the limit.

    `among` counts all that there were on that day, and `kind` is what the list is of.
    """

    kind: str
    as_of: date
    milestones: list[Milestone]
    total: int
    among: int


def everything(milestones: Iterable[Milestone], chosen: Filter, page: Page, as_of: date) -> Listing:
    """List all that the filter holds of."""
    return _listing("all", milestones, chosen, page, as_of, lambda _: True)


def overdue(milestones: Iterable[Milestone], chosen: Filter, page: Page, as_of: date) -> Listing:
    """List what is still owed and whose last included day lies before `as_of`."""
    return _listing("overdue", milestones, chosen, page, as_of, lambda m: m.is_overdue(as_of))


def upcoming(
    milestones: Iterable[Milestone], chosen: Filter, page: Page, as_of: date, until: date
) -> Listing:
    """List what is still owed and due from `as_of` up to and with `until`."""

    def owed(m: Milestone) -> bool:
        return m.due is not None and as_of <= m.due <= until and m.is_open

    return _listing("upcoming", milestones, chosen, page, as_of, owed)


def published(milestones: Iterable[Milestone], chosen: Filter, as_of: date) -> list[Milestone]:
    """List in order of id what a feed is made from: removed ones too, for it announces them."""
    then = (m.replayed(as_of) for m in milestones)
    return [m for m in then if m is not None and chosen.holds(m)]


def _listing(
    kind: str,
    milestones: Iterable[Milestone],
    chosen: Filter,
    page: Page,
    as_of: date,
    belongs: Callable[[Milestone], bool],
) -> Listing:
    then = [m for known in milestones if (m := known.as_of(as_of)) is not None]
    found = [m for m in then if chosen.holds(m) and belongs(m)]
    ordered = in_order(found, page.sort)
    if page.reverse:
        ordered.reverse()
    return Listing(kind, as_of, ordered[: page.limit], len(found), len(then))


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
