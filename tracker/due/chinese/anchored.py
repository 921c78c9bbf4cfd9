"""Chinese phrases that are told from the anchor: 两周内, 下周五, 本月底, 年底, 本财年末."""

from __future__ import annotations

from msgspec.structs import replace

from tracker.due import period as p
from tracker.due.chinese.calendar import WEEKDAYS, in_month
from tracker.due.chinese.suffixes import WITHIN, middle, no_day, suffix
from tracker.due.lexer import Cursor, wordings
from tracker.due.numerals import is_by_place
from tracker.due.period import Setting
from tracker.due.reading import Reading, on, passed, working_days
from tracker.errors import BadDate

_LATER = ("之后", "以后", "后")
_AHEAD = {
    "下下个": 2, "下下": 2, "下一个": 1, "下一": 1, "下个": 1, "下": 1, "本": 0, "这个": 0, "这": 0,
    "上一个": -1, "上个": -1, "上": -1,
}  # fmt: skip
_DAYS = {
    "今天": 0, "今日": 0, "本日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3, "昨天": -1,
    "昨日": -1, "前天": -2,
}  # fmt: skip
_UNITS = {
    "个工作日": "working", "工作日": "working", "个自然日": "day", "自然日": "day", "日": "day",
    "天": "day", "周年": "year", "个周": "week", "周": "week", "个星期": "week", "星期": "week",
    "个礼拜": "week", "礼拜": "week", "个半月": "half-month", "个月": "month",
    "个季度": "quarter", "年": "year",
}  # fmt: skip
_ENDS = {
    "全年度": "year", "全年": "year",
    "年底": "year", "年末": "year", "年终": "year", "岁末": "year", "年内": "year",
    "月底": "month", "月末": "month", "月内": "month",
    "季度末": "quarter", "季度底": "quarter", "季度内": "quarter", "季末": "quarter",
}  # fmt: skip
_DOCUMENTS = wordings(
    "通知|意见|方案|办法|规定|决定|计划|规划|公告|通告|条例|要点|清单|文件|细则|纪要|批复|规则|制度|标准|指引|指南|实施方案|行动方案|行动计划|工作方案|实施意见"
)
_ISSUED = wordings("发布|公布|印发|下发|签发|颁布|发文|公告")


def offset(c: Cursor, setting: Setting) -> Reading | None:
    """So long from the anchor: 两周内, 半年内, 自本通知印发之日起30日内."""
    c.take("自", "从")
    c.take("本", "该")
    c.take(*_DOCUMENTS)
    if c.take(*_ISSUED):
        c.take("之日起", "之日", "后")
        c.take(",", "的")
    c.take("未来", "今后", "接下来")
    found = length(c)
    if found is None:
        return None
    number, unit = found
    if unit == "working":
        c.take(*WITHIN)
        return working_days("14天内")
    limit = suffix(c, *WITHIN) or suffix(c, *_LATER)
    if limit:
        return replace(on(p.single(p.shift(setting.anchor, number, unit))), limit=limit)
    if c.peek(-1).text == "日":  # 20日 is a day of the month
        return None
    refusal = BadDate("A length of time alone is no date.", "Say by when, as in 三个月内.")
    return Reading(None, plain=True, unclear=refusal)


def length(c: Cursor) -> tuple[int, str] | None:
    """A number and a unit of time: 30日, 半年, 一个半月; "working" for 工作日."""
    said = c.take("半个月", "半年")
    if said:
        return (1, "half-month") if said == "半个月" else (6, "month")
    several = c.peek()
    if several.kind == "han" and 1 < len(several.text) < 4 and is_by_place(several.text):
        c.i += 1
        if c.take(*_UNITS):
            raise BadDate(
                f'"{several.text}" may be one number or the other.',
                "Write one of them, as in 3天内.",
            )
        return None
    number = c.number()
    unit = _UNITS.get(c.take(*_UNITS)) if number is not None else None
    if number is None or unit is None:
        return None
    if unit == "year" and c.take("半"):
        return 12 * number + 6, "month"
    if unit == "half-month":
        return 2 * number + 1, unit
    return (3 * number, "month") if unit == "quarter" else (number, unit)


def day(c: Cursor, setting: Setting) -> Reading | None:
    said = c.take(*_DAYS)
    return on(p.current("day", _DAYS[said], setting)) if said else None


def near(c: Cursor, setting: Setting) -> Reading | None:
    """Weeks, months and quarters told from the anchor: 下周五, 本月底, 下季度."""
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
        return in_month(c, lambda make: Reading(make(to.year, to.month)))
    if c.take("季度", "季"):
        return Reading(p.current("quarter", ahead, setting), sharp=bool(suffix(c, "底", "末")))
    return None


def _weekday(c: Cursor, said: str, ahead: int | None, setting: Setting) -> Reading | None:
    here = p.current("week", ahead or 0, setting)
    if suffix(c, "末"):
        return Reading(replace(here, first=p.shift(here.last, -1, "day")))
    if suffix(c, "内", "底"):
        return on(here)
    name = c.peek().text
    index = WEEKDAYS.find(name.replace("天", "日")) if name else -1
    if index < 0 or len(name) > 1:
        return None if ahead is None else Reading(here)
    c.i += 1
    if ahead is None:
        days = (index - setting.anchor.weekday()) % 7
        return replace(on(p.current("day", days, setting)), plain=True)
    named = on(p.single(p.shift(here.first, index, "day")))
    return passed(named, f"{said}周{name}", setting) if ahead == 0 else named


def fiscal(c: Cursor, setting: Setting) -> Reading | None:
    """A fiscal year, named by the year in which it ends: 2024财年, 本财年末."""
    token = c.peek()
    if token.kind == "number":
        number = c.number() if len(token.text) == 4 else None
        if number is None or not c.take("财年", "财政年度"):
            return None
        period = p.fiscal_year(number, setting.fiscal_year_start)
    else:
        ahead = _AHEAD.get(c.take(*_AHEAD), 0)
        if not c.take("财年", "财政年度"):
            return None
        period = p.current("fiscal-year", ahead, setting)
    return Reading(period, sharp=bool(suffix(c, "底", "末")))


def bare(c: Cursor, setting: Setting) -> Reading | None:
    """An end or a day without its period, and the anchor's is meant: 年底, 月底, 20日."""
    end = suffix(c, *_ENDS)
    if end:
        return on(p.current(_ENDS[end], 0, setting))
    if middle(c, "年中"):
        return on(p.half(setting.anchor.year, 1))
    vague = suffix(c, "年初", "月初", "月中")
    if vague:
        return Reading(None, plain=True, unclear=no_day(vague))
    dom = c.number()
    if dom is None or not c.take("日", "号"):
        return None
    return Reading(p.next_dom(dom, setting), assumed="month", sharp=True, plain=True)
