"""English names of years and of what lies in them: 30 June 2021, Q3 FY24, 2021-W26."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from tracker.due import period as p
from tracker.due.english import words as en
from tracker.due.holidays import holiday
from tracker.due.lexer import Cursor
from tracker.due.numerals import ENGLISH, ORDINALS
from tracker.due.period import Period, Setting
from tracker.due.reading import ELSEWHERE, Reading, check_weekday, digits, first_of, in_year, on
from tracker.errors import BadDate
from tracker.model import Precision

_SPAN = re.compile("20[0-9]{2}[-/](?:1[3-9]|[2-9][0-9])")
"""2028/29: what may be a fiscal year without being called one."""
_OTHER_YEARS = frozenset(("academic", "school", "season", "cyclone", "edition", "cohort", "intake"))
_ORDINAL_ENDS = ("st", "nd", "rd", "th")


def year_number(c: Cursor, setting: Setting) -> int | None:
    """A year of four digits, or next year and its like."""
    start = c.i
    said = c.take(*en.YEARS)
    if said:
        return setting.anchor.year + en.YEARS[said]
    named = c.take("the year", "calendar year", "cy")
    token = c.peek()
    if token.kind == "number" and len(token.text) == 4:
        return c.number()
    if named == "the year":
        return setting.anchor.year
    c.i = start
    return None


def joined_year(c: Cursor, setting: Setting, *joints: str) -> int | None:
    start = c.i
    c.take(*joints)
    if c.take("'") and c.peek().kind == "number" and len(c.peek().text) == 2:
        return 2000 + (c.number() or 0)
    number = year_number(c, setting)
    if number is None:
        c.i = start
    return number


def week_number(c: Cursor, setting: Setting) -> Reading | None:
    """A week by its number, ISO 8601: 2021-W26, and a day of it: 2021-W26-5."""
    number = year_number(c, setting)
    c.take("-")
    if not c.take("w", "week") or (number is None and c.peek(-1).text != "week"):
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
    """A meeting by its month: the April meeting, their second June meeting."""
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
    inner = first_of(c, setting, digits, dated)
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


def quarter_or_half(c: Cursor, setting: Setting) -> Reading | None:
    """A quarter or a half: Q3 2021, 2021Q3, 3Q21, the third quarter of 2021, H1 FY24."""
    number = joined_year(c, setting)
    if number is not None:
        c.take("-", "/", ",")
    joined = _part_with_year(c)
    if joined is not None:
        return joined
    part = _which_part(c)
    if part is None:
        return None
    make, index = part
    index = _to_part(c, make) or index
    if number is not None:
        return Reading(make(number, index))
    token = c.peek()
    if token.kind == "number" and token.glued and len(token.text) == 2:
        c.i += 1
        return Reading(make(2000 + int(token.text), index))
    start = c.i
    c.take("of", "in", ",", "-", "/")
    fiscal = _fiscal_number(c, setting)
    if fiscal is not None:
        return Reading(make(fiscal[0], index, fiscal[1]))
    c.i = start
    number = joined_year(c, setting, "of", "in", ",", "-", "/")
    return replace(in_year(number, lambda y: make(y, index), setting), plain=number is None)


def _to_part(c: Cursor, make: Callable[..., Period]) -> int | None:
    """The far end of Q3-Q4: the last day of the second is due."""
    start = c.i
    joint = c.take("-", "to", "and", "or", "/")
    far = _which_part(c) if joint else None
    if far is None or far[0] is not make:
        c.i = start
        return None
    if joint in ("or", "/"):
        raise BadDate(
            '"{joint}" leaves open which of two days is meant.',
            "Write the later one alone, such as 2021-06-30.",
            joint=joint,
        )
    return far[1]


def _part_with_year(c: Cursor) -> Reading | None:
    """Q2/2022 and H1-2022, in which the lexer joins the numbers."""
    token, after = c.peek(), c.peek(1)
    if token.text not in ("q", "h") or not re.fullmatch("[0-9][-/][0-9]{4}", after.text):
        return None
    c.i += 2
    make = p.quarter if token.text == "q" else p.half
    return Reading(make(int(after.text[2:]), int(after.text[0])))


def _which_part(c: Cursor) -> tuple[Callable[..., Period], int] | None:
    token, after = c.peek(), c.peek(1)
    if token.text in ("q", "h") and after.kind == "number" and after.glued:
        c.i += 2
        return p.quarter if token.text == "q" else p.half, int(after.text)
    if token.kind == "number" and after.text in ("q", "h") and after.glued:
        c.i += 2
        return p.quarter if after.text == "q" else p.half, int(token.text)
    c.take("the")
    last = c.take("final", "last")
    index = 0 if last else ordinal(c)
    unit = c.take("quarter", "half")
    if index is None or not unit or (last == "last" and c.peek().text != "of"):
        return None  # the last quarter is the one before this
    return (p.quarter, index or 4) if unit == "quarter" else (p.half, index or 2)


def ordinal(c: Cursor) -> int | None:
    token, after = c.peek(), c.peek(1)
    if token.text in ORDINALS:
        c.i += 1
        return ORDINALS[token.text]
    if token.text in ("twenty", "thirty"):
        joined = after.text == "-"
        ones = ORDINALS.get(c.peek(1 + joined).text, 10)
        c.i += 2 + joined if ones < 10 else 0
        return ENGLISH[token.text] + ones if ones < 10 else None
    if token.kind == "number" and after.glued and after.text in _ORDINAL_ENDS:
        c.i += 2
        return int(token.text)
    return None


def fiscal(c: Cursor, setting: Setting) -> Reading | None:
    found = _fiscal_number(c, setting)
    return None if found is None else Reading(p.fiscal_year(*found))


def _fiscal_number(c: Cursor, setting: Setting) -> tuple[int, int] | None:
    """A fiscal year by its number, and the month in which it starts: FY24, FY 2023-24 (UK)."""
    c.take("the")
    country = c.take("us", "uk")
    spanning = setting.fiscal_year_start > 1 and _SPAN.fullmatch(c.peek().text)
    if not c.take(*en.FISCAL) and not (spanning and c.peek(1).text not in _OTHER_YEARS):
        return None
    c.take("'")
    token, spans = c.peek(), ""
    if token.kind == "number" and len(token.text) in (2, 4):
        number = int(token.text) + (2000 if len(token.text) == 2 else 0)
    elif token.kind == "numeric" and token.text.count("-") + token.text.count("/") == 1:
        near, far = (int(year) % 100 for year in token.text.replace("/", "-").split("-"))
        if (near + 1) % 100 != far:
            raise BadDate(
                '"{text}" is no fiscal year.', "Write FY 2024 or FY 2023-24.", text=token.text
            )
        spans = token.text
        number = int(token.text.replace("/", "-").split("-")[0]) + 1
        number += 2000 if number < 100 else 0
    else:
        return None
    c.i += 1
    country = {"(us)": "us", "(uk)": "uk"}.get(c.take("(us)", "(uk)"), country)
    start = {"us": 10, "uk": 4}.get(country, setting.fiscal_year_start)
    if spans and start == 1:
        raise BadDate(
            '"{spans}" spans two years, and the fiscal year is set to start in January.',
            "Set fiscal-year-start, or write FY 2023-24 (UK).",
            spans=spans,
        )
    return number, start


def dated(c: Cursor, setting: Setting) -> Reading | None:
    """A month, with its day and year where given, in any order in which they are written."""
    weekday = en.WEEKDAYS.get(c.peek().text)
    if weekday is not None:
        c.i += 1
        c.take(",", ".")
        if c.peek().kind == "numeric":
            day = digits(c, setting)
            return check_weekday(day, weekday) if day is not None else None
    the = c.take("the")
    year_first = c.number() if len(c.peek().text) == 4 and c.peek().kind == "number" else None
    c.take("-", ",") if year_first is not None else ""
    dom = _dom(c)
    c.take("of", "-", "/") if dom is not None else ""
    month = en.MONTHS.get(c.peek().text)
    if month is None:
        if weekday is None or dom is None or c.peek(-1).text not in _ORDINAL_ENDS:
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
        raise BadDate(
            '"{month}-{bare}" may be a day of {month2} or the year 20{bare:0>2}.',
            "Write {month2} {dom} or {month2} 20{bare:0>2}.",
            month=month[:3],
            bare=bare,
            month2=month,
            dom=dom,
        )
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
    return in_year(joined_year(c, setting, ","), lambda y: holiday(key, y), setting)


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
