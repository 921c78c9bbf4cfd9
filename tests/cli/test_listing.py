"""Lists, screens and formats: what is shown on which day, at which width, and to which reader."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run, golden
from tracker.render.text import width

TABLE = ("--format", "table")


def ids(out: str) -> list[int]:
    return [int(line.split("\t")[0]) for line in out.splitlines()]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2021-03-09", []),
        ("2021-03-31", []),
        ("2021-04-01", [1]),
        ("2021-06-30", [1, 2]),
        ("2021-07-01", [1, 2, 3]),
        ("2021-12-31", [1, 2, 3, 4, 5, 6]),
        ("2022-01-01", list(range(1, 15))),
    ],
)
def test_overdue_begins_the_day_after_the_last_day(
    seeded: Run, as_of: str, expected: list[int]
) -> None:
    assert ids(seeded("overdue", "--as-of", as_of).out) == expected


def test_what_was_done_later_counts_as_open(seeded: Run) -> None:
    seeded("done", "3", "--on", "2021-07-05")
    assert 3 in ids(seeded("overdue", "--as-of", "2021-07-04").out)
    assert 3 not in ids(seeded("overdue", "--as-of", "2021-07-05").out)


def test_what_was_postponed_later_shows_its_old_date(seeded: Run) -> None:
    seeded("postpone", "3", "2021-09-30", "--on", "2021-07-05")
    [then] = seeded("show", "3", "--as-of", "2021-07-04", "--format", "json").json["milestones"]
    assert (then["due"], then["precision"], then["due_phrase"]) == (
        "2021-06-30",
        "month",
        "6月底前",
    )


def test_what_was_removed_is_still_there_on_the_day_before(seeded: Run) -> None:
    seeded("remove", "3", "--on", "2021-07-05")
    assert 3 in ids(seeded("list", "--as-of", "2021-07-04").out)
    assert 3 not in ids(seeded("list").out)
    assert seeded("show", "3").code == 3
    assert "removed" in seeded("log", "3").out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("--owner 大数据", list(range(1, 12))),
        ("--owner communications", [13, 14]),
        ("--owner COMMUNICATIONS", [13, 14]),
        ("--text 5G", [13, 14]),
        ("--text ５ｇ", [13, 14]),
        ("--due-from 2021-09-01 --due-to 2021-11-30", [4, 5, 6]),
        ("--status completed", []),
        ("--status completed --status open --limit 2", [1, 2]),
        ("--sort id --reverse --limit 2", [14, 13]),
        ("--sort title --limit 2", [8, 6]),
        ("--sort owner --limit 2", [12, 13]),
        ("--source 发布会 --limit 1", [1]),
        ("--source nowhere", []),
        ("--tag none", []),
    ],
)
def test_filters_and_orders(seeded: Run, words: str, expected: list[int]) -> None:
    assert ids(seeded("list", *words.split()).out) == expected


def test_tags_must_all_be_there_in_any_case(seeded: Run) -> None:
    seeded("edit", "3", "4", "--tag", "Data", "--tag", "law")
    seeded("edit", "4", "--untag", "law")
    assert ids(seeded("list", "--tag", "data").out) == [3, 4]
    assert ids(seeded("list", "--tag", "DATA", "--tag", "law").out) == [3]


@pytest.mark.parametrize(
    ("within", "expected"), [("30d", [3]), ("29d", []), ("1m", [3]), ("5w", [3]), ("30", [3])]
)
def test_upcoming_counts_its_last_day_in(seeded: Run, within: str, expected: list[int]) -> None:
    ran = seeded("upcoming", "--within", within, "--as-of", "2021-05-31", "--text", "association")
    assert ids(ran.out) == expected


def test_due_today_is_upcoming_and_not_overdue(seeded: Run) -> None:
    assert ids(seeded("upcoming", "--within", "0d", "--as-of", "2021-06-30").out) == [3]


def test_exit_code_tells_scripts(seeded: Run) -> None:
    assert seeded("overdue", "--exit-code", "--as-of", "2021-04-01").code == 1
    assert seeded("overdue", "--exit-code", "--as-of", "2021-03-31").code == 0
    assert seeded("overdue", "--as-of", "2021-04-01").code == 0


def test_every_format_tells_the_same(seeded: Run) -> None:
    asked = ("overdue", "--as-of", "2021-07-01", "--format")
    rows = list(csv.DictReader(io.StringIO(seeded(*asked, "csv").out)))
    assert [int(row["id"]) for row in rows] == [1, 2, 3]
    assert [int(row["days_overdue"]) for row in rows] == [92, 31, 1]
    result = seeded(*asked, "json").json
    assert (result["schema"], result["command"], result["as_of"]) == (
        "tracker/2",
        "overdue",
        "2021-07-01",
    )
    assert [m["days_overdue"] for m in result["milestones"]] == [92, 31, 1]
    lines = seeded(*asked, "md").out.splitlines()
    assert [line.split("|")[1].strip() for line in lines[2:]] == ["1", "2", "3"]


def test_a_limit_says_how_many_more_there_are(seeded: Run) -> None:
    result = seeded("list", "--limit", "2", "--format", "json").json
    assert (result["count"], result["total"]) == (2, 14)
    assert "and 12 more" in seeded("list", "--limit", "2", "--format", "table").out


@pytest.mark.parametrize("columns", [60, 80, 100, 200])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_golden_screens(
    seeded: Run, monkeypatch: pytest.MonkeyPatch, columns: int, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TRACKER_LANG", lang)
    golden(f"screens-{lang}-{columns}", screens(seeded, columns))


def screens(seeded: Run, columns: int) -> str:
    """What each list shows of a few changes."""
    seeded("done", "1", "--on", "2021-04-15")
    seeded("done", "2", "--on", "2021-05-20")
    seeded("postpone", "3", "end of October", "--on", "2021-06-25", "-m", "charter redrafted")
    seeded("cancel", "14", "--on", "2021-06-01")
    shown = []
    for words in (
        "overdue --as-of 2021-12-01 --format table",
        "list --as-of 2021-12-01 --format table",
        "upcoming --as-of 2021-12-01 --format table",
        "show 3 --as-of 2021-12-01",
        "timeline --as-of 2021-12-01",
        "timeline --as-of 2021-12-01 --by-owner",
        "log 3",
    ):
        # The names of changes and the day of recording differ from run to run.
        out = re.sub(r"\b[0-9a-f]{8}\b(?!-)", "a1b2c3d4", seeded(*words.split()).out)
        out = re.sub(r"20(?:2[6-9]|[3-9][0-9])-[0-9]{2}-[0-9]{2}", "2026-11-30", out)
        if not words.startswith("log"):
            assert max(map(width, out.splitlines())) <= columns, words
        shown.append(f"$ tracker {words}\n{out}")
    return "\n".join(shown)


@pytest.mark.parametrize("words", ["list", "overdue", "upcoming", "timeline", "log", ""])
def test_an_empty_store_says_what_to_type_next(run: Run, words: str) -> None:
    run("init")
    formatted = ["--format", "table"] if words not in ("", "log") else []
    ran = run(*words.split(), *formatted)
    assert ran.code == 0
    assert "tracker add" in ran.out or words == "log"
    assert run("list").out == ""


def test_colour_only_where_it_is_wanted(seeded: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("overdue", "--format", "table")
    assert "\x1b[" not in seeded(*asked).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[31;1m" in seeded(*asked).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in seeded(*asked).out
    assert "\x1b[" not in seeded("timeline").out


def test_text_of_a_foreign_file_never_commands_the_terminal(seeded: Run, home: Path) -> None:
    path = home / "milestones.json"
    content = json.loads(path.read_text())
    evil = "\x1b]0;owned\x07\x1b[2Jtitle\u202e\r\n\u0085"
    content["milestones"]["3"]["owner"] = None
    content["milestones"]["3"]["translations"]["zh"]["title"] = evil
    content["milestones"]["3"]["next_step"] = evil
    content["milestones"]["3"]["speaker"] = evil
    content["milestones"]["3"]["due_phrase"] = evil
    content["milestones"]["3"]["source"]["document"] = evil
    content["milestones"]["3"]["history"][0]["why"] = evil
    content["milestones"]["3"]["history"][0]["by"] = evil
    path.write_text(json.dumps(content))
    for words in (
        "list",
        "list --format table",
        "list --format md",
        "show 3",
        "timeline",
        "log",
        "start 3",
        "",
    ):
        for lang in ("en", "zh"):
            ran = seeded("--lang", lang, *words.split())
            assert not set(ran.out + ran.err) & set("\x1b\x07\r\u202e\u0085"), words


def test_the_store_is_found_by_option_then_variable_then_upward_then_home(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def count() -> int:
        return len(run("list").out.splitlines())

    own = tmp_path / "data" / "tracker" / "milestones.json"
    assert str(own) in run("list").err
    run("init", "--file", str(own))
    run("add", "own", "--file", str(own))
    assert count() == 1
    run("init", "--seed", "shandong-2021")
    assert count() == 14
    (home / "below" / "deeper").mkdir(parents=True)
    monkeypatch.chdir(home / "below" / "deeper")
    assert count() == 14
    other = tmp_path / "other.json"
    monkeypatch.setenv("TRACKER_FILE", str(other))
    assert run("list").code == 8
    run("init", "--seed", "shandong-2025")
    assert count() == 17
    assert len(run("--file", str(own), "list").out.splitlines()) == 1
    assert len(run("list", "--file", str(own)).out.splitlines()) == 1


@pytest.mark.parametrize("command", ["list", "overdue", "upcoming", "timeline"])
def test_a_filter_that_nothing_passes_does_not_ask_for_a_first_milestone(
    seeded: Run, command: str
) -> None:
    ran = seeded(command, "--owner", "nobody", *(() if command == "timeline" else TABLE))
    assert ran.code == 0
    assert "tracker add" not in ran.out
    assert "None of the 14 milestones" in ran.out or "Nothing is" in ran.out


def test_what_to_type_next_is_never_cut(seeded: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    ran = seeded("overdue", "--as-of", "2022-01-01", *TABLE)
    assert ran.out.splitlines()[-2:] == [
        "14 of 14 overdue on 2022-01-01.",
        "Next: `tracker show ID`.",
    ]


def test_one_is_one_and_thousands_are_set_apart(seeded: Run) -> None:
    many = [{"title": f"T{number}"} for number in range(1, 1987)]
    Path("many.json").write_text(json.dumps(many))
    assert seeded("import", "json", "many.json").code == 0
    assert "2,000 milestones" in seeded("check").out
    assert "2,000 milestones" in seeded().out
    assert "2,000 of 2,000 milestones" in seeded("list", *TABLE).out
    assert seeded("init", "--file", "one.json").code == 0
    assert seeded("add", "One", "--file", "one.json").code == 0
    assert seeded("check", "--file", "one.json").out == "one.json is sound: 1 milestone.\n"


@pytest.mark.parametrize("columns", [80, 100])
def test_what_others_found_leaves_room_for_the_titles(
    seeded: Run, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    before = seeded("list", *TABLE).out.splitlines()
    seeded("done", "3", "--on", "2021-08-15")
    seeded("assess", "3", "partly", "--as", "Audit office", "--role", "auditor", "-m", "few rules")
    after = seeded("list", *TABLE).out.splitlines()
    assert max(map(width, after)) <= columns
    assert len(after) <= len(before) + 4
    assert "auditor" in " ".join(after)


def test_the_log_since_a_day_has_what_took_effect_or_was_written_down_from_then_on(
    seeded: Run,
) -> None:
    assert seeded("done", "1", "--on", "2021-03-30").code == 0
    assert seeded("done", "2", "--on", "2021-06-01").code == 0
    logged = [e["id"] for e in seeded("log", "--since", "7d", "--format", "json").json["changes"]]
    assert logged[:2] == [2, 1]
    told = seeded("log", "1", "--as-of", "2021-12-31", "--since", "2021-12-01")
    assert "2021-03-30" in told.out  # written down today
    never = seeded("log", "--as-of", "2020-12-31", "--since", "2020-12-01").out
    assert never == "Nothing was changed from 2020-12-01 to 2020-12-31.\n"
