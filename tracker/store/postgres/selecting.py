"""A list's question as SQL, so that the database reads through an index what the list shows.

A milestone whose last change took effect by the day asked about is as it is stored: the database
filters, orders and cuts those. The others, changed since, are fetched whole, replayed to that day
and filtered in memory; on the present day there are none. A criterion without a column is asked in
memory of all that the others let through.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator, Sequence
from typing import Any

from psycopg import Connection

from tracker.model import FieldKind, Milestone
from tracker.query import (
    CRITERIA,
    STATUS_ORDER,
    Compare,
    Criterion,
    Page,
    Query,
    Selection,
    Sort,
    paged,
)
from tracker.store.postgres.rows import AT_A_TIME, BETWEEN, marks, milestone, streamed
from tracker.texts import folded

_STATUS_PLACE = " ".join(f"WHEN '{s.value}' THEN {n}" for s, n in STATUS_ORDER.items())
_WAYS = {True: "ASC", False: "DESC"}
# What has no date or owner comes last; databases differ in where they put NULL untold.
_NULLS = {True: "NULLS LAST", False: "NULLS FIRST"}
_NULLABLE = ("due", "owner")
_DUE, _ID = ("due", True), ("id", True)
# Each with whether it goes upward.
_ORDERS: dict[Sort, tuple[tuple[str, bool], ...]] = {
    Sort.DUE: (_DUE, _ID),
    Sort.ID: (_ID,),
    Sort.TITLE: (("title", True), _ID),
    Sort.OWNER: (("owner", True), _DUE, _ID),
    Sort.STATUS: ((f"CASE status {_STATUS_PLACE} END", True), _DUE, _ID),
    Sort.CHANGED: (("recorded_at", False), _ID),
}
_TELL = """
SELECT (SELECT sum(standing) FROM tracker_counts),
    (SELECT count(*) FROM tracker_milestones WHERE last_on > %s)
"""
_SINCE = "SELECT document FROM tracker_milestones WHERE last_on > %s"


def answer(connection: Connection, query: Query, name: str) -> Selection:
    """Answer as `query.select` does. The connection reads one state of the store throughout."""
    standing, later = connection.execute(_TELL, [query.as_of]).fetchone() or (0, 0)
    since = list(_documents(connection, _SINCE, [query.as_of], later, name))
    held = [then for known in since if (then := known.as_of(query.as_of)) is not None]
    replayed = [then for then in held if query.chosen.holds(then)]
    parts = list(_conditions(query, settled=not later))
    holds = " AND ".join(condition for condition, _ in parts)
    values = [value for _, compared in parts for value in compared]
    wanted = f"SELECT document FROM tracker_milestones WHERE {holds} ORDER BY "
    wanted += ", ".join(_order(query.page))
    unasked = any(not CRITERIA[name].column for name in query.chosen.wanted)
    limit = None if unasked else query.page.limit
    if limit is None:
        found = list(_documents(connection, wanted, values, None, name))
    else:
        found = list(_documents(connection, f"{wanted} LIMIT %s", [*values, limit], limit, name))
    if unasked:
        found = [m for m in found if query.chosen.holds(m)]
    total = len(found)
    if total == limit:
        count = f"SELECT count(*) FROM tracker_milestones WHERE {holds}"
        (total,) = connection.execute(count, values).fetchone() or (0,)
    return Selection(
        paged([*found, *replayed], query.page) if replayed or unasked else found,
        total + len(replayed),
        int(standing) - sum(known.removed_on is None for known in since) + len(held),
        sum(known.is_dated_after(query.as_of) for known in since),
    )


def _documents(
    connection: Connection, wanted: str, values: Sequence[Any], most: int | None, name: str
) -> Iterator[Milestone]:
    """Yield the milestones selected, of which there are at most so many."""
    if most == 0:
        return
    few = most is not None and most <= AT_A_TIME
    found = connection.execute(wanted, values) if few else streamed(connection, wanted, values)
    for (document,) in found:
        yield milestone(document, name)


def _order(page: Page) -> Iterator[str]:
    for column, upward in _ORDERS[page.sort]:
        up = upward != page.reverse
        yield f"{column} {_WAYS[up]}" + (f" {_NULLS[up]}" if column in _NULLABLE else "")


def _conditions(query: Query, *, settled: bool) -> Iterator[tuple[str, Sequence[Any]]]:
    """What holds of the rows that the filter holds of, each with what it compares with.

    If all is `settled`, nothing was changed after the day: then the index alone can count them.
    """
    wanted = query.chosen.wanted
    if not settled:
        yield "last_on <= %s", [query.as_of]
    if (
        "owed" not in wanted
    ):  # what is owed is not removed; one of the two, so that its index serves
        yield "NOT removed", []
    for name, value in wanted.items():
        yield from _condition(CRITERIA[name], value)


def _condition(asked: Criterion, value: Any) -> Iterator[tuple[str, Sequence[Any]]]:
    """What holds of the rows that a criterion holds of; nothing if it has no column."""
    column = asked.column
    match asked.kind:
        case _ if not column or value is True:
            yield from [(column, [])] if column else []
        case FieldKind.STATUS:
            yield f"{column} IN ({marks(value)})", [status.value for status in value]
        case FieldKind.DAY:
            yield f"{column} {_SIGNS[asked.compare]} %s", [value]
        case FieldKind.TAGS:
            yield from (_within(tag, column, BETWEEN) for tag in value)
        case _:
            yield _within(folded(value), column)


_SIGNS: dict[Compare | None, str] = {operator.lt: "<", operator.le: "<=", operator.ge: ">="}


def _within(part: str, column: str, around: bytes = b"") -> tuple[str, Sequence[Any]]:
    try:
        return f"position(%s IN {column}) > 0", [around + part.encode() + around]
    except UnicodeEncodeError:
        # What UTF-8 cannot hold is in no text that is stored.
        return "FALSE", []
