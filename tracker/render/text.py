"""Text on a terminal: made safe, measured in cells, cut and padded to a number of cells.

A cell is one column of a terminal. Chinese, Japanese and Korean characters and most emoji take two
(UAX #11, Wide and Fullwidth), combining marks none. `width` agrees with what rich measures, so that
columns made here and tables made by rich line up, and does not need it to load.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from unicodedata import category, east_asian_width

HIDDEN = "\ufffd"
"""What stands for a character that would act on the terminal, or hide, instead of being seen."""

_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_SOFT_HYPHEN = "\xad"
_JOINER = "\u200d"
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060"
_DIRECTION_MARKS = "\u061c\u200e\u200f"
_VISIBLE_FORMATS = (
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
_EMOJI_STYLE = "\ufe0f"
_BLACK_FLAG = "\U0001f3f4"
_NOT_IN_XML = {0xFFFE: HIDDEN, 0xFFFF: HIDDEN}
_KEYCAPS = "0123456789#*"


def clean(text: str) -> str:
    """`text` from anywhere, as one line that a terminal shows and does not obey.

    Line breaks and tabs become spaces. Escape and other controls, bidirectional embeddings,
    overrides and isolates (UAX #9), lone surrogates and other invisible characters become U+FFFD;
    soft hyphens go. Joiners stay where a script or an emoji is written with them. All other text,
    in any script, is returned as it is.
    """
    if text.isprintable():
        return text
    safe: list[str] = []
    for i, char in enumerate(text):
        if char.isprintable():
            safe.append(char)
        elif char in _SPACES:
            safe.append(" ")
        elif char in _ZERO_WIDTH:
            joins = 0 < i < len(text) - 1 and all(map(_takes_joiner, text[i - 1 : i + 2 : 2]))
            safe.append(char if joins else HIDDEN)
        elif _is_tag(char):
            safe.append(char if safe and (safe[-1] == _BLACK_FLAG or _is_tag(safe[-1])) else HIDDEN)
        elif char != _SOFT_HYPHEN:
            safe.append(HIDDEN if _acts_or_hides(char) else char)
    return "".join(safe)


def legible(text: str) -> str:
    """`text` made clean, of characters that XML 1.0 (§2.2, Char) takes as well."""
    # What is printable is all of that: thousands of pages say little else.
    return text if text.isprintable() else clean(text).translate(_NOT_IN_XML)


def width(text: str) -> int:
    """How many terminal cells `text` takes; the text is taken to be clean."""
    if text.isascii():
        return len(text)
    if _plain().fullmatch(text):
        # Nearly all Chinese; to go through its characters takes two thirds of a long table's time.
        return (len(text) + len(text.encode())) // 2
    return sum(cells for _, cells in clusters(text))


def fit(text: str, cells: int, more: str = "…") -> str:
    """`text` if it takes at most `cells` cells, or else its beginning and `more`, in that many.

    What is drawn as one (a wide character, a letter and its marks, a joined emoji, a flag) is kept
    or left out whole, so the result may be a cell short.
    """
    if width(text) <= cells:
        return text
    left = cells - len(more)
    if left < 0:
        return more[: max(cells, 0)]
    if text.isascii():
        return text[:left].rstrip() + more
    kept: list[str] = []
    for cluster, taken in clusters(text):
        left -= taken
        if left < 0:
            break
        kept.append(cluster)
    return "".join(kept).rstrip() + more


def pad(text: str, cells: int, more: str = "…") -> str:
    """`text` in exactly `cells` cells: cut with `more`, or filled with spaces on the right."""
    taken = width(text)
    if taken > cells:
        text = fit(text, cells, more)
        taken = width(text)
    return text + " " * (cells - taken)


def _takes_joiner(char: str) -> bool:
    # Scripts from Arabic to Mongolian shape or break words with zero-width characters; emoji are
    # joined from symbols, skin tones and style selectors.
    return "\u0600" <= char < "\u1cff" or (
        char > "\u2000" and category(char) in ("So", "Sk", "Sm", "Mn", "Cn")
    )


def _is_tag(char: str) -> bool:
    # Tag characters name the region of a flag, such as Scotland's, after a black flag.
    return "\U000e0020" <= char <= "\U000e007f"


def _acts_or_hides(char: str) -> bool:
    kind = category(char)
    if kind == "Cf":
        return char not in _DIRECTION_MARKS and char not in _VISIBLE_FORMATS
    return kind in ("Cc", "Cs")


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """Yield the parts of clean `text` that are drawn as one, each with its cells."""
    start = cells = 0
    base = ""
    joined = False
    for i, char in enumerate(text):
        if joined:
            joined = False
        elif char == _JOINER:
            joined = True
        elif char == _EMOJI_STYLE:
            cells += _has_emoji_style(base)
            base = ""
        elif own := _cells(char):
            completes_flag = cells == 1 and _is_flag_half(base) and _is_flag_half(char)
            if i > start and not completes_flag:
                yield text[start:i], cells
                start, cells = i, 0
            cells += own
            base = char
    if text:
        yield text[start:], cells


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _has_emoji_style(char: str) -> bool:
    """Whether a narrow character becomes a wide emoji before U+FE0F."""
    if not char or _cells(char) != 1:
        return False
    return char in _KEYCAPS or char in "‼⁉ℹ" or (char > "\x7f" and category(char) in ("So", "Sm"))


@cache
def _plain() -> re.Pattern[str]:
    """ASCII, and characters of two cells that take three bytes in UTF-8 and join with nothing."""
    # A millisecond, and an English list needs none of it.
    return re.compile(
        "[ -~\u3000-\u3029\u3041-\u3096\u30a1-\u30ff"
        "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]*"
    )


@lru_cache(maxsize=4096)
def _cells(char: str) -> int:
    """0, 1 or 2 cells, by Unicode 17 whatever the version that Python was built with."""
    code = ord(char)
    kind = category(char)
    if kind == "Cn":
        return 2 if 0x1F300 <= code <= 0x1FAFF or 0x20000 <= code <= 0x3FFFD else 1
    if kind[0] == "M" or kind in ("Cc", "Zl", "Zp") or _is_modifier(code):
        return 0
    if kind == "Cf":
        return int(char in _VISIBLE_FORMATS or char == _SOFT_HYPHEN)
    return 2 if east_asian_width(char) in "WF" or _is_wide_since_16(code) else 1


def _is_modifier(code: int) -> bool:
    """Jamo that complete a Hangul syllable, Hangul fillers, and skin tones."""
    return (
        0x1160 <= code <= 0x11FF
        or 0xD7B0 <= code <= 0xD7FB
        or code in (0x3164, 0xFFA0)
        or 0x1F3FB <= code <= 0x1F3FF
    )


def _is_wide_since_16(code: int) -> bool:
    """Trigrams, hexagrams and counting rods: narrow in the tables of Pythons before 3.14."""
    return (
        0x4DC0 <= code <= 0x4DFF
        or 0x2630 <= code <= 0x2637
        or 0x268A <= code <= 0x268F
        or 0x1D300 <= code <= 0x1D376
    )
