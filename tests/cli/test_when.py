"""`tracker when`, and phrases wherever a date is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_a_phrase_is_explained(run: Run) -> None:
    assert run("when", "6月底前", "--anchor", "2021-03-10").out == (
        "6月底前\n"
        "  due        2021-06-30, that day included\n"
        "  precision  month, from 2021-06-01 to 2021-06-30\n"
        "  assumed    the year: the first such date from 2021-03-10 on\n"
    )


@pytest.mark.parametrize("phrase", ["-1w", "a week ago", "一周前"])
def test_a_length_may_count_back(run: Run, phrase: str) -> None:
    assert run("when", phrase, "--anchor", "2021-03-10").out.startswith("2021-03-03\n")


def test_words_are_one_phrase_or_else_a_phrase_each(run: Run) -> None:
    one = run("when", "end", "of", "June", "2021", "--format", "json").json
    assert (one["phrase"], one["due"], one["precision"], one["year_assumed"]) == (
        "end of June 2021",
        "2021-06-30",
        "month",
        False,
    )
    several = run("when", "2021-06-30", "“十四五”末", "--format", "json").json
    assert [p["due"] for p in several["phrases"]] == ["2021-06-30", "2025-12-31"]


@pytest.mark.parametrize("phrase", ["持续推进", "spring 2022"])
def test_no_date_is_no_date(run: Run, phrase: str) -> None:
    told = run("when", phrase, "--format", "json").json
    assert (told["due"], told["precision"]) == (None, "none")
    assert "no date" in run("when", phrase).out


def test_what_is_unclear_is_refused_with_an_example(run: Run) -> None:
    ran = run("when", "03/04/2021")
    assert (ran.code, ran.out) == (5, "")
    assert ran.err == (
        'tracker: "03/04/2021" may be 3 April 2021 or 4 March 2021. '
        "Write 2021-04-03 or 2021-03-04.\n"
    )
    error = run("when", "03/04/2021", "--format", "json").json["error"]
    assert (error["code"], error["exit_code"]) == ("bad-date", 5)


def test_the_fiscal_year_begins_as_settled(run: Run, home: Path) -> None:
    ask = ("when", "FY 2024", "--format", "json")
    assert run(*ask).json["due"] == "2024-12-31"
    (home / "tracker.toml").write_text("fiscal-year-start = 10\n", encoding="utf-8")
    run("init")
    assert run(*ask).json["due"] == "2024-09-30"
    assert run(*ask, "--fiscal-year-start", "4").json["due"] == "2024-03-31"
    (home / "tracker.toml").write_text("fiscal-year-begins = 10\n", encoding="utf-8")
    ran = run(*ask)
    assert (ran.code, ran.json["error"]["code"]) == (17, "bad-settings")


def test_a_phrase_is_understood_from_the_day_it_was_said(run: Run) -> None:
    run("init")
    ran = run("add", "Channel", "--made-on", "2021-03-10", "--due", "6月底前")
    assert ran.out == (
        "1 added, due by 2021-06-30, the end of that month "
        "[6月底前 (month): 2021-06-30, year assumed]: Channel\n"
    )
    ran = run("postpone", "1", "end of next month", "--on", "2021-06-20")
    assert ran.out.startswith(
        "1 due by 2021-07-31, the end of that month (was 2021-06-30, +31 days)"
    )
    assert "[end of next month (month): 2021-07-31]" in ran.out


@pytest.mark.parametrize(
    "words",
    [
        ("add", "x", "--due", "when ready"),
        ("list", "--due-to", "when ready"),
        ("overdue", "--as-of", "when ready"),
        ("upcoming", "--within", "when ready"),
        ("add", "x", "--made-on", "持续推进"),
    ],
)
def test_a_date_that_is_not_understood_is_refused_everywhere(
    seeded: Run, home: Path, words: tuple[str, ...]
) -> None:
    before = (home / "milestones.json").read_bytes()
    ran = seeded(*words)
    assert (ran.code, ran.out) == (5, "")
    assert (home / "milestones.json").read_bytes() == before
