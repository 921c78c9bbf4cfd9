"""Rules on what stands before the entries: what a calendar says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from tracker.ics.check.fault import Fault, error, note, warning
from tracker.ics.check.texts import text_faults
from tracker.ics.scan import Component, Line
from tracker.ics.values import duration

_ONCE = ("VERSION", "PRODID", "CALSCALE", "METHOD", "COLOR", "SOURCE", "REFRESH-INTERVAL")
_COLOURS = (
    ("COLOR", re.compile("[A-Za-z]{3,20}"), "CSS name such as steelblue (RFC 7986 §5.9)"),
    (
        "X-APPLE-CALENDAR-COLOR",
        re.compile("#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?"),
        "value such as #4682B4",
    ),
)


def header_faults(calendar: Component) -> Iterator[Fault]:
    """Faults of a calendar's own properties."""
    yield from _identity(calendar)
    yield from _names(calendar)
    yield from _refresh(calendar)
    yield from _colour(calendar)
    yield from text_faults(calendar)


def _identity(calendar: Component) -> Iterator[Fault]:
    first = calendar.first
    version, method = calendar.get("VERSION"), calendar.get("METHOD")
    if version is None or version.value.strip() != "2.0":
        line = first if version is None else version.number
        yield error(
            line,
            "version",
            "VERSION:2.0 is missing, without which Outlook and Google refuse a calendar.",
        )
    if calendar.get("PRODID") is None:
        yield error(
            first,
            "prodid",
            "PRODID is missing (RFC 5545 §3.7.3); give the name of what made the feed.",
        )
    if method is not None:
        yield warning(
            method.number,
            "method",
            f"METHOD:{method.value[:20]} makes an invitation of the feed: Outlook imports it"
            " instead of subscribing, and CalDAV servers refuse it. Leave METHOD out.",
        )
    if (uid := calendar.get("UID")) is not None:
        yield warning(
            uid.number,
            "calendar-uid",
            "A UID stands on the calendar itself, for which vdirsyncer takes the whole feed"
            " for one entry: leave it out.",
        )
    calendar_scale = calendar.get("CALSCALE")
    if calendar_scale is not None and calendar_scale.value.strip().upper() != "GREGORIAN":
        yield error(
            calendar_scale.number,
            "calscale",
            "CALSCALE is GREGORIAN (RFC 5545 §3.7.1): dates of another calendar are read as"
            " Gregorian ones.",
        )
    for name in _ONCE:
        lines = [line for line in calendar.lines if line.name == name]
        for extra in lines[1:]:
            yield error(
                extra.number,
                "cardinality",
                f"{name} stands here again, and may stand once.",
            )


def _names(calendar: Component) -> Iterator[Fault]:
    name, apple_name = calendar.get("NAME"), calendar.get("X-WR-CALNAME")
    if name is None or apple_name is None:
        missing = "NAME" if name is None else "X-WR-CALNAME"
        yield note(
            calendar.first,
            "name",
            f"{missing} is missing: some programs name the calendar by NAME (RFC 7986 §5.1), most"
            " by X-WR-CALNAME, and without it by its address. Write both.",
        )
    elif name.value != apple_name.value:
        yield note(
            apple_name.number,
            "name",
            "X-WR-CALNAME and NAME differ, so the calendar has two names in two programs.",
        )


def _refresh(calendar: Component) -> Iterator[Fault]:
    refresh, published = calendar.get("REFRESH-INTERVAL"), calendar.get("X-PUBLISHED-TTL")
    if refresh is None or published is None:
        missing = "REFRESH-INTERVAL" if refresh is None else "X-PUBLISHED-TTL"
        yield note(
            calendar.first,
            "refresh",
            f"{missing} is missing, so a program asks for news as often as it pleases: say"
            " REFRESH-INTERVAL;VALUE=DURATION:PT12H and X-PUBLISHED-TTL:PT12H.",
        )
    intervals = [line for line in (refresh, published) if line is not None]
    for line in intervals:
        yield from _interval(line)
    if len({line.value.strip() for line in intervals}) > 1:
        yield note(
            intervals[1].number,
            "refresh",
            "X-PUBLISHED-TTL and REFRESH-INTERVAL differ, so two programs ask at different times.",
        )
    for told, value_type in ((refresh, "DURATION"), (calendar.get("SOURCE"), "URI")):
        if told is not None and told.parameters.get("VALUE", "").upper() != value_type:
            yield warning(
                told.number,
                "value-type",
                f"{told.name} wants ;VALUE={value_type} (RFC 7986 §5), or it is read as text.",
            )


def _interval(line: Line) -> Iterator[Fault]:
    try:
        short = duration(line.value) <= timedelta()
        problem = "is no time to wait" if short else ""
    except ValueError as unread:
        problem = str(unread)
    if problem:
        yield warning(
            line.number,
            "refresh",
            f"{line.name}: {problem}, and programs ask for news as often as they please.",
        )


def _colour(calendar: Component) -> Iterator[Fault]:
    for name, pattern, kind in _COLOURS:
        line = calendar.get(name)
        if line is not None and not pattern.fullmatch(line.value.strip()):
            yield note(
                line.number,
                "colour",
                f"{name}:{line.value[:30]} is no {kind}, and programs choose a colour themselves.",
            )
