"""The front matter of a Markdown file: the lines between two rules at its very beginning."""

from __future__ import annotations

import re
import sys

_BLOCK = re.compile(r"\A\s{0,20}---[ \t]*\r?\n(.{0,4000}?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_ENTRY = re.compile(r"^(\w[\w-]{0,30}):[ \t]*(.{1,300})$", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?:(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})|(.))")


def front_end(text: str) -> int:
    """Where the front matter ends, 0 where there is none."""
    block = _BLOCK.match(text[:5000])
    return block.end() if block and _ENTRY.search(block[1]) else 0


def front_matter(text: str) -> dict[str, str]:
    """What the front matter says, by its keys in lower case."""
    said = _ENTRY.findall(text[: front_end(text)])
    return {key.lower(): _scalar(value.strip()) for key, value in said}


def _scalar(value: str) -> str:
    """What a value of one line means (YAML 1.2.2, section 7.3), each blank a plain one."""
    if value[:1] == "'":
        value = value[1:].removesuffix("'").replace("''", "'")
    elif value[:1] == '"':
        value = _ESCAPE.sub(_character, value[1:].removesuffix('"'))
    else:
        value = value.partition(" #")[0]
    return " ".join(value.split())


def _character(escape: re.Match[str]) -> str:
    if not escape[1]:
        return " " if escape[2] in "_nrtNLP" else escape[2]
    code = int(escape[1][1:], 16)
    return chr(code) if code <= sys.maxunicode and not 0xD800 <= code < 0xE000 else ""
