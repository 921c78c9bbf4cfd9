"""A file taken in as evidence: what it is, under a name that is harmless everywhere."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import NamedTuple

from tracker.errors import BadInput, system_reason
from tracker.evidence.bounds import Bounds
from tracker.message import Message
from tracker.model import Exhibit
from tracker.texts import one_line

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_RESERVED = re.compile(r'[<>:"/\\|?*]|^\.+|[. ]+$')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_LONGEST = 180
"""Bytes of a name; disks take 255, and those who write it put something before and behind it."""


class Proof(NamedTuple):
    """What was given as evidence, or the copy of it, and the bytes of that."""

    said: str | Exhibit | None
    content: bytes = b""

    @property
    def contents(self) -> tuple[bytes, ...]:
        """The bytes to keep, if any are."""
        return (self.content,) if isinstance(self.said, Exhibit) else ()


def is_address(said: str) -> bool:
    """Whether it is an address of whatever kind, and so no file."""
    return bool(_ADDRESS.match(said)) and not (os.name == "nt" and said[1:2] == ":")


def exhibit(content: bytes, name: str, origin: str, at: datetime, stamps: str = "") -> Exhibit:
    """Describe content that came from `origin` at that instant (UTC); the name says its type."""
    from mimetypes import MimeTypes

    kept = harmless(name)
    # The types of this program, and not those that this computer happens to know.
    media_type = MimeTypes().guess_type(kept.replace("#", "_"))[0] or _OTHER.get(
        PurePath(kept).suffix.lower(), "application/octet-stream"
    )
    digest = sha256(content).hexdigest()
    at = at.replace(microsecond=0)
    return Exhibit(digest, len(content), kept, media_type, origin, at, stamps)


_OTHER = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".md": "text/markdown",
    ".tsr": "application/timestamp-reply",
    ".warc": "application/warc",
}


def harmless(name: str) -> str:
    """The last part of a name as every system takes it for a file in a folder, and no other."""
    last = one_line(re.split(r"[/\\]", name)[-1])
    plain = _RESERVED.sub("_", last).strip() or "_"
    if _DEVICES.match(plain):
        plain = f"_{plain}"
    suffix = PurePath(plain).suffix[:20]
    stem = plain.removesuffix(suffix).encode()[: _LONGEST - len(suffix.encode())]
    return stem.decode(errors="ignore") + suffix


def taken(said: str, bounds: Bounds, clock: Callable[[], datetime]) -> Proof | None:
    """Copy the file that was named; None where no file has that name, or no copies are kept.

    Raises BadInput for a link, a folder, a pipe or a device, and for a file that is too large.
    """
    if not bounds.largest or is_address(said):
        return None
    try:
        content = _content(said, bounds.bytes)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        no_name = isinstance(error, ValueError) or error.errno == errno.ENAMETOOLONG
        if no_name:
            return None
        sentence = "{file} is not taken as evidence: {reason}."
        hint = "Give a file of its own, or an address."
        raise BadInput(sentence, hint, file=said, reason=system_reason(error)) from None
    return Proof(exhibit(content, said, said, clock()), content)


def _content(path: str, largest: int) -> bytes:
    found = os.lstat(path)  # what a link leads to, or a pipe waits for, is never opened
    _refuse(found.st_mode)
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        _refuse(os.fstat(descriptor).st_mode)
        content = file.read(largest + 1)
    if len(content) > largest:
        raise OSError(errno.EFBIG, too_large(largest))
    return content


def too_large(largest: int) -> Message:
    return Message("it has more than {n} million bytes", n=largest // 1_000_000)


def _refuse(mode: int) -> None:
    if S_ISLNK(mode):
        raise OSError(errno.ELOOP, Message("it is a link, which may lead anywhere"))
    if S_ISDIR(mode):
        raise OSError(errno.EISDIR, Message("it is a folder"))
    if not S_ISREG(mode):
        raise OSError(errno.ENODEV, Message("it is a pipe or a device"))
