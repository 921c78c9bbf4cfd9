"""Timezones by the names that calendars give them; never the one of this machine.

A name is looked up in the timezone database, under its Windows name, in the file's own VTIMEZONE,
and then read as an offset, such as `GMT+08:00` or `(UTC+08:00) Beijing`. A VTIMEZONE comes from
strangers, so only one whose rules come once a year is followed.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from io import StringIO
from zoneinfo import available_timezones

from tracker.ics.scan import Component, ContentLine
from tracker.ics.values import date_or_time
from tracker.message import Reason

LONGEST_NAME = 100
_MOST_PARTS = 200

_UTC = frozenset({"utc", "etc/utc", "z", "zulu", "uct", "etc/zulu", "tzone://microsoft/utc"})
_OFFSET = re.compile(
    r"(?i)\(?(?:(?:utc|gmt)\s?([+-]\d{1,2})(?:[:.]?([0-5]\d))?|([+-]\d\d):?([0-5]\d))\b"
)
_YEARLY = re.compile(
    r"FREQ=YEARLY((;BYMONTH=\d{1,2}|;BYDAY=[+-]?\d?[A-Z]{2}|;INTERVAL=1|;WKST=[A-Z]{2}"
    r"|;BYMONTHDAY=[-\d,]{1,40}|;UNTIL=[\dTZ]{8,16}|;COUNT=\d{1,4})*)",
    re.ASCII,
)
UNREADABLE = (ValueError, TypeError, ArithmeticError, LookupError, AttributeError, OSError)
"""What the libraries raise at a zone or a rule that they cannot follow."""


class Timezones:
    """The timezones that a calendar may name: its own, or else those of its file, `others`."""

    def __init__(self, zones: Iterable[Component], others: Timezones | None = None) -> None:
        self._others = others
        self._defined = {
            _bare(line.value): zone for zone in zones if (line := zone.get("TZID")) is not None
        }
        self._known: dict[str, tzinfo | None] = {}

    def named(self, name: str) -> tzinfo | None:
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def known(self, line: ContentLine) -> tzinfo:
        """The timezone that a property names. Raises Reason if nobody knows it."""
        name = _bare(line.value)
        if (zone := self.named(name)) is None:
            raise Reason("{name!r} is no timezone that is known", name=name[:40])
        return zone

    def value(self, line: ContentLine, text: str | None = None) -> date | datetime:
        """What a date property means, or one of its dates: a time has a zone if one is known."""
        value = date_or_time(line.value if text is None else text)
        if not isinstance(value, datetime) or value.tzinfo is not None:
            return value
        name = line.parameters.get("TZID") if "TZID" in line.raw_parameters.upper() else None
        return value.replace(tzinfo=self.named(_bare(name))) if name else value

    def _find(self, name: str) -> tzinfo | None:
        if name.casefold() in _UTC:
            return UTC
        zone = self._defined.get(name)
        found = _from_database(name) or (zone and defined(zone))
        return found or (self._others.named(name) if self._others else _from_offset(name))


def defined(zone: Component) -> tzinfo | None:
    return _followed("\n".join(_observances(zone))) if is_modest(zone) else None


@lru_cache(maxsize=256)  # by the whole definition: many calendars of a file may have it
def _followed(observances: str) -> tzinfo | None:
    from dateutil.tz import tzical

    try:
        return tzical(StringIO(f"BEGIN:VTIMEZONE\nTZID:zone\n{observances}\nEND:VTIMEZONE")).get()
    except UNREADABLE:
        return None


def _observances(zone: Component) -> Iterator[str]:
    """The parts of a zone with what they need, and offsets as RFC 5545 §3.3.14 writes them."""
    for part in zone.parts:
        to = part.get("TZOFFSETTO")
        if part.name in ("STANDARD", "DAYLIGHT") and to is not None:
            before, start = part.get("TZOFFSETFROM") or to, part.get("DTSTART")
            rules = [line.value.strip() for line in part.all("RRULE")]
            yield f"BEGIN:{part.name}"
            yield f"DTSTART:{_lately(start.value.strip() if start else _EARLY, rules)}"
            yield f"TZOFFSETFROM:{before.value.replace(':', '').strip()}"
            yield f"TZOFFSETTO:{to.value.replace(':', '').strip()}"
            yield from (f"RRULE:{rule}" for rule in rules)
            yield from (f"RDATE:{line.value.strip()}" for line in part.all("RDATE"))
            yield f"END:{part.name}"


_EARLY = "19720101T000000"
"""In a leap year, as 29 February wants it."""


def _lately(start: str, rules: list[str]) -> str:
    """The first onset; where a rule repeats it from 1601 on, as Outlook writes, 1972 is enough."""
    is_endless = rules and not any("UNTIL" in rule or "COUNT" in rule for rule in rules)
    return _EARLY[:4] + start[4:] if is_endless and start < _EARLY else start


def _bare(name: str) -> str:
    """A zone's name without blanks and quotes around it, and without the escapes of a text."""
    return name.strip().strip("\"'").replace("\\", "")


def _from_database(name: str) -> tzinfo | None:
    from icalendar.timezone import tzp

    if len(name) > LONGEST_NAME:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a vendor's prefix is passed over
            return tzp.timezone(name) or tzp.timezone(_in_any_case().get(name.casefold(), ""))
    except UNREADABLE:
        return None


@cache
def _in_any_case() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def _from_offset(name: str) -> tzinfo | None:
    found = _OFFSET.match(name)
    if found is None:
        return None
    hours, minutes = found[1] or found[3], int(found[2] or found[4] or 0)
    offset = timedelta(hours=abs(int(hours)), minutes=minutes)
    if offset > timedelta(hours=14):
        return None
    return timezone(-offset if hours[0] == "-" else offset)


def is_modest(zone: Component) -> bool:
    """Whether a zone can be followed in no time: its rules are yearly, its dates few."""
    lines = [line for part in zone.walk() for line in part.lines]
    rules = (line.value.strip().upper() for line in lines if line.name == "RRULE")
    dates = sum(line.value.count(",") + 1 for line in lines if line.name == "RDATE")
    few = len(zone.parts) <= _MOST_PARTS and dates <= _MOST_PARTS
    return few and all(map(_YEARLY.fullmatch, rules))


def wall_time(value: date | datetime, zone: tzinfo | None) -> date | datetime:
    """What a clock in `zone` shows; a time without a zone shows its own digits."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        return value
    try:
        return value.astimezone(zone or UTC).replace(tzinfo=None)
    except OverflowError:
        raise Reason("{value:%Y%m%dT%H%M%SZ} is no time in its own timezone", value=value) from None


def zone_of(value: date | datetime | None, here: tzinfo | None) -> tzinfo | None:
    """Where something is that begins at `value`: in its zone, or `here` if that is UTC."""
    zone = value.tzinfo if isinstance(value, datetime) else None
    return here if zone in (None, UTC) else zone
