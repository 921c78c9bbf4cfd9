"""A quote amid the lines of the document that it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from tracker.model import Source, Span
from tracker.render.table import Screen, paint
from tracker.render.text import clean, legible
from tracker.render.wrapping import wrapped

if TYPE_CHECKING:
    from tracker.extract import Document  # half of the time that a small publishing takes


class Passage(NamedTuple):
    """What stands before and after a quote, as far as the next line on either side."""

    before: str
    after: str


_AROUND = 1
_LONGEST = 300
_PHRASE = "1;33"


def context(source: Source, document: Document, screen: Screen) -> str:
    """Show the phrase in its line and the lines beside it, or say that the document has changed."""
    if document.sha256 != source.sha256 or source.phrase is None:
        sentence = "{document} has changed since; see `tracker check --sources FOLDER`."
        return "    " + screen.lang.text(sentence, document=clean(document.name))
    return "\n".join(_lines(source.phrase, document, screen))


def passage(source: Source, document: Document) -> Passage | None:
    """The text around the quote; None if the quote does not stand there."""
    text, place = document.text, source.clause or source.phrase
    if place is None or not 0 <= place.start < place.end <= len(text):
        return None
    begins = text.rfind("\n", 0, max(0, text.rfind("\n", 0, place.start))) + 1
    line = text.find("\n", place.end)
    ends = text.find("\n", line + 1) if line >= 0 else -1
    before = text[max(begins, place.start - _LONGEST) : place.start]
    after = text[place.end : min(ends if ends >= 0 else len(text), place.end + _LONGEST)]
    return Passage(legible(before).strip(), legible(after).strip())


def _lines(phrase: Span, document: Document, screen: Screen) -> Iterator[str]:
    yield "    " + screen.lang.text("in {document}", document=clean(document.name))
    lines = document.text.split("\n")
    at = document.text.count("\n", 0, phrase.start)
    begins = document.text.rfind("\n", 0, phrase.start) + 1
    for number in range(max(0, at - _AROUND), min(len(lines), at + _AROUND + 1)):
        text, label = lines[number], f"    {number + 1:>5}  "
        if number != at:
            yield from wrapped(label, clean(text[:_LONGEST]), screen.width)
            continue
        start, end = phrase.start - begins, min(phrase.end - begins, len(text))
        first = max(0, start - _LONGEST // 2)
        marked = f"[{clean(text[start:end])}]"
        shown = clean(text[first:start]) + marked + clean(text[end : end + _LONGEST // 2])
        for line in wrapped(label, shown, screen.width):
            yield line.replace(marked, paint(marked, _PHRASE, screen.colour))
