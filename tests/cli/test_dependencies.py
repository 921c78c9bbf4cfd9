"""What waits for what, as a user meets it: refused in circles, told where it is endangered."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

DAY = ("--as-of", "2027-01-10")


@pytest.fixture
def line(run: Run) -> Run:
    """A railway: the cable is late for the station, and that for the first train."""
    assert run("init").code == 0
    for title, due, after in (
        ("Lay the cable", "2027-03-31", ""),
        ("Open the station", "2027-01-31", "1"),
        ("Run the first train", "2027-02-28", "2"),
        ("Celebrate", "2027-06-30", "3"),
    ):
        links = ("--depends-on", after) if after else ()
        assert run("add", title, "--made-on", "2026-01-10", "--due", due, *links).code == 0
    return run


def test_a_list_names_what_is_endangered_and_by_whom(line: Run) -> None:
    out = line("list", "--format", "table", *DAY).out
    assert "#2 waits for #1 until 2027-03-31, and is endangered." in out
    assert "#3 waits for #2, in the end for #1 until 2027-03-31, and is endangered." in out
    assert "#4" not in out
    assert "#2" not in line("list", "--format", "table", "--as-of", "2026-01-09").out


def test_what_is_chosen_is_held_against_the_whole_record(line: Run) -> None:
    assert "in the end for #1" in line("list", "--text", "train", "--format", "table", *DAY).out
    told = line("list", "--text", "train", "--format", "json", *DAY).json
    assert told["waits"] == [
        {
            "id": 3,
            "waits_for": [2],
            "until": "2027-03-31",
            "endangered": True,
            "chain": [2, 1],
            "last": 1,
        }
    ]


def test_ready_and_blocked_divide_what_is_owed(line: Run) -> None:
    def ids(command: str, *words: str) -> list[int]:
        return [m["id"] for m in line(command, "--format", "json", *words).json["milestones"]]

    assert ids("ready") == [1]
    assert ids("blocked") == [2, 3, 4]
    assert ids("blocked", "--limit", "1", "--sort", "title") == [4]
    assert line("done", "1", "--on", "2026-11-01").code == 0
    assert (ids("ready"), ids("blocked")) == ([2], [3, 4])
    assert ids("ready", "--as-of", "2026-10-31") == [1]
    assert line("done", "2", "3", "4", "--on", "2026-11-02").code == 0
    assert "Nothing is blocked" in line("blocked", "--format", "table").out


def test_one_shows_the_way_to_the_last(line: Run) -> None:
    out = line("show", "4", *DAY).out
    assert "#3 (2027-02-28) ← #2 (2027-01-31) ← #1 (2027-03-31)" in out
    assert line("show", "4", "--format", "json", *DAY).json["waits"][0]["chain"] == [3, 2, 1]
    assert "chain" not in line("show", "1", *DAY).out


def test_pictures_pages_and_digests_say_so(line: Run) -> None:
    assert "~~" in line("timeline", "--format", "table", *DAY).out
    assert "and is endangered" in line("export", "html", *DAY).out
    digest = line("digest", *DAY)
    assert "Endangered by what they wait for (2)" in digest.out
    assert [w["id"] for w in line("digest", "--format", "json", *DAY).json["endangered"]] == [2, 3]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("--depends-on", "4"), "depends on"),
        (("--depends-on", "1"), "depends on"),
        (("--parent", "1"), "parent"),
    ],
)
def test_a_circle_is_refused_and_nothing_changed(
    line: Run, words: tuple[str, ...], field: str
) -> None:
    before = line("log", "--format", "json").out
    ran = line("edit", "1", *words)
    assert ran.code == 6
    assert f"would come back to itself by {field}" in ran.err
    assert line("log", "--format", "json").out == before


def test_a_circle_that_redo_would_close_is_refused(line: Run) -> None:
    assert line("edit", "1", "--parent", "2").code == 0
    assert line("undo").code == 0
    assert line("edit", "2", "--parent", "1").code == 0
    assert line("edit", "1", "--parent", "2").code == 6
    assert line("check").code == 0
