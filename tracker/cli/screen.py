"""What leaves the program for a terminal: harmless, and broken between words; how large it is."""

from __future__ import annotations

import os
import sys
from typing import Literal, TextIO

from tracker.store.masking import without_passwords


def safe_sentence(sentence: str) -> str:
    """A sentence as it leaves the program: it acts on no terminal, and names no password."""
    from tracker.render.text import clean

    return clean(without_passwords(sentence))


def broken_for_stderr(sentence: str) -> str:
    """A harmless sentence in lines, where a terminal would break it within its words."""
    if not sys.stderr.isatty():
        return safe_sentence(sentence)
    from tracker.render.wrapping import wrapped

    return "\n".join(
        wrapped("", safe_sentence(sentence), terminal_size(sys.__stderr__, "COLUMNS") or 100)
    )


def terminal_size(stream: TextIO | None, name: Literal["COLUMNS", "LINES"]) -> int | None:
    """What a variable says of the size of a stream's terminal, or else the terminal itself."""
    said = os.environ.get(name, "")
    if said.isdecimal() and int(said):
        return int(said)
    try:
        size = os.get_terminal_size(stream.fileno() if stream else -1)
    except (ValueError, OSError):
        return None
    return (size.columns if name == "COLUMNS" else size.lines) or None
