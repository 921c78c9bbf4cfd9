"""How a document writes its dates, where it shows or says it: day or month first, the fiscal year."""

from __future__ import annotations

import re
from calendar import month_name
from datetime import date

from msgspec import Struct

from tracker.due import Due, Mention, find, parse

_MONTHS = {name.lower(): number for number, name in enumerate(month_name) if name}
_MONTH = "|".join(_MONTHS)
_YEAR = r"(?:\b(?:fiscal|financial|budget|tax|accounting)\s+years?\b(?:[^.|\n]{0,80}?\bthat\s+year)?|\(year(?=\s+ended))"
_SAID = re.compile(_YEAR, re.IGNORECASE)
_DAY = r"(?:on\s+|in\s+|from\s+)?(?:the\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"
_BEGINS = re.compile(
    rf"{_YEAR}[^.;|\n]{{0,30}}?\b(?:runs|begins|began|starts|started|beginning|starting)\s+{_DAY}(?P<month>{_MONTH})\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    rf"{_YEAR}[^.;|\n]{{0,30}}?\b(?:ends|ending|ended|closes|end)\s+{_DAY}(?P<month>{_MONTH})\b",
    re.IGNORECASE,
)
FISCAL = re.compile(
    r"^(?!.*\b(?:us|uk)\b).*(?:\bfiscal\b|\bfinancial\s+year|\bfy\s?'?\d)",
    re.IGNORECASE | re.DOTALL,
)
"""A phrase that tells of a fiscal year, and not of which country's."""


_SLASHED = re.compile(
    r"(?=\d)(?<![\d/.])(?P<one>\d{1,2})(?P<sign>[/.])(?P<two>\d{1,2})(?P=sign)(?:20)?\d\d(?![\d/]|\.\d)"
)


class DateConventions(Struct, frozen=True):
    """How dates are written in one document; None: not known.

    `fiscal_year_start` is a month, 1 to 12, `day_first` how 03/04/2021 is read, `month_one` the first day of
    the project whose months have numbers; `in_split_years`: its years are such as 2026/27.
    """

    fiscal_year_start: int | None = None
    day_first: bool | None = None
    month_one: date | None = None
    in_split_years: bool = False

    def find(self, text: str, anchor: date) -> list[Mention]:
        start = self.fiscal_year_start or 1
        return find(
            text,
            anchor,
            fiscal_year_start=start,
            day_first=self.day_first,
            month_one=self.month_one,
        )

    def parse(self, phrase: str, anchor: date) -> Due:
        start = self.fiscal_year_start or 1
        return parse(
            phrase,
            anchor,
            fiscal_year_start=start,
            day_first=self.day_first,
            month_one=self.month_one,
        )

    def leaves_open(self, phrase: str) -> bool:
        """Whether the phrase tells of a fiscal year whose start is not known, or of a quarter that may be one's."""
        if self.in_split_years and _QUARTER.search(phrase):
            return True
        return self.fiscal_year_start is None and FISCAL.search(phrase) is not None


def customs_of(text: str, fiscal_year_start: int) -> DateConventions:
    """What the text shows; the reader's own fiscal year, if it is not the calendar's, goes before."""
    start = fiscal_year_start if fiscal_year_start > 1 else _fiscal_start(text)
    day_first = _day_first(text)
    split = sum(1 for _ in _SPLIT_YEAR.finditer(text)) > 1
    return DateConventions(start, day_first, _month_one(text, day_first), split)


_SPLIT_YEAR = re.compile(r"20(?<![\d/]20)\d\d/\d\d(?![\d/])")
_QUARTER = re.compile(r"\bq[1-4]$|\bquarter$", re.IGNORECASE)
_NUMBERED = re.compile(r"\bmonth\s\d|\bM\d{1,2}\b")
_STARTS = re.compile(
    r"\b(?:project|action|contract|programme|grant)\b[^.\n]{0,24}?\bstart(?:s|ed|ing)?\b(?:\sdate)?|\bstart(?:ing)?\sdate\b[^.\n]{0,30}?"
    r"|\bm(?:onth\s)?1\b[”\"’']?(?!\sends)",
    re.IGNORECASE,
)
_DAY_SAID = 24
"""How far after the words the first day of a project may stand."""


def _month_one(text: str, day_first: bool | None) -> date | None:
    """The first day of the project whose months the text numbers: project start 01/09/2025, month 1 is May."""
    if len(_NUMBERED.findall(text)) < 2:
        return None
    for found in _STARTS.finditer(text):
        said = text[found.end() : found.end() + 60]
        days = find(said, date(2000, 1, 1), day_first=day_first)
        first = days[0] if days else None
        if first and first.start < _DAY_SAID and not first.due.year_assumed and not first.unclear:
            return first.due.start
    return None


def _day_first(text: str) -> bool | None:
    """How the dates are written of which only one order is possible, where all agree."""
    orders = {
        int(found["one"]) > 12
        for found in _SLASHED.finditer(text)
        if (int(found["one"]) > 12) != (int(found["two"]) > 12)
    }
    return orders.pop() if len(orders) == 1 else None


def _fiscal_start(text: str) -> int | None:
    """The month, 1 to 12; None where the text says nothing of it."""
    if _SAID.search(text) is None:
        return None
    if (begins := _BEGINS.search(text)) is not None:
        return _MONTHS[begins["month"].lower()]
    if (ends := _ENDS.search(text)) is not None:
        return _MONTHS[ends["month"].lower()] % 12 + 1
    return None
