"""A sheet as a ledger: which rows are tasks, what each says, and what of it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from tracker.errors import BadInput, TrackerError
from tracker.exchange.sheet import dates, headings, line, statuses
from tracker.exchange.sheet.colours import coloured
from tracker.exchange.sheet.columns import ColumnField, loosely, plain
from tracker.exchange.sheet.entry import entry
from tracker.exchange.sheet.grid import Cell, Grid, Row, at
from tracker.exchange.sheet.header import Header, headers, settled, turned
from tracker.exchange.sheet.joining import joined
from tracker.exchange.sheet.legend import legend, worded
from tracker.exchange.sheet.line import RowKind
from tracker.exchange.sheet.notation import DateOrder, order_of
from tracker.exchange.sheet.preamble import year_of
from tracker.exchange.sheet.side_by_side import apart
from tracker.exchange.sheet.values import LedgerEntry, RowFault, SheetRequest, SheetSetting
from tracker.message import Message, PluralMessage, with_progress

NAMESAKES = frozenset(("同上", "〃", "″", '"', "as above", "ditto", "same as above"))
"""What says that a cell is as the one above it."""

_INHERITED = (
    ColumnField.OWNER,
    ColumnField.SUPPORTING,
    ColumnField.DUE,
    ColumnField.SOURCE,
    ColumnField.MADE_ON,
)
_DOTTED = re.compile(r"^[0-9]{1,3}(?:\.[0-9]{1,3})*\.?$")

Chosen = tuple[Grid, list[Header]]
"""A sheet with the headers of its tables."""


class Ledger(Struct, frozen=True):
    """All that a sheet says. `others` are the rows that are no tasks, with what they are.

    `headers` are those of its tables, in order, mostly one. `tasks` are the rows that are tasks, with
    what they say is as above; `notes` what is worth knowing of the whole; `kept`: what no field fits
    goes into notes.
    """

    grid: Grid
    headers: list[Header]
    entries: list[LedgerEntry]
    faults: list[RowFault]
    others: list[tuple[int, RowKind]]
    tasks: dict[int, Row]
    notes: list[Message]
    kept: bool = False

    @property
    def header(self) -> Header:
        return self.headers[0]


def choose(grids: Sequence[Grid], wanted: str | None, asked: SheetRequest) -> Chosen:
    """Return the sheet of that name or number, or else the fullest one that has a header.

    Raises BadInput with what names a column may have.
    """
    parts = [(str(place), apart(grid, asked.names)) for place, grid in enumerate(grids, 1)]
    named = [
        table
        for place, tables in parts
        for nth, table in enumerate(tables)
        if wanted == table.name or (not nth and wanted in (None, place))
    ]
    if not named:
        there = tuple(table.name or place for place, tables in parts for table in tables)
        raise BadInput(
            "There is no sheet {wanted!r}.", "Sheets: {there}.", wanted=wanted, there=there
        )
    if not any(grid.rows for grid in named):
        raise BadInput(
            "There is nothing in the file.", "Give one with a row of names above its rows."
        )
    upright = map(turned, named)
    found = [(grid, heads) for grid in upright if (heads := headers(grid, asked.names))]
    if not found:
        raise BadInput(
            "No row names the columns of a ledger: at least the task, and when or by whom.",
            "Columns are known by names such as 任务, 责任单位, 完成时限, 状态; Task, Owner, Due, "
            "Status; or say it: --map '名称=title'.",
        )
    # A cover, a key or a list of risks may have a table too; of equals the first.
    grid, heads = max(found, key=_tells)
    others = [other.name for other, _ in found if other is not grid and len(other.rows) > 1]
    if others and wanted is None:
        more = Message(
            "Other sheets have tables too: {sheets}; --sheet takes one.", sheets=tuple(others)
        )
        grid = replace(grid, notes=(*grid.notes, more))
    return replace(grid, legend=legend(grids)), heads


def lacking(told: Mapping[str, ColumnField], heads: Sequence[Header]) -> list[str]:
    """The names, of those that were told of, that no column has."""
    there = {plain(name) for head in heads for name in head.names}
    return [name for name in told if name not in there]


def _tells(chosen: Chosen) -> tuple[int, bool]:
    """How much of what is looked for a sheet has."""
    grid, (head, *_) = chosen
    wanted = (ColumnField.TITLE, ColumnField.OWNER, ColumnField.DUE, ColumnField.STATUS)
    return sum(field in head.fields for field in wanted), len(grid.rows) > head.last


def read(grid: Grid, heads: Sequence[Header], asked: SheetRequest) -> Ledger:
    """Read every row below each header."""
    ledger = Ledger(grid, [], [], [], [], {}, [*grid.notes], asked.keep)
    ends = [head.first for head in heads[1:]]
    for number, head in enumerate(heads):
        end = ends[number] if number < len(ends) else None
        below: Mapping[int, Row] = {
            p: row for p, row in grid.rows.items() if p > head.last and (not end or p < end)
        }
        head, below = joined(head, worded(below, grid.legend))  # noqa: PLW2901 -- the same, better known
        head = settled(head, [*below.values()], asked.names)  # noqa: PLW2901 -- the same, better known
        plain_head = head
        head, below = coloured(grid, head, below)  # noqa: PLW2901 -- the same, better known
        if head is not plain_head:
            ledger.notes.append(Message("Statuses are those of the colours, by the key to them."))
        ledger.headers.append(head)
        _read(ledger, head, below, asked)
    ledger.notes.extend(_of_columns(ledger))
    return ledger


def _of_columns(ledger: Ledger) -> Iterator[Message]:
    if guessed := [f"{head.name(f)}={f}" for head in ledger.headers for f in head.guessed]:
        yield Message(
            "No name tells these columns, only their cells: {names}.", names=tuple(guessed)
        )
    if ledger.grid.coloured and ColumnField.STATUS not in ledger.header.fields:
        yield PluralMessage(
            "{n} cell has a colour, which says nothing by itself; a column of statuses would.",
            "{n} cells have colours, which say nothing by themselves; a column of statuses would.",
            ledger.grid.coloured,
        )


def _read(ledger: Ledger, head: Header, below: Mapping[int, Row], asked: SheetRequest) -> None:
    has = line.habits([*below.values()], head)
    kinds = {p: line.kind_of(row, head, has) for p, row in below.items()}
    kinds |= dict.fromkeys(_summaries(head, below), RowKind.HEADING)
    head, below = headings.spread(ledger.grid, head, below, kinds)
    setting = _setting(ledger.grid, head, below, asked)
    above: Row = ()
    year = head.above.year
    for place, row in with_progress([*below.items()], Message("Reading rows")):
        if kinds[place] is not RowKind.TASK:
            ledger.others.append((place, kinds[place]))
            if kinds[place] is RowKind.HEADING:
                year = year_of(next(cell.text for cell in row if cell.text)) or year
            continue
        above = ledger.tasks[place] = _inherited(row, above, head, fills=setting.fills_owners)
        _take(ledger, place, above, setting, year)


def _take(ledger: Ledger, place: int, row: Row, setting: SheetSetting, year: int | None) -> None:
    try:
        one = entry(place, row, setting, year)
    except TrackerError as refusal:
        ledger.faults.append(RowFault(place, refusal.message, refusal.hint))
        return
    before = ledger.entries[-1] if ledger.entries else None
    if before and _goes_on(before, one):
        # A task over several rows, each with a piece of its progress.
        ledger.entries[-1] = replace(before, remarks=(*before.remarks, *one.remarks))
    else:
        ledger.entries.append(one)


def _goes_on(before: LedgerEntry, one: LedgerEntry) -> bool:
    """Whether a row says no more than another piece of the progress of the one before."""
    if one.title_missing and not one.number:
        return not any(one.fields.get(name) for name in ("owner", "due", "due_phrase"))
    names = ("title", "owner", "due", "due_phrase")
    is_told = one.title_missing or one.remarks != before.remarks[-len(one.remarks) :]
    return bool(one.number) and before.number == one.number and is_told and all(
        before.fields.get(name) == one.fields.get(name) for name in names
    )  # fmt: skip


def _setting(
    grid: Grid, head: Header, below: Mapping[int, Row], asked: SheetRequest
) -> SheetSetting:
    every = (cell.text for row in grid.rows.values() for cell in row)
    order = order_of(every, year_first=head.is_chinese)
    if asked.day_first is not None:
        order = replace(order, day_first=asked.day_first)
    shares = [head.text(row, ColumnField.PERCENT) for row in below.values()]
    numbers = [float(s) for s in shares if s.replace(".", "", 1).isdigit()]
    of_one = any("." in s for s in shares) and bool(numbers) and max(numbers) <= 1
    written = min(head.above.dated or grid.saved_on or asked.today, asked.today)
    dues = [at(row, head.fields.get(ColumnField.DUE)) for row in below.values()]
    likely = dates.year_among(dues, written.year)
    days = [cell for cell in dues if cell.day]
    shows_months = sum(cell.text != str(cell.day) for cell in days) * 2 > len(days)
    owners = frozenset(head.text(row, ColumnField.OWNER) for row in below.values())
    fills = _fills_owners(head, [*below.values()])
    tells_idle = any(statuses.is_idle(head.text(row, ColumnField.STATUS)) for row in below.values())
    return SheetSetting(
        asked, head, order, written, of_one, likely, owners, fills, shows_months, tells_idle
    )


def _fills_owners(head: Header, rows: Sequence[Row]) -> bool:
    """Whether bodies stand left of the tasks, once for several: cells merged that a text lost."""
    owner, title = (head.fields.get(f) for f in (ColumnField.OWNER, ColumnField.TITLE))
    if owner is None or title is None or owner > title or not rows:
        return False
    said = [bool(at(row, owner).text) for row in rows if at(row, title).text]
    return len(said) > 2 and said[0] and said.count(False) > 0 and said.count(True) > 1


def _summaries(head: Header, below: Mapping[int, Row]) -> set[int]:
    """The rows that others stand under, and that are nobody's where rows are somebody's.

    They are told by a column of levels or else by how far a title is set in, by numbers as 1.2, and
    by days that are those of the rows below.
    """
    levels, inset, dots = [], [], []
    for p, row in below.items():
        if (level := head.text(row, ColumnField.LEVEL)).isdecimal():
            levels.append((p, int(level)))
        if (title := at(row, head.fields.get(ColumnField.TITLE))).text:
            inset.append((p, title.indent))
        if _DOTTED.match(number := head.text(row, ColumnField.NUMBER)):
            dots.append((p, number.strip(".").count(".")))
    found = _above(levels or inset) | _above(dots) | _spans(head, below)
    nobodys = {p for p in found if not head.text(below[p], ColumnField.OWNER)}
    return nobodys | _containers(head, below)


_TYPE = re.compile(r"^(?:issue |work ?item |task )?type$|^类型$|^summary$", re.IGNORECASE)
_PARENT = re.compile(r"^parent(?: (?:task|id|issue|key|item))?$|^(?:父|上级)任务", re.IGNORECASE)
_CONTAINER = re.compile(
    r"^(?:epic|initiative|theme|史诗|section|meta|note|comment)$", re.IGNORECASE
)


def _containers(head: Header, below: Mapping[int, Row]) -> set[int]:
    """The rows that hold others, by their type or as those name it, without a deadline of their own."""
    types, parents = (
        next((n for n, name in enumerate(head.names) if form.match(name)), None)
        for form in (_TYPE, _PARENT)
    )
    held_by = {at(row, parents).text for row in below.values()} - {""}
    named = (ColumnField.NUMBER, ColumnField.TITLE)
    of_type = {
        p
        for p, row in below.items()
        if _CONTAINER.match(at(row, types).text)
        or (not head.text(row, ColumnField.OWNER) and held_by & {head.text(row, f) for f in named})
    }
    undated = {p for p in of_type if not head.text(below[p], ColumnField.DUE)}
    return undated if len(of_type) < len(below) else set()


_START = re.compile(r"^(?:planned )?start|开始", re.IGNORECASE)


def _spans(head: Header, below: Mapping[int, Row]) -> set[int]:
    """The rows of nobody that begin and end exactly as the rows of somebody below them do."""
    start = next((n for n, name in enumerate(head.names) if _START.match(name)), None)
    owner, due = head.fields.get(ColumnField.OWNER), head.fields.get(ColumnField.DUE)
    if start is None or owner is None:
        return set()
    order = order_of(at(row, n).text for row in below.values() for n in (start, due))
    found: set[int] = set()
    within: list[tuple[date, date]] = []  # the rows since the last phase
    phases: list[tuple[date, date]] = []  # those of the phases passed
    for place, row in reversed([*below.items()]):
        begins, ends = (_on(at(row, n), order) for n in (start, due))
        if begins is None or ends is None:
            continue
        if at(row, owner).text:
            within.append((begins, ends))
            continue
        if (begins, ends) in (_span(within), _span([*within, *phases])):
            found.add(place)
        phases += within
        within = []
    return found


def _span(days: Sequence[tuple[date, date]]) -> tuple[date, date] | None:
    return (min(d for d, _ in days), max(d for _, d in days)) if days else None


def _on(cell: Cell, order: DateOrder) -> date | None:
    if cell.day is not None or not cell.text:
        return cell.day
    days = dates.named(cell.text, dates.DateSetting(date(2000, 1, 1), order))
    return days[0].date if len(days) == 1 else None


def _above(levels: Sequence[tuple[int, int]]) -> set[int]:
    return {row for (row, level), (_, below) in pairwise(levels) if below > level}


def _naming(head: Header) -> list[int]:
    """The columns, of no field, that may say what is to be done where the title does not."""
    of_a_task = (ColumnField.TITLE, ColumnField.DETAIL)
    return [n for n in head.unfitting() if loosely(head.names[n]) in of_a_task]


def _inherited(row: Row, above: Row, head: Header, *, fills: bool) -> Row:
    """The row with what it says is as above put in."""
    cells = list(row)
    if head.text(row, ColumnField.ID).isdecimal():
        return row
    for field in _INHERITED:
        place = head.fields.get(field)
        if place is not None and at(row, place).text.lower() in NAMESAKES:
            cells[place] = at(above, place)
    owner, title = (head.fields.get(f) for f in (ColumnField.OWNER, ColumnField.TITLE))
    if fills and owner is not None and not at(row, owner).text and at(above, owner).text:
        cells[owner] = replace(at(above, owner), is_above=True)
    if title is not None and not at(row, title).text:
        instead = next(filter(None, (at(row, n).text for n in _naming(head))), "")
        if instead:
            cells += [at((), None)] * (title + 1 - len(cells))
            cells[title] = Cell(instead)
            return tuple(cells)
    if title is not None and above and not any(at(row, n).text for n in (title, head.group)):
        cells += [at((), None)] * (title + 1 - len(cells))
        cells[title] = replace(at(above, title), is_above=True)
    return tuple(cells)
