"""What a ledger says that its marks mean: 图例：√ 已完成 △ 推进中 × 未开展; B = Blue, complete."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from tracker.exchange.sheet.grid import Cell, Grid, Row, at, plainly
from tracker.exchange.sheet.statuses import heading_ticks, is_timeliness, sole
from tracker.model import Status

_LONGEST = 4
"""Cells with words in a line of a legend, beside those that are merged with them."""

_MARK = r"[^\w\s,，、;；:：.。()（）《》〈〉“”\"'‘’\[\]【】〔〕!！?？%％&@]"
_MEANING = re.compile(
    rf"(?<![\w])(?:({_MARK})\s*(?:[-–—=:：]|表示|代表|为)?|([A-Z0-9]{{1,3}})\s*(?:[-–—=:：]|表示|代表|为)|([A-Z1-9])(?=[\u4e00-\u9fff]))\s*"
    rf"((?:(?!{_MARK})[^,，;；、。|/)）\s])+(?: [a-z]+)*)"
)
_BRACKETS = re.compile(r"[(（][^()（）]{5,80}[)）]$")
"""A key in the name of a column: 进度（A完成 B推进）."""

_PARTS = re.compile(r"[,，、;；。\n]\s*")
_WORD = re.compile(
    r"^(?:(?:key|legend|图例|说明|注)[:：]\s*)?([^\s:：=]{1,12})\s?(?:[:：=]|[-–—]{1,2}|表示|是指|指)\s?([^:：=]{2,30})$",
    re.IGNORECASE,
)
"""A word of the ledger's own, with what it means: 跟踪：正在办理."""


def legend(grids: Sequence[Grid]) -> Mapping[str, str]:
    """The marks that any sheet explains, with their words, where these are statuses."""
    lines = [line for grid in grids for row in grid.rows.values() for line in _lines(row)]
    told = [
        *(
            (one[1] or one[2] or one[3], one[4])
            for line in lines
            for one in _MEANING.finditer(line)
        ),
        *(
            (one[1], one[2])
            for line in lines
            for part in _PARTS.split(line)
            if (one := _WORD.match(part))
        ),
    ]
    # Of ten thousand dates, whose strokes look so too, each end is looked at once.
    ticks = {meaning: heading_ticks(meaning) for meaning in {meaning for _, meaning in told}}
    found = {mark: meaning for mark, meaning in told if ticks[meaning]}
    return found if len({ticks[words] for words in found.values()}) > 1 else {}


def _is_light(mark: str, meaning: str) -> bool:
    """Whether a mark is a light, and its meaning no end: Green - on track or not yet due."""
    says = sole(meaning) or heading_ticks(meaning)
    is_plain = sole(meaning) is Status.NOT_STARTED or (says and not says.is_open)
    return is_timeliness(mark) and not is_plain


def _lines(row: Row) -> Iterator[str]:
    cells = list(dict.fromkeys(cell.text for cell in row if cell.text))
    if len(cells) == 2 and len(cells[0]) == 1:
        yield "=".join(cells)
    else:
        yield from (cell for cell in cells if len(cells) <= _LONGEST or _BRACKETS.search(cell))


def worded(rows: Mapping[int, Row], meant: Mapping[str, str]) -> Mapping[int, Row]:
    """The rows with words for the marks of the columns in which nothing but such marks stands."""
    width = max(map(len, rows.values()), default=0) if meant else 0
    tasks = [row for row in rows.values() if len(set(plainly(row))) > 1]
    places = {n for n in range(width) if _are_marks((at(row, n).text for row in tasks), meant)}
    told = {mark: words for mark, words in meant.items() if not _is_light(mark, words)}
    return {p: tuple(_meant(row, places, told)) for p, row in rows.items()} if places else rows


def _are_marks(texts: Iterable[str], meant: Mapping[str, str]) -> bool:
    said = [text for text in texts if text]
    return len(set(said)) > 1 and sum(text in meant for text in said) >= len(said) * 0.9


def _meant(row: Row, places: set[int], meant: Mapping[str, str]) -> Iterator[Cell]:
    for n, cell in enumerate(row):
        yield replace(cell, text=meant[cell.text]) if n in places and cell.text in meant else cell
