"""All milestones, again and again: only documents that changed since the last time are fetched."""

from __future__ import annotations

from collections.abc import Hashable

from psycopg import Connection

from tracker.model import Milestone
from tracker.store import Snapshot
from tracker.store.postgres.rows import AT_A_TIME, marks, milestone_at, streamed

# The instant too: in a database that was restored to an earlier day, versions are given again.
_ALL = "SELECT id, version, recorded_at AT TIME ZONE 'UTC' FROM tracker_milestones ORDER BY id"
_SOME = "SELECT id, document FROM tracker_milestones WHERE id IN ({})"
_CHANGES = "SELECT sum(changes) FROM tracker_counts"


def take(connection: Connection, earlier: Snapshot | None, name: str) -> Snapshot:
    """Read everything. The connection reads one state of the store throughout."""
    known = earlier.kept if earlier else {}
    keys = list(streamed(connection, _ALL))
    fetched: dict[int, Milestone] = {}
    new = [key[0] for key in keys if key not in known]
    for begin in range(0, len(new), AT_A_TIME):
        some = new[begin : begin + AT_A_TIME]
        for id, document in connection.execute(_SOME.format(marks(some)), some):
            fetched[id] = milestone_at(id, document, name)
    kept: dict[Hashable, Milestone] = {
        key: known[key] if key in known else fetched[key[0]] for key in keys
    }
    return Snapshot(changes(connection), kept)


def changes(connection: Connection) -> str:
    """How many changes there were."""
    (count,) = connection.execute(_CHANGES).fetchone() or (0,)
    return str(count)
