"""The Chinese half of the grammar; the docstring of `tracker.due` has it written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec.structs import replace

from tracker.due import period as p
from tracker.due.holidays import BARE_NUMBERS, FIXED, MOVING, holiday
from tracker.due.lexer import Cursor
from tracker.due.numerals import read_han
from tracker.due.period import Period, Setting
from tracker.due.reading import (
    NO_DATE,
    Reading,
    check_weekday,
    digits,
    first_of,
    in_year,
    on,
    passed,
    working_days,
)
from tracker.errors import BadDate

_LEADS = (
    "截止到 截止至 截至到 截止 截至 不晚于 不迟于 最晚于 最迟于 最晚 最迟 直到 直至 到 至 于 在"
).split()
_BEFORE = ("之前", "以前", "前")
_WITHIN = ("之内", "以内", "内")
_LATER = ("之后", "以后", "后")
_LAST = ("年底", "年末", "年终", "底", "末", "终")
_QUOTES = frozenset("“”\"'‘’「」『』")
_YEARS = {
    "今年": 0, "本年度": 0, "本年": 0, "这一年": 0, "明年": 1, "来年": 1, "下一年度": 1, "下一年": 1,
    "下年度": 1, "后年": 2, "大后年": 3, "去年": -1, "上一年": -1, "上年": -1, "前年": -2,
}  # fmt: skip
_AHEAD = {
    "下下个": 2, "下下": 2, "下一个": 1, "下一": 1, "下个": 1, "下": 1, "本": 0, "这个": 0, "这": 0,
    "上一个": -1, "上个": -1, "上": -1,
}  # fmt: skip
_DAYS = {
    "今天": 0, "今日": 0, "本日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3, "昨天": -1,
    "昨日": -1, "前天": -2,
}  # fmt: skip
_UNITS = {
    "工作日": "working", "个工作日": "working", "自然日": "day", "个自然日": "day", "日": "day",
    "天": "day", "周": "week", "个周": "week", "个星期": "week", "星期": "week", "个礼拜": "week",
    "礼拜": "week", "个月": "month", "个季度": "quarter", "周年": "year", "年": "year",
}  # fmt: skip
_THIRDS = {"上旬": 1, "上中旬": 2, "中旬": 2, "中下旬": 3, "下旬": 3}
_WEEKDAYS = "一二三四五六日"
_SEASONS = ("春季", "夏季", "秋季", "冬季", "春天", "夏天", "秋天", "冬天")
_NO_DATE = (
    "未来几年 今后几年 未来若干年 未来一段时期 今后一个时期 未来一个时期 近几年 近期 近年 远期 "
    "中长期 中期 长期坚持 长期任务 长期 短期 常态化 持续推进 持续 尽快 尽早 适时 早日 待定 未定 "
    "无期限 无 分阶段 本世纪中叶"
).split()
_DOCUMENTS = "通知 意见 方案 办法 规定 决定 计划 规划 公告 通告 条例 要点 清单 文件 细则".split()
_ISSUED = "发布 公布 印发 下发 签发 颁布 发文 公告".split()

# What may not follow a suffix, for with it another word begins: 今年内蒙古, 2021年前三季度.
_WORDS_FROM = {
    "内": "蒙部容外需地陆涵存在河江",
    "前": "后期半述沿几所往来景瞻端提列进线任三两五六七八九十一二四0123456789",
    "初": "步次始中级衷心",
    "底": "层部气线色数",
    "末": "端梢",
    "后": "续来期备勤台",
}


def read(c: Cursor, setting: Setting) -> Reading | None:
    lead = c.take(*_LEADS)
    reading = _body(c, setting)
    if reading is None:
        return None
    reading = _range(c, reading, setting)
    return reading if reading.limit else _limited(c, reading, lead)


def _body(c: Cursor, setting: Setting) -> Reading | None:
    return first_of(c, setting, _no_date, _plan, _dated, _offset, _near, digits, _bare)


def _suffix(c: Cursor, *suffixes: str) -> str:
    """Take a suffix, unless its last character begins a word of its own."""
    start = c.i
    taken = c.take(*suffixes)
    following = c.peek()
    if taken and following.glued and following.text[:1] in _WORDS_FROM.get(taken[-1], ""):
        c.i = start
        return ""
    return taken


def _middle(c: Cursor, *wordings: str) -> bool:
    """中, where no other word can begin with it (2021年中国)."""
    start = c.i
    if c.take(*wordings) and (c.peek().text in ("前", "之", "以") or not _is_han(c.peek().text)):
        return True
    c.i = start
    return False


def _is_han(text: str) -> bool:
    return "\u4e00" <= text[:1] <= "\u9fff"


def _range(c: Cursor, near: Reading, setting: Setting) -> Reading:
    """From one period to another, 3月至5月: the last day of the second."""
    start = c.i
    if near.period is not None and not near.limit and c.take("至", "到", "-", "~"):
        far = _body(c, replace(setting, since=near.period.first))
        if far is not None and far.period is not None and far.period.last >= near.period.first:
            return replace(far, period=replace(far.period, first=near.period.first), assumed=near.assumed)
    c.i = start
    return near


def _limited(c: Cursor, reading: Reading, lead: str) -> Reading:
    c.take("期间")
    before = _suffix(c, *_BEFORE)
    if not before:
        return replace(reading, limit=_suffix(c, *_WITHIN) or c.take("为止", "止") or lead)
    if reading.sharp or reading.period is None or reading.unclear is not None:
        return replace(reading, limit=before)
    within, without = reading.period.last, p.eve(reading.period.first)
    refusal = BadDate(
        f"What stands before {before} may be included or not: {within} or {without}.",
        f"Write one of these days, or put 底 before {before}.",
    )
    return replace(reading, limit=before, unclear=refusal)


def _no_day(said: str) -> BadDate:
    return BadDate(f'"{said}" names no day.', "Write the day itself, such as 6月15日前.")


def _no_date(c: Cursor, _setting: Setting) -> Reading | None:
    if c.take(*_NO_DATE) or c.take(*_SEASONS):
        return NO_DATE
    if c.take("未来", "今后") and c.number() is not None and c.take("个月", "年"):
        return None if c.peek().text in ("内", "之", "以") else NO_DATE
    return None


# -- years and what lies in them ------------------------------------------------------------


def _year(c: Cursor, setting: Setting) -> int | None:
    """A year: 2021年, 二〇二一年, 21年 before what makes it one, 今年; 年 and 年度 are taken."""
    said = c.take(*_YEARS)
    if said:
        c.take("度")
        return setting.anchor.year + _YEARS[said]
    token, after = c.peek(), c.peek(1)
    if token.kind == "number" and len(token.text) == 4 and after.glued and after.text in ("q", "h"):
        return c.number()
    if after.text != "年" or not _is_positional(token.kind, token.text):
        return None
    number = c.number()
    c.take("年度", "年")
    if number is None or len(token.text) > 2:
        return number
    return 2000 + number if _makes_year(c) else None


def _is_positional(kind: str, text: str) -> bool:
    if kind == "han" and any(h in "十百廿卅两" for h in text):
        return False
    return kind in ("number", "han") and len(text) in (2, 4, 5)


def _makes_year(c: Cursor) -> bool:
    """Whether what follows 21年 leaves no doubt that it is 2021, and not a length of time."""
    here, after = c.peek(), c.peek(1)
    return (
        here.text in (*_LAST, "第", "年")
        or (here.text in ("上", "下") and after.text == "半")
        or (here.kind in ("number", "han") and after.text in ("月", "季"))
    )


def _dated(c: Cursor, setting: Setting) -> Reading | None:
    start = c.i
    number = _year(c, setting)
    if number is None:
        c.i = start
        return _in_year(c, None, setting)
    c.take("的")
    inner = _in_year(c, number, setting)
    return inner if inner is not None else _whole_year(c, number, setting)


def _in_year(c: Cursor, number: int | None, setting: Setting) -> Reading | None:
    start = c.i
    for rule in (_month, _quarter, _half, _between, _holiday):
        reading = rule(c, number, setting)
        if reading is not None:
            return reading
        c.i = start
    return None


def _whole_year(c: Cursor, number: int, _setting: Setting) -> Reading:
    if c.take(*_SEASONS):
        return NO_DATE
    whole = p.year(number)
    if _suffix(c, *_LAST, "年内"):
        return on(whole)
    if _suffix(c, "年初", "初"):
        return Reading(whole, unclear=_no_day("年初"))
    if _middle(c, "年中", "中"):
        return on(p.half(number, 1))
    return Reading(whole)


def _half(c: Cursor, number: int | None, setting: Setting) -> Reading | None:
    said = c.take("上半年", "下半年", "前半年", "后半年")
    if said:
        which: int | None = 1 if said[0] in "上前" else 2
    else:
        which = c.number() if c.take("h") and c.peek().glued else None
    if which is None:
        return None
    half = which
    reading = in_year(number, lambda y: p.half(y, half), setting)
    return replace(reading, sharp=bool(_suffix(c, "底", "末")))


def _quarter(c: Cursor, number: int | None, setting: Setting) -> Reading | None:
    if c.take("前三季度", "前3季度"):
        return in_year(number, lambda y: replace(p.quarter(y, 3), first=date(y, 1, 1)), setting)
    latin = c.take("q")
    if not latin:
        c.take("第")
    which = c.number()
    if which is None or not (latin or c.take("季度", "季")):
        return None
    reading = in_year(number, lambda y: p.quarter(y, which), setting)
    return replace(reading, sharp=bool(_suffix(c, "底", "末")))


def _between(c: Cursor, number: int | None, setting: Setting) -> Reading | None:
    """1-6月, 2021-2025年: to the last day of the second."""
    near = c.number()
    if near is None or not c.take("-", "至", "到", "~"):
        return None
    far = c.number()
    if far is None or far < near:
        return None
    if number is None and c.take("年"):
        return Reading(replace(p.year(far), first=p.year(near).first))
    make = p.month if c.take("月份", "月") else p.quarter if c.take("季度") else None
    if make is None:
        return None
    return in_year(number, lambda y: replace(make(y, far), first=make(y, near).first), setting)


def _month(c: Cursor, number: int | None, setting: Setting) -> Reading | None:
    which = c.number()
    if which is None or not c.take("月份", "月"):
        return None
    return _in_month(c, lambda make: in_year(number, lambda y: make(y, which), setting))


def _in_month(c: Cursor, place: Callable[[Callable[[int, int], Period]], Reading]) -> Reading:
    """What may follow a month: a third of it, a day, its end; `place` knows the month and year."""
    third = c.take(*_THIRDS)
    if third:
        reading = place(lambda y, m: p.ten_days(y, m, _THIRDS[third]))
        return replace(reading, sharp=bool(_suffix(c, "底", "末")))
    start = c.i
    dom = c.number()
    if dom is not None and c.take("日", "号"):
        return _weekday_beside(c, replace(place(lambda y, m: p.day(y, m, dom)), sharp=True))
    c.i = start
    whole = place(p.month)
    if _suffix(c, "月底", "月末", "底", "末"):
        return replace(whole, sharp=True)
    if _suffix(c, "初"):
        return replace(whole, unclear=_no_day("月初"))
    if _middle(c, "中"):
        return replace(whole, unclear=_no_day("月中"))
    return whole


def _weekday_beside(c: Cursor, reading: Reading) -> Reading:
    """6月30日(星期三), and 24时, which is the end of the day that is due anyway."""
    start = c.i
    if c.take("(") and c.take("星期", "周", "礼拜") and c.peek(1).text == ")":
        weekday = _WEEKDAYS.find(c.peek().text.replace("天", "日"))
        c.i += 2
        return check_weekday(reading, weekday) if weekday >= 0 else reading
    c.i = start
    c.take("24时", "24点")
    return reading


def _holiday(c: Cursor, number: int | None, setting: Setting) -> Reading | None:
    """A holiday, and with 前 its eve."""
    quoted = c.peek().text in _QUOTES
    c.i += quoted
    name = c.take(*MOVING, *FIXED, "除夕")
    if not _is_han(name):
        return None
    c.i += quoted and c.peek().text in _QUOTES
    said = c.take("节假期", "节", "假期", "长假")
    before = _suffix(c, "前夕", *_BEFORE)
    if name in BARE_NUMBERS and not (before or said or quoted):
        return None
    against = replace(setting, before=bool(before))
    reading = in_year(number, lambda y: p.single(holiday(name, y)), against)
    if not before or reading.period is None:
        return replace(reading, sharp=True, plain=True)
    return replace(reading, period=p.single(p.eve(reading.period.first)), limit=before, sharp=True)


# -- from the anchor --------------------------------------------------------------------------


def _offset(c: Cursor, setting: Setting) -> Reading | None:
    """So long from the anchor: 两周内, 半年内, 自本通知印发之日起30日内."""
    c.take("自", "从")
    c.take("本", "该")
    c.take(*_DOCUMENTS)
    if c.take(*_ISSUED):
        c.take("之日起", "之日", "后")
        c.take(",", "的")
    c.take("未来", "今后", "接下来")
    length = _length(c)
    if length is None:
        return None
    number, unit = length
    if unit == "working":
        c.take(*_WITHIN)
        return working_days("14天内")
    limit = _suffix(c, *_WITHIN) or _suffix(c, *_LATER)
    if limit:
        return replace(on(p.single(p.shift(setting.anchor, number, unit))), limit=limit)
    if unit == "day":  # 20日 is a day of the month
        return None
    refusal = BadDate("A length of time alone is no date.", "Say by when, as in 三个月内.")
    return Reading(None, plain=True, unclear=refusal)


def _length(c: Cursor) -> tuple[int, str] | None:
    said = c.take("半个月", "半年")
    if said:
        return (15, "day") if said == "半个月" else (6, "month")
    number = c.number()
    unit = _UNITS.get(c.take(*_UNIT_WORDS)) if number is not None else None
    if number is None or unit is None:
        return None
    if unit == "year" and c.take("半"):
        return 12 * number + 6, "month"
    return (3 * number, "month") if unit == "quarter" else (number, unit)


_UNIT_WORDS = sorted(_UNITS, key=len, reverse=True)


def _near(c: Cursor, setting: Setting) -> Reading | None:
    """Days, weeks, months and quarters told from the anchor: 明天, 下周五, 本月底, 下季度."""
    said = c.take(*_DAYS)
    if said:
        return on(p.current("day", _DAYS[said], setting))
    if c.take("今明两年"):
        two = p.current("year", 1, setting)
        return Reading(replace(two, first=p.current("year", 0, setting).first))
    said = c.take(*_AHEAD)
    ahead = _AHEAD.get(said)
    if c.take("周", "星期", "礼拜"):
        return _weekday(c, said, ahead, setting)
    if ahead is None:
        return None
    if c.take("月份", "月"):
        to = p.current("month", ahead, setting).first
        return _in_month(c, lambda make: Reading(make(to.year, to.month)))
    if c.take("季度", "季"):
        return Reading(p.current("quarter", ahead, setting), sharp=bool(_suffix(c, "底", "末")))
    return None


def _weekday(c: Cursor, said: str, ahead: int | None, setting: Setting) -> Reading | None:
    here = p.current("week", ahead or 0, setting)
    if _suffix(c, "末", "内", "底"):
        return on(here)
    name = c.peek().text
    index = _WEEKDAYS.find(name.replace("天", "日")) if name else -1
    if index < 0 or len(name) > 1:
        return None if ahead is None else Reading(here)
    c.i += 1
    if ahead is None:
        days = (index - setting.anchor.weekday()) % 7
        return replace(on(p.current("day", days, setting)), plain=True)
    day = on(p.single(p.shift(here.first, index, "day")))
    return passed(day, f"{said}周{name}", setting) if ahead == 0 else day


def _bare(c: Cursor, setting: Setting) -> Reading | None:
    """An end without its period, the anchor's being meant: 年底, 月底; or a day without its month."""
    if _suffix(c, "年底", "年末", "年终", "岁末", "年内"):
        return on(p.current("year", 0, setting))
    if _suffix(c, "月底", "月末", "月内"):
        return on(p.current("month", 0, setting))
    if _suffix(c, "季度末", "季度底", "季度内", "季末"):
        return on(p.current("quarter", 0, setting))
    if _middle(c, "年中"):
        return on(p.half(setting.anchor.year, 1))
    vague = _suffix(c, "年初", "月初", "月中")
    if vague:
        return Reading(None, plain=True, unclear=_no_day(vague))
    dom = c.number()
    if dom is None or not c.take("日", "号"):
        return None
    return Reading(p.next_dom(dom, setting), assumed="month", sharp=True, plain=True)


# -- five-year plans --------------------------------------------------------------------------


def _plan(c: Cursor, _setting: Setting) -> Reading | None:
    """A five-year plan by its number: “十四五”末."""
    quoted = c.peek().text in _QUOTES
    c.i += quoted
    number = _plan_number(c)
    if number is None:
        return None
    c.i += c.peek().text in _QUOTES
    c.take("五年规划", "规划", "计划")
    closed = c.take(*_PLAN_ENDS)
    c.take("末", "内")
    if number == 10 and not (closed or quoted):
        return None
    return Reading(
        p.five_year_plan(number), sharp=closed.endswith(("末", "末期", "收官")), plain=not closed
    )


_PLAN_ENDS = "期间内 期间 时期末 时期内 时期 期末 末期 期内 期 末 内 收官".split()


def _plan_number(c: Cursor) -> int | None:
    text = c.peek().text
    if c.peek().kind != "han" or len(text) < 2 or not text.endswith("五") or text[0] == "五":
        return None
    number = read_han(text[:-1])
    if number is None or number < 10:
        return None
    c.i += 1
    return number
