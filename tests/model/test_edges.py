"""The edges of what a milestone can be, what its verbs make of it, and what a record says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from msgspec.structs import replace

from tests.milestones import AT, DUE, MADE, plain, stamp
from tracker.errors import BadValue, OutOfOrder, TrackerError
from tracker.model import (
    EMPTY,
    Change,
    Head,
    Milestone,
    Precision,
    Stamp,
    Status,
    attestations,
    continued,
    record_head,
    states,
    validate,
    with_attestation,
    with_join,
)

DAY = timedelta(days=1)


@pytest.mark.parametrize("percent", [0, 100])
def test_a_percentage_reaches_from_0_to_100(percent: int) -> None:
    assert plain(percent=percent).percent == percent
    with pytest.raises(BadValue, match="is no"):
        plain(percent=percent + (1 if percent else -1))


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"owner": "a\nb"},
        {"owner": "\x7f"},
        {"owner": "\x9f"},
        {"owner": "\x1f"},
        {"title": "\u202e"},
        {"uid": ""},
        {"due": None, "baseline_due": None, "completed_on": DUE},
        {"baseline_due": None},
        {"history": (Change(AT.replace(tzinfo=None), MADE, "add"),)},
        {"history": (Change(datetime.max.replace(tzinfo=timezone(-DAY / 2)), MADE, "add"),)},
    ],
)
def test_what_a_milestone_cannot_be(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadValue):
        validate(replace(plain(), **wrong))


def test_what_it_can_be() -> None:
    zone = timezone(timedelta(hours=8))
    validate(replace(plain(owner=None), history=(Change(AT.astimezone(zone), MADE, "add"),)))
    validate(replace(plain(), owner="省局\u00a0\u200d"))
    validate(plain(due=None))


def test_what_is_wrong_is_shown_as_far_as_a_line_goes() -> None:
    with pytest.raises(BadValue) as refused:
        validate(replace(plain(), title="x" * 60 + "y\n"))
    assert "x" * 60 in str(refused.value)
    assert "y" * 1 not in str(refused.value).split("control characters: ")[1].split(".")[0]


def test_a_status_takes_and_leaves_what_belongs_to_it() -> None:
    on = Stamp(AT + DAY, MADE + DAY)
    done = plain().set_status(on, Status.COMPLETED)
    assert (done.completed_on, done.is_open) == (MADE + DAY, False)
    again = done.set_status(Stamp(AT + 2 * DAY, MADE + 2 * DAY), Status.COMPLETED, evidence="file")
    assert again.completed_on == MADE + DAY
    replaced = plain().set_status(on, Status.SUPERSEDED, superseded_by="other")
    assert replaced.superseded_by == "other"
    assert replaced.set_status(on, Status.SUPERSEDED, evidence="file").superseded_by == "other"
    assert replaced.set_status(on, Status.IN_PROGRESS).superseded_by is None
    ignored = plain().set_status(on, Status.IN_PROGRESS, superseded_by="other")
    assert ignored.superseded_by is None
    with pytest.raises(TrackerError, match="Nothing to change"):
        done.set_status(on, Status.COMPLETED)


def test_a_move_goes_to_another_day_or_to_none() -> None:
    m = plain()
    with pytest.raises(TrackerError, match="due 2021-06-30 already"):
        m.postpone(stamp(), DUE, Precision.DAY, None)
    open_ended = m.postpone(stamp(), None, Precision.NONE, "later")
    assert (open_ended.due, open_ended.baseline_due, open_ended.revisions) == (None, DUE, 1)
    again = open_ended.postpone(stamp(), None, Precision.NONE, "much later")
    assert (again.due_phrase, again.revisions) == ("much later", 1)
    first = plain(due=None).postpone(stamp(), DUE, Precision.DAY, None)
    assert (first.baseline_due, first.revisions) == (DUE, 0)
    with pytest.raises(TrackerError, match="only what is owed"):
        m.set_status(stamp(), Status.CANCELLED).postpone(stamp(), DUE + DAY, Precision.DAY, None)


def test_a_file_takes_nothing_away_from_what_is_known_of_a_completion() -> None:
    done = plain().set_status(Stamp(AT + DAY, DUE - DAY), Status.COMPLETED)
    later = Stamp(AT + 2 * DAY, DUE)
    kept = done.take_in(later, {"status": Status.COMPLETED, "completed_on": None, "owner": "Roads"})
    assert (kept.completed_on, kept.owner) == (DUE - DAY, "Roads")
    assert done.take_in(later, {"status": Status.IN_PROGRESS}).completed_on is None
    told = plain().take_in(later, {"status": Status.COMPLETED, "completed_on": DUE})
    assert told.completed_on == DUE
    moved = plain().take_in(later, {"due": DUE + DAY, "baseline_due": DUE + DAY})
    assert moved.baseline_due == DUE
    assert plain(due=None).take_in(later, {"due": DUE}).baseline_due == DUE


def test_days_are_counted_from_the_last_day_included() -> None:
    m = plain()
    assert [m.is_overdue(DUE), m.is_overdue(DUE + DAY)] == [False, True]
    assert [m.days_overdue(DUE - DAY), m.days_overdue(DUE + DAY)] == [-1, 1]
    assert plain(due=None).days_overdue(DUE) == 0
    on_day, late = (
        m.set_status(Stamp(AT + DAY, day), Status.COMPLETED) for day in (DUE, DUE + DAY)
    )
    assert [on_day.is_late, late.is_late, late.slippage] == [False, True, 1]
    assert replace(m, forecast_due=DUE + 3 * DAY).slippage == 3
    assert plain(due=None).slippage is None
    assert not m.remove(stamp()).is_overdue(DUE + DAY)


def test_a_change_before_the_milestone_or_the_last_change_is_refused() -> None:
    m = plain().edit(Stamp(AT + DAY, MADE + DAY), {"owner": "Roads"})
    with pytest.raises(OutOfOrder, match="was made on"):
        m.note(Stamp(AT + 2 * DAY, MADE - DAY), "before it was made")
    assert m.note(Stamp(AT + 2 * DAY, MADE), "the day it was made").notes
    with pytest.raises(OutOfOrder, match="changed again"):
        m.edit(Stamp(AT + 2 * DAY, MADE), {"owner": "Bridges"})
    same = m.edit(Stamp(AT + 2 * DAY, MADE + DAY), {"owner": "Bridges"})
    other = m.edit(Stamp(AT + 2 * DAY, MADE), {"next_step": "tender"})
    assert (same.owner, other.next_step) == ("Bridges", "tender")


def test_a_corrected_day_neither_crosses_the_beginning_nor_another_change() -> None:
    m = plain().set_status(Stamp(AT + DAY, MADE + 5 * DAY), Status.IN_PROGRESS)
    done = m.set_status(Stamp(AT + 2 * DAY, MADE + 9 * DAY), Status.COMPLETED)
    correct = Stamp(AT + 3 * DAY, MADE + 9 * DAY)
    assert done.correct(correct, {"completed_on": MADE + 5 * DAY}, why="x").as_of(MADE + 5 * DAY)
    with pytest.raises(OutOfOrder):
        done.correct(correct, {"completed_on": MADE + 4 * DAY}, why="x")
    begun = plain().correct(correct, {"made_on": MADE + DAY}, why="x")
    assert [begun.as_of(MADE), begun.as_of(MADE + DAY) is None] == [None, False]


def test_a_record_is_known_by_its_last_day_and_every_entry() -> None:
    one, two = plain(1), plain(2)
    later = two.note(Stamp(AT + 3 * DAY, MADE), "later")
    assert record_head([]) == Head(EMPTY, None)
    assert record_head([one, later]).on == (AT + 3 * DAY).date()
    assert record_head([one, two]) == record_head([two, one]) != record_head([one])
    passed = list(states([one, later]))
    assert [state.entries for state in passed] == [0, 1, 2, 3]
    assert passed[-1].last == later.history[-1]
    assert continued(passed[2].head, [later.history[-1]]) == passed[3].head


def test_a_join_names_what_each_side_had_not_and_only_where_it_must() -> None:
    one, two = plain(1), plain(2)
    ours = one.note(Stamp(AT + DAY, MADE), "ours")
    theirs = two.note(Stamp(AT + 2 * DAY, MADE), "theirs")
    had = [{c.digest for m in side for c in m.history} for side in ([ours, two], [one, theirs])]
    record = with_join([ours, theirs], *had)
    entry = record[1].history[-1]
    assert (entry.verb, record[0]) == ("join", ours)
    assert entry.at == theirs.recorded_at + timedelta(microseconds=1)
    assert sorted(entry.lacked) == sorted(
        ((theirs.history[-1].digest[:16],), (ours.history[-1].digest[:16],))
    )
    heads = {state.head for state in states(record)}
    assert heads >= {record_head(side).digest for side in ([ours, two], [one, theirs], record)}
    assert with_join(record, *had) == record
    assert with_join([ours, two], had[0], {c.digest for m in (one, two) for c in m.history}) == [
        ours,
        two,
    ]
    assert with_join([], set()) == []


def test_an_attestation_is_of_what_was_found_and_counts_once() -> None:
    one, two = plain(1), plain(2)
    now = AT + 5 * DAY
    record = with_attestation([one, two], [one, two], now)
    assert attestations([one, two]) == []
    for rows in (record, with_attestation(record, [one, two], now + DAY)):
        (told,) = attestations(rows)
        assert (told.since, told.state and told.state.entries) == (now, 2)
        assert told.head == record_head([one, two]).digest
    (part,) = attestations([m for m in record if m.history[-1].attests])
    assert part.state is None
    early = with_attestation([one], [one], AT - DAY)
    assert early[0].recorded_at == AT + timedelta(microseconds=1)


def test_entries_of_the_record_tell_nothing_of_the_milestone() -> None:
    m = plain().note(Stamp(AT + DAY, MADE + DAY), "seen")
    (told,) = with_attestation([m], [m])
    assert [c.verb for c in told.effective] == ["add", "note"]
    assert told.history[-1].on == MADE + DAY
    then = told.as_of(MADE)
    assert isinstance(then, Milestone)
    assert (then.title, then.revisions) == (m.title, 0)
    assert m.created_on == date(2021, 3, 10)
    assert told.recorded_at.tzinfo is UTC


def test_a_correction_holds_from_the_last_change_that_it_puts_right() -> None:
    first, last = MADE + 3 * DAY, MADE + 9 * DAY
    m = plain().postpone(Stamp(AT + DAY, first), DUE + DAY, Precision.DAY, None)
    m = m.postpone(Stamp(AT + 2 * DAY, last), DUE + 9 * DAY, Precision.DAY, None)
    right = m.correct(Stamp(AT + 3 * DAY, last + DAY), {"due": DUE + 8 * DAY}, why="typed wrongly")
    before = right.as_of(last - DAY)
    assert before is not None
    assert [right.history[-1].on, before.due] == [last, DUE + DAY]


def test_a_status_put_right_takes_its_day_along_and_leaves_it_where_it_is_completed() -> None:
    done = plain().set_status(Stamp(AT + DAY, MADE + DAY), Status.COMPLETED)
    later = Stamp(AT + 2 * DAY, MADE + 2 * DAY)
    opened = done.correct(later, {"status": Status.IN_PROGRESS}, why="it was another")
    assert (opened.status, opened.completed_on) == (Status.IN_PROGRESS, None)
    day = {"status": Status.COMPLETED, "completed_on": MADE}
    assert done.correct(later, day, why="it was earlier").completed_on == MADE


def test_a_verb_refuses_more_than_a_field_may_hold_and_an_undo_does_not() -> None:
    with pytest.raises(BadValue, match="100,000"):
        plain().note(Stamp(AT + DAY, MADE), "x" * 100_001)
    long = replace(plain(), next_step="x" * 100_001)
    cut = long.edit(Stamp(AT + DAY, MADE), {"next_step": "x"})
    back = cut.revert(cut.history[-1], "undo", AT + 2 * DAY, None)
    assert back.next_step == long.next_step


def test_the_next_of_those_that_repeat_has_who_and_why_and_none_of_what_became_of_this() -> None:
    m = plain(owner="Roads", tags=("a",), repeat="every month", next_step="tender", percent=50)
    following = m.next(2, "next", stamp())
    assert (following.owner, following.tags) == ("Roads", ("a",))
    assert (following.next_step, following.percent, following.follows) == (None, None, m.uid)
