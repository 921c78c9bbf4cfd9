"""Rules on the alarms within entries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from tracker.ics.check.rule import Found, Rules
from tracker.ics.scan import Component, ContentLine
from tracker.ics.values import date_or_time_or_none, duration, is_day, is_instant
from tracker.message import Message

Alarm = tuple[Component, Component]
"""An alarm and the entry that it stands in."""

RULES: Rules[Alarm] = Rules()

_WANTED = {"DISPLAY": ("DESCRIPTION",), "EMAIL": ("DESCRIPTION", "SUMMARY", "ATTENDEE")}
_NEEDED = ("ACTION", "TRIGGER")
_ENDS = ("DTEND", "DUE", "DURATION")


@RULES.error(
    "alarm", "The alarm has no {about} (RFC 5545 §3.6.6), and libical drops the whole entry."
)
def _incomplete(alarm: Alarm) -> Iterator[Found]:
    missing = next((name for name in _NEEDED if alarm[0].get(name) is None), None)
    if missing:
        yield alarm[0], missing


def _complete(alarm: Alarm) -> Iterator[tuple[Component, ContentLine]]:
    """The alarm with its trigger, if it is worth looking at."""
    action, trigger = map(alarm[0].get, _NEEDED)
    if action is not None and trigger is not None:
        yield alarm[0], trigger


@RULES.error("alarm", "The alarm lacks {about} (RFC 5545 §3.6.6).")
def _wanting(alarm: Alarm) -> Iterator[Found]:
    for one, _ in _complete(alarm):
        kind = one.named["ACTION"].value.strip().upper()
        for name in _WANTED.get(kind, ()):
            if one.get(name) is None:
                yield one, Message("{name}, which {kind} wants", name=name, kind=kind)


@RULES.error(
    "alarm", "The alarm has one of REPEAT and DURATION, which come together (RFC 5545 §3.6.6)."
)
def _repeating(alarm: Alarm) -> Iterator[Found]:
    for one, _ in _complete(alarm):
        if (one.get("REPEAT") is None) != (one.get("DURATION") is None):
            yield one


_ONCE = {"DISPLAY": ("DESCRIPTION",), "EMAIL": ("DESCRIPTION", "SUMMARY"), "AUDIO": ("ATTACH",)}


@RULES.error("cardinality", "{at.name} stands here again, and may stand once.")
def _again(alarm: Alarm) -> Iterator[Found]:
    one, _ = alarm
    action = one.get("ACTION")
    kind = "" if action is None else action.value.strip().upper()
    for name in (*_NEEDED, "DURATION", "REPEAT", *_ONCE.get(kind, ())):
        yield from one.all(name)[1:]


def _is_at_a_time(trigger: ContentLine) -> bool:
    return trigger.parameters.get("VALUE", "").upper() == "DATE-TIME"


@RULES.error("alarm", "TRIGGER:{at.value:.30} is no time in UTC (RFC 5545 §3.8.6.3).")
def _local(alarm: Alarm) -> Iterator[Found]:
    for _, trigger in _complete(alarm):
        if _is_at_a_time(trigger) and not is_instant(date_or_time_or_none(trigger)):
            yield trigger


@RULES.error("alarm", "The alarm is set to an end that the entry has not.")
def _endless(alarm: Alarm) -> Iterator[Found]:
    for _, trigger in _complete(alarm):
        to_end = trigger.parameters.get("RELATED", "").upper() == "END"
        if to_end and not _is_at_a_time(trigger) and not any(map(alarm[1].get, _ENDS)):
            yield trigger


@RULES.error("alarm", "TRIGGER: {about}.")
def _unreadable(alarm: Alarm) -> Iterator[Found]:
    for _, trigger in _complete(alarm):
        if not _is_at_a_time(trigger) and isinstance(before := _before(trigger), ValueError):
            yield trigger, before


@RULES.note(
    "alarm-at-midnight",
    "An all-day entry begins at midnight, and so this alarm rings at midnight: -PT15H"
    " rings at 9 in the morning of the day before.",
)
def _at_midnight(alarm: Alarm) -> Iterator[Found]:
    for _, trigger in _complete(alarm):
        before = None if _is_at_a_time(trigger) else _before(trigger)
        start = alarm[1].get("DTSTART") or alarm[1].get("DUE")
        is_whole = isinstance(before, timedelta) and before.seconds == 0
        if is_whole and is_day(date_or_time_or_none(start)):
            yield trigger


def _before(trigger: ContentLine) -> timedelta | ValueError:
    try:
        return duration(trigger.value)
    except ValueError as problem:
        return problem
