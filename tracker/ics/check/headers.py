"""Rules on what stands before the entries: what a calendar says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from tracker.ics.check.rule import Found, Rules, again, first, lacks
from tracker.ics.scan import Component, ContentLine
from tracker.ics.values import duration
from tracker.message import Message

RULES: Rules[Component] = Rules()

_ONCE = ("VERSION", "PRODID", "CALSCALE", "METHOD", "COLOR", "SOURCE", "REFRESH-INTERVAL")
_COLOURS = (
    (
        "COLOR",
        re.compile("[A-Za-z]{3,20}"),
        Message("CSS name such as steelblue (RFC 7986 §5.9)"),
    ),
    (
        "X-APPLE-CALENDAR-COLOR",
        re.compile("#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?"),
        Message("value such as #4682B4"),
    ),
)


@RULES.error(
    "version", "VERSION:2.0 is missing, without which Outlook and Google refuse a calendar."
)
def _version(calendar: Component) -> Iterator[Found]:
    version = calendar.get("VERSION")
    if version is None or version.value.strip() != "2.0":
        yield version or calendar


RULES.error("prodid", "PRODID is missing (RFC 5545 §3.7.3); give the name of what made the feed.")(
    lacks("PRODID")
)
RULES.warning(
    "method",
    "METHOD:{at.value:.20} makes an invitation of the feed: Outlook imports it"
    " instead of subscribing, and CalDAV servers refuse it. Leave METHOD out.",
)(first("METHOD"))
RULES.warning(
    "calendar-uid",
    "A UID stands on the calendar itself, for which vdirsyncer takes the whole feed"
    " for one entry: leave it out.",
)(first("UID"))


RULES.error(
    "calscale",
    "CALSCALE is GREGORIAN (RFC 5545 §3.7.1): dates of another calendar are read as"
    " Gregorian ones.",
)(first("CALSCALE", lambda line: line.value.strip().upper() != "GREGORIAN"))
RULES.error("cardinality", "{at.name} stands here again, and may stand once.")(again(*_ONCE))
RULES.note(
    "name",
    "{about} is missing: some programs name the calendar by NAME (RFC 7986 §5.1), most"
    " by X-WR-CALNAME, and without it by its address. Write both.",
)(lambda calendar: _first_missing(calendar, "NAME", "X-WR-CALNAME"))


def _first_missing(calendar: Component, *names: str) -> Iterator[Found]:
    missing = [name for name in names if calendar.get(name) is None]
    return iter([(calendar, name) for name in missing[:1]])


@RULES.note("name", "X-WR-CALNAME and NAME differ, so the calendar has two names in two programs.")
def _two_names(calendar: Component) -> Iterator[Found]:
    name, apple_name = calendar.get("NAME"), calendar.get("X-WR-CALNAME")
    if name is not None and apple_name is not None and name.value != apple_name.value:
        yield apple_name


RULES.note(
    "refresh",
    "{about} is missing, so a program asks for news as often as it pleases: say"
    " REFRESH-INTERVAL;VALUE=DURATION:PT12H and X-PUBLISHED-TTL:PT12H.",
)(lambda calendar: _first_missing(calendar, "REFRESH-INTERVAL", "X-PUBLISHED-TTL"))


def _intervals(calendar: Component) -> list[ContentLine]:
    told = (calendar.get("REFRESH-INTERVAL"), calendar.get("X-PUBLISHED-TTL"))
    return [line for line in told if line is not None]


@RULES.warning("refresh", "{at.name}: {about}, and programs ask for news as often as they please.")
def _interval(calendar: Component) -> Iterator[Found]:
    for line in _intervals(calendar):
        try:
            if duration(line.value) <= timedelta():
                yield line, Message("is no time to wait")
        except ValueError as unread:
            yield line, unread


@RULES.note(
    "refresh",
    "X-PUBLISHED-TTL and REFRESH-INTERVAL differ, so two programs ask at different times.",
)
def _two_intervals(calendar: Component) -> Iterator[Found]:
    intervals = _intervals(calendar)
    if len({line.value.strip() for line in intervals}) > 1:
        yield intervals[1]


@RULES.warning("value-type", "{at.name} wants ;VALUE={about} (RFC 7986 §5), or it is read as text.")
def _value_type(calendar: Component) -> Iterator[Found]:
    for name, value_type in (("REFRESH-INTERVAL", "DURATION"), ("SOURCE", "URI")):
        told = calendar.get(name)
        if told is not None and told.parameters.get("VALUE", "").upper() != value_type:
            yield told, value_type


@RULES.note(
    "colour",
    "{at.name}:{at.value:.30} is no {about}, and programs choose a colour themselves.",
)
def _colour(calendar: Component) -> Iterator[Found]:
    for name, pattern, kind in _COLOURS:
        line = calendar.get(name)
        if line is not None and not pattern.fullmatch(line.value.strip()):
            yield line, kind
