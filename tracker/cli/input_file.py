"""A file that a command was given, or what was piped into it."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import BinaryIO

from tracker.errors import BadInput, why

LARGEST = 100_000_000
"""Bytes; what is larger is no list of milestones and no document, and could fill the memory."""


def file_bytes(path: str) -> bytes:
    """All bytes of the file, or of stdin for `-`. Raises BadInput with the reason."""
    try:
        return _all_of(sys.stdin.buffer) if path == "-" else whole_bytes(Path(path))
    except (OSError, ValueError) as error:
        raise BadInput(
            "{path} cannot be read: {reason}.",
            "Give a file, or - for stdin.",
            path=path,
            reason=why(error),
        ) from None


def whole_bytes(path: Path) -> bytes:
    """All bytes of a file. Raises OSError for what would be waited for, or never ends."""
    # A named pipe that nobody writes to would wait for ever; a shell's <(...) has its writer.
    if path.is_fifo() and not str(path).startswith(("/dev/", "/proc/")):
        raise OSError(errno.EINVAL, "it is a pipe")
    with path.open("rb") as file:
        return _all_of(file)


def _all_of(file: BinaryIO) -> bytes:
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise OSError(errno.EFBIG, f"it has more than {LARGEST // 1_000_000} million bytes")
    return data
