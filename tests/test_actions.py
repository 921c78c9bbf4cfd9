"""The verbs on a store, in memory: undoing by turns, naming, and taking in whole histories."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.milestones import AT, DUE, MADE, plain, ticking
from tests.store.memory import MemoryStore
from tracker.actions import (
    ChangeContext,
    ImportItem,
    accept,
    add,
    apply,
    find,
    find_in,
    follow,
    redo,
    take_in,
    undo,
)
from tracker.errors import AmbiguousId, BadInput, OutOfOrder, TrackerError, UnknownMilestone
from tracker.model import PATCHED, Milestone, Precision, Stamp, Status, last_day
from tracker.store import Store


@pytest.fixture
def store() -> Store:
    made = MemoryStore()
    made.create([plain(1), plain(2, due=None)])
    return made


@pytest.fixture
def now() -> ChangeContext:
    ticks = ticking()
    ticks()
    return ChangeContext(ticks, MADE + timedelta(days=1), "ann")


def owners(store: Store) -> list[str | None]:
    return [m.owner for m in store.all()]


def owned(store: Store, now: ChangeContext, key: str, owner: str) -> None:
    apply(store, now, [key], lambda m, s: m.edit(s, {"owner": owner}))


def test_undone_twice_and_redone_twice_is_as_before(store: Store, now: ChangeContext) -> None:
    owned(store, now, "1", "Roads")
    owned(store, now, "2", "Bridges")
    undo(store, now)
    undo(store, now)
    assert owners(store) == [None, None]
    assert [e.after.id for e in redo(store, now)] == [1]
    assert owners(store) == ["Roads", None]
    redo(store, now)
    assert owners(store) == ["Roads", "Bridges"]
    with pytest.raises(TrackerError, match="nothing to redo"):
        redo(store, now)


def test_what_was_redone_is_redone_no_more(store: Store, now: ChangeContext) -> None:
    owned(store, now, "1", "Roads")
    undo(store, now)
    redo(store, now)
    with pytest.raises(TrackerError, match="nothing to redo"):
        redo(store, now)
    undo(store, now)
    owned(store, now, "2", "Bridges")
    with pytest.raises(TrackerError, match="nothing to redo"):
        redo(store, now)


def test_an_empty_store_has_nothing_to_undo_or_redo(now: ChangeContext) -> None:
    empty = MemoryStore()
    empty.create([])
    for act, said in ((undo, "nothing to undo"), (redo, "nothing to redo")):
        with pytest.raises(TrackerError, match=said):
            act(empty, now)
    with pytest.raises(UnknownMilestone) as refused:
        find(empty, "1")
    assert "The store is empty" in str(refused.value)


def test_what_came_with_the_seed_is_not_undone(now: ChangeContext) -> None:
    seeded = MemoryStore()
    seeded.create([plain(1, "seed")])
    with pytest.raises(TrackerError, match="nothing to undo"):
        undo(seeded, now)
    name = seeded.all()[0].history[0].digest
    with pytest.raises(TrackerError, match="came with the seed"):
        undo(seeded, now, name[:8])


def test_one_undo_takes_back_all_that_one_change_touched(store: Store, now: ChangeContext) -> None:
    apply(store, now, ["1", "2"], lambda m, s: m.set_status(s, Status.COMPLETED))
    assert [e.after.id for e in undo(store, now)] == [1, 2]
    assert not any(m.completed_on for m in store.all())


def test_an_undone_beginning_leaves_a_tombstone_that_redo_brings_back(
    store: Store, now: ChangeContext
) -> None:
    add(store, now, [{"title": "New", "due": DUE}])
    undo(store, now)
    gone = store.get(3)
    assert gone is not None
    assert gone.removed_on == now.on
    redo(store, now)
    assert find(store, "3").removed_on is None


def test_a_change_is_undone_by_name_if_nothing_builds_on_it(
    store: Store, now: ChangeContext
) -> None:
    owned(store, now, "1", "Roads")
    owned(store, now, "1", "Bridges")
    apply(store, now, ["1"], lambda m, s: m.note(s, "seen"))
    first, second, note = (c.digest for c in store.all()[0].history[1:])
    with pytest.raises(TrackerError, match=second[:8]) as refused:
        undo(store, now, first[:8])
    assert note[:8] not in str(refused.value)
    undo(store, now, note[:4].upper())
    undo(store, now, second)
    undo(store, now, f" {first[:8]} ")
    assert owners(store) == [None, None]
    for named, error in (
        (first[:8], TrackerError),
        (first[:3], UnknownMilestone),
        ("x" * 8, UnknownMilestone),
    ):
        with pytest.raises(error):
            undo(store, now, named)


def test_a_beginning_is_not_undone_below_what_stands_on_it(
    store: Store, now: ChangeContext
) -> None:
    add(store, now, [{"title": "New"}])
    apply(store, now, ["3"], lambda m, s: m.note(s, "seen"))
    begun = find(store, "3").history[0].digest
    with pytest.raises(TrackerError, match="build on"):
        undo(store, now, begun[:8])


def test_a_name_of_two_changes_is_refused() -> None:
    store, now = MemoryStore(), ChangeContext(lambda: AT, MADE)
    twin = plain(2)
    first = plain(1)
    history = (replace(twin.history[0], digest=first.history[0].digest[:9] + "x" * 55),)
    store.create([first, replace(twin, history=history)])
    with pytest.raises(AmbiguousId, match="2 changes begin with"):
        undo(store, now, first.history[0].digest[:8])


def test_a_milestone_is_named_by_its_id_or_its_uid_s_start(
    store: Store, now: ChangeContext
) -> None:
    assert find(store, "2").id == find(store, "00000002").id == find(store, "00000002-AAAA").id == 2
    for key, error in (
        ("0000", AmbiguousId),
        ("000", UnknownMilestone),
        ("9", UnknownMilestone),
        ("2" * 19, UnknownMilestone),
    ):
        with pytest.raises(error):
            find(store, key)
    apply(store, now, ["2"], lambda m, s: m.remove(s))
    for key in ("2", "00000002"):
        assert find(store, key, removed=True).id == 2
        with pytest.raises(UnknownMilestone, match="was removed on 2021-03-11"):
            find(store, key)


def test_who_names_none_is_told_the_nearest(store: Store, now: ChangeContext) -> None:
    add(store, now, [{"title": "开工建桥"}, {"title": "Other"}, {"title": "Fifth"}])
    for key, told in (
        ("9", "The nearest are 3, 4, 5."),
        ("promise", "Did you mean 1 (Promise 1)?"),
        ("建桥", "Did you mean 3 (开工建桥)?"),
        ("ot", "Ids here go from 1 to 5"),
        ("oth", "Did you mean 4 (Other)?"),
    ):
        with pytest.raises(UnknownMilestone) as refused:
            find(store, key)
        assert told in str(refused.value)


def test_a_stamp_is_later_than_all_that_is_recorded(store: Store) -> None:
    still = ChangeContext(lambda: AT, MADE)
    owned(store, still, "1", "Roads")
    owned(store, still, "2", "Roads")
    micro = timedelta(microseconds=1)
    first, second = (m.recorded_at for m in store.all())
    assert AT < first < second <= AT + 2 * micro or first - AT >= micro
    later = ChangeContext(lambda: AT + timedelta(hours=1), MADE)
    owned(store, later, "1", "Bridges")
    assert store.all()[0].recorded_at == AT + timedelta(hours=1)


def test_a_verb_applies_to_all_that_are_named_once_or_to_none(
    store: Store, now: ChangeContext
) -> None:
    done = apply(store, now, ["1", "00000001", "2", "1"], lambda m, s: m.note(s, "seen"))
    assert [e.after.id for e in done] == [1, 2]
    with pytest.raises(UnknownMilestone):
        apply(store, now, ["1", "9"], lambda m, s: m.note(s, "again"))
    assert [len(m.notes) for m in store.all()] == [1, 1]


def test_two_people_accept_one_document_once(store: Store, now: ChangeContext) -> None:
    proposed = [ImportItem(f"line {n}", f"uid-{n}", {"title": f"Item {n}"}, MADE) for n in (1, 2)]
    assert [e.after.title for e in accept(store, now, proposed).effects] == ["Item 1", "Item 2"]
    assert accept(store, now, proposed[::-1]).effects == []
    apply(store, now, ["3"], lambda m, s: m.edit(s, {"title": "Put better"}))
    assert accept(store, now, [*proposed, proposed[0]]).effects == []
    assert len(store.all()) == 4


def whole(m: Milestone) -> ImportItem:
    return ImportItem("item", m.uid, {f: getattr(m, f) for f in PATCHED}, m.made_on, m)


def test_a_newer_export_brings_an_older_milestone_forward(store: Store, now: ChangeContext) -> None:
    stamp = Stamp(AT + timedelta(hours=2), MADE, "bob")
    moved = plain(1).postpone(stamp, DUE + timedelta(days=9), Precision.DAY, None)
    (effect,) = take_in(store, now, [whole(moved)]).effects
    assert effect.after.history[:2] == moved.history
    assert find(store, "1").due == moved.due
    assert take_in(store, now, [whole(plain(1))]).effects == []
    assert take_in(store, now, [whole(moved)]).effects == []


def test_histories_that_went_apart_are_refused(store: Store, now: ChangeContext) -> None:
    owned(store, now, "1", "Roads")
    before = store.all()
    other = plain(1).note(Stamp(AT + timedelta(hours=2), MADE, "bob"), "there")
    with pytest.raises(BadInput, match="was changed here and in the file"):
        take_in(store, now, [whole(other)])
    assert store.all() == before


def followed(ours: Milestone, item: ImportItem) -> str | None:
    store = MemoryStore()
    store.create([ours])
    follow(store, ChangeContext(lambda: AT + timedelta(days=1), MADE), [item])
    return store.all()[0].owner


def test_what_a_calendar_said_before_is_no_news() -> None:
    def edited(m: Milestone, hours: int, owner: str) -> Milestone:
        return m.edit(Stamp(AT + timedelta(hours=hours), MADE), {"owner": owner})

    def item(m: Milestone, hours: int, owner: str) -> ImportItem:
        return ImportItem("one", m.uid, {"owner": owner}, said_at=AT + timedelta(hours=hours))

    ours = edited(edited(plain(), 1, "Roads"), 3, "Bridges")
    assert followed(ours, item(ours, 2, "Roads")) == "Bridges"
    assert followed(ours, item(ours, 2, "Harbours")) == "Harbours"
    theirs = edited(plain(verb="import", owner="Roads"), 1, "Bridges")
    assert followed(theirs, item(theirs, 2, "Roads")) == "Bridges"


def test_what_a_calendar_said_last_is_no_news_whoever_changed_it_since() -> None:
    def item(hours: int, owner: str) -> ImportItem:
        return ImportItem("one", plain().uid, {"owner": owner}, said_at=AT + timedelta(hours=hours))

    begun = plain(verb="import", owner="Roads")
    taken = begun.take_in(Stamp(AT + timedelta(hours=1), MADE), {"owner": "Bridges"})
    ours = taken.edit(Stamp(AT + timedelta(hours=2), MADE), {"owner": "Harbours"})
    assert followed(ours, item(1, "Bridges")) == "Harbours"
    assert followed(ours, item(3, "Parks")) == "Parks"


def test_who_follows_a_day_that_has_begun_elsewhere_takes_it_and_of_a_later_one_is_told() -> None:
    now = AT + timedelta(hours=5)
    last = last_day(now)
    assert last == MADE + timedelta(days=1)
    for day, is_there in ((last, True), (last + timedelta(days=1), False)):
        store = MemoryStore()
        store.create([plain().note(Stamp(AT, MADE), "seen").edit(Stamp(AT, day), {"owner": "A"})])
        occasion = ChangeContext(lambda: now, MADE)
        if is_there:
            with pytest.raises(OutOfOrder, match="changed again on"):
                owned(store, replace(occasion, is_told=True), "1", "B")
            owned(store, occasion, "1", "B")
            assert [c.on for c in store.all()[0].history][-2:] == [day, day]
        else:
            with pytest.raises(OutOfOrder) as refused:
                owned(store, occasion, "1", "B")
            assert store.all()[0].history[-1].digest[:8] in refused.value.hint


def test_no_more_than_five_are_named_for_a_start_of_a_uid() -> None:
    with pytest.raises(AmbiguousId) as refused:
        find_in([plain(id) for id in range(1, 8)], "0000000")
    assert "7 milestones" in refused.value.message
    assert refused.value.message.endswith("1, 2, 3, 4, 5.")


def test_a_whole_history_keeps_its_id_where_it_is_free(store: Store, now: ChangeContext) -> None:
    empty = MemoryStore()
    empty.create([])
    taken = take_in(empty, now, [whole(m) for m in reversed(store.all())])
    assert [e.after.id for e in taken.effects] == [2, 1]


def test_what_an_import_recorded_of_one_at_once_is_undone_at_once(
    store: Store, now: ChangeContext
) -> None:
    said = {"status": Status.COMPLETED, "completed_on": MADE, "owner": "Roads"}
    take_in(store, now, [ImportItem("row 1", plain(1).uid, said)])
    assert len(store.all()[0].history) == 3
    undo(store, now)
    assert {f: getattr(store.all()[0], f) for f in said} == {f: getattr(plain(1), f) for f in said}


def test_a_file_gives_a_first_date_to_what_had_none_and_moves_no_baseline(
    store: Store, now: ChangeContext
) -> None:
    said = {"due": DUE, "precision": Precision.DAY, "baseline_due": DUE - timedelta(days=9)}
    take_in(store, now, [ImportItem(f"row {m.id}", m.uid, said) for m in store.all()])
    assert [m.baseline_due for m in store.all()] == [DUE, DUE]


def test_a_history_that_went_another_way_is_told_of_and_one_that_was_altered_by_that(
    store: Store, now: ChangeContext
) -> None:
    theirs = plain(1).note(Stamp(AT + timedelta(hours=1), MADE), "theirs")
    apply(store, now, ["1"], lambda m, s: m.note(s, "ours"))
    with pytest.raises(BadInput, match="changed here and in the file"):
        take_in(store, now, [whole(theirs)])
    altered = replace(theirs.history[-1], why="altered")
    with pytest.raises(BadInput, match="altered past the commands"):
        take_in(store, now, [whole(replace(theirs, history=(*theirs.history[:-1], altered)))])


def test_the_first_to_come_of_one_that_repeats_follows_when_it_is_done(
    store: Store, now: ChangeContext
) -> None:
    added = {"title": "Report", "due": DUE, "repeat": "every month"}
    assert len(add(store, now, [added])) == 1
    done = apply(store, now, ["3"], lambda m, s: m.set_status(s, Status.COMPLETED))
    assert [e.after.id for e in done] == [3, 4]
    again = apply(store, now, ["3"], lambda m, s: m.note(s, "seen"))
    assert [e.after.id for e in again] == [3]


def test_a_file_that_says_another_baseline_alone_changes_nothing(
    store: Store, now: ChangeContext
) -> None:
    said = {"due": DUE, "baseline_due": DUE - timedelta(days=9)}
    assert take_in(store, now, [ImportItem("row 1", plain(1).uid, said)]).effects == []


def test_a_whole_history_that_was_altered_does_not_come_in(
    store: Store, now: ChangeContext
) -> None:
    longer = plain(1).note(Stamp(AT + timedelta(hours=1), MADE), "theirs")
    for m in (longer, replace(plain(7), uid="another")):
        altered = replace(m, title="Altered")
        with pytest.raises(BadInput, match="milestone"):
            take_in(store, now, [whole(altered)])
