"""Rules on a calendar as a whole: its header, and what its entries are to each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.ics.fault import Fault, Severity
from tracker.ics.scan import ITEMS, Component, Line

_ONCE = ("VERSION", "PRODID", "CALSCALE", "METHOD", "COLOR", "SOURCE", "REFRESH-INTERVAL")
_IGNORED_BY_VDIRSYNCER = frozenset(
    {"UID", "DTSTAMP", "LAST-MODIFIED", "CREATED", "PRODID", "METHOD", "REV"}
)


def calendar_faults(calendars: Sequence[Component]) -> Iterator[Fault]:
    """Faults of the calendars in one file."""
    if len(calendars) > 1:
        yield Fault(
            calendars[1].first,
            "more-than-one",
            Severity.WARNING,
            "A second calendar begins here, and most programs read only the first: make it one.",
        )
    for calendar in calendars:
        yield from _header(calendar)
        yield from _name(calendar)
        yield from _refresh(calendar)
        yield from _uids(calendar)
        yield from _twins(calendar)
        yield from _zones(calendar)
        yield from _stamps_of_an_export(calendar)


def _header(calendar: Component) -> Iterator[Fault]:
    first = calendar.first
    version, method = calendar.get("VERSION"), calendar.get("METHOD")
    if version is None or version.value.strip() != "2.0":
        line = first if version is None else version.number
        yield Fault(
            line,
            "version",
            Severity.ERROR,
            "VERSION:2.0 is missing, without which Outlook and Google refuse a calendar.",
        )
    if calendar.get("PRODID") is None:
        yield Fault(
            first,
            "prodid",
            Severity.ERROR,
            "PRODID is missing (RFC 5545 §3.7.3); give the name of what made the feed.",
        )
    if method is not None:
        yield Fault(
            method.number,
            "method",
            Severity.WARNING,
            f"METHOD:{method.value[:20]} makes an invitation of the feed: Outlook imports it"
            " instead of subscribing, and CalDAV servers refuse it. Leave METHOD out.",
        )
    if (uid := calendar.get("UID")) is not None:
        yield Fault(
            uid.number,
            "calendar-uid",
            Severity.WARNING,
            "A UID stands on the calendar itself, for which vdirsyncer takes the whole feed"
            " for one entry: leave it out.",
        )
    for name in _ONCE:
        lines = [line for line in calendar.lines if line.name == name]
        for extra in lines[1:]:
            yield Fault(
                extra.number,
                "cardinality",
                Severity.ERROR,
                f"{name} stands here again, and may stand once.",
            )
    if not any(part.name in ITEMS for part in calendar.parts):
        yield Fault(
            first,
            "empty",
            Severity.WARNING,
            "There is nothing in the feed, and Evolution keeps showing what was in it before:"
            " announce what was removed as STATUS:CANCELLED for some weeks.",
        )


def _name(calendar: Component) -> Iterator[Fault]:
    name, apple_name = calendar.get("NAME"), calendar.get("X-WR-CALNAME")
    if name is None or apple_name is None:
        missing = "NAME" if name is None else "X-WR-CALNAME"
        yield Fault(
            calendar.first,
            "name",
            Severity.NOTE,
            f"{missing} is missing: some programs name the calendar by NAME (RFC 7986 §5.1), most"
            " by X-WR-CALNAME, and without it by its address. Write both.",
        )
    elif name.value != apple_name.value:
        yield Fault(
            apple_name.number,
            "name",
            Severity.NOTE,
            "X-WR-CALNAME and NAME differ, so the calendar has two names in two programs.",
        )


def _refresh(calendar: Component) -> Iterator[Fault]:
    refresh = calendar.get("REFRESH-INTERVAL")
    if refresh is None or calendar.get("X-PUBLISHED-TTL") is None:
        missing = "REFRESH-INTERVAL" if refresh is None else "X-PUBLISHED-TTL"
        yield Fault(
            calendar.first,
            "refresh",
            Severity.NOTE,
            f"{missing} is missing, so a program asks for news as often as it pleases: say"
            " REFRESH-INTERVAL;VALUE=DURATION:PT12H and X-PUBLISHED-TTL:PT12H.",
        )
    for line, value_type in ((refresh, "DURATION"), (calendar.get("SOURCE"), "URI")):
        if line is not None and line.parameters.get("VALUE", "").upper() != value_type:
            yield Fault(
                line.number,
                "value-type",
                Severity.WARNING,
                f"{line.name} wants ;VALUE={value_type} (RFC 7986 §5), or it is read as text.",
            )


def _uids(calendar: Component) -> Iterator[Fault]:
    seen: dict[tuple[str, str], int] = {}
    for entry in calendar.parts:
        uid, recurrence = entry.get("UID"), entry.get("RECURRENCE-ID")
        if uid is None or entry.name not in ITEMS:
            continue
        key = (uid.value, "" if recurrence is None else recurrence.value)
        if key in seen:
            yield Fault(
                uid.number,
                "uid-again",
                Severity.ERROR,
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
            yield Fault(
                entry.first,
                "twin",
                Severity.WARNING,
                f"But for UID and stamps this is the entry at line {seen[content]}, and vdirsyncer"
                " makes one of the two: give each a URL of its own.",
            )
        seen.setdefault(content, entry.first)


def _zones(calendar: Component) -> Iterator[Fault]:
    defined = {
        zone.value
        for part in calendar.parts
        if part.name == "VTIMEZONE" and (zone := part.get("TZID")) is not None
    }
    told: set[str] = set()
    for line in _all_lines(calendar):
        if "TZID" not in line.raw_parameters.upper():
            continue
        zone_name = line.parameters.get("TZID", "")
        if zone_name and zone_name not in defined and zone_name not in told:
            told.add(zone_name)
            yield Fault(
                line.number,
                "timezone",
                Severity.ERROR,
                f"TZID={zone_name[:40]} has no VTIMEZONE in the file, and Outlook shows the time"
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
        yield Fault(
            stamps[0].number,
            "dtstamp-export",
            Severity.WARNING,
            "All entries have one DTSTAMP, probably the time of the export: then each export"
            " changes every entry for Evolution and Nextcloud. Write the time of each entry's"
            " last change.",
        )
