"""English names of what lies in a year: 30 June 2021, 2021-W26, the April meeting."""

from __future__ import annotations

import re

from msgspec.structs import replace

from tracker.due import period as p
from tracker.due.english import words as en
from tracker.due.english.years import ORDINAL_ENDS, joined_year, ordinal, year_number
from tracker.due.holidays import holiday
from tracker.due.lexer import Cursor
from tracker.due.period import Period, Setting
from tracker.due.reading import ELSEWHERE, Reading, check_weekday, digits, first_of, in_year, on
from tracker.errors import BadDate
from tracker.model import Precision


def week_number(c: Cursor, setting: Setting) -> Reading | None:
    """A week by its number, ISO 8601: 2021-W26, week 26 of 2021, and a day of it: 2021-W26-5."""
    number = year_number(c, setting)
    c.take("-")
    named = c.take("w", "wk", "week")
    if not named or (number is None and named == "w"):
        return None
    token = c.peek()
    if number and token.kind == "numeric" and re.fullmatch("[0-9]{1,2}-[0-9]", token.text):
        c.i += 1
        week, day = token.text.split("-")
        if not 1 <= int(day) <= 7:
            raise BadDate("A week has no day {day}; it has seven.", p.EXAMPLE, day=day)
        monday = p.iso_week(number, int(week)).first
        return on(p.single(p.shift(monday, int(day) - 1, "day")))
    which = c.number()
    number = joined_year(c, setting, ",", "of") if number is None and which else number
    alone = number is None and (c.peek().text in ("of", "-") or not 0 < (which or 0) < 54)
    if which is None or alone:
        return None
    return in_year(number, lambda y: p.iso_week(y, which), setting)


def project_month(c: Cursor, setting: Setting) -> Reading | None:
    """A month by its number in a project: month 14, M18."""
    named, token = c.take("month", "m"), c.peek()
    if not named or setting.month_one is None or (named == "m" and not token.glued):
        return None
    which = c.number()
    if not which:
        return None
    first = p.shift(setting.month_one, which - 1, "month")
    last = p.shift(p.shift(setting.month_one, which, "month"), -1, "day")
    return Reading(Period(first, last, Precision.MONTH))


def meeting(c: Cursor, setting: Setting) -> Reading | None:
    """A meeting or a quarter by its month: the April meeting, the June quarter."""
    c.take(*en.OWN)
    ordinal(c)
    month = en.MONTHS.get(c.peek().text)
    c.i += 1
    if month is None or not c.take(*en.MEETINGS) or setting.before:
        return None  # on which day of the month it is nobody says
    return in_year(joined_year(c, setting, "in", "of"), lambda y: p.month(y, month), setting)


def week_of(c: Cursor, setting: Setting) -> Reading | None:
    """A week by a day of it: the week of 3 August, w/c 3 August, the week ending 9 August."""
    c.take("the")
    said = c.take(*en.WEEKS)
    if not said:
        return None
    c.take("on")
    inner = first_of(c, setting, digits, dated, _day_alone)
    if inner is None or inner.period is None or not inner.period.is_day:
        return None
    last = inner.period.last
    if said.startswith("fortnight"):
        return replace(inner, period=p.week(last, 1))
    return replace(inner, period=p.week_ending(last) if en.WEEKS[said] else p.week(last))


def nth_weekday(c: Cursor, setting: Setting) -> Reading | None:
    """The last Friday of November, the third Thursday in September 2026."""
    c.take("the")
    nth = -1 if c.take("last") else ordinal(c)
    weekday = en.WEEKDAYS.get(c.peek().text)
    if nth is None or weekday is None:
        return None
    c.i += 1
    if not c.take("of", "in"):
        return None
    if (said := c.take("this month", "next month", "the month")) and said != "the month":
        to = p.current("month", int(said == "next month"), setting).first
        return Reading(p.nth_weekday(to.year, to.month, nth, weekday))
    month = en.MONTHS.get(c.peek().text)
    if month is None:
        return None
    c.i += 1
    number = joined_year(c, setting, ",", "of")
    if nth == 5 and number is None:
        raise BadDate(
            "Not every {month_name} has a fifth one.", p.EXAMPLE, month_name=p.month_name(month)
        )
    return in_year(number, lambda y: p.nth_weekday(y, month, nth, weekday), setting)


def dated(c: Cursor, setting: Setting) -> Reading | None:
    """A month, with its day and year where given, in any order in which they are written."""
    weekday = en.WEEKDAYS.get(c.peek().text)
    if weekday is not None:
        c.i += 1
        c.take(",", ".")
        if c.peek().kind == "numeric":
            day = digits(c, setting)
            return check_weekday(day, weekday) if day is not None else None
    the = "" if c.take("the month of") else c.take("the")
    year_first = c.number() if len(c.peek().text) == 4 and c.peek().kind == "number" else None
    c.take("-", ",") if year_first is not None else ""
    dom = _dom(c)
    c.take("of", "-", "/") if dom is not None else ""
    month = en.MONTHS.get(c.peek().text)
    if month is None:
        if weekday is None or dom is None or c.peek(-1).text not in ORDINAL_ENDS:
            return None
        # Thursday 22nd; with another weekday it is refused, for one of the two is wrong.
        return check_weekday(Reading(p.next_dom(dom, setting), assumed="month"), weekday)
    c.i += 1
    if not _next_item(c):
        c.take(".") if c.peek(1).kind == "number" else ""
        if dom is None:
            dom = _dom_after(c, p.month_name(month))
    if the and dom is None:
        return None  # the August budget
    number = year_first
    if number is None and (c.peek(1).text == "year" or not c.take("next")):
        number = joined_year(c, setting, ",", "of", "-", "/", ".")
    if dom is None:
        made = in_year(number, lambda y: p.month(y, month), setting)
        return replace(made, plain=number is None)
    made = in_year(number, lambda y: p.day(y, month, dom), setting)
    return made if weekday is None else check_weekday(made, weekday)


def _next_item(c: Cursor) -> bool:
    """Whether the next line begins with an item's number: by October. / 5. Have it done."""
    ends = c.peek().text == "."
    c.i += ends
    numbered = c.breaks() and c.peek().kind == "number" and (ends or c.peek(1).text in (".", ")"))
    c.i -= ends
    return numbered


def _dom(c: Cursor) -> int | None:
    token, start = c.peek(), c.i
    if token.kind == "word":
        named = ordinal(c)
        if named is not None and c.peek().text == "of":
            return named
        c.i = start
    if token.kind != "number" or len(token.text) > 2:
        return None
    nth = ordinal(c)
    return c.number() if nth is None else nth


def _dom_after(c: Cursor, month: str) -> int | None:
    start = c.i
    joint = c.take("the", "-")
    bare = c.peek().text
    dom = _dom(c)
    if dom is None:
        c.i = start
    elif joint == "-" and c.peek(-1).text == bare and not c.take(","):
        said = '"{month}-{bare}" may be a day of {month2} or the year 20{bare:0>2}.'
        hint = "Write {month2} {dom} or {month2} 20{bare:0>2}."
        raise BadDate(said, hint, month=month[:3], bare=bare, month2=month, dom=dom)
    return dom


def plan(c: Cursor, _setting: Setting) -> Reading | None:
    c.take("the")
    number = ordinal(c)
    if number is None or not c.take("five-year plan", "five year plan"):
        return None
    c.take("period")
    return Reading(p.five_year_plan(number))


def named(c: Cursor, setting: Setting) -> Reading | None:
    name = c.take(*en.HOLIDAYS)
    if not name:
        return None
    key = en.HOLIDAYS[name]
    return in_year(joined_year(c, setting, ",", "of", "in"), lambda y: holiday(key, y), setting)


def whole_year(c: Cursor, setting: Setting) -> Reading | None:
    bare = c.peek().kind == "number"
    number = year_number(c, setting)
    if number is None:
        return _day_alone(c, setting)
    if bare and not 1900 <= number <= 2199:
        raise BadDate("{number} is not understood as a year.", p.EXAMPLE, number=number)
    return Reading(p.year(number), plain=bare)


def _day_alone(c: Cursor, setting: Setting) -> Reading | None:
    """The 20th: of this month or of the next, as is said or as comes first."""
    the = c.take("the")
    start = c.i
    dom = ordinal(c)
    if dom is None or (not the and c.peek(start - c.i).kind != "number"):
        return None
    if month := c.take("of this month", "of next month"):
        first = p.current("month", int("next" in month), setting).first
        return Reading(p.day(first.year, first.month, dom))
    if c.take("of that month", "of the same month"):
        return Reading(None, limit="later", unclear=ELSEWHERE)
    c.take("of the month")
    return Reading(p.next_dom(dom, setting), assumed="month", plain=not the)
