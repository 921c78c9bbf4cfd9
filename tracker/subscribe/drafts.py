"""What a publication drafts together, and what it remembers of how its files were made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from msgspec import Struct

from tracker.subscribe.pieces import Content

MANY, LARGE = 512, 32_000_000
"""Files, and bytes, that are drafted together."""


class Batch:
    """Files that are put in place together: as many, or as much, as one draft of them may be."""

    def __init__(self, put: Callable[[Sequence[tuple[str, bytes]]], None]) -> None:
        self._put = put
        self._files: list[tuple[str, bytes]] = []
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._flush()

    def add(self, name: str, content: bytes) -> None:
        self._files.append((name, content))
        self._size += len(content)
        if len(self._files) >= MANY or self._size >= LARGE:
            self._flush()

    def _flush(self) -> None:
        self._put(self._files)
        self._files, self._size = [], 0


class MadeFrom(Struct, frozen=True):
    """What the documents were made from: a key for the first of each bundle.

    `listing` is the hash of the list of files that it goes with.

    `pieces` are those of a document, in order: the key, and the bytes of each, plain and packed.
    """

    keys: dict[str, str] = {}
    pieces: dict[str, list[tuple[str, int, int]]] = {}
    listing: str = ""


def laid_out(content: Content) -> list[tuple[str, int, int]]:
    pieces = content.pieces.items() if len(content.pieces) > 1 else ()
    return [(key.hex(), len(piece.plain), len(piece.deflated)) for key, piece in pieces]
