"""The due phrases of a document, with what the document around them settles: year, range, strike.

A phrase without a year takes the year that the document names: the one before it in its sentence
(2022年3月底前…,6月底前…), or that of the plan's title. Without a date of the document's own, whatever
depends on the day of reading has no date at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date, timedelta

from msgspec.structs import replace

from tracker.due import Mention
from tracker.errors import BadDate
from tracker.extract.date_conventions import DateConventions
from tracker.extract.discourse import (
    DatedMention,
    YearContext,
    counted,
    ends_before_it_begins,
    in_year,
    is_told_elsewhere,
    of_year,
)
from tracker.extract.english_days import with_days
from tracker.extract.events import at_events, counted_from_events
from tracker.model import Precision

_STRUCK = re.compile(r"<(s|del|strike)>.{0,200}?</\1>|~~[^~\n]{1,200}~~", re.IGNORECASE)
_WILL = re.compile(r"\b(?:will|shall|must|to be)\b|[’']ll\b|将|拟|预计|计划|力争")
"""What is still to be done is done in no year that is past: was due in April 2025, will start in May."""
_RANGE_GAP = re.compile(r"\s?(?:[-—–~～]{1,2}|至|到|to|through|and)\s?(?:the\s)?", re.IGNORECASE)
_WITHIN_RANGE = re.compile(
    r"[年月日号度旬]\s?(?:[-—–~～]{1,2}|至|到)\s?[\d一二三四五六七八九十]|\d\s?[—–~～至到]\s?\d|\b\d{4}\s?-\s?\d{4}"
    r"|\d\s?(?:to|through|until|and|[-–—])\s?(?:fy|[a-z]{3,9}\s\d|\d{4})",
    re.IGNORECASE,
)
_MOVED_FROM = re.compile(
    r"\b(?:extended|postponed|delayed|moved|brought forward|pushed back)\s(?:[\w’'-]+\s){0,6}from\s+$",
    re.IGNORECASE,
)
_FIRST_SET = re.compile("(?:原[\u4e00-\u9fff]{0,4}|由|从)$")
_MOVED_TO = re.compile("(?:调整|推迟|延期|延长|顺延|变更|提前|改|延)(?:到|至|为)\\s?.?$")
"""What stands before a day that was set at first, and before the one that takes its place: 由6月底调整至9月底."""
_UNDATED = re.compile(
    "(?=[今明下本新秋春主学开汛两高中采供雨入暑寒封麦腊年])(?:(?:今年|明年|下|本|新|秋季|春季|主)?(?:学期开学|学期结束|开学|汛期?|两会|高考|中考|采暖季|供暖季?|春灌|雨季|入冬|入汛|暑[假期]|寒假|封冻|麦收|秋收|春耕)"
    "(?:结束|来临|到来|开始)?|腊月[二三廿十]{1,3}|(?<![0-9０-９〇零一二三四五六七八九十百多几两今明去当每半本周数若往新学])年)[之以]?前(?![后期])"
    "|[本下新]个?学期(?:内|末|初|起)?"
)
"""Deadlines that nobody has given a day: 汛期前, 下学期."""
_FEAST = re.compile(r"[\u4e00-\u9fff“”]{2,5}[之以]?后$")
_RANGE_OPEN = re.compile(r"\b(?:between|from)\s+(?:the\s)?$", re.IGNORECASE)
_NAMES_YEAR = re.compile(r"\d{4}|年(?!底|末|内|终)|\byear|[二〇零一]{2,}[〇零一二三四五六七八九]年")
_YEAR_ABOVE = re.compile(r"\d{4}年度?[:：]?\n\s*(?=\S)")
"""A year on a line of its own, to which the line below belongs and not the other way."""
_HOUR = re.compile(
    r"(?:[（(](?:星期|周|礼拜)[一二三四五六日天][）)])?"
    r"(?:(?:上午|下午|晚上|晚|中午)?\s?\d{1,2}\s?(?:[:：]\d{2}|[时点](?:\d{1,2}分)?)整?|(?:上午|下午)?下班)?(?:之|以)?前"
    r"|(?:开学|开园|开馆|开市|汛期|放假|收假|开播|高考|中考)(?:之|以)?前"
)
_TITLE_YEAR = re.compile(r"(?<![\d—–-])(20\d\d)\s?年?度?(?!\d|\s?[-—–至]\s?20)")
_PLAN_TITLE = re.compile(
    r"方案|计划|要点|任务|清单|分工|安排|台账|实事|重点|工作|通知|调度|\b(?:plan|agenda|roadmap|programme)\b",
    re.IGNORECASE,
)


_CALL_TITLE = re.compile(r"申报|申请|申领|评选|评审|认定|推荐|报名|招聘|招生|遴选|征集|储备")
_PLANNING_FROM = 10
"""The month from which a plan may be one for the next year."""
_PLAN = re.compile(
    r"政府工作报告|(?:规划|目标)纲要|方案|计划|要点|清单|分工|台账|通知|安排|任务表|调度表|分解表|责任表|时间表"
)
_PLAN_EN = re.compile(
    r"\b(?:plan|roadmap|agenda|programme|milestones|timetable|schedule|strategy|commitments)\b",
    re.IGNORECASE,
)
_WHOLE = {"全年": "年底", "全年度": "年底"}


_BEFORE_EVENT = re.compile(
    r"\b(?=[a-z])(?:(?<!or\s)(?:before|ahead of|prior to|in time for)\s(?!we\b|you\b|i\b)(?:(?!by\b|and\b|will\b|end\b|year-end\b|breakfast\b|lunch\b|noon\b|dark\b)[\w’'-]+\s){1,8}$"
    r"|before\s(?:[\w’'-]+\s){1,5}[\w’'-]+,\swhich(?:\s[\w’'-]+){0,4}\s(?:begins?|starts?|opens?|is|are)\s$)",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince\s+$", re.IGNORECASE)


def plan_year(title: str, made_on: date | None) -> int | None:
    """The year of a plan by its title: 2021年为民办实事任务清单.

    A call for what is wanted for a year (申报2025年…) is no plan of it, and what was made before the
    autumn says next year when it means it.
    """
    found = _TITLE_YEAR.search(title)
    if found is None or not _PLAN_TITLE.search(title) or _CALL_TITLE.search(title):
        return None
    year = int(found[1])
    if made_on is None or year == made_on.year:
        return year
    return year if year == made_on.year + 1 and made_on.month >= _PLANNING_FROM else None


def is_plan(title: str, text: str) -> bool:
    """Whether the document is one of which every sentence says what is to be done."""
    if "发布会" in title:
        return False
    return _PLAN.search(title + text[:100]) is not None or _PLAN_EN.search(title) is not None


def mentions_of(
    text: str, made_on: date | None, year: int | None, customs: DateConventions
) -> list[DatedMention]:
    """Every due phrase in order; a fiscal year whose start nobody says has no day."""
    anchor = anchor_of(made_on, year)
    read = _read(text, anchor, customs)
    if made_on is None and year is None:
        read = _lasting(read, _read(text, date(2001, 7, 18), customs))
    struck = [(m.start(), m.end()) for m in _STRUCK.finditer(text)]
    years = YearContext(text, anchor)
    settled: list[DatedMention] = []
    at = 0
    for mention in read:
        while at < len(struck) and struck[at][1] <= mention.start:
            at += 1
        inside = at < len(struck) and struck[at][0] <= mention.start
        hour = _HOUR.match(text, mention.end)
        here = replace(mention, struck=inside, end=hour.end() if hour else mention.end)
        if settled:
            here = _after(text, settled, here)
        if made_on is not None:
            here = _settled(text, settled, here, years.at(here.start), made_on)
        settled.append(here)
    told = [m for m in settled if m.due or not is_told_elsewhere(text[m.start : m.end])]
    return at_events(text, counted_from_events(text, told))


def _read(text: str, anchor: date, customs: DateConventions) -> list[DatedMention]:
    return with_days(text, _with_undated(text, _found(text, anchor, customs)), anchor)


def _settled(
    text: str, settled: list[DatedMention], here: DatedMention, year: int | None, made_on: date
) -> DatedMention:
    """The phrase as what the text is about settles it."""
    last = settled[-1] if settled else None
    here = of_year(text, here, year)
    if not here.has_year or not here.assumed:
        here = counted(text, last, here, made_on)
    if _BEFORE_EVENT.search(text[max(0, here.start - 90) : here.start]):
        here = _eve(text, here)
    if last is not None and here.assumed and ends_before_it_begins(text, last, here):
        return replace(here, due=None, precision=Precision.NONE)
    return here


def _eve(text: str, here: DatedMention) -> DatedMention:
    """Before the meeting on 13 November: the day before it."""
    on_day = here.precision is Precision.DAY and text[here.start : here.start + 3].lower() == "on "
    if here.due is None or not on_day:
        return here
    return replace(here, due=here.due - timedelta(days=1))


def anchor_of(made_on: date | None, year: int | None) -> date:
    """The day from which a document's phrases are read: its own, or the first of the plan's year."""
    if made_on is None:
        return date(year, 1, 1) if year else date(2020, 1, 15)
    return max(made_on, date(year, 1, 1)) if year and year == made_on.year + 1 else made_on


def mention_at(
    text: str, start: int, end: int, anchor: date, customs: DateConventions
) -> DatedMention | None:
    """The whole of text[start:end] as a typed phrase; None when it is none, or names no date."""
    try:
        due = customs.parse(_WHOLE.get(text[start:end], text[start:end]), anchor)
    except BadDate:
        return None
    if due.date is None or customs.leaves_open(due.phrase):
        return None
    return DatedMention(start, end, due.date, due.precision, due.year_assumed, not due.year_assumed)


def _found(text: str, anchor: date, customs: DateConventions) -> list[DatedMention]:
    return [_mention(text, found, anchor, customs) for found in customs.find(text, anchor)]


def _with_undated(text: str, read: list[DatedMention]) -> list[DatedMention]:
    """The phrases, with the deadlines that have no day where none stands beside them."""
    starts = [m.start for m in read]
    found = []
    for match in _UNDATED.finditer(text) if "前" in text or "学期" in text else ():
        at = bisect_left(starts, match.end() + 1)
        if at and read[at - 1].end >= match.start():
            continue
        none = DatedMention(*match.span(), None, Precision.NONE, assumed=False, has_year=False)
        found.append(none)
    return sorted([*read, *found], key=lambda m: m.start) if found else read


def _after_feast(
    text: str, found: Mention, anchor: date, customs: DateConventions
) -> DatedMention | None:
    """A length counted from a feast that stands before it: 元旦后|十天之内."""
    feast = _FEAST.search(text, max(0, found.start - 8), found.start)
    if feast is None:
        return None
    length = text[found.start : found.end].replace("之内", "内")
    for start in range(feast.start(), feast.end() - 2):
        try:
            due = customs.parse(text[start : found.start] + length, anchor)
        except BadDate:
            continue
        if due.date is not None:
            span = (start, found.end)
            return DatedMention(*span, due.date, due.precision, assumed=True, has_year=False)
    return None


def _mention(text: str, found: Mention, anchor: date, customs: DateConventions) -> DatedMention:
    if found.unclear and (feast := _after_feast(text, found, anchor, customs)) is not None:
        return feast
    is_open = _is_open(found, anchor) or customs.leaves_open(found.due.phrase)
    year = _YEAR_ABOVE.match(text, found.start, found.end)
    return DatedMention(
        year.end() if year else found.start,
        found.end,
        None if is_open else _due(text, found),
        Precision.NONE if is_open else found.due.precision,
        found.due.year_assumed,
        _NAMES_YEAR.search(text, found.start, found.end) is not None,
        range_end=_WITHIN_RANGE.search(text, found.start, found.end) is not None,
    )


def _due(text: str, found: Mention) -> date | None:
    """The day of a phrase; what begins with a period (自2027年1月起) begins on its first day."""
    return found.due.start if text[found.end : found.end + 1] == "起" else found.due.date


def _is_open(found: Mention, anchor: date) -> bool:
    """Whether an unclear phrase may still lie ahead: what is past is past in every reading of it."""
    unsure = found.unclear and found.limit != "from"
    return bool(unsure) and (found.due.date is None or found.due.date >= anchor)


def _lasting(one: list[DatedMention], other: list[DatedMention]) -> list[DatedMention]:
    """The mentions without the dates that two anchors do not agree on."""
    dates = {(m.start, m.end): m.due for m in other}
    return [
        m
        if dates.get((m.start, m.end)) == m.due
        else replace(m, due=None, precision=Precision.NONE)
        for m in one
    ]


def _after(text: str, settled: list[DatedMention], here: DatedMention) -> DatedMention:
    """The phrase as the one before it settles it: the end of a range, a month of the year just named."""
    last = settled[-1]
    gap = text[last.end : here.start]
    between = _RANGE_GAP.fullmatch(gap) or (not gap and text[here.start] in "到至")
    if (
        between
        and not last.struck
        and (
            gap.strip().lower() != "and"
            or _RANGE_OPEN.search(text[max(0, last.start - 12) : last.start])
        )
    ):
        if _MOVED_FROM.search(text[max(0, last.start - 80) : last.start]):
            settled[-1] = replace(last, struck=True)
            return _in_year_of(text, last, here)
        settled[-1] = replace(last, range_start=True)
        return replace(_in_year_of(text, last, here), start=last.start, range_end=True)
    if (
        last.due is not None
        and len(gap) <= 60
        and "。" not in gap
        and _MOVED_TO.search(text[last.end : here.start + 1])
        and _FIRST_SET.search(text, max(0, last.start - 8), last.start)
    ):
        settled[-1] = replace(last, struck=True)
    fine = (Precision.DAY, Precision.MONTH, Precision.QUARTER)
    if (
        last.has_year
        and last.precision in fine
        and not last.struck
        and not _SINCE.search(text[max(0, last.start - 8) : last.start])
        and len(gap) <= 200
        and not re.search(r"[。\n.!?]", gap)
    ):
        moved = _in_year_of(text, last, here)
        is_past = moved.due is not None and here.due is not None and moved.due < here.due
        return here if is_past and _WILL.search(gap) else moved
    return here


def _in_year_of(text: str, last: DatedMention, here: DatedMention) -> DatedMention:
    if not here.assumed or last.due is None or here.due is None:
        return here
    moved = in_year(text[here.start : here.end], last.due.year)
    if moved is None or moved < last.due:
        return here
    return replace(here, due=moved, assumed=False, has_year=True)
