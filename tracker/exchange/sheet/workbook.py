"""The sheets of a workbook (Office Open XML), read with openpyxl: values, dates, merged cells.

A cell is what its number format shows: a date that is shown as 2021年6月 names the month, though a
day stands behind it.
"""

from __future__ import annotations

import re
import zipfile
from calendar import month_name
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from typing import Any

from msgspec.structs import replace
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from tracker.errors import BadInput
from tracker.exchange.sheet.grid import NOTHING, Cell, Grid, Row, add
from tracker.limits import refuse_large
from tracker.message import ForeignText, Message, PluralMessage

_AGAIN = Message("Open it and save it again as .xlsx or .csv.")
# Each of these comes out of openpyxl for some part that is not as it should be.
_BROKEN = (
    *(zipfile.BadZipFile, OSError, LookupError, ValueError, TypeError, AttributeError),
    *(SyntaxError, EOFError, RecursionError, NotImplementedError),
)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^>]*ref=[\"']([A-Z0-9:]+)")
_MOST_MERGED = 1_000_000
"""Cells: what opens the file touches each of them."""

_WHITE = ("00000000", "FFFFFFFF", 0)
_FORMAT = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.|(y+|m+|d+|h+|s+|AM/PM)|(.)', re.IGNORECASE)
_NAMES_AN_END = re.compile("[底末]|by |end")


def sheets(data: bytes, name: str) -> list[Grid]:
    """Return the sheets that are not hidden, in order. Raises BadInput for what is no workbook."""
    try:
        refuse_large(data, name)
        written = _cells(data)
        if sum(map(_size, _MERGED.findall(written))) > _MOST_MERGED:
            raise BadInput("{name} merges more cells than can be read.", _AGAIN, name=name)
        book = load_workbook(BytesIO(data), data_only=True)
        formulas = load_workbook(BytesIO(data)) if b"<f" in written else None
        saved = book.properties.modified
        saved_on = saved.date() if isinstance(saved, datetime) else None
        return [
            _grid(sheet, formulas and formulas[sheet.title], saved_on)
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        ]
    except _BROKEN as error:
        raise BadInput(
            "{name} is no spreadsheet that can be read: {reason}.",
            _AGAIN,
            name=name,
            reason=ForeignText(str(error).split("\n")[0].rstrip(".")[:200] or type(error).__name__),
        ) from None


def _size(area: bytes) -> int:
    """The cells of an area such as A2:C5."""
    try:
        left, top, right, bottom = range_boundaries(area.decode())
    except (ValueError, TypeError):
        return 0  # what is no area is refused when it is opened
    return int((right - left + 1) * (bottom - top + 1))


def _cells(data: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as parts:
        return b"".join(
            parts.read(part) for part in parts.namelist() if part.startswith("xl/worksheets/sheet")
        )


def _grid(sheet: Any, formulas: Any, saved_on: date | None) -> Grid:
    # Cell by cell: one that stands alone in the last row has no million rows above it read.
    said = {place: cell for place, cell in _written(sheet) if cell.value is not None}
    rows: dict[int, Row] = {}
    places = {**dict.fromkeys(said), **dict(_merged(sheet, said))}
    for row, columns in groupby(sorted(places), key=itemgetter(0)):
        cells: list[Cell] = []
        for _, column in columns:
            source = said[places[row, column] or (row, column)]
            cells += [NOTHING] * (column - 1 - len(cells))
            struck = bool(source.font and source.font.strike)
            cell, colour = _cell(source), _colour(source)
            cells.append(replace(cell, is_above=source.row < row, struck=struck, colour=colour))
        add(rows, row, cells)
    unknown = sum(
        cell.data_type == "f" and place not in said
        for place, cell in (_written(formulas) if formulas else ())
    )
    coloured = sum(bool(_colour(cell)) for _, cell in _written(sheet))
    return Grid(sheet.title, rows, saved_on, tuple(_uncalculated(unknown)), coloured)


def _written(sheet: Any) -> Iterable[tuple[tuple[int, int], Any]]:
    """The cells that a sheet has by row and column, and none of those between them."""
    return sheet._cells.items()  # type: ignore[no-any-return]  # what is public makes every cell


def _uncalculated(number: int) -> Iterator[Message]:
    if number:
        yield PluralMessage(
            "{n} formula was never calculated; open and save the file once.",
            "{n} formulas were never calculated; open and save the file once.",
            number,
        )


def _merged(
    sheet: Any, said: Mapping[tuple[int, int], Any]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the places of merged ranges, as far as the sheet goes, with the cell that is seen there."""
    last = [max((place[axis] for place in said), default=0) for axis in (0, 1)]
    for area in sheet.merged_cells.ranges:
        source = (area.min_row, area.min_col)
        rows = range(area.min_row, min(area.max_row, last[0]) + 1) if source in said else ()
        for row in rows:
            for column in range(area.min_col, min(area.max_col, last[1]) + 1):
                yield (row, column), source


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


def _colour(cell: Any) -> str:
    """What a cell is filled with: red, green and blue, or a place in the theme."""
    fill = cell.fill
    if not fill or fill.fill_type != "solid" or fill.fgColor.rgb in _WHITE:
        return ""
    colour = fill.fgColor
    return str(colour.rgb) if colour.type == "rgb" else f"{colour.type} {colour.value}"
