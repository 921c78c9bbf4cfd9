"""The bytes of a milestones file as they are laid out, for people and for `git diff`."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec
from msgspec import Raw

from tracker.errors import BadValue
from tracker.model import Milestone, record_head
from tracker.store.migrate import SCHEMA

TOP = b'{\n"meta": {"1": {"schema": %d, "head": "%%s"}},\n"milestones": {' % SCHEMA
TAIL = b"\n}\n}\n"
ROW = b'{\n  "'

_encode = msgspec.json.Encoder().encode


def is_own_layout(row: Raw) -> bool:
    """Whether this program wrote the row; what wrote a plain JSON dump did not."""
    return memoryview(row)[: len(ROW)] == ROW


def lay_out(milestone: Milestone) -> bytes:
    """Return the row of one milestone, from its opening to its closing brace.

    Raises BadValue for text that UTF-8 cannot hold, such as an argument in another encoding.
    """
    lines = []
    try:
        for field, value in msgspec.to_builtins(milestone).items():
            if field == "history":
                changes = b",\n    ".join(map(_encode, value))
                lines.append(b'"history": [\n    %s\n  ]' % changes)
            else:
                lines.append(b'"%s": %s' % (field.encode(), _encode(value)))
    except UnicodeEncodeError as error:
        raise BadValue(
            "The text {object!r} is not in UTF-8.", "Give it in UTF-8.", object=error.object[:60]
        ) from None
    return b"{\n  " + b",\n  ".join(lines) + b"\n}"


def join(rows: Mapping[int, bytes | Raw], head: str) -> bytes:
    """Return the whole file for these rows, in order of id, and the head of their record.

    A row's bytes go in as they are.
    """
    parts = [b'\n"%d": ' % id + bytes(rows[id]) for id in sorted(rows)]
    return TOP % head.encode() + b",".join(parts) + TAIL


def file_bytes(milestones: Collection[Milestone]) -> bytes:
    """Return the bytes of a file that holds these milestones."""
    return join({m.id: lay_out(m) for m in milestones}, record_head(milestones).digest)
