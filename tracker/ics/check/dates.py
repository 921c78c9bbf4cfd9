"""Rules on when an entry is: its dates and times, and how they go together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time

from tracker.ics.check.rule import Found, Rules, each, unreadable
from tracker.ics.scan import Component, ContentLine
from tracker.ics.values import duration, moment_or_none

RULES: Rules[Component] = Rules()

_DATES = ("DTSTART", "DTEND", "DUE", "RECURRENCE-ID")
_MIDNIGHT = time()


def _dated(entry: Component) -> Iterator[tuple[ContentLine, date | datetime | None]]:
    for line in (found for name in _DATES if (found := entry.get(name)) is not None):
        yield line, moment_or_none(line)


def _times(entry: Component) -> Iterator[tuple[ContentLine, datetime]]:
    return ((line, value) for line, value in _dated(entry) if isinstance(value, datetime))


def _days(entry: Component) -> Iterator[ContentLine]:
    for line, value in _dated(entry):
        if value is not None and not isinstance(value, datetime):
            yield line


def says_date(line: ContentLine) -> bool:
    return line.parameters.get("VALUE", "").upper() == "DATE"


RULES.error("date", "{at.name}:{at.value:.30} is no date of the calendar, and the entry is lost.")(
    lambda entry: (line for line, value in _dated(entry) if value is None)
)
RULES.error("date-type", "{at.name} says VALUE=DATE and gives a time: leave it out.")(
    lambda entry: (line for line, _ in _times(entry) if says_date(line))
)


@RULES.error(
    "date-zone",
    "{at.name} gives a TZID and a time in UTC (RFC 5545 §3.2.19), and programs take one"
    " or the other: drop the TZID or the Z.",
)
def _two_zones(entry: Component) -> Iterator[Found]:
    for line, value in _times(entry):
        if not says_date(line) and "TZID" in line.parameters and value.tzinfo is not None:
            yield line


@RULES.note(
    "time-without-zone",
    "{at.name} gives a time without a timezone, and each program shows it in one of"
    " its own choosing: give TZID or UTC, unless that is meant.",
)
def _no_zone(entry: Component) -> Iterator[Found]:
    for line, value in _times(entry):
        if not says_date(line) and "TZID" not in line.parameters and value.tzinfo is None:
            yield line


RULES.error(
    "date-type",
    "{at.name} gives a date without ;VALUE=DATE (RFC 5545 §3.3.4), which strict"
    " parsers take for a broken time: add it.",
)(lambda entry: (line for line in _days(entry) if not says_date(line)))
RULES.warning("date-zone", "{at.name} gives a date, which has no timezone: drop TZID.")(
    lambda entry: (n for n in _days(entry) if says_date(n) and "TZID" in n.parameters)
)


@RULES.error(
    "dtstart-missing",
    "The event has no DTSTART (RFC 5545 §3.6.1), so no program knows where to show it.",
)
def _no_start(entry: Component) -> Iterator[Found]:
    if entry.name == "VEVENT" and entry.get("DTSTART") is None:
        yield entry


def _end(entry: Component) -> ContentLine | None:
    return entry.get("DTEND" if entry.name == "VEVENT" else "DUE")


@RULES.error("two-ends", "DURATION and {about.name} exclude each other (RFC 5545 §3.6): keep one.")
def _two_ends(entry: Component) -> Iterator[Found]:
    end, lasting = _end(entry), entry.get("DURATION")
    if end is not None and lasting is not None:
        yield lasting, end


@RULES.error(
    "duration-alone",
    "DURATION wants a DTSTART to count from (RFC 5545 §3.6.2): write DUE instead.",
)
def _duration_alone(entry: Component) -> Iterator[Found]:
    lasting = entry.get("DURATION")
    if lasting is not None and _end(entry) is None and entry.get("DTSTART") is None:
        yield lasting


def _spans(entry: Component) -> Iterator[tuple[ContentLine, date, ContentLine, date]]:
    """Start and end, if both are and mean something."""
    start, end = entry.get("DTSTART"), _end(entry)
    if start is not None and end is not None:
        began, ended = moment_or_none(start), moment_or_none(end)
        if began is not None and ended is not None:
            yield start, began, end, ended


@RULES.error(
    "end-type",
    "DTSTART and {at.name} must both be dates or both be times (RFC 5545 §3.8.2).",
)
def _mixed(entry: Component) -> Iterator[Found]:
    for _, start, line, end in _spans(entry):
        if isinstance(start, datetime) != isinstance(end, datetime):
            yield line


@RULES.error(
    "end-exclusive",
    "DTEND is the day after the last (RFC 5545 §3.6.1), so this event lasts no day and"
    " some programs hide it: write the next day.",
)
def _no_day(entry: Component) -> Iterator[Found]:
    for _, start, line, end in _spans(entry):
        if entry.name == "VEVENT" and type(start) is type(end) is date and start == end:
            yield line


RULES.error(
    "end-exclusive",
    "DURATION is no time at all, so this event lasts no day and some programs hide it: write P1D.",
)(
    lambda entry: (
        line
        for line in entry.all("DURATION")
        if entry.name == "VEVENT" and any(_days(entry)) and not re.search("[1-9]", line.value)
    )
)
RULES.warning(
    "duration",
    "DURATION gives weeks and something else (RFC 5545 §3.3.6): write all of it in days.",
)(each(lambda line: re.search(r"\d[wW].*\d|\d[^wW]*\d+[wW]", line.value), "DURATION"))


def _in_one_zone(start: ContentLine, began: date, end: ContentLine, ended: date) -> bool:
    if not isinstance(began, datetime) or not isinstance(ended, datetime):
        return type(began) is type(ended)
    one_kind = began.tzinfo == ended.tzinfo
    return one_kind and start.parameters.get("TZID") == end.parameters.get("TZID")


@RULES.error("end-before-start", "{at.name} lies before DTSTART.")
def _backwards(entry: Component) -> Iterator[Found]:
    for start, began, end, ended in _spans(entry):
        if _in_one_zone(start, began, end, ended) and ended < began:
            yield end


@RULES.warning(
    "day-in-utc",
    "From midnight to midnight in UTC is a whole day nowhere but there, and hangs over"
    " two days elsewhere: write dates with VALUE=DATE.",
)
def _day_in_utc(entry: Component) -> Iterator[Found]:
    for start, began, end, ended in _spans(entry):
        if isinstance(began, datetime) and isinstance(ended, datetime) and began.tzinfo:
            midnights = began.time() == ended.time() == _MIDNIGHT
            if midnights and _in_one_zone(start, began, end, ended) and began < ended:
                yield start


RULES.error("duration", "DURATION: {about}, and ical.js throws on the entry.")(
    unreadable(lambda line: duration(line.value), "DURATION")
)
RULES.error(
    "duration",
    "DURATION is negative (RFC 5545 §3.8.2.5), and programs differ in what they show.",
)(each(lambda line: line.value.strip().startswith("-"), "DURATION"))


@RULES.warning(
    "duration",
    "DURATION gives hours where DTSTART gives a date (RFC 5545 §3.6.1), and programs differ in what"
    " they show: write days, such as P1D.",
)
def _hours_of_a_day(entry: Component) -> Iterator[Found]:
    start = moment_or_none(entry.get("DTSTART"))
    if start is not None and not isinstance(start, datetime):
        yield from (line for line in entry.all("DURATION") if "T" in line.value.upper())
