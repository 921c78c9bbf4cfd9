"""Making the tables, and bringing older ones forward, each in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, func, insert, inspect, select, update

from tracker.errors import StoreNewer
from tracker.model import Milestone
from tracker.store import migrate
from tracker.store.layout import SCHEMA
from tracker.store.postgres import faults, rows
from tracker.store.postgres.tables import SHARDS, TABLES, counts, m, metadata, milestones, store

_STEPS: tuple[Callable[[Connection], None], ...] = ()
"""What brings the tables from each version to the next; the first is from 1 to 2."""


def make(connection: Connection, kept: Sequence[Milestone]) -> None:
    """Make the tables and put these milestones in."""
    metadata.create_all(connection)
    after = max((one.id for one in kept), default=0) + 1
    connection.execute(insert(store).values(one=1, tables=TABLES, documents=SCHEMA, next_id=after))
    standing = sum(one.removed_on is None for one in kept)
    shards = [
        {"shard": shard, "changes": 0, "standing": 0 if shard else standing}
        for shard in range(SHARDS)
    ]
    connection.execute(insert(counts), shards)
    for begin in range(0, len(kept), rows.AT_A_TIME):
        some = kept[begin : begin + rows.AT_A_TIME]
        connection.execute(insert(milestones), [rows.row(one) | {"version": 1} for one in some])


def is_there(connection: Connection) -> bool:
    return inspect(connection).has_table(store.name)


def is_current(connection: Connection, name: str) -> bool:
    """Whether the tables need nothing. Raises StoreNewer, or StoreMissing without our row."""
    found = connection.execute(select(store.c.tables, store.c.documents)).first()
    if found is None:
        raise faults.missing(name)
    if found.tables > TABLES or found.documents > SCHEMA:
        raise StoreNewer(
            f"{name} has schema version {found.tables}.{found.documents}; "
            f"this tracker reads up to {TABLES}.{SCHEMA}.",
            "Install a newer tracker.",
        )
    return bool(found.tables == TABLES and found.documents == SCHEMA)


def bring_forward(connection: Connection) -> None:
    """Bring tables and documents up to what this program reads; one process does, others wait."""
    found = connection.execute(select(store.c.tables, store.c.documents).with_for_update()).one()
    for step in _STEPS[found.tables - 1 :]:
        step(connection)
    if found.documents < SCHEMA:
        _bring_documents_forward(connection, found.documents)
    connection.execute(update(store).values(tables=TABLES, documents=SCHEMA))


def _bring_documents_forward(connection: Connection, schema: int) -> None:
    now = connection.execute(select(func.current_timestamp())).scalar_one().astimezone(UTC)
    old = connection.execute(select(m.id, m.document).order_by(m.id)).all()
    plain = {row.id: msgspec.json.decode(row.document, type=dict[str, Any]) for row in old}
    values = [
        rows.row(msgspec.convert(row, Milestone)) | {"old": id}
        for id, row in migrate.forward(plain, schema, now).items()
    ]
    columns: dict[str, Any] = {
        column.name: bindparam(column.name) for column in milestones.c if column is not m.version
    }
    if values:
        connection.execute(
            update(milestones)
            .where(m.id == bindparam("old"))
            .values(columns | {"version": m.version + 1}),
            values,
        )
