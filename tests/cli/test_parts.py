"""How far a whole is by its parts, and what took the place of what, where people look."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def whole(home: Path, run: Run) -> Run:
    """A whole of three parts, of which one weighs as much as the others, and a successor."""
    for words in (
        ("init",),
        ("add", "Whole"),
        ("add", "First", "--parent", "1", "--weight", "2"),
        ("add", "Second", "--parent", "1"),
        ("add", "Third", "--parent", "1"),
        ("done", "2"),
        ("start", "3"),
        ("add", "Instead"),
        ("status", "4", "superseded", "--superseded-by", "5"),
    ):
        assert run(*words).code == 0, words
    return run


def test_show_and_lists_say_how_far_a_whole_is(whole: Run) -> None:
    said = "at least 50 % by 3 parts, 1 not fully known"
    assert f"{said}: #2, #3, #5" in whole("show", "1").out
    assert f"#1: {said}." in whole("list", "whole", "--format", "table").out
    for words in (("show", "1"), ("list", "whole")):
        told = whole(*words, "--format", "json").json["wholes"]
        known = {"id": 1, "percent": 50, "exact": False, "parts": [2, 3, 5], "unknown": 1}
        assert told == [known]
    assert said in whole("export", "html").out
    assert whole("edit", "3", "--percent", "50").code == 0
    assert "62 % by 3 parts" in whole("show", "1").out


def test_what_is_not_known_of_any_part_is_said_to_be_so(whole: Run) -> None:
    assert whole("add", "Other").code == 0
    assert whole("add", "Begun", "--parent", "6").code == 0
    assert whole("start", "7").code == 0
    assert "not known of any of 1 part" in whole("show", "6").out


def test_what_was_superseded_leads_on_to_what_took_its_place(whole: Run) -> None:
    assert whole("add", "At last").code == 0
    assert whole("status", "5", "superseded", "--superseded-by", "6").code == 0
    assert "#5 → #6 At last, no date" in whole("show", "4").out
    [told, _] = whole("list", "--status", "superseded", "--format", "json").json["successors"]
    assert told == {"id": 4, "chain": [5, 6], "last": 6}
    uid = whole("show", "6", "--format", "json").json["milestones"][0]["uid"]
    assert f'href="#{uid}" rel' in whole("export", "html").out
    assert "come back to itself" in whole("status", "6", "superseded", "--superseded-by", "4").err


@pytest.mark.parametrize("weight", ["0", "-1", "x", "1.5"])
def test_a_weight_is_a_whole_number(whole: Run, weight: str) -> None:
    assert whole("edit", "2", "--weight", weight).code == 2


def test_a_circle_within_a_file_is_refused_and_nothing_is_taken(whole: Run) -> None:
    one = '{"title": "A", "uid": "u1", "depends_on": ["u2"]}'
    other = '{"title": "B", "uid": "u2", "depends_on": ["u1"]}'
    Path("circle.json").write_text(f"[{one}, {other}]", encoding="utf-8")
    ran = whole("import", "json", "circle.json")
    assert ran.code != 0
    assert "would come back to itself by depends on" in ran.err
    assert whole("list", "--format", "json").json["total"] == 5
    Path("fine.json").write_text(f"[{one}, {other.replace('u1', 'u3')}]", encoding="utf-8")
    assert whole("import", "json", "fine.json").code == 0
