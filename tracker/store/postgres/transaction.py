"""One attempt at a change: what it read, with the version of each row, and what it put.

No isolation level is relied upon. A row is written only if it still has the version that was read,
and a row that the work looked up by name and left alone must still have it too; an id or uid that
two writers add at once is refused to the second by the database. Whatever has moved meanwhile is
`RowMoved`, and the whole work is done again from what is there now.

So what is read needs no transaction. Most changes are to one row that is there: a question, and one
statement that does all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from psycopg import Connection, Cursor
from psycopg.pq import TransactionStatus

from tracker.message import Message, with_progress
from tracker.model import Milestone
from tracker.store import Effect
from tracker.store.evidence import digest_of, orphans
from tracker.store.postgres import rows
from tracker.store.postgres.evidence import EvidenceChanges
from tracker.store.postgres.tables import SHARDS

T = TypeVar("T")

_READ = "SELECT id, version, document FROM tracker_milestones"
_UPDATE = (
    f"UPDATE tracker_milestones SET {rows.SET}, version = version + 1"
    " WHERE id = %(id)s AND version = %(version)s"
)
_COUNT = """
UPDATE tracker_counts
SET changes = changes + 1, standing = standing + %(more)s, seal = seal # %(seal)s
WHERE shard = %(shard)s
"""
# All of a change to one row. If it has moved, nothing is done at all.
_ALONE = f"""
WITH changed AS ({_UPDATE} RETURNING id), counted AS (
    {_COUNT} AND EXISTS (SELECT id FROM changed)
)
INSERT INTO tracker_changes (key, attempt, at)
SELECT %(key)s, %(attempt)s, current_timestamp FROM changed
"""
_BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED"
_KEY = """
INSERT INTO tracker_changes (key, attempt, at) VALUES (%(key)s, %(attempt)s, current_timestamp)
"""


class RowMoved(Exception):
    """Another writer changed something that this attempt had read."""


class PostgresTransaction:
    """What a work is called with; `name` is the store's, for what an error says.

    `local` are the settings that a transaction of several statements begins with.
    """

    def __init__(self, connection: Connection, name: str, local: Sequence[str] = ()) -> None:
        self._connection = connection
        self._name = name
        self._local = local
        self._versions: dict[int, int] = {}
        self._before: dict[int, Milestone] = {}
        self._named: set[int] = set()
        self._next_id: int | None = None
        self._evidence = EvidenceChanges(connection)
        self.changed: dict[int, Milestone] = {}

    # -- reading ------------------------------------------------------------------------------

    def all(self) -> list[Milestone]:
        there = {one.id: one for one in self._streamed(_READ)} | self.changed
        return [there[id] for id in sorted(there)]

    def get(self, id: int) -> Milestone | None:
        if id in self.changed:
            return self.changed[id]
        return next(iter(self._looked_for("id = %s", [id])), None)

    def beginning(self, start: str) -> list[Milestone]:
        first = rows.uid_prefix(start)
        near = self._looked_for("uid_start BETWEEN %s AND %s", [first, first + rows.BETWEEN])
        there = {one.id: one for one in near} | self.changed
        return [there[i] for i in sorted(there) if there[i].uid.lower().startswith(start.lower())]

    def known(self, uids: Iterable[str]) -> dict[str, Milestone]:
        wanted = {uid for uid in uids if uid.isprintable()}
        there = {
            one.id: one
            for some in _in_parts(sorted(wanted))
            for one in self._looked_for(f"uid IN ({rows.marks(some)})", some)
        } | self.changed
        return {one.uid: one for one in there.values() if one.uid in wanted}

    def parts(self) -> list[Milestone]:
        return self._looked_for("document LIKE %s", ['%"parent":%'])

    def latest(self) -> Iterator[Milestone]:
        put = sorted(self.changed.values(), key=lambda one: one.recorded_at, reverse=True)
        for one in self._streamed(f"{_READ} ORDER BY recorded_at DESC, id"):
            while put and put[0].recorded_at >= one.recorded_at:
                yield put.pop(0)
            if one.id not in self.changed:
                yield one
        yield from put

    def newest(self) -> datetime | None:
        # In UTC, since the ends of time are out of reach in the timezone of a session.
        ask = "SELECT max(recorded_at) AT TIME ZONE 'UTC' FROM tracker_milestones"
        ((there,),) = self._connection.execute(ask).fetchall()
        known = [] if there is None else [there.replace(tzinfo=UTC)]
        return max((*known, *(one.recorded_at for one in self.changed.values())), default=None)

    def exhibits(self) -> dict[str, int]:
        return self._evidence.sizes()

    def unnamed(self) -> dict[str, int]:
        return orphans(self)

    def _looked_for(self, condition: str, values: Sequence[Any]) -> list[Milestone]:
        found = self._connection.execute(f"{_READ} WHERE {condition}", values).fetchall()
        self._named.update(row[0] for row in found)
        return [self._milestone(*row) for row in found]

    def _streamed(self, wanted: str) -> Iterator[Milestone]:
        self._begin()
        for row in rows.streamed(self._connection, wanted):
            yield self._milestone(*row)

    def _milestone(self, id: int, version: int, document: str) -> Milestone:
        one = rows.milestone_at(id, document, self._name)
        if self._versions.setdefault(id, version) != version:
            raise RowMoved
        self._before[id] = one
        return one

    # -- writing ------------------------------------------------------------------------------

    def new_id(self) -> int:
        if self._next_id is None:
            self._next_id = self._drawn()
        return max(self._next_id, max(self.changed, default=0) + 1)

    def _drawn(self) -> int:
        # Held until the end: additions come one after the other, and no id is left out.
        ask = "SELECT next_id FROM tracker_store FOR UPDATE"
        with self._connection.pipeline():
            self._begin()
            (drawn,) = self._connection.execute(ask).fetchone() or (1,)
        return int(drawn)

    def put(self, milestone: Milestone) -> None:
        self.changed[milestone.id] = milestone

    def let_go(self) -> list[Effect]:
        """Return what was put, beside what was there, and hold nothing in the database."""
        self._learn_unread()
        self._connection.rollback()
        return [Effect(self._before.get(id), m) for id, m in sorted(self.changed.items())]

    def take_up(self) -> None:
        """Hold again what was let go. Raises RowMoved if another drew an id meanwhile."""
        if self._next_id is not None and self._drawn() != self._next_id:
            raise RowMoved

    def keep(self, content: bytes) -> None:
        self._evidence.contents[digest_of(content)] = content

    def drop(self, digests: Iterable[str]) -> None:
        self._evidence.dropped.update(digests)

    @property
    def has_news(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.changed) or self._evidence.has_news

    def write(self, key: UUID, attempt: int) -> Callable[[], None]:
        """Send what was put, recorded as this attempt at the change `key`, and return the commit.

        Both raise Moved.
        """
        self._learn_unread()
        self._hold_what_was_read()
        # Always in order of id, so that two writers seldom wait for each other.
        ids = sorted(self.changed)
        known = [id for id in ids if id in self._versions]
        before = [self._before[id] for id in known]
        more = sum(one.removed_on is None for one in self.changed.values())
        more -= sum(one.removed_on is None for one in before)
        seal = rows.seals([*before, *self.changed.values()])
        counted = {"more": more, "seal": seal, "shard": key.int % SHARDS}
        recorded = {"key": key, "attempt": attempt} | counted
        is_alone = len(known) == len(ids) == 1 and not self._evidence.has_news
        if is_alone and self._is_idle and not self._local:
            alone = self._row(ids[0]) | recorded
            return lambda: _expect(self._connection.execute(_ALONE, alone))
        # Sent together and answered together: others may be waiting for what this one holds.
        with self._connection.pipeline():
            self._begin()
            self._evidence.write()
            updates = [self._connection.execute(_UPDATE, self._row(id)) for id in known]
            self._insert([id for id in ids if id not in self._versions])
            self._connection.execute(_KEY, recorded)
            # The last, since two that meet at one shard wait for each other until the commit.
            self._connection.execute(_COUNT, recorded)
        _expect(*updates)
        return self._connection.commit

    @property
    def _is_idle(self) -> bool:
        return self._connection.info.transaction_status is TransactionStatus.IDLE

    def _begin(self) -> None:
        """Let what follows be one transaction, until the commit."""
        if self._is_idle:
            for statement in (_BEGIN, *self._local):
                self._connection.execute(statement)

    def _learn_unread(self) -> None:
        # From the one drawn on, ids are new: nobody else draws one before this attempt ends.
        new = self._next_id
        unread = [id for id in self.changed if id not in self._versions and (not new or id < new)]
        for some in _in_parts(unread):
            found = self._connection.execute(f"{_READ} WHERE id IN ({rows.marks(some)})", some)
            for row in found:
                self._milestone(*row)

    def _hold_what_was_read(self) -> None:
        for some in _in_parts(sorted(self._named - self.changed.keys())):
            self._begin()
            wanted = f"SELECT id, version FROM tracker_milestones WHERE id IN ({rows.marks(some)})"
            held = self._connection.execute(f"{wanted} ORDER BY id FOR SHARE", some).fetchall()
            if dict(held) != {id: self._versions[id] for id in some}:
                raise RowMoved

    def _row(self, id: int) -> dict[str, Any]:
        return rows.row(self.changed[id]) | {"version": self._versions.get(id, 1)}

    def _insert(self, ids: Sequence[int]) -> None:
        if ids:
            with self._connection.cursor() as cursor:
                cursor.executemany(
                    rows.INSERT, map(self._row, with_progress(ids, Message("Writing milestones")))
                )
            after = max(ids) + 1
            drawn = "UPDATE tracker_store SET next_id = %s WHERE next_id < %s"
            self._connection.execute(drawn, (after, after))


def _expect(*written: Cursor[Any]) -> None:
    """Each of these wrote one row. Raises Moved."""
    if any(one.rowcount != 1 for one in written):
        raise RowMoved


def _in_parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for begin in range(0, len(values), rows.AT_A_TIME):
        yield values[begin : begin + rows.AT_A_TIME]
