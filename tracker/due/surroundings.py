"""What stands around a due phrase in running text and makes it another date, or none.

A phrase is read as far as the grammar goes, but 明年 in 明年高考前 is not the date that was said,
nor is June in "by June or July". All patterns look at a bounded number of characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from tracker.due.english.words import MONTHS, WEEKDAYS
from tracker.due.reading import Reading
from tracker.message import Message

_REACH = 16
"""How many characters before a phrase are looked at."""

_EVENT_REACH = 90
"""How far before its month an event may be named: before the start of school in September."""

_RECURS_BEFORE = r"[每逐各历](?:个?学?年|个?季度|个?月|周|日|天)?的?$"
_BEGINS_BEFORE = (
    r"(?:\bnot|n't|\bnever|\bnor|\b(?:earlier|sooner)\s{1,4}than)\s{1,4}$|(?:[早先]于|最早)\s?$"
)
_BEFORE = re.compile(f"{_RECURS_BEFORE}|{_BEGINS_BEFORE}")
_AFTER = re.compile(
    r"(?:\s{1,4}(?:and|or)\s{1,4}(?:[0-9]{1,2}\s{1,4}[a-z]{3,9}|[a-z]{3,9}\s{1,4}[0-9]{1,2}))?"
    r"\s{1,4}(?:of|in)?\s{0,4}(?:each|every|any|that|the\s{1,4}following)\s{1,4}"
    r"(?:calendar\s|fiscal\s|financial\s|other\s|second\s)?(?:year|month|quarter|week|term)"
    r"|\s{1,4}(?:at\s{1,4}the\s{1,4}(?:very\s{1,4})?earliest|onwards?|or\s{1,4}later)\b|代"
    r"|[之以]后|后(?![半续期勤台来备几一二三四五六七八九十两0-9天年日])"
)
_SINCE_EVENT = re.compile(r"(?:起|后|以来)[, ]?$|前$")
_CONTRACT = re.compile("(?:合同|协议)(?:书)?$")
_OTHER_YEAR = re.compile(
    r"(?:[次翌隔]年|第二年|年后|财年|财政年度|(?<![中小大])学年度?(?:第[一二]学期)?)的?$"
)
_RELATIVE = re.compile(
    r"\s{1,4}(?:of|in|after|following|preceding)\s{1,4}(?:the|its|their|his|her|such|said)\s{1,4}"
    r"(?:[a-z]{3,12}\s{1,4}){0,2}(?:year|term|season|quarter|period)\b"
)
_UNIT = re.compile(r"(?:year|month|quarter|week)$")
_AFTER_UNIT = re.compile(
    r"\s{1,4}(?:after|following|before|preceding|succeeding|in\s{1,4}which|of\s{1,4}(?:the|its|our))\b"
)
_EVENT = re.compile(
    r"的?[一-鿿]{0,4}(?:高考|中考|两会|汛期?|春耕|秋收|开学|供暖|采暖|供热|暑期|暑假|寒假|入冬|换届|春运|雨季)"
    r"[一-鿿]{0,4}(?<!目)(?<!提)前"
)
_NAME = "|".join(sorted({name[:3] for name in (*MONTHS, *WEEKDAYS)}))
_LEAD = re.compile(r"(?:due\s{1,4})?(by|before|no\s{1,4}later\s{1,4}than)\s")
_TAIL = re.compile("[之以]?前")
_DATE = re.compile(
    rf"[0-9]月[0-9]|[0-9]/[0-9]{{1,2}}/[12][0-9]{{3}}|\b(?:{_NAME})[a-z]{{0,6}}\b"
    r"|\b(?:q[1-4]|fy|fiscal|financial)\s?[^0-9]{0,5}20[0-9]{2}[-/]"
)
_MEASURE = re.compile(r"(?:压缩|压减|缩短|缩减|控制|减少|减|降低|降|提速)(?:到|至|在|为|成)?\s?$")
_ABOUT = re.compile("前后|左右|上下")
_PART_OF = re.compile(
    r"\b(?:weeks?|fortnight|half|days|part|weekend|early|halfway|midway)(?:\s{1,4}(?:of|in))?\s{1,4}$"
)
_BESIDE = re.compile(rf"\b(?:(?:{_NAME})[a-z]{{0,6}}|weekend|weeks?|months?)\s{{1,4}}$")
_OF_EVENT = re.compile(
    r"(?<!come)(?<!comes)(?<!came)(?<!goes)(?<!go)(?<!put)(?<!laid)(?<!brought)(?<!be)(?<!appear)(?<!heard)"
    r"\s(?:before|ahead\sof|prior\sto)\s{1,4}"
    r"(?:(?!(?:will|shall|must|would|should|can|could|may|might|is|are|has|have|plans?|expects?|aims?|hopes?)\s)"
    r"[a-z’'-]{1,20}\s{1,4}){1,7}$"
)
"""The road opens before the rains | in November. What is put before the court in May is not, nor
what will be done in June before leaving office."""
_FOLLOWING = re.compile(r"\bthe\s{1,4}following\b")
_OR = re.compile(
    r"或者?(?:[0-9一二三四五六七八九十]{1,3}月|[今明后]年|[本下]|年)"
    r"|[、,至到]?\s?(?:[明次下]年|第?[一二三四1-4]季度|[0-9一二三四五六七八九十]{1,3}月)初"
    r"|\s{1,4}or\s{1,4}(?:so\b|thereabouts\b)|\s{1,4}or\s{1,4}(?:by\s|in\s|the\s)?"
    rf"(?:(?:early|late|mid)[\s-](?:in\s)?)?(?:q[1-4]|h[12]|[12][0-9]{{3}}|(?:{_NAME})[a-z]{{0,7}})(?![a-z0-9])|/(?:(?:early|late|mid)[\s-])?(?:{_NAME})[a-z]{{0,7}}(?![a-z0-9])"
)


def before(plain: str, start: int, since: int) -> str:
    """The characters before a phrase that may bear on it; `since` is where the last one ended."""
    return plain[max(since, start - _REACH) : start]


def excludes(plain: str, end: int, before: str, limit: str) -> bool:
    """Whether it recurs (每年年底前), begins then (not before 10 September), or is 2030年代.

    A time that is cut down to so much (压缩到24小时以内) is a measure, and no deadline.
    """
    if limit in ("内", "之内", "以内") and _MEASURE.search(before):
        return True
    return bool(_BEFORE.search(before) or _AFTER.match(plain, end))


def deadline(plain: str, start: int, refused: tuple[Reading, int]) -> tuple[Reading, int]:
    """A date that was refused, as the deadline that it is meant to be: by 31 June, 2月30日前.

    It has no day, and says why; only where its words can be nothing but a date.
    """
    reading, end = refused
    lead, tail = _LEAD.match(plain, start), _TAIL.match(plain, end)
    if not (lead or tail) or not _DATE.search(plain, start, end):
        return refused
    limit = lead[1] if lead else tail[0] if tail else ""
    return replace(reading, plain=False, limit=limit), tail.end() if tail else end


def doubt(reading: Reading, plain: str, start: int, end: int, before: str) -> Message:
    """Why the date that was read is not the one that was said; "" if nothing speaks against it."""
    return next(_doubts(reading, plain, start, end, before), Message(""))


def _doubts(reading: Reading, plain: str, start: int, end: int, before: str) -> Iterator[Message]:
    limit = reading.limit
    if limit in ("内", "之内", "以内") and _SINCE_EVENT.search(before):
        yield Message("It is counted from an event whose date is not given.")
    if limit and plain.startswith(("签订", "签署"), start) and _CONTRACT.search(before):
        yield Message("It is counted from an event whose date is not given.")
    if reading.assumed and _OTHER_YEAR.search(plain[max(0, start - _REACH) : start]):
        yield Message("It is told from a year that is named elsewhere.")
    if _RELATIVE.match(plain, end) or (
        _UNIT.search(plain[max(start, end - 8) : end]) and _AFTER_UNIT.match(plain, end)
    ):
        yield Message("It is told from an event whose date is not given.")
    if _FOLLOWING.search(plain, start, end) or (limit == "before" and _BESIDE.search(before)):
        yield Message("It is told from a date that is named elsewhere.")
    is_day = reading.period is not None and reading.period.is_day
    if not is_day and _is_of_event(limit, plain, start, end):
        yield Message("It is told from an event whose date is not given.")
    if limit in ("", "in", "through") and _PART_OF.search(before):
        yield Message("A part of it is meant, whose last day is not named.")
    if _ABOUT.match(plain, end):
        yield Message("The day is left open.")
    if _OR.match(plain, end):
        yield Message("Which of two days is meant is left open.")


def _is_of_event(limit: str, plain: str, start: int, end: int) -> bool:
    """Whether it says when an event is by which something is due: before the rains in May."""
    if limit == "in":
        near = plain[max(0, start - _EVENT_REACH) : start]
        return _OF_EVENT.search(near) is not None
    return not limit and _EVENT.match(plain, end) is not None
