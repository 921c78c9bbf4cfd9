"""Rows as CSV (RFC 4180), each text harmless to a spreadsheet.

A text that a spreadsheet would take for a formula gets an apostrophe in front, taken off when read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# Some spreadsheets take the full-width signs of Chinese and Japanese keyboards for the others.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "'")


def table(rows: Iterable[Sequence[object]]) -> str:
    """Return the rows as CSV; lines end in CRLF."""
    out = io.StringIO()
    csv.writer(out).writerows([_guarded(cell) for cell in row] for row in rows)
    return out.getvalue().removesuffix("\r\n")


def unguarded(cell: str) -> str:
    """Return a cell's text as it was before it was made harmless."""
    return cell[1:] if cell[:1] == "'" and _needs_guard(cell[1:]) else cell.strip()


def _guarded(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and _needs_guard(cell) else cell


def _needs_guard(cell: str) -> bool:
    # Blanks around a text are taken off on reading, unless an apostrophe says they belong to it.
    return cell.startswith(_FORMULA) or cell != cell.strip()
