"""A milestone as a row, and back: the document is all of it, the other columns repeat parts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import reduce
from hashlib import sha256
from operator import xor
from typing import Any

import msgspec
from psycopg import Connection

from tracker.errors import BadValue, StoreCorrupt, library_reason
from tracker.message import Message
from tracker.model import Milestone, validate
from tracker.query import owners, sources, texts
from tracker.store.postgres.tables import COLUMNS
from tracker.texts import folded

START = 64
"""How many bytes of a uid are kept to look it up by its beginning."""

BETWEEN = b"\xff"
"""Stands between texts; no UTF-8 has this byte."""

_LONGEST_UID = 1000

AT_A_TIME = 1000
"""How many rows are held at once, and how many values one statement names at most."""

INSERT = (
    f"INSERT INTO tracker_milestones ({', '.join(COLUMNS)})"
    f" VALUES ({', '.join(f'%({name})s' for name in COLUMNS)})"
)
SET = ", ".join(f"{name} = %({name})s" for name in COLUMNS if name != "version")
"""How an UPDATE takes the columns of `row`."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Milestone).decode


def row(milestone: Milestone) -> dict[str, Any]:
    """Return the columns of a milestone. Raises BadValue for text that UTF-8 cannot hold."""
    m = milestone
    if len(m.uid) > _LONGEST_UID:
        raise BadValue(
            "The uid of milestone {id} has {count:,} characters.",
            "Give one of at most {longest_uid:,}.",
            id=m.id,
            count=len(m.uid),
            longest_uid=_LONGEST_UID,
        )
    try:
        return {
            "uid": m.uid,
            "id": m.id,
            "document": _encode(m).decode(),
            "uid_start": uid_prefix(m.uid),
            "removed": m.removed_on is not None,
            "owed": m.is_open,
            "status": m.status.value,
            "due": m.due,
            "last_on": max((m.created_on, *(change.on for change in m.history))),
            "recorded_at": m.recorded_at,
            "title": folded(m.title).encode(),
            "owner": None if m.owner is None else folded(m.owner).encode(),
            "owners": _joined(owners(m)),
            "sources": _joined(sources(m)),
            "texts": _joined(texts(m)),
            "tags": _joined(m.tags),
        }
    except UnicodeEncodeError as error:
        raise BadValue(
            "The text {object!r} is not in UTF-8.", "Give it in UTF-8.", object=error.object[:60]
        ) from None


def seal(milestone: Milestone) -> int:
    """Return what the XOR over all milestones takes of one: 64 bits that its last digest gives."""
    digest = sha256(milestone.history[-1].digest.encode()).digest()
    return int.from_bytes(digest[:8], signed=True)


def seals(milestones: Iterable[Milestone]) -> int:
    """Return the XOR over these milestones."""
    return reduce(xor, map(seal, milestones), 0)


def milestone_at(id: int, document: str, name: str) -> Milestone:
    """Return the milestone of the row with this id.

    Raises StoreCorrupt naming the store, the row and the reason, and if it is another row's.
    """
    try:
        found = _decode(document)
        validate(found)
    except (msgspec.DecodeError, RecursionError, BadValue) as error:
        reason = error.message if isinstance(error, BadValue) else library_reason(error)
        said = Message("the row {row} is no milestone: {reason}", row=id, reason=reason)
        raise corrupt(name, said) from None
    if not found.history:
        raise corrupt(name, Message("milestone {id} has no history", id=found.id))
    if found.id != id:
        raise corrupt(
            name, Message("the row {row} holds a milestone with id {id}", row=id, id=found.id)
        )
    return found


def streamed(
    connection: Connection, statement: str, values: Sequence[Any] = ()
) -> Iterator[tuple[Any, ...]]:
    """Yield what is selected, holding no more than some of the rows."""
    with connection.cursor("tracker") as cursor:
        cursor.itersize = AT_A_TIME
        yield from cursor.execute(statement, values)


def marks(values: Collection[object]) -> str:
    """Return the places of these values in a list of SQL's."""
    return ", ".join(["%s"] * len(values))


def corrupt(name: str, reason: Message) -> StoreCorrupt:
    return StoreCorrupt(
        "{name}: {reason}. Nothing was written to it.",
        "Restore the database, or give another store with --file.",
        name=name,
        reason=reason,
    )


def uid_prefix(uid: str) -> bytes:
    """Return the bytes that the beginning of a uid is looked up by."""
    return uid.lower().encode("utf-8", "surrogatepass")[:START]


def _joined(parts: Iterable[str | None]) -> bytes | None:
    """All the texts there are, folded, each between two marks; None if there is none."""
    there = [folded(part).encode() for part in parts if part is not None]
    return BETWEEN + BETWEEN.join(there) + BETWEEN if there else None
