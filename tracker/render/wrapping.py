"""A long text on several lines, broken by cells: by words where there are any.

What stands between `marks` is to be typed, and stays on one line if that has room for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.render.text import fit, width

_A_CELL = 16
"""Characters that one cell may hold at most: a letter with its marks, an emoji of several."""

_TYPED = re.compile("`[^`]*`")
_OPENING = "（“‘《「【(["
_CLOSING = "，。、；：？！）”’》」】…)],.;:?!%"
"""Signs that end no line, and that begin none (GB/T 15834)."""


def wrapped(label: str, text: str, total: int) -> Iterator[str]:
    """Yield the text behind its label, broken to the line, by words or else by characters."""
    start = label
    for line in broken(text, max(20, total - width(label))):
        yield start + line
        start = " " * width(label)


def broken(text: str, cells: int, most: int = 0) -> Iterator[str]:
    """Yield the text in lines of so many cells, in `most` of them if that is told."""
    number = 1
    while text:
        line = fit(text[: _A_CELL * cells], cells, "")
        if len(line) < len(text) and number == most:
            line = text = fit(text, cells)
        elif len(line) < len(text):
            line = line[: _end(line, text[len(line)])]
        yield line.rstrip()
        text = text[len(line) :].lstrip() if line else ""
        number += 1


def _end(line: str, following: str) -> int:
    """Where to break a line that is full: as far right as no word and no sign's place forbids."""
    typed = line.rfind("`")
    if typed > 0 and line.count("`") % 2:
        return typed
    masked = _TYPED.sub(lambda found: "." * len(found[0]), line) + following
    for end in range(len(line), 0, -1):
        if end < len(line) // 2:
            break
        if _may_break(masked[end - 1], masked[end]):
            return end
    return len(line)


def _may_break(before: str, after: str) -> bool:
    if before == " " or after == " " or (before.isascii() and after.isascii()):
        return before == " "
    return before not in _OPENING and after not in _CLOSING
