"""The tables. A milestone is one row: the whole of it as a JSON document, and what lists ask for.

The columns beside the document only repeat it, so that indexes can serve the lists. Text to search
is kept folded, as UTF-8 bytes: bytes are compared alike by every database whatever its locale,
hold NUL, and leave 0xFF, which no UTF-8 has, to stand between the texts of one column.

All of it is SQL that distributed databases with PostgreSQL's protocol take too. The primary key is
the uid, which is random; the small ids are drawn from one row, which only additions lock.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Uuid,
)

TABLES = 1
"""The version of these tables; `schema.py` brings older ones forward."""

SHARDS = 256
"""Over how many rows the counting of changes is spread, so that writers rarely meet at one."""

metadata = MetaData()

store = Table(
    "tracker_store",
    metadata,
    Column("one", SmallInteger, primary_key=True, autoincrement=False),
    Column("tables", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("next_id", BigInteger, nullable=False),
)
"""One row: the versions of the tables and of the documents, and the id that is given next."""

milestones = Table(
    "tracker_milestones",
    metadata,
    Column("uid", Text, primary_key=True),
    Column("id", BigInteger, nullable=False, unique=True),
    Column("version", BigInteger, nullable=False),
    Column("document", Text, nullable=False),
    Column("uid_start", LargeBinary, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("owed", Boolean, nullable=False),
    Column("status", Text, nullable=False),
    Column("due", Date),
    Column("last_on", Date, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("title", LargeBinary, nullable=False),
    Column("owner", LargeBinary),
    Column("owners", LargeBinary),
    Column("sources", LargeBinary),
    Column("texts", LargeBinary),
    Column("tags", LargeBinary),
)
m = milestones.c
Index("tracker_by_start", m.uid_start)
Index("tracker_by_owed", m.owed, m.due, m.id)
Index("tracker_by_due", m.removed, m.due, m.id)
Index("tracker_by_last_day", m.last_on)
Index("tracker_by_record", m.recorded_at, m.id)

changes = Table(
    "tracker_changes",
    metadata,
    Column("key", Uuid, primary_key=True),
    Column("attempt", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
"""What was committed of late, for a writer that lost its connection and has to ask."""

counts = Table(
    "tracker_counts",
    metadata,
    Column("shard", SmallInteger, primary_key=True, autoincrement=False),
    Column("changes", BigInteger, nullable=False),
    Column("standing", BigInteger, nullable=False),
)
"""Their sums say how many changes there were, and how many milestones are not removed."""
