"""Recurring events and tasks, as single ones within a window of days.

`recurring-ical-events` follows the rules, in the zone where the series begins. The rules come from
strangers, and a rule of forty characters can keep a computer busy for ever: every second, until the
year 9999, every 30 February. So a rule is looked at before it is followed: it repeats by days at
most, ends with the window, is tried on the last hundred years that there are (dateutil looks for a
day up to the year 9999), and its steps are counted against a budget.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from msgspec import Struct

from tracker.ics.scan import Component, ContentLine
from tracker.ics.values import day_of, duration, moment
from tracker.ics.zones import UNREADABLE, Zones, on_the_wall, place
from tracker.message import Reason

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

UNFOLLOWED = UNREADABLE
"""What the libraries raise at a rule or a date that they cannot follow."""


class CalendarEntry(Struct, frozen=True):
    """An event or a task, where the file says that it is, and when it begins and ends.

    `here` is where a time in UTC is shown.
    """

    component: Component
    zones: Zones
    here: tzinfo | None

    @property
    def start(self) -> date | datetime | None:
        return self.moment("DTSTART")

    @property
    def end(self) -> date | datetime | None:
        """The first moment after an event, the last of a task."""
        end = self.moment(END[self.component.name])
        lasting = self.component.get("DURATION")
        if end is None and lasting is not None and (start := self.start) is not None:
            return start + duration(lasting.value)
        return end

    def moment(self, name: str) -> date | datetime | None:
        line = self.component.get(name)
        try:
            return None if line is None else self.zones.value(line)
        except Reason as error:
            raise Reason("{name}: {reason}", name=name, reason=error.in_full) from None

    @property
    def sequence(self) -> int:
        line = self.component.get("SEQUENCE")
        number = "" if line is None else line.value.strip()
        return int(number) if re.fullmatch(r"\d{1,9}", number, re.ASCII) else 0

    @property
    def revision(self) -> tuple[int, str]:
        """What tells which of two is the later (RFC 5546 §2.1.4): SEQUENCE, and then DTSTAMP."""
        stamp = self.component.get("DTSTAMP")
        return self.sequence, "" if stamp is None else stamp.value.strip()

    @property
    def is_for_all_later(self) -> bool:
        """Whether it replaces an occurrence and all that come after (RFC 5545 §3.2.13)."""
        replaced = self.component.get("RECURRENCE-ID")
        said = "" if replaced is None else replaced.parameters.get("RANGE", "")
        return said.upper() == "THISANDFUTURE"

    @property
    def place(self) -> tzinfo | None:
        """Where it takes place."""
        return place(self.start or self.end, self.here)


class Occurrence(Struct, frozen=True):
    """One time that an entry takes place: what describes it, and when by the clock there.

    `replaces` is the day that the rule gave it, which stays when the occurrence is moved.
    """

    entry: CalendarEntry
    start: date | datetime | None
    end: date | datetime | None
    replaces: date


class Budget:
    """The steps that all rules of one file may take together."""

    def __init__(self, steps: int = 5_000_000) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        if steps > min(self.left, 100_000):
            raise Reason("it recurs too often, or began too long ago, to be followed")
        self.left -= steps


def is_recurring(entry: Component) -> bool:
    """Whether a rule, a list of dates or another entry decides when this one takes place."""
    names = ("RRULE", "RDATE", "RECURRENCE-ID", "EXRULE")
    return any(line.value.strip() for name in names for line in entry.all(name))


def occurrences(
    entries: Sequence[CalendarEntry], window: tuple[date, date], budget: Budget
) -> Iterator[Occurrence]:
    """What `entries`, all of one uid and kind, come to in the window, its last day included.

    Raises one of UNFOLLOWED, with a sentence for ValueError, if they cannot be followed.
    """
    import icalendar
    import recurring_ical_events  # type: ignore[import-untyped]  # it has no types

    first, last = window
    kind = entries[0].component.name
    calendar = icalendar.Calendar()
    for number, entry in enumerate(entries):
        calendar.add_component(_essence(entry, number, last, budget))
    query = recurring_ical_events.of(calendar, components=[kind])
    found: list[Any] = query.between(_days_from(first, -2), _days_from(last, 3))
    if len(found) > MOST_OCCURRENCES:
        raise Reason("it takes place more than {most:,} times in the window", most=MOST_OCCURRENCES)
    masters = (e for e in entries if e.component.get("RECURRENCE-ID") is None)
    series = next(masters, entries[0]).place
    for part in found:
        occurrence = _occurrence(part, entries, series)
        begins = occurrence.start or occurrence.end or occurrence.replaces
        ends = occurrence.end or begins
        if day_of(begins) <= last and day_of(ends) >= first:
            yield occurrence


END = {"VEVENT": "DTEND", "VTODO": "DUE"}


def _days_from(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def _occurrence(part: Any, entries: Sequence[CalendarEntry], series: tzinfo | None) -> Occurrence:
    """What the library found, by the clock where it is; its name, by the clock of its series."""
    entry = entries[int(part[_MARK])]
    where = entry.place
    start = part["DTSTART"].dt if "DTSTART" in part else None
    end = part[END[part.name]].dt if END[part.name] in part else None
    begins: Any = start or end
    replaces: Any = part["RECURRENCE-ID"].dt if "RECURRENCE-ID" in part else begins
    began = entry.start or entry.end
    if entry.is_for_all_later and began is not None:
        # The library names each by the first of them.
        moved = on_the_wall(began, series) - on_the_wall(replaces, series)
        replaces = on_the_wall(begins, series) - moved
    return Occurrence(
        entry,
        None if start is None else on_the_wall(start, where),
        None if end is None else on_the_wall(end, where),
        day_of(on_the_wall(replaces, series)),
    )


def _essence(entry: CalendarEntry, number: int, last: date, budget: Budget) -> Any:
    """The component that decides when an entry takes place, within bounds, for the library."""
    import icalendar

    part = entry.component
    start = entry.start or entry.end
    if start is None:
        raise Reason("it recurs from no date")
    made: Any = icalendar.Event() if part.name == "VEVENT" else icalendar.Todo()
    made.add("uid", "one")
    made.add(_MARK, str(number))
    if entry.start is not None:
        made.add("dtstart", start)
    end = None if entry.end is None else _like(entry.end, start)
    if end is not None and end < start:
        raise Reason("it ends before it begins")
    if end is not None:
        made.add(END[part.name], end)
    for rule in _rules(entry, start, last, budget):
        made.add("rrule", icalendar.vRecur.from_ical(rule))
    for name, dates in _dates(entry):
        made.add(name, dates)
    made.add("sequence", entry.sequence)
    if (replaced := part.get("RECURRENCE-ID")) is not None:
        only = {"RANGE": "THISANDFUTURE"} if entry.is_for_all_later else None
        made.add("recurrence-id", entry.zones.value(replaced), parameters=only)
    return made


def _like(end: date | datetime, start: date | datetime) -> date | datetime:
    """`end` of the kind of `start` and in its zone; clocks and rules are those of the start."""
    if not isinstance(start, datetime):
        return day_of(end)
    if not isinstance(end, datetime):
        return datetime.combine(end, time(), start.tzinfo)
    if start.tzinfo is None or end.tzinfo is None:
        return end.replace(tzinfo=start.tzinfo)
    return end.astimezone(start.tzinfo)


def _dates(entry: CalendarEntry) -> Iterator[tuple[str, list[date | datetime]]]:
    """The dates that are listed, of a period its beginning."""
    lines = [line for name in ("RDATE", "EXDATE") for line in entry.component.all(name)]
    if sum(line.value.count(",") + 1 for line in lines) > MOST_DATES:
        raise Reason("it lists more than {most:,} dates", most=MOST_DATES)
    for line in lines:
        dates = (one.partition("/")[0] for one in line.value.split(",") if one.strip())
        if values := [entry.zones.value(line, one) for one in dates]:
            yield line.name, values


def _rules(
    entry: CalendarEntry, start: date | datetime, last: date, budget: Budget
) -> Iterator[str]:
    if any(line.value.strip() for line in entry.component.all("EXRULE")):
        raise Reason("it has an EXRULE, which no program follows any more: list EXDATE instead")
    for line in entry.component.all("RRULE"):
        if line.value.strip():
            yield _bounded(line, start, last, budget)


def _bounded(line: ContentLine, start: date | datetime, last: date, budget: Budget) -> str:
    """The rule, ended with the window, if following it is known to come to an end soon."""
    parts = "".join(line.value.split()).upper().split(";")
    rule = dict(part.split("=", 1) for part in parts if "=" in part)
    scale = rule.get("RSCALE", "GREGORIAN")
    if scale != "GREGORIAN":
        raise Reason("it recurs by another calendar, RSCALE={scale} (RFC 7529)", scale=scale[:20])
    frequency = rule.get("FREQ", "")
    if frequency not in _PERIODS:
        raise Reason("a milestone does not recur by FREQ={frequency}", frequency=frequency[:20])
    interval = _number(rule, "INTERVAL") or 1
    by = {name: value for name, value in rule.items() if _PARTS.fullmatch(name)}
    for name, value in by.items():
        if not _LISTED.fullmatch(value) or (name in _TIMES and "," in value):
            raise Reason("{name}={value} cannot be followed", name=name, value=value[:20])
    steps = 1 + max(0, (last - day_of(start)).days) // (interval * _PERIODS[frequency])
    budget.spend(steps * (_COST[frequency] + (_PERIODS[frequency] if by else 0)))
    if by:
        _refuse_never(frequency, interval, by, day_of(start), budget)
    kept = [f"FREQ={frequency}", f"INTERVAL={interval}", *(f"{n}={v}" for n, v in by.items())]
    if rule.get("COUNT", "-1") != "-1":  # which programs write for no end
        return f"{';'.join(kept)};COUNT={_number(rule, 'COUNT')}"
    end = _end_of(_days_from(last, 2), start)
    if "UNTIL" in rule:
        until = moment(rule["UNTIL"])
        if day_of(until) < _days_from(day_of(start), -1):
            raise Reason("its rule ends before it begins")
        if day_of(until) < day_of(end):
            end = until if isinstance(until, datetime) else _end_of(until, start)
    return f"{';'.join(kept)};UNTIL={_until(end, start)}"


def _until(end: date | datetime, start: date | datetime) -> str:
    """The end of a rule as RFC 5545 §3.3.10 wants it: of the kind of the start, or else in UTC."""
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return f"{day_of(end):%Y%m%d}"
    if start.tzinfo is None:
        return f"{end:%Y%m%dT%H%M%S}"
    end = end if end.tzinfo is not None else end.replace(tzinfo=start.tzinfo)
    return f"{end.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _number(rule: dict[str, str], name: str) -> int:
    value = rule.get(name, "")
    if not value:
        return 0
    if not re.fullmatch(r"\d{1,12}", value, re.ASCII) or int(value) == 0:
        raise Reason("{name}={value} cannot be followed", name=name, value=value[:20])
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
        raise Reason("no day in a hundred years fulfils its rule")
