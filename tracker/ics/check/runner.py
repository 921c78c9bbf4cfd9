"""Any feed checked against what calendar programs depend on, each fault with its line and a remedy.

Parsers are forgiving, and so most checkers find nothing wrong with feeds that one program or
another shows wrongly, or not at all. The rules here come from programs that were seen to stumble;
each says which. `check` takes any bytes and never fails.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from tracker.ics.check import (
    alarms,
    calendars,
    dates,
    entries,
    files,
    headers,
    octets,
    recurrences,
    texts,
)
from tracker.ics.check.rule import FeedFault, Rules, Severity
from tracker.ics.scan import ITEMS, Component, other_format, scan

__all__ = ["CheckResult", "FeedFault", "Severity", "check", "limited"]

MOST_OF_A_KIND = 10
"""Faults of one rule that are told one by one; a generator repeats its mistakes in each event."""

OF_A_CALENDAR: tuple[Rules[Component], ...] = (headers.RULES, calendars.RULES)
OF_AN_ENTRY: tuple[Rules[Component], ...] = (entries.RULES, dates.RULES, recurrences.RULES)
TABLES: tuple[Rules[Any], ...] = (
    *(files.RULES, octets.FILE_RULES, octets.LINE_RULES),
    *OF_A_CALENDAR,
    *OF_AN_ENTRY,
    *(alarms.RULES, texts.RULES),
)
"""Every rule, each table about another kind of thing."""


def check(data: bytes) -> list[FeedFault]:
    file = files.File(data, scan(data))
    if not file.calendars and other_format(data):
        return list(files.RULES.faults(file))
    faults = [*files.RULES.faults(file), *octets.FILE_RULES.faults(data)]
    for line in octets.lines(data):
        faults += octets.LINE_RULES.faults(line)
    for calendar in file.calendars:
        faults += _calendar_faults(calendar)
    return sorted(faults, key=_place)


def _place(fault: FeedFault) -> tuple[int, bool, str]:
    """By line; that there is no calendar comes before what that is worth."""
    return fault.line, fault.code != "no-calendar", fault.code


def _calendar_faults(calendar: Component) -> Iterator[FeedFault]:
    for rules in OF_A_CALENDAR:
        yield from rules.faults(calendar)
    yield from _text_faults(calendar)
    for entry in calendar.inner(*ITEMS):
        yield from _entry_faults(entry)


def _entry_faults(entry: Component) -> Iterator[FeedFault]:
    for rules in OF_AN_ENTRY:
        yield from rules.faults(entry)
    yield from _text_faults(entry)
    for alarm in entry.inner("VALARM"):
        yield from alarms.RULES.faults((alarm, entry))


def _text_faults(component: Component) -> Iterator[FeedFault]:
    for line in component.lines:
        yield from texts.RULES.faults(line)


class CheckResult(Struct, frozen=True):
    """The faults worth showing, and of each rule how many more there are."""

    shown: tuple[FeedFault, ...]
    more: dict[str, int]


def limited(faults: Iterable[FeedFault]) -> CheckResult:
    """At most MOST_OF_A_KIND faults of each rule, the rest counted."""
    seen: Counter[str] = Counter()
    shown = []
    for fault in faults:
        seen[fault.code] += 1
        if seen[fault.code] <= MOST_OF_A_KIND:
            shown.append(fault)
    more = {code: n - MOST_OF_A_KIND for code, n in seen.items() if n > MOST_OF_A_KIND}
    return CheckResult(tuple(shown), more)
