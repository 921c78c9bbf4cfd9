"""Tables that stand beside one another on one sheet, each to be read by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from tracker.exchange.sheet.columns import ColumnField, exactly
from tracker.exchange.sheet.grid import Grid, Row, at
from tracker.exchange.sheet.header import LOOKED_AT, headers
from tracker.message import Message

_OF_A_LEDGER = {ColumnField.OWNER, ColumnField.DUE, ColumnField.STATUS}


def apart(grid: Grid, told: Mapping[str, ColumnField]) -> list[Grid]:
    """The tables of a sheet from the left, each as one; a sheet that has one as it is."""
    if not any(map(_names_twice, [*grid.rows.values()][:LOOKED_AT])):
        return [grid]
    heads = headers(grid, told)
    ends = [*_ends(grid, heads[0].last)] if len(heads) == 1 else []
    if not ends:
        return [grid]
    width = max(map(len, grid.rows.values()))
    starts = [0, *ends]
    tables = [_cut(grid, a, b) for a, b in zip(starts, [*ends, width], strict=True)]
    beside = tuple(
        Message(
            "Another table stands beside it, with {names}; --sheet {sheet} takes it.",
            names=tuple(cell.text for cell in table.rows[heads[0].last] if cell.text),
            sheet=table.name,
        )
        for table in tables[1:]
    )
    first = replace(tables[0], name=grid.name, notes=(*grid.notes, *beside))
    return [first, *tables[1:]]


def _ends(grid: Grid, header: int) -> Iterator[int]:
    """Yield the columns at which a further table begins: behind a blank one, or named once more."""
    names = [cell.text for cell in grid.rows.get(header, ())]
    below = [row for place, row in grid.rows.items() if place >= header]
    start = 0
    for n in range(2, len(names) - 1):
        if not (_is_ledger(names[start:n]) and _is_ledger(names[n:])):
            continue
        if names[n] == names[start] != "" or not any(at(row, n - 1).text for row in below):
            yield n
            start = n


def _names_twice(row: Row) -> bool:
    """Whether two columns are named as what is to be done."""
    said = [exactly(cell.text) for cell in row if cell.text]
    return sum(any(field is ColumnField.TITLE for _, field in one) for one in said) > 1


def _is_ledger(names: list[str]) -> bool:
    named = {field for name in names for _, field in exactly(name)}
    return ColumnField.TITLE in named and len(named & _OF_A_LEDGER) > 1


def _cut(grid: Grid, start: int, end: int) -> Grid:
    rows: dict[int, Row] = {p: row[start:end] for p, row in grid.rows.items()}
    said = {p: row for p, row in rows.items() if any(cell.text for cell in row)}
    return replace(grid, name=f"{_letters(start)}:{_letters(end - 1)}", rows=said)


def _letters(column: int) -> str:
    """A column as a spreadsheet names it: A, Z, AA."""
    more, last = divmod(column, 26)
    return (_letters(more - 1) if more else "") + chr(ord("A") + last)
