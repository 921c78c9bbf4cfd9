"""Rules on texts: their escapes, and characters that came through the wrong encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.ics.check.fault import Fault, note, warning
from tracker.ics.scan import Component, Line

_TEXTS = frozenset({
    *("SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "NAME"),
    *("X-WR-CALNAME", "X-WR-CALDESC"),
})  # fmt: skip
_ESCAPE = re.compile(r"(?s)\\(.?)")
_UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*[,;]")
_TWICE = re.compile(r"(?<!\\)\\\\[nN]")
_FOREIGN = re.compile("[\u0080-\u00ff\u0152\u0153\u0160-\u0192\u02c6\u02dc\u2013-\u2122]{2,}")


def text_faults(component: Component) -> Iterator[Fault]:
    """Faults of the texts of a calendar or an entry, without those of its parts."""
    for line in component.lines:
        if line.name in _TEXTS:
            yield from _escapes(line)
            yield from _garbled(line)
        elif line.name == "CATEGORIES" and "\\," in line.value:
            yield note(
                line.number,
                "category-list",
                "The comma after a backslash makes one category of two words: leave the backslash"
                " out if they are two (RFC 5545 §3.8.1.2).",
            )


def _escapes(line: Line) -> Iterator[Fault]:
    if _UNESCAPED.search(line.value):
        yield warning(
            line.number,
            "unescaped",
            f"{line.name} holds a comma or semicolon without a backslash (RFC 5545 §3.3.11), and"
            " strict parsers end the text there.",
        )
    if "\\" not in line.value:
        return
    escaped = set(_ESCAPE.findall(line.value))
    if not escaped <= set("\\,;nN"):
        yield warning(
            line.number,
            "escape",
            f"{line.name} holds a backslash that escapes nothing: write \\\\ for a backslash.",
        )
    if "N" in escaped:
        yield note(
            line.number,
            "escape-capital",
            f"\\N in {line.name} reads as a line break (RFC 5545 §3.3.11): if a backslash was"
            " meant, as in C:\\New, write \\\\N.",
        )
    if _TWICE.search(line.value):
        yield note(
            line.number,
            "escape-twice",
            f"{line.name} shows a backslash and an n: if a line break was meant, it was escaped"
            " twice, so write \\n.",
        )


def _garbled(line: Line) -> Iterator[Fault]:
    if line.value.isascii():
        return
    if "\ufffd" in line.value:
        yield warning(
            line.number,
            "encoding-lost",
            f"{line.name} holds U+FFFD, which stands for characters that were lost when the text"
            " was read in a wrong encoding: read it as what it is.",
        )
    elif any(map(_is_utf8_twice, _FOREIGN.findall(line.value))):
        yield warning(
            line.number,
            "encoding-twice",
            f"{line.name} was read as Latin-1 and is UTF-8, so people see signs such as Ã©:"
            " read it as UTF-8.",
        )


def _is_utf8_twice(signs: str) -> bool:
    """Whether these are the bytes of UTF-8, shown in Windows' Latin alphabet or in Latin-1."""
    for encoding in ("cp1252", "latin-1"):
        try:
            signs.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        return True
    return False
