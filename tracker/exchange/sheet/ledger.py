"""A sheet as a ledger: which rows are tasks, what each says, and what of it cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tracker.errors import BadInput, TrackerError
from tracker.exchange.sheet import dates, line, statuses
from tracker.exchange.sheet.columns import Field
from tracker.exchange.sheet.dates import Order
from tracker.exchange.sheet.entry import entry
from tracker.exchange.sheet.grid import Cell, Grid, Row, at
from tracker.exchange.sheet.header import Header, header, year_of
from tracker.exchange.sheet.line import Kind
from tracker.exchange.sheet.values import Asked, Entry, Fault, Setting

NAMESAKES = frozenset(("同上", "〃", "″", '"', "as above", "ditto", "same as above"))
"""What says that a cell is as the one above it."""

_INHERITED = (Field.OWNER, Field.SUPPORTING, Field.DUE, Field.SOURCE, Field.MADE_ON)


class Ledger(Struct, frozen=True):
    """All that a sheet says. `others` are the rows that are no tasks, with what they are."""

    grid: Grid
    header: Header
    entries: list[Entry]
    faults: list[Fault]
    others: list[tuple[int, Kind]]


def choose(grids: Sequence[Grid], wanted: str | None, asked: Asked) -> tuple[Grid, Header]:
    """Return the sheet of that name or number, or else the first that has a header.

    Raises BadInput with what names a column may have.
    """
    named = [grid for place, grid in enumerate(grids, 1) if wanted in (None, grid.name, str(place))]
    if not named:
        there = "、".join(grid.name for grid in grids) or "none"
        raise BadInput(f"There is no sheet {wanted!r}.", f"Sheets: {there}.")
    found = [(grid, head) for grid in named if (head := header(grid, asked.names))]
    if not found:
        raise BadInput(
            "No row names the columns of a ledger: at least the task, and when or by whom.",
            "Columns are known by names such as 任务, 责任单位, 完成时限, 状态; Task, Owner, Due, "
            "Status; or say it: --map '名称=title'.",
        )
    # The fullest of them: a cover or a key may have a small table too.
    return max(found, key=lambda both: (len(both[1].fields) > 2, len(both[0].rows) > 1))


def read(grid: Grid, head: Header, asked: Asked) -> Ledger:
    """Read every row below the header."""
    below = {place: row for place, row in grid.rows.items() if place > head.last}
    head = settled(head, below)
    setting = _setting(grid, head, below, asked)
    ledger = Ledger(grid, head, [], [], [])
    numbered = _numbered(head, below)
    summed = line.summaries(_levels(head, below))
    above: Row = ()
    year = head.year
    for place, row in below.items():
        kind = Kind.HEADING if place in summed else line.kind_of(row, head, numbered=numbered)
        if kind is not Kind.TASK:
            ledger.others.append((place, kind))
            if kind is Kind.HEADING:
                year = year_of(row[0].text) or year
            continue
        above = _inherited(row, above, head)
        _take(ledger, place, above, setting, year)
    return ledger


def _take(ledger: Ledger, place: int, row: Row, setting: Setting, year: int | None) -> None:
    try:
        one = entry(place, row, setting, year)
    except TrackerError as refusal:
        ledger.faults.append(Fault(place, refusal.message, refusal.hint))
        return
    before = ledger.entries[-1] if ledger.entries else None
    if before and one.number and before.number == one.number and _is_same(before, one):
        # A task over several rows, each with a piece of its progress.
        ledger.entries[-1] = replace(before, remarks=(*before.remarks, *one.remarks))
    else:
        ledger.entries.append(one)


def _is_same(one: Entry, other: Entry) -> bool:
    names = ("title", "owner", "due", "due_phrase")
    return all(one.fields.get(name) == other.fields.get(name) for name in names)


def settled(head: Header, below: Mapping[int, Row]) -> Header:
    """The header once the cells have told what its names alone could not."""
    fields = dict(head.fields)

    def share(field: Field, holds: Any) -> float:
        cells = [c for row in below.values() if (c := at(row, fields.get(field))).text]
        return sum(map(holds, cells)) / len(cells) if cells else 0.0

    def is_status(cell: Cell) -> bool:
        return statuses.is_word(cell.text) or statuses.share(cell.text) is not None

    def move(field: Field, *to: Field) -> None:
        place = fields.pop(field)
        free = next((other for other in to if other not in fields), None)
        if free is not None:
            fields[free] = place

    if Field.COMPLETED in fields and share(Field.COMPLETED, dates.is_day) < share(
        Field.COMPLETED, is_status
    ):
        move(Field.COMPLETED, Field.STATUS)
    if Field.PERCENT in fields and share(Field.PERCENT, _is_number) < 0.5:
        move(Field.PERCENT, Field.STATE)
    if Field.STATUS in fields and share(Field.STATUS, is_status) < 0.3:
        move(Field.STATUS, Field.STATE)
    if Field.STATE in fields:
        says = share(Field.STATE, is_status) >= 0.6
        move(Field.STATE, *([Field.STATUS] if says else []), Field.PROGRESS)
    if Field.DETAIL in fields and _is_group(below, fields[Field.TITLE], fields[Field.DETAIL]):
        fields[Field.TITLE] = fields.pop(Field.DETAIL)
    fields.pop(Field.DETAIL, None)
    return replace(head, fields=fields)


def _is_group(below: Mapping[int, Row], title: int, detail: int) -> bool:
    """Whether one title stands for several rows, each with a detail of its own."""
    last = ""
    for row in below.values():
        said, within = at(row, title).text, at(row, detail).text
        if within and last and said in ("", last):
            return True
        last = said if within else ""
    return False


def _is_number(cell: Cell) -> bool:
    return statuses.percent(cell.text, of_one=False) is not None


def _setting(grid: Grid, head: Header, below: Mapping[int, Row], asked: Asked) -> Setting:
    dated = (Field.DUE, Field.BASELINE, Field.FORECAST, Field.COMPLETED, Field.MADE_ON)
    every = [at(row, head.fields.get(f)).text for f in dated for row in below.values()]
    one = dates.order_of(every)
    orders = {
        f: own if (own := dates.order_of(at(row, place).text for row in below.values())) != Order() else one
        for f, place in head.fields.items()
        if f in dated
    }  # fmt: skip
    shares = [at(row, head.fields.get(Field.PERCENT)).text for row in below.values()]
    numbers = [float(s) for s in shares if s.replace(".", "", 1).isdigit()]
    of_one = any("." in s for s in shares) and bool(numbers) and max(numbers) <= 1
    written = min(head.dated or grid.saved_on or asked.today, asked.today)
    likely = dates.year_among(at(row, head.fields.get(Field.DUE)) for row in below.values())
    return Setting(asked, head, orders, written, of_one, likely)


def _numbered(head: Header, below: Mapping[int, Row]) -> bool:
    """Whether most rows that say when or by whom have a number."""
    number = head.fields.get(Field.NUMBER)
    told = [row for row in below.values() if at(row, head.fields.get(Field.DUE)).text]
    return number is not None and sum(bool(at(row, number).text) for row in told) * 2 > len(told)


def _levels(head: Header, below: Mapping[int, Row]) -> list[tuple[int, int]]:
    place = head.fields.get(Field.LEVEL)
    found = [(row, at(cells, place).text) for row, cells in below.items()]
    return [(row, int(level)) for row, level in found if level.isdecimal()]


def _inherited(row: Row, above: Row, head: Header) -> Row:
    """The row with what it says is as above put in."""
    cells = list(row)
    if at(row, head.fields.get(Field.ID)).text.isdecimal():
        return row
    for field in _INHERITED:
        place = head.fields.get(field)
        if place is not None and at(row, place).text.lower() in NAMESAKES:
            cells[place] = at(above, place)
    return tuple(cells)
