"""What the offices' ledgers are written with."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from msgspec import Struct
from openpyxl import Workbook


class Office(Struct, frozen=True):
    """A file as an office has it, and what each row of it says.

    `expected` has a line for each task: row | responsible | due | status | completed on.
    `sure` are the rows in whose reading nothing may be doubted.
    """

    name: str
    data: bytes
    expected: str
    options: tuple[str, ...] = ()

    def rows(self) -> dict[int, tuple[str, str, str, str]]:
        """What is expected of each row: responsible body, due, status, completed on."""
        lines = [line for line in self.expected.strip().splitlines() if line.strip()]
        split = [[cell.strip() for cell in line.split("|")] for line in lines]
        return {int(row): (owner, due, status, done) for row, owner, due, status, done in split}


def text(rows: Sequence[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def book(fill: Callable[[Any], None], title: str = "Sheet1") -> bytes:
    """A workbook of one sheet, last saved on 8 October 2021."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = title
    fill(sheet)
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def put(sheet: Any, rows: Sequence[Sequence[Any]], first: int = 1) -> None:
    for at, row in enumerate(rows, first):
        for place, value in enumerate(row, 1):
            if value not in ("", None):
                cell = sheet.cell(at, place, value)
                if isinstance(value, date):
                    cell.number_format = "yyyy/m/d"
