"""The documents that quotes come from, as far as they are at hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tracker.model import Source

if TYPE_CHECKING:
    from tracker.extract import Document
    from tracker.render.context import Passage

Find = Callable[[Source], bytes | None]
"""The bytes of the document of a source just as it was read; None if they are nowhere."""


class Originals:
    """Those of one edition: each is looked for once, and read when a page quotes it."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._found: dict[tuple[str | None, str | None], bytes | None] = {}
        self._read: dict[str, Document | None] = {}

    def content(self, source: Source | None) -> bytes | None:
        """The bytes of the document, if the quote has its place in them."""
        if source is None or source.sha256 is None or not (source.clause or source.phrase):
            return None
        named = source.file, source.sha256
        if named not in self._found:
            self._found[named] = self._find(source)
        return self._found[named]

    def passage(self, source: Source | None) -> Passage | None:
        """What stands around the quote."""
        from tracker.render.context import passage

        content = self.content(source)
        if content is None or source is None or source.sha256 is None:
            return None
        if source.sha256 not in self._read:
            self._read[source.sha256] = _document(source.file or "", content)
        document = self._read[source.sha256]
        return passage(source, document) if document is not None else None


def _document(name: str, content: bytes) -> Document | None:
    from tracker.errors import TrackerError
    from tracker.extract import read_document

    try:
        return read_document(name, content)
    except TrackerError:  # what reads it may not be installed
        return None
