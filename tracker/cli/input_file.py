"""A file that a command was given, or what was piped into it."""

from __future__ import annotations

import sys
from pathlib import Path

from tracker.errors import BadInput

LARGEST = 100_000_000
"""Bytes; what is larger is no list of milestones, and could fill the memory."""


def file_bytes(path: str) -> bytes:
    """All bytes of the file, or of stdin for `-`. Raises BadInput with the reason."""
    try:
        if path == "-":
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise BadInput(
            f"{path} cannot be read: {reason}.", "Give a file, or - for stdin."
        ) from None
    if len(data) > LARGEST:
        raise BadInput(f"{path} has more than {LARGEST // 1_000_000} MB.", "Give a part of it.")
    return data
