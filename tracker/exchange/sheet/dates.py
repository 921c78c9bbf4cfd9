"""Cells of dates, read through the due language, with what a whole column tells of one cell.

`03/04/2021` is two days by itself; in a column where another cell is 31/03/2021 it is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from tracker.due import MAX_LENGTH, Due, find, parse, without_clock
from tracker.errors import BadDate
from tracker.exchange.sheet.grid import NO_WORDS, Cell, simplified
from tracker.exchange.sheet.notation import DateOrder, is_slashed, reworded
from tracker.exchange.sheet.wording import telling
from tracker.message import Message
from tracker.model import Precision

_WEEKDAY = re.compile(
    r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+(?=[0-9]|[a-z]{3,9} [0-9])", re.IGNORECASE
)
_CLOCK = re.compile(
    r",?\s[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\s?(?:[AP]M)?\s?(?:GMT|UTC)(?:[+-][0-9:]+)?$",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"[(（](?:was|previously|originally|formerly|原定?)[^()（）]*[)）]", re.IGNORECASE
)
"""What a deadline was before: Dec-26 (was Sep-26)."""

_ITS_WEEKDAY = re.compile("[(（](?:周|星期|礼拜)[一二三四五六日天][)）]")
_FROM_TO = re.compile(r"[0-9月日]\s?(?:[-—–~～]+|至|到)\s?(?:20[0-9]{2}年)?[0-9]{1,2}[月日]")
_OF_TWO_YEARS = re.compile(
    r"(?<![0-9/-])(?:20([0-9]{2})[/-]|([2-9][0-9])/(?=[0-9]{2}\s*$))([0-9]{2})(?![0-9/-])"
)
_MONTH_OR_DAY = re.compile(r"^(?!week|wk)[a-z]{3,9}\.? (?:[12][0-9]|3[01])$", re.IGNORECASE)
_FAR = 5
"""Years from the sheet's own beyond which Oct 30 is no month of a year."""

_YEAR_AT_AN_END = re.compile("^(2[0-9]|3[01])-(0[1-9]|1[0-2])-([0-2][0-9]|3[01])$")
_PLAINLY_NEARER = 3
"""Years by which one reading of 27-06-30 is nearer to the sheet's own year than the other."""

_RECURS = re.compile(
    r"每[年季月周]|\b(?:annual|yearly|quarterly|monthly|weekly|every|each)", re.IGNORECASE
)
_FISCAL = re.compile(r"\bFY\s?'?[0-9]|财年", re.IGNORECASE)
_MONTH_OF_PROJECT = re.compile(r"^(?:M|month )\s?([0-9]{1,3})$", re.IGNORECASE)
_NOTHING = NO_WORDS | {"na", "不适用", "无期限", "no date"}
_LIKE_A_DATE = re.compile(
    r"[0-9]{1,4}\s?[/.\-]\s?[0-9]{1,2}\s?[/.\-]\s?[0-9]{1,4}|[0-9]月|^[0-9]{5,8}$"
)
_SERIAL = re.compile(r"^[34][0-9]{4}$|^5[0-4][0-9]{3}$")
_INSTANT = re.compile("^1[0-9]{12}$")
"""Milliseconds since 1970, as some programs write an instant."""

_TWO_WAYS = re.compile(r"(?<![0-9])([0-9]{2})/([0-9]{2})/(20[0-9]{2})(?![0-9])")
_DAY_ZERO = date(1899, 12, 30)
"""The day that spreadsheets count from, as far as days since March 1900 go."""

_AN_EVENT = re.compile("(?:收到|接到|收文|签订|签约|到位|批复|获批|验收)[^，,；;]{0,8}$")
_VAGUE = re.compile(r"[0-9]月[初中](?!旬)|年[初中]|\b(?:early|mid)\b")
_SEASON = re.compile(r"年[春夏秋冬]|[春夏秋冬][季天]")
_SEVERAL = Message("{column} names several dates, of which the last is taken.")
_NO_DAY_NAMED = Message("{column} names no day; its words are kept.")
_NOT_BEGUN = Message("{column} counts months of a project whose first day is not given.")
_COUNTS = Message("{column} counts from a day that is not given; its words are kept.")
_SPAN = Message("{column} names a span, of which the last day is taken.")
_AN_INSTANT = Message("{column} has an instant as a number, of which the day in UTC is taken.")
MONTH_SHOWN = Message("{column} shows no more of its day than the month or year, which is taken.")
OF_PROJECT = Message("{column} counts months of a project that began on {begun}.")
_AS_MONTH = Message("{column} may be a month with its year or a day; a near year is taken for one.")
_AGAIN = Message("{column} speaks of what recurs, and the first such day is taken.")
_OF_YEAR = Message("{column} names a fiscal year, taken for the calendar year.")
_OF_APRIL = Message("{column} names a fiscal year, taken to begin in April.")


class Day(Struct, frozen=True):
    """What a cell says of a day; `doubt` is what a person should look at, of a `{column}`."""

    on: date | None = None
    precision: Precision = Precision.NONE
    phrase: str | None = None
    assumed: bool = False
    doubt: str = ""


class DateSetting(Struct, frozen=True):
    """How the cells of a column are understood: from which day, in which order of day and month.

    `begun` is the day on which the project begins whose months are counted, M12 being its twelfth; `in_months` that the column has bare numbers of such months.
    `of_year`: of the anchor only the year is known.
    """

    anchor: date
    order: DateOrder = DateOrder()
    fiscal_year_start: int = 1
    begun: date | None = None
    in_months: bool = False
    of_year: bool = False


def is_day(cell: Cell) -> bool:
    """Whether the cell says a day or a period, to tell a column of dates from one of words."""
    if cell.day is not None or is_slashed(cell.text) or _INSTANT.match(cell.text):
        return True
    try:
        return parse(reworded(_bare(cell.text), DateOrder()), date(2000, 1, 1)).date is not None
    except BadDate:
        return False


def is_dated(cell: Cell) -> bool:
    """Whether the cell can stand in a column of dates: a day, a period, or words instead of one."""
    text = cell.text.strip()
    if text.lower() in _NOTHING or telling("no-day").search(text) or _MONTH_OF_PROJECT.match(text):
        return True
    return is_day(cell) or bool(len(text) < 60 and find(text, date(2000, 1, 1)))


def names_none(text: str) -> bool:
    """Whether words name no day on purpose: 长期坚持, each month, TBC."""
    return bool(telling("no-day").search(simplified(text)))


def day_of(cell: Cell, how: DateSetting) -> Day:
    """Read a cell. Raises BadDate for what looks like a date and is none, or may be two."""
    text = _bare(cell.text)
    if cell.day is not None and text == cell.day.isoformat():
        return Day(cell.day, Precision.DAY)
    if _INSTANT.match(text):
        on = datetime.fromtimestamp(int(text) / 1000, UTC).date()
        return Day(on, Precision.DAY, doubt=_AN_INSTANT)
    if _SERIAL.match(text):
        raise _counted(int(text))
    day = Day() if text.lower() in _NOTHING else _day_in_words(text, cell, how)
    if cell.day and {cell.day.day, cell.day.year} <= {*map(int, re.findall("[0-9]+", text))}:
        # What a cell shows with its whole day may name a span besides: by FY end, 30 June 2021.
        return replace(day, on=cell.day)
    if day.on is None:
        return day
    told = (
        (cell.day is not None, MONTH_SHOWN),
        (how.fiscal_year_start == 1 and not day.doubt and _FISCAL.search(text), _OF_YEAR),
        (_RECURS.search(text), _AGAIN),
        (_MONTH_OR_DAY.match(text) and _years_off(text, how) <= _FAR, _AS_MONTH),
    )
    return replace(day, doubt=next((doubt for is_so, doubt in told if is_so), day.doubt))


@lru_cache(maxsize=4096)  # a ledger of thousands of rows has few deadlines, again and again
def _day_in_words(text: str, cell: Cell, how: DateSetting) -> Day:
    phrase = cell.text.strip()[:MAX_LENGTH]
    in_months = how.in_months and re.fullmatch("([0-9]{1,3})", text)
    if month := in_months or _MONTH_OF_PROJECT.match(text):
        return _month_of_project(int(month[1]), phrase, how.begun)
    is_day = _MONTH_OR_DAY.match(text) and _years_off(text, how) > 1
    written = text if is_day else reworded(_with_century(text, how), how.order)
    if two := _TWO_WAYS.search(written):
        raise _of_two(text, *map(int, two.groups()))
    if (years := _OF_TWO_YEARS.search(written)) and int(years[3]) == int(years[1] or years[2]) + 1:
        return _of_two_years(written, int(years[3]), phrase, how)
    try:
        due = parse(written, how.anchor, fiscal_year_start=how.fiscal_year_start)
    except BadDate as refusal:
        return _among_words(written, phrase, how, refusal)
    if due.date is None:
        return _no_day(phrase)
    if how.of_year and telling("from-today").search(written):
        return Day(phrase=phrase, doubt=_COUNTS)
    kept = None if _is_plain(text) else phrase
    doubt = _SPAN if _FROM_TO.search(text) else ""
    return Day(due.date, due.precision, kept, _hangs_on(written, how.anchor, due.date), doubt)


def _with_century(text: str, how: DateSetting) -> str:
    """A date whose year may stand at either end, as that of which only one is near."""
    found = None if how.order.year_first else _YEAR_AT_AN_END.match(text)
    if found is None:
        return text
    first, last = (2000 + int(year) for year in (found[1], found[3]))
    off = abs(first - how.anchor.year) - abs(last - how.anchor.year)
    if abs(off) < _PLAINLY_NEARER:
        raise BadDate(
            "{text!r} may begin or end with its year.", "Write it with four digits.", text=text
        )
    return f"{first}-{found[2]}-{found[3]}" if off < 0 else text


def _years_off(text: str, how: DateSetting) -> int:
    return abs(2000 + int(text[-2:]) - how.anchor.year)


def named(text: str, how: DateSetting) -> list[Due]:
    """The days and periods that running text names, without those that are not clear."""
    words = reworded(text.strip(), how.order)
    found = find(words, how.anchor, fiscal_year_start=how.fiscal_year_start)
    return [m.due for m in found if m.due.date and not m.unclear]


def _bare(text: str) -> str:
    text = _FORMER.sub("", text)
    plain = _ITS_WEEKDAY.sub("", _CLOCK.sub("", text.rsplit("→", maxsplit=1)[-1]))
    return without_clock(_WEEKDAY.sub("", " ".join(plain.split())))


def _is_plain(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9/.\-]{8,10}", text))


def _hangs_on(text: str, anchor: date, day: date) -> bool:
    """Whether the year was not said, so that another anchor would make another day of it."""
    return parse(text, date(anchor.year + 3, 1, 1)).date != day


def _month_of_project(month: int, phrase: str, begun: date | None) -> Day:
    if begun is None:
        return Day(phrase=phrase, doubt=_NOT_BEGUN)
    years, rest = divmod(begun.month - 1 + month, 12)
    end = date(begun.year + years, rest + 1, 1) - timedelta(1)
    return Day(end, Precision.MONTH, phrase, doubt=OF_PROJECT)


def _of_two_years(text: str, end: int, phrase: str, how: DateSetting) -> Day:
    """2021/22 is a fiscal year; when it begins is the settings' to say, or it is April."""
    label = "FY" if how.fiscal_year_start != 1 else "UK FY"
    quarter = re.search(r"Q[1-4]|H[12]", text, re.IGNORECASE)
    words = f"{quarter[0] if quarter else ''} {label} {2000 + end}".strip()
    due = parse(words, how.anchor, fiscal_year_start=how.fiscal_year_start)
    return Day(due.date, due.precision, phrase, doubt="" if label == "FY" else _OF_APRIL)


def _of_two(text: str, one: int, two: int, year: int) -> BadDate:
    return BadDate(
        "{text} is either {first} or {second}.",
        "Write it so; or say --day-first or --month-first of the whole file.",
        text=text,
        first=date(year, two, one),
        second=date(year, one, two),
    )


def _counted(number: int) -> BadDate:
    """What a number is refused with that may be the day for which a spreadsheet counts it."""
    return BadDate(
        "{number} is no date, though a spreadsheet may count days so.",
        "Format the cell as a date, or write the day: {day}, if that is meant.",
        number=number,
        day=_DAY_ZERO + timedelta(number),
    )


def _among_words(text: str, phrase: str, how: DateSetting, refusal: BadDate) -> Day:
    """The day that more words than a date name; or none, with the phrase, where they name none."""
    if text.startswith("+"):
        raise refusal
    mentions = find(text, how.anchor, fiscal_year_start=how.fiscal_year_start)
    if any(_counts_from_unknown(text, m.start, m.end, how) for m in mentions):
        return Day(phrase=phrase, doubt=_COUNTS)
    days = [m.due for m in mentions if m.due.date and not m.unclear]
    if days and not any(m.unclear for m in mentions) and not _SEASON.search(text):
        last = max(days, key=lambda due: due.date or how.anchor)
        doubt = _SEVERAL if len({due.date for due in days}) > 1 else ""
        return Day(last.date, last.precision, phrase, last.year_assumed, doubt)
    if _LIKE_A_DATE.search(text) and not (names_none(text) or _VAGUE.search(text)):
        raise refusal
    return _no_day(phrase)


def _counts_from_unknown(text: str, start: int, end: int, how: DateSetting) -> bool:
    """Whether a phrase counts from a day that nothing gives: 收到报告60日内."""
    counts = telling("from-today").search(text[start:end])
    return bool(counts) and (how.of_year or bool(_AN_EVENT.search(text[:start])))


def _no_day(phrase: str) -> Day:
    """No day, told where its words are not such as name none on purpose: 长期坚持, TBC."""
    return Day(phrase=phrase, doubt="" if names_none(phrase) else _NO_DAY_NAMED)


_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")


def year_among(cells: Sequence[Cell], now: int) -> int | None:
    """The one year that a column's dates say; a later one than this only if most of them say it."""
    said = [
        [cell.day.year] if cell.day else [*map(int, _YEAR.findall(cell.text))] for cell in cells
    ]
    years = {year for one in said for year in one}
    if len(years) != 1:
        return None
    year, telling = years.pop(), sum(map(bool, said))
    return year if year <= now or telling * 2 > sum(bool(cell.text) for cell in cells) else None
