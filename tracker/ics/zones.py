"""Timezones by the names that calendars give them; never the one of this machine.

A name is looked up in the timezone database, under its Windows name, in the file's own VTIMEZONE,
and then read as an offset, such as `GMT+08:00` or `(UTC+08:00) Beijing`. A VTIMEZONE comes from
strangers, so only one whose rules come once a year is followed.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from tracker.ics.scan import Component, ContentLine
from tracker.ics.values import moment
from tracker.message import Reason

LONGEST_NAME = 100
_MOST_PARTS = 200

_UTC = frozenset({"utc", "etc/utc", "z", "zulu", "uct", "etc/zulu", "tzone://microsoft/utc"})
_OFFSET = re.compile(r"(?i)\(?(?:utc|gmt)?\s?([+-])(\d{1,2}):?([0-5]\d)\b")
_YEARLY = re.compile(
    r"FREQ=YEARLY((;BYMONTH=\d{1,2}|;BYDAY=[+-]?\d?[A-Z]{2}|;INTERVAL=1|;WKST=[A-Z]{2}"
    r"|;BYMONTHDAY=[-\d,]{1,40}|;UNTIL=[\dTZ]{8,16}|;COUNT=\d{1,4})*)",
    re.ASCII,
)
UNREADABLE = (ValueError, TypeError, ArithmeticError, LookupError, AttributeError, OSError)
"""What the libraries raise at a zone or a rule that they cannot follow."""


class Zones:
    """The timezones that one file may name."""

    def __init__(self, defined: Iterable[Component]) -> None:
        self._defined = {
            line.value.strip(): zone for zone in defined if (line := zone.get("TZID")) is not None
        }
        self._known: dict[str, tzinfo | None] = {}

    def named(self, name: str) -> tzinfo | None:
        """The timezone of that name; None if nobody knows it."""
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def value(self, line: ContentLine, text: str | None = None) -> date | datetime:
        """What a date property means, or one of its dates: a time has a zone if one is known."""
        value = moment(line.value if text is None else text)
        if not isinstance(value, datetime) or value.tzinfo is not None:
            return value
        name = line.parameters.get("TZID") if "TZID" in line.raw_parameters.upper() else None
        return value.replace(tzinfo=self.named(name.strip())) if name else value

    def _find(self, name: str) -> tzinfo | None:
        if name.casefold() in _UTC:
            return UTC
        return _from_database(name) or self._from_file(name) or _from_offset(name)

    def _from_file(self, name: str) -> tzinfo | None:
        from icalendar import Timezone

        zone = self._defined.get(name)
        if zone is None or not is_modest(zone):
            return None
        try:
            made = Timezone.from_ical("\r\n".join(zone.written()))
            return made.to_tz(lookup_tzid=False) if isinstance(made, Timezone) else None
        except UNREADABLE:
            return None


def _from_database(name: str) -> tzinfo | None:
    from icalendar.timezone import tzp

    if len(name) > LONGEST_NAME:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a vendor's prefix is passed over
            return tzp.timezone(name)
    except UNREADABLE:
        return None


def _from_offset(name: str) -> tzinfo | None:
    found = _OFFSET.match(name)
    if found is None or int(found[2]) > 14:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-offset if found[1] == "-" else offset)


def is_modest(zone: Component) -> bool:
    """Whether a zone can be followed in no time: its rules are yearly, its dates few."""
    lines = [line for part in zone.walk() for line in part.lines]
    rules = (line.value.strip().upper() for line in lines if line.name == "RRULE")
    dates = sum(line.value.count(",") + 1 for line in lines if line.name == "RDATE")
    few = len(zone.parts) <= _MOST_PARTS and dates <= _MOST_PARTS
    return few and all(map(_YEARLY.fullmatch, rules))


def on_the_wall(value: date | datetime, zone: tzinfo | None) -> date | datetime:
    """What a clock in `zone` shows; a time without a zone shows its own digits."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        return value
    try:
        return value.astimezone(zone or UTC).replace(tzinfo=None)
    except OverflowError:
        raise Reason("{value:%Y%m%dT%H%M%SZ} is no time in its own timezone", value=value) from None


def place(value: date | datetime | None, here: tzinfo | None) -> tzinfo | None:
    """Where something is that begins at `value`: in its zone, or `here` if that is UTC."""
    zone = value.tzinfo if isinstance(value, datetime) else None
    return here if zone in (None, UTC) else zone
