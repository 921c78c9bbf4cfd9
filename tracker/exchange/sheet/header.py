"""Where a table begins: the rows that name its columns, and what the lines above them say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from tracker.due import Due
from tracker.exchange.sheet import column_content
from tracker.exchange.sheet.column_content import ColumnCells
from tracker.exchange.sheet.columns import DATED, ColumnField, assigned, exactly, loosely, plain
from tracker.exchange.sheet.grid import NOTHING, Cell, Grid, Row, at, line, plainly
from tracker.exchange.sheet.periods import period
from tracker.exchange.sheet.preamble import Preamble, preamble
from tracker.message import Message
from tracker.model import Status

LOOKED_AT = 60
"""Rows with words, from the top: titles and letters above a table are shorter."""

_MOST_BESIDE = 2
"""Rows of names above and below the one that names most."""

_BESIDE_DUE = {ColumnField.OWNER, ColumnField.STATUS}
_LONGEST_NAME = 30
_LONGEST_BELOW = 12
"""A name under a group, as 计划 under 一季度."""

_CHINESE = re.compile("[\u4e00-\u9fff]")
_PART_OF_A_DAY = re.compile("[年月日]|季度|year|month|quarter|day", re.IGNORECASE)


class Header(Struct, frozen=True):
    """The names of the columns, which field each is, and the first and last row that name them.

    `above` is what the lines above say of all of it. `reports` are the columns of progress, in order, `dues`
    further ones of deadlines, for where the first says nothing, `periods` those of goals by what heads them, `ticked` those of marks by their status. `group` is a column
    of titles that stand for several rows each, `guessed` the fields told by cells alone.
    `certain` is one whose columns a program wrote, so that no cell has to tell.
    """

    names: tuple[str, ...]
    fields: dict[ColumnField, int]
    first: int
    last: int
    above: Preamble = Preamble()
    reports: tuple[int, ...] = ()
    dues: tuple[int, ...] = ()
    periods: dict[int, Due] = {}
    ticked: dict[int, Status] = {}
    group: int | None = None
    certain: bool = False
    guessed: tuple[ColumnField, ...] = ()

    @property
    def is_chinese(self) -> bool:
        return any(map(_CHINESE.search, self.names))

    def text(self, row: Row, field: ColumnField) -> str:
        """What a row says of a field."""
        return at(row, self.fields.get(field)).text

    def name(self, field: ColumnField) -> str:
        place = self.fields.get(field)
        return "" if place is None else self.names[place]

    def taken(self) -> set[int]:
        """The columns that something is read from."""
        return {*self.fields.values(), *self.reports, *self.dues, *self.periods, *self.ticked}

    def unfitting(self) -> list[int]:
        """The columns with a name that no field fits."""
        taken = self.taken()
        return [n for n, name in enumerate(self.names) if name and n not in taken]


def turned(grid: Grid) -> Grid:
    """The sheet with its columns as rows, where the names of the fields stand in a column."""
    places = [p for p, row in grid.rows.items() if row[0].text and exactly(row[0].text)]
    heads = {f for p in places for _, f in exactly(grid.rows[p][0].text)}
    rows = [grid.rows[p] for p in places]
    across = max((sum(bool(exactly(cell.text)) for cell in row) for row in rows), default=0)
    telling = {ColumnField.DUE, ColumnField.OWNER, ColumnField.STATUS} & heads
    if ColumnField.TITLE not in heads or len(telling) < 2 or across > 1:
        return grid
    width = max(map(len, rows))
    told = Message("The names stand in a column: the rows told of are columns.")
    columns = {n + 1: tuple(at(row, n) for row in rows) for n in range(width)}
    return replace(grid, rows=columns, notes=(*grid.notes, told))


def headers(grid: Grid, told: Mapping[str, ColumnField]) -> list[Header]:
    """Find the rows that name columns, one for each table on the sheet; none without any."""
    places = list(grid.rows)
    first = _first(grid, places[:LOOKED_AT], told)
    if first is None:
        return _headless(grid, told)
    found = [first]
    for place in places[places.index(first.last) + 1 :]:
        if place > found[-1].last and _is_another(grid.rows[place], found[-1], told):
            start = found[-1].last
            later = [p for p in places if p > start]
            one = _around(grid, later, place, told)
            found.append(replace(one, above=one.above.or_else(first.above)))
    return found


def settled(head: Header, below: Sequence[Row], names_told: Mapping[str, ColumnField]) -> Header:
    """The header once the cells have told what its names alone could not."""
    if head.certain:
        return head
    columns = ColumnCells(below)
    head = replace(head, names=tuple(columns.named(head.names)))
    ticked = columns.ticked(head.names)
    names = ["" if place in ticked else name for place, name in enumerate(head.names)]
    # What a column without a name is called by is its place, and tells nothing.
    telling = [
        "" if name == column_content.unnamed(n) and plain(name) not in names_told else name
        for n, name in enumerate(names)
    ]
    fields = assigned(telling, names_told, columns.fits, columns.may_fit)
    if len(ticked) > 1 and ColumnField.STATUS in fields:
        fields.setdefault(ColumnField.PROGRESS, fields.pop(ColumnField.STATUS))
    _weigh(columns, names, fields)
    guessed = columns.guessed(names, fields)
    fields |= guessed
    title, named, group = fields.get(ColumnField.TITLE), fields.pop(ColumnField.DETAIL, None), None
    beside = None if title is None else columns.beside(title, names, sorted(fields.values()))
    detail = named if beside is None else beside
    if title is not None and detail is not None and columns.is_group(title, detail):
        fields[ColumnField.TITLE], group = detail, title
    told = fields.get(ColumnField.PROGRESS)
    has_status = ColumnField.STATUS in fields or len(ticked) > 1
    if not has_status and told is not None and columns.are_statuses(told):
        fields[ColumnField.STATUS] = told
    if ColumnField.SOURCE not in fields:
        fields.pop(ColumnField.QUOTE, None)  # words of no document
    taken = {*fields.values(), *ticked}
    periods = columns.periods(head.names, sorted(taken), date(head.above.year or 1, 1, 1))
    has_due = ColumnField.DUE in fields
    told_by_period = tuple(
        n for n in periods if has_due and columns.share(n, column_content.is_news) > 0.3
    )
    if told_by_period:
        periods = {}
    taken |= periods.keys()
    more = told_by_period + columns.further(ColumnField.PROGRESS, head.names, taken)
    dues = columns.further(ColumnField.DUE, head.names, taken) if has_due else ()
    if ColumnField.PROGRESS not in fields and not more:
        told = columns.telling_of_progress(head.names, taken | {*dues})
        more = () if told is None else (told,)
    own = [fields[ColumnField.PROGRESS]] if ColumnField.PROGRESS in fields else []
    if not own and more:
        fields[ColumnField.PROGRESS] = more[-1]
    reports = tuple(sorted({*own, *more}))
    return replace(
        head,
        fields=fields,
        reports=reports,
        dues=dues,
        periods=periods,
        ticked=ticked,
        group=group,
        guessed=tuple(guessed),
    )


def _weigh(columns: ColumnCells, names: Sequence[str], fields: dict[ColumnField, int]) -> None:
    """Put the columns right that others are more like: of bodies, of statuses."""
    body = columns.body_of_persons(names, fields)
    if body is not None:
        fields[ColumnField.PERSON], fields[ColumnField.OWNER] = fields[ColumnField.OWNER], body
    if ColumnField.STATUS in fields:
        free = [
            n
            for n in range(len(names))
            if n not in fields.values() or n == fields.get(ColumnField.PROGRESS)
        ]
        fields[ColumnField.STATUS] = columns.likeliest(names, fields[ColumnField.STATUS], free)
        if fields.get(ColumnField.PROGRESS) == fields[ColumnField.STATUS]:
            del fields[ColumnField.PROGRESS]


def _first(grid: Grid, places: list[int], told: Mapping[str, ColumnField]) -> Header | None:
    """The header by the names in it, or else by what the cells below are."""
    scores = {place: _score(grid.rows[place], told) for place in places}
    likely = sorted((p for p in places if scores[p]), key=lambda p: -scores[p])
    unnamed = (
        p
        for p in places[:10]
        if len(set(plainly(grid.rows[p]))) > 2 and all(map(_is_name, grid.rows[p]))
    )
    for place in (*likely[:5], *unnamed):
        head = _around(grid, list(grid.rows), place, told)
        if ColumnField.TITLE in head.fields:
            return head
        below = [grid.rows[p] for p in grid.rows if p > head.last]
        fields = settled(head, below, told).fields
        if ColumnField.TITLE in fields and fields.keys() & {
            ColumnField.DUE,
            ColumnField.STATUS,
            ColumnField.OWNER,
        }:
            return head
    return None


def _headless(grid: Grid, told: Mapping[str, ColumnField]) -> list[Header]:
    """A header of no names above the first full row, if cells tell task, deadline and more."""
    full = [p for p, row in grid.rows.items() if len(set(plainly(row))) > 2]
    if len(full) < 2:
        return []
    above = [line(row) for p, row in grid.rows.items() if p < full[0]]
    head = Header((), {}, full[0] - 1, full[0] - 1, preamble(above, grid.name))
    found = settled(head, [grid.rows[p] for p in full], told).fields.keys()
    is_ledger = {ColumnField.TITLE, ColumnField.DUE} <= found and found & _BESIDE_DUE
    return [head] if is_ledger else []


def _is_name(cell: Cell) -> bool:
    short = cell.day is None and len(cell.text) <= _LONGEST_NAME
    return short and not re.search(
        r"^[0-9.,%/-]+$|[。；;]|[:：].|[0-9]年[0-9]|[0-9]月[0-9底]|[0-9]/[0-9]", cell.text
    )


def _around(grid: Grid, places: list[int], best: int, told: Mapping[str, ColumnField]) -> Header:
    """The header of which one row is known, with the rows of names above and below it."""
    here = places.index(best)
    above: list[int] = []
    for p in reversed(places[max(0, here - _MOST_BESIDE) : here]):
        if not _is_upper(grid.rows[p], grid.rows[best]):
            break
        above.insert(0, p)
    below: list[int] = []
    for p in places[here + 1 : here + 1 + _MOST_BESIDE]:
        if not _continues(grid.rows[best], grid.rows[p]):
            break
        below.append(p)
    lines = [*above, best, *below]
    names = _names(_spread([grid.rows[place] for place in lines]), told)
    lines_above = [line(grid.rows[p]) for p in places[: places.index(lines[0])]]
    first = [*grid.rows.values()][:LOOKED_AT]
    return Header(
        tuple(names),
        assigned(names, told),
        lines[0],
        lines[-1],
        preamble(
            lines_above, grid.name, [line(row) for row in first if len(set(plainly(row))) == 1]
        ),
    )


def _is_another(row: Row, head: Header, told: Mapping[str, ColumnField]) -> bool:
    """Whether a row names the columns of a further table, otherwise than the one above it."""
    first = next((cell for cell in row if cell.text), None)
    if first is None or not exactly(first.text) or not all(map(_is_name, row)):
        return False
    names = tuple(cell.text for cell in row)
    same = sum(a == b for a, b in zip(names, head.names, strict=False) if a)
    most = 1 if head.first == head.last else 0.5  # of what one row names all is the same
    return len(assigned(names, told)) > 2 and same < len(plainly(row)) * most


def _score(row: Row, told: Mapping[str, ColumnField]) -> int:
    """How many fields the row names; most, if it names what is to be done and something beside."""
    names = [cell.text if cell.day is None else "" for cell in row]
    exact = {name for name in names if name and (plain(name) in told or exactly(name))}
    fields = assigned(names, told)
    if not exact:
        return 0
    if ColumnField.TITLE not in fields:
        return len(exact) if len(exact) > 1 else 0
    spread = len({names[place] for place in fields.values()})
    return 10 + len(fields) + len(exact) if spread > 1 or len(plainly(row)) == 1 else 0


def _is_upper(upper: Row, row: Row) -> bool:
    """Whether a row above names groups of columns: it is named in part by the very same words."""
    words = plainly(upper)
    if any(re.search("=|[:：]$", word) for word in words):
        return False  # a key to what stands below, or a line of a form
    same = sum(bool(a.text) and a.text == b.text for a, b in zip(upper, row, strict=False))
    return len(set(words)) > 1 and (same > 0 or any(exactly(w) for w in words))


def _continues(upper: Row, row: Row) -> bool:
    """Whether a row goes on naming columns: all that it says are names, under groups or gaps."""
    said = [(place, cell.text) for place, cell in enumerate(row) if cell.text]
    if any(cell.day for cell in row):
        return False
    new = [(place, name) for place, name in said if name != at(upper, place).text]
    return len(new) > 1 and all(_names_a_column(name, place, upper) for place, name in new)


def _names_a_column(name: str, place: int, upper: Row) -> bool:
    if (
        exactly(name)
        or _PART_OF_A_DAY.fullmatch(name)
        or (name[:2] != "20" and period(name, date(1, 1, 1)))
    ):
        return True
    left, over, right = (at(upper, n).text if n >= 0 else "" for n in range(place - 1, place + 2))
    is_group = over in (left, right) if over else bool(left)
    return is_group and len(name) <= _LONGEST_BELOW and not re.search("[0-9]", name)


def _names(lines: list[Row], told: Mapping[str, ColumnField]) -> list[str]:
    """A name for each column: the lowest that is known and its own, or all that stands over it."""
    names = []
    leaves = [cell.text for cell in lines[-1]]
    for place in range(max(map(len, lines))):
        stack = list(dict.fromkeys(at(row, place).text for row in lines if at(row, place).text))
        known = [
            name
            for name in stack
            if (plain(name) in told or exactly(name))
            and (name == stack[-1] or not _is_shared(name, place, lines))
            and (len(stack) == 1 or leaves.count(name) < 2)
        ]
        whole = " ".join(stack)
        is_own = stack and leaves.count(stack[-1]) < 2 and loosely(stack[-1])
        # 办结 is a status, and a day below 时限要求.
        is_dated = loosely(whole) in DATED and loosely(stack[-1]) not in DATED
        names.append((known or ([stack[-1]] if is_own and not is_dated else [whole]))[-1])
    return names


def _spread(lines: list[Row]) -> list[Row]:
    """The rows of names with that of a group over all its columns, where none is merged."""
    if len(lines) < 2:
        return lines
    upper, lower = [*lines[0]], lines[1]
    upper += [NOTHING] * (len(lower) - len(upper))
    for place in range(1, len(upper)):
        is_group = bool(at(lower, place - 1).text and at(lower, place).text)
        if is_group and not upper[place].text:
            upper[place] = upper[place - 1]
    return [tuple(upper), *lines[1:]]


def _is_shared(name: str, place: int, lines: list[Row]) -> bool:
    beside = (place - 1, place + 1) if place else (place + 1,)
    return any(at(row, n).text == name for row in lines for n in beside)
