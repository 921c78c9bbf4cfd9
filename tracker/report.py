"""What a list of milestones amounts to on a given day: pure, nothing stored, frozen results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from tracker.model import Change, Milestone, Status
from tracker.query import Filter, Page, Query, Select, Sort, in_order


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
