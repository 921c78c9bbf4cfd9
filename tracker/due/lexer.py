"""The lexer: text to tokens, one code point of text to one of the normal form.

The normal form has ASCII for full-width characters, simplified for the traditional script's
characters that due phrases use, lower case, and one sort of dash; it keeps every offset.

    numeric   2021-06-30  30/06/2021  2021.6  6/30      digits joined by one of - / .
    number    30  2021                                  at most nine digits
    han       二〇二一  十二  廿                          a run of Chinese numerals
    word      june  by  q                               a run of letters
    mark      年 月 前 ( “ +                             any other single character

Blanks between tokens are skipped, and one line break: a phrase may be broken by a hard wrap,
never by an empty line. Tokens are made as they are asked for, so reading one phrase out of
a long text costs no more than the phrase.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tracker.due.numerals import ENGLISH, HAN, is_by_place, read_han

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TRADITIONAL = dict(
    zip(
        "後個內週間時號節國慶陽兩歲禮規劃於遲來幾續勞動聖誕屆達據過發佈畫兒婦軍當將進點終從財負華復農曆學開課○◯",
        "后个内周间时号节国庆阳两岁礼规划于迟来几续劳动圣诞届达据过发布画儿妇军当将进点终从财负华复农历学开课〇〇",
        strict=True,
    )
)
_NORMAL = str.maketrans(
    {
        **_TRADITIONAL,
        **{chr(code): chr(plain) for code, plain in _FULL_WIDTH.items()},
        **{chr(code): chr(plain).lower() for code, plain in _FULL_WIDTH.items()},
        **{capital: capital.lower() for capital in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\u00a0\u2009\u202f\u3000\t", " "),
        "’": "'",
    }
)
_TOKEN = re.compile(
    rf"""(?>\ *(?:\r?\n\ *)?)
       (?:(?P<numeric>[0-9]{{1,4}}([-/.])[0-9]{{1,4}}(?:\2[0-9]{{1,4}})?(?![0-9]|\ ?[年月季]))
       | (?P<number>[0-9]{{1,9}}(?![0-9]))
       | (?P<han>[{HAN}]{{1,12}})
       | (?P<word>[a-z]{{1,20}})
       | (?P<mark>.))""",
    re.VERBOSE | re.DOTALL,
)


def wordings(text: str) -> tuple[str, ...]:
    """Alternative wordings of one thing, written with bars between them."""
    return tuple(text.split("|"))


class Lexeme(NamedTuple):
    """`kind` as above, or `end`; [start, end) in code points; `glued` to the one before it."""

    kind: str
    text: str
    start: int
    end: int
    glued: bool


def normal(text: str) -> str:
    """The normal form, of the same length."""
    return text.translate(_NORMAL)


class Cursor:
    """A place in the tokens of a text that is already in normal form."""

    __slots__ = ("_at", "_text", "_tokens", "i")

    def __init__(self, text: str, start: int = 0) -> None:
        self._text = text
        self._tokens: list[Lexeme] = []
        self._at = start
        self.i = 0

    def peek(self, ahead: int = 0) -> Lexeme:
        tokens, at = self._tokens, self.i + ahead
        while at >= len(tokens):
            tokens.append(self._lex())
        return tokens[at]

    def _lex(self) -> Lexeme:
        match = _TOKEN.match(self._text, self._at)
        if match is None:
            end = len(self._text)
            return Lexeme("end", "", end, end, False)
        kind = match.lastgroup or ""
        start, end = match.span(kind)
        glued = start == self._at
        self._at = end
        return Lexeme(kind, match[kind], start, end, glued)

    def end(self) -> int:
        return self._tokens[self.i - 1].end if self.i else self.peek().start

    def breaks(self) -> bool:
        """Whether the line ends before the next token."""
        return "\n" in self._text[self.end() : self.peek().start]

    def take(self, *wordings: str) -> str:
        """Take the first of these wordings that stands here; else take nothing and return ""."""
        # As peek does, without the call: a phrase is asked some twenty times what stands next.
        tokens = self._tokens
        first = tokens[self.i] if self.i < len(tokens) else self.peek()
        for wording, rest in _by_first(wordings).get(first.text, ()):
            if not rest or all(self.peek(n).text == part for n, part in enumerate(rest, 1)):
                self.i += 1 + len(rest)
                return wording
        return ""

    def number(self) -> int | None:
        """Take a number in digits or in Chinese numerals by rank: 两三天 has two numbers."""
        token = self.peek()
        if token.kind == "number":
            value: int | None = int(token.text)
        elif token.kind == "han" and not (len(token.text) in (2, 3) and is_by_place(token.text)):
            value = read_han(token.text)
        else:
            value = None
        if value is not None:
            self.i += 1
        return value

    def count(self) -> int | None:
        """Take a number in digits, Chinese numerals or English words: forty-five (45)."""
        value = self.number()
        if value is not None:
            return value
        value = self._words_below_hundred()
        if value is not None and self.take("hundred"):
            self.take("and")
            value = 100 * value + (self._words_below_hundred() or 0)
        if value is not None:
            self.take(f"({value})")
        return value

    def _words_below_hundred(self) -> int | None:
        value = ENGLISH.get(self.peek().text)
        if value is None:
            return None
        self.i += 1
        joined = self.peek().text == "-"
        ones = ENGLISH.get(self.peek(joined).text, 0)
        if value >= 20 and 0 < ones < 10:
            self.i += 1 + joined
            value += ones
        return value


@cache
def _by_first(wordings: tuple[str, ...]) -> dict[str, list[tuple[str, list[str]]]]:
    """The wordings by their first token, each with the tokens that must follow it."""
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for wording in wordings:
        cursor, parts = Cursor(wording), []
        while cursor.peek().kind != "end":
            parts.append(cursor.peek().text)
            cursor.i += 1
        found.setdefault(parts[0], []).append((wording, parts[1:]))
    return found
