"""The sheets of a workbook (Office Open XML), read with openpyxl: values, dates, merged cells.

A cell is what its number format shows: a date that is shown as 2021年6月 names the month, though a
day stands behind it.
"""

from __future__ import annotations

import re
import zipfile
from calendar import month_name
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

from msgspec.structs import replace
from openpyxl import load_workbook

from tracker.errors import BadInput
from tracker.exchange.sheet.grid import Cell, Grid, Row, add
from tracker.limits import refuse_large
from tracker.message import Counted, Message

_WHITE = ("00000000", "FFFFFFFF", 0)
_FORMAT = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.|(y+|m+|d+|h+|s+|AM/PM)|(.)', re.IGNORECASE)
_NAMES_AN_END = re.compile("[底末]|by |end")


def sheets(data: bytes, name: str) -> list[Grid]:
    """Return the sheets that are not hidden, in order. Raises BadInput for what is no workbook."""
    try:
        refuse_large(data, name)
        book = load_workbook(BytesIO(data), data_only=True)
        formulas = load_workbook(BytesIO(data)) if b"<f" in _cells(data) else None
        saved = book.properties.modified
        saved_on = saved.date() if isinstance(saved, datetime) else None
        return [
            _grid(sheet, formulas and formulas[sheet.title], saved_on)
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        ]
    # Each of these comes out of openpyxl for some part that is not as it should be.
    except (zipfile.BadZipFile, OSError, LookupError, ValueError, TypeError, AttributeError) as e:
        raise BadInput(
            "{name} is no spreadsheet that can be read: {reason}.",
            _AGAIN,
            name=name,
            reason=_reason(e),
        ) from None
    except (SyntaxError, EOFError, RecursionError, NotImplementedError) as e:
        raise BadInput(
            "{name} is no spreadsheet that can be read: {reason}.",
            _AGAIN,
            name=name,
            reason=_reason(e),
        ) from None


_AGAIN = Message("Open it and save it again as .xlsx or .csv.")


def _reason(error: Exception) -> str:
    return str(error).split("\n")[0].rstrip(".")[:200] or type(error).__name__


def _cells(data: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as parts:
        return b"".join(
            parts.read(part) for part in parts.namelist() if part.startswith("xl/worksheets/sheet")
        )


def _grid(sheet: Any, formulas: Any, saved_on: date | None) -> Grid:
    merged = _merged(sheet)
    rows: dict[int, Row] = {}
    coloured = unknown = 0
    for cells in sheet.iter_rows():
        row = []
        for cell in cells:
            source = merged.get((cell.row, cell.column), cell)
            seen = _cell(source)
            row.append(replace(seen, is_above=True) if source.row < cell.row else seen)
            coloured += _is_coloured(cell)
            if formulas and source.value is None:
                unknown += formulas.cell(source.row, source.column).data_type == "f"
        add(rows, cells[0].row, row) if cells else None
    return Grid(sheet.title, rows, saved_on, tuple(_left_out(coloured, unknown)))


def _left_out(coloured: int, unknown: int) -> Iterator[Message]:
    if coloured:
        yield Counted(
            "{n} cell has a colour, which says nothing by itself; a column of statuses would.",
            "{n} cells have colours, which say nothing by themselves; a column of statuses would.",
            coloured,
        )
    if unknown:
        yield Counted(
            "{n} formula was never calculated; open and save the file once.",
            "{n} formulas were never calculated; open and save the file once.",
            unknown,
        )


def _merged(sheet: Any) -> dict[tuple[int, int], Any]:
    """The cell that is seen at each place of the merged ranges."""
    return {
        (row, column): sheet.cell(area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, min(area.max_row, sheet.max_row) + 1)
        for column in range(area.min_col, min(area.max_col, sheet.max_column) + 1)
    }


def _cell(cell: Any) -> Cell:
    value, bold = cell.value, bool(cell.font and cell.font.b)
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return Cell(_shown(value, cell.number_format or ""), value, bold)
    if isinstance(value, bool):
        return Cell("是" if value else "否", bold=bold)
    if isinstance(value, int | float):
        return Cell(_number(value, cell.number_format or ""), bold=bold)
    return Cell("" if value is None else str(value).strip(), bold=bold)


def _number(value: float, pattern: str) -> str:
    if "%" in pattern:
        return f"{value * 100:g}%"
    return str(int(value)) if value == int(value) else f"{value:g}"


def _shown(day: date, pattern: str) -> str:
    """The day as its cell shows it: to the month or year only, or with words such as 底前."""
    parts = list(_FORMAT.finditer(pattern.split(";", maxsplit=1)[0]))
    literal = "".join(part[1] or part[2] or "" for part in parts)
    units = {part[3][0].lower() for part in parts if part[3]}
    if _NAMES_AN_END.search(literal):
        return "".join(_piece(part, day) for part in parts).strip()
    if "d" not in units and "y" in units:
        return f"{day.year}-{day.month:02}" if "m" in units else f"{day.year}"
    return day.isoformat()


def _piece(part: re.Match[str], day: date) -> str:
    unit = (part[3] or "").lower()
    match unit[:1], len(unit):
        case "y", _:
            return str(day.year)
        case "m", size:
            return month_name[day.month] if size > 2 else str(day.month)
        case "d", _:
            return str(day.day)
    return part[1] or part[2] or part[4] or ""


def _is_coloured(cell: Any) -> bool:
    fill = cell.fill
    return bool(fill and fill.fill_type == "solid" and fill.fgColor.rgb not in _WHITE)
