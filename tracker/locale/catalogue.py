"""A compiled catalogue (.mo of GNU gettext), searched and not parsed.

Its sentences stand in order of their bytes, so that one is found in a dozen steps; gettext makes a
dictionary of all 2,500 before it says the first.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

_LITTLE = b"\xde\x12\x04\x95"


class Catalogue:
    """Knows sentences by their English, and says in English what it does not know.

    One without a path knows nothing.
    """

    def __init__(self, path: str = "") -> None:
        self._path = path
        self._known: dict[str, str] = {}

    def gettext(self, sentence: str) -> str:
        return self._said(sentence) or sentence

    def ngettext(self, one: str, many: str, number: int) -> str:
        forms = (self._said(f"{one}\0{many}") or f"{one}\0{many}").split("\0")
        return forms[self._form(number) if len(forms) > 1 else 0]

    def pgettext(self, context: str, word: str) -> str:
        return self._said(f"{context}\4{word}") or word

    @cached_property
    def _content(self) -> bytes:
        try:
            with open(self._path, "rb") as file:  # noqa: PTH123  # a listing is spared the import
                return file.read()
        except OSError:  # not compiled
            return _LITTLE + bytes(16)

    def _number(self, at: int) -> int:
        content = self._content
        little = content.startswith(_LITTLE)
        return int.from_bytes(content[at : at + 4], "little" if little else "big")

    def _text(self, table: int, nth: int) -> bytes:
        length, at = self._number(table + 8 * nth), self._number(table + 8 * nth + 4)
        return self._content[at : at + length]

    def _said(self, sentence: str) -> str:
        if self._path and sentence not in self._known:
            self._known[sentence] = self._found(sentence)
        return self._known.get(sentence, "")

    def _found(self, sentence: str) -> str:
        key = sentence.encode()
        # How many there are, and where the places of the sentences and of the words begin.
        first, last, sentences, words = 0, *map(self._number, (8, 12, 16))
        while first < last:
            middle = (first + last) // 2
            found = self._text(sentences, middle)
            if found == key:
                return self._text(words, middle).decode()
            first, last = (middle + 1, last) if found < key else (first, middle)
        return ""

    @cached_property
    def _plural(self) -> str:
        head = self._said("").partition("plural=")[2]
        return head.partition(";")[0].partition("\n")[0] or "n != 1"

    @cached_property
    def _form(self) -> Callable[[int], int]:
        from gettext import c2py

        return c2py(self._plural)
