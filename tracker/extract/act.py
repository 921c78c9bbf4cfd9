"""What is to be done and by whom, as one clause says it."""

from __future__ import annotations

import re

from msgspec import Struct

MAX = 120
_MARKUP = re.compile(
    r"</?(?:s|b|del|strike|i|em|strong)\s?/?>|[*_~]{2,}|~~|&#\d+;|\[([^\]]{0,80})\]\([^)]{0,200}\)",
    re.IGNORECASE,
)
_MARKED = re.compile(r"[<&\[]|[*_~]{2}")
_BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})+[.、]?\s+")
_EDGE = " \t\r\n　,，.。;；:：、!！?？*_|~"
_PAIRS = tuple(zip("“「《（(【『", "”」》）)】』", strict=True))


POINTING = frozenset(("we", "I", "it", "you"))
"""What a clause may say in place of a name."""


class Act(Struct, frozen=True):
    """An act: `what` is verb and object, `thing` what a passive is said of.

    `who` is the body that the clause names, "we", "I", "it" or "you" where it says so, None where it says nothing;
    `doer` its subject as it stands, whether or not it is known to be a body, and `how` the word that binds it; `sure`: a bracket names `who`;
    `above`: another sentence does.
    """

    what: str
    who: str | None = None
    thing: str = ""
    doer: str = ""
    how: str = ""
    sure: bool = False
    above: bool = False


def plain(words: str) -> str:
    """The words without markup, with single spaces."""
    if _MARKED.search(words):
        words = _MARKUP.sub(r"\1", _BREAK.sub(" ", words))
    return " ".join(words.split())


def shortened(words: str) -> str:
    """The words of at most `MAX` characters, ended at a comma or a word; quotation marks are paired."""
    words = words.strip(_EDGE)
    if len(words) > MAX:
        cut = words[: MAX + 1]
        mark = max(cut.rfind(mark) for mark in ("，", ", ", "、", "；", "; ", "。"))
        if mark < MAX // 3:
            mark = cut.rfind(" ")
        words = cut[: mark if mark > MAX // 3 else MAX].rstrip(_EDGE)
    return paired(words)


def paired(words: str) -> str:
    """The words without a bracket or quotation mark whose partner is missing."""
    for opening, closing in _PAIRS:
        if words.count(opening) > words.count(closing):
            at = words.rfind(opening)
            words = words[:at] + words[at + 1 :]
        elif words.count(closing) > words.count(opening):
            at = words.find(closing)
            words = words[:at] + words[at + 1 :]
    if words.count('"') % 2:
        at = words.rfind('"')
        words = words[:at] + words[at + 1 :]
    return words.strip(_EDGE)


def cell_title(cell: str) -> str:
    """The title from a table's task cell."""
    return shortened(_NUMBERED.sub("", plain(cell[:400]).strip(_EDGE))) or "—"
