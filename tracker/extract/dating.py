"""The day on which a document was made, as far as its own words tell.

In order: its front matter, the event that it reports (3月10日上午…召开; held on 14 May), a date that is labelled as the
document's, a date on a line of its own (a signature, a letterhead), a news dateline, the one date in a short
line of the heading that names an occasion, the day whose state it gives (progress as at 30 June). A running head
is none of these, nor the day of the next meeting. Where nothing says it, nothing is guessed; where two roles
disagree, or only a heading speaks, the day is not sure, and the line that tells it is kept to be shown.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from msgspec import Struct

from tracker.due.numerals import read_han
from tracker.extract.front_matter import front_matter
from tracker.locale import MONTH_NAMES

_HEAD = 3000
_TAIL = 1500
_ZH = r"(?P<y>[12][0-9]{3})\s?年\s?(?P<m>[0-9]{1,2})\s?月\s?(?P<d>[0-9]{1,2})\s?日"
_ROC = r"(?:民[国國])?(?P<roc>1[0-4][0-9])\s?[年/](?P<m>[0-9]{1,2})\s?[月/](?P<d>[0-9]{1,2})日?(?![0-9/])"
_HAN = (
    r"(?P<y>[〇零○一二三四五六七八九]{4})年(?P<m>[一二三四五六七八九十]{1,2})月"
    r"(?P<d>[一二三四五六七八九十廿]{1,3})日"
)
_ISO = r"(?P<y>[12][0-9]{3})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})(?![0-9])"
_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES) if number}
_M = r"(?P<mon>[A-Z][a-z]{2,8}|[A-Z]{3,9})\.?"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
_EN = rf"(?:{_WEEKDAY}{_M}\s+(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>[12][0-9]{{3}}))"
_EN_UK = rf"(?:{_WEEKDAY}(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:day\s+)?(?:of\s+)?{_M},?\s+(?P<y>[12][0-9]{{3}}))"
_DOTTED = r"(?P<d>[0-9]{1,2})\.(?P<m>[0-9]{1,2})\.(?P<y>[12][0-9]{3})(?![0-9.])"
# With slashes only where one order is possible.
_MONTH_FIRST = r"(?<![0-9/])(?P<m>0?[1-9]|1[0-2])/(?P<d>1[3-9]|2[0-9]|3[01])/(?P<y>[12][0-9]{3})"
_DAY_FIRST = r"(?<![0-9/])(?P<d>1[3-9]|2[0-9]|3[01])/(?P<m>0?[1-9]|1[0-2])/(?P<y>[12][0-9]{3})"
_FORMS = (_ROC, _ZH, _HAN, _ISO, _EN, _EN_UK, _DOTTED, _MONTH_FIRST, _DAY_FIRST)
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
_LABEL_ZH = r"(?:签订|签署|公示|承诺|發言|发言|发布|發布|发文|成文|印发|公布|公开|生成|制定|签发|更新|刊发|发稿)(?:时间|日期)"
_LABEL_EN = r"(?:prepared|so ordered|done at [A-Z]\w+|dated|(?:last )?updated|published|publication date|release date|issued|posted|signed)(?:\s+on)?"
_LINE_LABELS = (
    _LABEL_ZH,
    r"(?:原载|来源|信息来源|转自)[^\n]{0,24}?",
    r"(?:[\w.]+\s){1,3}(?:updated|issued|approved by the \w+)\s+on",
    r"[^\n]{0,24}\bposted|日期|时间",
    _LABEL_EN,
    r"(?:(?:report|issue|meeting|release)\s)?date"
    r"(?:\sof\s(?:issue|report|publication|meeting|decision|this \w{1,20}))?",
    r"(?:approved by [^\n,.:;0-9]{3,40}|recorded|answered|presented to parliament"
    r"|(?:charter|plan|report|policy|strategy|version|document) (?:approved|adopted|issued))(?:\s+on|,)?",
)
_LINE_LABEL = "|".join(_LINE_LABELS)
# At the end of what is said of the document's making: received on 1 May; consent issued 2 June 2022.
_OF_ITSELF = (
    r"recorded|(?:this \w{1,20}|consent|permission|decision|notice) (?:issued|sent|given|made)"
)
_LABELLED = [
    re.compile(
        rf"(?:^[\s|*（(#]*(?:{_LINE_LABEL})[*\s|]*[:：]?"
        rf"|[\s|*（(](?:{_LABEL_ZH}[:：]?|{_LABEL_EN}[*]*[:：])|[,;]\s(?:{_OF_ITSELF})(?:\son)?)[*\s|]*(?:this\s)?{form}",
        re.IGNORECASE | re.MULTILINE,
    )
    for form in _FORMS
]
_ISSUED = re.compile(rf"(?<![于在曾由]){_ZH}\s?(?:印发|发布|公布)")
_AT_HOUR = r"(?:,?\s+(?:at\s+)?[0-9]{1,2}(?:[:.][0-9]{2})?\s?(?:[ap]\.?m\.?)?)?"
_AFTER = r"(?:[（(](?:星期|周)[一二三四五六日天][）)])?(?:[0-9]{1,2}[时時](?:[0-9]{1,2}分)?)?(?:[于於][\u4e00-\u9fff]{1,6})?"
_ALONE = [
    re.compile(rf"^[ \t　*（(]*{form}{_AFTER}{_AT_HOUR}[ \t　*）).]*\r?$", re.MULTILINE)
    for form in _FORMS
]
_MASTHEAD = [re.compile(rf"^[^\n]{{0,80}}?[ \t　]{{3,60}}{form}$", re.MULTILINE) for form in _FORMS]
_NEXT = re.compile(
    r"\bnext (?:\w+ )?(?:meeting|session|sitting|hearing|review|issue|conference|sync|assembly)\b[^\n]{0,40}\W{0,6}$|下次[^\n]{0,12}\W{0,6}$",
    re.IGNORECASE,
)
"""The line before the day of a meeting that is still to come."""
_HELD_EN = [
    re.compile(
        rf"^[*_\s]{{0,4}}(?:[Mm]eeting\s)?[Hh]eld\b[^\n.]{{0,60}}?\bon\s{form}", re.MULTILINE
    )
    for form in (_EN, _EN_UK)
]
_OCCASION = re.compile(
    r"\b(?:minutes|meeting|held|speech|statement|report|conference|remarks|address|briefing|update|notice|newsletter|press"
    r"|released?|issue|edition|plan|session|hearing|published|review|magazine|newspaper|call|letter|bulletin|paper|presented|delivered|version|interview|of|for|on)\b"
    r"|[会讲稿报刊告函通知日训志]",
    re.IGNORECASE,
)
_ACCIDENT = re.compile(
    r"^(?!.*\b(?:meeting|minutes|published|issued|dated|held)\b).*\b(?:accident|derailment|failure|collapse|death|collision|incident|fire|flood|outage|explosion|crash|slip|slid|storm|follows?)\b|事故|火灾|爆炸",
    re.IGNORECASE,
)
"""A heading names the day of what the document is about, not of its making."""
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
        rf"^[A-Z][^\n.;:]{{1,60}}?(?:,\s+|\s\(){form}\)?\s+(?:\([^)\n]{{1,30}}\)\s+)?(?:-|--|–|—|\|)\s",
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
_YEAR = re.compile(r"[12][0-9]{3}|[〇零○一二三四五六七八九]{4}年|1[0-4][0-9]\s?[年/]")
_HEADING_LINES, _HEADING_LENGTH = 12, 110
_FAR = timedelta(days=32)
_STAMP = re.compile(rf"(?:^|[\s　]){_ISO}\s+[0-9]{{1,2}}:[0-9]{{2}}")


class DocumentDay(Struct, frozen=True):
    """A day and what it rests on, or None and "".

    The bases are front matter, event, publication, signature, dateline, heading and state. `line` is
    the line that tells it; `sure` is not set where the line is only a heading, or another role names another day.
    """

    on: date | None = None
    basis: str = ""
    line: str = ""
    sure: bool = False


_DayAt = tuple[int, date]
"""Where in the text a day is told, and the day."""


def own_date(text: str, published: date | None = None) -> DocumentDay:
    """The document's own date; looks only at its beginning and its end. `published` is what its markup says."""
    whole = _BLANK.sub("\n\n", text[:_HEAD])
    head, tail = _with_years(whole), _with_years(_BLANK.sub("\n\n", text[-_TAIL:]))
    front = _first(_HEADING, front_matter(text).get("date", ""))
    labelled = _first(_LABELLED, head) or _first(_LABELLED, tail) or _first([_ISSUED, _STAMP], head)
    if published is not None:
        labelled = (-1, published)
    event = _event(whole, head, labelled[1] if labelled else None)
    alone = _first(_MASTHEAD, _with_years(whole[:600])) or _alone(head) or _alone(tail)
    roles = [
        ("front matter", front),
        ("event", event),
        ("publication", labelled),
        ("signature", alone),
        ("dateline", _first(_DATELINE, head)),
        ("heading", _headed(whole)),
        ("signature", _first(_ALONE_MONTH, head) or _first(_ALONE_MONTH, tail)),
        ("state", _first(_STATE, head)),
    ]
    basis, told = next(((name, found) for name, found in roles if found is not None), ("", None))
    if told is None:
        return DocumentDay()
    other = {found[1] for found in (front, labelled, alone) if found is not None}
    agree = basis == "event" or max(other, default=told[1]) - min(other, default=told[1]) < _FAR
    return DocumentDay(
        told[1],
        basis,
        _line_of(text, told[1], told[0]),
        basis not in ("heading", "state") and agree,
    )


def _alone(part: str) -> _DayAt | None:
    """A date on a line of its own, which is not that of the next meeting."""
    found = _first(_ALONE, part)
    return None if found is None or _NEXT.search(part[max(0, found[0] - 80) : found[0]]) else found


def _line_of(text: str, day: date, at: int) -> str:
    """The line that tells the day, as far as it can be found again."""
    part = text[:_HEAD] if at >= 0 else ""
    for line in (*part.splitlines(), *text[-_TAIL:].splitlines()):
        if any(_day(match) == day for form in _HEADING for match in form.finditer(line)):
            return line.strip()[:200]
    return ""


def _headed(head: str) -> _DayAt | None:
    """The one date in a short line near the top: Minutes of the meeting held on 14 May 2019."""
    lines = [line for part in head.splitlines() if (line := part.strip())]
    for before, line in zip(["", *lines], lines[:_HEADING_LINES], strict=False):
        if _NEXT.search(before[-80:]):
            continue
        if not _YEAR.search(line):
            continue
        found = [match for form in _HEADING for match in form.finditer(line)]
        bare = _without(line, found)
        if (
            len(line) > (_HEADING_LENGTH if line != lines[0] else 2 * _HEADING_LENGTH)
            or _RUNNING_HEAD.search(bare)
            or _ACCIDENT.search(bare)
        ):
            continue
        if len(bare) > 40 and not _OCCASION.search(bare):
            continue
        found = found or [match for form in _HEADED_MONTH for match in form.finditer(line)]
        days = {_day(match) for match in found}
        if len(days) == 1 and not _OTHER_DAY.search(line[: found[0].start()]):
            [day] = days
            return None if day is None else (head.find(line), day)
    return None


def _without(line: str, dates: list[re.Match[str]]) -> str:
    """The line without its dates, or "" when they are all that it says: 二〇二三年三月五日 / 5 March 2023."""
    for found in dates:
        line = line.replace(found[0], "")
    return line if re.search(r"\w", line) else ""


def _with_years(part: str) -> str:
    """The lines that name a year, each with the one before it: no other tells the day."""
    lines = part.splitlines(keepends=True)
    kept = {at for at, line in enumerate(lines) if _YEAR.search(line)}
    return "".join(line for at, line in enumerate(lines) if at in kept or at + 1 in kept)


def _event(whole: str, head: str, published: date | None) -> _DayAt | None:
    """The day of the press conference; its year is that of the publication that follows it."""
    found = _HELD.search(whole) if "发布会" in whole else None
    found = found or (_EVENT.search(whole) if "会" in whole else None)
    if found is None:
        return _first(_HELD_EN, head)
    if not found["y"] and published is None:
        return None
    year = int(found["y"]) if found["y"] else published.year if published else 0
    day = _made(year, int(found["m"]), int(found["d"]))
    if day is not None and not found["y"] and published is not None and day > published:
        day = _made(year - 1, int(found["m"]), int(found["d"]))
    return None if day is None else (found.start(), day)


def _first(forms: list[re.Pattern[str]], text: str) -> _DayAt | None:
    found = [
        (match.start(), day)
        for form in forms
        if (match := form.search(text)) and (day := _day(match))
    ]
    return min(found, default=None)


def _day(match: re.Match[str]) -> date | None:
    given = match.groupdict()
    if given.get("roc"):
        return _made(int(given["roc"]) + 1911, int(given["m"]), int(given["d"]))
    if not given["y"].isascii():
        year, month, day = (read_han(given[part].replace("○", "〇")) or 0 for part in "ymd")
        return _made(year, month, day)
    day = int(given.get("d") or 1)
    if given.get("mon"):
        named = _MONTHS.get(given["mon"][:3].lower())
        return _made(int(given["y"]), named, day) if named else None
    return _made(int(given["y"]), int(given["m"]), day)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
