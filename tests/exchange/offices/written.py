"""Ledgers of offices as they are written in `sets/`, with what each row says beside it.

`== name.xlsx | sheet` begins a file, `-- sheet` one more sheet of it; words `key=value` behind the
name are how its text is written. Cells are parted as the file parts them, in a workbook by bars:
`<` and `^` are merged with the left and the upper one, `@2021-06-30` is a date and `#0.5` a number,
both with `{format}`, `!FFFF00` at the end a colour. Behind `=>` stand body; due; status; completed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import PatternFill

from tests.exchange.offices.book import Office, saved, text

SETS = Path(__file__).parent / "sets"
_TYPED = re.compile(r"^([@#])([^{]+?)(?:\{(.*)\})?$")
_COLOUR = re.compile(r"\s*!([0-9A-F]{6})$")


def every() -> list[Office]:
    """The ledgers of all sets."""
    return [one for path in sorted(SETS.glob("*.txt")) for one in of(path)]


def of(path: Path) -> Iterator[Office]:
    """Yield the ledgers of a set."""
    for part in re.split(r"^== ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        head, *lines = part.rstrip().split("\n")
        yield _office(head, lines)


def _office(head: str, lines: list[str]) -> Office:
    name, _, how = (word.strip() for word in head.partition(" | "))
    cells: list[str] = []
    expected = []
    row = 0
    for line in lines:
        said, sign, right = line.partition("=>")
        row = 0 if line.startswith("-- ") else row + 1
        cells.append(said.rstrip(" ") if sign else said)
        if sign:
            expected.append("|".join([str(row), *right.split(";")]))
    if name.endswith(".xlsx"):
        return Office(name, _book(how or "Sheet1", cells), "\n".join(expected))
    told = dict(word.split("=") for word in how.split())
    delimiter = "\t" if name.endswith(".tsv") else told.pop("delimiter", ",")
    rows = list(csv.reader(io.StringIO("\n".join(cells)), delimiter=delimiter))
    data = text([[c.replace("\\n", "\n") for c in row] for row in rows], delimiter, **told)
    return Office(name, data, "\n".join(expected))


def _book(title: str, lines: list[str]) -> bytes:
    """A workbook that was last saved on 8 October 2021."""
    workbook = Workbook()
    workbook.properties.modified = datetime(2021, 10, 8)
    sheet = workbook.worksheets[0]
    sheet.title = title
    row = 0
    for line in lines:
        if line.startswith("-- "):
            sheet, row = workbook.create_sheet(line[3:].strip()), 0
            continue
        row += 1
        for column, cell in enumerate(line.split("|"), 1):
            _put(sheet, row, column, cell.strip())
    return saved(workbook)


def _put(sheet: Any, row: int, column: int, said: str) -> None:
    if said in ("<", "^"):
        _merge(sheet, row, column, said)
        return
    cell = sheet.cell(row, column)
    if colour := _COLOUR.search(said):
        cell.fill = PatternFill("solid", fgColor=colour[1])
        said = _COLOUR.sub("", said)
    if typed := _TYPED.match(said):
        is_day = typed[1] == "@"
        cell.value = date.fromisoformat(typed[2]) if is_day else float(typed[2])
        cell.number_format = typed[3] or ("yyyy/m/d" if is_day else "General")
    elif said:
        cell.value = said.replace("\\n", "\n")


def _merge(sheet: Any, row: int, column: int, sign: str) -> None:
    """Let the area beside or above reach here too."""
    beside = (row, column - 1) if sign == "<" else (row - 1, column)
    for area in sheet.merged_cells.ranges:
        if area.min_row <= beside[0] <= area.max_row and area.min_col <= beside[1] <= area.max_col:
            area.expand(right=max(0, column - area.max_col), down=max(0, row - area.max_row))
            return
    sheet.merge_cells(None, beside[0], beside[1], row, column)
