"""The tables. A milestone is one row: the whole of it as a JSON document, and what lists ask for.

The columns beside the document only repeat it, so that indexes can serve the lists. Text to search
is kept folded, as UTF-8 bytes: bytes are compared alike by every database whatever its locale,
hold NUL, and leave 0xFF, which no UTF-8 has, to stand between the texts of one column.

All of it is SQL that distributed databases with PostgreSQL's protocol take too. The primary key is
the uid, which is random; the small ids are drawn from one row, which only additions lock.
"""

from __future__ import annotations

TABLES = 4
"""The version of these tables; `schema.py` brings older ones forward."""

SHARDS = 256
"""Over how many rows the counting of changes is spread, so that writers rarely meet at one."""

# One row: the versions of the tables and of the documents, and the id that is given next.
_STORE = """
CREATE TABLE tracker_store (
    one SMALLINT NOT NULL PRIMARY KEY,
    tables INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    next_id BIGINT NOT NULL
)
"""

COLUMNS = {
    "uid": "TEXT NOT NULL PRIMARY KEY",
    "id": "BIGINT NOT NULL UNIQUE",
    "version": "BIGINT NOT NULL",
    "document": "TEXT NOT NULL",
    "uid_start": "BYTEA NOT NULL",
    "removed": "BOOLEAN NOT NULL",
    "owed": "BOOLEAN NOT NULL",
    "status": "TEXT NOT NULL",
    "due": "DATE",
    "last_on": "DATE NOT NULL",
    "recorded_at": "TIMESTAMP WITH TIME ZONE NOT NULL",
    "title": "BYTEA NOT NULL",
    "owner": "BYTEA",
    "owners": "BYTEA",
    "sources": "BYTEA",
    "texts": "BYTEA",
    "tags": "BYTEA",
}
"""Those of `tracker_milestones`, with their types."""

_MILESTONES = f"CREATE TABLE tracker_milestones ({', '.join(map(' '.join, COLUMNS.items()))})"

_INDEXES = (
    "CREATE INDEX tracker_by_start ON tracker_milestones (uid_start)",
    "CREATE INDEX tracker_by_owed ON tracker_milestones (owed, due, id)",
    "CREATE INDEX tracker_by_due ON tracker_milestones (removed, due, id)",
    "CREATE INDEX tracker_by_last_day ON tracker_milestones (last_on)",
    "CREATE INDEX tracker_by_record ON tracker_milestones (recorded_at, id)",
)

# What was committed of late, for a writer that lost its connection and has to ask.
_CHANGES = """
CREATE TABLE tracker_changes (
    key UUID NOT NULL PRIMARY KEY,
    attempt INTEGER NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL
)
"""

# Their sums say how many changes there were, and how many milestones are not removed. Their seals,
# XORed, are those of all milestones (`rows.seal`), whoever came first.
_COUNTS = """
CREATE TABLE tracker_counts (
    shard SMALLINT NOT NULL PRIMARY KEY,
    changes BIGINT NOT NULL,
    standing BIGINT NOT NULL,
    seal BIGINT NOT NULL
)
"""

# Evidence is never in a row that lists read. `times` counts how often it was kept, so that nothing
# is dropped that somebody has just kept again.
EVIDENCE = """
CREATE TABLE tracker_evidence (
    sha256 TEXT NOT NULL PRIMARY KEY,
    content BYTEA NOT NULL,
    times BIGINT NOT NULL
)
"""
"""What brings version 3 forward."""

SEALED = "ALTER TABLE tracker_counts ADD COLUMN seal BIGINT NOT NULL DEFAULT 0"
"""What brings version 2 forward; the seals are written with the milestones."""

CREATE = (_STORE, _MILESTONES, *_INDEXES, _CHANGES, _COUNTS, EVIDENCE)
"""The statements that make all of it."""
