"""Dates as spreadsheets write them, made into what the due language reads."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
"""The months as they are shortened, for the patterns of dates."""

MONTH = f"(?:{MONTHS})[a-z]*"
"""A month by its name, short or whole."""

_SLASHED = re.compile(
    r"(?<![0-9/.\-])([0-9]{1,2})([/.-])([0-9]{1,2})\2((?:[0-9]{2}){1,2})(?![0-9/\-])(?!\.[0-9])"
)
_SHAPE = re.compile(r"\b(?=(?:dd?[-/.]mm?|mm?[-/.]dd?)[-/.]yy)([dm])", re.IGNORECASE)
"""How days are to be written: dd/mm/yyyy."""

_OF_TWO = re.compile(
    r"^(?:by |before |due )?([0-9]{1,2})/([0-9]{1,2})(?:[日前]*|之前)$", re.IGNORECASE
)
"""A day and a month, in the order that the column tells."""
_YEAR_AND_MONTH = re.compile(r"^([23][0-9])[./-](1[0-2]|0[1-9])$")
_REPUBLICAN = re.compile(
    r"(?<![0-9./-])(1[01][0-9])([./-])(1[0-2]|0?[1-9])\2([0-3]?[0-9])(?![0-9./-])"
)
"""A day by the years of the Republic of China: 115/06/30."""

_REPUBLICAN_MONTH = re.compile("(?<![0-9國国])(1[01][0-9])年(?=[0-9]{1,2}月)")

_RANGE = re.compile(
    r"^20[0-9]{2}(?:年[0-9]{1,2}(?:月(?:[0-9]{1,2}日)?)?|[./][0-9]{1,2}(?:[./][0-9]{1,2})?)\s?(?:[-—–~～]+|至|到)\s?(.+)$"
)
_OF_THREE = re.compile(
    r"(?<![0-9])([0-9]{1,2})[-/ ]([a-z]{3,9})[-/ ]'?([0-9]{2})(?![0-9])", re.IGNORECASE
)
_REWRITTEN = tuple(
    (re.compile(form, re.IGNORECASE), words)
    for form, words in (
        (r"^((?:(?:by )?(?:the )?end (?:of )?|early |mid |late )?[a-z]{3,9})[- ]'?([0-9]{2})$", r"\1 20\2"),
        (r"^((?:Q[1-4]|H[12]|[a-z]{3,9}))[ /-]?'?([2-3][0-9])$", r"\1 20\2"),
        (rf"^(?!mid|early|late)[a-z]{{3,9}}\s?[-–—]\s?({MONTH})$", r"\1"),
        (r"^([0-9]{1,2})-([a-z]{3,9})$", r"\1 \2"),
        (r"^(20[0-9]{2})[.．]\s?(1[0-2]|0?[1-9])[.．]\s?([0-9]{1,2})[日前]*$", r"\1年\2月\3日"),
        (r"^(20[0-9]{2})[.．]\s?(1[0-2]|0?[1-9])月?(底|末|[上中下]旬|月?[初中])?前?$", r"\1年\2月\3"),
        (r"^(20[0-9]{2})[.．]\s?(1[0-2]|0?[1-9])月(.*)$", r"\1年\2月\3"),
        (r"^(20[0-9]{2})(0[1-9]|1[0-2])$", r"\1-\2"),
        (r"^(1[0-2]|0?[1-9])[./]([0-9]{1,2})(?:[日前]*$|(?=[已完办销整通弄搞做修装建开验交发印竣]))", r"\1月\2日"),
        (r"^(20[0-9]{2})年?\s?(?:[-—–~～]+|至)\s?(20[0-9]{2})年?$", r"\2年"),
        (r"^((?:20[0-9]{2}年)?[0-9]{1,2}月[0-9]{1,2})前?$", r"\1日"),
        (r"^(?:贯穿|持续|长期)?全年(?:持续|推进|开展|实施|进行|坚持)*$", r"全年"),
        (r"^([12][0-9])年?Q([1-4])$", r"20\1年Q\2"),
        (r"^(FY\s?'?[0-9]{2,4}(?:[/-][0-9]{2,4})?)[ ,-]*(Q[1-4]|H[12])$", r"\2 \1"),
        (r"^(20[0-9]{2})年\s?第?([0-9]{2})周(?:[末底前]|之前)*$", r"\1-W\2"),
        (r"^(?:week|wk|w)\s?([0-9]{2}),? (20[0-9]{2})$", r"\2-W\1"),
        (r"^(?:week|wk|w)\s?([0-9]{1,2})$", r"week \1"),
        (r"(?<![0-9])([12][0-9])年", r"20\1年"),
    )
)  # fmt: skip
_MOST_BESIDE = 10
"""Characters beside a date of numbers, such as those of a weekday or a clock."""


class DateOrder(Struct, frozen=True):
    """Whether the day stands before the month in a column's slashed dates; None: nothing tells.

    `year_first` is whether years of two digits stand first, as they do in Chinese.
    """

    day_first: bool | None = None
    year_first: bool = False


def order_of(cells: Iterable[str], *, year_first: bool = False) -> DateOrder:
    """What those cells of a column tell that can be read in one way only."""
    found = set()
    for text in cells:
        if shape := _SHAPE.search(text):
            return DateOrder(shape[1].lower() == "d", year_first)
        for one, _, two, year in _SLASHED.findall(text):
            if (len(year) == 4 or not year_first) and (int(one) > 12) != (int(two) > 12):
                found.add(int(one) > 12)
        if (two_parts := _OF_TWO.match(text)) and max(map(int, two_parts.groups())) > 12:
            found.add(int(two_parts[1]) > 12)
    return DateOrder(found.pop() if len(found) == 1 else None, year_first)


def is_slashed(text: str) -> bool:
    """Whether a text is a date of numbers, and little more."""
    beside = _SLASHED.sub("", text)
    return beside != text and len(beside) <= _MOST_BESIDE


def reworded(text: str, order: DateOrder) -> str:
    """The same date as the due language has it, where a spreadsheet writes it otherwise."""
    text = _cleared(text, order)
    if span := _RANGE.match(text):
        dotted = re.match(r"[0-9]{1,2}[./]", span[1])
        text = span[1] if span[1][:2] == "20" else f"{text[:4]}{'.' if dotted else '年'}{span[1]}"
    return next((form.sub(words, text) for form, words in _REWRITTEN if form.search(text)), text)


def _cleared(text: str, order: DateOrder) -> str:
    """The text with each slashed date that is clear as an ISO date, and 30-Jun-21 with its century."""
    if order.year_first:
        text = _YEAR_AND_MONTH.sub(r"20\1年\2月", text)
    text = _REPUBLICAN.sub(r"民國\1年\3月\4日", text)
    text = _REPUBLICAN_MONTH.sub(r"民國\1年", text)
    text = _OF_THREE.sub(r"\1 \2 20\3", _OF_TWO.sub(lambda found: _in_order(found, order), text))
    return _SLASHED.sub(lambda found: _slashed(found, order), text)


def _in_order(found: re.Match[str], order: DateOrder) -> str:
    one, two = int(found[1]), int(found[2])
    day_first = order.day_first and not order.year_first
    if max(one, two) > 12:
        day_first = one > 12
    elif order.day_first is None and not order.year_first and one != two:
        return found[0]
    day, month = (one, two) if day_first else (two, one)
    return f"{month}月{day}日"


def _slashed(found: re.Match[str], order: DateOrder) -> str:
    one, sign, two, last = int(found[1]), found[2], int(found[3]), found[4]
    if len(last) == 2 and order.year_first and two <= 12:
        return f"20{one:02}-{two:02}-{last}"
    year = last if len(last) == 4 else f"20{last}"
    if one > 12 or two > 12:
        day_first = one > 12
    elif one == two or sign == ".":
        day_first = True
    elif order.day_first is None:
        return f"{one:02}/{two:02}/{year}"
    else:
        day_first = order.day_first
    day, month = (one, two) if day_first else (two, one)
    return f"{year}-{month:02}-{day:02}"
