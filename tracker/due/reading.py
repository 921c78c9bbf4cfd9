"""What a grammar makes of a phrase, before it becomes a due date; and dates in digits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tracker.due import period as p
from tracker.due.lexer import Cursor
from tracker.due.period import Period, Setting
from tracker.errors import BadDate
from tracker.locale.english import WEEKDAY_NAMES
from tracker.model import Precision

T = TypeVar("T")


class Reading(Struct, frozen=True):
    """A period, and how it was said.

    `limit`    the word that makes it a deadline (by, before, 到, 前); "" when there is none
    `assumed`  what was not said and is taken from the anchor: "year", "month" or ""
    `sharp`    it names a last day (底, end of, a day), so that 前 or "until" can only include it
    `plain`    in running text the words alone are no date: a bare May, 2030 or Friday
    `begins`   an hour is said that begins the day: 0:00, 12 am
    `unclear`  why the date cannot be relied on; typed input is refused with it
    """

    period: Period | None
    limit: str = ""
    assumed: str = ""
    sharp: bool = False
    plain: bool = False
    begins: bool = False
    unclear: BadDate | None = None


NO_DATE = Reading(None)
ELSEWHERE = BadDate(
    "It is told from a date that is named elsewhere.",
    "Write the due date itself, such as 2021-06-30.",
)


def first_of(c: Cursor, known: T, *rules: Callable[[Cursor, T], Reading | None]) -> Reading | None:
    """What the first rule that reads anything here makes of it; the order is the preference."""
    start = c.i
    for rule in rules:
        if (reading := rule(c, known)) is not None:
            return reading
        c.i = start
    return None


def in_year(number: int | None, make: Callable[[int], Period], setting: Setting) -> Reading:
    """The period in that year, or else in the first year in which it is not past."""
    if number is not None:
        return Reading(make(number))
    return Reading(p.upcoming(make, setting), assumed="year")


def on(day: Period) -> Reading:
    return Reading(day, sharp=True)


def working_days(instead: str) -> Reading:
    said = "Working days need a calendar of holidays, which the tracker does not have."
    hint = "Write the day itself, or count all days: {instead}."
    return Reading(None, limit="within", unclear=BadDate(said, hint, instead=instead))


def passed(reading: Reading, said: str, setting: Setting) -> Reading:
    """Refuse this week's Monday on a Wednesday: who names it may mean the next one."""
    if reading.period is None or reading.period.last >= setting.anchor:
        return reading
    last = reading.period.last
    later = "year" if reading.period.precision is Precision.MONTH else "week"
    sentence = '"{said}" was {last}, before {anchor}.'
    hint = "Write {last} or {shift}."
    refusal = BadDate(
        sentence, hint, said=said, last=last, anchor=setting.anchor, shift=p.shift(last, 1, later)
    )
    return replace(reading, unclear=refusal)


def shifted(day: Reading, number: int, unit: str, setting: Setting) -> Reading | None:
    """So long after a day, or before it; None if it is no single day."""
    if day.period is None or not day.period.is_day:
        return None
    then = p.shift(day.period.last, number, unit)
    refusal = None
    if day.assumed and then < setting.anchor:
        # Whether this year's is past or next year's is meant, nobody can tell.
        said = "That was {then}, before {anchor}."
        hint = "Write {then}, or say of which year."
        refusal = BadDate(said, hint, then=then, anchor=setting.anchor)
    return replace(day, period=p.single(then), unclear=refusal)


def digits(c: Cursor, setting: Setting) -> Reading | None:
    """A date in digits: 2021-06-30, 2021/6, 20210630, 30/06/2021, 6/30.

    Year first, or day and month in any order as long as only one order is possible; two-digit
    years and numbers such as 6.30 are refused.
    """
    token = c.peek()
    if token.kind == "number" and len(token.text) == 8:
        c.i += 1
        return on(p.day(int(token.text[:4]), int(token.text[4:6]), int(token.text[6:])))
    if token.kind != "numeric":
        return None
    c.i += 1
    parts = token.text.replace("/", "-").replace(".", "-").split("-")
    widths = [len(part) for part in parts]
    numbers = [int(part) for part in parts]
    if widths[0] == 4 and max(widths[1:]) <= 2:
        return Reading(p.month(*numbers)) if len(parts) == 2 else on(p.day(*numbers))
    if len(parts) == 2 and widths[0] <= 2 and widths[1] == 4:
        return Reading(p.month(numbers[1], numbers[0]))
    if max(widths[:2]) > 2:
        raise BadDate('"{text}" is not a date.', p.EXAMPLE, text=token.text)
    if len(parts) == 3 and widths[2] == 2 and setting.day_first is not None:
        numbers[2] += 2000
    elif len(parts) == 3 and widths[2] != 4:
        said = 'The year in "{text}" is not clear.'
        raise BadDate(said, "Write all four digits, as in 2021-06-30.", text=token.text)
    if len(parts) == 2 and "." in token.text:
        said = '"{text}" may be a number as well as a date.'
        raise BadDate(said, "Write 30 June or 6月30日.", text=token.text)
    return _day_and_month(token.text, numbers, setting)


def _day_and_month(text: str, numbers: list[int], setting: Setting) -> Reading:
    one, two = numbers[:2]
    year = numbers[2] if len(numbers) == 3 else None
    if one > 12 and two > 12:
        said = 'Neither {one} nor {two} in "{text}" is a month.'
        raise BadDate(said, p.EXAMPLE, one=one, two=two, text=text)
    if one <= 12 and two <= 12 and one != two and setting.day_first is None:
        named, orders = "" if year is None else f" {year}", ((one, two), (two, one))
        first, second = (f"{d} {p.month_name(m)}{named}" for d, m in orders)
        either = {"readings": first, "readings2": second, "instead": first, "instead2": second}
        if year is not None:
            days = (str(p.day(year, m, d).last) for d, m in orders)
            either |= dict(zip(("instead", "instead2"), days, strict=True))
        said = '"{text}" may be {readings} or {readings2}.'
        raise BadDate(said, "Write {instead} or {instead2}.", text=text, **either)
    dom, month = (one, two) if one > 12 or (two <= 12 and setting.day_first) else (two, one)
    return replace(in_year(year, lambda y: p.day(y, month, dom), setting), sharp=True)


def check_weekday(reading: Reading, weekday: int) -> Reading:
    """Refuse a date whose weekday is not the one that stands beside it."""
    if reading.period is not None and reading.period.last.weekday() != weekday:
        last = reading.period.last
        raise BadDate(
            "{last} is a {weekdays}, not a {weekdays2}.",
            "Leave out the weekday, as in {last}, or correct one of the two.",
            last=last,
            weekdays=WEEKDAY_NAMES[last.weekday()],
            weekdays2=WEEKDAY_NAMES[weekday],
        )
    return reading
