"""Texts: bytes from outside as words, words on one visible line, and words as they are compared."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from unicodedata import normalize

from tracker.errors import BadInput
from tracker.message import Message

SAVE = Message("Save it as UTF-8.")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIDE_BY_SIDE = re.compile(r"[^\x00-\x7f]{2}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


def decoded(data: bytes, name: str, hint: str = SAVE) -> str:
    """The text of a file as its mark says, else UTF-8, else as Chinese or Western programs write.

    Big5 is told by its frequent characters, which come first in it. In GB 18030 characters stand
    side by side; what has only single ones is Windows-1252, whose quotation marks and pounds it
    would make into such. Raises BadInput with the hint.
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    # Whatever is UTF-8 is hardly ever anything else.
    for encoding in (marked,) if marked else ("utf-8", "big5", "gb18030", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "big5" and not _is_frequent(text):
            continue
        if encoding == "gb18030" and not _SIDE_BY_SIDE.search(text):
            continue
        if encoding == "cp1252" and _CONTROL.search(text):
            continue
        # Without a mark it may be anything; a list of our own, which has one, may hold this too.
        if marked == "utf-8-sig" or "\x00" not in text:
            return text
    raise BadInput(
        "{name} is not text in UTF-8, UTF-16, GB18030, Big5 or Windows-1252.", hint, name=name
    )


def _is_frequent(text: str) -> bool:
    """Whether Chinese is of the characters that Big5 has first, the frequent ones."""
    said = [one.encode("big5") for one in text[:20_000] if "\u4e00" <= one <= "\u9fff"]
    return bool(said) and sum(one < b"\xc9" for one in said) >= len(said) * 0.95


def one_line(text: str) -> str:
    """The text on one line, without what it may hide."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def folded(text: str) -> str:
    """Return the text as it is compared: without regard to letter case, full width or blanks.

    So all spellings of a body or a tag are one. Blanks count as one, and beside a Chinese character
    as none.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    words = normalize("NFKC", text).casefold().split()
    if len(words) == 1:
        return words[0]
    return "".join(
        word if not before or _is_chinese(before[-1]) or _is_chinese(word[0]) else f" {word}"
        for before, word in zip(("", *words), words, strict=False)
    )


def _is_chinese(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names without those that another spelling of stands before them."""
    spelt: dict[str, str] = {}
    for name in names:
        spelt.setdefault(folded(name), name)
    return tuple(spelt.values())
