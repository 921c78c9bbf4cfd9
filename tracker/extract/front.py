"""The front matter of a Markdown file: the lines between two rules at its very beginning."""

from __future__ import annotations

import re

_BLOCK = re.compile(r"\A\s{0,20}---[ \t]*\r?\n(.{0,4000}?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_ENTRY = re.compile(r"^(\w[\w-]{0,30}):[ \t]*(.{1,300})$", re.MULTILINE)


def front_end(text: str) -> int:
    """Where the front matter ends, 0 where there is none."""
    block = _BLOCK.match(text[:5000])
    return block.end() if block and _ENTRY.search(block[1]) else 0


def front_matter(text: str) -> dict[str, str]:
    """What the front matter says, by its keys in lower case."""
    said = _ENTRY.findall(text[: front_end(text)])
    return {key.lower(): value.strip().strip("\"'") for key, value in said}
