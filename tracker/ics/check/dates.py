"""Rules on when an entry is: its dates and times, and how they go together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time

from tracker.ics.check.rule import Found, Rules, each, unreadable, when
from tracker.ics.scan import Component, ContentLine
from tracker.ics.values import date_or_time_or_none, duration, is_day, is_instant

RULES: Rules[Component] = Rules()

_DATES = ("DTSTART", "DTEND", "DUE", "RECURRENCE-ID")
_MIDNIGHT = time()


def _dated(entry: Component) -> Iterator[tuple[ContentLine, date | datetime | None]]:
    for line in (found for name in _DATES if (found := entry.get(name)) is not None):
        yield line, date_or_time_or_none(line)


def says_date(line: ContentLine) -> bool:
    return line.parameters.get("VALUE", "").upper() == "DATE"


def _times(entry: Component) -> Iterator[tuple[ContentLine, datetime]]:
    """The times that do not say that they are dates."""
    for line, value in _dated(entry):
        if isinstance(value, datetime) and not says_date(line):
            yield line, value


def _days(entry: Component) -> Iterator[ContentLine]:
    return (line for line, value in _dated(entry) if is_day(value))


RULES.error("date", "{at.name}:{at.value:.30} is no date of the calendar, and the entry is lost.")(
    lambda entry: (line for line, value in _dated(entry) if value is None)
)
RULES.error("date-type", "{at.name} says VALUE=DATE and gives a time: leave it out.")(
    lambda entry: (n for n, at in _dated(entry) if isinstance(at, datetime) and says_date(n))
)
RULES.error(
    "date-zone",
    "{at.name} gives a TZID and a time in UTC (RFC 5545 §3.2.19), and programs take one"
    " or the other: drop the TZID or the Z.",
)(lambda entry: (n for n, at in _times(entry) if "TZID" in n.parameters and at.tzinfo))
RULES.note(
    "time-without-zone",
    "{at.name} gives a time without a timezone, and each program shows it in one of"
    " its own choosing: give TZID or UTC, unless that is meant.",
)(lambda entry: (n for n, at in _times(entry) if "TZID" not in n.parameters and not at.tzinfo))
RULES.error(
    "date-type",
    "{at.name} gives a date without ;VALUE=DATE (RFC 5545 §3.3.4), which strict"
    " parsers take for a broken time: add it.",
)(lambda entry: (line for line in _days(entry) if not says_date(line)))
RULES.warning("date-zone", "{at.name} gives a date, which has no timezone: drop TZID.")(
    lambda entry: (n for n in _days(entry) if says_date(n) and "TZID" in n.parameters)
)
RULES.error(
    "dtstart-missing",
    "The event has no DTSTART (RFC 5545 §3.6.1), so no program knows where to show it.",
)(when(lambda entry: entry.name == "VEVENT" and entry.get("DTSTART") is None))


def _end(entry: Component) -> ContentLine | None:
    return entry.get("DTEND" if entry.name == "VEVENT" else "DUE")


@RULES.error("two-ends", "DURATION and {about.name} exclude each other (RFC 5545 §3.6): keep one.")
def _two_ends(entry: Component) -> Iterator[Found]:
    end, lasting = _end(entry), entry.get("DURATION")
    if end is not None and lasting is not None:
        yield lasting, end


@RULES.error(
    "duration-alone", "DURATION wants a DTSTART to count from (RFC 5545 §3.6.2): write DUE instead."
)
def _duration_alone(entry: Component) -> Iterator[Found]:
    lasting = entry.get("DURATION")
    if lasting is not None and _end(entry) is None and entry.get("DTSTART") is None:
        yield lasting


def _spans(entry: Component) -> Iterator[tuple[ContentLine, date, ContentLine, date]]:
    """Start and end, if both are and mean something."""
    start, end = entry.get("DTSTART"), _end(entry)
    if start is not None and end is not None:
        began, ended = date_or_time_or_none(start), date_or_time_or_none(end)
        if began is not None and ended is not None:
            yield start, began, end, ended


RULES.error(
    "end-type", "DTSTART and {at.name} must both be dates or both be times (RFC 5545 §3.8.2)."
)(lambda entry: (n for _, start, n, end in _spans(entry) if is_day(start) != is_day(end)))


@RULES.error(
    "end-exclusive",
    "DTEND is the day after the last (RFC 5545 §3.6.1), so this event lasts no day and"
    " some programs hide it: write the next day.",
)
def _no_day(entry: Component) -> Iterator[Found]:
    for _, start, line, end in _spans(entry):
        if entry.name == "VEVENT" and type(start) is type(end) is date and start == end:
            yield line


@RULES.error(
    "end-exclusive",
    "DURATION is no time at all, so this event lasts no day and some programs hide it: write P1D.",
)
def _no_time(entry: Component) -> Iterator[Found]:
    if entry.name == "VEVENT" and any(_days(entry)):
        yield from (n for n in entry.all("DURATION") if not re.search("[1-9]", n.value))


RULES.warning(
    "duration",
    "DURATION gives weeks and something else (RFC 5545 §3.3.6): write all of it in days.",
)(each(lambda line: re.search(r"\d[wW].*\d|\d[^wW]*\d+[wW]", line.value), "DURATION"))


def _in_one_zone(start: ContentLine, began: date, end: ContentLine, ended: date) -> bool:
    if not isinstance(began, datetime) or not isinstance(ended, datetime):
        return type(began) is type(ended)
    one_kind = began.tzinfo == ended.tzinfo
    return one_kind and start.parameters.get("TZID") == end.parameters.get("TZID")


RULES.error("end-before-start", "{at.name} lies before DTSTART.")(
    lambda entry: (s[2] for s in _spans(entry) if _in_one_zone(*s) and s[3] < s[1])
)


@RULES.warning(
    "day-in-utc",
    "From midnight to midnight in UTC is a whole day nowhere but there, and hangs over"
    " two days elsewhere: write dates with VALUE=DATE.",
)
def _day_in_utc(entry: Component) -> Iterator[Found]:
    for start, began, end, ended in _spans(entry):
        if is_instant(began) and isinstance(ended, datetime):
            midnights = began.time() == ended.time() == _MIDNIGHT
            if midnights and _in_one_zone(start, began, end, ended) and began < ended:
                yield start


RULES.error("duration", "DURATION: {about}, and ical.js throws on the entry.")(
    unreadable(lambda line: duration(line.value), "DURATION")
)
RULES.error(
    "duration", "DURATION is negative (RFC 5545 §3.8.2.5), and programs differ in what they show."
)(each(lambda line: line.value.strip().startswith("-"), "DURATION"))


@RULES.warning(
    "duration",
    "DURATION gives hours where DTSTART gives a date (RFC 5545 §3.6.1), and programs differ in what"
    " they show: write days, such as P1D.",
)
def _hours_of_a_day(entry: Component) -> Iterator[Found]:
    if is_day(date_or_time_or_none(entry.get("DTSTART"))):
        yield from (line for line in entry.all("DURATION") if "T" in line.value.upper())
