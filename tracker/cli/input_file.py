"""A file that a command was given, or what was piped into it."""

from __future__ import annotations

import sys
from pathlib import Path

from tracker.errors import BadInput, system_reason
from tracker.store.whole_file import read_all, whole_bytes


def file_bytes(path: str) -> bytes:
    """All bytes of the file, or of stdin for `-`. Raises BadInput with the reason."""
    try:
        return read_all(sys.stdin.buffer) if path == "-" else whole_bytes(Path(path))
    except (OSError, ValueError) as error:
        if (rows := Path(path) / "milestones.jsonl").is_file():
            said = "{path} is a dataset, a folder of files."
            raise BadInput(
                said, "Type `tracker import json {rows}`.", path=path, rows=str(rows)
            ) from None
        raise BadInput(
            "{path} cannot be read: {reason}.",
            "Give a file, or - for stdin.",
            path=path,
            reason=system_reason(error),
        ) from None
