"""Text from outside: bytes as the words that they hold, and words on one visible line."""

from __future__ import annotations

import codecs

from tracker.errors import BadInput
from tracker.message import Message

SAVE = Message("Save it as UTF-8.")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(data: bytes, name: str, hint: str = SAVE) -> str:
    """The text of a file as its mark says, else UTF-8, else the GB 18030 of Chinese programs.

    Raises BadInput with the hint.
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    # Whatever is UTF-8 is hardly ever anything else.
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise BadInput("{name} is not text in UTF-8, UTF-16 or GB18030.", hint, name=name)


def one_line(text: str) -> str:
    """The text on one line, without what it may hide."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
