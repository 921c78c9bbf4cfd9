"""The day on which a document was made, as far as its own words tell.

In order: the event that it reports (3月10日上午…召开), a date that is labelled as the document's,
a date on a line of its own (a signature, a letterhead), a news dateline, the one date in a short line
of the heading, the day whose state it gives (progress as at 30 June). A running head is none of
these. Where nothing says it, nothing is guessed.
"""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from tracker.due.numerals import read_han

_HEAD = 3000
_TAIL = 1500
_ZH = r"(?P<y>[12][0-9]{3})\s?年\s?(?P<m>[0-9]{1,2})\s?月\s?(?P<d>[0-9]{1,2})\s?日"
_HAN = (
    r"(?P<y>[〇零○一二三四五六七八九]{4})年(?P<m>[一二三四五六七八九十]{1,2})月"
    r"(?P<d>[一二三四五六七八九十廿]{1,3})日"
)
_ISO = r"(?P<y>[12][0-9]{3})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})(?![0-9])"
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_M = r"(?P<mon>[A-Z][a-z]{2,8}|[A-Z]{3,9})\.?"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
_EN = rf"(?:{_WEEKDAY}{_M}\s+(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>[12][0-9]{{3}}))"
_EN_UK = (
    rf"(?:{_WEEKDAY}(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_M},?\s+(?P<y>[12][0-9]{{3}}))"
)
_DOTTED = r"(?P<d>[0-9]{1,2})\.(?P<m>[0-9]{1,2})\.(?P<y>[12][0-9]{3})(?![0-9.])"
# With slashes only where one order is possible.
_MONTH_FIRST = r"(?<![0-9/])(?P<m>0?[1-9]|1[0-2])/(?P<d>1[3-9]|2[0-9]|3[01])/(?P<y>[12][0-9]{3})"
_DAY_FIRST = r"(?<![0-9/])(?P<d>1[3-9]|2[0-9]|3[01])/(?P<m>0?[1-9]|1[0-2])/(?P<y>[12][0-9]{3})"
_FORMS = (_ZH, _HAN, _ISO, _EN, _EN_UK, _DOTTED, _MONTH_FIRST, _DAY_FIRST)
# A month alone is its first day: what is promised for the same month is not past.
_MONTHLY = (
    rf"{_M},?\s+(?P<y>[12][0-9]{{3}})",
    r"(?P<y>[12][0-9]{3})\s?年\s?(?P<m>[0-9]{1,2})\s?月",
)
_EVENT = re.compile(
    r"(?:^|[\n,，。：:（(\s])(?:(?P<y>[12][0-9]{3})年)?(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})日"
    r"(?:[（(][^）)\n]{1,6}[）)])?(?:上午|下午|晚)?[0-9:：时点]{0,6}[,，]?"
    r"[^。；;\n]{0,60}(?:召开|举行|举办)[^。；;\n]{0,60}(?:发布会|吹风会|通气会)"
)
_HELD = re.compile(rf"^[\s　]*(?:会议|发布|活动)?时间[:：]\s?{_ZH}", re.MULTILINE)
# A label may stand anywhere with its colon, and without one only where its line begins: the report
# published on 3 May is another document, and an end date is no date of this one.
_LABEL_ZH = r"(?:发布|发文|成文|印发|公布|公开|生成|制定|签发|更新|刊发|发稿)(?:时间|日期)"
_LABEL_EN = r"(?:dated|(?:last )?updated|published|publication date|release date|issued|posted|signed)(?:\s+on)?"
_LINE_LABEL = rf"{_LABEL_ZH}|日期|时间|{_LABEL_EN}|(?:(?:report|issue|meeting|release)\s)?date(?:\sof\s(?:issue|report|publication|meeting|decision|this \w{{1,20}}))?|(?:approved by [^\n,.:;0-9]{{3,40}}|recorded|answered|presented to parliament|(?:charter|plan|report|policy|strategy|version|document) (?:approved|adopted|issued))(?:\s+on|,)?"
# At the end of what is said of the document's making: received on 1 May; consent issued 2 June 2022.
_OF_ITSELF = (
    r"recorded|(?:this \w{1,20}|consent|permission|decision|notice) (?:issued|sent|given|made)"
)
_LABELLED = [
    re.compile(
        rf"(?:^[\s|*（(#]*(?:{_LINE_LABEL})[*\s|]*[:：]?"
        rf"|[\s|*（(](?:{_LABEL_ZH}[:：]?|{_LABEL_EN}[*]*[:：])|[,;]\s(?:{_OF_ITSELF})(?:\son)?)[*\s]*{form}",
        re.IGNORECASE | re.MULTILINE,
    )
    for form in _FORMS
]
_ISSUED = re.compile(rf"(?<![于在曾由]){_ZH}\s?(?:印发|发布|公布)")
_AT_HOUR = r"(?:,?\s+(?:at\s+)?[0-9]{1,2}(?:[:.][0-9]{2})?\s?(?:[ap]\.?m\.?)?)?"
_ALONE = [
    re.compile(rf"^[ \t　*（(]*{form}{_AT_HOUR}[ \t　*）).]*\r?$", re.MULTILINE) for form in _FORMS
]
_ALONE_MONTH = [
    re.compile(rf"^[ \t　*（(]*{form}[ \t　*）)]*\r?$", re.MULTILINE) for form in _MONTHLY
]
_HEADED_MONTH = [
    re.compile(
        rf"(?:[,(–—-]|\b(?i:report|plan|update|statement|response|minutes|newsletter|updated|published|issued|revised))\s+{form}[)*\s]*$"
    )
    for form in _MONTHLY[:1]
]
_STATE = [
    re.compile(
        rf"\b(?:report|status|state|progress|position|information|update|data|figures)\b[^\n]{{0,80}}"
        rf"\b(?:as (?:at|of):?|(?:period|week|month|quarter) (?:ending|ended))\s+{form}",
        re.IGNORECASE,
    )
    for form in (_EN, _EN_UK, *_MONTHLY[:1])
]
_DATELINE = [
    re.compile(
        rf"^[A-Z][^\n.;:]{{1,60}}?(?:,\s+|\s\(){form}\)?\s+(?:\([^)\n]{{1,30}}\)\s+)?(?:-|--|–|—)\s",
        re.MULTILINE,
    )
    for form in (_EN, _EN_UK)
]
_HEADING = [re.compile(form) for form in _FORMS]
_RUNNING_HEAD = re.compile(
    r"\bvol\.|\bpage\b|federal register|[|\t]|\s/\s|[.。;；,，]$", re.IGNORECASE
)
_OTHER_DAY = re.compile(
    r"(?:\b(?:by|before|until|from|since|after|between|effective|expires?|ended|ending|to|deadline|due)|[从自由至到])"
    r"[\s:]*(?:on\s+|the\s+)?$"
    r"|\b(?:due|end|start|closing|completion|target|opening|expiry|delivery|review|next \w{1,12})\b[\w\s]{0,30}[:\s*]*$"
    r"|(?:截止|完成|完工|办结|时限|期限|到期|有效|报名|开始|实施|生效)[\u4e00-\u9fff]{0,4}[\s:：]*$",
    re.IGNORECASE,
)
_BLANK = re.compile(r"\n\s+\n")
"""Blank lines, of which a label at the head of a line would try every one."""
_HEADING_LINES, _HEADING_LENGTH = 12, 110
_STAMP = re.compile(rf"(?:^|[\s　]){_ISO}\s+[0-9]{{1,2}}:[0-9]{{2}}")


class Dated(Struct, frozen=True):
    """A day and what it rests on, or None and "".

    The bases are event, publication, signature, dateline, heading and state.
    """

    on: date | None = None
    basis: str = ""


def own_date(text: str) -> Dated:
    """The document's own date; looks only at its beginning and its end."""
    head, tail = _BLANK.sub("\n\n", text[:_HEAD]), _BLANK.sub("\n\n", text[-_TAIL:])
    published = _first(_LABELLED, head) or _first([_ISSUED, _STAMP], head)
    event = _event(head, published)
    if event is not None:
        return Dated(event, "event")
    if published is not None:
        return Dated(published, "publication")
    alone = _first(_ALONE, head) or _first(_ALONE, tail)
    if alone is not None:
        return Dated(alone, "signature")
    said = _first(_DATELINE, head)
    if said is not None:
        return Dated(said, "dateline")
    headed = _headed(head)
    if headed is not None:
        return Dated(headed, "heading")
    alone = _first(_ALONE_MONTH, head) or _first(_ALONE_MONTH, tail)
    if alone is not None:
        return Dated(alone, "signature")
    state = _first(_STATE, head)
    return Dated(state, "state") if state is not None else Dated()


def _headed(head: str) -> date | None:
    """The one date in a short line near the top: Minutes of the meeting held on 14 May 2019."""
    lines = [line for part in head.splitlines() if (line := part.strip())]
    for line in lines[:_HEADING_LINES]:
        found = [match for form in _HEADING for match in form.finditer(line)]
        if len(line) > _HEADING_LENGTH or _RUNNING_HEAD.search(_without(line, found)):
            continue
        found = found or [match for form in _HEADED_MONTH for match in form.finditer(line)]
        if len({_day(match) for match in found}) == 1 and not _OTHER_DAY.search(
            line[: found[0].start()]
        ):
            return _day(found[0])
    return None


def _without(line: str, dates: list[re.Match[str]]) -> str:
    """The line without its dates, or "" when they are all that it says: 二〇二三年三月五日 / 5 March 2023."""
    for found in dates:
        line = line.replace(found[0], "")
    return line if re.search(r"\w", line) else ""


def _event(head: str, published: date | None) -> date | None:
    """The day of the press conference; its year is that of the publication that follows it."""
    found = _HELD.search(head) if "发布会" in head else None
    found = found or _EVENT.search(head)
    if found is None:
        return None
    if found["y"]:
        return _made(int(found["y"]), int(found["m"]), int(found["d"]))
    if published is None:
        return None
    day = _made(published.year, int(found["m"]), int(found["d"]))
    if day is not None and day > published:
        day = _made(published.year - 1, int(found["m"]), int(found["d"]))
    return day


def _first(forms: list[re.Pattern[str]], text: str) -> date | None:
    found = [
        (match.start(), day)
        for form in forms
        if (match := form.search(text)) and (day := _day(match))
    ]
    return min(found)[1] if found else None


def _day(match: re.Match[str]) -> date | None:
    given = match.groupdict()
    if not given["y"].isascii():
        year, month, day = (read_han(given[part].replace("○", "〇")) or 0 for part in "ymd")
        return _made(year, month, day)
    day = int(given.get("d") or 1)
    if given.get("mon"):
        short = given["mon"][:3].lower()
        if short not in _MONTHS:
            return None
        return _made(int(given["y"]), _MONTHS.index(short) + 1, day)
    return _made(int(given["y"]), int(given["m"]), day)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
