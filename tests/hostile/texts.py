"""Texts that somebody may write in order to do harm, and what no output may hold."""

from __future__ import annotations

import csv
import io
import re
from unicodedata import category

TEXTS = {
    "colour": "\x1b[31mred\x1b[0m",
    "cursor": "up\x1b[1A\x1b[2Kover",
    "title": "\x1b]0;owned\x07bell",
    "hyperlink": "\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;cm0gLXJmIH4=\x07",
    "c1": "\x9b31mred \x9d0;owned\x9c \x90q\x9c",
    "nul": "a\0b",
    "newlines": "a\nb\rc\r\nd\x0be\x0cf\x85g\u2028h\u2029i",
    "override": "\u202egnp.exe\u202c",
    "isolates": "\u2066a\u2067b\u2068c\u2069",
    "invisible": "pay\u200b\u2060\ufeffpal\u00ad",
    "tags": "x\U000e0041\U000e007f",
    "backspace": "good\b\b\b\bevil\x7f",
    "formula": '=HYPERLINK("https://evil.example","here")',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(1+1)",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "wide": "＝1+1",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "attribute": '" onmouseover="alert(1)" x=\'',
    "template": "{{ 7*7 }}{% raw %}${7*7}%s%n{0}",
    "markdown": "[x](javascript:alert(1)) | ![y](https://evil.example) `z` | <b>",
    "calendar": "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forged\r\nEND:VEVENT",
    "alarm": "x\nBEGIN:VALARM\nACTION:PROCEDURE\nEND:VALARM",
    "escapes": 'a\\nb\\,c\\;d\\\\N;:,"',
    "sql": "'; DROP TABLE milestones; -- \" OR 1=1",
    "path": "../../../../etc/passwd",
    "shell": "$(rm -rf ~) `id` ; | & > <",
    "json": '","status":"completed","x":"',
    "surrogates": "\U0001f468\u200d\U0001f469\u200d\U0001f467 \ufe0f",
    "zalgo": "Z" + "\u0300" * 200,
    "long": "x" * 1900,
}
"""Each under what it tries. Lone surrogates are in no UTF-8 and have tests of their own."""

_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_REORDERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def acts_on_terminal(text: str, *, styled: bool = False) -> list[str]:
    """What in a text a terminal would obey, or that reorders or hides what it shows."""
    text = _STYLE.sub("", text) if styled else text
    return [
        f"{char!r} in {text[max(0, place - 30) : place + 30]!r}"
        for place, char in enumerate(text)
        if (category(char) in ("Cc", "Cs", "Zl", "Zp") and char not in "\n\t")
        or char in _REORDERING
    ]


def formulas(text: str) -> list[str]:
    """The cells that a spreadsheet would calculate."""
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    starts = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
    return [cell for row in rows for cell in row if cell.startswith(starts)]
