"""Columns that say one thing only together, laid together before any is taken for a field.

A matrix of bodies, in which ▲ leads and △ supports; titles in a column for each level; a day parted
into year, month and day. What `--rejects` wrote beside the rows is taken away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from msgspec.structs import replace

from tracker.due import find
from tracker.exchange.sheet.bodies import is_body
from tracker.exchange.sheet.columns import ColumnField, exactly, loosely, plain
from tracker.exchange.sheet.dates import is_dated
from tracker.exchange.sheet.grid import NOTHING, Cell, Row, at
from tracker.exchange.sheet.header import Header
from tracker.exchange.sheet.notation import MONTH

Below = Mapping[int, Row]

_OURS = re.compile("^tracker")
"""What `--rejects` puts beside the rows: the number of each, and what is to be mended."""

_LEADS = re.compile(r"[▲●★◆■◎√✓✔RL]|A/?R|R/?A|牵头|主办|主责|lead", re.IGNORECASE)
_HELPS = re.compile(r"[△○☆◇□SC]|配合|协办|参与|support", re.IGNORECASE)
_LETTER = re.compile(r"[RACISL]|A/?R|R/?A", re.IGNORECASE)
"""Responsible, accountable, consulted, informed; supports, leads."""
_OF_LEVEL = re.compile(r"^(?:title|name|task|标题|名称|任务) ?[1-9]$", re.IGNORECASE)
_PART = re.compile(
    r"^(?P<of>.*?)[\s_(（-]*(?:(?P<year>年度?|年份|years?|yr)|(?P<month>月份?|months?|mth)"
    r"|(?P<quarter>季度?|quarter|qtr)|(?P<day>日|号|day))[)）]?$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s(?:and|&)\s|[及与和/\n]", re.IGNORECASE)
_JOINTS = re.compile(
    r"(?:完成)?(?:时限|时间)[:：]|[(（]\s*[)）]|^[\s,，;；、/|–—-]+|[\s,，;；、/|–—-]+$|\b(?:by|due)\b:?\s*$",
    re.IGNORECASE,
)
"""What stands between a body and its deadline."""

_OF_A_TIME = re.compile(
    rf"\bQ[1-4]\b|\b{MONTH}\b|\b(?:at|as of|in)\b|20[0-9]{{2}}年?"
    r"|第[一二三四五六七八九十0-9]+[次轮季]度?|[一二三四]季度|[0-9]{1,2}月[底末份]?|[0-9]{1,2}日",
    re.IGNORECASE,
)
_PERIOD = re.compile("(?:[0-9一二三四五六七八九十上下本前后]|半)(?:年度?|月份?|季度?|日)$")
"""A period of its own, and no part of a day."""

_UNITS = {"year": "年", "month": "月", "quarter": "季度", "day": "日"}


def joined(head: Header, below: Below) -> tuple[Header, Below]:
    """The header and the rows with such columns laid together."""
    for lay in (_without_ours, _levels, _matrix, _parts, _both, _latest):
        head, below = lay(head, below)
    return head, below


def _laid(
    head: Header, below: Below, places: Sequence[int], name: str, together: Callable[[Row], Cell]
) -> tuple[Header, Below]:
    """The same with the first of some columns for all of them, under a name."""
    first, width = places[0], max(len(head.names), *map(len, below.values()), 0)

    def laid(cells: Sequence[Cell], cell: Cell) -> Row:
        wide = [NOTHING if n in places else at(tuple(cells), n) for n in range(width)]
        wide[first] = cell
        return tuple(wide)

    names = [*head.names, *[""] * (width - len(head.names))]
    names = ["" if n in places else named for n, named in enumerate(names)]
    names[first] = name
    return replace(head, names=tuple(names)), {
        p: laid(row, together(row)) for p, row in below.items()
    }


def _without_ours(head: Header, below: Below) -> tuple[Header, Below]:
    ours = [n for n, name in enumerate(head.names) if _OURS.match(name) and not exactly(name)]
    return _laid(head, below, ours, "", lambda _: NOTHING) if ours else (head, below)


def _levels(head: Header, below: Below) -> tuple[Header, Below]:
    """Titles in a column for each level (Title 1, Title 2) as one, each as far in as its level."""
    levels = [n for n, name in enumerate(head.names) if _OF_LEVEL.match(name)]

    def title(row: Row) -> Cell:
        depth = next((depth for depth, n in enumerate(levels) if at(row, n).text), 0)
        return replace(at(row, levels[depth]), indent=depth)

    if len(levels) < 2:
        return head, below
    return _laid(head, below, levels, head.names[levels[0]], title)


def _matrix(head: Header, below: Below) -> tuple[Header, Below]:
    """A column that says who leads and who supports, for those that are headed by bodies."""
    unknown = [n for n, name in enumerate(head.names) if name and not exactly(name)]
    column = {n: [text for row in below.values() if (text := at(row, n).text)] for n in unknown}
    places = [n for n in unknown if is_body(head.names[n])] or [
        n for n in unknown if column[n] and all(map(_LETTER.fullmatch, column[n]))
    ]
    cells = [text for n in places for text in column[n]]

    def roles(row: Row) -> Cell:
        said = ((head.names[n], at(row, n).text) for n in places)
        parted = [("牵头：", _LEADS), ("配合：", _HELPS)]
        named = [*said]
        listed = (
            label + "、".join(body for body, mark in named if role.fullmatch(mark))
            for label, role in parted
            if any(role.fullmatch(mark) for _, mark in named)
        )
        return Cell("；".join(listed))

    is_matrix = len(places) > 1 and cells and all(map(_is_role, cells))
    return _laid(head, below, places, "责任单位", roles) if is_matrix else (head, below)


def _is_role(text: str) -> bool:
    return any(form.fullmatch(text) for form in (_LEADS, _HELPS, _LETTER))


def _parts(head: Header, below: Below) -> tuple[Header, Below]:
    """A day for the columns beside one another that have its year, its month, its quarter."""
    for of, places in _parted(head.names):
        name = of or ("日期" if head.is_chinese else "Date")
        head, below = _laid(head, below, [*places.values()], name, partial(_day, places))
    return head, below


def _both(head: Header, below: Below) -> tuple[Header, Below]:
    """A column more for a deadline that stands with a body or a status: 责任单位及完成时限."""
    for n, name in enumerate(head.names):
        parts = [part.strip() for part in _AND.split(name) if part.strip()]
        fields = [loosely(part) for part in parts]
        beside = {ColumnField.OWNER, ColumnField.STATUS} & {*fields}
        if len(parts) == 2 and beside and ColumnField.DUE in fields:
            due = fields.index(ColumnField.DUE)
            width = max(len(head.names), *map(len, below.values()), 0)
            names = [*head.names, *[""] * (width - len(head.names)), parts[due]]
            names[n] = parts[1 - due]
            rows = {p: _apart(row, n, width) for p, row in below.items()}
            return replace(head, names=tuple(names)), rows
    return head, below


def _latest(head: Header, below: Below) -> tuple[Header, Below]:
    """The last that is said, for columns of the status by quarter or month: RAG Q1, RAG Q2."""
    stems = {n: _OF_A_TIME.sub("", name).strip() for n, name in enumerate(head.names)}
    for stem in dict.fromkeys(stems.values()):
        places = [n for n, one in stems.items() if one == stem != head.names[n].strip()]
        fields = {loosely(stem), *(field for _, field in exactly(stem))}
        named = ColumnField.STATUS in fields and ColumnField.PROGRESS not in fields
        if len(places) > 1 and named:
            said = partial(_last, places)
            return _laid(head, below, places, head.names[places[-1]], said)
    return head, below


def _last(places: Sequence[int], row: Row) -> Cell:
    return next((cell for n in reversed(places) if (cell := at(row, n)).text), NOTHING)


def _apart(row: Row, place: int, width: int) -> Row:
    """The row with a deadline of its own at the end."""
    text = at(row, place).text
    said = [m for m in find(text, date(2000, 1, 1)) if m.due.date]
    cells = [at(row, n) for n in range(width)]
    if said:
        start, end = said[0].start, said[-1].end
        cells[place] = Cell(_JOINTS.sub("", f"{text[:start]} {text[end:]}").strip())
        return (*cells, Cell(text[start:end]))
    if is_dated(Cell(text)):
        return (*cells[:place], NOTHING, *cells[place + 1 :], Cell(text))
    return (*cells, NOTHING)


def _parted(names: Sequence[str]) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Yield what a day is of, and the columns beside one another that have its parts."""
    of, run = "", dict[str, int]()
    for n, name in enumerate([*names, ""]):
        found = _PART.match(name) if not _PERIOD.search(name) else None
        kind = found.lastgroup if found else None
        stem = plain(found["of"]) if found else ""
        if run and (kind in run or kind is None or (stem and stem != plain(of))):
            if len(run) > 1 and not run.keys().isdisjoint(("month", "quarter")):
                yield of, run
            of, run = "", {}
        if found and kind:
            of, run = of or found["of"].strip(), {**run, kind: n}


def _day(places: Mapping[str, int], row: Row) -> Cell:
    """2026 and 9 are 2026年9月, 2026 and Sep are Sep 2026."""
    said = {kind: at(row, n).text for kind, n in places.items() if at(row, n).text}
    if not re.search("[a-z]{3}|/", "".join(said.values()), re.IGNORECASE):
        units = {
            kind: unit if said[kind].isdecimal() else ""
            for kind, unit in _UNITS.items()
            if kind in said
        }
        return Cell("".join(said[kind] + unit for kind, unit in units.items()))
    return Cell(" ".join(said[kind] for kind in reversed(_UNITS) if kind in said))
