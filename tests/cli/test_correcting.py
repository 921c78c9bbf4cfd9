"""The record put right in the open: correct, remove --mistake, undo by name."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def bridge(run: Run) -> Run:
    run("init")
    run("add", "Open the bridge", "--due", "2027-06-30", "--made-on", "2026-01-05", "--by", "ann")
    return run


def names(run: Run) -> list[str]:
    """The digests of all changes, the last recorded first."""
    return [entry["change"]["digest"] for entry in run("log", "--format", "json").json["changes"]]


def test_a_typing_mistake_is_no_slip(bridge: Run) -> None:
    ran = bridge("correct", "1", "--due", "2026-06-30", "-m", "typed 2027 for 2026")
    assert "corrected: first promised date 2027-06-30 → 2026-06-30" in ran.out
    assert bridge("report", "slippage", "--format", "json").json["moves"] == 0
    (row,) = bridge("report", "changes", "--corrections", "--format", "json").json["changes"]
    assert (row["kind"], row["change"]["why"]) == ("corrected", "typed 2027 for 2026")
    assert bridge("list", "--as-of", "2026-01-05").out.startswith("1\t2026-06-30")
    assert bridge("undo").code == 0
    assert bridge("show", "1", "--format", "json").json["milestones"][0]["due"] == "2027-06-30"


def test_a_correction_wants_its_reason_and_something_to_correct(bridge: Run) -> None:
    assert bridge("correct", "1", "--due", "2026-06-30").code == 2
    ran = bridge("correct", "1", "-m", "nothing")
    assert (ran.code, "Nothing to correct is given." in ran.err) == (2, True)
    ran = bridge("correct", "1", "--made-on", "2999-01-01", "-m", "x")
    assert ran.code not in (0, 1, 2)
    assert len(names(bridge)) == 1


def test_done_again_with_a_day_puts_the_day_right(bridge: Run) -> None:
    bridge("done", "1", "--on", "2026-06-25")
    ran = bridge("done", "1", "--on", "2026-06-20")
    assert "corrected: completed 2026-06-25 → 2026-06-20" in ran.out
    assert bridge("done", "1", "--on", "2026-06-20").code == 1


def test_an_undone_change_is_named_with_whose_it_was(bridge: Run) -> None:
    bridge("note", "1", "seen", "--by", "bob")
    bridge("edit", "1", "--owner", "Roads", "--by", "bob")
    bridge("edit", "1", "--owner", "Bridges", "--by", "ann")
    last, first_edit, note, added = names(bridge)
    ran = bridge("undo", first_edit[:8], "--by", "ann")
    assert (ran.code, last[:8] in ran.err) == (1, True)
    assert "a change of bob" in bridge("undo", note[:8], "--by", "ann").out
    assert bridge("undo", added[:8]).code == 1
    assert "Bridges" in bridge("show", "1").out


def test_an_entry_made_twice_is_in_no_report(bridge: Run) -> None:
    bridge("add", "Open the bridge", "--due", "2027-06-30", "--made-on", "2026-01-05")
    bridge("remove", "2", "--mistake", "-m", "entered twice")
    said = bridge("report", "changes", "--since", "2026-01-01", "--format", "json").json
    assert [row["id"] for row in said["changes"]] == [1]
    assert bridge("list", "--as-of", "2026-02-01").out.count("\n") == 1


def test_show_says_since_when_and_never_the_day_of_asking(bridge: Run) -> None:
    bridge("done", "1", "--on", "2026-06-25")
    assert "done (completed on 2026-06-25)" in bridge("show", "1", "--as-of", "2027-02-01").out
    ran = bridge("done", "1", "--day-unknown")
    assert "corrected: the day of completion is unknown (was 2026-06-25)" in ran.out
    assert "standing    done, day unknown\n" in bridge("show", "1").out
    assert bridge("done", "1", "--day-unknown").code == 1
    assert bridge("done", "1", "--day-unknown", "--on", "2026-06-25").code == 2
    ran = bridge("correct", "1", "--completed-on", "2026-06-20", "-m", "as the minutes say")
    assert "corrected: completed on 2026-06-20, which was unknown" in ran.out
    bridge("correct", "1", "--completed-on", "unknown", "-m", "they do not")
    assert "day unknown" in bridge("show", "1").out
    bridge("status", "1", "in-progress", "--on", "2026-07-01")
    bridge("cancel", "1", "--on", "2026-09-01")
    assert "cancelled (since 2026-09-01)" in bridge("show", "1").out


def test_what_was_never_dated_is_completed_on_no_day(bridge: Run) -> None:
    assert "completed, day unknown" in bridge("done", "1", "--day-unknown").out
    found = bridge("report", "ontime", "--as-of", "2027-08-01", "--format", "json").json["due"]
    assert (found["passed"], found["on_time"], found["late"]) == (0, 0, 0)
    assert bridge("list", "--status", "completed").out.count("\n") == 1


def test_what_was_not_there_before_is_said_in_a_sentence(bridge: Run) -> None:
    bridge("edit", "1", "--owner", "Roads")
    bridge("edit", "1", "--owner", "")
    bridge("correct", "1", "--due", "未定", "-m", "none was named")
    bridge("correct", "1", "--due", "2027-06-30", "-m", "it was")
    log = bridge("log").out
    assert "edited: responsible set to Roads" in log
    assert "edited: responsible taken away (was Roads)" in log
    assert "no date any more (was 2027-06-30)" in log
    assert "dated 2027-06-30, before that no date" in log
    assert "完成时限定为2027-06-30（此前无期限）" in bridge("log", "--lang", "zh").out


def test_an_undone_day_is_unknown_again_and_not_none(run: Run) -> None:
    run("init")
    run("add", "Dig", "--due", "2021-06-30", "--made-on", "2021-03-10")
    run("done", "1", "--day-unknown")
    run("correct", "1", "--completed-on", "2021-06-20", "-m", "as the minutes say")
    assert run("undo").out == "1 undo: completed, day unknown: Dig\n"
    assert run("redo").out == "1 redo: completed on 2021-06-20, on time: Dig\n"
