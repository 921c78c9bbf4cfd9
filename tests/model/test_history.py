"""Corrections, digests and the head: the record is put right in the open, never unseen."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.milestones import AT, DUE, MADE, plain
from tracker.coherence import faults
from tracker.errors import OutOfOrder
from tracker.merge import merge
from tracker.model import (
    EMPTY,
    Milestone,
    Precision,
    Stamp,
    Status,
    crossed_states,
    record_head,
    states,
)
from tracker.query import Query
from tracker.report.ontime import ontime
from tracker.report.since import changes_since, corrections_since
from tracker.store import open_store

YEAR = timedelta(days=365)
NEXT = DUE + timedelta(days=40)


def at(minutes: int, on: date = MADE) -> Stamp:
    return Stamp(AT + timedelta(minutes=minutes), on, "ann")


def moved(m: Milestone, minutes: int, due: date, on: date = MADE) -> Milestone:
    return m.postpone(at(minutes, on), due, Precision.DAY, None, why="tender")


def test_a_first_date_put_right_was_never_another_and_is_no_move() -> None:
    m = plain(due=DUE + YEAR).correct(at(1), {"due": DUE}, why="typed the wrong year")
    assert (m.due, m.baseline_due, m.revisions, m.slippage) == (DUE, DUE, 0, 0)
    then = m.as_of(MADE)
    assert then is not None
    assert then.due == DUE
    assert [c.verb for c in m.effective] == ["add"]
    assert [c.why for c in m.corrections] == ["typed the wrong year"]
    assert faults([m]) == []


def test_a_move_put_right_is_one_move_to_where_it_led() -> None:
    day = MADE + timedelta(days=5)
    wrong = moved(plain(), 1, NEXT + YEAR, day)
    m = wrong.correct(at(2, day + timedelta(days=9)), {"due": NEXT}, why="typed 2022")
    assert (m.revisions, m.slippage, m.baseline_due) == (1, 40, DUE)
    (move,) = [c for c in m.effective if c.verb == "postpone"]
    assert (move.was.due, move.now.due, move.on) == (DUE, NEXT, day)
    assert [m.replayed(d).due for d in (MADE, day)] == [DUE, NEXT]  # type: ignore[union-attr]
    as_it_was = {f: getattr(plain(), f) for f in ("due", "precision", "due_phrase")}
    back = wrong.correct(at(2), as_it_was, why="not moved at all")
    assert (back.revisions, [c.verb for c in back.effective]) == (0, ["add"])


def test_the_day_of_completion_put_right_holds_from_that_day() -> None:
    late = plain().set_status(at(1, DUE + timedelta(days=9)), Status.COMPLETED)
    m = late.correct(at(2), {"completed_on": DUE - timedelta(days=3)}, why=None)
    assert not m.is_late
    then = m.as_of(DUE - timedelta(days=3))
    assert then is not None
    assert then.status is Status.COMPLETED
    with pytest.raises(OutOfOrder, match="--made-on"):
        late.correct(at(2), {"completed_on": MADE - timedelta(days=1)}, why=None)


def test_what_was_promised_earlier_than_recorded_begins_earlier() -> None:
    m = plain().correct(at(1), {"made_on": MADE - YEAR}, why="the minutes say so")
    assert m.created_on == MADE - YEAR
    assert m.as_of(MADE - YEAR) is not None
    assert m.as_of(MADE - YEAR - timedelta(days=1)) is None
    assert m.set_status(at(2, MADE - timedelta(days=30)), Status.IN_PROGRESS).is_open


def test_what_was_completed_after_all_was_owed_until_then() -> None:
    day = MADE + timedelta(days=20)
    for m in (plain(), plain(status=Status.COMPLETED), plain(percent=30)):
        right = m.correct(at(1), {"status": Status.COMPLETED, "completed_on": day}, why="seen")
        then = [right.replayed(day - timedelta(days=d)) for d in (1, 0)]
        assert [one and one.completed_on for one in then] == [None, day]
        assert [one and one.status.is_open for one in then] == [True, False]
        assert right.revert(right.history[-1], "undo", AT + YEAR, None).status is m.status


def test_a_day_of_completion_put_right_to_a_later_one_holds_from_then_on() -> None:
    first, later = MADE + timedelta(days=5), MADE + timedelta(days=9)
    m = plain().set_status(at(1, first), Status.COMPLETED)
    m = m.correct(at(2), {"completed_on": later}, why="typed 15 for 19")
    assert [m.replayed(day).status.is_open for day in (first, later)] == [True, False]  # type: ignore[union-attr]
    m = m.correct(at(3), {"completed_on": first}, why="no, it was 15")
    assert m.replayed(first).completed_on == first  # type: ignore[union-attr]


def test_a_status_put_right_leaves_what_was_said_beside_it_on_its_day() -> None:
    m = plain().edit(at(1, MADE + timedelta(days=3)), {"percent": 40})
    m = m.edit(at(2, MADE + timedelta(days=5)), {"percent": 60})
    day = MADE + timedelta(days=9)
    m = m.correct(at(3), {"status": Status.COMPLETED, "completed_on": day}, why="done by then")
    told = [m.replayed(MADE + timedelta(days=d)) for d in (2, 3, 5, 9)]
    assert [one and one.percent for one in told] == [None, 40, 60, 60]
    assert [one and one.status.is_open for one in told] == [True, True, True, False]


def test_a_past_day_before_the_first_entry_has_every_report() -> None:
    m = plain().correct(at(1), {"made_on": MADE - YEAR}, why="the minutes say so")
    then = m.replayed(MADE - timedelta(days=1))
    assert then is not None
    assert [c.verb for c in then.effective] == ["add"]
    assert changes_since([m], Query(MADE - timedelta(days=1)), MADE - YEAR).total == 1


def test_what_came_completed_was_owed_until_then_and_may_be_older_than_its_entry() -> None:
    day = MADE + timedelta(days=3)
    for verb, then in (("import", "import"), ("add", "status")):
        m = plain(verb=verb, status=Status.COMPLETED, completed_on=day, percent=100)
        assert [c.verb for c in m.history] == [verb, then]
        assert m.replayed(day - timedelta(days=1)).percent is None  # type: ignore[union-attr]
    unknown, added = (plain(verb=verb, made_on=None) for verb in ("import", "add"))
    assert (unknown.earliest, added.earliest) == (date.min, added.history[0].on)


def test_a_head_from_before_what_came_in_late_is_found_if_it_was_a_moment() -> None:
    for apart, is_found in ((timedelta(seconds=9), True), (timedelta(seconds=10), False)):
        first = plain(1).note(Stamp(AT + YEAR, MADE), "recorded first, and there last")
        second = plain(2).note(Stamp(AT + YEAR + apart, MADE), "seen")
        head = record_head([plain(1), second]).digest
        assert (head in {state.head for state in crossed_states([first, second])}) == is_found


def test_an_entry_made_by_mistake_was_never_there_and_dropped_by_nobody() -> None:
    m = moved(plain(), 1, NEXT).retract(at(2), why="entered twice")
    assert all(m.as_of(MADE + timedelta(days=d)) is None for d in range(100))
    said = changes_since([m], Query(MADE + YEAR), MADE)
    assert said.rows == ()
    (row,) = corrections_since([m], Query(date.max), date.min).rows
    assert row.change.why == "entered twice"
    back = m.revert(m.history[-1], "undo", AT + timedelta(hours=1), None)
    assert back.revisions == 1


def test_a_completion_on_an_unknown_day_is_neither_on_time_nor_late() -> None:
    m = plain(status=Status.COMPLETED)
    assert (m.completed_on, m.is_late, m.slippage) == (None, False, None)
    rated = ontime([m], Query(DUE + YEAR))
    assert (rated.due.on_time, rated.due.late, rated.due.passed) == (0, 0, 0)


def test_a_merge_rewrites_no_entry_and_says_which_side_stands() -> None:
    one = plain()
    ours, theirs = moved(one, 1, NEXT), one.edit(at(2), {"owner": "Roads"})
    (m,) = merge([one], [ours], [theirs]).milestones
    *entries, merged, joined = m.history
    assert {c.digest for c in entries} == {c.digest for s in (ours, theirs) for c in s.history}
    assert (merged.is_merge, joined.verb) == (True, "join")
    assert (m.due, m.owner, m.revisions) == (NEXT, "Roads", 1)
    undone = m.revert(m.history[1], "undo", AT + timedelta(hours=1), None)
    for side in (ours, theirs, m):
        assert merge([one], [undone], [side]).milestones == (undone,)


@pytest.mark.parametrize(
    ("field", "value"), [("schema", 0), ("schema", 1), ("head", None), ("head", "0" * 64)]
)
def test_a_store_that_says_it_is_older_or_of_another_head_is_named(
    tmp_path: Path, field: str, value: object
) -> None:
    path = tmp_path / "milestones.json"
    open_store(str(path)).create([plain()])
    content = json.loads(path.read_bytes())
    content["meta"]["1"][field] = value
    path.write_text(json.dumps(content))
    assert open_store(str(path)).faults()
    del content["meta"]
    path.write_text(json.dumps(content))
    assert open_store(str(path)).faults()


@pytest.mark.parametrize("taken", [1, 2, 3])
def test_a_row_taken_out_is_found_by_the_head(tmp_path: Path, taken: int) -> None:
    path = tmp_path / "milestones.json"
    store = open_store(str(path))
    store.create([plain(id) for id in (1, 2, 3)])
    store.change(lambda t: t.put(plain(t.new_id())))
    assert store.faults() == []
    content = json.loads(path.read_bytes())
    del content["milestones"][str(taken)]
    path.write_text(json.dumps(content))
    (fault,) = open_store(str(path)).faults()
    assert "head" in fault.what
    for changed in (plain(9), plain(4).note(at(60), "an honest change since")):
        store.change(lambda t, m=changed: t.put(m))  # type: ignore[misc]  # the default binds it
        assert store.faults()


def test_the_head_of_any_earlier_state_is_among_those_it_went_through() -> None:
    one, two = plain(1), plain(2).note(at(3), "seen")
    before = record_head([one, plain(2)])
    later = [one.note(at(9), "later"), two]
    passed = [state.head for state in states(later)]
    assert passed[0] == EMPTY
    assert before.digest in passed
    assert record_head(later).digest == passed[-1]
    assert record_head([replace(one, id=7), plain(2)]) == before
