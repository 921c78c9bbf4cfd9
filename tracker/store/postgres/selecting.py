"""A list's question as SQL, so that the database reads through an index what the list shows.

A milestone whose last change took effect by the day asked about is as it is stored: the database
filters, orders and cuts those. The others, changed since, are fetched whole, replayed to that day
and filtered in memory; on the present day there are none. A criterion without a column is asked in
memory of all that the others let through.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from psycopg import Connection

from tracker.model import (
    FieldKind,
    Milestone,
    Standing,
    StandingOn,
    Status,
    lasts,
    passes,
    soon_until,
)
from tracker.query import (
    CRITERIA,
    NULLABLE,
    STATUS_ORDER,
    Compare,
    Criterion,
    Filter,
    Page,
    Query,
    Selection,
    Sort,
    is_descending,
    paged,
    with_tiebreak,
)
from tracker.store.postgres.rows import AT_A_TIME, BETWEEN, marks, milestone_at, streamed
from tracker.texts import folded

_STATUS_PLACE = " ".join(f"WHEN '{s.value}' THEN {n}" for s, n in STATUS_ORDER.items())
_WAYS = {True: "DESC", False: "ASC"}
# What has no date or owner comes last, or first in a list turned round; databases differ in where
# they put NULL untold.
_NULLS = {True: " NULLS FIRST", False: " NULLS LAST"}
_SORTED_BY: dict[Sort, str] = {
    Sort.STATUS: f"CASE status {_STATUS_PLACE} END",
    Sort.CHANGED: "recorded_at",
}
"""What stands for an order where no column is called like it."""
_TELL = """
SELECT (SELECT sum(standing) FROM tracker_counts),
    (SELECT count(*) FROM tracker_milestones WHERE last_on > %s)
"""
_SINCE = "SELECT id, document FROM tracker_milestones WHERE last_on > %s"


def answer(connection: Connection, query: Query, name: str) -> Selection:
    """Answer as `query.select` does. The connection reads one state of the store throughout."""
    standing, later = connection.execute(_TELL, [query.as_of]).fetchone() or (0, 0)
    since = list(_documents(connection, _SINCE, [query.as_of], later, name))
    held = [then for known in since if (then := known.as_of(query.as_of)) is not None]
    replayed = [then for then in held if query.chosen.holds(then)]
    parts = list(_conditions(query, settled=not later))
    holds = " AND ".join(condition for condition, _ in parts)
    values = [value for _, compared in parts for value in compared]
    wanted = f"SELECT id, document FROM tracker_milestones WHERE {holds} ORDER BY "
    wanted += ", ".join(_order(query.page))
    unasked = not _is_all_asked(query.chosen)
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
    for id, document in found:
        yield milestone_at(id, document, name)


def _order(page: Page) -> Iterator[str]:
    for key in with_tiebreak(page.sort):
        column = _SORTED_BY.get(key.by, key.by.value)
        nulls = _NULLS[page.reverse] if key.by in NULLABLE else ""
        yield f"{column} {_WAYS[is_descending(key) != page.reverse]}{nulls}"


def _is_all_asked(chosen: Filter) -> bool:
    """Whether the columns tell all that a filter asks: not whether a completion was late."""
    asked = chosen.standings
    is_told = asked is None or (Standing.DONE in asked.among) == (Standing.DONE_LATE in asked.among)
    return is_told and all(CRITERIA[name].column for name in chosen.wanted)


def _conditions(query: Query, *, settled: bool) -> Iterator[tuple[str, Sequence[Any]]]:
    """What holds of the rows that the filter holds of, each with what it compares with.

    If all is `settled`, nothing was changed after the day: then the index alone can count them.
    """
    wanted = query.chosen.wanted
    if not settled:
        yield "last_on <= %s", [query.as_of]
    # What is owed is not removed; one of the two, so that its index serves.
    if "owed" not in wanted:
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
        case FieldKind.STANDING:
            yield _standing_sql(value)
        case FieldKind.DAY:
            yield f"{column} {_SIGNS[asked.compare]} %s", [value]
        case FieldKind.TAGS:
            yield from (_within(tag, column, BETWEEN) for tag in value)
        case _:
            yield _within(folded(value), column)


def _standing_sql(asked: StandingOn) -> tuple[str, Sequence[Any]]:
    """What holds of the rows that stand so, and of those completed whether late or not."""
    settled = [status.value for status in Status if _settles(status, asked)]
    parts = [(f"status IN ({marks(settled)})", settled)] if settled else []
    parts += [_OWED[standing](asked.day) for standing in _OWED if standing in asked.among]
    condition = " OR ".join(part for part, _ in parts)
    return f"({condition})", [value for _, values in parts for value in values]


def _settles(status: Status, asked: StandingOn) -> bool:
    late = status.shows_as is Standing.DONE and Standing.DONE_LATE in asked.among
    return late or status.shows_as in asked.among


_SIGNS: dict[Compare | None, str] = {
    operator.lt: "<",
    operator.le: "<=",
    operator.ge: ">=",
    operator.gt: ">",
}
_OWED: dict[Standing, Callable[[date], tuple[str, list[Any]]]] = {
    Standing.OVERDUE: lambda day: (f"owed AND due {_SIGNS[passes]} %s", [day]),
    Standing.DUE_SOON: lambda day: (
        f"owed AND due {_SIGNS[lasts]} %s AND due <= %s",
        [day, soon_until(day)],
    ),
    Standing.OPEN: lambda day: ("owed AND due > %s", [soon_until(day)]),
    Standing.NO_DATE: lambda _: ("owed AND due IS NULL", []),
}


def _within(part: str, column: str, around: bytes = b"") -> tuple[str, Sequence[Any]]:
    try:
        return f"position(%s IN {column}) > 0", [around + part.encode() + around]
    except UnicodeEncodeError:
        # What UTF-8 cannot hold is in no text that is stored.
        return "FALSE", []
