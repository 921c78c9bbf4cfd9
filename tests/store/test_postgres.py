"""PostgreSQL: answers equal to memory's, writers at once, and refusals that say what to do."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import msgspec
import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.faults.writing import everything, start
from tests.milestones import AT, DUE, MADE, full, plain, stamp
from tests.postgres import Server
from tests.scripts import scripts, tell, titles
from tests.store.database import sql, statements
from tests.store.noting import note, notes
from tracker.actions import ChangeContext, apply
from tracker.errors import (
    BadValue,
    StoreCorrupt,
    StoreExists,
    StoreFailed,
    StoreLocked,
    StoreMissing,
    StoreNewer,
    TrackerError,
)
from tracker.model import (
    Milestone,
    Stamp,
    Standing,
    StandingOn,
    Status,
    crossed_states,
    passes,
    record_head,
    states,
)
from tracker.query import CRITERIA, Filter, Key, Page, Query, Sort, select
from tracker.store import Store, Transaction, open_store
from tracker.texts import folded

days = st.dates(MADE - timedelta(days=1), MADE + timedelta(days=14))
parts = st.none() | titles | st.sampled_from(["promise", "ＰＲＯＭ", "", "%", "_", "\0", "\udcff"])
filters = st.builds(
    Filter,
    statuses=st.frozensets(st.sampled_from(Status), max_size=2),
    owner=parts,
    tags=st.frozensets(titles.map(folded), max_size=1),
    text=parts,
    due_from=st.none() | st.just(DUE),
    due_to=st.none() | st.just(DUE + timedelta(days=2)),
    source=parts,
    owed=st.booleans(),
    due_before=st.none() | st.just(DUE + timedelta(days=1)),
    standings=st.none()
    | st.builds(StandingOn, st.frozensets(st.sampled_from(Standing), min_size=1), days),
    words=st.frozensets(titles.map(folded), max_size=1),
)
orders = st.lists(st.builds(Key, st.sampled_from(Sort), st.booleans()), max_size=3).map(tuple)
pages = st.builds(Page, orders, st.booleans(), st.none() | st.integers(1, 3))


@pytest.fixture
def store(postgres: Server) -> Store:
    store = open_store(postgres.new_url())
    store.create([plain(1), plain(2), full()])
    return store


@settings(max_examples=15)
@given(script=scripts, asked=st.lists(st.builds(Query, days, filters, pages), min_size=8))
def test_it_answers_as_memory_does(postgres: Server, script: Any, asked: list[Query]) -> None:
    kept = [*tell(script).store.all(), full(), plain(8, title="ＡB\0".rstrip("\0"), due=date.max)]
    store = open_store(postgres.new_url())
    store.create(kept)
    assert store.all() == sorted(kept, key=lambda m: m.id)
    for query in asked:
        assert store.select(query) == select(kept, query)


def test_what_has_no_column_is_asked_in_memory(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = Query(date.max, Filter(owner="minus", owed=True), Page(limit=1))
    monkeypatch.setitem(CRITERIA, "owner", replace(CRITERIA["owner"], column=""))
    assert store.select(query) == select(store.all(), query)


def test_overdue_is_asked_by_the_rule_of_the_model() -> None:
    assert CRITERIA["due_before"].compare is passes


def put(store: Store, milestone: Milestone) -> None:
    store.change(lambda transaction: transaction.put(milestone))


def done_or_due(number: int) -> Milestone:
    """Nine of ten are done."""
    begun = plain(number, due=date(2021, 1, 1 + number % 28))
    return begun if number % 10 == 0 else begun.set_status(stamp(), Status.COMPLETED)


def test_a_list_reads_through_an_index_what_it_shows(postgres: Server) -> None:
    url = postgres.new_url()
    store = open_store(url)
    store.create([done_or_due(n) for n in range(1, 3001)])
    store.version()
    late = Query(date(2021, 6, 1), Filter(owed=True, due_before=date(2021, 6, 1)), Page(limit=5))
    with statements() as sent:
        assert len(store.select(late).milestones) == 5
    asked = [one for one in sent if "tracker_" in one[0]]
    assert len(asked) == 3
    sql(url, "ANALYZE tracker_milestones")
    statement, parameters = asked[1]
    with psycopg.connect(url) as connection:
        explained = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}".encode()
        (((found,),),) = connection.execute(explained, parameters).fetchall()
    node, names = found["Plan"], []
    while True:
        names.append(node["Node Type"])
        assert node["Actual Rows"] == 5
        if "Plans" not in node:
            break
        (node,) = node["Plans"]
    assert names == ["Limit", "Index Scan"]
    assert node["Index Name"] == "tracker_by_owed"


def test_one_of_several_inits_at_once_makes_it(postgres: Server) -> None:
    url = postgres.new_url()

    def make(number: int) -> int | None:
        try:
            open_store(url).create([plain(number)])
        except StoreExists:
            return None
        return number

    with ThreadPoolExecutor(8) as pool:
        made = [number for number in pool.map(make, range(1, 9)) if number]
    assert len(made) == 1
    assert open_store(url).all() == [plain(made[0])]


def test_eight_processes_keep_all_of_200_updates(postgres: Server) -> None:
    url = postgres.new_url()
    open_store(url).create([plain(1), plain(2)])
    writers = [start(url, f"w{number}", 25)[1] for number in range(8)]
    said = [line for heard in writers for line in everything(heard)]
    kept = open_store(url).get(1)
    assert kept is not None
    assert len(kept.notes) == 200
    assert sorted(filter(None, (c.why for c in kept.notes))) == sorted(said)
    assert [c.at for c in kept.history] == sorted({c.at for c in kept.history})


def test_additions_at_once_get_ids_without_gaps(postgres: Server) -> None:
    url = postgres.new_url()
    open_store(url).create([])

    def add(number: int) -> None:
        def work(transaction: Transaction) -> None:
            id = transaction.new_id()
            transaction.put(plain(id, title=f"T{number}"))

        open_store(url).change(work)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(40)))
    assert [m.id for m in open_store(url).all()] == list(range(1, 41))


def test_a_row_held_by_another_for_too_long_is_refused(postgres: Server) -> None:
    url = postgres.new_url()
    open_store(url).create([plain(1)])
    with psycopg.connect(url) as holder:
        holder.execute("SELECT * FROM tracker_milestones FOR UPDATE")
        with pytest.raises(StoreLocked, match=r"Another process holds.*Nothing was changed"):
            note(open_store(url, lock_timeout=0.2), "never")
        slow = url.replace("search_path", "statement_timeout%3D100%20-c%20search_path")
        with pytest.raises(StoreLocked, match="gave up: canceling statement"):
            note(open_store(slow), "never")
    assert notes(open_store(url)) == []


def test_rights_that_lack_are_named(postgres: Server) -> None:
    url = postgres.new_url()
    open_store(url).create([plain(1)])
    schema = sql(url, "SELECT current_schema()")[0][0]
    sql(url, "CREATE ROLE reader LOGIN")
    sql(url, f"GRANT USAGE ON SCHEMA {schema} TO reader")
    sql(url, f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader")
    reader = open_store(url.replace("tracker@", "reader@"))
    assert reader.all() == [plain(1)]
    with pytest.raises(StoreFailed, match=r"permission denied.*Nothing was changed"):
        note(reader, "never")


def test_documents_of_schema_0_are_brought_forward(postgres: Server) -> None:
    url = postgres.new_url()
    open_store(url).create([plain(1), plain(7)])
    old = {"title": "建成", "due": "2021-06-30", "uid": plain(1).uid}
    sql(url, "UPDATE tracker_store SET documents = 0")
    update = "UPDATE tracker_milestones SET owed = false, document = %s WHERE id = 1"
    sql(url, update, json.dumps(old))
    one, seven = open_store(url).all()
    assert (one.id, one.title, one.due, one.baseline_due) == (1, "建成", DUE, DUE)
    assert seven == plain(7)
    found = open_store(url).select(Query(date.max, Filter(owed=True, text="建")))
    assert found.milestones == [one]


def test_columns_of_text_from_before_blanks_counted_less_are_written_anew(
    postgres: Server,
) -> None:
    url = postgres.new_url()
    open_store(url).create([plain(1, owner="省 大数据局")])
    sql(url, "UPDATE tracker_milestones SET owners = owner")
    sql(url, "UPDATE tracker_store SET tables = 1")
    sql(url, "ALTER TABLE tracker_counts DROP COLUMN seal")
    sql(url, "DROP TABLE tracker_evidence")
    found = open_store(url).select(Query(date(2021, 6, 1), Filter(owner="省大数据局")))
    assert [m.id for m in found.milestones] == [1]
    assert open_store(url).faults() == []


def test_a_newer_schema_is_refused(postgres: Server) -> None:
    url = postgres.new_url()
    open_store(url).create([plain(1)])
    sql(url, "UPDATE tracker_store SET tables = 99")
    for ask in (lambda: open_store(url).all(), lambda: note(open_store(url), "never")):
        with pytest.raises(StoreNewer, match=r"schema version 99\."):
            ask()


@pytest.mark.parametrize(
    "document",
    ["", "{}", '{"id": 1}', json.dumps({"id": 1, "uid": "u", "title": "t", "status": "x"})],
)
def test_a_damaged_row_is_named_and_not_built_on(postgres: Server, document: str) -> None:
    url = postgres.new_url()
    open_store(url).create([plain(1)])
    sql(url, "UPDATE tracker_milestones SET document = %s", document)
    for ask in (lambda: open_store(url).all(), lambda: note(open_store(url), "never")):
        with pytest.raises(StoreCorrupt, match="Nothing was written to it"):
            ask()


@pytest.mark.parametrize("left_alone", [False, True])
def test_a_row_that_moves_between_read_and_write_is_read_anew(
    store: Store, postgres: Server, left_alone: bool
) -> None:
    """Whether it is the one that is written, or one that the work went by."""
    others = iter(("one", "two"))
    seen: list[list[str | None]] = []

    def work(t: Transaction) -> None:
        first = t.get(1)
        assert first is not None
        seen.append([change.why for change in first.notes])
        if (other := next(others, None)) is not None:
            note(store, other)
        put = t.get(2) if left_alone else t.get(1)
        assert put is not None
        t.put(put.note(stamp(MADE + timedelta(days=9)), "last"))

    store.change(work)
    assert seen == [[], ["one"], ["one", "two"]]
    kept = store.get(2 if left_alone else 1)
    assert kept is not None
    assert kept.notes[-1].why == "last"


def test_what_keeps_moving_is_given_up_on_in_time(postgres: Server) -> None:
    store = open_store(postgres.new_url(), lock_timeout=0.2)
    store.create([plain(1)])

    def work(t: Transaction) -> None:
        before = t.get(1)
        assert before is not None
        note(store, "another")
        t.put(before.note(stamp(MADE + timedelta(days=9)), "never"))

    with pytest.raises(StoreLocked, match="Others kept changing the same milestones"):
        store.change(work)
    assert "never" not in notes(store)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (msgspec.json.encode(plain(2)), "the row 1 holds a milestone with id 2"),
        (msgspec.json.encode(replace(plain(1), history=())), "milestone 1 has no history"),
    ],
)
def test_a_row_with_the_document_of_another_or_without_history_is_named(
    postgres: Server, document: bytes, reason: str
) -> None:
    url = postgres.new_url()
    open_store(url).create([plain(1)])
    sql(url, "UPDATE tracker_milestones SET document = %s", document.decode())
    there = open_store(url)
    for ask in (there.all, lambda: there.select(Query(DUE)), there.snapshot, there.faults):
        with pytest.raises(StoreCorrupt, match=reason):
            ask()


def test_what_a_database_cannot_hold_is_refused(store: Store) -> None:
    with pytest.raises(BadValue, match="not in UTF-8"):
        put(store, replace(plain(9), next_step="\udcff"))
    assert len(store.all()) == 3
    with pytest.raises(BadValue, match="2 milestones have the uid"):
        open_store(store.url).create([plain(1), replace(plain(3), uid=plain(1).uid)])


def test_sql_in_every_text_is_only_text(store: Store) -> None:
    evil = "'; DROP TABLE tracker_milestones; --"
    store.change(
        lambda t: t.put(plain(9, title=evil, owner=evil, tags=(evil,), due_phrase=f"{evil}\0"))
    )
    found = store.select(Query(DUE, Filter(text=evil, owner=evil, tags=frozenset({folded(evil)}))))
    assert [m.id for m in found.milestones] == [9]
    assert store.select(Query(DUE, Filter(text=f"{evil}\0"))).total == 1


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:pw@host/name?nonsense=1",
        "postgresql://u:pw@host/name?reads=somewhere",
        "postgresql://u:pw@host:port/name",
    ],
)
def test_an_address_that_is_none_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(TrackerError) as refused:
        open_store(url).all()
    assert "pw" not in str(refused.value)
    assert "***" in str(refused.value)


def test_a_schema_without_tables_holds_no_store(postgres: Server) -> None:
    with pytest.raises(StoreMissing, match="tracker init"):
        open_store(postgres.new_url()).all()
    half = postgres.new_url()
    open_store(half).create([])
    sql(half, "DELETE FROM tracker_store")
    with pytest.raises(StoreMissing, match="tracker init"):
        open_store(half).all()


def test_text_in_any_script_is_kept_whatever_encoding_the_client_is_told(
    postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    for url in (postgres.new_url(), f"{postgres.new_url()}&client_encoding=LATIN1"):
        open_store(url).create([plain(1, title="建成一体化平台 ✓")])
        assert open_store(url).all()[0].title == "建成一体化平台 ✓"


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_without_room_for_every_script_is_refused(
    postgres: Server, encoding: str
) -> None:
    name = encoding.lower()
    postgres.execute(f"CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0 LOCALE 'C'")
    with pytest.raises(StoreFailed, match=f"keeps text in {encoding}"):
        open_store(f"postgresql://tracker@/{name}?host={postgres.folder}").create([plain(1)])


def test_a_head_printed_between_changes_that_crossed_is_found_again(postgres: Server) -> None:
    url = postgres.new_url()
    store = open_store(url)
    store.create([plain(id) for id in range(1, 6)])
    heads = list[str]()

    def crossing(m: Milestone, stamp: Stamp) -> Milestone:
        """What another writer recorded later is there before this."""
        if m.id < 5:
            later = ChangeContext(lambda: stamp.at + timedelta(milliseconds=1), DUE)
            apply(open_store(url), later, [str(m.id + 1)], crossing)
            heads.append(record_head(open_store(url).all()).digest)
        return m.note(stamp, "seen")

    apply(store, ChangeContext(lambda: AT + timedelta(days=1), DUE), ["1"], crossing)
    passed = {state.head for state in states(store.all())}
    assert set(heads).isdisjoint(passed)
    assert set(heads) <= {state.head for state in crossed_states(store.all())}
