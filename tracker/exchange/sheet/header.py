"""Where the table begins: the rows that name its columns, and what the lines above them say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from tracker.due import find
from tracker.exchange.sheet.columns import Field, assigned, exactly, loosely, plain
from tracker.exchange.sheet.grid import Grid, Row, at, plainly

_LOOKED_AT = 60
"""Rows with words, from the top: titles and letters above a table are shorter."""

_YEARS = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_OF_TWO_YEARS = re.compile(r"20[0-9]{2}\s?[-/–]\s?[0-9]{2}(?![0-9])")
_DATED = re.compile(
    r"截[至止]|填[报表]|日期|时间|更新|\b(?:as (?:at|of)|updated|date)\b", re.IGNORECASE
)


class Header(Struct, frozen=True):
    """The names of the columns, which field each is, and the first and last row that name them.

    `year` is what the lines above say the whole is of, `dated` the day they say it was written on.
    """

    names: tuple[str, ...]
    fields: dict[Field, int]
    first: int
    last: int
    year: int | None = None
    dated: date | None = None

    def name(self, field: Field) -> str:
        place = self.fields.get(field)
        return "" if place is None else self.names[place]

    def unfitting(self) -> list[int]:
        """The columns with a name that no field fits."""
        return [n for n, name in enumerate(self.names) if name and n not in self.fields.values()]


def header(grid: Grid, told: Mapping[str, Field]) -> Header | None:
    """Find the row that names most columns, with the rows of names beside it; None without any."""
    places = list(grid.rows)[:_LOOKED_AT]
    scores = {place: _score(grid.rows[place], told) for place in places}
    best = max(places, key=lambda place: scores[place], default=None)
    if best is None or not scores[best]:
        return None
    here = places.index(best)
    above = [p for p in places[max(0, here - 1) : here] if _is_upper(grid.rows[p], grid.rows[best])]
    below = [p for p in places[here + 1 : here + 2] if _continues(grid.rows[best], grid.rows[p])]
    lines = [*above, best, *below]
    names = _names([grid.rows[place] for place in lines], told)
    preamble = [" ".join(plainly(grid.rows[p])) for p in places[: places.index(lines[0])]]
    return Header(
        tuple(names),
        assigned(names, told),
        lines[0],
        lines[-1],
        _year([*preamble, grid.name]),
        _dated(preamble),
    )


def year_of(line: str) -> int | None:
    """The one year that a heading names: 2021年重点任务; none where it names two, as 2021/22."""
    years = set(_YEARS.findall(line))
    return int(years.pop()) if len(years) == 1 and not _OF_TWO_YEARS.search(line) else None


def _score(row: Row, told: Mapping[str, Field]) -> int:
    """How many fields the row names, if it names what is to be done and something beside it."""
    names = [cell.text if cell.day is None else "" for cell in row]
    exact = {f for name in names if name and (f := told.get(plain(name)) or exactly(name))}
    fields = assigned(names, told)
    if Field.TITLE not in fields or not exact:
        return 0
    spread = len({names[place] for place in fields.values()})
    return len(fields) + len(exact) if spread > 1 or len(plainly(row)) == 1 else 0


def _is_upper(upper: Row, row: Row) -> bool:
    """Whether a row above names groups of columns: it is named in part by the very same words."""
    words = plainly(upper)
    same = sum(bool(a.text) and a.text == b.text for a, b in zip(upper, row, strict=False))
    return len(set(words)) > 1 and (same > 0 or any(exactly(w) for w in words))


def _continues(upper: Row, row: Row) -> bool:
    """Whether a row goes on naming columns: all that it says are names, under groups or gaps."""
    said = [(place, cell.text) for place, cell in enumerate(row) if cell.text]
    if any(cell.day for cell in row):
        return False
    new = [(place, name) for place, name in said if name != at(upper, place).text]
    return bool(new) and all(
        exactly(name) or (loosely(f"{at(upper, place).text}{name}") and len(name) < 9)
        for place, name in new
    )


def _names(lines: list[Row], told: Mapping[str, Field]) -> list[str]:
    """A name for each column: the lowest that is known, or else all that stands over it."""
    names = []
    for place in range(max(map(len, lines))):
        stack = list(dict.fromkeys(at(row, place).text for row in lines if at(row, place).text))
        known = [name for name in stack if plain(name) in told or exactly(name)]
        names.append((known or [" ".join(stack)])[-1] if len(stack) != 1 else stack[0])
    return names


def _year(lines: list[str]) -> int | None:
    return next(
        (year for line in lines if not _DATED.search(line) and (year := year_of(line))), None
    )


def _dated(lines: list[str]) -> date | None:
    for line in lines:
        if _DATED.search(line):
            for mention in find(line, date(1, 1, 1)):
                if mention.due.date and mention.due.start == mention.due.date:
                    return mention.due.date if mention.due.date.year > 1900 else None
    return None
