"""Making the tables, and bringing older ones forward, each in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC
from typing import Any

import msgspec
from psycopg import Connection

from tracker.errors import StoreNewer
from tracker.message import Message, with_progress
from tracker.model import Milestone, with_attestation
from tracker.store import migrate
from tracker.store.migrate import SCHEMA
from tracker.store.postgres import faults, rows
from tracker.store.postgres.tables import CREATE, EVIDENCE, SEALED, SHARDS, TABLES

_STEPS: tuple[Callable[[Connection], object], ...] = (
    lambda _: None,
    lambda connection: connection.execute(SEALED),
    lambda connection: connection.execute(EVIDENCE),
)
"""What brings the tables from each version to the next; the first is from 1 to 2.

There blanks came to count less in the columns of text, and all rows are written anew in any case.
"""

_VERSIONS = "SELECT tables, documents FROM tracker_store"
_REWRITE = f"UPDATE tracker_milestones SET {rows.SET}, version = version + 1 WHERE id = %(old)s"


def make(connection: Connection, kept: Sequence[Milestone]) -> None:
    """Make the tables and put these milestones in."""
    for statement in CREATE:
        connection.execute(statement)
    after = max((one.id for one in kept), default=0) + 1
    store = "INSERT INTO tracker_store (one, tables, documents, next_id) VALUES (1, %s, %s, %s)"
    connection.execute(store, (TABLES, SCHEMA, after))
    standing = sum(one.removed_on is None for one in kept)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO tracker_counts (shard, changes, standing, seal) VALUES (%s, 0, %s, %s)",
            [(0, standing, rows.seals(kept)), *((shard, 0, 0) for shard in range(1, SHARDS))],
        )
        told = with_progress(kept, Message("Writing milestones"))
        cursor.executemany(rows.INSERT, (rows.row(one) | {"version": 1} for one in told))


def is_there(connection: Connection) -> bool:
    found = connection.execute("SELECT to_regclass('tracker_store')").fetchone()
    return found != (None,)


def is_current(connection: Connection, name: str) -> bool:
    """Whether the tables need nothing. Raises StoreNewer, or StoreMissing without our row."""
    found = connection.execute(_VERSIONS).fetchone()
    if found is None:
        raise faults.missing(name)
    tables, documents = found
    if tables > TABLES or documents > SCHEMA:
        raise StoreNewer(
            "{name} has schema version {tables}.{documents}; this tracker reads up to "
            "{kept}.{schema}.",
            "Install a newer tracker.",
            name=name,
            tables=tables,
            documents=documents,
            kept=TABLES,
            schema=SCHEMA,
        )
    return bool(tables == TABLES and documents == SCHEMA)


def bring_forward(connection: Connection) -> None:
    """Bring tables and documents up to what this program reads; one process does, others wait."""
    for tables, documents in connection.execute(f"{_VERSIONS} FOR UPDATE").fetchall():
        for step in _STEPS[tables - 1 :]:
            step(connection)
        if (tables, documents) != (TABLES, SCHEMA):
            _bring_documents_forward(connection, documents)
    connection.execute("UPDATE tracker_store SET tables = %s, documents = %s", (TABLES, SCHEMA))


def _bring_documents_forward(connection: Connection, schema: int) -> None:
    ((now,),) = connection.execute("SELECT current_timestamp AT TIME ZONE 'UTC'").fetchall()
    now = now.replace(tzinfo=UTC)
    old = connection.execute("SELECT id, document FROM tracker_milestones ORDER BY id").fetchall()
    plain = {id: msgspec.json.decode(text, type=dict[str, Any]) for id, text in old}
    forward = migrate.forward(plain, schema, now)
    there = msgspec.convert(list(forward.values()), list[Milestone])
    if schema < migrate.SEALED:
        there = with_attestation(there, there, now)
    with connection.cursor() as cursor:
        cursor.executemany(
            _REWRITE,
            [rows.row(one) | {"old": old} for old, one in zip(forward, there, strict=True)],
        )
    connection.execute("UPDATE tracker_counts SET seal = 0")
    connection.execute("UPDATE tracker_counts SET seal = %s WHERE shard = 0", (rows.seals(there),))
