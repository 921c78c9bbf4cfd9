"""Chinese phrases that are told from the anchor: 两周内, 下周五, 本月底, 年底, 本财年末."""

from __future__ import annotations

from msgspec.structs import replace

from tracker.due import period as p
from tracker.due.chinese import words as zh
from tracker.due.chinese.calendar import dated, in_month
from tracker.due.chinese.suffixes import middle, no_day, suffix
from tracker.due.lexer import Cursor
from tracker.due.numerals import is_by_place
from tracker.due.period import Setting
from tracker.due.reading import Reading, check_weekday, first_of, on, passed, working_days
from tracker.errors import BadDate


def offset(c: Cursor, setting: Setting) -> Reading | None:
    """So long from the anchor: 两周内, 半年内, 自本通知印发之日起30日内."""
    c.take("自", "从")
    if not c.take("即日起") and not _issued(c):
        return None
    c.take(*zh.FROM_NOW)
    most = c.take(*zh.AT_MOST)
    found = length(c)
    if found is None:
        return None
    number, unit = found
    if unit == "working":
        c.take(*zh.WITHIN)
        return working_days("14天内")
    limit = suffix(c, *zh.WITHIN) or suffix(c, *zh.LATER) or most
    if limit:
        return replace(on(p.single(p.shift(setting.anchor, number, unit))), limit=limit)
    if c.peek(-1).text == "日":  # 20日 is a day of the month
        return None
    refusal = BadDate("A length of time alone is no date.", "Say by when, as in 三个月内.")
    return Reading(None, plain=True, unclear=refusal)


def _issued(c: Cursor) -> bool:
    """Take the document's issue, 本通知印发之日起; False at the signing of some contract."""
    own = c.take("本")
    start = c.i
    document = c.take(*zh.DOCUMENTS)
    if document and not c.take(*zh.ISSUED):
        c.i, document = start, ""  # 公告 is the issue itself: 自公告之日起
    if c.i == start and not c.take(*zh.ISSUED):
        return True
    c.take("之日起", "之日", "后")
    c.take(",", "的")
    return bool(own) or document not in zh.CONTRACTS


def length(c: Cursor) -> tuple[int, str] | None:
    """A number and a unit of time: 30日, 半年, 一个半月; "working" for 工作日."""
    said = c.take("半个月", "半年")
    if said:
        return (1, "half-month") if said == "半个月" else (6, "month")
    several = c.peek()
    if several.kind == "han" and 1 < len(several.text) < 4 and is_by_place(several.text):
        c.i += 1
        if c.take(*zh.UNITS):
            sentence = '"{text}" may be one number or the other.'
            raise BadDate(sentence, "Write one of them, as in 3天内.", text=several.text)
        return None
    number = c.number()
    unit = zh.UNITS.get(c.take(*zh.UNITS)) if number is not None else None
    return None if number is None or unit is None else _in_days_or_months(c, number, unit)


def _in_days_or_months(c: Cursor, number: int, unit: str) -> tuple[int, str] | None:
    if unit == "year" and c.take("半"):
        return 12 * number + 6, "month"
    if unit == "half-month":
        return 2 * number + 1, unit
    if unit == "hour":
        # A deadline is a day; half of one is none.
        return (number // 24, "day") if number and number % 24 == 0 else None
    return (3 * number, "month") if unit == "quarter" else (number, unit)


def day(c: Cursor, setting: Setting) -> Reading | None:
    said = c.take(*zh.DAYS)
    if said:
        return on(p.current("day", zh.DAYS[said], setting))
    said = c.take(*zh.NIGHTS)
    return replace(on(p.current("day", zh.NIGHTS[said], setting)), plain=True) if said else None


def near(c: Cursor, setting: Setting) -> Reading | None:
    """Weeks, months and quarters told from the anchor: 下周五, 本月底, 下季度."""
    if c.take(zh.TWO_YEARS):
        two = p.current("year", 1, setting)
        return Reading(replace(two, first=p.current("year", 0, setting).first))
    said = c.take(*zh.AHEAD)
    ahead = zh.AHEAD.get(said)
    if c.take(*zh.WEEKS):
        return _weekday(c, said, ahead, setting)
    if ahead is None:
        return None
    to = p.current("month", ahead, setting).first
    start = c.i
    if c.take("(") and c.number() == to.month and c.take(")") and c.peek().text == "月":
        start = c.i  # 本（8）月31日前
    c.i = start
    if c.take(*zh.MONTHS):
        return in_month(c, lambda make: Reading(make(to.year, to.month)))
    if c.take("季度", "季"):
        return Reading(p.current("quarter", ahead, setting), sharp=bool(suffix(c, "底", "末")))
    return None


def _weekday(c: Cursor, said: str, ahead: int | None, setting: Setting) -> Reading | None:
    here = p.current("week", ahead or 0, setting)
    if suffix(c, "末"):
        return Reading(replace(here, first=p.shift(here.last, -1, "day")), plain=ahead is None)
    if suffix(c, "内", "底"):
        return on(here)
    name = c.peek().text
    index = zh.WEEKDAYS.find(name.replace("天", "日")) if name else -1
    if index < 0 or len(name) > 1:
        return None if ahead is None else Reading(here)
    c.i += 1
    if (dated_too := _in_brackets(c, index, setting)) is not None:
        return dated_too
    if ahead is None:
        days = (index - setting.anchor.weekday()) % 7
        return replace(on(p.current("day", days, setting)), plain=True)
    named = on(p.single(p.shift(here.first, index, "day")))
    return passed(named, f"{said}周{name}", setting) if ahead == 0 else named


def _in_brackets(c: Cursor, weekday: int, setting: Setting) -> Reading | None:
    """The date of a weekday beside it: 周五(4月17日), 周三(22日)."""
    start = c.i
    inner = first_of(c, setting, dated, bare) if c.take("(") else None
    if inner is None or inner.period is None or not c.take(")"):
        c.i = start
        return None
    try:
        return replace(check_weekday(inner, weekday), plain=False)
    except BadDate as refusal:
        return Reading(None, unclear=refusal)


def fiscal(c: Cursor, setting: Setting) -> Reading | None:
    """A fiscal year, named by the year in which it ends: 2024财年, 本财年末."""
    token = c.peek()
    if token.kind == "number":
        number = c.number() if len(token.text) == 4 else None
        if number is None or not c.take(*zh.FISCAL):
            return None
        start = c.i
        c.take("第")
        if (which := c.number()) is not None and c.take("季度"):  # 2024财年三季度
            return Reading(p.quarter(number, which, setting.fiscal_year_start))
        c.i = start
        period = p.fiscal_year(number, setting.fiscal_year_start)
    else:
        ahead = zh.AHEAD.get(c.take(*zh.AHEAD), 0)
        if not c.take(*zh.FISCAL):
            return None
        period = p.current("fiscal-year", ahead, setting)
    return Reading(period, sharp=bool(suffix(c, "底", "末")))


def bare(c: Cursor, setting: Setting) -> Reading | None:
    """An end or a day without its period, and the anchor's is meant: 年底, 月底, 20日."""
    end = suffix(c, *zh.ENDS)
    if end:
        return on(p.current(zh.ENDS[end], 0, setting))
    if middle(c, "年中"):
        return on(p.half(setting.anchor.year, 1))
    vague = suffix(c, "年初", "月初", "月中")
    if vague:
        return Reading(None, plain=True, unclear=no_day(vague))
    dom = c.number()
    if dom is None or not c.take("日", "号"):
        return None
    return Reading(p.next_dom(dom, setting), assumed="month", sharp=True, plain=True)
