"""What a document is put together from: pieces, each made anew only when what it tells changes.

A piece is known by a key, a hash of all that it is made from. So one change makes and compresses
one piece of a large file anew, and of ten thousand pages those that it touches.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b, sha256
from typing import NamedTuple

import msgspec
from msgspec import Struct

HTML = "text/html; charset=utf-8"

SMALL = 1200
"""Bytes that go in one packet however they are written: no packed file stands beside them."""

Key = bytes

_ENCODER = msgspec.msgpack.Encoder()


def key_of(*parts: object) -> Key:
    """A key for what is made from these."""
    return blake2b(_ENCODER.encode(parts), digest_size=16).digest()


class DocumentPiece(NamedTuple):
    """A part of a document that is made when it is needed."""

    key: Key
    make: Callable[[], bytes]


class MadePiece(NamedTuple):
    """The bytes of a piece; `deflated` is b"" where the document is compressed as a whole."""

    plain: bytes
    deflated: bytes


PieceCache = Mapping[Key, MadePiece]
"""Pieces that were made before."""


class Recipe(NamedTuple):
    """How a document is made. Pieces that are large enough are compressed `apart`.

    `is_gone` is that of what stood at its address, and will not again; `is_embedded` that of what
    others may show within their pages.
    """

    media_type: str
    pieces: Sequence[DocumentPiece]
    apart: bool = False
    is_gone: bool = False
    is_embedded: bool = False

    @classmethod
    def whole(cls, media_type: str, key: Key, make: Callable[[], bytes]) -> Recipe:
        """One that is made at one go."""
        return cls(media_type, (DocumentPiece(key, make),))

    @property
    def key(self) -> Key:
        return key_of(*(piece.key for piece in self.pieces))

    def content(self, kept: PieceCache) -> Content:
        """The document, with the pieces that are kept as they are."""
        made = {piece.key: kept.get(piece.key) or self._made(piece) for piece in self.pieces}
        plain = b"".join(made[piece.key].plain for piece in self.pieces)
        if self.apart:
            packed = gzipped([made[piece.key].deflated for piece in self.pieces], plain)
        else:
            packed = gzipped([deflated(plain)], plain)
        return Content(plain, packed, made)

    def _made(self, piece: DocumentPiece) -> MadePiece:
        plain = piece.make()
        return MadePiece(plain, deflated(plain) if self.apart else b"")


FileSum = tuple[int, int]
"""By what the bytes of a file are known again: how many, and their CRC-32."""


def sum_of(content: bytes) -> FileSum:
    return len(content), zlib.crc32(content)


class Content(Struct, frozen=True, dict=True):
    """One answer's bytes, and the same as a gzip file (RFC 1952).

    `pieces` are what it was made of, in order, if it may be made of them again.
    """

    plain: bytes
    gzipped: bytes
    pieces: PieceCache = {}

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the bytes."""
        return sha256(self.plain).hexdigest()

    @property
    def files(self) -> dict[str, bytes]:
        """What follows the name of each file that holds it, and its bytes."""
        packed = {".gz": self.gzipped} if len(self.plain) > SMALL else {}
        return {"": self.plain} | packed

    @property
    def sums(self) -> list[FileSum]:
        """Of each of its files. Packed, it ends with that of its bytes (RFC 1952 §2.3.1)."""
        plain = len(self.plain), int.from_bytes(self.gzipped[-8:-4], "little")
        return [plain, *map(sum_of, list(self.files.values())[1:])]


class Bundle(NamedTuple):
    """Documents that are made from the same things, and change together.

    Their paths are the `patterns` with `name` for `*`: many bundles share these.
    """

    key: Key
    patterns: tuple[str, ...]
    name: str = ""

    @property
    def first(self) -> str:
        return self.patterns[0].replace("*", self.name)

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(pattern.replace("*", self.name) for pattern in self.patterns)


def deflated(plain: bytes) -> bytes:
    """Raw deflate that ends on a byte and refers to nothing before it (RFC 1951 §3.2)."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH)


GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # no name, no time: same bytes, same file
_LAST_BLOCK = b"\x03\x00"


def gzipped(deflated: list[bytes], plain: bytes) -> bytes:
    """One gzip member made of pieces that were deflated apart."""
    size = len(plain) & 0xFFFFFFFF
    trailer = zlib.crc32(plain).to_bytes(4, "little") + size.to_bytes(4, "little")
    return b"".join((GZIP_HEAD, *deflated, _LAST_BLOCK, trailer))
