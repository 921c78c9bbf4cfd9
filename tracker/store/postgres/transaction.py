"""One attempt at a change: what it read, with the version of each row, and what it put.

No isolation level is relied upon. A row is written only if it still has the version that was read,
and a row that the work looked up by name and left alone must still have it too; an id or uid that
two writers add at once is refused to the second by the database. Whatever has moved meanwhile is
`Moved`, and the whole work is done again from what is there now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from random import randrange
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    func,
    insert,
    select,
    update,
)

from tracker.model import Milestone
from tracker.store.postgres import rows
from tracker.store.postgres.tables import SHARDS, changes, counts, m, milestones, store

T = TypeVar("T")

_READ = select(m.id, m.version, m.document)
_UPDATE = (
    update(milestones)
    .where(m.id == bindparam("read_id"), m.version == bindparam("read"))
    .values({column.name: bindparam(column.name) for column in milestones.c})
)


class Moved(Exception):
    """Another writer changed something that this attempt had read."""


class PostgresTransaction:
    """What a work is called with; `name` is the store's, for what an error says."""

    def __init__(self, connection: Connection, name: str) -> None:
        self._connection = connection
        self._name = name
        self._versions: dict[int, int] = {}
        self._standing: dict[int, bool] = {}
        self._named: set[int] = set()
        self._next_id: int | None = None
        self.changed: dict[int, Milestone] = {}

    # -- reading ------------------------------------------------------------------------------

    def all(self) -> list[Milestone]:
        there = {one.id: one for one in self._streamed(_READ)} | self.changed
        return [there[id] for id in sorted(there)]

    def get(self, id: int) -> Milestone | None:
        if id in self.changed:
            return self.changed[id]
        return next(iter(self._looked_for(m.id == id)), None)

    def beginning(self, start: str) -> list[Milestone]:
        first = rows.start(start)
        near = self._looked_for((m.uid_start >= first) & (m.uid_start <= first + rows.BETWEEN))
        there = {one.id: one for one in near} | self.changed
        return [there[i] for i in sorted(there) if there[i].uid.lower().startswith(start.lower())]

    def known(self, uids: Iterable[str]) -> dict[str, Milestone]:
        wanted = {uid for uid in uids if uid.isprintable()}
        there = {
            one.id: one
            for some in _in_parts(sorted(wanted))
            for one in self._looked_for(m.uid.in_(some))
        } | self.changed
        return {one.uid: one for one in there.values() if one.uid in wanted}

    def latest(self) -> Iterator[Milestone]:
        put = sorted(self.changed.values(), key=lambda one: one.recorded_at, reverse=True)
        for one in self._streamed(_READ.order_by(m.recorded_at.desc(), m.id)):
            while put and put[0].recorded_at >= one.recorded_at:
                yield put.pop(0)
            if one.id not in self.changed:
                yield one
        yield from put

    def _looked_for(self, condition: ColumnElement[bool]) -> list[Milestone]:
        found = self._connection.execute(_READ.where(condition)).all()
        self._named.update(row.id for row in found)
        return [self._milestone(row) for row in found]

    def _streamed(self, wanted: Select[Any]) -> Iterator[Milestone]:
        with self._connection.execute(wanted, execution_options=rows.STREAMING) as found:
            yield from map(self._milestone, found)

    def _milestone(self, row: Row[Any, Any, Any]) -> Milestone:
        one = rows.milestone(row.document, self._name)
        if one.id != row.id:
            raise rows.corrupt(self._name, f"the row {row.id} holds a milestone with id {one.id}")
        before = self._versions.setdefault(row.id, row.version)
        if before != row.version:
            raise Moved
        self._standing[row.id] = one.removed_on is None
        return one

    # -- writing ------------------------------------------------------------------------------

    def new_id(self) -> int:
        if self._next_id is None:
            # Held until the end: additions come one after the other, and no id is left out.
            self._next_id = self._connection.execute(
                select(store.c.next_id).with_for_update()
            ).scalar_one()
        return max(self._next_id, max(self.changed, default=0) + 1)

    def put(self, milestone: Milestone) -> None:
        self.changed[milestone.id] = milestone

    def write(self, key: UUID, attempt: int) -> None:
        """Send all that was put, recorded as this attempt at the change `key`. Raises Moved."""
        self._learn_unread()
        self._hold_what_was_read()
        # Always in order of id, so that two writers seldom wait for each other.
        ids = sorted(self.changed)
        self._update([id for id in ids if id in self._versions])
        self._insert([id for id in ids if id not in self._versions])
        more = sum(one.removed_on is None for one in self.changed.values())
        more -= sum(self._standing[id] for id in ids if id in self._standing)
        self._connection.execute(
            insert(changes).values(key=key, attempt=attempt, at=func.current_timestamp())
        )
        # The last, since two that meet at one shard wait for each other from here to the commit.
        self._connection.execute(
            update(counts)
            .where(counts.c.shard == randrange(SHARDS))  # noqa: S311  # to spread, not to hide
            .values(changes=counts.c.changes + 1, standing=counts.c.standing + more)
        )

    def _learn_unread(self) -> None:
        unread = [id for id in self.changed if id not in self._versions]
        for some in _in_parts(unread):
            wanted = select(m.id, m.version, m.removed).where(m.id.in_(some))
            for row in self._connection.execute(wanted):
                self._versions[row.id] = row.version
                self._standing[row.id] = not row.removed

    def _hold_what_was_read(self) -> None:
        for some in _in_parts(sorted(self._named - self.changed.keys())):
            wanted = select(m.id, m.version).where(m.id.in_(some)).order_by(m.id)
            held = self._connection.execute(wanted.with_for_update(read=True)).all()
            if {row.id: row.version for row in held} != {id: self._versions[id] for id in some}:
                raise Moved

    def _update(self, ids: Sequence[int]) -> None:
        values = [
            rows.row(self.changed[id])
            | {"read_id": id, "read": self._versions[id], "version": self._versions[id] + 1}
            for id in ids
        ]
        if values:
            found = self._connection.execute(_UPDATE, values if len(values) > 1 else values[0])
            if found.rowcount != len(values):
                raise Moved

    def _insert(self, ids: Sequence[int]) -> None:
        if ids:
            new = [rows.row(self.changed[id]) | {"version": 1} for id in ids]
            self._connection.execute(insert(milestones), new)
            after = max(ids) + 1
            self._connection.execute(
                update(store).where(store.c.next_id < after).values(next_id=after)
            )


def _in_parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for begin in range(0, len(values), rows.AT_A_TIME):
        yield values[begin : begin + rows.AT_A_TIME]
