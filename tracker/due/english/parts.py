"""A part of a period in English: the first week of January, the back half of 2027."""

from __future__ import annotations

from msgspec.structs import replace

from tracker.due import period as p
from tracker.due.english import words as en
from tracker.due.english.anchored import this
from tracker.due.english.calendar import dated, whole_year
from tracker.due.english.years import ordinal, quarter_or_half
from tracker.due.lexer import Cursor
from tracker.due.period import Period, Setting
from tracker.due.reading import Reading, first_of
from tracker.model import Precision

_DAYS = {"day": 1, "week": 7, "fortnight": 14}


def part(c: Cursor, setting: Setting) -> Reading | None:
    """The third week of July, the last working day of October, the latter half of September."""
    c.take("the")
    said = c.take(*en.NTH)
    nth = en.NTH[said] if said else ordinal(c)
    full = c.take("full")
    unit = c.take(*en.PARTS)
    if nth is None or not unit or not c.take("of", "in"):
        return None
    inner = first_of(c, setting, quarter_or_half, dated, this, whole_year)
    if inner is None or inner.period is None or inner.period.is_day:
        return None
    found = _full_week(inner.period, nth) if full else _part(inner.period, nth, unit)
    return None if found is None else replace(inner, period=found, plain=False)


def _part(whole: Period, nth: int, unit: str) -> Period | None:
    """Weeks are counted from the first day, as one counts who has no calendar at hand."""
    if unit == "half":
        return _half(whole, nth)
    if unit == "weekend":
        return _weekend(whole, nth)
    if unit in ("working day", "business day"):
        weekend = max(0, whole.last.weekday() - 4)
        return p.single(p.shift(whole.last, -weekend, "day")) if nth == -1 else None
    days = _DAYS[unit]
    last = whole.last if nth == -1 else p.shift(whole.first, nth * days - 1, "day")
    first = p.shift(last, 1 - days, "day")
    precision = Precision.WEEK if days > 1 else Precision.DAY
    return Period(first, last, precision) if last <= whole.last else None


def _full_week(whole: Period, nth: int) -> Period | None:
    """The week from Monday to Sunday that is the nth to begin in the period."""
    if nth < 1:
        return None
    monday = p.shift(whole.first, -whole.first.weekday() % 7, "day")
    found = p.week(p.shift(monday, nth - 1, "week"))
    return found if found.last <= whole.last else None


def _half(whole: Period, nth: int) -> Period | None:
    second = nth in (2, -1)
    if nth not in (1, 2, -1):
        return None
    if whole.precision is Precision.YEAR:
        return p.half(whole.first.year, 2 if second else 1)
    if whole.precision is not Precision.MONTH:
        return None
    middle = whole.first.replace(day=15)
    if second:
        return Period(p.shift(middle, 1, "day"), whole.last, Precision.MONTH)
    return Period(whole.first, middle, Precision.WEEK)


def _weekend(whole: Period, nth: int) -> Period | None:
    if whole.precision is not Precision.MONTH or nth not in (1, 2, 3, 4, -1):
        return None
    saturday = p.nth_weekday(whole.first.year, whole.first.month, nth, 5).first
    return Period(saturday, p.shift(saturday, 1, "day"), Precision.WEEK)
