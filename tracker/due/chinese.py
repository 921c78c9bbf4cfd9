"""The Chinese half of the grammar; `tracker.due` has it written down."""

from __future__ import annotations

from collections.abc import Callable

from tracker.due import period as p
from tracker.due.holidays import BARE_NUMBERS, FIXED, MOVING, holiday
from tracker.due.lexer import Cursor
from tracker.due.numerals import HAN, read_han
from tracker.due.period import Period, Setting
from tracker.due.reading import NO_DATE, Reading, compact, in_year, numeric
from tracker.errors import BadDate
from tracker.model import Precision

Made = Callable[[int], Period]

_LEADS = (
    "截止到 截止至 截至到 截止 截至 不晚于 不迟于 最晚于 最迟于 最晚 最迟 直到 直至 到 至 于 在"
).split()
_BEFORE = ("之前", "以前", "前")
_WITHIN = ("之内", "以内", "内")
_CLOSE = ("年底", "年末", "年终", "底", "末", "终")
_QUOTES = "“”\"'‘’「」『』"
_YEARS = {
    "今年": 0, "本年度": 0, "本年": 0, "这一年": 0, "明年": 1, "来年": 1, "下一年度": 1, "下一年": 1,
    "下年度": 1, "后年": 2, "大后年": 3, "去年": -1, "上一年": -1, "上年": -1, "前年": -2,
}  # fmt: skip
_AHEAD = {
    "下下个": 2, "下下": 2, "下一个": 1, "下一": 1, "下个": 1, "下": 1, "本": 0, "这个": 0, "这": 0,
    "上个": -1, "上": -1,
}  # fmt: skip
_DAYS = {
    "今天": 0, "今日": 0, "本日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3, "昨天": -1,
    "昨日": -1, "前天": -2,
}  # fmt: skip
_UNITS = {
    "工作日": "working day", "个工作日": "working day", "自然日": "day", "个自然日": "day",
    "日": "day", "天": "day", "周": "week", "个周": "week", "个星期": "week", "星期": "week",
    "个礼拜": "week", "礼拜": "week", "个月": "month", "周年": "year", "年": "year",
}  # fmt: skip
_NO_DATE = (
    "未来几年 今后几年 近几年 未来若干年 未来一段时期 今后一个时期 近期 近年 远期 中长期 中期 "
    "长期 短期 常态化 长期坚持 持续推进 持续 尽快 尽早 适时 待定 未定 无期限 无 早日 分阶段 "
    "本世纪中叶 长期任务"
).split()
_SEASONS = ("春季", "夏季", "秋季", "冬季", "春天", "夏天", "秋天", "冬天", "春", "夏", "秋", "冬")
_ISSUED = "发布 公布 印发 下发 签发 颁布 发文 公告 通知发布 通知印发 方案印发 意见印发".split()
_DOCUMENTS = "通知 意见 方案 办法 规定 决定 计划 规划 公告 通告 条例 要点 清单 文件 细则".split()

# What may not follow a suffix of one character, for it would begin another word: 今年内蒙古.
_WORDS_FROM = {
    "内": "蒙部容外需地陆涵存在河江",
    "前": "后期半述沿几所往来景瞻端提列进线夕者任三两五六七八九十一二四0123456789",
    "初": "步次始中级衷心",
    "底": "层部气线色数",
    "末": "端梢",
}


def read(c: Cursor, setting: Setting) -> Reading | None:
    lead = c.take(*_LEADS)
    start = c.i
    for rule in (_no_date, _plan, _offset, _holiday, _dated, _week, _day_or_bare):
        c.i = start
        reading = rule(c, setting)
        if reading is not None:
            return _suffixed(c, reading, lead)
    return None


def _ends_word(c: Cursor, last: str) -> bool:
    following = c.peek()
    return not (following.glued and following.text and following.text[0] in _WORDS_FROM[last])


def _take_suffix(c: Cursor, *suffixes: str) -> str:
    start = c.i
    taken = c.take(*suffixes)
    if taken and taken[-1] in _WORDS_FROM and not _ends_word(c, taken[-1]):
        c.i = start
        return ""
    return taken


def _suffixed(c: Cursor, reading: Reading, lead: str) -> Reading:
    if reading.limit:
        return reading
    c.take("期间")
    before = _take_suffix(c, *_BEFORE)
    if before:
        if not reading.sharp and reading.period is not None and reading.unclear is None:
            first, last = reading.period.first, reading.period.last
            reading = reading.but(
                unclear=BadDate(
                    f"{before} may leave out the period before it, or include it: "
                    f"{p.eve(first) if first > first.min else first} or {last}.",
                    f"Write that day, or add 底: {last:%Y}年底前.",
                )
            )
        return reading.but(limit=before)
    within = _take_suffix(c, *_WITHIN) or c.take("为止", "止")
    return reading.but(limit=within or lead)


def _no_date(c: Cursor, setting: Setting) -> Reading | None:
    del setting
    if c.take(*_NO_DATE):
        return NO_DATE
    if c.take("未来", "今后") and c.count() and c.take("个月", "年") and not c.take("内", "之内"):
        return NO_DATE
    return None


# -- years and what lies in them ------------------------------------------------------------


def _year(c: Cursor, setting: Setting) -> int | None:
    """A year: 2021年, 二〇二一年, 21年(底), 今年; the cursor is left after 年 or 年度."""
    said = c.take(*_YEARS)
    if said:
        c.take("度")
        return setting.anchor.year + _YEARS[said]
    token = c.peek()
    digits = len(token.text)
    positional = token.kind == "number" or (
        token.kind == "han" and not any(h in "十百廿卅两" for h in token.text)
    )
    if not positional or digits not in (2, 4, 5) or c.peek(1).text != "年":
        return None
    number = c.number()
    c.take("年度", "年")
    if number is None or digits == 4:
        return number
    if digits == 5:
        return p.year(number).first.year
    closed = c.peek().text in (*_CLOSE, "上", "下", "第") or c.peek().kind in ("number", "han")
    return 2000 + number if closed else None


def _dated(c: Cursor, setting: Setting) -> Reading | None:
    start = c.i
    number = _year(c, setting)
    if number is None:
        c.i = start
        return _in_year(c, None, setting) or _digits(c, setting)
    after = c.i
    c.take("的")
    inner = _in_year(c, number, setting)
    if inner is not None:
        return inner
    c.i = after
    if c.take(*_SEASONS):
        return NO_DATE
    whole = p.year(number)
    if _take_suffix(c, "年底", "年末", "年终", "底", "末", "终", "年内"):
        return Reading(whole, sharp=True, limit="")
    if c.take("年初") or _take_suffix(c, "初"):
        return Reading(whole, unclear=_no_such_day("年初", "3月底前"))
    if _middle(c):
        return Reading(p.half(number, 1), sharp=True)
    return Reading(whole)


def _middle(c: Cursor) -> bool:
    """年中, but not the 中 that begins another word (2021年中国)."""
    start = c.i
    if c.take("年中", "中") and (
        c.peek().text in ("前", "之", "以", "") or not _is_han(c.peek().text)
    ):
        return True
    c.i = start
    return False


def _is_han(text: str) -> bool:
    return "\u4e00" <= text[:1] <= "\u9fff"


def _in_year(c: Cursor, number: int | None, setting: Setting) -> Reading | None:
    start = c.i
    for rule in (_half, _quarter, _month):
        c.i = start
        reading = rule(c, number, setting)
        if reading is not None:
            return reading
    return None


def _half(c: Cursor, number: int | None, setting: Setting) -> Reading | None:
    said = c.take("上半年", "下半年", "前半年", "后半年")
    if not said and not (c.take("h") and c.peek().glued):
        return None
    which = c.number() if not said else 1 if said[0] in "上前" else 2
    if which is None:
        return None
    sharp = bool(_take_suffix(c, "底", "末"))
    return in_year(number, lambda y: p.half(y, which), setting, sharp=sharp)


def _quarter(c: Cursor, number: int | None, setting: Setting) -> Reading | None:
    if c.take("前三季度", "前3季度"):
        return in_year(number, lambda y: p.quarter(y, 3), setting)
    latin = bool(c.take("q"))
    if not latin:
        c.take("第")
    which = c.number()
    if which is None or (not latin and not c.take("季度", "季", "个季度")):
        return None
    sharp = bool(_take_suffix(c, "底", "末"))
    return in_year(number, lambda y: p.quarter(y, which), setting, sharp=sharp)


def _month(c: Cursor, number: int | None, setting: Setting) -> Reading | None:
    which = c.number()
    if which is None or not c.take("月份", "月"):
        return None
    return _in_month(c, setting, lambda make: in_year(number, lambda y: make(y, which), setting))


def _in_month(
    c: Cursor, setting: Setting, place: Callable[[Callable[[int, int], Period]], Reading]
) -> Reading:
    """What may follow a month: a day, a third, its end; `place` puts it into the month."""
    del setting
    thirds = {"上旬": 1, "中下旬": 3, "上中旬": 2, "中旬": 2, "下旬": 3}
    third = c.take(*thirds)
    if third:
        return place(lambda y, m: p.ten_days(y, m, thirds[third])).but(
            sharp=bool(_take_suffix(c, "底", "末"))
        )
    start = c.i
    dom = c.number()
    if dom is not None and c.take("日", "号"):
        return place(lambda y, m: p.day(y, m, dom)).but(sharp=True)
    c.i = start
    if _take_suffix(c, "月底", "月末", "底", "末"):
        return place(p.month).but(sharp=True)
    if _take_suffix(c, "初"):
        return place(p.month).but(unclear=_no_such_day("月初", "6月上旬"))
    if _middle(c):
        return place(p.month).but(unclear=_no_such_day("月中", "6月15日"))
    return place(p.month)


def _no_such_day(said: str, instead: str) -> BadDate:
    return BadDate(f"{said} names no day.", f"Write the day itself, or {instead}.")


def _digits(c: Cursor, setting: Setting) -> Reading | None:
    """Dates in digits with a Chinese suffix: 2021-06-30前, 20210630前."""
    token = c.peek()
    if token.kind == "numeric":
        c.i += 1
        return numeric(token.text, setting)
    if token.kind == "number" and len(token.text) == 8:
        c.i += 1
        return compact(token.text)
    return None


# -- from the anchor --------------------------------------------------------------------------


def _day_or_bare(c: Cursor, setting: Setting) -> Reading | None:
    anchor = setting.anchor
    said = c.take(*_DAYS)
    if said:
        return Reading(p.single(p.shift(anchor, _DAYS[said], "day")), sharp=True)
    if _take_suffix(c, "年底", "年末", "年终", "岁末", "年内"):
        return Reading(p.year(anchor.year), sharp=True)
    if _take_suffix(c, "月底", "月末", "月内"):
        return Reading(p.month(anchor.year, anchor.month), sharp=True)
    if _take_suffix(c, "季度末", "季度底", "季末", "季度内"):
        return Reading(p.quarter(anchor.year, (anchor.month + 2) // 3), sharp=True)
    if c.take("年"):
        return Reading(p.half(anchor.year, 1), sharp=True) if _middle(c) else None
    dom = c.number()
    if dom is None or not c.take("日", "号"):
        return None
    return Reading(_next_dom(dom, setting), assumed="month", sharp=True, plain=True)


def _next_dom(dom: int, setting: Setting) -> Period:
    if not 1 <= dom <= 31:
        raise BadDate(f"No month has a day {dom}.", "Write a day as 6月30日.")
    found = setting.anchor
    while found.day != dom:
        found = p.shift(found, 1, "day")
    return p.single(found)


def _week(c: Cursor, setting: Setting) -> Reading | None:
    ahead = c.take(*_AHEAD)
    anchor = setting.anchor
    if c.take("周", "星期", "礼拜"):
        return _weekday(c, setting, _AHEAD[ahead] if ahead else None)
    if not ahead:
        return None
    weeks = _AHEAD[ahead]
    if c.take("月份", "月"):
        to = p.shift(anchor.replace(day=1), weeks, "month")
        return _in_month(c, setting, lambda make: Reading(make(to.year, to.month)))
    if c.take("季度", "季"):
        to = p.shift(anchor.replace(day=1), 3 * weeks, "month")
        sharp = bool(_take_suffix(c, "底", "末"))
        return Reading(p.quarter(to.year, (to.month + 2) // 3), sharp=sharp)
    return None


def _weekday(c: Cursor, setting: Setting, ahead: int | None) -> Reading | None:
    names = "一二三四五六日"
    here = p.week(setting.anchor, ahead or 0)
    token = c.peek()
    if _take_suffix(c, "末", "内", "底"):
        return Reading(here, sharp=True)
    if token.text not in ("天", *names):
        return Reading(here) if ahead is not None else None
    c.i += 1
    index = names.find(token.text.replace("天", "日"))
    if ahead is None:
        days = (index - setting.anchor.weekday()) % 7
        return Reading(p.single(p.shift(setting.anchor, days, "day")), sharp=True, plain=True)
    return Reading(p.single(p.shift(here.first, index, "day")), sharp=True)


def _offset(c: Cursor, setting: Setting) -> Reading | None:
    """So long from the anchor: 两周内, 30日内, 半年内, 自印发之日起30日内."""
    event = _event(c)
    c.take("未来", "今后", "接下来")
    length = _length(c)
    if length is None:
        return None
    number, unit = length
    if unit == "working day":
        c.take("之内", "以内", "内")
        return Reading(
            None,
            limit="内",
            unclear=BadDate(
                "Working days depend on a calendar of holidays, which the tracker does not have.",
                "Write the day itself, or count all days: 14天内.",
            ),
        )
    limit = _take_suffix(c, *_WITHIN) or c.take("之后", "以后", "后")
    if not limit:
        return None
    period = p.single(p.shift(setting.anchor, number, unit))
    return Reading(period, limit=limit, sharp=True, unclear=event)


def _length(c: Cursor) -> tuple[int, str] | None:
    if c.take("半个月"):
        return 15, "day"
    if c.take("半年"):
        return 6, "month"
    number = c.number()
    unit = c.take(*sorted(_UNITS, key=len, reverse=True)) if number is not None else ""
    if number is None or not unit:
        return None
    if unit == "年" and c.take("半"):
        return 12 * number + 6, "month"
    return number, _UNITS[unit]


def _event(c: Cursor) -> BadDate | None:
    """自本通知印发之日起: the anchor is the document's own date, so nothing is unclear."""
    c.take("自", "从")
    c.take("本", "该")
    c.take(*_DOCUMENTS)
    if c.take(*_ISSUED):
        c.take("之日起", "之日", "后")
        c.take(",", "的")
    return None


# -- named periods and days -------------------------------------------------------------------


def _plan(c: Cursor, setting: Setting) -> Reading | None:
    """A five-year plan by its number: “十四五”末."""
    del setting
    quoted = c.peek().text in _QUOTES
    c.i += quoted
    token = c.peek()
    if token.kind != "han" or len(token.text) < 2 or token.text[-1] != "五":
        return None
    number = read_han(token.text[:-1])
    if number is None or not 10 <= number <= 99 or "十" not in token.text[:2]:
        return None
    c.i += 1
    c.i += c.peek().text in _QUOTES and c.peek().text != ""
    c.take("五年规划", "规划", "计划")
    closed = c.take("期间内", "期间", "时期末", "时期", "期末", "末期", "期内", "末", "内", "期", "收官")
    c.take("末", "内")
    if not closed and not quoted and number == 10:
        return None
    sharp = closed in ("时期末", "期末", "末期", "末")
    return Reading(p.five_year_plan(number), sharp=sharp, plain=not closed)


def _holiday(c: Cursor, setting: Setting) -> Reading | None:
    start = c.i
    number = _year(c, setting)
    if number is None:
        c.i = start
    quoted = c.peek().text in _QUOTES and c.peek().text != ""
    c.i += quoted
    name = c.take(*MOVING, *FIXED, "除夕")
    if not name or not _is_han(name):
        return None
    c.i += quoted and c.peek().text in _QUOTES
    said = c.take("节假期", "节日", "节", "假期", "长假")
    before = _take_suffix(c, "前夕", *_BEFORE)
    if not before and not said and not quoted and name in BARE_NUMBERS:
        return None
    against = Setting(setting.anchor, setting.fiscal_year_start, before=bool(before))
    reading = in_year(number, lambda y: p.single(holiday(name, y)), against, sharp=True)
    if not before or reading.period is None:
        return reading.but(plain=True)
    return reading.but(period=p.single(p.eve(reading.period.first)), limit=before)


_ = HAN, Precision
