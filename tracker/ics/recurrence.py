"""Recurring events and tasks, as single ones within a window of days.

`recurring-ical-events` follows them, in the zone where the series begins: all that a series says of
its dates is brought there first, and its rules are bounded (`tracker.ics.rules`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from tracker.ics.entry import CalendarEntry
from tracker.ics.rules import StepBudget, bounded, days_from, of_same_kind
from tracker.ics.values import day_of
from tracker.ics.zones import UNREADABLE, wall_time
from tracker.message import Reason

if TYPE_CHECKING:
    from tracker.ics.expansion import EntryTimes

MOST_OCCURRENCES = 1_000
"""Occurrences of one entry within the window; more are no milestones."""

MOST_DATES = 5_000
"""Dates that an entry may list by itself."""

_MIDNIGHT = time()
_DAY = timedelta(days=1)

UNFOLLOWED = UNREADABLE
"""What the libraries raise at a rule or a date that they cannot follow."""


class Occurrence(Struct, frozen=True):
    """One time that an entry takes place: what describes it, and when by the clock there.

    `replaces` is the day that the rule gave it, which stays when the occurrence is moved.
    """

    entry: CalendarEntry
    start: date | datetime
    end: date | datetime
    replaces: date


def occurrences(
    entries: Sequence[CalendarEntry],
    window: tuple[date, date],
    budget: StepBudget,
    refuse: Callable[[CalendarEntry, Exception], None],
) -> Iterator[Occurrence]:
    """What `entries`, all of one uid and kind, come to in the window, its last day included.

    Those that cannot be followed are refused. Raises one of UNFOLLOWED if all of them cannot.
    """
    from tracker.ics.expansion import expanded

    first, last = window
    latest = _before_moving(entries, last)
    known: list[tuple[CalendarEntry, EntryTimes]] = []
    for entry in sorted(entries, key=lambda entry: entry.is_override):
        master = known[0] if known and not known[0][0].is_override else None
        try:
            known.append((entry, _times(entry, master, latest, budget)))
        except UNFOLLOWED as error:
            refuse(entry, error)
    if not known:
        return
    days = days_from(first, -2), days_from(last, 3)
    found = list(islice(expanded([times for _, times in known], days), MOST_OCCURRENCES + 1))
    if len(found) > MOST_OCCURRENCES:
        raise Reason("it takes place more than {most:,} times in the window", most=MOST_OCCURRENCES)
    series = known[0][0].place(entries[0].calendar.here)
    for number, start, end in found:
        one = _occurrence(*known[number], (start, end), series)
        if day_of(one.start) <= last and day_of(one.end) >= first:
            yield one


def _before_moving(entries: Sequence[CalendarEntry], last: date) -> date:
    """The last day on which a rule may put what an override then moves to `last` or before."""
    latest = last
    for entry in entries:
        if entry.is_for_all_later:
            try:
                moved, start = entry.replaced, entry.start
            except Reason:
                continue
            if moved is not None and start is not None:
                latest = max(latest, days_from(last, (day_of(moved) - day_of(start)).days + 1))
    return latest


def _occurrence(
    entry: CalendarEntry, times: EntryTimes, span: tuple[date, date], series: tzinfo | None
) -> Occurrence:
    """What was found, by the clock where it is; its name, by the clock of its series."""
    start, end = span
    replaces = times.replaced or start
    if times.replaced is not None and times.is_for_all_later:
        moved = wall_time(times.start, series) - wall_time(times.replaced, series)
        replaces = wall_time(start, series) - moved
    where = entry.place(series)
    span = wall_time(start, where), wall_time(end, where)
    return Occurrence(entry, *span, day_of(wall_time(replaces, series)))


def _times(
    entry: CalendarEntry,
    master: tuple[CalendarEntry, EntryTimes] | None,
    last: date,
    budget: StepBudget,
) -> EntryTimes:
    """When an entry takes place; an override that does not say, when what it replaces does."""
    from tracker.ics.expansion import EntryTimes

    replaced = entry.replaced
    if replaced is not None and master is not None:
        began = master[1].start
        clock = began.time() if isinstance(began, datetime) else _MIDNIGHT
        replaced = of_same_kind(replaced, began, clock)
    start = entry.start or entry.end or replaced
    if start is None:
        raise Reason("it recurs from no date")
    end = of_same_kind(entry.end or _end(entry, start, master), start, _MIDNIGHT)
    if end < start:
        raise Reason("it ends before it begins")
    rules = list(_rules(entry, start, last, budget))
    named = entry.sequence, replaced, entry.is_for_all_later
    return EntryTimes(start, end, *named, rules, *_dates(entry, start))


def _end(
    entry: CalendarEntry, start: date, master: tuple[CalendarEntry, EntryTimes] | None
) -> date | datetime:
    if entry.start is None and master is not None:
        return start + (master[1].end - master[1].start)
    is_day = entry.component.name == "VEVENT" and not isinstance(start, datetime)
    return days_from(start, 1) if is_day else start


def _dates(entry: CalendarEntry, start: date) -> tuple[list[date], list[date]]:
    """The dates that are added and taken out; of a period its beginning."""
    lines = [line for name in ("RDATE", "EXDATE") for line in entry.component.all(name)]
    if sum(line.value.count(",") + 1 for line in lines) > MOST_DATES:
        raise Reason("it lists more than {most:,} dates", most=MOST_DATES)
    clock = start.time() if isinstance(start, datetime) else _MIDNIGHT
    listed: dict[str, list[date]] = {"RDATE": [], "EXDATE": []}
    for line in lines:
        for one in line.value.split(","):
            if one.strip():
                value = entry.calendar.zones.value(line, one.partition("/")[0])
                listed[line.name].append(of_same_kind(value, start, clock))
    return listed["RDATE"], listed["EXDATE"]


def _rules(entry: CalendarEntry, start: date, last: date, budget: StepBudget) -> Iterator[str]:
    if any(line.value.strip() for line in entry.component.all("EXRULE")):
        raise Reason("it has an EXRULE, which no program follows any more: list EXDATE instead")
    for line in entry.component.all("RRULE"):
        if entry.is_override:
            yield line.value  # not followed, but a sign that a series was cut in two
        elif line.value.strip():
            yield bounded(line, start, last, budget)
