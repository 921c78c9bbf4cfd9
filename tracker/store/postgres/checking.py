"""What the tables repeat of the documents and no longer do, since SQL changed it beside them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import xor
from typing import Any

from psycopg import Connection, DataError
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.rows import dict_row
from psycopg.sql import SQL, Identifier
from psycopg.types.datetime import DateLoader, TimestamptzLoader

from tracker.coherence import Fault
from tracker.message import Message
from tracker.store.postgres.rows import AT_A_TIME, BETWEEN, milestone_at, row, seal
from tracker.store.postgres.tables import COLUMNS

_SHORT = 60
"""How many characters of a text are shown."""

_ROWS = f"SELECT {', '.join(COLUMNS)} FROM tracker_milestones ORDER BY id"
_COUNTED = "SELECT standing, seal FROM tracker_counts"
_MEND_ROW = SQL("UPDATE tracker_milestones SET {} WHERE id = {};")
_MEND_COUNT = SQL("UPDATE tracker_counts SET standing = standing + {} WHERE shard = 0;")


def faults(connection: Connection, name: str) -> Iterator[Fault]:
    """Yield what differs, row by row, then in their count. Raises StoreCorrupt for a document."""
    standing = sealed = 0
    # In another timezone the ends of time are out of reach.
    connection.execute("SET LOCAL TIME ZONE 'UTC'")
    with connection.cursor("tracker", row_factory=dict_row) as cursor:
        cursor.itersize = AT_A_TIME
        cursor.adapters.register_loader("date", _any_day(DateLoader))
        cursor.adapters.register_loader("timestamptz", _any_day(TimestamptzLoader))
        for found in cursor.execute(_ROWS):
            one = milestone_at(found["id"], found["document"], name)
            standing += one.removed_on is None
            sealed ^= seal(one)
            # The document is what the others are held against, however it is laid out.
            right = {k: v for k, v in row(one).items() if k != "document" and found[k] != v}
            if right:
                told = tuple(_differing(k, found[k], v) for k, v in right.items())
                put = SQL(", ").join(
                    SQL("{} = {}").format(Identifier(k), v) for k, v in right.items()
                )
                yield Fault(
                    one.id,
                    Message(
                        "has columns that were changed beside its document: {columns}", columns=told
                    ),
                    Message("Type in psql: {sql}", sql=_MEND_ROW.format(put, one.id).as_string()),
                )
    counts = connection.execute(_COUNTED).fetchall()
    counted = sum(count for count, _ in counts)
    if counted != standing:
        yield Fault(
            0,
            Message(
                "counts {counted} milestones that are not removed, and has {count}",
                counted=counted,
                count=standing,
            ),
            Message("Type in psql: {sql}", sql=_MEND_COUNT.format(standing - counted).as_string()),
        )
    if reduce(xor, (kept for _, kept in counts), 0) != sealed:
        yield Fault(
            0,
            Message(
                "is not the record that was written last: a row or an entry was put in, taken out "
                "or altered past the commands"
            ),
            Message("Restore it from a copy."),
        )


def _differing(column: str, found: Any, right: Any) -> Message:
    is_, should = _shown(found), _shown(right)
    short = max(len(is_), len(should)) <= _SHORT
    if short:
        return Message("{column} is {found}, not {right}", column=column, found=is_, right=should)
    return Message("{column} is another text", column=column)


def _shown(value: Any) -> str:
    if isinstance(value, bytes):
        parts = [part.decode("utf-8", "replace") for part in value.split(BETWEEN) if part]
        return repr(", ".join(parts))
    return "empty" if value is None else str(value)


def _any_day(loader: type[Loader]) -> type[Loader]:
    """One that leaves a day which Python has not, such as infinity, in PostgreSQL's words."""

    class AnyDay(loader):  # type: ignore[misc,valid-type]  # a class that is an argument
        def load(self, data: Buffer) -> Any:
            try:
                return super().load(data)
            except DataError:
                return bytes(data).decode()

    return AnyDay
