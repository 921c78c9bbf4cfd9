"""Rules on when an entry is: its dates and times, and how they go together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from tracker.ics.check.fault import Fault, error, note, warning
from tracker.ics.scan import Component, Line
from tracker.ics.values import moment_or_none

_DATES = ("DTSTART", "DTEND", "DUE", "RECURRENCE-ID")
_MIDNIGHT = time()


def date_faults(entry: Component) -> Iterator[Fault]:
    """Faults of the dates of one entry."""
    for line in (found for name in _DATES if (found := entry.get(name)) is not None):
        value = moment_or_none(line)
        if value is None:
            yield error(
                line.number,
                "date",
                f"{line.name}:{line.value[:30]} is no date of the calendar, and the entry is lost.",
            )
        elif isinstance(value, datetime):
            yield from _time(line, value)
        else:
            yield from _date(line)
    if entry.name == "VEVENT" and entry.get("DTSTART") is None:
        yield error(
            entry.first,
            "dtstart-missing",
            "The event has no DTSTART (RFC 5545 §3.6.1), so no program knows where to show it.",
        )
    yield from _span(entry)


def _time(line: Line, value: datetime) -> Iterator[Fault]:
    parameters = line.parameters
    if parameters.get("VALUE", "").upper() == "DATE":
        yield error(
            line.number, "date-type", f"{line.name} says VALUE=DATE and gives a time: leave it out."
        )
    elif "TZID" in parameters and value.tzinfo is not None:
        yield error(
            line.number,
            "date-zone",
            f"{line.name} gives a TZID and a time in UTC (RFC 5545 §3.2.19), and programs take one"
            " or the other: drop the TZID or the Z.",
        )
    elif "TZID" not in parameters and value.tzinfo is None:
        yield note(
            line.number,
            "time-without-zone",
            f"{line.name} gives a time without a timezone, and each program shows it in one of"
            " its own choosing: give TZID or UTC, unless that is meant.",
        )


def _date(line: Line) -> Iterator[Fault]:
    parameters = line.parameters
    if parameters.get("VALUE", "").upper() != "DATE":
        yield error(
            line.number,
            "date-type",
            f"{line.name} gives a date without ;VALUE=DATE (RFC 5545 §3.3.4), which strict"
            " parsers take for a broken time: add it.",
        )
    elif "TZID" in parameters:
        yield warning(
            line.number,
            "date-zone",
            f"{line.name} gives a date, which has no timezone: drop TZID.",
        )


def _span(entry: Component) -> Iterator[Fault]:
    start_line, lasting = entry.get("DTSTART"), entry.get("DURATION")
    end_line = entry.get("DTEND" if entry.name == "VEVENT" else "DUE")
    if end_line is not None and lasting is not None:
        yield error(
            lasting.number,
            "two-ends",
            f"DURATION and {end_line.name} exclude each other (RFC 5545 §3.6): keep one.",
        )
    elif lasting is not None and start_line is None:
        yield error(
            lasting.number,
            "duration-alone",
            "DURATION wants a DTSTART to count from (RFC 5545 §3.6.2): write DUE instead.",
        )
    if start_line is not None and end_line is not None:
        yield from _order(entry, start_line, end_line)


def _order(entry: Component, start_line: Line, end_line: Line) -> Iterator[Fault]:
    start, end = moment_or_none(start_line), moment_or_none(end_line)
    if start is None or end is None:
        return
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        yield from _days(entry, end_line, start, end)
    elif start.tzinfo == end.tzinfo and start_line.parameters.get(
        "TZID"
    ) == end_line.parameters.get("TZID"):
        if end < start:
            yield _before(end_line)
        elif start.tzinfo and start.time() == end.time() == _MIDNIGHT and start < end:
            yield warning(
                start_line.number,
                "day-in-utc",
                "From midnight to midnight in UTC is a whole day nowhere but there, and hangs over"
                " two days elsewhere: write dates with VALUE=DATE.",
            )


def _days(entry: Component, end_line: Line, start: date, end: date) -> Iterator[Fault]:
    if isinstance(start, datetime) or isinstance(end, datetime):
        yield error(
            end_line.number,
            "end-type",
            f"DTSTART and {end_line.name} must both be dates or both be times (RFC 5545 §3.8.2).",
        )
    elif entry.name == "VEVENT" and end == start:
        yield error(
            end_line.number,
            "end-exclusive",
            "DTEND is the day after the last (RFC 5545 §3.6.1), so this event lasts no day and"
            " some programs hide it: write the next day.",
        )
    elif end < start:
        yield _before(end_line)


def _before(end_line: Line) -> Fault:
    return error(end_line.number, "end-before-start", f"{end_line.name} lies before DTSTART.")
