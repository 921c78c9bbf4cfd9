"""Rules on a calendar as a whole: what its entries are to each other, and their timezones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.ics.check.fault import Fault, error, note, warning
from tracker.ics.check.headers import header_faults
from tracker.ics.scan import ITEMS, Component, Line

_IGNORED_BY_VDIRSYNCER = frozenset(
    {"UID", "DTSTAMP", "LAST-MODIFIED", "CREATED", "PRODID", "METHOD", "REV"}
)


def calendar_faults(calendars: Sequence[Component]) -> Iterator[Fault]:
    """Faults of the calendars in one file."""
    if len(calendars) > 1:
        yield warning(
            calendars[1].first,
            "more-than-one",
            "A second calendar begins here, and most programs read only the first: make it one.",
        )
    for calendar in calendars:
        yield from header_faults(calendar)
        yield from _contents(calendar)
        yield from _uids(calendar)
        yield from _twins(calendar)
        yield from _zones(calendar)
        yield from _stamps_of_an_export(calendar)


def _contents(calendar: Component) -> Iterator[Fault]:
    kinds = {part.name for part in calendar.parts} & ITEMS
    if not kinds:
        yield warning(
            calendar.first,
            "empty",
            "There is nothing in the feed, and Evolution keeps showing what was in it before:"
            " announce what was removed as STATUS:CANCELLED for some weeks.",
        )
    elif "VEVENT" not in kinds:
        yield note(
            calendar.first,
            "no-events",
            "There are no events, and Google, Apple's calendar on phones, ICSx5 and Nextcloud as it"
            " comes show nothing else; those that show tasks disagree whether one is late on its"
            " last day. Offer a feed of events too.",
        )


def _uids(calendar: Component) -> Iterator[Fault]:
    seen: dict[tuple[str, str], int] = {}
    for entry in calendar.parts:
        uid, recurrence = entry.get("UID"), entry.get("RECURRENCE-ID")
        if uid is None or entry.name not in ITEMS:
            continue
        key = (uid.value, "" if recurrence is None else recurrence.value)
        if key in seen:
            yield error(
                uid.number,
                "uid-again",
                f"The entry at line {seen[key]} has the same UID, and programs keep one of the"
                " two: give each its own.",
            )
        seen.setdefault(key, entry.first)


def _twins(calendar: Component) -> Iterator[Fault]:
    seen: dict[tuple[str, ...], int] = {}
    for entry in calendar.parts:
        if entry.name not in ITEMS or entry.get("UID") is None:
            continue
        content = tuple(
            sorted(
                f"{line.name}{line.raw_parameters}:{line.value}"
                for part in entry.walk()
                for line in part.lines
                if line.name not in _IGNORED_BY_VDIRSYNCER
            )
        )
        if content in seen:
            yield warning(
                entry.first,
                "twin",
                f"But for UID and stamps this is the entry at line {seen[content]}, and vdirsyncer"
                " makes one of the two: give each a URL of its own.",
            )
        seen.setdefault(content, entry.first)


def _zones(calendar: Component) -> Iterator[Fault]:
    defined: set[str] = set()
    for zone in calendar.parts:
        if zone.name != "VTIMEZONE":
            continue
        if (known_as := zone.get("TZID")) is not None:
            defined.add(known_as.value)
        if known_as is None or not any(p.name in ("STANDARD", "DAYLIGHT") for p in zone.parts):
            yield error(
                zone.first,
                "timezone",
                "The VTIMEZONE wants a TZID and a STANDARD or DAYLIGHT part (RFC 5545 §3.6.5), and"
                " without them nobody knows its times.",
            )
    told: set[str] = set()
    for line in _all_lines(calendar):
        if "TZID" not in line.raw_parameters.upper():
            continue
        name = line.parameters.get("TZID", "")
        if name and name not in defined and name not in told:
            told.add(name)
            yield _unknown_zone(line, name)


def _unknown_zone(line: Line, name: str) -> Fault:
    if name.startswith("/"):
        return warning(
            line.number,
            "timezone",
            f"TZID={name[:40]} is a name in a register (RFC 5545 §3.2.19) that few programs have:"
            " add its VTIMEZONE, or write dates instead of times.",
        )
    return error(
        line.number,
        "timezone",
        f"TZID={name[:40]} has no VTIMEZONE in the file, and Outlook shows the time"
        " in another zone: add it, or write dates instead of times.",
    )


def _all_lines(calendar: Component) -> Iterator[Line]:
    return (line for part in calendar.walk() for line in part.lines)


def _stamps_of_an_export(calendar: Component) -> Iterator[Fault]:
    entries = [part for part in calendar.parts if part.name in ITEMS]
    stamps = [stamp for entry in entries if (stamp := entry.get("DTSTAMP")) is not None]
    if len(stamps) < 3 or len({stamp.value for stamp in stamps}) > 1:
        return
    modified = {line.value for e in entries if (line := e.get("LAST-MODIFIED")) is not None}
    if modified != {stamps[0].value}:
        yield warning(
            stamps[0].number,
            "dtstamp-export",
            "All entries have one DTSTAMP, probably the time of the export: then each export"
            " changes every entry for Evolution and Nextcloud. Write the time of each entry's"
            " last change.",
        )
        uids = (uid for entry in entries if (uid := entry.get("UID")) is not None)
        if (made := next((uid for uid in uids if stamps[0].value in uid.value), None)) is not None:
            yield warning(
                made.number,
                "uid-from-stamp",
                "The UID holds the time of the export, so each export makes every entry anew and"
                " people's alarms are lost: make the UID from what never changes.",
            )
