"""Due phrases in running text: a trigger finds where one may begin, the grammar reads it there.

Running text says many things that only look like a date (3月 in 13月, may, a bare 2030), so a
reading counts only when its words could hardly mean anything else. Every trigger looks at a
bounded number of characters and what has been read is never read again, so the time is linear
in the length of the text.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from msgspec import Struct

from tracker.due import chinese, english
from tracker.due.lexer import normal
from tracker.due.numerals import HAN
from tracker.due.period import Setting
from tracker.due.phrase import Due, due_of, longest
from tracker.due.reading import Reading

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_COUNT = (
    r"(?:[0-9]{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"fifteen|eighteen|twenty|thirty|forty|sixty|ninety)"
)
_UNIT = r"(?:day|week|month|year)s?"
_B = r"\s{1,4}"
_YEAR = rf"(?:[12][0-9]{{3}}|(?:this|next|last|the){_B}year|fy|(?:the{_B})?fiscal)"
_PART = rf"(?:first|second|third|fourth|[1-4](?:st|nd|rd|th)){_B}(?:quarter|half)"
# What may stand after any preposition, and what only after one that makes a deadline of it.
_NAMED = (
    rf"(?:the{_B})?(?:end|close|late|early|mid|middle|beginning|start|later|this|next|current|"
    rf"coming|medium|calendar|cy|fy|fiscal|financial|us{_B}fy|{_MONTH}|{_DAY}|{_COUNT}(?:-[a-z]{{3,5}})?{_B}\(?[0-9a-z]{{1,14}}\)?|"
    rf"q[1-4]|h[12]|[12][0-9]{{3}}|[0-9]{{1,2}}|{_PART}{_B}(?:of{_B})?{_YEAR}|1[0-9]th{_B}five|"
    rf"spring|summer|autumn|winter)(?![a-z])"
)
_LOOSE = (
    rf"(?:the{_B})?(?:year|month|week|quarter|{_PART}|today|tomorrow|yesterday|eo[mqydw]|cob|"
    rf"christmas|new{_B}year|year{_B}end|year-end)(?![a-z])"
)
_LATIN = re.compile(
    rf"(?:(?:by{_B})?(?:no|not){_B}later{_B}than|on{_B}or{_B}before|prior{_B}to|up{_B}to|by|before|"
    rf"until|till|through|within|due){_B}(?={_NAMED}|{_LOOSE})"
    rf"|(?:during|in|over|on){_B}(?={_NAMED})"
    rf"|{_MONTH}\.?(?:{_B}[0-9]|,?{_B}(?:of{_B})?(?:next|this){_B}year)"
    rf"|{_DAY},?{_B}(?:[0-9]{{1,2}}(?:st|nd|rd|th)?{_B}(?:of{_B})?{_MONTH}|{_MONTH}{_B}[0-9])"
    rf"|(?:the{_B})?end(?:{_B}|-)(?:of{_B})?(?:{_NAMED}|{_LOOSE})"
    rf"|(?:the{_B})?{_PART}{_B}(?:of{_B})?{_YEAR}"
    rf"|(?:late|early|mid)(?:{_B}|-)(?:{_MONTH}|[12][0-9]{{3}})(?![a-z0-9])"
    rf"|(?:this|next|last){_B}(?:year|month|quarter|week|{_MONTH}|{_DAY})(?![a-z])"
    r"|(?:q[1-4]|h[12])(?![0-9])"
    rf"|(?:fy|(?:fiscal|financial){_B}year)[ ']?[0-9(]"
    rf"|{_COUNT}{_B}(?:\([0-9]+\){_B})?(?:calendar{_B})?{_UNIT}{_B}(?:from|of|after|following)"
    r"|year-end|eo[mqy](?![a-z])"
)
_DIGITS_EN = re.compile(
    rf"[0-9]{{1,2}}(?:st|nd|rd|th)?(?:{_B}|-)(?:of{_B})?{_MONTH}(?![a-z])"
    r"|[1-4][qh][0-9]{2}|[12][0-9]{3}[ -]?[qh][1-4]"
    rf"|[0-9]{{1,3}}{_B}(?:calendar{_B})?{_UNIT}{_B}(?:from|of|after|following)"
    rf"|1[0-9]th{_B}five[- ]year"
    r"|[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])"
    r"|[0-9]{1,2}([/.])[0-9]{1,2}\2[0-9]{4}(?![0-9])"
)
_UNIT_ZH = r"(?:年|月|日|天|号|周|星期|礼拜|季|个(?:月|工作|自然|星期|礼拜|季|周)|工作日|自然日)"
_DIGITS_ZH = re.compile(
    rf"(?<![0-9][.,/])[0-9]{{1,8}}(?:[-/.~至到]\s?[0-9]{{1,4}}){{0,2}}\s?{_UNIT_ZH}"
)
_NUMERALS_ZH = re.compile(
    rf"(?<![0-9几数])(?:[{HAN}]{{1,5}}\s?{_UNIT_ZH}|十[一二三四五六七八九]五)"
)
_QUOTED = "[“\"「『‘']?"
_HOLIDAY = (
    r"(?:元旦|春节|国庆|中秋|端午|清明|劳动节|五一|十一|除夕|元宵)"
    r"[”\"」』]?节?(?:假期|长假)?(?:之|以)?前"
)
_WORDS_ZH = re.compile(
    r"第\s?[一二三四1-4]\s?季"
    rf"|{_QUOTED}十[一二三四五六七八九]五"
    r"|今明两年|(?:今|明|后|去|来|本)\s?年|(?<![年月日天周])前年|(?:今|明|后)[天日]"
    r"|[本这下上](?:一个|一|个)?(?:年|月|周|季|星期|礼拜)|(?<!以)[上下]\s?半年"
    rf"|(?<![{HAN}0-9多近每历往当去前同次翌逐隔整全常半青少老中成幼童壮早新学财几数])"
    r"年(?:\s?[底末内终]|中[,，前之])"
    rf"|(?<![{HAN}0-9个每当次腊正])月\s?[底末内]|季度?末|岁末"
    rf"|{_QUOTED}{_HOLIDAY}"
    r"|周[一二三四五六日末](?:之|以)?前"
    r"|自?(?:本|该)?.{0,2}(?:发布|公布|印发|下发|颁布)之日起"
    r"|半(?:年|个月)(?:之|以)?内"
    rf"|(?:未来|今后)[几若0-9{HAN}][干0-9{HAN}]?(?:年|个月)"
)
# Where a phrase may begin: a run of digits, numerals or letters is looked at once, as a whole.
_START = re.compile(
    rf"[0-9]+|[{HAN}]+|[a-z]+|[第今明后去来本前这下上年月季岁周自发印公下颁半未元春国中端清劳除“\"「『‘']"
)


def _trigger(plain: str, at: int) -> tuple[Any, ...]:
    """The grammars to try at a place where a phrase may begin."""
    first = plain[at]
    if first.isascii():
        if first.isalpha():
            return (english,) if _LATIN.match(plain, at) else ()
        if first.isdigit() and _DIGITS_EN.match(plain, at):
            return (english, chinese)
        if first.isdigit():
            return (chinese,) if _DIGITS_ZH.match(plain, at) else ()
    if first in HAN and _NUMERALS_ZH.match(plain, at):
        return (chinese,)
    return (chinese,) if _WORDS_ZH.match(plain, at) else ()


# 到 makes a deadline of a date, where it is not the end of a verb (达到, 看到).
_LEAD_ZH = re.compile(
    r"(?:截止到|截至|截止|不晚于|不迟于|最晚于?|最迟于?|(?<![达得受看感找做想遇提来回直])到)\s?$"
)
_CAPITAL = re.compile(rf"(?<![a-z0-9])(?:{_MONTH}|{_DAY})(?![a-z])")
_SINCE_EVENT = re.compile(r"(?:起|后|以来)[, ]?$")
_EVERY_BEFORE = re.compile(r"(?:每|逐|各|历)(?:个?学?年|个?季度|个?月|周|日|天)?的?$")
_EVERY_AFTER = re.compile(r"\s{1,4}(?:of\s{1,4})?(?:each|every|any|that|the\s{1,4}following)\s")


class Mention(Struct, frozen=True):
    """A due phrase in a text: `text[start:end]` in code points.

    `limit` is the word that makes it a deadline (by, before, within, 前, 内, 到), or "".
    `unclear` says why its date, if it has one, cannot be relied on; else it is "".
    """

    start: int
    end: int
    due: Due
    limit: str = ""
    unclear: str = ""


def find(text: str, anchor: date, *, fiscal_year_start: int = 1) -> list[Mention]:
    """The due phrases in the text, each as long as the grammar can read it, in order.

    What recurs (每年年底前, by 30 September each year) is not among them, nor is a day without
    its month (20日前 may be twenty days ago).
    """
    plain = normal(text)
    setting = Setting(anchor, fiscal_year_start)
    mentions: list[Mention] = []
    at = done = 0
    while (run := _START.search(plain, at)) is not None:
        start, at = run.span()
        grammars = _trigger(plain, start)
        found = longest(plain, start, setting, grammars) if grammars else None
        if found is None:
            continue
        reading, end = found
        if reading.period is None and reading.plain:
            at = max(at, end)  # no part of what the calendar does not have is a date
        before = plain[max(done, start - 6) : start]
        if _credible(text, plain, start, found) and not _EVERY_BEFORE.search(before):
            mentions.append(_mention(text, start, found, before))
            at = done = end
    return mentions


def _credible(text: str, plain: str, start: int, found: tuple[Reading, int]) -> bool:
    reading, end = found
    if reading.plain and (not reading.limit or reading.assumed == "month"):
        return False
    if reading.limit in ("后", "之后", "以后") or _EVERY_AFTER.match(plain, end):
        return False
    return all(text[m.start()].isupper() for m in _CAPITAL.finditer(plain, start, end))


def _mention(text: str, start: int, found: tuple[Reading, int], before: str) -> Mention:
    reading, end = found
    limit = reading.limit
    unclear = reading.unclear.message if reading.unclear is not None else ""
    if limit in ("内", "之内", "以内") and _SINCE_EVENT.search(before):
        unclear = unclear or "It is counted from an event whose date is not given."
    if lead := _LEAD_ZH.search(before):
        start -= len(lead[0])
        limit = limit or lead[0].strip()
    return Mention(start, end, due_of(reading, text[start:end]), limit, unclear)
