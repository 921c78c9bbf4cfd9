"""The reports as a reader meets them: every format, the settings, and what is refused."""

from __future__ import annotations

import csv
import io
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


REPORTS = [("scorecard", "report", "scorecard", "--as-of", "2021-10-15")]


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
        golden(f"{name}-{lang}-{columns}", out)


@pytest.mark.parametrize("words", REPORTS, ids=lambda words: words[0])
def test_every_format_of_every_report(told: Run, words: tuple[str, ...]) -> None:
    name, *command = words
    asked = {form: told(*command, "--format", form) for form in ("plain", "json", "csv", "md")}
    assert {ran.code for ran in asked.values()} == {0}
    assert asked["plain"].out == told(*command).out
    assert asked["json"].json["schema"] == "tracker/1"
    assert asked["json"].json["command"] == f"report {name}"
    header, *_ = asked["csv"].out.splitlines()
    assert all(len(line.split("\t")) > 1 for line in asked["plain"].out.splitlines())
    assert "," in header
    assert "| --- |" in asked["md"].out or "---: |" in asked["md"].out


@pytest.mark.parametrize("words", REPORTS, ids=lambda words: words[0])
def test_an_empty_store_is_told_what_to_type(run: Run, words: tuple[str, ...]) -> None:
    run("init")
    ran = run(*words[1:], "--format", "table")
    assert (ran.code, "tracker add" in ran.out) == (0, True)
    assert run(*words[1:], "--format", "json").code == 0


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
