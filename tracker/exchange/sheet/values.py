"""What the readers of a sheet are asked, and what they tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from tracker.actions import Remark
from tracker.exchange.sheet.columns import ColumnField
from tracker.exchange.sheet.header import Header
from tracker.exchange.sheet.notation import DateOrder
from tracker.message import Message
from tracker.model import Stage

Printed = Callable[[int], Mapping[str, set[str]]]
"""What our own ledger prints of the milestone with an id, by the field of the column."""


class SheetRequest(Struct, frozen=True):
    """What the user says of a file: names of columns, when it was promised, and today.

    `day_first` is whether 03/04/2021 is a day of April, None for what the column tells. `keep` puts what no field fits into a note. What stands in our own ledger as it was `printed`
    says nothing.
    """

    today: date
    names: Mapping[str, ColumnField] = {}
    made_on: date | None = None
    fiscal_year_start: int = 1
    keep: bool = False
    printed: Printed = lambda _: {}
    day_first: bool | None = None


class LedgerEntry(Struct, frozen=True):
    """What a row says: the fields it gives, by name; what it does not say is not among them.

    `steps` are days of an office's cycle. `row` is the spreadsheet's number. `doubts` are what a person should look at; `year_assumed`
    that the year of its due date was nowhere said. `taken` is what was taken as most mean it, and told once
    for all rows. `status_said` is False where it is only taken,
    `title_said` where it is as our own ledger printed it, `title_missing` where it is the one above.
    """

    row: int
    fields: dict[str, Any]
    uid: str | None = None
    id: int | None = None
    number: str = ""
    made_on: date | None = None
    remarks: tuple[Remark, ...] = ()
    steps: tuple[tuple[Stage, date], ...] = ()
    doubts: tuple[Message, ...] = ()
    taken: tuple[Message, ...] = ()
    year_assumed: bool = False
    status_said: bool = True
    title_said: bool = True
    title_missing: bool = False


class RowFault(Struct, frozen=True):
    """Why a row cannot be taken, and what would be accepted instead."""

    row: int
    message: Message
    hint: Message = Message("")


class SheetSetting(Struct, frozen=True):
    """What the readers of cells need to know of the whole sheet.

    `owners` are the cells of the column of bodies, of which some may join others: Derek and Sunil;
    `fills_owners`: one stands for the rows below it too; `shows_months`: most deadlines are days shown as months;
    `tells_idle`: a status says plainly that nothing was begun, so that Open says more.
    """

    asked: SheetRequest
    header: Header
    order: DateOrder
    written_on: date
    percent_of_one: bool = False
    likely_year: int | None = None
    owners: frozenset[str] = frozenset()
    fills_owners: bool = False
    shows_months: bool = False
    tells_idle: bool = False
