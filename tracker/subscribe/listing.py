"""Which files of a folder are ours, and what they were made from: the list beside them.

Documents that are made together have one entry. It says what they were made from, when their files
were touched last, and a hash of their bytes; so what is as it should be is known without a look
into a file, and what somebody altered, deleted or copied here is found. Where nothing came, went or
was replaced in a folder since, that is known without a look at its files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Literal

import msgspec
from msgspec import Struct

from tracker.subscribe.pieces import FileSum

LISTED = ".tracker-published.json"

# What an address may look like, with or without .gz; a list that names anything else is not ours.
_NAME = re.compile(r"([a-z0-9_-]+/){0,3}[a-z0-9_-]+(\.[0-9]+)?\.[a-z]+(\.gz)?", re.ASCII)
_STEM = re.compile(r"([a-z0-9_-]+/){0,2}[a-z0-9_-]+(\.[0-9]+)?|", re.ASCII)


class Entry(Struct, frozen=True, array_like=True):
    """Documents that are made together: which shape their names have, and `name` within it.

    `key` tells what they were made from, `touched` when, `digest` what their files hold. What is
    about to be written has no key.
    """

    shape: int
    name: str
    key: str
    touched: int
    digest: str


class FileList(Struct, frozen=True):
    """`entries` are by the first address of each, `shapes` the names of the files of some.

    `pieces` says what a document is put together from, in order: the key, and the bytes, plain and
    packed. `folders` are the states of folders in which we left all as it should be.
    """

    shapes: list[list[str]] = []
    entries: dict[str, Entry] = {}
    pieces: dict[str, list[tuple[str, int, int]]] = {}
    folders: dict[str, int] = {}
    schema: Literal["tracker.published/1"] = "tracker.published/1"

    @classmethod
    def read(cls, content: bytes) -> FileList | None:
        """None for what is no list of ours."""
        try:
            found = msgspec.json.decode(content, type=FileList)
        except (msgspec.DecodeError, RecursionError):
            return None
        return found if found.is_sound else None

    @property
    def is_sound(self) -> bool:
        """Whether nothing that it names can be outside of the folder."""
        named = (pattern.replace("*", "x") for shape in self.shapes for pattern in shape)
        return all(map(_NAME.fullmatch, named)) and all(
            entry.shape in range(len(self.shapes)) and _STEM.fullmatch(entry.name)
            for entry in self.entries.values()
        )

    def names(self, entry: Entry) -> Iterator[str]:
        """The files of an entry."""
        return (pattern.replace("*", entry.name) for pattern in self.shapes[entry.shape])

    def folders_of(self, entry: Entry) -> frozenset[str]:
        """The folders that its files are in."""
        return _folders(tuple(self.shapes[entry.shape]), entry.name.rpartition("/")[0])

    @property
    def every(self) -> Iterator[str]:
        """All files of ours."""
        for entry in self.entries.values():
            yield from self.names(entry)


@lru_cache
def _folders(shape: tuple[str, ...], above: str) -> frozenset[str]:
    names = (pattern.replace("*", f"{above}/" if above else "") for pattern in shape)
    return frozenset(name.rpartition("/")[0] for name in names)


def digest_of(sums: Iterable[FileSum]) -> str:
    """A hash of the bytes of files, in order."""
    return blake2b(repr(list(sums)).encode(), digest_size=8).hexdigest()
