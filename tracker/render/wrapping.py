"""A long text on several lines, broken by cells: by words where there are any.

What stands between `marks` is to be typed, and stays on one line if that has room for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.render.text import fit, width

_TYPED = re.compile("`[^`]*`")


def wrapped(label: str, text: str, total: int) -> Iterator[str]:
    """Yield the text behind its label, broken to the line, by words or else by characters."""
    room = max(20, total - width(label))
    start = label
    while text:
        line = fit(text, room, "")
        if len(line) < len(text):
            line = line[: _end(line, room)]
        yield start + line.rstrip()
        text = text[len(line) :].lstrip() if line else ""
        start = " " * width(label)


def _end(line: str, room: int) -> int:
    """Where to break a line that is full."""
    typed = line.rfind("`")
    if typed > 0 and line.count("`") % 2:
        return typed
    blank = _TYPED.sub(lambda found: "." * len(found[0]), line).rfind(" ")
    return blank + 1 if blank >= room // 2 else len(line)
