"""The SQL that is sent keeps to the words that docs/postgresql.md lists."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tests.milestones import DUE, full, plain
from tests.postgres import Server
from tests.store.database import sql, statements
from tests.store.noting import note
from tracker.model import Standing, StandingOn, Status
from tracker.query import CRITERIA, Filter, Key, Page, Query, Sort
from tracker.store import Transaction, open_store
from tracker.store.postgres.attempts import _FORGET

PAGE = Path(__file__).parent.parent.parent / "docs" / "postgresql.md"
SOUGHT: dict[str, Any] = {
    "statuses": frozenset({Status.COMPLETED}),
    "owner": "office",
    "tags": frozenset({"road"}),
    "text": "bridge",
    "source": "plan",
    "owed": True,
    "due_from": DUE,
    "due_to": DUE,
    "due_before": DUE,
    "due_still": DUE,
}


def rename_by_another(transaction: Transaction) -> None:
    assert transaction.get(1)
    transaction.put(replace(plain(2), title="Another"))


def words(statement: str) -> set[str]:
    """The key words, types and functions in it, without texts, places for values, and names."""
    bare = re.sub(r"'[^']*'|\"[^\"]*\"|%\(\w+\)s|tracker\w*", " ", statement)
    return set(re.findall(r"\b[A-Z]+\b|#|\b[a-z_]+(?=\()|\bcurrent_timestamp\b", bare))


def test_no_statement_says_a_word_that_is_not_in_the_list(postgres: Server) -> None:
    url = postgres.new_url()
    with statements() as sent:
        store = open_store(url)
        store.create([plain(1), plain(2), full()])
        note(store, "one row")
        note(store, "several", ("1", "2"))
        store.change(rename_by_another)
        store.change(lambda t: t.put(plain(t.new_id())))
        store.change(lambda t: (t.newest(), next(t.latest()), t.known(["x"]), t.beginning("x")))
        for name, value in SOUGHT.items():
            store.select(Query(DUE, Filter(**{name: value})))
        for standing in Standing:
            store.select(Query(DUE, Filter(standings=StandingOn(frozenset({standing}), DUE))))
        for sort in Sort:
            store.select(Query(date.max, Filter(), Page((Key(sort),), reverse=True, limit=1)))
        store.snapshot(store.snapshot())
        store.change(lambda t: t.keep(b"seen"))
        store.change(lambda t: t.drop(t.unnamed()))
        store.exhibit("ab" * 32)
        note(store, "since")
        assert store.faults() == []
        sql(url, "UPDATE tracker_store SET tables = 1")
        sql(url, "ALTER TABLE tracker_counts DROP COLUMN seal")
        sql(url, "DROP TABLE tracker_evidence")
        open_store(url).all()
    # What this test itself sends is in bytes.
    texts = [statement for statement, _ in sent if isinstance(statement, str)]
    # One change in a thousand sends this.
    said = {word for text in (*texts, _FORGET) for word in words(text)}
    [listed] = re.findall(r"<!-- words -->\n```text\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert said == set(listed.split())


def test_every_criterion_with_a_column_is_asked_for() -> None:
    asked = {name for name, criterion in CRITERIA.items() if criterion.column}
    assert asked - {"standings"} <= SOUGHT.keys()
