"""Recurrence rules, bounded before anybody follows them (RFC 5545 §3.3.10).

The rules come from strangers, and one of forty characters can keep a computer busy for ever: every
second, until the year 9999, every 30 February. So a rule repeats by days at most, ends with the
days that are asked for, is tried on the last hundred years that there are (dateutil looks for a day
up to the year 9999), and its steps are counted against a budget.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tracker.ics.scan import ContentLine
from tracker.ics.values import date_or_time, day_of
from tracker.message import Reason

_PERIODS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 30, "YEARLY": 365}
"""Days in a step of each frequency, about."""

_COST = {"DAILY": 1, "WEEKLY": 2, "MONTHLY": 5, "YEARLY": 25}
"""What a step takes, measured in those of DAILY, which take about a microsecond."""

_TIMES = ("BYHOUR", "BYMINUTE", "BYSECOND")
_DAYS = ("BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY")
_PARTS = frozenset({*_TIMES, *_DAYS, "BYMONTH", "BYSETPOS", "WKST"})
_LISTED = re.compile(r"[+-]?\w{1,5}(,[+-]?\w{1,5}){0,399}", re.ASCII)
_TRIAL_YEARS = 100
_LAST_SECOND = time(23, 59, 59)


class StepBudget:
    """The steps that all rules of one file may take together."""

    def __init__(self, steps: int = 5_000_000) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        if steps > min(self.left, 100_000):
            raise Reason("it recurs too often, or began too long ago, to be followed")
        self.left -= steps


def days_from(day: date, days: int) -> date:
    """`day`, some days later, as far as there are days."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def of_same_kind(value: date | datetime, start: date | datetime, clock: time) -> date | datetime:
    """`value` of the kind of `start` and in its zone; a day alone is taken at `clock`."""
    if not isinstance(start, datetime):
        return day_of(value)
    if not isinstance(value, datetime):
        return datetime.combine(value, clock, start.tzinfo)
    if start.tzinfo is None or value.tzinfo is None:
        return value.replace(tzinfo=start.tzinfo)
    return value.astimezone(start.tzinfo)


def bounded(line: ContentLine, start: date | datetime, last: date, budget: StepBudget) -> str:
    """The rule, ended with `last`, if following it is known to come to an end soon.

    Raises Reason if it is not, or if it says what nobody follows.
    """
    parts = "".join(line.value.split()).upper().split(";")
    rule = dict(part.split("=", 1) for part in parts if "=" in part)
    frequency = _frequency(rule)
    interval = _number(rule, "INTERVAL") or 1
    by = {name: value for name, value in rule.items() if name[:2] == "BY" or name == "WKST"}
    for name, value in by.items():
        known = name in _PARTS and _LISTED.fullmatch(value)
        if not known or (name in _TIMES and "," in value):
            raise _unfollowed(name, value)
    steps = 1 + max(0, (last - day_of(start)).days) // (interval * _PERIODS[frequency])
    budget.spend(steps * (_COST[frequency] + (_PERIODS[frequency] if by else 0)))
    if by and not (frequency == "WEEKLY" and by.keys() <= {"BYDAY", "WKST"}):
        _refuse_never(frequency, interval, by, day_of(start), budget)
    kept = [f"FREQ={frequency}", f"INTERVAL={interval}", *(f"{n}={v}" for n, v in by.items())]
    if rule.get("COUNT", "-1") != "-1":  # which programs write for no end
        if "UNTIL" in rule:
            raise Reason("its rule ends by COUNT and by UNTIL, which exclude each other")
        return ";".join((*kept, f"COUNT={_number(rule, 'COUNT')}"))
    return ";".join((*kept, f"UNTIL={_until(rule, start, last)}"))


def _frequency(rule: dict[str, str]) -> str:
    scale, skip = rule.get("RSCALE", "GREGORIAN"), rule.get("SKIP", "OMIT")
    if scale != "GREGORIAN":
        raise Reason("it recurs by another calendar, RSCALE={scale} (RFC 7529)", scale=scale[:20])
    if skip != "OMIT":
        raise _unfollowed("SKIP", skip)
    frequency = rule.get("FREQ", "")
    if not frequency:
        raise Reason("its rule has no FREQ")
    if frequency not in _PERIODS:
        raise Reason("a milestone does not recur by FREQ={frequency}", frequency=frequency[:20])
    return frequency


def _unfollowed(name: str, value: str) -> Reason:
    return Reason("{name}={value} cannot be followed", name=name[:20], value=value[:20])


def _until(rule: dict[str, str], start: date | datetime, last: date) -> str:
    """The end of a rule as RFC 5545 §3.3.10 wants it: of the kind of the start, or else in UTC."""
    end = of_same_kind(days_from(last, 2), start, _LAST_SECOND)
    if "UNTIL" in rule:
        until = of_same_kind(date_or_time(rule["UNTIL"]), start, _LAST_SECOND)
        if day_of(until) < days_from(day_of(start), -1):
            raise Reason("its rule ends before it begins")
        end = min(until, end)
    if not isinstance(end, datetime):
        return f"{end:%Y%m%d}"
    return f"{end:%Y%m%dT%H%M%S}" if end.tzinfo is None else f"{end.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _number(rule: dict[str, str], name: str) -> int:
    value = rule.get(name, "")
    if not value:
        return 0
    if not re.fullmatch(r"\d{1,12}", value, re.ASCII) or int(value) == 0:
        raise _unfollowed(name, value)
    return int(value)


def _refuse_never(
    frequency: str, interval: int, by: dict[str, str], start: date, budget: StepBudget
) -> None:
    """Refuse a rule that no day fulfils, by following it through the last years that there are.

    The trial begins a whole number of intervals after `start`, so that it meets the same days of
    the week, months or years. What the rule takes from the day it starts on is said outright.
    """
    from dateutil.rrule import rrulestr

    parts = dict(by)
    if parts.keys().isdisjoint(_DAYS):
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
