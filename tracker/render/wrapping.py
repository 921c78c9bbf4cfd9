"""A long text on several lines, broken by cells: by words where there are any."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.render.text import fit, width


def wrapped(label: str, text: str, total: int) -> Iterator[str]:
    """Yield the text behind its label, broken to the line, by words or else by characters."""
    room = max(20, total - width(label))
    start = label
    while text:
        line = fit(text, room, "")
        if len(line) < len(text) and " " in line[room // 2 :]:
            line = line[: line.rindex(" ") + 1]
        yield start + line.rstrip()
        text = text[len(line) :].lstrip() if line else ""
        start = " " * width(label)
