"""What the words beside the dates say of a deadline that is another one by now."""

from __future__ import annotations

from tracker.exchange.sheet.columns import DATED, ColumnField
from tracker.exchange.sheet.dates import Day, named
from tracker.exchange.sheet.row import Cells
from tracker.exchange.sheet.wording import telling


def granted(cells: Cells, due: Day) -> tuple[Day, str] | None:
    """The later deadline that a remark says was granted, with the column of the remark."""
    for name, text in _beside(cells):
        until = telling("extended").search(text)
        if until is None or not _is_granted(text):
            continue
        days = named(text[until.end() :], cells.reading(due.on))
        later = next((d for d in days[:1] if d.date and due.on and d.date > due.on), None)
        if later:
            return Day(later.date, later.precision, later.phrase, later.year_assumed), name
    return None


def told(cells: Cells) -> list[str]:
    """The columns that speak of another date than the deadline."""
    reading = cells.reading(cells.due)

    def is_known(text: str) -> bool:
        days = [day.date for day in named(text, reading) if day.date]
        return bool(days) and max(days) == cells.due

    return [n for n, text in _beside(cells) if telling("moved").search(text) and not is_known(text)]


def _is_granted(text: str) -> bool:
    return bool(telling("granted").search(text)) and not telling("not-granted").search(text)


def _beside(cells: Cells) -> list[tuple[str, str]]:
    """The columns, by name, that are neither of days nor of what is to be done."""
    dated = {cells.head.fields.get(field) for field in (*DATED, ColumnField.TITLE)}
    names = cells.head.names
    return [(names[n], c.text) for n, c in enumerate(cells.row) if n not in dated and c.text]
