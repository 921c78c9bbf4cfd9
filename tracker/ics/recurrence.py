"""Recurring events and tasks, as single ones within a window of days.

The rules come from strangers, and a rule of forty characters can keep a computer busy for ever:
every second, until the year 9999, every 30 February. So a rule is looked at before it is followed:
it repeats by days at most, ends with the window, is tried on the last hundred years that there are
(dateutil looks for a day up to the year 9999), and its steps are counted against a budget. Times
are what the clock shows where the event is, so no timezone rules are read either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from msgspec import Struct

from tracker.ics.scan import Component, Line
from tracker.ics.values import day_of, moment, on_the_wall

MOST_OCCURRENCES = 1_000
"""Occurrences of one entry within the window; more are no milestones."""

MOST_DATES = 5_000
"""Dates that an entry may list by itself."""

_PERIODS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 30, "YEARLY": 365}
"""Days in a step of each frequency, about."""

_COST = {"DAILY": 1, "WEEKLY": 2, "MONTHLY": 5, "YEARLY": 25}
"""What a step takes, measured in those of DAILY, which take about a microsecond."""

_PARTS = re.compile(r"(BY[A-Z]+|WKST)", re.ASCII)
_LISTED = re.compile(r"[+-]?\w{1,5}(,[+-]?\w{1,5}){0,399}", re.ASCII)
_TIMES = ("BYHOUR", "BYMINUTE", "BYSECOND")
_TRIAL_YEARS = 100
_DAY = timedelta(days=1)
_MARK = "X-ENTRY"

UNFOLLOWED = (ValueError, TypeError, ArithmeticError, LookupError, AttributeError)
"""What the libraries raise at a rule or a date that they cannot follow."""


class Occurrence(Struct, frozen=True):
    """One time that an entry takes place: what describes it, and when by the clock there.

    `replaces` is the day that the rule gave it, which stays when the occurrence is moved.
    """

    entry: Component
    start: date | datetime | None
    end: date | datetime | None
    replaces: date


class Budget:
    """The steps that all rules of one file may take together."""

    def __init__(self, steps: int = 5_000_000) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        if steps > min(self.left, 100_000):
            raise ValueError("it recurs too often, or began too long ago, to be followed")
        self.left -= steps


def is_recurring(entry: Component) -> bool:
    """Whether a rule, a list of dates or another entry decides when this one takes place."""
    names = ("RRULE", "RDATE", "RECURRENCE-ID")
    return any(line.value.strip() for name in names for line in entry.all(name))


def occurrences(
    entries: Sequence[Component], zone: tzinfo | None, window: tuple[date, date], budget: Budget
) -> Iterator[Occurrence]:
    """What `entries`, all of one uid and kind, come to in the window, its last day included.

    Raises one of UNFOLLOWED, with a sentence for ValueError, if they cannot be followed.
    """
    import icalendar
    import recurring_ical_events  # type: ignore[import-untyped]  # it has no types

    first, last = window
    lines = ["BEGIN:VCALENDAR"]
    for number, entry in enumerate(entries):
        lines += [f"BEGIN:{entry.name}", "UID:one", f"{_MARK}:{number}"]
        lines += _essence(entry, zone, last, budget)
        lines.append(f"END:{entry.name}")
    lines.append("END:VCALENDAR")
    # Typed as anything: a property that `icalendar` reads is one of 30 types.
    calendar: Any = icalendar.Calendar.from_ical("\r\n".join(lines))
    query = recurring_ical_events.of(calendar, components=[entries[0].name])
    found: list[Any] = query.between(first, last + _DAY if last < date.max else last)
    if len(found) > MOST_OCCURRENCES:
        raise ValueError(f"it takes place more than {MOST_OCCURRENCES:,} times in the window")
    for part in found:
        start = part["DTSTART"].dt if "DTSTART" in part else None
        end = part[_END[part.name]].dt if _END[part.name] in part else None
        anchor: Any = start or end
        if day_of(anchor) <= last:
            replaces = part["RECURRENCE-ID"].dt if "RECURRENCE-ID" in part else anchor
            yield Occurrence(entries[int(part[_MARK])], start, end, day_of(replaces))


_END = {"VEVENT": "DTEND", "VTODO": "DUE"}


def _essence(entry: Component, zone: tzinfo | None, last: date, budget: Budget) -> Iterator[str]:
    """The lines that decide when an entry takes place, without zones and within bounds."""
    named = [line for name in ("DTSTART", "DUE", "DTEND") if (line := entry.get(name))]
    dates = {line.name: on_the_wall(moment(line.value), zone) for line in named}
    if not dates:
        raise ValueError("it recurs from no date")
    start = next(iter(dates.values()))
    yield from (_written(name, value) for name, value in dates.items())
    listed = (n.value.count(",") + 1 for n in entry.lines if n.name in ("RDATE", "EXDATE"))
    if sum(listed) > MOST_DATES:
        raise ValueError(f"it lists more than {MOST_DATES:,} dates")
    for line in entry.lines:
        match line.name:
            case "RRULE":
                yield _bounded(line, start, zone, last, budget)
            case "RDATE" | "EXDATE":
                yield from _listed_dates(line, zone)
            case "RECURRENCE-ID":
                following = line.parameters.get("RANGE", "").upper() == "THISANDFUTURE"
                name = f"{line.name};RANGE=THISANDFUTURE" if following else line.name
                yield _written(name, on_the_wall(moment(line.value), zone))
            case "DURATION":
                yield f"DURATION:{line.value.strip()}"
            case "SEQUENCE" if line.value.isdecimal() and len(line.value) < 10:
                yield f"SEQUENCE:{line.value}"


def _listed_dates(line: Line, zone: tzinfo | None) -> Iterator[str]:
    """Each date by itself, of a period its beginning."""
    for one in line.value.split(","):
        if one.strip():
            yield _written(line.name, on_the_wall(moment(one.split("/")[0]), zone))


def _written(name: str, value: date | datetime) -> str:
    if isinstance(value, datetime):
        return f"{name}:{value.isoformat().replace('-', '').replace(':', '')}"
    return f"{name};VALUE=DATE:{value.isoformat().replace('-', '')}"


def _bounded(
    line: Line, start: date | datetime, zone: tzinfo | None, last: date, budget: Budget
) -> str:
    """The rule, ended with the window, if following it is known to come to an end soon."""
    parts = "".join(line.value.split()).upper().split(";")
    rule = dict(part.split("=", 1) for part in parts if "=" in part)
    frequency = rule.get("FREQ", "")
    if frequency not in _PERIODS:
        raise ValueError(f"a milestone does not recur {frequency[:20].lower() or 'without FREQ'}")
    interval = _number(rule, "INTERVAL") or 1
    by = {name: value for name, value in rule.items() if _PARTS.fullmatch(name)}
    for name, value in by.items():
        if not _LISTED.fullmatch(value) or (name in _TIMES and "," in value):
            raise ValueError(f"{name}={value[:20]} cannot be followed")
    steps = 1 + max(0, (last - day_of(start)).days) // (interval * _PERIODS[frequency])
    budget.spend(steps * (_COST[frequency] + (_PERIODS[frequency] if by else 0)))
    if by:
        _refuse_never(frequency, interval, by, day_of(start), budget)
    kept = [f"FREQ={frequency}", f"INTERVAL={interval}", *(f"{n}={v}" for n, v in by.items())]
    if "COUNT" in rule:
        return f"RRULE:{';'.join(kept)};COUNT={_number(rule, 'COUNT')}"
    end = _end_of(last, start)
    if "UNTIL" in rule:
        until = on_the_wall(moment(rule["UNTIL"]), zone)
        if day_of(until) < day_of(end):
            end = until if isinstance(until, datetime) else _end_of(until, start)
    if not isinstance(start, datetime):
        end = day_of(end)
    return f"RRULE:{';'.join(kept)};UNTIL={_written('', end).rpartition(':')[2]}"


def _number(rule: dict[str, str], name: str) -> int:
    value = rule.get(name, "")
    if not value:
        return 0
    if not re.fullmatch(r"\d{1,12}", value, re.ASCII) or int(value) == 0:
        raise ValueError(f"{name}={value[:20]} cannot be followed")
    return int(value)


def _end_of(day: date, start: date | datetime) -> date | datetime:
    """The last moment of `day`, of the type that the rule's start has."""
    return datetime.combine(day, time(23, 59, 59)) if isinstance(start, datetime) else day


def _refuse_never(
    frequency: str, interval: int, by: dict[str, str], start: date, budget: Budget
) -> None:
    """Refuse a rule that no day fulfils, by following it through the last years that there are.

    The trial begins a whole number of intervals after `start`, so that it meets the same days of
    the week, months or years. What the rule takes from the day it starts on is said outright.
    """
    from dateutil.rrule import rrulestr

    parts = dict(by)
    if parts.keys().isdisjoint({"BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY"}):
        if frequency == "YEARLY":
            parts.setdefault("BYMONTH", str(start.month))
        if frequency in ("YEARLY", "MONTHLY"):
            parts["BYMONTHDAY"] = str(start.day)
    latest = date.max.replace(year=date.max.year - _TRIAL_YEARS)
    if frequency in ("DAILY", "WEEKLY"):
        step = interval * _PERIODS[frequency]
        began = start + timedelta(days=(latest - start).days // step * step)
    else:
        step = interval * (12 if frequency == "YEARLY" else 1)
        months = start.year * 12 + start.month - 1
        months += (latest.year * 12 - months) // step * step
        began = date(months // 12, months % 12 + 1, 1)
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    rule: Any = rrulestr(
        f"FREQ={frequency};INTERVAL={interval};{text}", dtstart=datetime.combine(began, time())
    )
    if next(iter(rule), None) is None:
        budget.spend(_TRIAL_YEARS * 366)
        raise ValueError("no day in a hundred years fulfils its rule")
