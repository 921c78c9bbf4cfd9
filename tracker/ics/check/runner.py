"""Any feed checked against what calendar programs depend on, each fault with its line and a remedy.

Parsers are forgiving, and so most checkers find nothing wrong with feeds that one program or
another shows wrongly, or not at all. The rules here come from programs that were seen to stumble;
each says which. `check` takes any bytes and never fails.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from tracker.ics.check.calendars import calendar_faults
from tracker.ics.check.entries import entry_faults
from tracker.ics.check.fault import Fault, Severity, error
from tracker.ics.check.octets import octet_faults
from tracker.ics.scan import scan

__all__ = ["Checked", "Fault", "Severity", "check", "summed"]

MOST_OF_A_KIND = 10
"""Faults of one rule that are told one by one; a generator repeats its mistakes in each event."""


def check(data: bytes) -> list[Fault]:
    """Every fault in `data`, by line."""
    scanned = scan(data)
    faults = list(octet_faults(data))
    calendars = [c for c in scanned.components if c.name == "VCALENDAR"]
    if not calendars:
        return [*_no_calendar(data), *faults]
    faults += (Fault(p.line, "structure", Severity.ERROR, p.message) for p in scanned.problems)
    faults += calendar_faults(calendars)
    for calendar in calendars:
        faults += entry_faults(calendar)
    return sorted(faults, key=lambda fault: (fault.line, fault.code))


def _no_calendar(data: bytes) -> Iterator[Fault]:
    if data.lstrip()[:1] == b"<":
        yield error(
            1,
            "no-calendar",
            "This is a web page, perhaps one to log in or an error: Evolution then shows an empty"
            " calendar, and no program what is new.",
        )
    else:
        yield error(
            1,
            "no-calendar",
            "There is no BEGIN:VCALENDAR, so no program reads this as a calendar.",
        )


class Checked(Struct, frozen=True):
    """The faults worth showing, and of each rule how many more there are."""

    shown: tuple[Fault, ...]
    more: dict[str, int]


def summed(faults: Iterable[Fault]) -> Checked:
    """At most MOST_OF_A_KIND faults of each rule, the rest counted."""
    seen: Counter[str] = Counter()
    shown = []
    for fault in faults:
        seen[fault.code] += 1
        if seen[fault.code] <= MOST_OF_A_KIND:
            shown.append(fault)
    more = {code: n - MOST_OF_A_KIND for code, n in seen.items() if n > MOST_OF_A_KIND}
    return Checked(tuple(shown), more)
