"""A list's question as SQL, so that the database reads through an index what the list shows.

A milestone whose last change took effect by the day asked about is as it is stored: the database
filters, orders and cuts those. The others, changed since, are fetched whole, replayed to that day
and filtered in memory; on the present day there are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, and_, case, false, func, literal, select

from tracker.query import STATUS_ORDER, Filter, Page, Query, Selection, Sort, folded, paged
from tracker.store.postgres.rows import BETWEEN, streamed
from tracker.store.postgres.tables import counts, m

_STATUS_PLACE = case({s.value: n for s, n in STATUS_ORDER.items()}, value=m.status)
_ORDERS: dict[Sort, tuple[tuple[ColumnElement[Any], bool], ...]] = {
    # Each with whether it goes upward.
    Sort.DUE: ((m.due, True), (m.id, True)),
    Sort.ID: ((m.id, True),),
    Sort.TITLE: ((m.title, True), (m.id, True)),
    Sort.OWNER: ((m.owner, True), (m.due, True), (m.id, True)),
    Sort.STATUS: ((_STATUS_PLACE, True), (m.due, True), (m.id, True)),
    Sort.CHANGED: ((m.recorded_at, False), (m.id, True)),
}


def answer(connection: Connection, query: Query, name: str) -> Selection:
    """Answer as `query.select` does. The connection reads one state of the store throughout."""
    since = list(streamed(connection, select(m.document).where(m.last_on > query.as_of), name))
    held = [then for known in since if (then := known.as_of(query.as_of)) is not None]
    replayed = [then for then in held if query.chosen.holds(then)]
    settled = and_(m.last_on <= query.as_of, *_conditions(query.chosen))
    wanted = select(m.document).where(settled).order_by(*_order(query.page))
    found = list(streamed(connection, wanted.limit(query.page.limit), name))
    total = len(found)
    if total == query.page.limit:
        total = connection.scalar(select(func.count()).where(settled)) or 0
    standing = connection.scalar(select(func.sum(counts.c.standing))) or 0
    return Selection(
        paged([*found, *replayed], query.page) if replayed else found,
        total + len(replayed),
        int(standing) - sum(known.removed_on is None for known in since) + len(held),
    )


def _order(page: Page) -> Iterator[ColumnElement[Any]]:
    # What has no date or owner comes last; databases differ in where they put NULL untold.
    for column, upward in _ORDERS[page.sort]:
        nullable = isinstance(column, Column) and column.nullable
        if upward != page.reverse:
            yield column.asc().nulls_last() if nullable else column.asc()
        else:
            yield column.desc().nulls_first() if nullable else column.desc()


def _conditions(chosen: Filter) -> Iterator[ColumnElement[bool]]:
    """What holds of the rows that the filter holds of."""
    if chosen.statuses:
        yield m.status.in_(sorted(chosen.statuses))
    # What is owed is not removed; one of the two, so that its index serves.
    yield m.owed if chosen.owed else ~m.removed
    if chosen.due_before is not None:
        yield m.due < chosen.due_before
    if chosen.due_from is not None:
        yield m.due >= chosen.due_from
    if chosen.due_to is not None:
        yield m.due <= chosen.due_to
    for tag in sorted(chosen.tags):
        yield _within(tag, m.tags, BETWEEN)
    for part, column in (
        (chosen.owner, m.owners),
        (chosen.source, m.sources),
        (chosen.text, m.texts),
    ):
        if part is not None:
            yield _within(folded(part), column)


def _within(part: str, column: ColumnElement[bytes], around: bytes = b"") -> ColumnElement[bool]:
    try:
        sought = around + part.encode() + around
    except UnicodeEncodeError:
        # What UTF-8 cannot hold is in no text that is stored.
        return false()
    return func.position(literal(sought).op("IN")(column)) > 0
