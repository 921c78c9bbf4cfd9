"""What every store must do, run over each of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.milestones import full, plain, stamp
from tracker.errors import StoreExists, StoreMissing
from tracker.model import Milestone, Status
from tracker.store import Store, Transaction, open_store


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return open_store("memory:" if request.param == "memory" else str(tmp_path / "m.json"))


def test_a_store_is_made_once_and_missed_before(store: Store) -> None:
    with pytest.raises(StoreMissing):
        store.all()
    with pytest.raises(StoreMissing):
        store.change(lambda _: None)
    store.create([plain(1)])
    with pytest.raises(StoreExists):
        store.create([])
    assert store.all() == [plain(1)]


def test_every_field_survives(store: Store) -> None:
    store.create([full()])
    assert store.all() == [full()]


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


def test_the_version_is_another_after_every_change_and_the_same_otherwise(store: Store) -> None:
    with pytest.raises(StoreMissing):
        store.version()
    store.create([plain(1)])
    seen = [store.version()]
    for title in ("Other", "Third"):
        assert store.version() == seen[-1]
        store.all()
        store.change(lambda t, title=title: t.put(plain(1, title=title)))  # type: ignore[misc]
        seen.append(store.version())
    assert len(set(seen)) == len(seen)
