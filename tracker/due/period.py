"""Periods: a first day, a last day, and the precision with which they are named.

Every constructor refuses what the calendar does not have, with a BadDate that says why.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date, timedelta

from msgspec import Struct

from tracker.errors import BadDate
from tracker.locale import MONTH_NAMES, WEEKDAY_NAMES
from tracker.message import Message
from tracker.model import Precision

EXAMPLE = Message("Write a day as 2021-06-30.")


class Period(Struct, frozen=True):
    """From `first` to `last`, both included."""

    first: date
    last: date
    precision: Precision

    @property
    def is_day(self) -> bool:
        return self.first == self.last


class Setting(Struct, frozen=True):
    """What a phrase is read against.

    `fiscal_year_start` is a month, 1 to 12; fiscal years are named by the year in which they end.
    `before` is set while reading what stands after "before": the due date is then the eve.
    `since` is set while reading the far end of a range: it is not earlier than the near end.
    `day_first` is set where it is known how 03/04/2021 is to be read, `month_one` is the first day
    of a project whose months are numbered.
    """

    anchor: date
    fiscal_year_start: int = 1
    before: bool = False
    since: date | None = None
    day_first: bool | None = None
    month_one: date | None = None

    def due(self, period: Period) -> date:
        return eve(period.first) if self.before else period.last


def day(year: int, month: int, dom: int) -> Period:
    days = monthrange(_year(year), _month(month))[1]
    if not 1 <= dom <= days:
        of = f"{year}-{month:02}"
        raise BadDate(
            "{of} has {days} days, so there is no day {dom}.", EXAMPLE, of=of, days=days, dom=dom
        )
    return single(date(year, month, dom))


def single(on: date) -> Period:
    return Period(on, on, Precision.DAY)


def month(year: int, number: int) -> Period:
    return _months(year, number, 1, Precision.MONTH)


def ten_days(year: int, number: int, third: int) -> Period:
    """A third of a month, 旬: to the 10th, to the 20th, to the month's end. A day's precision."""
    whole = month(year, number)
    last = whole.last if third == 3 else whole.first.replace(day=10 * third)
    return Period(whole.first.replace(day=10 * third - 9), last, Precision.DAY)


def month_name(number: int) -> str:
    return MONTH_NAMES[number]


def quarter(year: int, number: int, start: int = 1) -> Period:
    """A quarter of the year that ends in `year` and starts in month `start`."""
    if not 1 <= number <= 4:
        said = "There is no quarter {number}; a year has four."
        raise BadDate(said, "Write Q3 2021 or 2021年三季度.", number=number)
    return _part(year, start, 3 * (number - 1), 3, Precision.QUARTER)


def half(year: int, number: int, start: int = 1) -> Period:
    if not 1 <= number <= 2:
        said = "There is no half {number}; a year has two."
        raise BadDate(said, "Write H1 2021 or 2021年上半年.", number=number)
    return _part(year, start, 6 * (number - 1), 6, Precision.HALF)


def year(number: int) -> Period:
    return _months(number, 1, 12, Precision.YEAR)


def fiscal_year(number: int, start: int) -> Period:
    """The twelve months from month `start` that end in the year `number`."""
    return _part(number, start, 0, 12, Precision.FISCAL_YEAR)


def current(unit: str, ahead: int, setting: Setting) -> Period:
    """The day, week, month, quarter, half, year or fiscal year so many ahead of the anchor's."""
    anchor = setting.anchor
    if unit == "day":
        return single(shift(anchor, ahead, "day"))
    if unit == "week":
        return week(anchor, ahead)
    months = {"month": 1, "quarter": 3, "half": 6}.get(unit, 12)
    to = shift(anchor.replace(day=1), months * ahead, "month")
    if unit == "month":
        return month(to.year, to.month)
    if unit in ("quarter", "half"):
        return (quarter if unit == "quarter" else half)(to.year, (to.month - 1) // months + 1)
    if unit == "year":
        return year(to.year)
    start = setting.fiscal_year_start
    return fiscal_year(to.year + (1 < start <= to.month), start)


def five_year_plan(number: int) -> Period:
    """China's plan of that number: the 14th is 2021 to 2025, and so on every five years."""
    first = 2021 + 5 * (number - 14)
    return Period(year(first).first, year(first + 4).last, Precision.FIVE_YEAR)


def week(on: date, ahead: int = 0) -> Period:
    """The week, Monday to Sunday, of that day, or one so many weeks ahead of it."""
    monday = shift(on, 7 * ahead - on.weekday(), "day")
    return Period(monday, shift(monday, 6, "day"), Precision.WEEK)


def week_ending(on: date) -> Period:
    return Period(shift(on, -6, "day"), on, Precision.WEEK)


def nth_weekday(number: int, month_number: int, nth: int, weekday: int) -> Period:
    """The nth Monday (0) to Sunday (6) of a month, counted from 1; -1 is the last."""
    whole = month(number, month_number)
    first = shift(whole.first, (weekday - whole.first.weekday()) % 7, "day")
    last = shift(whole.last, -((whole.last.weekday() - weekday) % 7), "day")
    found = last if nth == -1 else shift(first, nth - 1, "week")
    if nth != -1 and not first <= found <= last:
        named = f"{month_name(month_number)} {number}"
        said = "{named} has no {weekdays} number {nth}."
        raise BadDate(said, EXAMPLE, named=named, weekdays=WEEKDAY_NAMES[weekday], nth=nth)
    return single(found)


def iso_week(number: int, week_number: int) -> Period:
    """A numbered week, ISO 8601: week 1 holds the year's first Thursday."""
    try:
        monday = date.fromisocalendar(_year(number), week_number, 1)
    except ValueError:
        said = "{number} has no week {week_number}."
        hint = "Write a week as 2021-W26."
        raise BadDate(said, hint, number=number, week_number=week_number) from None
    return Period(monday, shift(monday, 6, "day"), Precision.WEEK)


def shift(on: date, number: int, unit: str) -> date:
    """The day so many days, weeks, half-months, months or years on.

    31 January + 1 month ends February, and half a month is 15 days.
    """
    try:
        if unit in ("day", "week"):
            return on + timedelta(days=number * (7 if unit == "week" else 1))
        if unit == "half-month":
            return shift(shift(on, number // 2, "month"), 15 * (number % 2), "day")
        from dateutil.relativedelta import relativedelta

        return on + relativedelta(months=number * (12 if unit == "year" else 1))
    except (OverflowError, ValueError):
        said = "{number} {unit}s from {on} lies outside of the years {minyear} to {maxyear}."
        raise BadDate(
            said, EXAMPLE, number=number, unit=unit, on=on, minyear=MINYEAR, maxyear=MAXYEAR
        ) from None


def next_dom(dom: int, setting: Setting) -> Period:
    """The first such day of a month that is not before the anchor: the 20th."""
    if not 1 <= dom <= 31:
        raise BadDate("No month has a day {dom}.", EXAMPLE, dom=dom)
    since = setting.since or setting.anchor
    found = single(since)
    while found.last.day != dom or setting.due(found) < since:
        found = single(shift(found.last, 1, "day"))
    return found


def eve(on: date) -> date:
    return shift(on, -1, "day")


def upcoming(make: Callable[[int], Period], setting: Setting) -> Period:
    """The first such period, of this year or a later one, that is not due before the anchor.

    Eight years ahead is as far as 29 February can be away.
    """
    impossible: BadDate | None = None
    since = setting.since or setting.anchor
    for number in range(since.year, min(since.year + 9, MAXYEAR + 1)):
        try:
            found = make(number)
            if setting.due(found) >= since:
                return found
        except BadDate as refusal:
            impossible = impossible or refusal
    raise impossible or BadDate(
        "There is no such date from {since} to the end of {maxyear}.",
        EXAMPLE,
        since=since,
        maxyear=MAXYEAR,
    )


def _part(named: int, start: int, offset: int, count: int, precision: Precision) -> Period:
    """Months of the (fiscal) year named `named` that starts in month `start`, from `offset` on."""
    months = start - 1 + offset
    first_year = _year(named) - (start > 1) + months // 12
    return _months(first_year, months % 12 + 1, count, precision)


def _months(number: int, first_month: int, count: int, precision: Precision) -> Period:
    first = date(_year(number), _month(first_month), 1)
    months = first_month - 1 + count - 1
    last_year, last_month = _year(number + months // 12), months % 12 + 1
    last = date(last_year, last_month, monthrange(last_year, last_month)[1])
    return Period(first, last, precision)


def _year(number: int) -> int:
    if not MINYEAR <= number <= MAXYEAR:
        said = "There is no year {number}; years go from {minyear} to {maxyear}."
        raise BadDate(said, EXAMPLE, number=number, minyear=MINYEAR, maxyear=MAXYEAR)
    return number


def _month(number: int) -> int:
    if not 1 <= number <= 12:
        raise BadDate("There is no month {number}; a year has twelve.", EXAMPLE, number=number)
    return number
