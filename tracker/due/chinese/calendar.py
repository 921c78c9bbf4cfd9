"""Chinese names of years and of what lies in them: 2021年底, 三季度, 4月中旬, “十四五”末."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from msgspec.structs import replace

from tracker.due import period as p
from tracker.due.chinese import words as zh
from tracker.due.chinese.names import holiday_in
from tracker.due.chinese.suffixes import middle, no_day, suffix
from tracker.due.lexer import Cursor
from tracker.due.numerals import read_han
from tracker.due.period import Period, Setting
from tracker.due.reading import NO_DATE, Reading, check_weekday, first_of, in_year, on
from tracker.errors import BadDate

_TWO_DIGITS_BACK, _TWO_DIGITS_AHEAD = 15, 45
_BY_RANK = frozenset("十百廿卅两")
_NEAR = {"今": 0, "本": 0, "明": 1, "后": 2, "去": -1}


def dated(c: Cursor, setting: Setting) -> Reading | None:
    start = c.i
    number = _year(c, setting)
    if number is None:
        c.i = start
        return _in_year(c, None, setting)
    after = c.i
    c.take("的", ",")
    inner = _in_year(c, number, setting)
    if inner is None:
        c.i = after
    return inner or _whole_year(c, number, setting)


def _year(c: Cursor, setting: Setting) -> int | None:
    """A year: 2021年, 二〇二一年, 21年 before what makes it one, 今年; 年 and 年度 are taken."""
    said = c.take(*zh.YEARS)
    if said:
        c.take("度", "全年")
        return setting.anchor.year + zh.YEARS[said]
    if c.peek(1).text == "(" and (said := c.take(*_NEAR)):
        return _year_in_brackets(c, setting.anchor.year + _NEAR[said])
    if era := c.take(*zh.ERAS):  # 116年 or 元年; its fiscal years (年度) are none of ours
        number = 1 if c.take("元") else c.number()
        is_year = number and not c.take("年度") and c.take("年")
        return zh.ERAS[era] + number if is_year and number else None
    return _year_in_digits(c, setting)


def _year_in_digits(c: Cursor, setting: Setting) -> int | None:
    token, after = c.peek(), c.peek(1)
    if token.kind == "number" and len(token.text) == 4 and after.glued and _parts_a_year(c):
        return c.number()
    positional = {"number": (2, 3, 4, 5), "han": (2, 4, 5)}.get(token.kind, ())
    if after.text != "年" or len(token.text) not in positional or set(token.text) & _BY_RANK:
        return None
    number = int(token.text) if token.kind == "number" else read_han(token.text)
    c.i += 1
    c.take("年度", "年")
    if number is None or len(token.text) > 3:
        return number
    return _in_century(number, token.text, setting) if _makes_year(c) else None


def _parts_a_year(c: Cursor) -> bool:
    """Whether the next token begins a half or a quarter: 2021Q2, 2021上半年, 2021三季度."""
    after, then = c.peek(1), c.peek(2)
    if after.text in ("上", "下"):
        return then.text == "半"
    return after.text in ("q", "h", "第") or (after.kind == "han" and then.text == "季")


def _year_in_brackets(c: Cursor, year: int) -> int | None:
    """今（115）年: the year, where the number beside it is its own."""
    c.take("(")
    number = c.number()
    own = number in (year, year - 2000, year - zh.ERAS["民国"])
    return year if own and c.take(")") and c.take("年度", "年") else None


def _in_century(number: int, said: str, setting: Setting) -> int:
    """The year that two digits mean, as long as only one can be meant; three count from 1912."""
    year = (zh.ERAS["民国"] if len(said) == 3 else 2000) + number
    if not -_TWO_DIGITS_BACK <= year - setting.anchor.year <= _TWO_DIGITS_AHEAD:
        if len(said) == 3:
            raise BadDate('"{said}年" is not understood as a year.', p.EXAMPLE, said=said)
        sentence = '"{said}年" may be {year} or {year2}.'
        hint = "Write {year}年底 or {year2}年底."
        raise BadDate(sentence, hint, said=said, year=year - 100, year2=year)
    return year


def slashed(c: Cursor, setting: Setting) -> Reading | None:
    """A date of the Republic in digits: 115/06/30."""
    parts = re.fullmatch(r"([0-9]{3})([/.])([0-9]{2})\2([0-9]{2})", c.peek().text)
    if parts is None:
        return None
    year = _in_century(int(parts[1]), parts[1], setting)
    c.i += 1
    return on(p.day(year, int(parts[3]), int(parts[4])))


def _makes_year(c: Cursor) -> bool:
    """Whether what follows 21年 leaves no doubt that it is 2021, and not a length of time."""
    here, after = c.peek(), c.peek(1)
    return (
        here.text in (*zh.LAST, "第", "年")
        or (here.text in ("上", "下") and after.text == "半")
        or (here.kind in ("number", "han") and after.text in ("月", "季"))
    )


def _in_year(c: Cursor, number: int | None, setting: Setting) -> Reading | None:
    start = c.i
    for rule in (_month, _quarter, _half, _week, _between, holiday_in):
        if (reading := rule(c, number, setting)) is not None:
            return reading
        c.i = start
    return None


def _whole_year(c: Cursor, number: int, _setting: Setting) -> Reading:
    if c.take(*zh.SEASONS):
        return NO_DATE
    whole = p.year(number)
    if suffix(c, *zh.LAST, "年内"):
        return on(whole)
    if suffix(c, "年初", "初"):
        return Reading(whole, unclear=no_day("年初"))
    if c.take("年中") or middle(c, "中"):
        return on(p.half(number, 1))
    return Reading(whole)


def _half(c: Cursor, number: int | None, setting: Setting) -> Reading | None:
    half = zh.HALVES.get(c.take(*zh.HALVES))
    if half is None:
        half = c.number() if c.take("h") and c.peek().glued else None
    if half is None:
        return None
    return _ended(c, in_year(number, lambda y: p.half(y, half), setting))


def _week(c: Cursor, number: int | None, _setting: Setting) -> Reading | None:
    """A week by its number, ISO 8601: 2021年第26周; without its year it may be one of a term."""
    c.take("第")
    which = c.number()
    if number is None or which is None or not c.take(*zh.WEEKS) or not 0 < which < 54:
        return None
    return Reading(p.iso_week(number, which))


def _ended(c: Cursor, part: Reading) -> Reading:
    """A quarter or a half, and what may follow it: 底 is its last day, 初 none at all."""
    if suffix(c, "初"):
        return replace(part, unclear=no_day("初"))
    return replace(part, sharp=bool(suffix(c, "底", "末")))


def _quarter(c: Cursor, number: int | None, setting: Setting) -> Reading | None:
    if c.take("前三季度", "前3季度"):
        return in_year(number, lambda y: replace(p.quarter(y, 3), first=date(y, 1, 1)), setting)
    latin = c.take("q")
    if not latin:
        c.take("第")
    which = c.number()
    short = ""
    if which is None or not (latin or c.take("季度") or (short := suffix(c, "季"))):
        return None
    reading = in_year(number, lambda y: p.quarter(y, which), setting)
    # In running text 第3季 alone is rather a season of a series.
    ended = _ended(c, reading)
    return replace(ended, plain=bool(short) and number is None and not ended.sharp)


def _between(c: Cursor, number: int | None, setting: Setting) -> Reading | None:
    """1-6月, 2021-2025年, 今年三、四季度: to the last day of the second."""
    near = c.number()
    # Without a year before it, 2、6月 is June of an item number 2.
    if near is None or not c.take("-", "至", "到", "~", *(() if number is None else ("、",))):
        return None
    far = c.number()
    if far is None or far < near:
        return None
    if number is None and near >= 1000 and c.take("年"):
        return Reading(replace(p.year(far), first=p.year(near).first))
    make = p.month if c.take(*zh.MONTHS) else p.quarter if c.take("季度") else None
    if make is None:
        return None
    return in_year(number, lambda y: replace(make(y, far), first=make(y, near).first), setting)


def _month(c: Cursor, number: int | None, setting: Setting) -> Reading | None:
    first = 1 if c.take("元月份", "元月") else None
    which = first or c.number()
    if which is None or not (first or c.take(*zh.MONTHS)):
        return None
    return in_month(c, lambda make: in_year(number, lambda y: make(y, which), setting))


_Place = Callable[[Callable[[int, int], Period]], Reading]
"""What makes a reading of what is told within a month: it knows the month and the year."""


def in_month(c: Cursor, place: _Place) -> Reading:
    """What may follow a month: a third of it, a day, a weekday, its end."""
    inner = first_of(c, place, _third, _day_of_month, _week_of_month, _edge)
    return place(p.month) if inner is None else inner


def _third(c: Cursor, place: _Place) -> Reading | None:
    third = c.take(*zh.THIRDS)
    if not third:
        return None
    suffix(c, "底", "末")
    return replace(place(lambda y, m: p.ten_days(y, m, zh.THIRDS[third])), sharp=True)


def _day_of_month(c: Cursor, place: _Place) -> Reading | None:
    days = _days(c)
    if days is None or not c.take("日", "号"):
        return None
    near, far = days
    reading = replace(place(lambda y, m: p.day(y, m, far)), sharp=True)
    if near < far and reading.period is not None:
        span = replace(reading.period, first=reading.period.last.replace(day=near))
        reading = replace(reading, period=span)
    return _weekday_beside(c, reading)


def _days(c: Cursor) -> tuple[int, int] | None:
    """One day of a month, or the first and the last of some: 15-16日, 15至16日."""
    token = c.peek()
    if token.kind == "numeric" and re.fullmatch("[0-9]{1,2}-[0-9]{1,2}", token.text):
        c.i += 1
        near, far = (int(part) for part in token.text.split("-"))
    else:
        one = c.number()
        other = c.number() if one is not None and c.take("至", "到", "~", "、") else one
        if one is None or other is None:
            return None
        near, far = one, other
    return (near, far) if 0 < near <= far else None


def _edge(c: Cursor, place: _Place) -> Reading | None:
    if suffix(c, "月底", "月末", "底", "末"):
        return replace(place(p.month), sharp=True)
    if suffix(c, "初"):
        return replace(place(p.month), unclear=no_day("月初"))
    return replace(place(p.month), unclear=no_day("月中")) if middle(c, "中") else None


def _week_of_month(c: Cursor, place: _Place) -> Reading | None:
    """9月第三个周五, 8月的最后一个星期五; 8月第二周 names no day."""
    if c.peek().text not in ("的", "第", "最"):
        return None
    c.take("的")
    nth = -1 if c.take("最后一个", "最后一") else c.number() if c.take("第") else None
    c.take("个")
    if nth is None or not c.take(*zh.WEEKS):
        return None
    weekday = zh.WEEKDAYS.find(c.peek().text.replace("天", "日")) if len(c.peek().text) == 1 else -1
    if weekday < 0:
        return replace(place(p.month), unclear=no_day("最后一周" if nth < 0 else f"第{nth}周"))
    c.i += 1
    if nth == 5:
        refusal = BadDate("Not every month has a fifth one.", p.EXAMPLE)
        return replace(place(p.month), unclear=refusal)
    return replace(place(lambda y, m: p.nth_weekday(y, m, nth, weekday)), sharp=True)


def _weekday_beside(c: Cursor, reading: Reading) -> Reading:
    """6月30日(星期三)."""
    start = c.i
    if c.take("(") and c.take(*zh.WEEKS) and c.peek(1).text == ")":
        weekday = zh.WEEKDAYS.find(c.peek().text.replace("天", "日"))
        c.i += 2
        reading = check_weekday(reading, weekday) if weekday >= 0 else reading
    else:
        c.i = start
    c.take("(含当日)", "(含当天)", "(含本日)", "(含)")
    return reading
