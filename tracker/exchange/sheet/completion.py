"""The day on which a row was completed: in its column, or as its words name it; none is made up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tracker.errors import BadDate
from tracker.exchange.sheet import prose, statuses
from tracker.exchange.sheet.columns import ColumnField
from tracker.exchange.sheet.dates import named
from tracker.exchange.sheet.row import Cells

_ACTUAL = re.compile("实际|actual", re.IGNORECASE)


def day(cells: Cells, written: date | None) -> date | None:
    """The day of a row that is completed, by what is `written` in its column or else by its words."""
    if _ACTUAL.search(cells.name(ColumnField.FORECAST)):
        # A column of forecasts that is also that of days when something was done.
        written = written or cells.soft_day(ColumnField.FORECAST)
    if is_to_come(cells, written):
        raise BadDate("It was completed on {day}, a day to come.", "Mend that day.", day=written)
    return written or _named_day(cells)


def is_to_come(cells: Cells, day: date | None) -> bool:
    return day is not None and day > cells.setting.asked.today


def one_day(cells: Cells, texts: Sequence[str], *, year_said: bool = True) -> date | None:
    """The one day, of those that have begun, that texts name."""
    reading = cells.reading(cells.due)
    days = [day for text in texts for day in named(text, reading)]
    exact = {d.date for d in days if d.start == d.date and not (year_said and d.year_assumed)}
    day = exact.pop() if len(exact) == 1 == len(days) else None
    return None if is_to_come(cells, day) else day


def _named_day(cells: Cells) -> date | None:
    """The day of completion that is named as such, or else the last that its words tell of."""
    due = cells.cell(ColumnField.DUE).text
    told = [cells.text(ColumnField.STATUS)]
    told += [part for part in prose.CLAUSES.split(due) if prose.CLOSED.search(part)]
    day = one_day(cells, told)
    if day is None and (found := _last_named_day(cells)):
        day, is_plain = found
        if is_plain:
            cells.assume(True, "Its day of completion is that of which its words tell.")
        else:
            cells.doubt("Its day of completion, {day}, is taken from its words.", day=day)
    return day


def _last_named_day(cells: Cells) -> tuple[date, bool] | None:
    """The day in the last words of the row, or in those that tell of an end; whether these do."""
    due = cells.cell(ColumnField.DUE).text
    said = (
        *reversed(cells.reports()),
        cells.text(ColumnField.STATUS),
        cells.remark(),
        due if prose.CLOSED.search(due) else "",
    )
    for words in said:
        clauses = [part for part in prose.CLAUSES.split(words) if part.strip()]
        for place, clause in reversed([*enumerate(clauses, 1)]):
            if day := one_day(cells, [clause], year_said=False):
                is_last = place == len(clauses) and not prose.BEGUN.search(clause)
                is_end = statuses.tells_end(clause) or prose.has_ended(clause.strip())
                told = statuses.tells_end(clause, plainly=True) or prose.DONE_ON.search(clause)
                is_plain = bool(told) and not prose.goes_on(words)
                return (day, is_plain) if is_last or is_end else None
    return None
