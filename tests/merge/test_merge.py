"""Two stores that went apart: all of both kept, past days replayed, real questions asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from tests.milestones import AT, DUE, MADE, plain
from tests.scripts import scripts, verb_of
from tests.store.memory import MemoryStore
from tracker import actions
from tracker.actions import ChangeContext
from tracker.coherence import faults
from tracker.errors import BadInput, TrackerError
from tracker.merge import Side, merge
from tracker.merge.weave import GROUPS
from tracker.model import (
    JOIN,
    MERGE,
    PATCHED,
    Change,
    Milestone,
    Precision,
    Stamp,
    Status,
    record_head,
    states,
    validate,
)

Side_ = list[Milestone]
DAYS = [MADE + timedelta(days=n) for n in range(14)]


def ticking(start: datetime) -> Callable[[], datetime]:
    ticks = iter(range(1, 10_000))
    return lambda: start + timedelta(minutes=next(ticks))


def went_on(begun: Side_, script: Any, start: datetime, added: int = 0) -> Side_:
    """Return what a script of verbs makes of a store from an instant on."""
    store = MemoryStore()
    store.create(list(begun))
    clock = ticking(start)
    for (verb, value), on, ids in script:
        occasion = ChangeContext(clock, on, "someone")
        try:
            if verb in ("undo", "redo"):
                getattr(actions, verb)(store, occasion)
            else:
                actions.apply(store, occasion, ids, verb_of(verb, value))
        except TrackerError:
            continue
    for number in range(added):
        actions.add(store, ChangeContext(clock, MADE), [{"title": f"New {start} {number}"}])
    return store.all()


BEGUN = [plain(1, "seed"), plain(2, "seed", due=None)]
offsets = st.sampled_from([timedelta(0), timedelta(seconds=30), timedelta(minutes=3)])
LATER = AT + timedelta(days=1)


def by_uid(side: Side_ | tuple[Milestone, ...]) -> dict[str, Milestone]:
    return {m.uid: m for m in side}


def every_entry_is_kept(m: Milestone, sides: Side_) -> None:
    entries = {(c.verb, c.on, c.by, c.why, c.evidence) for c in m.history}
    for change in (c for side in sides for c in side.history):
        assert (change.verb, change.on, change.by, change.why, change.evidence) in entries


def holds(m: Milestone, other: Milestone) -> bool:
    return other.history[-1].digest in {c.digest for c in m.history}


def unjoined(m: Milestone) -> tuple[Change, ...]:
    return tuple(c for c in m.history if c.verb != JOIN)


def values_are_those_that_changed(
    m: Milestone, base: Milestone | None, sides: Side_, asked: set[tuple[str, str]]
) -> None:
    for field in PATCHED if base else ():
        if (m.uid, field) not in asked:
            was = getattr(base, field)
            changed = [v for side in sides if (v := getattr(side, field)) != was]
            assert getattr(m, field) in (changed or [was])


def past_days_are_one_side_s(m: Milestone, sides: Side_) -> None:
    if any(c.now.removed_on is not UNSET for c in m.corrections):
        assert all(m.as_of(day) is None for day in DAYS)
        return
    for day in DAYS:
        then = m.replayed(day)
        there = [side.replayed(day) for side in sides]
        assert (then is None) in [one is None for one in there]
        thens = [one for one in there if one]
        if then and len(thens) < len(sides):
            continue  # one of them says that it was promised later
        for field in PATCHED if then else ():
            assert getattr(then, field) in [getattr(one, field) for one in thens]


@given(scripts, scripts, scripts, offsets, st.integers(0, 2), st.integers(0, 2))
def test_what_both_did_is_kept_sound_and_the_same_either_way_round(
    before: Any, first: Any, second: Any, apart: timedelta, new: int, newer: int
) -> None:
    base = went_on(BEGUN, before, AT)
    ours = went_on(base, first, LATER, new)
    theirs = went_on(base, second, LATER + apart, newer)
    merged = merge(base, ours, theirs)
    assert faults(merged.milestones) == [] or any(c.about == "soundness" for c in merged.conflicts)
    for m in merged.milestones:
        validate(m)
    # What one change did together is one question, about the first of its fields.
    asked = {
        (c.uid, field)
        for c in merged.conflicts
        for field in (*GROUPS.get(c.about, ()), *c.ours.values())
    }
    removal = {c.uid for c in merged.conflicts if c.about == "removal"}
    old, left, right = by_uid(base), by_uid(ours), by_uid(theirs)
    both = by_uid(merged.milestones)
    assert both.keys() == left.keys() | right.keys()
    for uid, m in both.items():
        sides = [side[uid] for side in (left, right) if uid in side]
        every_entry_is_kept(m, sides)
        if ahead := [side for side in sides if all(holds(side, other) for other in sides)]:
            assert replace(m, history=unjoined(m)) == replace(ahead[0], id=m.id)
            continue
        known = {c.digest for c in old[uid].history} if uid in old else set()
        made = [{c.digest for c in side.history} - known for side in sides]
        if not set.intersection(*made):
            # What both did at one instant is one entry, which either may have taken back.
            values_are_those_that_changed(m, old.get(uid), sides, asked)
        if uid not in removal:
            past_days_are_one_side_s(m, sides)
    other_way = merge(base, theirs, ours)
    if not merged.conflicts:
        assert other_way.milestones == merged.milestones
    assert {(c.uid, c.about) for c in other_way.conflicts} == {
        (c.uid, c.about) for c in merged.conflicts
    }


@given(scripts, scripts, st.integers(0, 2))
def test_a_side_that_did_nothing_changes_nothing(before: Any, after: Any, new: int) -> None:
    base = went_on(BEGUN, before, AT)
    ours = went_on(base, after, LATER, new)
    for merged in (merge(base, ours, base), merge(base, base, ours), merge(base, ours, ours)):
        assert list(merged.milestones) == ours
        assert not merged.conflicts
        assert not merged.renumbered


@given(scripts, scripts, scripts, offsets)
def test_a_merge_is_merged_again_without_a_question(
    first: Any, second: Any, third: Any, apart: timedelta
) -> None:
    ours = went_on(BEGUN, first, LATER, 1)
    theirs = went_on(BEGUN, second, LATER + apart, 1)
    both = list(merge(BEGUN, ours, theirs, Side.OURS).milestones)
    for side in (ours, theirs):
        assert list(merge(BEGUN, both, side).milestones) == both
        assert merge(BEGUN, side, both).milestones == tuple(both)
    further = went_on(theirs, third, LATER + timedelta(days=1))
    again = merge(theirs, both, further)
    assert faults(again.milestones) == []
    passed = {state.head for state in states(again.milestones)}
    assert passed >= {record_head(s).digest for s in (BEGUN, ours, theirs, both, further)}
    uids = {c.uid for c in again.conflicts}
    for uid, m in by_uid(again.milestones).items():
        if uid not in uids:
            validate(m)


# -- one question at a time ------------------------------------------------------------------------


def at(minutes: int, on: date = MADE, by: str | None = None) -> Stamp:
    return Stamp(LATER + timedelta(minutes=minutes), on, by)


def due(m: Milestone, minutes: int, day: int) -> Milestone:
    return m.postpone(at(minutes), DUE + timedelta(days=day), Precision.DAY, None, why="tender")


ONE = plain(1)


@given(scripts, scripts, scripts, scripts, offsets)
def test_three_that_went_apart_come_to_the_same_whichever_two_are_merged_first(
    before: Any, first: Any, second: Any, third: Any, apart: timedelta
) -> None:
    base = went_on(BEGUN, before, AT)
    a, b, c = (
        went_on(base, script, LATER + number * apart, number % 2)
        for number, script in enumerate((first, second, third))
    )
    asked, outcomes = set(), []
    for one, two, last in ((a, b, c), (b, c, a), (c, a, b)):
        pair = merge(base, one, two)
        all_three = merge(base, pair.milestones, last)
        asked.add(bool(pair.conflicts or all_three.conflicts))
        outcomes.append(all_three.milestones)
    assert len(asked) == 1
    if asked == {False}:
        told = [told_by(outcome) for outcome in outcomes]
        assert told[0] == told[1] == told[2]


def told_by(side: Side_ | tuple[Milestone, ...]) -> dict[str, object]:
    """All that a side says of each but its id and how it was merged: entries, and every day."""
    return {
        m.uid: (
            {change.digest for change in m.history if change.verb not in (MERGE, JOIN)},
            [then and replace(then, id=0, history=()) for then in map(m.replayed, DAYS)],
            replace(m, id=0, history=()),
        )
        for m in side
    }


def test_each_field_comes_from_the_side_that_changed_it() -> None:
    ours = due(ONE, 1, 30).edit(at(4), {"owner": "Roads"})
    theirs = ONE.set_status(at(2), Status.IN_PROGRESS).note(at(3), "begun")
    merged = merge([ONE], [ours], [theirs])
    assert not merged.conflicts
    (m,) = merged.milestones
    assert (m.due, m.owner, m.status) == (ours.due, "Roads", Status.IN_PROGRESS)
    assert m.baseline_due == DUE
    assert [c.verb for c in unjoined(m)] == ["add", "postpone", "status", "note", "edit", "merge"]
    assert m.revisions == 1


def test_both_moved_it_to_the_same_day() -> None:
    merged = merge([ONE], [due(ONE, 1, 30)], [due(ONE, 2, 30)])
    assert not merged.conflicts
    (m,) = merged.milestones
    assert m.revisions == 1
    assert [c.verb for c in m.history] == ["add", "postpone", "postpone", "merge", "join"]


@pytest.mark.parametrize("prefer", [None, *Side])
def test_both_moved_it_elsewhere(prefer: Side | None) -> None:
    ours, theirs = due(ONE, 1, 30), due(ONE, 2, 60)
    merged = merge([ONE], [ours], [theirs], prefer)
    assert merged.milestones[0].due == (theirs if prefer is Side.THEIRS else ours).due
    assert [c.about for c in merged.conflicts] == ([] if prefer else ["due"])
    if not prefer:
        assert (merged.conflicts[0].ours.due, merged.conflicts[0].theirs.due) == (
            ours.due,
            theirs.due,
        )


def test_done_here_and_cancelled_there_is_one_question_and_no_mixture() -> None:
    ours = ONE.set_status(at(1), Status.COMPLETED)
    theirs = ONE.set_status(at(2), Status.CANCELLED)
    for side, other in ((ours, theirs), (theirs, ours)):
        merged = merge([ONE], [side], [other])
        assert [c.about for c in merged.conflicts] == ["status"]
        validate(merged.milestones[0])


def test_what_one_side_removed_and_the_other_went_on_with_is_kept_and_asked() -> None:
    gone, there = ONE.remove(at(1)), due(ONE, 2, 30)
    for ours, theirs in ((gone, there), (there, gone)):
        merged = merge([ONE], [ours], [theirs])
        assert [c.about for c in merged.conflicts] == ["removal"]
        assert merged.milestones[0].removed_on is None
        assert merged.milestones[0].due == there.due
    assert merge([ONE], [gone], [there], Side.OURS).milestones[0].removed_on is not None
    assert merge([ONE], [gone], [ONE]).milestones == (gone,)


def test_a_removal_taken_back_by_one_side_stands_no_more_whatever_the_other_mended() -> None:
    base = due(ONE, 1, 30).remove(at(2))
    ours, theirs = undone(base, 3), undone(base, 4, place=1)
    for side, other in ((ours, theirs), (theirs, ours)):
        merged = merge([base], [side], [other])
        assert not merged.conflicts
        assert (merged.milestones[0].removed_on, merged.milestones[0].due) == (None, DUE)


def test_a_mistake_taken_back_is_no_question() -> None:
    wrong = due(ONE, 1, 90)
    ours = wrong.revert(wrong.history[-1], "undo", at(3).at, None)
    theirs = due(ONE, 2, 30)
    merged = merge([ONE], [ours], [theirs])
    assert not merged.conflicts
    assert merged.milestones[0].due == theirs.due
    assert faults(merged.milestones) == []


def test_one_id_for_two_new_ones_goes_to_the_earlier_and_links_hold() -> None:
    def new(uid: str, minutes: int, **fields: Any) -> Milestone:
        return Milestone.begin(2, uid, at(minutes), "add", title=uid, **fields)

    ours, theirs = new("late-uid", 5), new("early-uid", 4, parent=ONE.uid)
    child = Milestone.begin(3, "child-uid", at(6), "add", title="c", parent="late-uid")
    merged = merge([ONE], [ONE, ours, child], [ONE, theirs])
    assert [(m.id, m.uid) for m in merged.milestones][1:] == [
        (2, "early-uid"),
        (3, "child-uid"),
        (4, "late-uid"),
    ]
    assert [(r.was, r.now) for r in merged.renumbered] == [(2, 4)]
    assert merged == merge([ONE], [ONE, theirs], [ONE, ours, child])
    # The clone that still has the old number gets the new one.
    again = merge([ONE, ours, child], list(merged.milestones), [ONE, ours, child])
    assert again.milestones == merged.milestones


def test_a_circle_that_neither_side_made_is_asked_about() -> None:
    two = plain(2)
    ours = [ONE.edit(at(1), {"parent": two.uid}), two]
    theirs = [ONE, two.edit(at(2), {"parent": ONE.uid})]
    merged = merge([ONE, two], ours, theirs)
    assert {c.about for c in merged.conflicts} == {"soundness"}


def test_a_row_taken_out_by_hand_is_kept_only_if_the_other_side_changed_it() -> None:
    two = plain(2)
    assert merge([ONE, two], [ONE, two], [ONE]).milestones == (ONE,)
    merged = merge([ONE, two], [ONE], [ONE, due(two, 1, 30)])
    assert [c.about for c in merged.conflicts] == ["row"]
    assert len(merged.milestones) == 2


@pytest.mark.parametrize(("prefer", "left"), [(Side.OURS, [1]), (Side.THEIRS, [1, 2])])
def test_a_row_taken_out_by_ours_goes_or_stays_as_preferred(prefer: Side, left: list[int]) -> None:
    two = plain(2)
    gone, there = [ONE], [ONE, due(two, 1, 30)]
    assert [m.id for m in merge([ONE, two], gone, there, prefer).milestones] == left
    other = Side.THEIRS if prefer is Side.OURS else Side.OURS
    assert [m.id for m in merge([ONE, two], there, gone, other).milestones] == left


def test_who_went_another_way_after_a_detour_is_asked_about() -> None:
    ours, theirs = due(due(ONE, 1, 30), 2, 60), due(ONE, 3, 90)
    for side, other in ((ours, theirs), (theirs, ours)):
        assert [c.about for c in merge([ONE], [side], [other]).conflicts] == ["due"]


def test_the_same_sheet_imported_in_both_is_one() -> None:
    uid = "sheet-uid"
    ours = Milestone.begin(1, uid, at(1), "import", title="Ring road", due=DUE)
    theirs = Milestone.begin(1, uid, at(2), "import", title="Ring road", due=DUE)
    later = theirs.set_status(at(3), Status.IN_PROGRESS)
    merged = merge([], [ours], [later])
    assert not merged.conflicts
    assert merged.milestones[0].status is Status.IN_PROGRESS
    assert faults(merged.milestones) == []


def test_a_side_with_a_uid_twice_is_refused() -> None:
    with pytest.raises(BadInput, match="ours share a uid"):
        merge([], [ONE, plain(1)], [])


def undone(m: Milestone, minutes: int, place: int = -1) -> Milestone:
    return m.revert(m.history[place], "undo", at(minutes).at, None)


@pytest.mark.parametrize("prefer", [*Side])
def test_a_shared_move_undone_by_one_and_moved_on_by_the_other_replays_as_preferred(
    prefer: Side,
) -> None:
    shared = due(ONE, 1, 30)
    ours, theirs = undone(shared, 2), due(shared, 3, 60)
    for side, other, chosen in ((ours, theirs, prefer), (theirs, ours, Side.THEIRS)):
        (m,) = merge([shared], [side], [other], chosen).milestones
        stands = side if chosen is Side.OURS else other
        assert faults([m]) == []
        assert (m.due, m.revisions) == (stands.due, stands.revisions)
        for day in DAYS:
            then, alone = m.replayed(day), stands.replayed(day)
            assert (then and then.due) == (alone and alone.due)


def test_one_side_undoes_while_the_other_edits_another_field() -> None:
    shared = due(ONE, 1, 30)
    merged = merge([shared], [undone(shared, 2)], [shared.edit(at(3), {"owner": "Roads"})])
    (m,) = merged.milestones
    assert (merged.conflicts, m.due, m.owner, m.revisions) == ((), DUE, "Roads", 0)


@pytest.mark.parametrize("swapped", [False, True])
def test_a_shared_move_taken_back_by_one_side_asks_nothing(swapped: object) -> None:
    shared = due(ONE, 1, 30)
    ours, theirs = [undone(shared, 2)], [shared.note(at(3), "seen")]
    merged = merge([shared], theirs, ours) if swapped else merge([shared], ours, theirs)
    assert (merged.conflicts, merged.milestones[0].due) == ((), DUE)


@pytest.mark.parametrize("swapped", [False, True])
def test_who_went_further_on_the_same_way_stands(swapped: object) -> None:
    """From A to B and to C, beside A to B."""
    ours, theirs = [due(due(ONE, 1, 30), 2, 60)], [due(ONE, 3, 30)]
    merged = merge([ONE], theirs, ours) if swapped else merge([ONE], ours, theirs)
    assert (merged.conflicts, merged.milestones[0].due) == ((), DUE + timedelta(days=60))


def test_who_went_yet_further_on_a_long_way_stands() -> None:
    """From A to B to C and to D, beside A to B to C."""
    short = due(due(ONE, 3, 30), 4, 60)
    merged = merge([ONE], [due(due(due(ONE, 1, 30), 2, 60), 5, 90)], [short])
    assert (merged.conflicts, merged.milestones[0].due) == ((), DUE + timedelta(days=90))


def test_new_ids_leave_no_gap() -> None:
    def new(id: int, side: str, minutes: int) -> Milestone:
        return Milestone.begin(id, f"{side}-{id}", at(minutes), "add", title=side)

    ours, theirs = ([new(id, side, n) for id in (2, 3)] for n, side in enumerate(("us", "them")))
    assert [m.id for m in merge([], ours, theirs).milestones] == [2, 3, 4, 5]


def test_who_turned_back_on_the_same_way_is_asked_about() -> None:
    merged = merge([ONE], [due(due(ONE, 1, 30), 2, 0)], [due(ONE, 3, 30)])
    assert [c.about for c in merged.conflicts] == ["due"]


def test_one_uid_with_two_beginnings_is_one_and_asks_what_differs() -> None:
    ours = Milestone.begin(1, "same", at(1), "import", title="Ring road", due=DUE)
    theirs = Milestone.begin(
        2, "same", at(2), "import", title="Ring road", due=DUE + timedelta(days=1), owner="Roads"
    )
    for side in Side:
        merged = merge([], [ours], [theirs], side)
        (m,) = merged.milestones
        assert (merged.conflicts, faults([m])) == ((), [])
        assert m.due == (ours if side is Side.OURS else theirs).due
        assert [c.verb for c in m.history] == ["import", "import", "merge", "join"]
    asked = merge([], [ours], [theirs])
    assert {c.about for c in asked.conflicts} == {"due", "owner"}
    assert asked.milestones[0].id == 1
