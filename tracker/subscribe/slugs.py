"""The part of an address that stands for a name: safe whatever the name is, and never two for one.

A name of plain words becomes these words: `roads office` is `roads_office`, `data-team` itself.
Any other becomes what is plain of it, cut, and 80 bits of its SHA-256: names that differ get
addresses that differ, on every file system, and a name keeps its address whatever others there
are. Names that differ in letter case or width alone have one address.
"""

from __future__ import annotations

import re
from base64 import b32encode
from functools import lru_cache
from hashlib import sha256
from unicodedata import normalize

LONGEST = 57
"""Characters of the longest slug: all ASCII, so an address is as long as it looks."""

_PLAIN = re.compile(r"[a-z0-9]+([ -][a-z0-9]+)*", re.ASCII)
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_MARK = 16
_LOOKS_MARKED = re.compile(rf"(.*-)?[a-z2-7]{{{_MARK}}}")
_READABLE = LONGEST - _MARK - 1
# What Windows takes for a device, whatever follows the dot.
_DEVICES = re.compile(r"con|prn|aux|nul|(com|lpt)\d")


@lru_cache(4096)  # of ten thousand promises a few bodies are named
def slug(name: str) -> str:
    """The slug of a name: `[a-z0-9_-]`, 1 to 57 characters, no dot and no slash."""
    # Less than `folded` does: an address once given out is that of its own spelling.
    same = name.lower() if name.isascii() else normalize("NFKC", name).casefold()
    if (
        _PLAIN.fullmatch(same)
        and len(same) <= _READABLE
        and not _LOOKS_MARKED.fullmatch(same)
        and not _DEVICES.fullmatch(same)
    ):
        return same.replace(" ", "_")
    digest = sha256(same.encode("utf-8", "surrogatepass")).digest()
    mark = b32encode(digest).decode().lower()[:_MARK]
    readable = _NOT_PLAIN.sub("-", same)[:_READABLE].strip("-")
    return f"{readable}-{mark}" if readable else mark
