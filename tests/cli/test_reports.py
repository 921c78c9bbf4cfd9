"""The reports as a reader meets them: every format, the settings, and what is refused."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run, golden
from tracker.render.text import width


def table_rows(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out)))


@pytest.fixture
def told(seeded: Run) -> Run:
    """The commitments of 2021 with a story: kept, late, moved with and without reason, dropped."""
    for words in (
        "done 1 --on 2021-04-15 --evidence https://example.org/lane",
        "done 2 --on 2021-05-20",
        "postpone 3 2021-09-30 --on 2021-06-25 --by Li --reason",
        "postpone 3 2021-12-31 --on 2021-09-28 --by Li",
        "cancel 5 --on 2021-08-01",
        "start 6 --on 2021-08-02",
    ):
        extra = ["tender repeated"] if words.endswith("--reason") else []
        assert seeded(*words.split(), *extra).code == 0
    return seeded


DAY = ("--as-of", "2021-10-15")
REPORTS = [
    ("scorecard", "report", "scorecard", *DAY),
    ("slippage", "report", "slippage", *DAY),
    ("ontime", "report", "ontime", *DAY),
    ("changes", "report", "changes", "--since", "2021-04-01", *DAY),
    ("source", "report", "source", *DAY, "--owner", "communications"),
    ("stale", "report", "stale", "--days", "60", *DAY),
]


def _without_today(out: str) -> str:
    """Blank the days on which the test wrote its changes down; what it tells of is years ago."""
    return re.sub(r"20(?:2[6-9]|[3-9][0-9])-[0-9]{2}-[0-9]{2}", "today-today", out)


@pytest.mark.parametrize("columns", ["60", "100", "200"])
@pytest.mark.parametrize("words", REPORTS, ids=lambda words: words[0])
def test_golden_screens(
    told: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], columns: str
) -> None:
    name, *command = words
    monkeypatch.setenv("COLUMNS", columns)
    for lang in ("en", "zh"):
        out = told("--lang", lang, *command, "--format", "table").out
        assert max(map(width, out.splitlines())) <= int(columns)
        golden(f"{name}-{lang}-{columns}", _without_today(out))


@pytest.mark.parametrize("words", REPORTS, ids=lambda words: words[0])
def test_every_format_of_every_report(told: Run, words: tuple[str, ...]) -> None:
    name, *command = words
    asked = {form: told(*command, "--format", form) for form in ("plain", "json", "csv", "md")}
    assert {ran.code for ran in asked.values()} == {0}
    assert asked["plain"].out == told(*command).out
    assert asked["json"].json["schema"] == "tracker/2"
    assert asked["json"].json["command"] == f"report {name}"
    header, *_ = asked["csv"].out.splitlines()
    assert all(len(line.split("\t")) > 1 for line in asked["plain"].out.splitlines())
    assert "," in header
    assert "| --- |" in asked["md"].out or "---: |" in asked["md"].out


@pytest.mark.parametrize("words", REPORTS, ids=lambda words: words[0])
def test_an_empty_store_is_told_what_to_type(run: Run, words: tuple[str, ...]) -> None:
    run("init")
    ran = run(*words[1:], "--format", "table")
    assert (ran.code, "tracker add" in ran.out) == (0, True), ran
    assert run(*words[1:], "--format", "json").code == 0


@pytest.mark.parametrize("words", REPORTS, ids=lambda words: words[0])
def test_nothing_to_report_fits_a_narrow_screen(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    run("init")
    empty = run(*words[1:], "--format", "table").out
    run("add", "t", "--due", "2029-06-30", "--made-on", "2021-10-15")
    run("note", "1", "news", "--on", "2021-10-15")
    quiet = run(*words[1:], "--owner", "nobody", "--format", "table").out
    assert max(map(width, [*empty.splitlines(), *quiet.splitlines()])) <= 60
    assert empty != quiet


@pytest.mark.parametrize("words", REPORTS, ids=lambda words: words[0])
def test_a_report_without_a_store_is_refused(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words[1:]).code == 8


def test_thresholds_come_from_the_settings_and_an_option_wins(told: Run, home: Path) -> None:
    def amber(*options: str) -> int:
        ran = told("report", "scorecard", "--as-of", "2021-12-01", "--format", "json", *options)
        found: int = ran.json["total"]["amber"]
        return found

    by_default = amber()
    assert amber("--due-soon-days", "0") < by_default
    (home / "tracker.toml").write_text("[rag]\ndue-soon-days = 0\nslipped-days = 1\n")
    assert amber() < by_default
    assert amber("--due-soon-days", "30") == by_default
    screen = told("report", "scorecard", "--as-of", "2021-12-01", "--format", "table").out
    assert "due within 0 days, or 1 day or more past its baseline" in screen
    (home / "tracker.toml").write_text("[rag]\ndue-soon-days = -1\n")
    refused = told("report", "scorecard")
    assert (refused.code, "due-soon-days" in refused.err) == (17, True)


def test_csv_is_harmless_to_a_spreadsheet(run: Run) -> None:
    run("init")
    run("add", "t", "--owner", "=HYPERLINK(1)", "--due", "2021-06-30", "--made-on", "2021-03-10")
    [row] = table_rows(run("report", "scorecard", "--format", "csv").out)
    assert row["body"] == "'=HYPERLINK(1)"


def test_moves_are_rows_of_their_own_in_csv(told: Run) -> None:
    rows = table_rows(told("report", "slippage", *DAY, "--format", "csv").out)
    assert [(r["id"], r["to"], r["days_from_baseline"], r["quiet"]) for r in rows] == [
        ("3", "2021-09-30", "92", ""),
        ("3", "2021-12-31", "184", "quiet"),
        ("1", "", "", ""),
        ("2", "", "", ""),
    ]
    assert [r["slippage_days"] for r in rows] == ["184", "184", "15", "-11"]


def test_rates_come_with_what_they_are_of(told: Run) -> None:
    result = told("report", "ontime", *DAY, "--format", "json").json
    assert result["baseline"] == {
        "passed": 4,
        "on_time": 1,
        "late": 1,
        "owed": 2,
        "dropped": 0,
        "unknown": 0,
        "rate": 0.25,
    }
    assert result["due"]["passed"] == 3
    before = told("report", "ontime", "--as-of", "2021-03-31", "--format", "json").json
    assert (before["quarters"], before["baseline"]["rate"]) == ([], None)


def test_a_quiet_move_is_marked_in_every_format(told: Run) -> None:
    words = ("report", "changes", "--since", "2021-09-28", *DAY)
    assert "no reason given" in told(*words, "--format", "table").out
    assert "\tquiet\t" in told(*words).out
    assert "| quiet |" in told(*words, "--format", "md").out
    [change] = told(*words, "--format", "json").json["changes"]
    assert (change["kind"], change["quiet"], change["days_from_baseline"]) == ("moved", True, 184)
    assert change["change"]["by"] == "Li"


def test_since_must_not_lie_ahead(told: Run) -> None:
    ran = told("report", "changes", "--since", "2021-10-16", *DAY)
    assert (ran.code, ran.out) == (5, "")
    assert "2021-10-15 or an earlier day" in ran.err


def test_an_unknown_document_is_refused_by_naming_those_there_are(told: Run) -> None:
    ran = told("report", "source", "nowhere", "--format", "json")
    assert (ran.code, ran.json["error"]["code"]) == (40, "unknown-document")
    assert "Press conference 14" in ran.json["error"]["hint"]


def test_hostile_words_stay_words(run: Run) -> None:
    run("init")
    run("add", "a", "--owner", "o", "--due", "2021-06-30", "--made-on", "2021-03-10")
    evil = "\x1b[31m=cmd|' /C calc'!A0\u202e"
    run("postpone", "1", "2021-09-30", "--on", "2021-05-01", "--by", "=1+1", "--reason", evil)
    for form in ("table", "plain", "md"):
        out = run("report", "slippage", *DAY, "--format", form).out
        assert "\x1b" not in out
        assert "\u202e" not in out
    [row] = table_rows(run("report", "slippage", *DAY, "--format", "csv").out)
    assert row["by"] == "'=1+1"


def test_a_filter_chooses_among_changes_and_what_is_to_come(run: Run) -> None:
    run("init")
    for owner, due in (("Roads", "2030-06-30"), ("Bridges", "2030-07-31")):
        run("add", f"Mend {owner}", "--owner", owner, "--due", due)
    told = run("report", "changes", "--since", "2000-01-01", "--owner", "roads", "--format", "json")
    assert [row["id"] for row in told.json["changes"]] == [1]
    for words, found in ((["--due-from", "2030-07-01"], [2]), (["--due-to", "2030-06-30"], [1])):
        said = run("upcoming", "--within", "9999", *words, "--format", "json").json
        assert [m["id"] for m in said["milestones"]] == found


def test_what_was_completed_on_an_unknown_day_has_not_slipped(seeded: Run) -> None:
    seeded("done", "3", "--day-unknown")
    told = seeded("report", "slippage", "--format", "json").json["milestones"]
    assert 3 not in [m["id"] for m in told]


def test_what_was_completed_on_an_unknown_day_is_shown_so_and_in_no_rate(run: Run) -> None:
    run("init")
    run("add", "Dig", "--due", "2021-06-30", "--made-on", "2021-03-10")
    run("done", "1", "--day-unknown")
    told = run("report", "ontime", "--format", "json").json["baseline"]
    assert (told["passed"], told["unknown"], told["rate"]) == (0, 1, None)
    assert (
        "1 was completed on a day that nobody knows"
        in run("report", "ontime", "--format", "md").out
    )
    assert "完成日期：日期不详" in run("export", "ledger").out
    for command in (["log", "1"], ["report", "changes", "--since", "2021-01-01"], ["digest"]):
        assert "status not started → completed, day unknown" in run(*command).out.replace(":", "")
