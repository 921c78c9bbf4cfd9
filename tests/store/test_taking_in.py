"""What comes from outside is known by what it says of itself, and undone it comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from msgspec.structs import replace

from tests.milestones import MADE, plain
from tracker.actions import (
    ChangeContext,
    ImportItem,
    Intake,
    Matches,
    accept,
    apply,
    follow,
    take_in,
    undo,
)
from tracker.coherence import faults
from tracker.errors import AmbiguousId, BadInput
from tracker.exchange import csv, json
from tracker.exchange.incoming import incoming
from tracker.ics.incoming import incoming as from_calendar
from tracker.ics.read import read
from tracker.model import MOST_ID, Milestone, Stamp, Status, record_head, states
from tracker.store import Store

NOW = datetime(2021, 6, 1, 8, tzinfo=UTC)
TODAY = NOW.date()
_minutes = count()
OCCASION = ChangeContext(lambda: NOW + timedelta(minutes=next(_minutes)), TODAY, "tester")
ALIKE = """title,owner,due
Report,Office,2021-06-30
Report,Office,2021-09-30
Report,Office,2021-12-31
"""
CALENDAR = (
    b"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:one\r\nSUMMARY:Report\r\nDUE;VALUE=DATE:20210630\r\n"
)
CALENDAR += b"END:VTODO\r\nEND:VCALENDAR\r\n"


def of_csv(text: str) -> list[ImportItem]:
    return incoming(((f"row {line}", row) for line, row in csv.rows(text)), TODAY)


def of_json(items: Sequence[Mapping[str, Any]]) -> list[ImportItem]:
    return incoming(((f"item {n}", item) for n, item in enumerate(items, 1)), TODAY)


def exported(store: Store) -> list[dict[str, Any]]:
    return json.items(json.dumps(store.all()))


def by_csv(store: Store) -> Intake:
    return take_in(store, OCCASION, of_csv(ALIKE))


def by_json(store: Store) -> Intake:
    return take_in(store, OCCASION, of_json([{"title": "Report", "due": "2021-06-30"}]))


def by_calendar(store: Store) -> Intake:
    return follow(store, OCCASION, from_calendar(read(CALENDAR, (TODAY, TODAY)).items).items)


def by_document(store: Store) -> Intake:
    return accept(store, OCCASION, [ImportItem("line 3", "made-of-place", {"title": "Report"})])


WAYS = (by_csv, by_json, by_calendar, by_document)


@pytest.fixture
def empty(store: Store) -> Store:
    store.create([])
    return store


def standing(store: Store) -> list[Milestone]:
    return [m for m in store.all() if m.removed_on is None]


def complete(store: Store, id: int) -> None:
    apply(store, OCCASION, [str(id)], lambda m, stamp: m.set_status(stamp, Status.COMPLETED))


@pytest.mark.parametrize("way", WAYS)
def test_what_was_undone_comes_back_and_can_be_undone_again(
    empty: Store, way: Callable[[Store], Intake]
) -> None:
    count = len(way(empty).effects)
    for _ in range(2):
        undo(empty, OCCASION)
        assert standing(empty) == []
        taken = way(empty)
        assert (len(taken.effects), taken.removed) == (count, [])
        assert len(standing(empty)) == len(empty.all()) == count
        assert way(empty).effects == []


DONE = "title,due,made_on,status,completed_on\nReport,2021-06-30,2021-03-10,{}\n"


@pytest.mark.parametrize("before", ["", "not-started,", "completed,"])
def test_what_a_file_says_was_completed_was_owed_until_then(empty: Store, before: str) -> None:
    if before:
        take_in(empty, OCCASION, of_csv(DONE.format(before)))
    for _ in range(2):
        take_in(empty, OCCASION, of_csv(DONE.format("completed,2021-05-10")))
        (m,) = empty.all()
        eve, day = (m.replayed(date(2021, 5, n)) for n in (9, 10))
        assert eve is not None
        assert day is not None
        assert (eve.completed_on, day.completed_on) == (None, date(2021, 5, 10))
        assert eve.status.is_open or before == "completed,"
        assert sum(c.now.completed_on == date(2021, 5, 10) for c in m.effective) == 1
        undo(empty, OCCASION)


def test_a_day_found_out_later_lets_it_be_owed_from_then_to_its_completion(empty: Store) -> None:
    rows = "title,due,status,completed_on\nReport,2021-06-30,completed,2021-05-10\n"
    take_in(empty, OCCASION, of_csv(rows))
    assert empty.all()[0].as_of(date(2021, 5, 20)) is None
    [effect] = apply(empty, OCCASION, ["1"], lambda m, s: m.correct(s, {"made_on": MADE}, why="x"))
    told = [effect.after.as_of(date(2021, 5, day)) for day in (9, 10)]
    assert [one and one.status for one in told] == [Status.NOT_STARTED, Status.COMPLETED]


@pytest.mark.parametrize("way", WAYS)
def test_what_somebody_removed_stays_so_and_the_way_back_is_named(
    empty: Store, way: Callable[[Store], Intake]
) -> None:
    way(empty)
    apply(empty, OCCASION, ["1"], lambda m, stamp: m.remove(stamp, why="given up"))
    taken = way(empty)
    assert taken.effects == []
    ((_, gone),) = taken.removed
    undo(empty, OCCASION, gone.history[-1].digest[:8])
    assert gone.id in [m.id for m in standing(empty)]


def test_a_whole_history_that_was_undone_comes_back(empty: Store) -> None:
    by_json(empty)
    [item] = exported(empty)
    undo(empty, OCCASION)
    assert len(take_in(empty, OCCASION, of_json([item])).effects) == 1
    assert len(standing(empty)) == 1


def test_changes_of_a_history_that_were_undone_come_back(empty: Store) -> None:
    by_json(empty)
    complete(empty, 1)
    apply(empty, OCCASION, ["1"], lambda m, stamp: m.edit(stamp, {"owner": "Roads"}))
    items = exported(empty)
    for times in (1, 2):
        for _ in range(times):
            undo(empty, OCCASION)
        assert len(take_in(empty, OCCASION, of_json(items)).effects) == 1
        [m] = empty.all()
        assert (m.status, m.owner) == (Status.COMPLETED, "Roads")
        assert faults([m]) == []
        items = exported(empty)
    undo(empty, OCCASION)
    apply(empty, OCCASION, ["1"], lambda m, stamp: m.note(stamp, "since"))
    assert take_in(empty, OCCASION, of_json(items)).effects == []


def test_one_of_three_named_alike_may_go_and_no_other_takes_its_place(empty: Store) -> None:
    by_csv(empty)
    complete(empty, 2)
    head, first, second, third = ALIKE.splitlines()
    for rows in ((first, third), (third,), (second, third), (third, second, first)):
        assert take_in(empty, OCCASION, of_csv("\n".join((head, *rows)))).effects == []
    done = f"{head},status\n{third},completed\n{first},not-started\n"
    [effect] = take_in(empty, OCCASION, of_csv(done)).effects
    assert (effect.after.id, effect.after.status) == (3, Status.COMPLETED)


def test_rows_in_another_order_and_by_their_first_date_are_the_same(empty: Store) -> None:
    by_csv(empty)
    day, precision = date(2021, 8, 31), empty.all()[0].precision
    apply(empty, OCCASION, ["1"], lambda m, s: m.postpone(s, day, precision, None))
    head, *rows = ALIKE.splitlines()
    [effect] = take_in(empty, OCCASION, of_csv("\n".join((head, *rows[::-1])))).effects
    assert (effect.after.id, effect.after.due) == (1, date(2021, 6, 30))


@pytest.mark.parametrize(
    ("row", "id", "title"),
    [
        ("1,Report,2021-07-31", 1, "Report"),
        ("1,Final report,2021-06-30", 1, "Final report"),
        ("9,Report,2021-09-30", 2, "Report"),
        ("9,Another,2021-09-30", 4, "Another"),
    ],
)
def test_our_id_is_believed_where_the_title_or_the_date_agrees(
    empty: Store, row: str, id: int, title: str
) -> None:
    by_csv(empty)
    taken = take_in(empty, OCCASION, of_csv(f"id,title,due\n{row}\n"))
    assert [(e.after.id, e.after.title) for e in taken.effects if e.after.id != 2] == (
        [(id, title)] if id != 2 else []
    )
    assert len(empty.all()) == max(3, id)


AMBIGUOUS = (
    ("id,title,due\n2,Roads,2022-01-01\n", "row 2: It has the id 2, which is 'Report' here"),
    ("title,due\nReport,2022-01-01\n", "row 2: It may be any of the milestones 1, 2, 3"),
    ("title\nReport\n", "row 2: It may be any of the milestones 1, 2, 3"),
    (ALIKE + "Report,Office,2021-06-30\n", "row 5: It is the same one as row 2."),
    ("title,due\nNew,2021-06-30\nnew ,2021-06-30\n", "row 3: It is the same one as row 2."),
    ("uid,title\nx,A\nx,B\n", "row 3: It is the same one as row 2."),
)


@pytest.mark.parametrize(("text", "sentence"), AMBIGUOUS)
def test_what_may_be_either_is_named_and_nothing_comes_in(
    empty: Store, text: str, sentence: str
) -> None:
    by_csv(empty)
    before = empty.all()
    with pytest.raises(BadInput) as refused:
        take_in(empty, OCCASION, of_csv(text))
    assert sentence in refused.value.message
    assert "Nothing was imported. " in refused.value.hint
    assert empty.all() == before


def test_a_body_tells_namesakes_apart_and_none_agrees_with_any(empty: Store) -> None:
    take_in(
        empty, OCCASION, of_csv("title,owner,due\nReport,Office,2021-06-30\nPlan,,2021-06-30\n")
    )
    rows = "title,owner,due\nReport,Roads,2021-06-30\nPlan,Roads,2021-06-30\n"
    effects = take_in(empty, OCCASION, of_csv(rows)).effects
    assert [(e.before and e.before.id, e.after.id) for e in effects] == [(None, 3), (2, 2)]


def test_without_a_date_the_wording_of_the_date_tells(empty: Store) -> None:
    def items(*phrases: str | None) -> list[dict[str, object]]:
        return [{"title": "Report", "due_phrase": phrase} for phrase in phrases]

    take_in(empty, OCCASION, of_json(items("soon", "some day")))
    there = empty.all()
    assert Matches(there).of(of_json(items("Some  day"))) == [there[1]]
    assert Matches(there).of(of_json(items("Soon"))) == [there[0]]
    assert [type(one) for one in Matches(there).of(of_json(items(None)))] == [AmbiguousId]


def test_what_two_rows_may_be_is_neither_s(empty: Store) -> None:
    take_in(empty, OCCASION, of_csv("title,due\nReport,2021-06-30\n"))
    rows = "title,owner,due\nReport,A,2021-09-30\nReport,B,2021-12-31\n"
    found = Matches(empty.all()).of(of_csv(rows))
    assert [type(one) for one in found] == [AmbiguousId, AmbiguousId]
    assert Matches(empty.all()).of(of_csv(rows)[:1]) == empty.all()


def test_of_two_that_agree_the_one_that_stands_is_meant(empty: Store) -> None:
    rows = of_csv("title,due\nReport,2021-06-30\n")
    first, second = plain(1, title="Report"), plain(2, title="Report")
    gone = first.remove(Stamp(NOW, TODAY))
    assert Matches([gone, second]).of(rows) == [second]
    assert Matches([gone]).of(rows) == [gone]
    assert [type(one) for one in Matches([first, second]).of(rows)] == [AmbiguousId]


def test_a_head_from_before_an_import_of_histories_is_still_contained(empty: Store) -> None:
    by_csv(empty)
    head = record_head(empty.all()).digest
    theirs = plain(9, title="Elsewhere")
    items = json.items(json.dumps([theirs]))
    take_in(empty, OCCASION, of_json([*items, {"title": "Without a history"}]))
    assert head in {state.head for state in states(empty.all())}


def test_the_numbers_of_a_sheet_made_by_hand_are_no_ids(empty: Store) -> None:
    by_csv(empty)
    taken = take_in(empty, OCCASION, of_csv("序号,任务,完成时限\n1,修桥,2021-06-30\n二,修路,\n"))
    assert [e.after.id for e in taken.effects] == [4, 5]


def test_a_uid_that_is_not_here_is_another_milestone(empty: Store) -> None:
    by_csv(empty)
    item = {"uid": "theirs", "title": "Report", "owner": "Office", "due": "2021-06-30"}
    [effect] = take_in(empty, OCCASION, of_json([item])).effects
    assert (effect.before, effect.after.id, effect.after.uid) == (None, 4, "theirs")


def _second(items: list[dict[str, Any]]) -> dict[str, Any]:
    return next(item for item in items if item["id"] == 2)


TAMPERED: tuple[Callable[[dict[str, Any]], object], ...] = (
    lambda item: item["history"][0].update(by="another"),
    lambda item: item["history"][0].update(on="2020-01-01"),
    lambda item: item["history"][1].update(why="excuse"),
    lambda item: item["history"][1]["was"].update(status="in-progress"),
    lambda item: item["history"].pop(0),
    lambda item: item["history"][1].update(digest="f" * 64),
    lambda item: item.update(due="2022-01-01"),
    lambda item: item.update(baseline_due="2022-01-01"),
    lambda item: item.update(title="Another"),
)


@pytest.mark.parametrize("tamper", TAMPERED)
def test_a_history_that_was_altered_is_named_by_its_digests(
    empty: Store, tamper: Callable[[dict[str, Any]], object]
) -> None:
    by_csv(empty)
    complete(empty, 2)
    newer = exported(empty)
    tamper(_second(newer))
    empty.change(lambda t: t.put(replace(t.all()[1], uid="elsewhere")))
    with pytest.raises(BadInput, match=r"item 2: The milestone .* has "):
        take_in(empty, OCCASION, of_json(newer))


def test_an_altered_entry_of_what_is_known_is_named_and_an_edited_field_is_a_change(
    empty: Store,
) -> None:
    by_csv(empty)
    complete(empty, 2)
    items = exported(empty)
    _second(items)["history"][1]["why"] = "excuse"
    with pytest.raises(BadInput, match=r"item 2: The milestone .* was altered past the commands"):
        take_in(empty, OCCASION, of_json(items))
    edited = exported(empty)
    _second(edited)["title"] = "Final report"
    [effect] = take_in(empty, OCCASION, of_json(edited)).effects
    assert (effect.after.title, effect.after.history[-1].verb) == ("Final report", "import")


TO_COME = (
    {"made_on": "2062-01-01"},
    {"status": "completed", "completed_on": "2062-01-01"},
)


@pytest.mark.parametrize("fields", TO_COME)
def test_a_fact_of_a_day_to_come_is_refused(empty: Store, fields: dict[str, str]) -> None:
    with pytest.raises(BadInput, match=r"item 1: It was \w+ on 2062-01-01, a day to come\."):
        take_in(empty, OCCASION, of_json([{"title": "Report", **fields}]))
    assert empty.all() == []


def test_a_day_that_has_begun_somewhere_is_not_to_come(empty: Store) -> None:
    late = replace(OCCASION, clock=lambda: datetime(2021, 6, 1, 11, tzinfo=UTC))
    taken = take_in(empty, late, of_json([{"title": "Report", "made_on": "2021-06-02"}]))
    assert len(taken.effects) == 1


@pytest.mark.parametrize("at", ["2999-01-01T00:00:00Z", "2022-06-01T08:00:00Z"])
def test_a_history_recorded_by_a_clock_ahead_is_refused(empty: Store, at: str) -> None:
    by_csv(empty)
    ahead = replace(OCCASION, clock=lambda: datetime.fromisoformat(at))
    apply(empty, ahead, ["2"], lambda m, stamp: m.note(stamp, "seen"))
    items = exported(empty)
    empty.change(lambda t: t.put(replace(t.all()[1], uid="elsewhere")))
    with pytest.raises(
        BadInput, match=r"item 2: Milestone 2 comes with the change .*a day to come"
    ):
        take_in(empty, OCCASION, of_json(items))


def test_no_id_that_comes_in_leaves_none_to_the_next(empty: Store) -> None:
    by_json(empty)
    [item] = exported(empty)
    item |= {"id": MOST_ID}
    empty.change(lambda t: t.put(replace(t.all()[0], uid="elsewhere")))
    [effect] = take_in(empty, OCCASION, of_json([item])).effects
    assert effect.after.id == 2
    item["id"] = MOST_ID + 1
    with pytest.raises(BadInput, match="is no id of a milestone"):
        of_json([item])
