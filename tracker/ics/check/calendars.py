"""Rules on a calendar as a whole: what its entries are to each other, and their timezones."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from datetime import datetime

from tracker.ics.check.rule import Found, Rules, when
from tracker.ics.scan import ITEMS, Component, ContentLine
from tracker.ics.values import date_or_time_or_none
from tracker.ics.zones import Timezones, defined, is_modest

RULES: Rules[Component] = Rules()

_IGNORED_BY_VDIRSYNCER = frozenset(
    {"UID", "DTSTAMP", "LAST-MODIFIED", "CREATED", "PRODID", "METHOD", "REV"}
)


def _entries(calendar: Component) -> list[Component]:
    return calendar.inner(*ITEMS)


RULES.warning(
    "empty",
    "There is nothing in the feed, and Evolution keeps showing what was in it before:"
    " announce what was removed as STATUS:CANCELLED for some weeks.",
)(when(lambda calendar: not _entries(calendar)))
RULES.note(
    "no-events",
    "There are no events, and Google, Apple's calendar on phones, ICSx5 and Nextcloud as it"
    " comes show nothing else; those that show tasks disagree whether one is late on its"
    " last day. Offer a feed of events too.",
)(when(lambda calendar: _entries(calendar) and not calendar.inner("VEVENT")))


def _repeated(
    calendar: Component, key: Callable[[Component], Hashable]
) -> Iterator[tuple[Component, int]]:
    """Each entry whose key an earlier one has, and the line of that one."""
    seen: dict[Hashable, int] = {}
    for entry in _entries(calendar):
        if entry.get("UID") is not None:
            first = seen.setdefault(key(entry), entry.first)
            if first != entry.first:
                yield entry, first


RULES.error(
    "uid-again",
    "The entry at line {about} has the same UID, and programs keep one of the"
    " two: give each its own.",
)(lambda calendar: ((e.named["UID"], at) for e, at in _repeated(calendar, _known_by)))


def _known_by(entry: Component) -> tuple[str, str]:
    recurrence = entry.get("RECURRENCE-ID")
    return entry.named["UID"].value, "" if recurrence is None else recurrence.value


RULES.warning(
    "twin",
    "But for UID and stamps this is the entry at line {about}, and vdirsyncer"
    " makes one of the two: give each a URL of its own.",
)(lambda calendar: _repeated(calendar, _content))


def _content(entry: Component) -> tuple[str, ...]:
    lines = (line for part in entry.walk() for line in part.lines)
    kept = (line for line in lines if line.name not in _IGNORED_BY_VDIRSYNCER)
    return tuple(sorted(f"{line.name}{line.raw_parameters}:{line.value}" for line in kept))


RULES.error(
    "timezone",
    "The VTIMEZONE wants a TZID and a STANDARD or DAYLIGHT part (RFC 5545 §3.6.5), and"
    " without them nobody knows its times.",
)(
    lambda calendar: (
        zone
        for zone in calendar.inner("VTIMEZONE")
        if zone.get("TZID") is None or not zone.inner("STANDARD", "DAYLIGHT")
    )
)


def _unknown_zones(calendar: Component) -> Iterator[tuple[ContentLine, str]]:
    """The first line of each TZID that the file does not define, and its name."""
    zones = (zone.get("TZID") for zone in calendar.inner("VTIMEZONE"))
    known = {zone.value for zone in zones if zone is not None} | {""}
    for line in (line for part in calendar.walk() for line in part.lines):
        if "TZID" in line.raw_parameters.upper():
            name = line.parameters.get("TZID", "")
            if name not in known:
                known.add(name)
                yield line, name


RULES.warning(
    "timezone",
    "TZID={about:.40} is a name in a register (RFC 5545 §3.2.19) that few programs have:"
    " add its VTIMEZONE, or write dates instead of times.",
)(lambda calendar: (at for at in _unknown_zones(calendar) if at[1].startswith("/")))
RULES.error(
    "timezone",
    "TZID={about:.40} has no VTIMEZONE in the file, and Outlook shows the time"
    " in another zone: add it, or write dates instead of times.",
)(lambda calendar: (at for at in _unknown_zones(calendar) if not at[1].startswith("/")))


def _export_stamp(calendar: Component) -> ContentLine | None:
    """The first DTSTAMP, if it is probably the time of the export: all entries have that one."""
    entries = _entries(calendar)
    stamps = [stamp for entry in entries if (stamp := entry.get("DTSTAMP")) is not None]
    if len(stamps) < 3 or len({stamp.value for stamp in stamps}) > 1:
        return None
    modified = {line.value for e in entries if (line := e.get("LAST-MODIFIED")) is not None}
    return stamps[0] if modified != {stamps[0].value} else None


RULES.warning(
    "dtstamp-export",
    "All entries have one DTSTAMP, probably the time of the export: then each export changes every"
    " entry for Evolution and Nextcloud. Write the time of each entry's last change.",
)(lambda calendar: filter(None, [_export_stamp(calendar)]))


@RULES.warning(
    "uid-from-stamp",
    "The UID holds the time of the export, so each export makes every entry anew and"
    " people's alarms are lost: make the UID from what never changes.",
)
def _uid_from_stamp(calendar: Component) -> Iterator[Found]:
    if (stamp := _export_stamp(calendar)) is not None:
        uids = filter(None, (entry.get("UID") for entry in _entries(calendar)))
        yield from [uid for uid in uids if stamp.value in uid.value][:1]


@RULES.warning(
    "override-alone",
    "The entry replaces one of a series that is not in the file, and programs show it alone or not"
    " at all: add the entry with the rule.",
)
def _alone(calendar: Component) -> Iterator[Found]:
    entries = [entry for entry in _entries(calendar) if entry.get("UID") is not None]
    masters = {e.named["UID"].value for e in entries if e.get("RECURRENCE-ID") is None}
    for entry in entries:
        if entry.get("RECURRENCE-ID") is not None and entry.named["UID"].value not in masters:
            yield entry


_OFFSET = re.compile(r"\s*[+-]\d{4}(\d\d)?\s*", re.ASCII)


@RULES.error(
    "timezone",
    "{at.name}:{at.value:.20} is no offset such as +0800 (RFC 5545 §3.3.14), and icalendar,"
    " vobject and ics.py refuse the file.",
)
def _offset(calendar: Component) -> Iterator[Found]:
    for part in _observances(calendar):
        for name in ("TZOFFSETFROM", "TZOFFSETTO"):
            yield from (line for line in part.all(name) if not _OFFSET.fullmatch(line.value))


RULES.warning(
    "timezone",
    "The zone {about:.40} changes otherwise than by yearly rules, and `import ics` takes its times"
    " as the clock shows them.",
)(
    lambda calendar: (
        (zone, tzid.value)
        for zone in calendar.inner("VTIMEZONE")
        if (tzid := zone.get("TZID")) and not is_modest(zone)
    )
)


@RULES.error(
    "timezone",
    "The {at.name} part lacks {about} (RFC 5545 §3.6.5), and programs throw or take it for UTC.",
)
def _incomplete_zone(calendar: Component) -> Iterator[Found]:
    for part in _observances(calendar):
        wanted = ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO")
        if missing := [name for name in wanted if part.get(name) is None]:
            yield part, tuple(missing)


def _observances(calendar: Component) -> Iterator[Component]:
    for zone in calendar.inner("VTIMEZONE"):
        yield from zone.inner("STANDARD", "DAYLIGHT")


@RULES.warning(
    "timezone",
    "X-WR-TIMEZONE:{at.value:.40} is no timezone that programs know, and they show times in UTC"
    " wherever the reader is: give one such as Asia/Shanghai.",
)
def _unknown_default(calendar: Component) -> Iterator[Found]:
    known = Timezones(calendar.inner("VTIMEZONE"))
    for line in calendar.all("X-WR-TIMEZONE")[:1]:
        if known.named(line.value.strip()) is None:
            yield line


@RULES.error(
    "timezone",
    "On {at.value:.8} the VTIMEZONE {about:.40} has another offset than the timezone of that name:"
    " Thunderbird, Nextcloud and ical.js follow the file, node-ical, icalendar and `import ics` the"
    " name. Give it another name, or the right rules.",
)
def _disagreeing(calendar: Component) -> Iterator[Found]:
    named = {
        tzid.value: (theirs, ours)
        for zone in calendar.inner("VTIMEZONE")
        if (tzid := zone.get("TZID")) is not None
        if (theirs := Timezones(()).named(tzid.value)) and (ours := defined(zone))
    }
    for entry in _entries(calendar) if named else ():
        for line in filter(None, map(entry.get, ("DTSTART", "DTEND", "DUE"))):
            name, value = line.parameters.get("TZID", ""), date_or_time_or_none(line)
            if not isinstance(value, datetime) or name not in named:
                continue
            if len({value.replace(tzinfo=zone).utcoffset() for zone in named[name]}) > 1:
                del named[name]
                yield line, name
