"""Chinese names of days and periods: 国庆节前, “十四五”末."""

from __future__ import annotations

import re

from msgspec.structs import replace

from tracker.due import period as p
from tracker.due.chinese import words as zh
from tracker.due.chinese.suffixes import before_an_act, is_han, suffix
from tracker.due.holidays import BARE_NUMBERS, FIXED, FROM_EASTER, MOVING, holiday
from tracker.due.lexer import Cursor
from tracker.due.numerals import read_han
from tracker.due.period import Setting
from tracker.due.reading import Reading, in_year
from tracker.errors import BadDate

_HOLIDAYS_LAST = BadDate(
    "How long the holidays last is not the same every year.", "Write the day itself, or 国庆节前."
)


_NAMES = (*MOVING, *FIXED, *FROM_EASTER, "除夕")


def holiday_in(c: Cursor, number: int | None, setting: Setting) -> Reading | None:
    """A holiday, and with 前 its eve."""
    quoted = c.peek().text in zh.QUOTES
    c.i += quoted
    name = c.take(*_NAMES) or (c.take(*zh.LUNAR) and c.take(*_NAMES))
    if not is_han(name):
        return None
    c.i += quoted and c.peek().text in zh.QUOTES
    if name in BARE_NUMBERS:
        c.take(*zh.HOLIDAY_KINDS)
    said = c.take(*zh.HOLIDAY_WORDS)
    if said in ("", "节") and (other := _another(c)):
        return Reading(None, limit=suffix(c, "前夕", *zh.BEFORE), unclear=_which(name, other))
    during = c.take("期间") or (said if said.endswith(("假期", "长假")) else "")
    before = suffix(c, "前夕", *zh.BEFORE)
    if name in BARE_NUMBERS and not (before or said or quoted):
        return None
    against = replace(setting, before=bool(before))
    reading = in_year(number, lambda y: holiday(name, y), against)
    if during and not before:
        return replace(reading, plain=True, unclear=_HOLIDAYS_LAST)
    if not before or reading.period is None:
        # In running text 2014年春节 is rather a time than a day.
        is_time = number is None or name in MOVING or bool(said and said != "节")
        return replace(reading, sharp=True, plain=is_time)
    return replace(reading, period=p.single(p.eve(reading.period.first)), limit=before, sharp=True)


def _another(c: Cursor) -> str:
    """A second holiday beside the first: 中秋国庆前, 元旦、春节前."""
    start = c.i
    c.take("、", "和", "及", "与")
    other = c.take(*_NAMES)
    if is_han(other) and other not in BARE_NUMBERS:
        c.take("节")
        return other
    c.i = start
    return ""


def _which(one: str, other: str) -> BadDate:
    return BadDate(
        "{one} and {other} are two days.", "Write the later one alone.", one=one, other=other
    )


def plan(c: Cursor, _setting: Setting) -> Reading | None:
    """A five-year plan by its number: “十四五”末."""
    quoted = c.peek().text in zh.QUOTES
    c.i += quoted
    number = _plan_number(c)
    if number is None:
        return None
    c.i += c.peek().text in zh.QUOTES
    c.take("五年规划", "规划", "计划")
    closed = c.take(*zh.PLAN_ENDS)
    c.take("末", "内")
    if number == 10 and not (closed or quoted):
        return None
    return Reading(
        p.five_year_plan(number),
        sharp=closed.endswith(("末", "末期", "收官")),
        plain=not closed and not before_an_act(c),
    )


def _plan_number(c: Cursor) -> int | None:
    text = c.peek().text
    # 十四五 is the fourteenth; 四十五 and 二十五 are numbers.
    if c.peek().kind == "han" and re.fullmatch("十[一二三四五六七八九]?五", text):
        c.i += 1
        return read_han(text[:-1])
    start = c.i
    c.take("国民经济和社会发展")
    number = c.number() if c.take("第") else None
    if number is not None and c.take("个五年规划", "个五年计划", "个五年"):
        return number
    c.i = start
    return None
