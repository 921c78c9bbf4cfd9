"""Copies between engines: all of a store, forward any number of times, and never over more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.milestones import full, plain, stamp
from tests.postgres import Server
from tests.store.database import sql
from tracker import actions
from tracker.actions import ChangeContext
from tracker.errors import (
    BadInput,
    StoreAhead,
    StoreCorrupt,
    StoreFailed,
    StoreMissing,
    StoreNewer,
    TrackerError,
)
from tracker.merge import merge
from tracker.model import Milestone, Status, last_day
from tracker.store import Store, Transaction, copying, open_store
from tracker.store.copying import CopyResult

New = Callable[[str], Store]
ENGINES = ("file", "postgres")


@pytest.fixture
def new(tmp_path: Path, request: pytest.FixtureRequest) -> New:
    """Return a store of the engine named, not made yet."""
    numbers = count()

    def place(engine: str) -> Store:
        if engine == "file":
            return open_store(str(tmp_path / f"{next(numbers)}.json"))
        server: Server = request.getfixturevalue("postgres")
        return open_store(server.new_url())

    return place


@pytest.fixture(params=[(a, b) for a in ENGINES for b in ENGINES], ids="-".join)
def pair(request: pytest.FixtureRequest, new: New) -> tuple[Store, Store]:
    """A store with all kinds of milestones in it, and another that is not made yet."""
    source, target = map(new, request.param)
    gone = plain(3, title="去掉").remove(stamp())
    source.create([plain(1), plain(2).note(stamp(), "half\tfull\0"), gone, full()])
    return source, target


def copy(source: Store, target: Store) -> CopyResult:
    copied = copying.copy(source, target, last_day(datetime.now(UTC)))
    return replace(copied, lost=0)  # what `full` names is kept nowhere


OCCASION = ChangeContext(lambda: datetime.now(UTC), date(2021, 5, 1), "someone")


def note(store: Store, key: str, text: str) -> None:
    actions.apply(store, OCCASION, [key], lambda m, at: m.note(at, text))


def add(store: Store, title: str) -> Milestone:
    return actions.add(store, OCCASION, [{"title": title}])[0].after


def test_all_comes_along_and_again_nothing_changes(pair: tuple[Store, Store]) -> None:
    source, target = pair
    assert copy(source, target) == CopyResult(4, 4, 0)
    assert target.all() == source.all()
    version = target.version()
    assert copy(source, target) == CopyResult(4, 0, 0)
    assert target.version() == version
    # The next id, and what there is to undo, are the same at both.
    assert add(target, "Next").id == add(source, "Next").id == 8
    assert [e.after.id for e in actions.undo(target, OCCASION)] == [8]


def test_it_comes_forward_with_what_was_changed_since(pair: tuple[Store, Store]) -> None:
    source, target = pair
    copy(source, target)
    note(source, "1", "on")
    actions.undo(source, OCCASION)
    actions.redo(source, OCCASION)
    actions.apply(source, OCCASION, ["2"], lambda m, at: m.set_status(at, Status.COMPLETED))
    add(source, "New")
    assert copy(source, target) == CopyResult(5, 1, 2)
    assert target.all() == source.all()
    # And back where it came from there is nothing to do.
    assert copy(target, source) == CopyResult(5, 0, 0)
    assert actions.undo(target, OCCASION)[0].after.title == "New"


def test_a_target_that_was_made_empty_is_filled(pair: tuple[Store, Store]) -> None:
    source, target = pair
    target.create([])
    assert copy(source, target) == CopyResult(4, 4, 0)
    assert target.all() == source.all()


def changed(store: Store) -> None:
    note(store, "1", "only here")


def added(store: Store) -> None:
    add(store, "Only here")


def altered(store: Store) -> None:
    """Another value without a change that says so."""
    store.change(lambda t: t.put(replace(plain(1), title="By hand")))


@pytest.mark.parametrize("differ", [changed, added, altered])
def test_what_only_the_target_has_is_never_written_over(
    pair: tuple[Store, Store], differ: Callable[[Store], None]
) -> None:
    source, target = pair
    copy(source, target)
    differ(target)
    note(source, "2", "beside it")
    before = target.all()
    with pytest.raises(StoreAhead, match="nothing was changed") as refused:
        copy(source, target)
    assert "tracker merge /dev/null" in refused.value.hint
    assert target.all() == before


def test_five_of_what_only_the_target_has_are_named(new: New) -> None:
    source, target = new("file"), new("file")
    source.create([])
    target.create([plain(id) for id in range(1, 8)])
    with pytest.raises(StoreAhead, match=r"in 7 of its milestones \(1, 2, 3, 4, 5, others\)"):
        copy(source, target)


def test_what_was_merged_goes_to_both(pair: tuple[Store, Store], new: New) -> None:
    source, target = pair
    copy(source, target)
    note(source, "1", "here")
    add(source, "Here")
    note(target, "1", "there")
    add(target, "There")
    both = new("file")
    both.create(list(merge([], source.all(), target.all()).milestones))
    for store in pair:
        copy(both, store)
        assert store.all() == both.all()
        assert [m.title for m in store.all()[-2:]] == ["Here", "There"]


def test_ids_that_changed_places_are_refused(pair: tuple[Store, Store]) -> None:
    source, target = pair
    one, two, *rest = source.all()
    target.create([replace(two, id=1), replace(one, id=2), *rest])
    with pytest.raises(StoreAhead, match="has the id 2 now"):
        copy(source, target)


def test_a_newer_or_damaged_store_is_refused_on_either_side(new: New, tmp_path: Path) -> None:
    sound, newer, damaged = new("file"), new("postgres"), tmp_path / "damaged.json"
    sound.create([plain(1)])
    newer.create([plain(1)])
    sql(newer.url, "UPDATE tracker_store SET documents = 99")
    damaged.write_text("{")
    for other, error in ((newer, StoreNewer), (open_store(str(damaged)), StoreCorrupt)):
        for source, target in ((sound, other), (other, sound)):
            with pytest.raises(error):
                copy(source, target)
    with pytest.raises(StoreMissing):
        copy(new("postgres"), sound)
    assert sound.all() == [plain(1)]


def test_a_file_with_twins_is_refused_before_anything_is_written(new: New) -> None:
    source, target = new("file"), new("postgres")
    source.create([plain(1), replace(plain(2), uid=plain(1).uid)])
    with pytest.raises(BadInput, match="share a uid"):
        copy(source, target)
    with pytest.raises(StoreMissing):
        target.all()


def test_it_is_one_transaction(pair: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = pair
    copy(source, target)
    before = target.all()
    note(source, "1", "good")
    source.change(lambda t: t.put(replace(plain(9), title="x")))
    real = type(source).all
    bad = replace(plain(9), next_step="\udcff")
    monkeypatch.setattr(source, "all", lambda: [*real(source)[:-1], bad])
    with pytest.raises(TrackerError, match="not in UTF-8"):
        copy(source, target)
    assert target.all() == before


def test_what_was_not_kept_as_it_was_sent_is_told(
    new: New, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that loses what it is given, as a broken one might."""
    source, target = new("file"), new("file")
    source.create([plain(1), plain(2)])
    target.create([])
    real = target.change

    def forgetful(work: Callable[[Transaction], object]) -> object:
        def and_drops(transaction: Transaction) -> object:
            result = work(transaction)
            changed: dict[int, Milestone] = transaction.changed  # type: ignore[attr-defined]  # the engine's own
            changed.pop(2, None)
            return result

        return real(and_drops)

    monkeypatch.setattr(target, "change", forgetful)
    with pytest.raises(StoreFailed, match=r"1 of its milestones are not as they were copied \(2\)"):
        copy(source, target)
