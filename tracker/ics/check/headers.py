"""Rules on what stands before the entries: what a calendar says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from tracker.ics.check.rule import Found, Rules, first, lacks, repeated
from tracker.ics.scan import Component, ContentLine
from tracker.ics.values import duration
from tracker.message import Message

RULES: Rules[Component] = Rules()

_ONCE = ("VERSION", "PRODID", "CALSCALE", "METHOD", "COLOR", "SOURCE", "REFRESH-INTERVAL")
_TYPES = {"REFRESH-INTERVAL": "DURATION", "SOURCE": "URI"}
_HEX = "#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?"
_COLOURS = {
    "COLOR": ("[A-Za-z]{3,20}", Message("CSS name such as steelblue (RFC 7986 §5.9)")),
    "X-APPLE-CALENDAR-COLOR": (_HEX, Message("value such as #4682B4")),
}


def _told(calendar: Component, *names: str) -> list[ContentLine]:
    """The first of each of these properties that there is."""
    return [line for line in map(calendar.get, names) if line is not None]


def _second(lines: list[ContentLine], says: Callable[[ContentLine], str]) -> list[ContentLine]:
    """The second of two that should say the same, if they do not."""
    return lines[1:] if len(set(map(says, lines))) > 1 else []


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
RULES.error("cardinality", "{at.name} stands here again, and may stand once.")(repeated(*_ONCE))
RULES.note(
    "name",
    "{about} is missing: some programs name the calendar by NAME (RFC 7986 §5.1), most"
    " by X-WR-CALNAME, and without it by its address. Write both.",
)(lambda calendar: _first_missing(calendar, "NAME", "X-WR-CALNAME"))


def _first_missing(calendar: Component, *names: str) -> Iterable[Found]:
    return [(calendar, name) for name in names if calendar.get(name) is None][:1]


RULES.note("name", "X-WR-CALNAME and NAME differ, so the calendar has two names in two programs.")(
    lambda calendar: _second(_told(calendar, "NAME", "X-WR-CALNAME"), lambda line: line.value)
)
_INTERVALS = ("REFRESH-INTERVAL", "X-PUBLISHED-TTL")
RULES.note(
    "refresh",
    "{about} is missing, so a program asks for news as often as it pleases: say"
    " REFRESH-INTERVAL;VALUE=DURATION:PT12H and X-PUBLISHED-TTL:PT12H.",
)(lambda calendar: _first_missing(calendar, *_INTERVALS))


@RULES.warning("refresh", "{at.name}: {about}, and programs ask for news as often as they please.")
def _interval(calendar: Component) -> Iterator[Found]:
    for line in _told(calendar, *_INTERVALS):
        try:
            if duration(line.value) <= timedelta():
                yield line, Message("is no time to wait")
        except ValueError as unread:
            yield line, unread


RULES.note(
    "refresh",
    "X-PUBLISHED-TTL and REFRESH-INTERVAL differ, so two programs ask at different times.",
)(lambda calendar: _second(_told(calendar, *_INTERVALS), lambda line: line.value.strip()))


@RULES.warning("value-type", "{at.name} wants ;VALUE={about} (RFC 7986 §5), or it is read as text.")
def _value_type(calendar: Component) -> Iterator[Found]:
    for line in _told(calendar, *_TYPES):
        if line.parameters.get("VALUE", "").upper() != _TYPES[line.name]:
            yield line, _TYPES[line.name]


@RULES.note(
    "colour", "{at.name}:{at.value:.30} is no {about}, and programs choose a colour themselves."
)
def _colour(calendar: Component) -> Iterator[Found]:
    for line in _told(calendar, *_COLOURS):
        pattern, kind = _COLOURS[line.name]
        if not re.fullmatch(pattern, line.value.strip()):
            yield line, kind
