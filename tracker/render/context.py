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
    """What stands around a quote: the line before, its own up to it and after it, the next one."""

    before: str
    opening: str
    closing: str
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
    above = text[max(0, place.start - 2 * _LONGEST) : place.start]
    below = text[place.end : place.end + 2 * _LONGEST]
    *_, before, opening = f"\n{above}".rsplit("\n", 2)
    closing, after, *_ = f"{below}\n\n".split("\n", 2)
    told = before[-_LONGEST:].strip(), opening[-_LONGEST:], closing[:_LONGEST], after[:_LONGEST]
    return Passage(*map(legible, told))


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
