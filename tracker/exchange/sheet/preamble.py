"""What the lines above a table say of all of it: of which year it is, and when it was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from tracker.exchange.sheet.dates import DateSetting, named
from tracker.exchange.sheet.grid import in_simplified
from tracker.exchange.sheet.notation import MONTH, MONTHS, order_of
from tracker.texts import folded

_PIECES = re.compile(r"\s{2,}|[;；|。]|\.\s|(?<=[0-9日])\s+(?=\w+[:：])")
_YEARS = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_REPUBLICAN = re.compile(r"(?:民国\s?(?=1..年)|(?<![0-9])(?=1..年度))(1[01][0-9])年")
_OF_TWO_YEARS = re.compile(r"20[0-9]{2}\s?[-/–—]\s?(?:20)?[0-9]{2}(?![0-9])")
_TWO_YEARS = re.compile(
    r"(?<![0-9])(20[0-9]{2})(?:\s?[-/–—~]+\s?([0-9]{2})(?![0-9])|年?\s?[-/–—~至]+\s?(20[0-9]{2})(?=.{0,3}学年|.{0,3}学期))"
)
_OF_STUDY = re.compile(r"学年|学期|\b(?:academic|school|terms?)\b", re.IGNORECASE)
_MONTH = re.compile("(?<![0-9])(1[0-2]|[1-9])月份?(?=[^0-9底末日前]|$)")
_WRITTEN = re.compile(
    r"截[至止]|填[报表]|[上报]报|报送|更新|[制编]表|编制|统计|\b(?:as (?:at|of)|updated?|revised|reviewed|printed|prepared|exported?)\b",
    re.IGNORECASE,
)
_WITH_MONTH = re.compile(
    rf"20[0-9]{{2}}\s?[年./-]\s?[0-9]|{MONTH}[.,]* (?:[0-9]{{1,2}},? )?20[0-9]{{2}}"
    r"|[0-9][./-]20[0-9]{2}",
    re.IGNORECASE,
)
_DATED = re.compile(r"日期|时间|\b(?:date|export(?:ed)?)\b", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"会议|交办|下达|部署|开始|启动|检查|承诺|\b(?:start|begin|meeting|end|due|finish|target|held|issued?)",
    re.IGNORECASE,
)
"""Of what a day with a label is, that is not that of the writing."""

_BEGUN = re.compile(
    r"(?:start(?:ing)? date|project start|start of (?:the )?project|\bM ?0?1\b|开始日期|启动日期)[^0-9]{0,30}(.+)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"[〔\[【(（]20[0-9]{2}[〕\]】)）]\s?第?[0-9]+")
"""The year in the number of a document is that of the document."""

_FIRST_QUARTER = re.compile(
    r"(?:(?:\bQ1|quarter 1|第?一季度)\s?(?:[-=:：(（为指]|is)+"
    r"|(?:fiscal|financial) year[^.;]{0,12}(?:begins|starts|runs|from|[:=(])[^.;]{0,8}?"
    r"|\bFY ?[0-9/-]{2,7} ?[(:=])\s?"
    rf"(?:({MONTHS})|(1[0-2]|[1-9])[月-])",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?:^|[,，]|\band\b)\s*(?P<what>[^,，:：=0-9]{1,9}[^,，:：=]{1,20}?)\s*(?:\bends?(?: on)?\b|\bcloses(?: on)?\b|\bfinish\w*(?: on)?\b|[=:：]|于|(?:结束|截止)[于至:：]?)\s*"
    r"(?=[0-9a-z])(?P<on>[^,，]+)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:by )?(?:the )?(?:end of (?:the )?)?(.+?)(?: end| ends)?[末底前]*$", re.IGNORECASE
)


class Preamble(Struct, frozen=True):
    """`year` and `month` are what the whole is of, `starts` the first day of a year of study or accounts.

    `dated` is the day on which it was written, `begun` the first day of the project. `quarters` is the
    month that the first quarter begins with; `ends` are the last days of what is named, as terms.
    """

    year: int | None = None
    month: int | None = None
    starts: date | None = None
    dated: date | None = None
    begun: date | None = None
    quarters: int | None = None
    of_study: bool = False
    ends: Mapping[str, date] = {}

    def or_else(self, other: Preamble) -> Preamble:
        """What this says, and what another says of that of which this says nothing."""
        names = self.__struct_fields__
        return Preamble(*(getattr(self, name) or getattr(other, name) for name in names))

    def end_of(self, phrase: str) -> date | None:
        """The last day of what a phrase names, where a line says it: Spring term."""
        bare = _LEAD.match(phrase)
        return self.ends.get(folded(bare[1])) if bare and self.ends else None


def preamble(lines: Sequence[str], sheet: str, alone: Sequence[str] = ()) -> Preamble:
    """Read the lines above a table, the name of the sheet, and lines that stand alone anywhere."""
    lines, alone = [*map(in_simplified, lines)], [*map(in_simplified, alone)]
    pieces = [p for line in lines for p in _PIECES.split(line.rstrip(" ."))]
    starts = _starts([*pieces, sheet])
    every = [*pieces, *(p for line in alone for p in _PIECES.split(line.rstrip(" .")))]
    return Preamble(
        None if starts else _year([*pieces, sheet]),
        _month(pieces),
        starts,
        _dated(pieces),
        _begun([*lines, *alone]),
        _quarters([*lines, *alone]),
        any(map(_OF_STUDY.search, [*lines, sheet])),
        dict(_named_ends(every)),
    )


def year_of(line: str) -> int | None:
    """The one year that a heading names: 2021年重点任务; none where it names two, as 2021/22."""
    if found := _REPUBLICAN.search(line):
        return 1911 + int(found[1])
    years = set(_YEARS.findall(_NUMBERED.sub("", line)))
    return int(years.pop()) if len(years) == 1 and not _OF_TWO_YEARS.search(line) else None


def _says_its_day(piece: str) -> bool:
    return bool(_WRITTEN.search(piece) or _DATED.search(piece))


def _year(pieces: Sequence[str]) -> int | None:
    of_all = (p for p in pieces if not (_says_its_day(p) and _WITH_MONTH.search(p)))
    return next((year for p in of_all if (year := year_of(p))), None)


def _month(pieces: Sequence[str]) -> int | None:
    """The month that a plan or a report is of: 2025年6月份重点工作计划."""
    found = {one[1] for p in pieces if not _says_its_day(p) for one in _MONTH.finditer(p)}
    return int(found.pop()) if len(found) == 1 else None


def _starts(pieces: Sequence[str]) -> date | None:
    """The first day of a year that begins in one and ends in the next: 2026—2027学年; 2026/27."""
    of_study = any(map(_OF_STUDY.search, pieces))
    for one in (one for piece in pieces for one in _TWO_YEARS.finditer(piece)):
        year = int(one[1])
        if (year + 1) % 100 == int(one[2] or one[3]) % 100:
            return date(year, 8 if of_study else 4, 1)
    return None


def _dated(pieces: Sequence[str]) -> date | None:
    """The day of the writing, by what is said of it, or else one that is labelled as no other."""
    written = [piece for piece in pieces if _WRITTEN.search(piece)]
    labelled = [p for p in pieces if _DATED.search(p) and not _OTHERWISE.search(p)]
    return next((day for piece in (*written, *labelled) if (day := _day(piece))), None)


def _begun(lines: Iterable[str]) -> date | None:
    for line in lines:
        said = named(found[1], _whole([found[1]])) if (found := _BEGUN.search(line)) else []
        if said and said[0].start:
            return said[0].start
    return None


def _quarters(lines: Iterable[str]) -> int | None:
    found = next((one for line in lines if (one := _FIRST_QUARTER.search(line))), None)
    if found is None:
        return None
    return int(found[2]) if found[2] else MONTHS.split("|").index(found[1].lower()) + 1


def _named_ends(pieces: Iterable[str]) -> Iterator[tuple[str, date]]:
    """Yield what has a last day of its own: Autumn term ends 18/12/26; 第一学期：2027年1月20日结束."""
    for piece in pieces:
        for one in _ENDS.finditer(piece):
            if not _says_its_day(one["what"]) and (day := _day(one["on"])):
                yield folded(one["what"].strip()), day


def _whole(texts: Sequence[str]) -> DateSetting:
    return DateSetting(date(1, 1, 1), order_of(texts))


def _day(text: str) -> date | None:
    """The first day that a text names whole, with its year."""
    for due in named(text, _whole([text])):
        if due.date and due.start == due.date:
            return due.date if due.date.year > 1900 else None
    return None
