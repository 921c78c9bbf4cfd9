"""Which milestones a verb is for: ids in ranges, filters in their place, and what is asked."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tracker.cli.context import App
from tracker.errors import TrackerError, UnknownMilestone


def listed(run: Run, *words: str) -> list[int]:
    return [
        int(line.split("\t")[0])
        for line in run("list", "--format", "plain", *words).out.splitlines()
    ]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A terminal, and the answers that are typed there."""
    answers: list[str] = []
    monkeypatch.setattr(App, "on_terminal", True)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdin, "readline", lambda: answers.pop(0) + "\n", raising=False)
    monkeypatch.setattr("builtins.input", lambda *_: answers.pop(0))
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda *_: answers.pop(0))
    return answers


@pytest.mark.parametrize(
    ("words", "done"),
    [
        (("1-3,7",), {1, 2, 3, 7}),
        (("1", "2，5-6"), {1, 2, 5, 6}),
        (("3-3", "3"), {3}),
        (("1-14", "--owner", "通信"), {13, 14}),
        (("--owner", "大数据", "--due-to", "end of June 2021"), {1, 2, 3}),
        (("4", "5", "--due-to", "2021-10-01"), {4}),
    ],
)
def test_ids_and_filters_say_which(seeded: Run, words: tuple[str, ...], done: set[int]) -> None:
    assert seeded("done", *words, "--yes").code == 0
    assert set(listed(seeded, "--status", "completed")) == done


def test_what_is_not_there_is_named_once_and_nothing_is_changed(seeded: Run) -> None:
    seeded("remove", "2")
    for verb in ("done", "show", "start"):
        refused = seeded(verb, "1-3", "20,21", "30-1000000000000")
        assert refused.code == UnknownMilestone.exit_code
        assert "no milestone 2, 20, 21, 30-1000000000000." in refused.err
    assert listed(seeded, "--status", "completed") == []
    assert "Type 3-7" in seeded("done", "7-3").err
    assert seeded("log", "1-3").code == 0


def test_a_range_is_no_uid_and_a_uid_no_range(seeded: Run) -> None:
    uid = seeded("show", "3", "--format", "json").json["milestones"][0]["uid"]
    assert seeded("show", uid[:13], "--format", "json").json["milestones"][0]["id"] == 3


def test_nobody_to_ask_is_told_what_to_type(seeded: Run) -> None:
    refused = seeded("cancel", "--owner", "通信")
    assert refused.code == TrackerError.exit_code
    assert "2 milestones would be changed. Nothing was." in refused.err
    assert "`tracker cancel --owner '通信' --yes`" in refused.err
    assert listed(seeded, "--status", "cancelled") == []


def test_what_a_filter_finds_is_shown_and_asked_about(seeded: Run, asked: list[str]) -> None:
    asked += ["n", "y"]
    refused = seeded("cancel", "--owner", "communications")
    assert refused.code == TrackerError.exit_code
    assert "base stations" in refused.err
    assert "Nothing was changed." in refused.err
    assert seeded("cancel", "--owner", "communications").code == 0
    assert listed(seeded, "--status", "cancelled") == [13, 14]
    assert seeded("undo").code == 0
    assert listed(seeded, "--status", "cancelled") == []


def test_done_with_filters_leaves_what_is_settled_unless_it_is_asked_for(seeded: Run) -> None:
    seeded("cancel", "13")
    assert seeded("done", "--owner", "通信", "--yes").out.startswith("14 completed")
    assert "Nothing matches" in seeded("done", "--owner", "通信", "--yes").err
    assert seeded("done", "--owner", "通信", "--status", "cancelled", "--yes").code == 0
    assert listed(seeded, "--status", "completed") == [13, 14]


def test_what_is_so_already_is_left_out(seeded: Run) -> None:
    seeded("start", "13")
    assert seeded("start", "--owner", "通信", "--yes").out.startswith("14 in progress")


def test_a_filter_called_like_an_option_of_the_verb_is_where(seeded: Run) -> None:
    assert seeded("edit", "--where-owner", "通信", "--owner", "Cells", "--yes").code == 0
    assert listed(seeded, "--owner", "cells") == [13, 14]
    assert seeded("correct", "--owner", "x", "-m", "typed").code == 2
    right = seeded("correct", "--where-tag", "none", "--title", "x", "-m", "typed", "--yes")
    assert "Nothing matches" in right.err


def test_a_saved_filter_says_which(seeded: Run) -> None:
    Path("tracker.toml").write_text('[filters.cells]\ntext = "5G"\n', encoding="utf-8")
    assert seeded("note", "--filter", "cells", "called", "--yes").code == 0
    assert listed(seeded, "--text", "called") == [13, 14]
