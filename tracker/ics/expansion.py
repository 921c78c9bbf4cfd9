"""`recurring-ical-events` told when the entries of a series take place, in values and not as text.

Imported only where a series is followed, since the library takes a while to import.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from icalendar import vDDDTypes
from recurring_ical_events import (  # type: ignore[import-untyped]  # it has no types
    EventAdapter,
    Occurrence,
    Series,
)


class EntryTimes(NamedTuple):
    """When an entry takes place, all dates of one kind and in one zone.

    `replaced` is the occurrence that it stands for, and all later ones if it `is_for_all_later`.
    """

    start: date
    end: date
    sequence: int
    replaced: date | None
    is_for_all_later: bool
    rules: Sequence[str]
    added: Sequence[date]
    excluded: Sequence[date]


class _Adapter(EventAdapter):  # type: ignore[misc]  # its base has no types
    """The times of the entry of that number, where the library looks for properties."""

    raw_start: Any = None
    raw_end: Any = None
    rrules: Any = ()
    rdates: Any = ()
    exdates: Any = ()
    sequence: int = 0

    def __init__(self, number: int, times: EntryTimes) -> None:
        said: dict[str, Any] = {name: True for name in ("RRULE",) if times.rules}
        if times.replaced is not None:
            said["RECURRENCE-ID"] = vDDDTypes(times.replaced)
            said["RECURRENCE-ID"].params["RANGE"] = (
                "THISANDFUTURE" if times.is_for_all_later else "THIS"
            )
        super().__init__(said)
        self.number = number
        self.raw_start, self.raw_end, self.sequence = times[:3]
        self.rrules, self.rdates, self.exdates = times.rules, times.added, times.excluded


class _Found(Occurrence):  # type: ignore[misc]  # its base has no types
    def __init__(self, adapter: _Adapter, start: date | None = None, end: date | None = None):
        super().__init__(adapter, start, end)
        self.number = adapter.number


class _Series(Series):  # type: ignore[misc]  # its base has no types
    occurrence = _Found


def expanded(
    entries: Sequence[EntryTimes], window: tuple[date, date]
) -> Iterator[tuple[int, Any, Any]]:
    """The number of an entry, start and end of each time that one takes place, in no order."""
    series = _Series([_Adapter(number, times) for number, times in enumerate(entries)])
    for found in series.between(*window):
        yield found.number, found.start, found.end
