"""A row of a ledger while it is read: its cells, the days in them, and what is doubtful of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from tracker.errors import BadDate
from tracker.exchange.sheet.columns import INSTEAD, STEPS, ColumnField
from tracker.exchange.sheet.dates import DateSetting, Day, day_of
from tracker.exchange.sheet.grid import NO_WORDS, NOTHING, Cell, Row, at
from tracker.exchange.sheet.values import SheetSetting
from tracker.message import Message
from tracker.model import Precision
from tracker.texts import folded

_EXACT = (ColumnField.MADE_ON, ColumnField.COMPLETED, *STEPS)
"""What happened on one day; the last of a month would be made up."""

_IN_MONTHS = re.compile(r"\bmonths?\b", re.IGNORECASE)
_REMARKS = re.compile("备注|说明|remark|comment|note", re.IGNORECASE)
_DAY_ALONE = re.compile("[0-9]{1,2}[日号]前?$")
"""A day of the month that the title names."""

_FISCAL = re.compile(r"(?:by )?(?:the )?(?:end (?:of )?)?(?:Q[1-4]|H[12]) ?(?:end)?", re.IGNORECASE)
"""A quarter of the year that the title names."""

_FROM_THEN = re.compile(r"^(?:会后|会议后|交办后|自?(?:会议|交办|下达|批示)之?日起)(.{1,8}内)$")
"""What counts from the day that another column names."""


class Cells:
    """The cells of a row by their fields, without what our own ledger printed into them."""

    def __init__(self, row: Row, setting: SheetSetting, year: int | None) -> None:
        self.setting = setting
        self.row, self.printed = _unprinted(row, setting)
        self.head, self.year = setting.header, year
        self.doubts: list[Message] = []
        self.taken: list[Message] = []
        self.made_on: date | None = None
        self.due: date | None = None
        self.made_on = self._promised() or setting.asked.made_on

    def has(self, field: ColumnField) -> bool:
        """Whether the sheet has such a column."""
        return field in self.head.fields

    def name(self, field: ColumnField) -> str:
        return self.head.name(field)

    def doubt(self, template: str, **values: object) -> None:
        """Note what a person should look at."""
        self.doubts.append(Message(template, **values))

    def assume(self, is_plain: object, template: str, **values: object) -> None:
        """Note what is taken as most mean it, to be told once for all rows; else what is doubtful."""
        (self.taken if is_plain else self.doubts).append(Message(template, **values))

    def cell(self, field: ColumnField) -> Cell:
        return at(self.row, self.head.fields.get(field))

    def text(self, field: ColumnField) -> str:
        text = self.cell(field).text.strip()
        return "" if text.lower() in NO_WORDS else text

    def anchor(self) -> tuple[date, bool]:
        """The day from which its phrases are understood, and whether only its year is known."""
        sheet = self.setting
        if self.year and (self.made_on is None or self.made_on.year != self.year):
            return date(self.year, 1, 1), True
        if self.head.above.starts and not self.made_on:
            return self.head.above.starts, True
        if self.made_on:
            return self.made_on, False
        # A ledger looks back as far as it looks ahead: its year, not what is next from then on.
        written = self.head.above.dated or sheet.written_on
        likely = written.year if self.head.above.dated else sheet.likely_year
        return date(likely or written.year, 1, 1), True

    def reading(self, near: date | None = None, name: str = "") -> DateSetting:
        """How its dates are understood: in the year of a day that is `near` if nothing says one."""
        sheet = self.setting
        anchor, of_year = self.anchor()
        if near and not (self.year or self.head.above.starts):
            anchor = date(near.year, 1, 1)
        in_months = bool(_IN_MONTHS.search(name))
        start = self.head.above.quarters or sheet.asked.fiscal_year_start
        return DateSetting(anchor, sheet.order, start, self.head.above.begun, in_months, of_year)

    def day(self, field: ColumnField, cell: Cell | None = None, name: str = "") -> Day:
        """The day of a field, or that of another cell of its kind, in the column of that name."""
        cell, name = cell or self.cell(field), name or self.name(field)
        if not cell.text.strip():
            return Day()
        if field is ColumnField.DUE and self.made_on and (counted := _FROM_THEN.match(cell.text)):
            return day_of(Cell(counted[1]), DateSetting(self.made_on))
        if field is ColumnField.DUE:
            if end := self.head.above.end_of(cell.text.strip()):
                return Day(end, Precision.DAY, cell.text.strip())
            if _FISCAL.fullmatch(cell.text.strip()) and (begins := self._accounts()):
                year = f"{begins}/{(begins + 1) % 100:02}"
                return replace(
                    day_of(Cell(f"{cell.text} {year}"), self.reading()), phrase=cell.text
                )
        if self.head.above.month and _DAY_ALONE.match(cell.text):
            cell = replace(cell, text=f"{self.head.above.month}月{cell.text}")
        try:
            return day_of(cell, self.reading(name=name))
        except BadDate as refusal:
            raise BadDate("{name}: {text}", refusal.hint, name=name, text=refusal.message) from None

    def _accounts(self) -> int | None:
        """The year in which the year of accounts begins that quarters without a year are of."""
        above = self.head.above
        if above.starts:
            return None if above.of_study else above.starts.year
        return (self.year or self.anchor()[0].year) if above.quarters else None

    def soft_day(self, field: ColumnField) -> date | None:
        """The day of a column beside the point, where one that cannot be read is no reason to stop."""
        try:
            day = self.day(field)
        except BadDate as refusal:
            self.doubts.append(refusal.message)
            return None
        if day.on and field in _EXACT and day.precision is not Precision.DAY:
            words, is_promised = (
                "{column} names no single day, and none is taken.",
                field is ColumnField.MADE_ON,
            )
            self.assume(is_promised, words, column=self.name(field))
            return None
        if day.doubt:
            self.doubt(day.doubt, column=self.name(field))
        return day.on

    def _promised(self) -> date | None:
        """The day of the promise; one without a year is the last such day, and not the next."""
        day, written = self.soft_day(ColumnField.MADE_ON), self.setting.written_on
        if day is None or day <= written or self.year:
            return day
        before = self.reading()
        before = replace(before, anchor=date(before.anchor.year - 1, 1, 1))
        earlier = day_of(self.cell(ColumnField.MADE_ON), before)
        return earlier.on if earlier.assumed else day

    def beside(self, named: re.Pattern[str]) -> str:
        """What stands in a column of such a name, that is no field."""
        places = (n for n, name in enumerate(self.head.names) if named.match(name))
        return at(self.row, next(places, None)).text

    def remark(self) -> str:
        """What stands in a column of remarks."""
        head = self.head
        places = [n for n in (*head.unfitting(), *head.reports) if _REMARKS.search(head.names[n])]
        return next((text for n in places if (text := at(self.row, n).text)), "")

    def reports(self) -> list[str]:
        """All that is told of progress, the latest at the end."""
        told = [at(self.row, n).text for n in self.head.reports]
        said = [text for text in told if text.lower() not in NO_WORDS]
        return [] if ColumnField.PROGRESS in self.printed else said

    def progress(self) -> str:
        """The latest of what is told of progress."""
        return next(iter(self.reports()[-1:]), "")


def _unprinted(row: Row, setting: SheetSetting) -> tuple[Row, set[ColumnField]]:
    """The row without what our own ledger printed into it, and the fields which that is.

    The title and the id stay, for a row is told by them.
    """
    fields = setting.header.fields
    id = at(row, fields.get(ColumnField.ID)).text
    printed = setting.asked.printed(int(id)) if id.isdecimal() and len(id) < 19 else {}
    if not printed:
        return row, set()
    same = {
        field: place
        for field, place in fields.items()
        if folded(at(row, place).text) in {folded(text) for text in _said_of(field, printed)}
    }
    telling = (ColumnField.TITLE, ColumnField.ID, ColumnField.UID)
    blank = {place for field, place in same.items() if field not in telling}
    kept = (NOTHING if place in blank else cell for place, cell in enumerate(row))
    return tuple(kept), set(same)


def _said_of(field: ColumnField, printed: Mapping[str, set[str]]) -> Iterator[str]:
    """What was printed of a field, or of those whose columns are taken for it."""
    # Words of progress that begin with a status make a column of them look like one of statuses.
    told = (ColumnField.PROGRESS,) if field is ColumnField.STATUS else ()
    for name in (field, *told, *(instead for instead, taken in INSTEAD if taken is field)):
        yield from printed.get(name, ())
