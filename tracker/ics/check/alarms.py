"""Rules on the alarms within entries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from tracker.ics.check.fault import Fault, error, note
from tracker.ics.scan import Component, Line
from tracker.ics.values import duration, moment_or_none

_WANTED = {"DISPLAY": ("DESCRIPTION",), "EMAIL": ("DESCRIPTION", "SUMMARY", "ATTENDEE")}
_ENDS = ("DTEND", "DUE", "DURATION")


def alarm_faults(entry: Component) -> Iterator[Fault]:
    """Faults of the alarms of one entry."""
    for alarm in entry.parts:
        if alarm.name == "VALARM":
            yield from _alarm(alarm, entry)


def _alarm(alarm: Component, entry: Component) -> Iterator[Fault]:
    action, trigger = alarm.get("ACTION"), alarm.get("TRIGGER")
    if action is None or trigger is None:
        missing = "ACTION" if action is None else "TRIGGER"
        yield error(
            alarm.first,
            "alarm",
            f"The alarm has no {missing} (RFC 5545 §3.6.6), and libical drops the whole entry.",
        )
        return
    kind = action.value.strip().upper()
    for name in _WANTED.get(kind, ()):
        if alarm.get(name) is None:
            yield error(alarm.first, "alarm", f"An alarm to {kind} wants {name} (RFC 5545 §3.6.6).")
    if (alarm.get("REPEAT") is None) != (alarm.get("DURATION") is None):
        yield error(
            alarm.first,
            "alarm",
            "The alarm has one of REPEAT and DURATION, which come together (RFC 5545 §3.6.6).",
        )
    yield from _trigger(trigger, entry)


def _trigger(trigger: Line, entry: Component) -> Iterator[Fault]:
    parameters = trigger.parameters
    if parameters.get("VALUE", "").upper() == "DATE-TIME":
        rings = moment_or_none(trigger)
        if not isinstance(rings, datetime) or rings.tzinfo is None:
            yield error(
                trigger.number,
                "alarm",
                f"TRIGGER:{trigger.value[:30]} is no time in UTC (RFC 5545 §3.8.6.3).",
            )
        return
    if parameters.get("RELATED", "").upper() == "END" and not any(map(entry.get, _ENDS)):
        yield error(trigger.number, "alarm", "The alarm is set to an end that the entry has not.")
    yield from _ring(trigger, moment_or_none(entry.get("DTSTART") or entry.get("DUE")))


def _ring(trigger: Line, start: date | datetime | None) -> Iterator[Fault]:
    try:
        before = duration(trigger.value)
    except ValueError as problem:
        yield error(trigger.number, "alarm", f"TRIGGER: {problem}.")
        return
    if start is not None and not isinstance(start, datetime) and before.seconds == 0:
        yield note(
            trigger.number,
            "alarm-at-midnight",
            "An all-day entry begins at midnight, and so this alarm rings at midnight: -PT15H"
            " rings at 9 in the morning of the day before.",
        )
