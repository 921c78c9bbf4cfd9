"""What the lines above a table say of all of it: of which year it is, and when it was written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from tracker.exchange.sheet.dates import DateSetting, named
from tracker.exchange.sheet.notation import order_of

_YEARS = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_OF_TWO_YEARS = re.compile(r"20[0-9]{2}\s?[-/–—]\s?(?:20)?[0-9]{2}(?![0-9])")
_TWO_YEARS = re.compile(
    r"(?<![0-9])(20[0-9]{2})(?:\s?[-/–—~]+\s?([0-9]{2})(?![0-9])|年?\s?[-/–—~至]+\s?(20[0-9]{2})(?=.{0,3}学年|.{0,3}学期))"
)
_OF_STUDY = re.compile(r"学年|学期|\b(?:academic|school|term)\b", re.IGNORECASE)
_MONTH = re.compile("(?<![0-9])(1[0-2]|[1-9])月份?(?=[^0-9底末日前]|$)")
_DATED = re.compile(
    r"截[至止]|填[报表]|日期|时间|更新|\b(?:as (?:at|of)|updated?|date|export(?:ed)?)\b",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"(?:start(?:ing)? date|project start|start of (?:the )?project|开始日期|启动日期)[^0-9]{0,30}(.+)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"[〔\[【(（]20[0-9]{2}[〕\]】)）]\s?第?[0-9]+")
"""The year in the number of a document is that of the document."""


class Preamble(Struct, frozen=True):
    """`year` and `month` are what the whole is of, `starts` the first day of a year of study or accounts.

    `dated` is the day on which it was written, `begun` the first day of the project.
    """

    year: int | None = None
    month: int | None = None
    starts: date | None = None
    dated: date | None = None
    begun: date | None = None

    def or_else(self, other: Preamble) -> Preamble:
        """What this says, and what another says of that of which this says nothing."""
        names = self.__struct_fields__
        return Preamble(*(getattr(self, name) or getattr(other, name) for name in names))


def preamble(lines: Sequence[str], sheet: str, alone: Sequence[str] = ()) -> Preamble:
    """Read the lines above a table, the name of the sheet, and lines that stand alone anywhere."""
    return Preamble(
        _year([*lines, sheet]),
        _month(lines),
        _starts([*lines, sheet]),
        _dated(lines),
        _begun([*lines, *alone]),
    )


def year_of(line: str) -> int | None:
    """The one year that a heading names: 2021年重点任务; none where it names two, as 2021/22."""
    years = set(_YEARS.findall(_NUMBERED.sub("", line)))
    return int(years.pop()) if len(years) == 1 and not _OF_TWO_YEARS.search(line) else None


def _year(lines: Sequence[str]) -> int | None:
    return next(
        (year for line in lines if not _DATED.search(line) and (year := year_of(line))), None
    )


def _month(lines: Sequence[str]) -> int | None:
    """The month that a plan or a report is of: 2025年6月份重点工作计划."""
    found = {one[1] for line in lines if not _DATED.search(line) for one in _MONTH.finditer(line)}
    return int(found.pop()) if len(found) == 1 else None


def _starts(lines: Sequence[str]) -> date | None:
    """The first day of a year that begins in one and ends in the next: 2026—2027学年; 2026/27."""
    for line in lines:
        for one in _TWO_YEARS.finditer(line):
            year = int(one[1])
            if (year + 1) % 100 == int(one[2] or one[3]) % 100:
                return date(year, 8 if _OF_STUDY.search(line) else 4, 1)
    return None


def _dated(lines: Sequence[str]) -> date | None:
    return next((day for line in lines if _DATED.search(line) and (day := _day(line))), None)


def _begun(lines: Sequence[str]) -> date | None:
    return next((day for line in lines if (f := _BEGUN.search(line)) and (day := _day(f[1]))), None)


def _day(line: str) -> date | None:
    """The first day that a line names whole, with its year."""
    for due in named(line, DateSetting(date(1, 1, 1), order_of([line]))):
        if due.date and due.start == due.date:
            return due.date if due.date.year > 1900 else None
    return None
