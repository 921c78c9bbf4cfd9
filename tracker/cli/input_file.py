"""A file that a command was given, or what was piped into it."""

from __future__ import annotations

import sys
from pathlib import Path

from tracker.errors import BadInput, why

LARGEST = 100_000_000
"""Bytes; what is larger is no list of milestones and no document, and could fill the memory."""


def file_bytes(path: str) -> bytes:
    """All bytes of the file, or of stdin for `-`. Raises BadInput with the reason."""
    try:
        if path == "-":
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            _refuse_waiting(path)
            with Path(path).open("rb") as file:
                data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise BadInput(
            "{path} cannot be read: {reason}.",
            "Give a file, or - for stdin.",
            path=path,
            reason=why(error),
        ) from None
    if len(data) > LARGEST:
        raise BadInput(
            "{path} has more than {largest} MB.",
            "Give a part of it.",
            path=path,
            largest=LARGEST // 1_000_000,
        )
    return data


def _refuse_waiting(path: str) -> None:
    # A named pipe that nobody writes to would wait for ever; a shell's <(...) has its writer.
    if Path(path).is_fifo() and not path.startswith(("/dev/", "/proc/")):
        raise BadInput(
            "{path} is a pipe.", "Give a file, or what it holds on stdin, as -.", path=path
        )
