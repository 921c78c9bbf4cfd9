"""Statuses that a list says by colours alone, where it says what they mean: 绿色=已完成; a key of cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from colorsys import rgb_to_hsv

from msgspec.structs import replace

from tracker.exchange.sheet.columns import ColumnField
from tracker.exchange.sheet.grid import NOTHING, Cell, Grid, Row
from tracker.exchange.sheet.header import Header
from tracker.exchange.sheet.statuses import heading_ticks, sole

_NAMES = {
    name: colour
    for colour, names in (
        ("green", "绿 green"),
        ("yellow", "黄 yellow amber"),
        ("orange", "橙 orange"),
        ("red", "红 red pink"),
        ("blue", "蓝 blue"),
        ("grey", "灰 grey gray"),
    )
    for name in names.split()
}
_KEY = re.compile(
    rf"({'|'.join(_NAMES)})色?(?:\s?[-=:：–—]\s?|表示|代表|为|\s)([^\s,，;；、。|/=:：]{{2,20}}(?: [a-z]+)*)",
    re.IGNORECASE,
)
_HUES = ((0.04, "red"), (0.11, "orange"), (0.19, "yellow"), (0.47, "green"), (0.75, "blue"))
"""Where each colour ends on the wheel; beyond the last it is red again."""


def coloured(
    grid: Grid, head: Header, below: Mapping[int, Row]
) -> tuple[Header, Mapping[int, Row]]:
    """The rows with a column more for the statuses that their colours mean, if nothing else says any."""
    if ColumnField.STATUS in head.fields or head.ticked:
        return head, below
    key = dict(_key(grid))
    if len(set(map(heading_ticks, key.values()))) < 2:
        return head, below
    width = max(len(head.names), *map(len, below.values()), 0)
    names = (*head.names, *("",) * (width - len(head.names)), "状态")
    head = replace(head, names=names, fields=head.fields | {ColumnField.STATUS: width})
    return head, {p: _with_status(row, width, key) for p, row in below.items()}


def _key(grid: Grid) -> Iterator[tuple[str, str]]:
    """Yield each colour with what it means, by a cell that has it or by its name."""
    for cell in (cell for row in grid.rows.values() for cell in row):
        if cell.colour and sole(cell.text):
            yield cell.colour, cell.text
            yield hue(cell.colour), cell.text
        for name, meaning in _KEY.findall(cell.text):
            if heading_ticks(meaning):
                yield _NAMES[name.lower()], meaning


def _with_status(row: Row, width: int, key: Mapping[str, str]) -> Row:
    said = Counter(cell.colour for cell in row if cell.colour)
    meant = [key.get(c) or key.get(hue(c), "") for c, _ in said.most_common()]
    status = next(filter(None, meant), "")
    return (*row, *(NOTHING,) * (width - len(row)), Cell(status))


def hue(colour: str) -> str:
    """What a colour of red, green and blue is called; "" for one of a theme."""
    if not re.fullmatch("[0-9A-F]{8}", colour):
        return ""
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (2, 4, 6))
    angle, depth, _ = rgb_to_hsv(red, green, blue)
    if depth < 0.05:
        return "grey"
    return next((name for end, name in _HUES if angle < end), "red")
