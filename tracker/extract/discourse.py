"""What the words around a phrase are about: the day or the year that it is counted from.

The year of a heading (## 2027, Milestones for 2027) or at the head of a sentence (2027年。6月底前…) settles
months that are said without one, and 年底前. After a dated clause 年底前, 月底前, "by the end of the month" and lengths
count from its day (明年3月开工，年底前竣工), in what somebody is told to have said from the day on which it was said.
Where the clause before names an event without a day, a length has none, and nothing ends before it begins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from tracker.due import parse
from tracker.errors import BadDate
from tracker.model import Precision

_HEADED = re.compile(
    r"(?<![\d—–/.-])(?P<year>20\d\d)(?!\d|\s?[-—–/至]\s?\d|[.]\d|[)）\]〕]|\s?年?\s?\d{1,2}\s?月)"
)
_SHORT = 48
_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,3}、[^。；;]{2,40}$")
_PUNCTUATED = re.compile(r"[。.;；,，!！?？|]$|^[-*•·|]|^\d+[.、)]|[:：].|\t|《|“")
_AHEAD = re.compile(
    r"计划|安排|任务|目标|重点|打算|清单|#\s*20\d\d\s?年?$|^20\d\d年?$|\b(?:plans?|priorities|goals?|targets?|milestones|commitments|roadmap|timetable|deliverables|ahead|to do)\b",
    re.IGNORECASE,
)
"""A heading whose year is that of what is to be done, not of what is only spoken of."""
_CALL = re.compile(r"通知|申报|申请|报名|招|征集|评选|问答|公告|预算|学年|年度报告")
_BACK = re.compile(
    r"回顾|总结|完成情况|进展|成效|\b(?:review|progress|done|achieve|results|completed|history)",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?:^[\s　#*>]*|(?<=[。！？；;])[\s　]*|(?<=[.!?])\s+)(?:In\s+(?:the\s+year\s+)?)?(?:(?P<year>20\d\d)\s?(?:年度?)?|(?P<next>明年|[Nn]ext year))"
    r"(?=[,，:：。]|\s?的(?:计划|安排|工作|任务|目标)|重点|\s+(?:we|the|our|it|priorities|plans?|goals?|targets?|milestones)\b|[\s　]*$)",
    re.MULTILINE,
)
_NAMES_YEAR = re.compile(r"20\d\d|明年|[Nn]ext year")
_OF_YEAR = re.compile(
    r"(?:到|至|在|于)?(?:年底|年末|年内|岁末)(?:[之以]?前)?|(?:by|before|at|in)?\s?(?:the\s)?(?:end of the year|year-end|year end)|within the year",
    re.IGNORECASE,
)
_OF_MONTH = re.compile(
    r"(?:到|至|在|于)?(?:月底|月末|月内)(?:[之以]?前)?|(?:by|before|at)?\s?(?:the\s)?(?:end of the month|month-end)",
    re.IGNORECASE,
)
_OF_DAY = re.compile(
    r"(?:在|于)?(?!(?:19|20)\d\d\s?年)[\d一二三四五六七八九十两半]{1,4}\s?(?:个)?(?:小时|日|天|周|星期|个?月|年)(?:之|以)?内"
    r"|(?:within|in)\s.{1,24}(?:days?|weeks?|months?|years?)"
    r"|(?:by|on|before)?\s?(?:the\s)?(?:\d{1,2}(?:st|nd|rd|th)|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    r"|(?:the\s)?next day|次日",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"(?:(?P<lead>on|by|before|in|within|during|from|until|at|later)\s)?(?:(?:(?P<same>(?:the|that)\ssame|that)|the\s(?:next|following))"
    r"\s(?P<unit>\w+)|(?P<then>then)|the\s(?P<after>day|week|month|year)\safter)",
    re.IGNORECASE,
)
"""What is told from the day before it: the same week, that day, the following Friday, the month after, by then."""
_NTH = re.compile(r"(?:on|by|before)\sthe\s\d{1,2}(?:st|nd|rd|th)", re.IGNORECASE)
_OF_THAT_MONTH = re.compile(r"(?:\w+\s)?(the\s\S+)\sof\s(?:that|the\ssame)\smonth", re.IGNORECASE)
_LATER = re.compile(
    r"(?:(?:within|in|by|not later than|no later than)\s)?(?P<length>.{3,24}?)\s(?:later|thereafter)",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"内$|^(?:within|in)\s", re.IGNORECASE)
_SAID = re.compile(
    r"表示|承诺|说|指出|宣布|称|\b(?:promised|said|told|pledged|announced|vowed|speaking)\b",
    re.IGNORECASE,
)
_SAYS_NOW = re.compile(r"^[Ss]peaking on$|在$")
_EVENT = re.compile(
    r"(?:^|[。；;，,])[^。；;，,0-9]{0,24}(?:[之以]?后|[之]?日起)[,，]?[^。；;]{0,24}$"
    r"|\b(?:[Oo]nce|[Aa]fter|[Uu]pon|[Ff]ollowing|[Aa]s soon as|[Ww]hen)\s[^.;0-9]{3,80},[^.;]{0,80}$"
)
_BEGINS = re.compile(r"开工|启动|动工|开始|\b(?:start|begin|began|commence|open)", re.IGNORECASE)
_THEN = re.compile(r"\b(?:and|then|will)\b")
_STOP = re.compile(r"[。！？；!?|\n]|(?<=[\u4e00-\u9fff）]);|\.\s")
_REACH = 160


class DatedMention(Struct, frozen=True):
    """A due phrase in the text, `start:end`, and the date that it means here.

    `range_end` is set when it closes a range that began before it, `range_start` when it opens one.
    `struck` is set inside struck-out text: a date that has been replaced.
    """

    start: int
    end: int
    due: date | None
    precision: Precision
    assumed: bool
    has_year: bool
    struck: bool = False
    range_start: bool = False
    range_end: bool = False


class YearContext:
    """The year that each part of a text is about, where its headings and sentences say so."""

    def __init__(self, text: str, made_on: date) -> None:
        self._starts: list[int] = []
        self._years: list[int | None] = []
        self._read(text, made_on)

    def at(self, place: int) -> int | None:
        index = bisect_right(self._starts, place) - 1
        return self._years[index] if index >= 0 else None

    def _read(self, text: str, made_on: date) -> None:
        level, section, at = 7, None, 0
        for whole in text.splitlines(keepends=True):
            line = whole.strip()
            depth = len(line) - len(line.lstrip("#")) or int(_ORDINAL.match(line) is not None)
            year = _heading_year(line, made_on) if len(line) <= _SHORT else None
            if depth or year is not None:
                if year is not None or depth <= level:
                    level, section = depth or 7, year
                self._set(at, section)
            elif line:
                self._set(at, section)
                for found in _HEAD.finditer(whole[:2000]) if _NAMES_YEAR.search(whole) else ():
                    named = made_on.year + 1 if found["next"] else int(found["year"])
                    if named > made_on.year:
                        self._set(at + found.end(), named)
                        if line.rstrip("。.") == found[0].strip().rstrip("。."):
                            section = named
            at += len(whole)

    def _set(self, start: int, year: int | None) -> None:
        if not self._years or self._years[-1] != year:
            self._starts.append(start)
            self._years.append(year)


def _heading_year(line: str, made_on: date) -> int | None:
    """The one year that a heading names; of a past year only where it looks back."""
    if not line.startswith("#") and (_PUNCTUATED.search(line) or re.search(r"\d月|\d日", line)):
        return None
    years = {int(found["year"]) for found in _HEADED.finditer(line)}
    if len(years) != 1:
        return None
    [year] = years
    ahead = year > made_on.year and _AHEAD.search(line) and not _CALL.search(line)
    return year if ahead or (year < made_on.year and _BACK.search(line)) else None


def in_year(phrase: str, year: int) -> date | None:
    """The phrase read against the first day of a year; None when it cannot be."""
    return _read(re.sub(r"^.*[到至—–-]", "", phrase), date(year, 1, 1))


def _read(phrase: str, anchor: date) -> date | None:
    try:
        return parse(phrase, anchor).date
    except BadDate:
        return None


def of_year(text: str, here: DatedMention, year: int | None) -> DatedMention:
    """A phrase without a year of its own, in the year that the text is about."""
    phrase = text[here.start : here.end]
    if year is None or here.due is None or not (here.assumed or _OF_YEAR.fullmatch(phrase)):
        return here
    due = in_year(phrase, year)
    return here if due is None else replace(here, due=due, assumed=False, has_year=True)


def counted(
    text: str, last: DatedMention | None, here: DatedMention, made_on: date
) -> DatedMention:
    """A relative phrase, counted from the dated clause before it in its sentence."""
    phrase = text[here.start : here.end].strip()
    if of_month := _OF_THAT_MONTH.fullmatch(phrase):
        return _in_month_of(last, here, of_month[1])
    if here.due is None and (there := _THERE.fullmatch(phrase)):
        return _told_from(text, last, here, there)
    if later := _LATER.fullmatch(phrase):
        return _later(text, last, here, later["length"])
    year, month, day = (form.fullmatch(phrase) for form in (_OF_YEAR, _OF_MONTH, _OF_DAY))
    if not (year or month or day) or here.due is None:
        return here
    before = text[max(0, here.start - _REACH) : here.start]
    stop = list(_STOP.finditer(before))
    begins = here.start - len(before) + (stop[-1].end() if stop else 0)
    sentence = text[begins : here.start]
    if last is None or last.start < begins or last.due is None or last.struck:
        undated = day and _LENGTH.search(phrase) and _EVENT.search(sentence)
        return replace(here, due=None, precision=Precision.NONE) if undated else here
    return _from(text, last, here, made_on, (sentence, bool(day)))


def _in_month_of(last: DatedMention | None, here: DatedMention, day: str) -> DatedMention:
    """The 30th of that month: of the month named before."""
    if last is None or last.due is None or last.struck:
        return here
    due = _read(f"{day} of {last.due:%B %Y}", last.due)
    return here if due is None else replace(here, due=due, precision=Precision.DAY, has_year=True)


def _told_from(
    text: str, last: DatedMention | None, here: DatedMention, there: re.Match[str]
) -> DatedMention:
    """The same day, that week, the following Friday: as the day before it settles them."""
    if last is None or last.due is None or not _is_near(text, last, here):
        return here
    unit = (there["unit"] or there["after"] or "day").lower()
    same, named = there["same"] or there["then"], unit if unit in _WHOLE else ""
    if same and not named:
        due: date | None = last.due
        if there["lead"] == "before" and due is not None:
            due -= timedelta(days=1)
        return replace(here, due=due, precision=last.precision, has_year=True)
    if not named and last.precision is not Precision.DAY:
        return here
    due = _read(f"{'this' if same else 'next'} {named}" if named else "tomorrow", last.due)
    if due is not None and unit.endswith("day") and unit != "day":
        due = _read(unit, due)
    precision = _WHOLE.get(unit, Precision.DAY)
    return here if due is None else replace(here, due=due, precision=precision, has_year=True)


_WHOLE = {"week": Precision.WEEK, "month": Precision.MONTH, "year": Precision.YEAR}


def is_told_elsewhere(phrase: str) -> bool:
    """Whether a phrase points back to a day: by then, that week."""
    return _THERE.fullmatch(phrase.strip()) is not None


def _is_near(text: str, last: DatedMention, here: DatedMention) -> bool:
    between = text[last.end : here.start]
    return not last.struck and len(between) <= _REACH and "\n\n" not in between


def _later(text: str, last: DatedMention | None, here: DatedMention, length: str) -> DatedMention:
    """Ten days later: counted from the day before it, in its sentence or the one before."""
    if last is None or last.due is None or last.precision is not Precision.DAY:
        return here
    due = _read(f"in {length}", last.due) if _is_near(text, last, here) else None
    return here if due is None else replace(here, due=due, precision=Precision.DAY, has_year=True)


def _from(
    text: str, last: DatedMention, here: DatedMention, made_on: date, how: tuple[str, bool]
) -> DatedMention:
    sentence, by_day = how
    anchor = last.due or made_on
    is_end = re.search(r"前$|^(?:by|before)\b", text[last.start : last.end], re.IGNORECASE)
    if _SAID.search(sentence) and last.assumed and anchor > made_on and not is_end:
        anchor = _year_before(anchor)  # what was said on a day was said on one that is past
    elif anchor < made_on or (last.assumed and anchor.year > made_on.year):
        return here
    phrase = text[here.start : here.end].strip()
    if by_day and phrase.isascii() and not _THEN.search(text[last.end : here.start]):
        return here
    if by_day and last.precision is not Precision.DAY:
        unclear = _LENGTH.search(phrase) is not None
        return replace(here, due=None, precision=Precision.NONE) if unclear else here
    if by_day and is_end and not _NTH.fullmatch(phrase):
        return here
    due = _read("明天" if phrase in ("next day", "the next day", "次日") else phrase, anchor)
    return here if due is None else replace(here, due=due, assumed=False, has_year=True)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def ends_before_it_begins(text: str, last: DatedMention, here: DatedMention) -> bool:
    """Whether a finish would come before the start that the sentence names: 10月开工，6月完工."""
    if last.due is None or here.due is None or here.due >= last.due:
        return False
    between = text[last.end : here.start]
    return (
        len(between) < 60
        and not _STOP.search(between)
        and _BEGINS.match(between.lstrip()) is not None
    )
