"""Cells of dates, read through the due language, with what a whole column tells of one cell.

`03/04/2021` is two days by itself; in a column where another cell is 31/03/2021 it is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from tracker.due import MAX_LENGTH, find, parse
from tracker.errors import BadDate
from tracker.exchange.sheet.grid import Cell
from tracker.model import Precision

_SLASHED = re.compile(
    r"^(?:[A-Za-z]{3,9},?\s+)?([0-9]{1,2})([/.-])([0-9]{1,2})\2((?:[0-9]{2}){1,2})(?:\s+[0-9:]+(?:\s?[AP]M)?)?$",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(
    r"^(?:[A-Za-z]{3,9},?\s+)?([0-9]{1,2})[- ]([A-Za-z]{3,9})[- ]'?([0-9]{2})(?:\s+[0-9:]+)?$"
)
_MONTH_YEAR = re.compile(r"^([A-Za-z]{3,9})[- ]'?([0-9]{2})$")
_DAY_MONTH = re.compile(r"^([0-9]{1,2})-([A-Za-z]{3,9})$")
# A spreadsheet gives a day an hour: whatever it is, the day is that day.
_HOUR = re.compile(
    r"[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:\s?[AP]M)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?$",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"^(20[0-9]{2})[.．](1[0-2]|0?[1-9])[.．]([0-9]{1,2})[日前]*$")
_RANGE = re.compile(
    r"^20[0-9]{2}(?:年[0-9]{1,2}(?:月(?:[0-9]{1,2}日)?)?|[./][0-9]{1,2}(?:[./][0-9]{1,2})?)\s?(?:[-—–~～]+|至|到)\s?(.+)$"
)
_MONTH_DAY = re.compile(r"^(1[0-2]|0?[1-9])\.([0-9]{1,2})[日前]*$")
_NOTHING = frozenset(("", "-", "—", "–", "/", "无", "n/a", "na", "none", "不适用", "\\"))
_NO_DAY = re.compile(
    r"长期|持续|常态|立行立改|即知即改|立即|马上|尽快|待定|另行|逐步|适时|全程|贯穿|每[年月季周日半]|[后起][^后起，,；;]{1,8}内|按[月季年周]|"
    r"\b(?:ongoing|tb[cda]|asap|rolling|continuous|immediate(?:ly)?|monthly|quarterly|annual(?:ly)?|weekly|regular(?:ly)?|"
    r"business as usual|bau|open[- ]ended|when required|as required|not set|to be (?:confirmed|agreed|determined))\b",
    re.IGNORECASE,
)


class Day(Struct, frozen=True):
    """What a cell says of a day; `doubt` is what a person should look at."""

    on: date | None = None
    precision: Precision = Precision.NONE
    phrase: str | None = None
    assumed: bool = False
    doubt: str = ""


class Order(Struct, frozen=True):
    """Whether the day stands before the month in a column's slashed dates; None: nothing tells."""

    day_first: bool | None = None


def order_of(cells: Iterable[str]) -> Order:
    """What those cells of a column tell that can be read in one way only."""
    found = set()
    for text in cells:
        if slashed := _SLASHED.match(text.strip()):
            one, two = int(slashed[1]), int(slashed[3])
            if (one > 12) != (two > 12):
                found.add(one > 12)
    return Order(found.pop()) if len(found) == 1 else Order()


def is_day(cell: Cell) -> bool:
    """Whether the cell says a day or a period, to tell a column of dates from one of words."""
    if cell.day is not None or _SLASHED.match(cell.text):
        return True
    try:
        return parse(cell.text, date(2000, 1, 1)).date is not None
    except BadDate:
        return False


def day_of(cell: Cell, anchor: date, order: Order, *, fiscal_year_start: int = 1) -> Day:
    """Read a cell. Raises BadDate for what looks like a date and is none, or may be two."""
    text = " ".join(_HOUR.sub("", cell.text).split())
    if cell.day is not None and text == cell.day.isoformat():
        return Day(cell.day, Precision.DAY)
    if text.lower() in _NOTHING:
        return Day()
    written = _written(text, order)
    phrase = cell.text.strip()[:MAX_LENGTH]
    try:
        due = parse(written, anchor, fiscal_year_start=fiscal_year_start)
    except BadDate as refusal:
        return _among_words(written, phrase, anchor, refusal)
    if due.date is None:
        return Day(phrase=phrase)
    kept = None if _is_plain(text) else phrase
    return Day(due.date, due.precision, kept, _hangs_on(written, anchor, due.date))


def _is_plain(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9/.\-]{8,10}", text))


def _hangs_on(text: str, anchor: date, day: date) -> bool:
    """Whether the year was not said, so that another anchor would make another day of it."""
    return parse(text, anchor.replace(year=anchor.year + 1, day=1)).date != day


_REWRITTEN = (
    (_SHORT_YEAR, r"\1 \2 20\3"),
    (_MONTH_YEAR, r"\1 20\2"),
    (_DAY_MONTH, r"\1 \2"),
    (_DOTTED, r"\1年\2月\3日"),
    (_MONTH_DAY, r"\1月\2日"),
)


def _written(text: str, order: Order) -> str:
    """The same date as the due language has it, where a spreadsheet writes it otherwise."""
    if slashed := _SLASHED.match(text):
        return _slashed(slashed, order)
    if span := _RANGE.match(text):
        return span[1] if re.match("20[0-9]{2}", span[1]) else f"{text[:4]}年{span[1]}"
    found = ((form.match(text), words) for form, words in _REWRITTEN)
    return next((match.expand(words) for match, words in found if match), text)


def _slashed(found: re.Match[str], order: Order) -> str:
    one, two = int(found[1]), int(found[3])
    year = found[4] if len(found[4]) == 4 else f"20{found[4]}"
    if two > 12 or one > 12:
        day_first = one > 12
    elif one == two:
        day_first = True
    elif order.day_first is None:
        return f"{one:02}/{two:02}/{year}"
    else:
        day_first = order.day_first
    day, month = (one, two) if day_first else (two, one)
    return f"{year}-{month:02}-{day:02}"


def _among_words(text: str, phrase: str, anchor: date, refusal: BadDate) -> Day:
    """The day that more words than a date name; or none, with the phrase, where they name none."""
    mentions = find(text, anchor)
    days = [m.due for m in mentions if m.due.date and not m.unclear]
    if days and not any(m.unclear for m in mentions):
        last = max(days, key=lambda due: due.date or anchor)
        several = len({due.date for due in days}) > 1
        doubt = f"names {len(days)} dates, of which the last is taken" if several else ""
        return Day(last.date, last.precision, phrase, last.year_assumed, doubt)
    if _NO_DAY.search(text) or not re.search(r"[0-9一二三四五六七八九十]", text):
        return Day(phrase=phrase, doubt="names no day; the words are kept")
    raise refusal


_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")


def year_among(cells: Iterable[Cell]) -> int | None:
    """The one year that a column's dates say, wherever they say one."""
    years = {
        int(year)
        for cell in cells
        for year in ([cell.day.year] if cell.day else _YEAR.findall(cell.text))
    }
    return years.pop() if len(years) == 1 else None
