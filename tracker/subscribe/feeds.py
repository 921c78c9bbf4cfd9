"""The feeds there are, their addresses, and their bytes: the same for `serve` and `publish`.

A feed is a part of the milestones as events or as tasks. After a change only the pieces that
hold a changed milestone are written and compressed anew.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from types import MappingProxyType

from msgspec import Struct

from tracker.ics.danger import Danger, Dangers
from tracker.ics.profile import Feed, FeedKind
from tracker.ics.write import TAIL, Written, entries, head
from tracker.locale import ENGLISH, Language
from tracker.model import Milestone
from tracker.settings import FeedSettings
from tracker.subscribe.departures import has_left
from tracker.subscribe.parts import Part, PartGroup

PIECE = 100
"""Milestones written and compressed together: 70 kB at the most, which costs compression 1 %."""


def feed_path(stem: str, kind: FeedKind) -> str:
    """The address of a feed below the root, such as `owner/police.ics`."""
    if not stem:
        return "feed.ics" if kind is FeedKind.EVENTS else "tasks.ics"
    return f"{stem}.ics" if kind is FeedKind.EVENTS else f"tasks/{stem}.ics"


def feed_at(path: str) -> tuple[str, FeedKind] | None:
    """The stem of the part and the kind of the feed that such an address is for, if it is one."""
    for kind in FeedKind:
        if path == feed_path("", kind):
            return "", kind
    stem, ics, rest = path.rpartition(".ics")
    if not stem or not ics or rest:
        return None
    kind = FeedKind.TASKS if stem.startswith("tasks/") else FeedKind.EVENTS
    return stem.removeprefix("tasks/"), kind


class Content(Struct, frozen=True):
    """One answer's bytes, the same as a gzip file (RFC 1952), and the SHA-256 of the first."""

    plain: bytes
    gzipped: bytes
    digest: str

    @classmethod
    def of(cls, plain: bytes) -> Content:
        """What is written at one go, such as a page."""
        return cls(plain, gzipped([_deflated(plain)], plain), sha256(plain).hexdigest())


_Look = tuple[FeedKind, tuple[int, ...]]
"""In what one milestone may differ between the feeds of one writer: kind and alarms."""


def _look(options: Feed) -> _Look:
    return options.kind, options.alarms


class _Piece(Struct, frozen=True):
    milestones: list[Milestone]
    dangers: list[Danger | None]
    as_of: date
    plain: bytes
    deflated: bytes


class FeedWriter:
    """Writes the feeds of one set of readers; keeps what it wrote, for the next time.

    `address` is where feeds and page are found, without a slash at the end: feeds name it, and each
    milestone's place on the page. "" if it is not known or a secret. `lang` is that of titles.
    """

    def __init__(
        self, settings: FeedSettings, address: str = "", *, lang: Language = ENGLISH
    ) -> None:
        self._settings = settings
        self._address = address
        self._lang = lang
        self._kept: defaultdict[_Look, Written] = defaultdict(dict)
        self._room: defaultdict[_Look, int] = defaultdict(lambda: 1000)
        self._pieces: dict[str, list[_Piece]] = {}

    def content(
        self,
        path: str,
        part: Part,
        kind: FeedKind,
        as_of: date,
        dangers: Dangers = MappingProxyType({}),
    ) -> Content:
        """The feed at `path`, as of a day, given what endangers milestones."""
        options = self._options(path, part, kind, as_of)
        earlier = self._pieces.get(path, [])
        pieces = []
        for i, start in enumerate(range(0, len(part.milestones), PIECE)):
            members = part.milestones[start : start + PIECE]
            last = earlier[i] if i < len(earlier) else None
            these = [None if has_left(m) else dangers.get(m.uid) for m in members]
            told = (members, these, as_of)
            same = last is not None and (last.milestones, last.dangers, last.as_of) == told
            pieces.append(last if last and same else self._piece(members, these, options))
        self._pieces[path] = pieces
        self._forget(_look(options))
        opening = head(options)
        plain = b"".join((opening, *(piece.plain for piece in pieces), TAIL))
        deflated = [_deflated(opening), *(piece.deflated for piece in pieces), _deflated(TAIL)]
        return Content(plain, gzipped(deflated, plain), sha256(plain).hexdigest())

    def _options(self, path: str, part: Part, kind: FeedKind, as_of: date) -> Feed:
        settings = self._settings
        name = f"{settings.name}: {part.name}" if part.group is not PartGroup.ALL else settings.name
        return Feed.of(
            settings,
            as_of=as_of,
            name=f"{name} (tasks)" if kind is FeedKind.TASKS else name,
            address=f"{self._address}/{path}" if self._address else "",
            base_url=f"{self._address}/#" if self._address else "",
            kind=kind,
            lang=self._lang,
            **self._alarms(part),
        )

    def _alarms(self, part: Part) -> dict[str, tuple[int, ...]]:
        """The alarms of a filter that has its own."""
        own = (
            self._settings.filter_alarms.get(part.name) if part.group is PartGroup.FILTER else None
        )
        return {} if own is None else {"alarms": tuple(sorted(own, reverse=True))}

    def _piece(
        self, members: list[Milestone], dangers: list[Danger | None], options: Feed
    ) -> _Piece:
        plain = b"".join(self._entries(members, dangers, options))
        return _Piece(members, dangers, options.as_of, plain, _deflated(plain))

    def _entries(
        self, members: list[Milestone], dangers: list[Danger | None], options: Feed
    ) -> Iterator[bytes]:
        kept = self._kept[_look(options)]
        for m, danger in zip(members, dangers, strict=True):
            # One that left looks otherwise here than where it stays, under the same revision.
            told = {} if danger is None else {m.uid: danger}
            yield from entries((m,), options, {} if has_left(m) else kept, told)

    def _forget(self, look: _Look) -> None:
        """Drop what was written for revisions that are past, whenever it has doubled."""
        kept = self._kept[look]
        if len(kept) > self._room[look]:
            latest: dict[str, tuple[str, datetime, int]] = {}
            for key in kept:
                latest[key[0]] = max(latest.get(key[0], key), key)
            self._kept[look] = {key: kept[key] for key in latest.values()}
            self._room[look] = 2 * len(latest) + 1000


def _deflated(plain: bytes) -> bytes:
    """Raw deflate that ends on a byte and refers to nothing before it (RFC 1951 §3.2)."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH)


_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # no name, no time: same bytes, same file
_LAST_BLOCK = b"\x03\x00"


def gzipped(deflated: list[bytes], plain: bytes) -> bytes:
    """One gzip member made of pieces that were deflated apart."""
    size = len(plain) & 0xFFFFFFFF
    trailer = zlib.crc32(plain).to_bytes(4, "little") + size.to_bytes(4, "little")
    return b"".join((_GZIP_HEAD, *deflated, _LAST_BLOCK, trailer))
