"""Rows under headings, in any format but JSON: what the reports have in common.

A cell that is a message is said in the reader's language where people read it, and stays as it is
where a program does. On a screen one column takes the room that the others leave, and the least
important ones give way when that becomes too little to read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct

from tracker.locale import Language
from tracker.message import Message
from tracker.model import Milestone
from tracker.render.table import Screen, paint
from tracker.render.text import clean, fit, pad, width
from tracker.render.wording import wording

Cell = str | int | date | None
Row = Sequence[Cell]
Record = TypeVar("Record", contravariant=True)  # noqa: PLC0105


class Column(Struct, Generic[Record], frozen=True):
    """`name` heads it in CSV, `head` on a screen and in Markdown; `value` is what a record has.

    `shown` is that as a screen has it, where it is another there.
    It stands on screens of `from_width` cells and more. `style` (SGR) is for any value but 0.
    """

    name: str
    head: str
    value: Callable[[Record, Language], Cell]
    right: bool = False
    from_width: int = 0
    style: str = ""
    takes_the_rest: bool = False
    shown: Callable[[Record, Language], Cell] | None = None


class HasMilestone(Protocol):
    """A record that is of one milestone."""

    @property
    def milestone(self) -> Milestone: ...


Columns = Sequence[Column[Any]]
ID: Column[HasMilestone] = Column("id", "ID", lambda row, _: row.milestone.id, right=True)
TITLE: Column[HasMilestone] = Column(
    "title", "TITLE", lambda row, lang: wording(row.milestone, lang).title, takes_the_rest=True
)


def owner(from_width: int = 0) -> Column[HasMilestone]:
    return Column(
        *("owner", "RESPONSIBLE", lambda row, lang: wording(row.milestone, lang).owner),
        from_width=from_width,
    )


def field_cell(name: str) -> Callable[[HasMilestone, Language], Cell]:
    return lambda row, _: getattr(row.milestone, name)


def draw(columns: Columns, rows: Iterable[Row], screen: Screen) -> list[str]:
    """Return a heading and a line a row, none wider than the screen."""
    cells = [[_cell_text(cell, screen.lang) for cell in row] for row in rows]
    heads = [_head(column, screen.lang) for column in columns]
    natural = [max(map(width, column)) for column in zip(heads, *cells, strict=True)]
    shown = [place for place, c in enumerate(columns) if c.from_width <= screen.width]
    widths = _widths(columns, natural, shown, screen.width)
    kept = [columns[place] for place in shown]
    head = map(_set, (heads[place] for place in shown), kept, widths)
    lines = [paint("  ".join(head).rstrip(), "2", screen.colour)]
    for row in cells:
        painted = (
            paint(_set(row[place], column, wide), column.style, screen.colour and row[place] != "0")
            for place, column, wide in zip(shown, kept, widths, strict=True)
        )
        lines.append("  ".join(painted).rstrip())
    return lines


def _widths(columns: Columns, natural: Sequence[int], shown: list[int], room: int) -> list[int]:
    """Share the line among the columns, and take out of `shown` what has no room in any words."""
    while True:
        widths = [natural[place] for place in shown]
        for at, place in enumerate(shown):
            if columns[place].takes_the_rest:
                others = sum(widths) - widths[at] + 2 * (len(widths) - 1)
                widths[at] = min(widths[at], max(room - others, 8))
        last = max(shown, key=lambda place: columns[place].from_width)
        if _whole(widths) <= room or not columns[last].from_width:
            break
        shown.remove(last)
    while _whole(widths) > room and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    return widths


def _whole(widths: Sequence[int]) -> int:
    return sum(widths) + 2 * (len(widths) - 1)


def plain(rows: Iterable[Row]) -> str:
    """Return a line a row with tabs between; no field holds a tab or a line break."""
    return "\n".join("\t".join(_shown(cell) for cell in row) for row in rows)


def csv(columns: Columns, rows: Iterable[Row]) -> str:
    """Return CSV (RFC 4180), its texts guarded against formulas, numbers as they are."""
    from tracker.cells import table

    return table([[c.name for c in columns], *rows])


def markdown(columns: Columns, rows: Iterable[Row], lang: Language) -> str:
    """Return a Markdown table; what could be markup in a cell is escaped."""
    heads = (_head(column, lang) for column in columns)
    lines = [
        _piped(head if head == "ID" else head.capitalize() for head in heads),
        _piped("---:" if c.right else "---" for c in columns),
    ]
    lines += (_piped(escape_markdown(_cell_text(cell, lang)) for cell in row) for row in rows)
    return "\n".join(lines)


def _head(column: Column[Any], lang: Language) -> str:
    return lang.word("column", column.head) if column.head else ""


def _cell_text(cell: Cell, lang: Language) -> str:
    return clean(lang.text(cell)) if isinstance(cell, Message) else _shown(cell)


def _shown(cell: Cell) -> str:
    return "" if cell is None else clean(cell) if isinstance(cell, str) else str(cell)


def _set(cell: str, column: Column[Any], cells: int) -> str:
    fitted = fit(cell, cells)
    return " " * (cells - width(fitted)) + fitted if column.right else pad(fitted, cells)


def _piped(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


_MARKUP = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>|#!~&"})


def escape_markdown(text: str) -> str:
    return text.translate(_MARKUP)
