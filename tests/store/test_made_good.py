"""PostgreSQL amid failures: the change is there once or not at all, and what is known is told."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.faults.failover import until
from tests.milestones import plain, stamp
from tests.postgres import Server
from tests.store.cutting import Cutter
from tests.store.database import sql
from tests.store.noting import note, notes
from tracker.errors import StoreFailed, TrackerError
from tracker.model import Milestone
from tracker.store import Store, Transaction, open_store
from tracker.store.postgres.address import DatabaseAddress
from tracker.store.postgres.connections import Connections

ONE, TWO = ("1",), ("1", "2")
"""What is changed, by one statement and by a transaction of several."""

RECORDS, COMMITS = b"INSERT INTO tracker_changes", b"COMMIT\0"
"""In what is sent: the change as a whole, or all of it but the commit; and the commit."""


@pytest.fixture
def store(postgres: Server) -> Store:
    store = open_store(postgres.new_url())
    store.create([plain(1), plain(2)])
    return store


@pytest.mark.parametrize("adds", [False, True])
def test_a_connection_cut_in_the_middle_is_made_good(
    postgres: Server, store: Store, adds: bool
) -> None:
    cut: list[object] = []
    before = len(store.all())

    def work(transaction: Transaction) -> Milestone | None:
        found = transaction.get(1)
        if adds:
            transaction.put(plain(transaction.new_id()))
        if not cut:
            cut.append(
                postgres.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE application_name = 'tracker' AND state LIKE 'idle%'"
                )
            )
        assert found is not None
        transaction.put(found.note(stamp(), "once"))
        return found

    assert store.change(work) == plain(1)
    assert cut[0]
    assert notes(store) == ["once"]
    assert len(store.all()) == before + adds


def test_a_connection_left_amid_an_answer_is_not_lent_again(postgres: Server) -> None:
    address = DatabaseAddress.read(postgres.new_url(), 10)
    connections = Connections(address.writing, address.waits)
    with connections.lent() as first:
        # As when a host is killed while a pipeline waits: busy, and not known to be broken.
        first.pgconn.send_query(b"SELECT pg_sleep(600)")
    with connections.lent() as second:
        assert second is not first
        assert second.execute("SELECT 1").fetchone() == (1,)
    with connections.lent() as third:
        assert third is second, "a sound one is kept"


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize(("keys", "word"), [(ONE, RECORDS), (TWO, RECORDS), (TWO, COMMITS)])
def test_a_connection_cut_while_it_writes_or_commits_leaves_the_change_there_once(
    postgres: Server, store: Store, keys: Sequence[str], word: bytes, moment: str
) -> None:
    with Cutter(postgres.folder, word, after=moment == "after") as cutter:
        through = open_store(store.url.replace(str(postgres.folder), str(cutter.folder)))
        note(through, "first", keys)
        cutter.armed = True
        note(through, "second", keys)
        assert not cutter.armed
        note(through, "third", keys)
    for key in keys:
        assert notes(store, int(key)) == ["first", "second", "third"]


def test_a_change_still_under_way_when_its_connection_is_cut_is_made_once(
    postgres: Server, store: Store
) -> None:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with Cutter(postgres.folder, RECORDS, after=True) as cutter, ThreadPoolExecutor(1) as pool:
        through = open_store(store.url.replace(str(postgres.folder), str(cutter.folder)))
        note(through, "first")
        with psycopg.connect(store.url) as holder:
            holder.execute("SELECT * FROM tracker_milestones FOR UPDATE")
            cutter.armed = True
            noting = pool.submit(note, through, "second")
            until(lambda: postgres.execute(waiting) == [(2,)])
        noting.result()
    assert notes(store) == ["first", "second"]


AT_WRITING = "CREATE TRIGGER t AFTER UPDATE ON tracker_counts EXECUTE FUNCTION refuse()"
AT_COMMIT = (
    "CREATE CONSTRAINT TRIGGER t AFTER UPDATE ON tracker_counts DEFERRABLE INITIALLY DEFERRED"
    " FOR EACH ROW EXECUTE FUNCTION refuse()"
)


def refuse(url: str, code: str, times: int) -> None:
    """Make a function for triggers that fails so many times; a sequence survives a rollback."""
    sql(url, "CREATE SEQUENCE refused")
    sql(
        url,
        f"""CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('refused') <= {times} THEN RAISE 'not now' USING ERRCODE = '{code}'; END IF;
        RETURN NULL; END $$""",
    )


@pytest.mark.parametrize("keys", [ONE, TWO])
@pytest.mark.parametrize("code", ["40001", "40P01", "40003"])
def test_a_commit_that_is_refused_or_of_unknown_outcome_is_made_good(
    store: Store, code: str, keys: Sequence[str]
) -> None:
    refuse(store.url, code, 2)
    sql(store.url, AT_COMMIT)
    note(store, "made", keys)
    assert notes(store) == ["made"]


@pytest.mark.parametrize("keys", [ONE, TWO])
@pytest.mark.parametrize("code", ["40001", "40P01", "57P01"])
def test_what_passes_is_tried_again_and_made_once(
    store: Store, code: str, keys: Sequence[str]
) -> None:
    """The database refuses so many changes with a code, as it would for others' sake."""
    refuse(store.url, code, 2)
    sql(store.url, AT_WRITING)
    note(store, "made", keys)
    assert notes(store) == ["made"]


@pytest.mark.parametrize(
    ("code", "trigger", "keys", "said"),
    [
        ("40001", "writing", ONE, "Nothing was changed"),
        ("40P01", "writing", TWO, "Nothing was changed"),
        ("57P01", "writing", TWO, "Nothing was changed"),
        ("57P01", "writing", ONE, "may be there or not"),
        ("57P01", "commit", TWO, "may be there or not"),
        ("XX000", "writing", TWO, "Nothing was changed"),
        ("XX000", "writing", ONE, "may be there or not"),
        ("XX000", "commit", TWO, "may be there or not"),
        ("P0001", "writing", ONE, "refused: not now. Nothing was changed"),
        ("P0001", "commit", ONE, "refused: not now. Nothing was changed"),
        ("P0001", "commit", TWO, "refused: not now. Nothing was changed"),
    ],
)
def test_what_does_not_pass_is_told_with_all_that_is_known(
    store: Store, code: str, trigger: str, keys: Sequence[str], said: str
) -> None:
    refuse(store.url, code, 1000)
    sql(store.url, AT_COMMIT if trigger == "commit" else AT_WRITING)
    with pytest.raises(TrackerError, match=said):
        note(open_store(store.url, lock_timeout=0.3), "never", keys)
    assert notes(store) == []


def test_a_remark_of_the_database_is_no_misgiving(store: Store) -> None:
    remark = "LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'by the way'; RETURN NULL; END $$"
    sql(store.url, f"CREATE FUNCTION refuse() RETURNS trigger {remark}")
    sql(store.url, AT_COMMIT)
    note(store, "made")
    note(store, "made", TWO)
    assert notes(store) == ["made", "made"]


@pytest.mark.parametrize(("keys", "word"), [(ONE, RECORDS), (TWO, COMMITS)])
def test_what_cannot_be_found_out_is_said(
    postgres: Server, store: Store, keys: Sequence[str], word: bytes
) -> None:
    with Cutter(postgres.folder, word, after=True) as cutter:
        address = store.url.replace(str(postgres.folder), str(cutter.folder))
        through = open_store(address, lock_timeout=0.3)
        note(through, "first", keys)
        cutter.armed = cutter.for_good = True
        with pytest.raises(StoreFailed, match="may be there or not"):
            note(through, "second", keys)
    assert notes(store) == ["first", "second"]
