"""What every store must do, run over each of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from msgspec.structs import replace

from tests.milestones import AT, DUE, MADE, full, plain, stamp
from tracker.actions import ChangeContext, add
from tracker.coherence import faults
from tracker.errors import BadValue, StoreExists, StoreMissing
from tracker.model import MOST_ID, Milestone, Stamp, Status, record_head, states, with_join
from tracker.query import Query
from tracker.store import Store, Transaction


def test_a_store_is_made_once_and_missed_before(store: Store) -> None:
    with pytest.raises(StoreMissing):
        store.all()
    for ask in (
        lambda: store.change(lambda _: None),
        lambda: store.get(1),
        lambda: store.beginning("0000"),
        lambda: store.known(["uid"]),
        lambda: store.select(Query(DUE)),
        store.version,
        store.snapshot,
    ):
        with pytest.raises(StoreMissing):
            ask()
    store.create([plain(1)])
    with pytest.raises(StoreExists):
        store.create([])
    assert store.all() == [plain(1)]


def test_every_field_survives(store: Store) -> None:
    store.create([full()])
    assert store.all() == [full()]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_the_ends_of_time_are_kept_in_any_timezone(
    store: Store, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGTZ", zone)
    first, last = (
        datetime.combine(d, t, UTC) for d, t in ((date.min, time.min), (date.max, time.max))
    )
    ends = [plain(id).note(Stamp(at, DUE), "said") for id, at in ((1, first), (2, last))]
    store.create(ends)
    assert store.snapshot().milestones == store.all() == ends
    assert store.change(lambda t: t.newest()) == last
    assert [m.id for m in store.change(lambda t: list(t.latest()))] == [2, 1]
    assert store.faults() == []


def test_milestones_come_in_order_of_id_and_ids_are_not_given_twice(store: Store) -> None:
    store.create([plain(3), plain(1)])

    def add(transaction: Transaction) -> int:
        transaction.put(plain(transaction.new_id()))
        transaction.put(plain(transaction.new_id()))
        return transaction.new_id()

    assert store.change(add) == 6
    assert [m.id for m in store.all()] == [1, 3, 4, 5]
    store.change(lambda t: t.put(plain(5).remove(stamp())))
    assert store.change(lambda t: t.new_id()) == 6


def test_the_first_id_is_1_and_a_change_recorded_late_leaves_no_fault(store: Store) -> None:
    early, late = stamp(), stamp()
    store.create([])
    assert store.change(lambda t: t.new_id()) == 1
    for m in (plain(1), plain(2).note(late, "later"), plain(1).note(early, "by a slow clock")):
        store.change(lambda t, m=m: t.put(m))  # type: ignore[misc]  # the default binds it
        assert store.faults() == []


def test_what_is_dated_later_is_counted(store: Store) -> None:
    early = replace(plain(4), made_on=date(2021, 9, 1))
    late = plain(2).note(stamp(date(2021, 9, 1)), "seen")
    store.create([plain(1), late, plain(3, made_on=date(2021, 9, 1)), early])
    for day, later, total in ((date(2021, 8, 31), 3, 2), (date(2021, 9, 1), 0, 4)):
        found = store.select(Query(day))
        assert (found.later, found.total, found.out_of) == (later, total, total)


def test_ids_end_where_json_would_round_them(store: Store) -> None:
    store.create([plain(MOST_ID)])
    with pytest.raises(BadValue, match=f"{MOST_ID + 1} is no id of a milestone"):
        add(store, ChangeContext(lambda: AT, DUE), [{"title": "One more"}])
    assert [m.id for m in store.all()] == [MOST_ID]


def test_a_change_that_fails_changes_nothing(store: Store) -> None:
    store.create([plain(1), plain(2)])

    def fail(transaction: Transaction) -> None:
        transaction.put(plain(1, title="Other"))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.change(fail)
    assert store.all() == [plain(1), plain(2)]


def test_a_transaction_sees_what_it_put(store: Store) -> None:
    store.create([plain(1)])

    def work(transaction: Transaction) -> tuple[Milestone | None, list[Milestone]]:
        transaction.put(plain(1).set_status(stamp(), Status.IN_PROGRESS))
        return transaction.get(1), transaction.all()

    one, everything = store.change(work)
    assert one is not None
    assert one.status is Status.IN_PROGRESS
    assert everything == [one]
    assert store.change(lambda t: t.get(99)) is None


def test_some_are_found_without_reading_all_removed_ones_too(store: Store) -> None:
    gone = plain(2).remove(stamp())
    store.create([plain(1), gone, full()])
    assert (store.get(2), store.get(3)) == (gone, None)
    assert store.beginning("0000000") == [plain(1), gone, full()]
    assert store.beginning("0000000A-U") == [full()]
    assert store.beginning("00%") == store.beginning("\0") == []
    assert store.known([gone.uid, "unknown", gone.uid]) == {gone.uid: gone}
    assert full() in store.parts()

    def work(transaction: Transaction) -> None:
        transaction.put(plain(8, title="Put"))
        assert transaction.beginning("00000008") == [plain(8, title="Put")]
        assert transaction.known([plain(8).uid, plain(1).uid]).keys() == {
            plain(8).uid,
            plain(1).uid,
        }
        transaction.put(plain(1).note(stamp(), "newest"))
        assert [m.id for m in transaction.latest()][:2] == [1, 2]
        assert len(list(transaction.latest())) == 4

    store.change(work)


def test_the_version_is_another_one_after_every_change(store: Store) -> None:
    store.create([plain(1)])
    seen = {store.version()}
    for _ in range(5):
        store.change(lambda t: t.put(t.all()[0].note(stamp(), "again")))
        assert store.version() == store.version()
        seen.add(store.version())
    assert len(seen) == 6
    store.change(lambda t: t.get(1))
    assert store.version() in seen


def test_honest_changes_leave_no_fault_and_every_head_that_was(store: Store) -> None:
    store.create([plain(1), plain(2).remove(stamp())])
    heads = [record_head(store.all()).digest]
    elsewhere = Milestone.begin(5, "elsewhere", Stamp(AT, MADE), "add", title="Elsewhere")
    changes: list[Callable[[Transaction], list[Milestone]]] = [
        lambda t: [t.all()[0].note(stamp(), "seen")],
        lambda t: [Milestone.begin(t.new_id(), "new", stamp(), "add", title="New")],
        lambda t: with_join([*t.all(), elsewhere], {c.digest for m in t.all() for c in m.history}),
        lambda t: [m.note(stamp(), "all") for m in t.all()],
    ]

    def put(transaction: Transaction, change: Callable[[Transaction], list[Milestone]]) -> None:
        for m in change(transaction):
            transaction.put(m)

    for change in changes:
        store.change(lambda t, change=change: put(t, change))  # type: ignore[misc]  # the default binds it
        heads.append(record_head(store.all()).digest)
    assert [*faults(store.all()), *store.faults()] == []
    assert {state.head for state in states(store.all())} >= set(heads)


def test_a_snapshot_is_of_one_version_and_reads_only_what_changed(store: Store) -> None:
    store.create([plain(3), plain(1), plain(2)])
    first = store.snapshot()
    assert (first.version, first.milestones) == (store.version(), store.all())
    store.change(lambda t: t.put(plain(1).note(stamp(), "seen")))
    store.change(lambda t: t.put(plain(4)))
    second = store.snapshot(first)
    assert (second.version, second.milestones) == (store.version(), store.all())
    assert second.version != first.version
    before = {m.id: m for m in first.milestones}
    assert [m.id for m in second.milestones if m is before.get(m.id)] == [2, 3]
    assert store.snapshot(second) == second
