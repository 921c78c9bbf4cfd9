"""A quote amid the lines of the document that it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.extract import Document
from tracker.model import Source, Span
from tracker.render.table import Screen, paint
from tracker.render.text import clean
from tracker.render.wrapping import wrapped

_AROUND = 1
_LONGEST = 300
_PHRASE = "1;33"


def context(source: Source, document: Document, screen: Screen) -> str:
    """Show the phrase in its line and the lines beside it, or say that the document has changed."""
    if document.sha256 != source.sha256 or source.phrase is None:
        sentence = "{document} has changed since; see `tracker check --sources FOLDER`."
        return "    " + screen.lang.text(sentence, document=clean(document.name))
    return "\n".join(_lines(source.phrase, document, screen))


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
