"""What a site has, as files for any web server: made anew only where something changed.

What stands in the folder afterwards is what would stand in a new one, whatever happened to it: a
file that was replaced or deleted is found, and so is what a process left that was killed; one that
was altered in its place is found when nothing else is to be made. Files of others are neither
replaced nor deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from tracker.errors import OutputFailed
from tracker.message import Message, with_progress
from tracker.subscribe.folder import Folder
from tracker.subscribe.listing import LISTED, Entry, FileList, digest_of
from tracker.subscribe.pieces import (
    GZIP_HEAD,
    Bundle,
    Content,
    FileSum,
    MadePiece,
    PieceCache,
    Recipe,
    sum_of,
)

_LARGE = 64_000
"""Bytes of a document of which a piece that stayed the same is not made again."""


class PublishResult(NamedTuple):
    """What became of the addresses; a file and its .gz are one."""

    written: list[str]
    withdrawn: list[str]
    bundles: Sequence[Bundle]

    @property
    def total(self) -> int:
        return sum(len(bundle.patterns) for bundle in self.bundles)

    @property
    def unchanged(self) -> list[str]:
        written = set(self.written)
        return [path for bundle in self.bundles for path in bundle.paths if path not in written]


Recipes = Callable[[str], Recipe | None]
"""How what stands at an address of a bundle is made."""


def publish(
    folder: Folder, bundles: Iterable[Bundle], recipes: Recipes, *, overwrite: bool = False
) -> PublishResult:
    """Put each document at its path and, packed, at the same with .gz; withdraw what is gone.

    What is made from the same as last time is not made again, and a file that is as it should be is
    not touched. Refuses, before anything is written, to replace files that are not ours;
    `overwrite` makes them ours, and makes everything again.
    """
    with folder.failing():
        return _Publishing(folder, list(bundles), recipes, overwrite=overwrite).published()


class _Made(NamedTuple):
    """A bundle that is drafted: the shape of its names, the hash of its files, large pieces."""

    bundle: Bundle
    shape: tuple[str, ...]
    digest: str
    pieces: dict[str, list[tuple[str, int, int]]]


class _Publishing:
    """One time that a site is published."""

    def __init__(
        self, folder: Folder, bundles: Sequence[Bundle], recipes: Recipes, *, overwrite: bool
    ) -> None:
        self._folder = folder
        self._bundles = bundles
        self._recipes = recipes
        self._overwrite = overwrite
        self._content = folder.read(LISTED)
        self._was = self._listed()
        self._entries: dict[str, Entry] = {}
        self._pieces: dict[str, list[tuple[str, int, int]]] = {}
        self._shapes = {tuple(shape): number for number, shape in enumerate(self._was.shapes)}
        self._written: list[str] = []
        self._made: list[_Made] = []
        self._begun: dict[str, Entry] = {}

    def published(self) -> PublishResult:
        stale = self._stale(self._calm) or self._stale(frozenset())
        if not self._overwrite:
            self._refuse(stale)
        for bundle in with_progress(stale, Message("Making feeds and pages")):
            self._make(bundle)
            if self._folder.is_full:
                self._put()
        self._put()
        now = self._now()
        gone = self._gone(now)
        self._folder.remove(gone)
        self._list(replace(now, folders=self._states(now)))
        paths = {path for bundle in self._bundles for path in bundle.paths} if gone else set()
        withdrawn = {path for name in gone if (path := name.removesuffix(".gz")) not in paths}
        return PublishResult(self._written, sorted(withdrawn), self._bundles)

    def _now(self) -> FileList:
        entries = {bundle.first: self._entries[bundle.first] for bundle in self._bundles}
        there = {path: laid for path, laid in self._was.pieces.items() if path in entries}
        return FileList(list(map(list, self._shapes)), entries, there | self._pieces)

    def _states(self, listed: FileList) -> dict[str, int]:
        """How folders are in which all is as listed; none if the disk may not have it yet."""
        if not self._folder.is_kept:
            return {}
        folders = set[str]().union(*map(listed.folders_of, listed.entries.values()))
        # The list itself is written to the uppermost.
        states = ((folder, self._folder.state(folder)) for folder in sorted(folders - {""}))
        return {folder: state for folder, state in states if state is not None}

    # -- what is to be done -----------------------------------------------------------------------

    def _listed(self) -> FileList:
        if self._content is None:
            return FileList()
        if (found := FileList.read(self._content)) is None:
            raise OutputFailed(
                "{path}, the list of what was published, is damaged.",
                "Delete it, and publish once more with --overwrite.",
                path=self._folder.path / LISTED,
            )
        return found

    @cached_property
    def _calm(self) -> frozenset[str]:
        """The folders in which nothing came, went or was replaced since they were listed."""
        states = self._was.folders.items()
        return frozenset(folder for folder, was in states if self._folder.state(folder) == was)

    def _stale(self, calm: frozenset[str]) -> list[Bundle]:
        """Those that are made from other things, or whose files are not so, but in calm folders.

        What somebody wrote into a file in its place leaves a folder calm. It is found when there
        is nothing to be made otherwise.
        """
        return [bundle for bundle in self._bundles if not self._stays(bundle, calm)]

    def _stays(self, bundle: Bundle, calm: frozenset[str]) -> bool:
        """Whether all of it stands as it would be made; then it is entered."""
        entry = self._was.entries.get(bundle.first)
        if entry is None or self._overwrite or entry.key != bundle.key.hex():
            return False
        if self._plains[entry.shape] != bundle.patterns:
            return False
        sound = entry if self._was.folders_of(entry) <= calm else self._sound(entry)
        if sound is None:
            return False
        self._entries[bundle.first] = sound
        return True

    @cached_property
    def _plains(self) -> list[tuple[str, ...]]:
        """The shapes without packed files."""
        return [
            tuple(pattern for pattern in shape if not pattern.endswith(".gz"))
            for shape in self._was.shapes
        ]

    def _sound(self, entry: Entry) -> Entry | None:
        """The entry if its files hold what they should, though somebody may have touched them."""
        touched = self._folder.touched(self._was.names(entry))
        if touched == entry.touched:
            return entry
        contents = list(map(self._folder.read, self._was.names(entry)))
        if touched is None or None in contents:
            return None
        sums = (sum_of(content) for content in contents if content is not None)
        is_same = digest_of(sums) == entry.digest
        return replace(entry, touched=touched) if is_same else None

    @cached_property
    def _ours(self) -> frozenset[str]:
        return frozenset(self._was.every)

    def _refuse(self, stale: Iterable[Bundle]) -> None:
        names = list(self._foreign(stale))
        if names:
            more = f" (and {len(names) - 1} more)" if len(names) > 1 else ""
            raise OutputFailed(
                "{path}{more} would be replaced, and something else made it.",
                "Publish to a folder of its own, or replace it with --overwrite.",
                path=self._folder.path / names[0],
                more=more,
            )

    def _foreign(self, stale: Iterable[Bundle]) -> Iterator[str]:
        """Files of others where ours are to be, and that are not the same already."""
        for bundle in stale:
            for path in bundle.paths:
                for name in self._strange(bundle, path):
                    files = self._content_at(path, {}).files
                    if self._folder.read(name) != files.get(name.removeprefix(path)):
                        yield name

    def _strange(self, bundle: Bundle, path: str) -> Iterator[str]:
        """The names of files for an address that are there and not ours."""
        entry = self._was.entries.get(bundle.first)
        known = set(self._was.names(entry)) if entry is not None else set()
        for name in (path, f"{path}.gz"):
            if name not in known and self._folder.stands(name) and name not in self._ours:
                yield name

    # -- what is done -----------------------------------------------------------------------------

    def _make(self, bundle: Bundle) -> None:
        """Draft what is another than before."""
        entry = self._was.entries.get(bundle.first)
        is_sound = entry is not None and self._sound(entry) is not None
        shape, sums, pieces = list[str](), list[FileSum](), {}
        for pattern, path in zip(bundle.patterns, bundle.paths, strict=True):
            laid = self._was.pieces.get(path, ()) if is_sound else ()
            stood = {suffix: self._folder.read(path + suffix) for suffix in ("", ".gz")}
            content = self._content_at(path, _kept(stood, laid))
            if len(content.pieces) > 1 and len(content.plain) > _LARGE:
                pieces[path] = _laid_out(content)
            altered = {s: file for s, file in content.files.items() if stood[s] != file}
            for suffix, file in altered.items():
                self._folder.add(path + suffix, file)
            self._written += [path] if altered else []
            shape += [pattern + suffix for suffix in content.files]
            sums += content.sums
        self._made.append(_Made(bundle, tuple(shape), digest_of(sums), pieces))
        known = self._was.shapes[entry.shape] if entry is not None else ()
        if not {*shape} <= {*known}:
            both = self._shape(dict.fromkeys((*known, *shape)))
            self._begun[bundle.first] = Entry(both, bundle.name, "", 0, "")

    def _content_at(self, path: str, kept: PieceCache) -> Content:
        recipe = self._recipes(path)
        assert recipe is not None  # it is of a bundle  # noqa: S101
        return recipe.content(kept)

    def _put(self) -> None:
        """Put in place what is drafted; what is new is listed first, in case of a crash."""
        if self._begun:
            entries = self._was.entries | self._entries | self._begun
            pieces = self._was.pieces | self._pieces
            self._list(FileList(list(map(list, self._shapes)), entries, pieces))
        self._folder.put()
        for bundle, shape, digest, pieces in self._made:
            touched = self._folder.touched(pattern.replace("*", bundle.name) for pattern in shape)
            key, number = bundle.key.hex(), self._shape(shape)
            self._entries[bundle.first] = Entry(number, bundle.name, key, touched or 0, digest)
            self._pieces |= pieces
        self._made.clear()
        self._begun.clear()

    def _shape(self, shape: Iterable[str]) -> int:
        return self._shapes.setdefault(tuple(shape), len(self._shapes))

    def _list(self, now: FileList) -> None:
        if (content := msgspec.json.encode(now)) != self._content:
            self._folder.write(LISTED, content)
            self._content = content

    def _gone(self, now: FileList) -> list[str]:
        """What was ours, and is no address any more."""
        left = set[str]()
        for first, entry in self._was.entries.items():
            kept = now.entries.get(first)
            if kept is None or kept.shape != entry.shape:
                there = () if kept is None else now.names(kept)
                left.update(set(self._was.names(entry)).difference(there))
        return sorted(left.difference(now.every)) if left else []


def _laid_out(content: Content) -> list[tuple[str, int, int]]:
    return [(k.hex(), len(piece.plain), len(piece.deflated)) for k, piece in content.pieces.items()]


def _kept(stood: Mapping[str, bytes | None], laid: Sequence[tuple[str, int, int]]) -> PieceCache:
    """The pieces that a document was made of, as they stand in its files."""
    plain, packed = stood[""] or b"", stood[".gz"] or b""
    found, at, packed_at = {}, 0, len(GZIP_HEAD)
    for key, size, packed_size in laid:
        deflated = packed[packed_at : packed_at + packed_size]
        found[bytes.fromhex(key)] = MadePiece(plain[at : at + size], deflated)
        at, packed_at = at + size, packed_at + packed_size
    return found
