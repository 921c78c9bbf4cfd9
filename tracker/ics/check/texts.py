"""Rules on texts: their escapes, and characters that came through the wrong encoding.

They are about one line of a calendar or of an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.ics.check.rule import Found, Rules
from tracker.ics.scan import ContentLine

RULES: Rules[ContentLine] = Rules()

_TEXTS = frozenset({
    *("SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "NAME"),
    *("X-WR-CALNAME", "X-WR-CALDESC"),
})  # fmt: skip
_ESCAPE = re.compile(r"(?s)\\(.?)")
_UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*[,;]")
_ODD_LIST = re.compile(r"(?<!\\)(?:\\\\)*;|^\s*,|,\s*,|,\s*$|^\s*$")
_TWICE = re.compile(r"(?<!\\)\\\\[nN]")
_FOREIGN = re.compile("[\u0080-\u00ff\u0152\u0153\u0160-\u0192\u02c6\u02dc\u2013-\u2122]{2,}")


def _texts(line: ContentLine, is_found: object) -> list[Found]:
    return [line] if is_found and line.name in _TEXTS else []


def _escaped(line: ContentLine) -> set[str]:
    return set(_ESCAPE.findall(line.value)) if "\\" in line.value else set()


RULES.note(
    "category-list",
    "The comma after a backslash makes one category of two words: leave the backslash"
    " out if they are two (RFC 5545 §3.8.1.2).",
)(lambda line: [line] if line.name == "CATEGORIES" and "\\," in line.value else [])
RULES.note(
    "category-list",
    "A semicolon stands here without a backslash, or nothing between two commas: categories are"
    " separated by commas (RFC 5545 §3.8.1.2), and by semicolons in vCalendar 1.0 alone.",
)(lambda line: [line] if line.name == "CATEGORIES" and _ODD_LIST.search(line.value) else [])
RULES.warning(
    "unescaped",
    "{at.name} holds a comma or semicolon without a backslash (RFC 5545 §3.3.11), and"
    " strict parsers end the text there.",
)(lambda line: _texts(line, _UNESCAPED.search(line.value)))
RULES.warning(
    "escape", "{at.name} holds a backslash that escapes nothing: write \\\\ for a backslash."
)(lambda line: _texts(line, not _escaped(line) <= set("\\,;nN")))
RULES.note(
    "escape-capital",
    "\\N in {at.name} reads as a line break (RFC 5545 §3.3.11): if a backslash was"
    " meant, as in C:\\New, write \\\\N.",
)(lambda line: _texts(line, "N" in _escaped(line)))
RULES.note(
    "escape-twice",
    "{at.name} shows a backslash and an n: if a line break was meant, it was escaped"
    " twice, so write \\n.",
)(lambda line: _texts(line, _TWICE.search(line.value)))
RULES.warning(
    "encoding-lost",
    "{at.name} holds U+FFFD, which stands for characters that were lost when the text"
    " was read in a wrong encoding: read it as what it is.",
)(lambda line: _texts(line, "\ufffd" in line.value))


@RULES.warning(
    "encoding-twice",
    "{at.name} was read as Latin-1 and is UTF-8, so people see signs such as Ã©: read it as UTF-8.",
)
def _garbled(line: ContentLine) -> Iterator[Found]:
    is_whole = "\ufffd" not in line.value and not line.value.isascii()
    if is_whole and any(map(_is_utf8_twice, _FOREIGN.findall(line.value))):
        yield from _texts(line, True)


def _is_utf8_twice(signs: str) -> bool:
    """Whether these are the bytes of UTF-8, shown in Windows' Latin alphabet or in Latin-1."""
    for encoding in ("cp1252", "latin-1"):
        try:
            signs.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        return True
    return False
