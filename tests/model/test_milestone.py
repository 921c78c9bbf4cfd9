"""Verbs, figures, and the past replayed from the history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from msgspec import UNSET
from msgspec.structs import replace

from tests.milestones import AT, DUE, MADE, plain, stamp
from tests.scripts import scripts, tell
from tracker.coherence import faults
from tracker.errors import BadValue, OutOfOrder, TrackerError
from tracker.model import (
    PATCHED,
    Milestone,
    Patch,
    Precision,
    Stamp,
    Status,
    Target,
    Wording,
    validate,
)
from tracker.store.layout import Layout
from tracker.store.writing import file_bytes

JULY_1 = DUE + timedelta(days=1)
SEPTEMBER = date(2021, 9, 30)

Verb = Callable[[Milestone, Stamp], Milestone]


def postponed(m: Milestone, on: date, due: date | None = SEPTEMBER) -> Milestone:
    return m.postpone(stamp(on), due, Precision.QUARTER, "三季度末")


# -- its making -----------------------------------------------------------------------------------


def test_a_new_one() -> None:
    m = plain(due=DUE)
    assert (m.status, m.due, m.baseline_due, m.created_on) == ("not-started", DUE, DUE, MADE)
    assert [(c.verb, c.on, c.at) for c in m.history] == [("add", MADE, AT)]
    assert (m.slippage, m.revisions, m.is_late) == (0, 0, False)


def test_it_begins_when_it_was_promised_or_else_entered() -> None:
    entered = Stamp(AT, date(2022, 1, 1))
    assert Milestone.begin(1, "u", entered, "add", title="a").created_on == entered.on
    assert Milestone.begin(1, "u", entered, "add", title="a", made_on=MADE).created_on == MADE


def test_completed_from_the_start_the_day_is_what_is_known_of_it() -> None:
    assert plain(status=Status.COMPLETED).completed_on is None
    assert plain(status=Status.COMPLETED, completed_on=DUE).completed_on == DUE


def test_a_patch_holds_every_field_but_identity_and_history() -> None:
    own = {"id", "uid", "history"}
    assert set(Patch.__struct_fields__) == set(Milestone.__struct_fields__) - own
    assert Patch.__struct_fields__ == PATCHED


# -- verbs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        (lambda m, s: m.set_status(s, Status.IN_PROGRESS), {"status": "in-progress"}),
        (
            lambda m, s: m.set_status(s, Status.COMPLETED, evidence="https://x"),
            {"status": "completed", "completed_on": date(2021, 5, 1)},
        ),
        (lambda m, s: m.set_status(s, Status.SUPERSEDED), {"status": "superseded"}),
        (
            lambda m, s: m.postpone(s, SEPTEMBER, Precision.DAY, "30 September"),
            {"due": SEPTEMBER, "precision": "day", "due_phrase": "30 September"},
        ),
        (
            lambda m, s: m.postpone(s, None, Precision.NONE, "适时"),
            {"due": None, "due_phrase": "适时"},
        ),
        (lambda m, s: m.edit(s, {"owner": "B", "percent": 5}), {"owner": "B", "percent": 5}),
        (lambda m, s: m.remove(s), {"removed_on": date(2021, 5, 1)}),
        (lambda m, s: m.note(s, "a word"), {}),
    ],
)
def test_a_verb_gives_a_new_value_and_one_more_change(
    verb: Verb, fields: dict[str, object]
) -> None:
    before = plain()
    kept = replace(before)
    after = verb(before, stamp(date(2021, 5, 1), "Li"))
    assert before == kept
    assert {f: getattr(after, f) for f in fields} == fields
    assert after.history[:-1] == before.history
    last = after.history[-1]
    assert (last.on, last.by) == (date(2021, 5, 1), "Li")
    changed = {f for f in PATCHED if getattr(before, f) != getattr(after, f)}
    assert set(last.now.values()) == set(last.was.values()) == changed >= set(fields)
    assert last.now.values() == {f: getattr(after, f) for f in changed}
    assert last.was.values() == {f: getattr(before, f) for f in changed}
    assert after.baseline_due == DUE
    assert faults([after]) == []


def test_leaving_completion_clears_its_date_and_leaving_supersession_its_link() -> None:
    done = plain().set_status(stamp(DUE), Status.COMPLETED)
    assert done.set_status(stamp(DUE), Status.IN_PROGRESS).completed_on is None
    replaced = plain().set_status(stamp(DUE), Status.SUPERSEDED, superseded_by="uid")
    assert replaced.set_status(stamp(DUE), Status.NOT_STARTED).superseded_by is None


def test_completing_again_with_evidence_keeps_the_day() -> None:
    done = plain().set_status(stamp(DUE), Status.COMPLETED)
    shown = done.set_status(stamp(SEPTEMBER), Status.COMPLETED, evidence="minutes.pdf")
    assert shown.completed_on == DUE
    assert [c.evidence for c in shown.evidence] == ["minutes.pdf"]


@pytest.mark.parametrize("status", [s for s in Status if not s.is_open])
def test_only_what_is_owed_is_postponed(status: Status) -> None:
    settled = plain().set_status(stamp(), status)
    with pytest.raises(TrackerError, match="only what is owed can be postponed"):
        postponed(settled, MADE)


@pytest.mark.parametrize(
    "verb",
    [
        lambda m: m.set_status(stamp(), Status.NOT_STARTED),
        lambda m: m.edit(stamp(), {"title": m.title}),
        lambda m: m.postpone(stamp(), DUE, Precision.MONTH, None),
        lambda m: m.remove(stamp()).remove(stamp()),
    ],
)
def test_what_is_so_already_is_refused(verb: Callable[[Milestone], Milestone]) -> None:
    with pytest.raises(TrackerError, match=r"^Nothing to change: milestone 1 is "):
        verb(plain())


def test_the_baseline_is_the_first_date_and_stays() -> None:
    m = plain(due=None)
    assert (m.baseline_due, m.slippage) == (None, None)
    m = postponed(m, MADE, DUE)
    assert (m.baseline_due, m.slippage, m.revisions) == (DUE, 0, 0)
    m = postponed(m, MADE, SEPTEMBER)
    m = postponed(m, MADE, date(2021, 5, 31))
    m = m.take_in(stamp(), {"due": date(2022, 1, 1), "baseline_due": date(2022, 1, 1)})
    assert (m.baseline_due, m.due, m.revisions) == (DUE, date(2022, 1, 1), 3)


# -- figures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "overdue", "days"),
    [
        (date(2021, 6, 29), False, -1),
        (date(2021, 6, 30), False, 0),
        (date(2021, 7, 1), True, 1),
        (date(2022, 6, 30), True, 365),
    ],
)
@pytest.mark.parametrize("status", Status)
def test_overdue_from_the_day_after(day: date, overdue: bool, days: int, status: Status) -> None:
    m = plain() if status is Status.NOT_STARTED else plain().set_status(stamp(), status)
    assert m.is_overdue(day) is (overdue and status.is_open)
    assert m.days_overdue(day) == days


def test_without_a_date_nothing_is_overdue() -> None:
    m = plain(due=None)
    assert (m.is_overdue(date.max), m.days_overdue(date.max), m.slippage) == (False, 0, None)


@pytest.mark.parametrize(
    ("done_on", "late", "slippage"), [(DUE, False, 0), (JULY_1, True, 1), (MADE, False, -112)]
)
def test_late_is_after_the_due_date(done_on: date, late: bool, slippage: int) -> None:
    m = plain().set_status(stamp(done_on), Status.COMPLETED)
    assert (m.is_late, m.slippage) == (late, slippage)


def test_slippage_goes_by_completion_then_forecast_then_due() -> None:
    m = postponed(plain(), MADE)
    assert m.slippage == 92
    m = m.edit(stamp(), {"forecast_due": date(2021, 7, 10)})
    assert m.slippage == 10
    m = m.set_status(stamp(date(2021, 7, 3)), Status.COMPLETED)
    assert (m.slippage, m.is_late) == (3, False)


def test_revisions_count_what_stands() -> None:
    m = postponed(postponed(plain(), MADE), MADE, date(2021, 12, 31))
    assert m.revisions == 2
    m = m.revert(m.history[-1], "undo", stamp().at, None)
    assert (m.revisions, m.due) == (1, SEPTEMBER)
    m = m.revert(m.history[-1], "redo", stamp().at, None)
    assert (m.revisions, m.due) == (2, date(2021, 12, 31))


# -- the past -------------------------------------------------------------------------------------


def test_replay_before_and_after_each_change() -> None:
    m = plain()
    m = m.set_status(stamp(date(2021, 4, 1)), Status.IN_PROGRESS)
    m = postponed(m, date(2021, 6, 1))
    m = m.set_status(stamp(date(2021, 10, 2)), Status.COMPLETED)
    m = m.remove(stamp(date(2021, 12, 1)))

    def then(day: date) -> object:
        past = m.as_of(day)
        return past and (str(past.status), past.due, past.completed_on, len(past.history))

    assert then(date(2021, 3, 9)) is None
    assert then(date(2021, 3, 10)) == ("not-started", DUE, None, 1)
    assert then(date(2021, 3, 31)) == ("not-started", DUE, None, 1)
    assert then(date(2021, 4, 1)) == ("in-progress", DUE, None, 2)
    assert then(date(2021, 5, 31)) == ("in-progress", DUE, None, 2)
    assert then(date(2021, 6, 1)) == ("in-progress", SEPTEMBER, None, 3)
    assert then(date(2021, 10, 1)) == ("in-progress", SEPTEMBER, None, 3)
    assert then(date(2021, 10, 2)) == ("completed", SEPTEMBER, date(2021, 10, 2), 4)
    assert then(date(2021, 11, 30)) == ("completed", SEPTEMBER, date(2021, 10, 2), 4)
    assert then(date(2021, 12, 1)) is None
    tombstone = m.replayed(date(2021, 12, 1))
    assert tombstone == m


def test_what_was_done_later_was_overdue_then() -> None:
    done = plain().set_status(stamp(date(2021, 8, 1)), Status.COMPLETED)
    for day, overdue in [
        (DUE, False),
        (JULY_1, True),
        (date(2021, 7, 31), True),
        (date(2021, 8, 1), False),
    ]:
        then = done.as_of(day)
        assert then is not None
        assert then.is_overdue(day) is overdue, day


def test_an_undone_change_is_on_no_replayed_day() -> None:
    before = plain()
    wrong = before.set_status(stamp(date(2021, 5, 1)), Status.COMPLETED)
    righted = wrong.revert(wrong.history[-1], "undo", stamp().at, "Li")
    for day in (date(2021, 4, 30), date(2021, 5, 1), date(2021, 5, 2), date.max):
        then = righted.as_of(day)
        assert then is not None
        assert (then.status, then.completed_on) == (Status.NOT_STARTED, None), day
    assert [c.verb for c in righted.history] == ["add", "status", "undo"]
    assert righted.effective == before.history
    again = righted.revert(righted.history[-1], "redo", stamp().at, None)
    assert (again.status, again.completed_on) == (Status.COMPLETED, date(2021, 5, 1))
    assert [c.verb for c in again.effective] == ["add", "status"]


def test_after_an_undo_the_right_earlier_day_can_be_given() -> None:
    m = plain().set_status(stamp(date(2021, 7, 10)), Status.COMPLETED)
    m = m.revert(m.history[-1], "undo", stamp().at, None)
    m = m.set_status(stamp(date(2021, 6, 20)), Status.COMPLETED)
    assert not m.is_late
    assert [(then.status if (then := m.as_of(date(2021, 6, d))) else None) for d in (19, 20)] == [
        Status.NOT_STARTED,
        Status.COMPLETED,
    ]


@pytest.mark.parametrize("verb", ["edit", "take_in", "correct"])
def test_a_new_body_is_not_called_what_the_old_one_was_in_another_language(verb: str) -> None:
    m = plain(owner="A", translations={"zh": Wording("桥", "甲局"), "fr": Wording("Le pont")})
    said = {"why": "told so"} if verb == "correct" else {}
    moved = getattr(m, verb)(stamp(SEPTEMBER), {"owner": "B"}, **said)
    assert moved.translations == {"zh": Wording("桥"), "fr": Wording("Le pont")}
    words = {"owner": "B", "translations": {"zh": Wording("桥", "乙局")}}
    assert getattr(m, verb)(stamp(SEPTEMBER), words, **said).translations["zh"].owner == "乙局"
    assert getattr(m, verb)(stamp(SEPTEMBER), {"title": "The bridge"}, **said).translations
    assert (
        moved.revert(moved.history[-1], "undo", stamp(DUE).at, None).translations == m.translations
    )


def test_reverting_its_making_leaves_a_tombstone() -> None:
    m = plain()
    gone = m.revert(m.history[0], "undo", stamp().at, None)
    assert gone.removed_on == MADE
    assert [gone.as_of(day) for day in (MADE, date.max)] == [None, None]


def test_as_recorded_is_the_value_at_an_instant() -> None:
    first = plain()
    second = first.edit(stamp(SEPTEMBER), {"owner": "B"})
    third = second.edit(stamp(DUE), {"title": "Other"})
    assert third.as_recorded(second.recorded_at) == second
    assert third.as_recorded(first.recorded_at) == first
    assert third.as_recorded(third.recorded_at) == third


@pytest.mark.parametrize(
    "verb",
    [
        lambda m, s: m.set_status(s, Status.CANCELLED),
        lambda m, s: m.take_in(s, {"status": Status.IN_PROGRESS}),
    ],
)
def test_a_field_changes_forward_in_time(verb: Verb) -> None:
    m = plain().set_status(stamp(DUE), Status.COMPLETED)
    with pytest.raises(
        OutOfOrder, match=r"changed again on 2021-06-30, after 2021-06-29"
    ) as refused:
        verb(m, stamp(date(2021, 6, 29)))
    assert "Leave --on out" in refused.value.hint
    assert verb(m, stamp(DUE)).status is not Status.COMPLETED
    assert m.edit(stamp(date(2021, 6, 29)), {"owner": "B"}).owner == "B"


def test_nothing_happens_before_it_was_made() -> None:
    with pytest.raises(
        OutOfOrder, match=r"^Milestone 1 was made on 2021-03-10, later than 2021-03-09"
    ):
        plain().note(stamp(date(2021, 3, 9)), "early")


@given(scripts)
def test_any_history_replays_to_what_the_script_says(script: list[object]) -> None:
    told = tell(script)  # type: ignore[arg-type]  # as the strategy draws it
    kept = told.store.all()
    assert faults(kept) == []
    for m in kept:
        is_mistake = any(c.now.removed_on not in (UNSET, None) for c in m.corrections)
        for offset in range(-6, 14):
            day = MADE + timedelta(days=offset)
            expected, then = told.expected(m.id, day), m.replayed(day)
            if is_mistake:
                assert (expected, m.as_of(day)) == (None, None)
                continue
            assert (then is None) == (expected is None)
            if then is not None:
                assert {f: getattr(then, f) for f in PATCHED} == expected
                validate(then)
                assert then.effective == tuple(c for c in m.effective if c.on <= day)
                assert (m.as_of(day) is None) == (then.removed_on is not None)
    content = file_bytes(kept)
    assert list(Layout(content, "file", AT).milestones().values()) == kept


# -- what a milestone can be ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": ""}, "The title is empty or holds control characters: ''."),
        ({"title": " \u3000"}, "The title is empty or holds control characters"),
        ({"title": "a\x1b[31m"}, r"holds control characters: 'a\x1b[31m'"),
        ({"title": "two\nlines"}, "The title is empty or holds control characters"),
        ({"title": "c1 \x9b2J"}, "The title is empty or holds control characters"),
        ({"title": "evil \u202e"}, "The title is empty or holds control characters"),
        ({"title": "half \ud800"}, "The title is empty or holds control characters"),
        ({"owner": ""}, "The owner is empty or holds control characters"),
        ({"owner": "a\x00"}, "The owner is empty or holds control characters"),
        ({"percent": -1}, "-1 is not a percentage."),
        ({"percent": 101}, "101 is not a percentage."),
        ({"completed_on": DUE}, "is not completed has no completion date"),
    ],
)
def test_what_a_milestone_cannot_be(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadValue) as refused:
        plain(**fields)
    assert sentence in refused.value.message
    if "completed_on" not in fields:
        with pytest.raises(BadValue):
            plain().edit(stamp(), fields)


@pytest.mark.parametrize(
    "text", ["省大数据局", "e\u0301", "a\u200db", "👨‍👩‍👧", "full\u3000width", "می\u200cخواهم"]
)
def test_titles_in_any_script(text: str) -> None:
    assert plain(title=text, owner=text).title == text


def test_a_due_date_has_a_baseline() -> None:
    with pytest.raises(BadValue, match="has a baseline"):
        validate(replace(plain(), baseline_due=None))


@pytest.mark.parametrize(
    ("word", "status"),
    [
        *((s.value, s) for s in Status),
        ("Done", Status.COMPLETED),
        ("IN PROGRESS", Status.IN_PROGRESS),
        ("in_progress", Status.IN_PROGRESS),
        (" partly ", Status.PARTLY_COMPLETED),
        ("已完成", Status.COMPLETED),
        ("进行中", Status.IN_PROGRESS),
        ("canceled", Status.CANCELLED),
    ],
)
def test_words_for_a_status(word: str, status: Status) -> None:
    assert Status.meant_by(word) is status


@pytest.mark.parametrize("word", ["", "finished", "broken", "逾期"])
def test_a_word_for_no_status_names_them_all(word: str) -> None:
    with pytest.raises(BadValue, match=f"no status {word!r}") as refused:
        Status.meant_by(word)
    assert all(s in refused.value.hint for s in Status)


def test_a_target_is_a_number_or_a_shape() -> None:
    assert plain(targets=(Target(90, "%"), Target("1+2+4"))).targets[1].value == "1+2+4"


def test_a_change_that_does_not_say_what_it_changed_from_is_a_fault() -> None:
    m = plain().edit(stamp(), {"owner": "Roads"})
    cut = replace(m.history[-1], was=Patch())
    found = faults([replace(m, history=(*m.history[:-1], cut))])
    assert any("does not say what it changed" in fault.what for fault in found)
