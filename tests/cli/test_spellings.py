"""Spellings that differ by letter case, width or blanks are one body, or one tag, everywhere."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.cli.conftest import Run
from tracker.settings import Settings
from tracker.store import open_store
from tracker.subscribe.site import Site
from tracker.texts import distinct, folded

SPELT = ["Roads office", "Roads  office", "ROADS OFFICE", " Roads\u3000office"]
CHINESE = ["省大数据局", "省 大数据局", "省 大 数据局"]


@pytest.mark.parametrize("spellings", [SPELT, CHINESE])
def test_one_body_in_the_scorecard_the_filters_and_the_pictures(
    run: Run, spellings: list[str]
) -> None:
    run("init")
    for name in spellings:
        run("add", "--again", "Mend a road", "--due", "2021-07-11", "--owner", name.strip())
    scored = run("report", "scorecard", "--format", "json").json["bodies"]
    assert [body["total"] for body in scored] == [len(spellings)]
    for name in spellings:
        assert len(run("list", "--owner", name).out.splitlines()) == len(spellings)
    grouped = run("timeline", "--by-owner", "--format", "table").out
    assert sum("(" in line for line in grouped.splitlines()) == 1


def test_one_body_is_named_once_in_a_part_of_the_weeks_report(run: Run) -> None:
    run("init")
    for name in SPELT:
        run(
            *("add", "--again", "Mend a road", "--due", "2021-07-11", "--made-on", "2021-03-10"),
            "--owner",
            name,
        )
    told = run("--lang", "en", "report", "week", "--as-of", "2021-07-05").out
    due = told.partition("Due within")[2].partition("Dates moved")[0].splitlines()[1:]
    assert [line for line in due if line.strip() and "- " not in line] == ["  Roads office"]


def test_one_body_has_one_calendar_and_its_other_addresses_still_answer(run: Run) -> None:
    run("init")
    for name in CHINESE:
        run("add", "--again", "Mend a road", "--due", "2021-07-11", "--owner", name)
    every = open_store("milestones.json").snapshot().milestones
    day, at = date(2099, 7, 1), datetime(2099, 7, 1, tzinfo=UTC)
    edition = Site(Settings(), "https://example.org").edition(every, day, at)
    owners = [stem for stem in edition.stock.parts if stem.startswith("owner/")]
    assert len(owners) == len(CHINESE)
    assert [edition.stock.parts[stem].current for stem in owners].count(True) == 1
    assert {len(edition.stock.parts[stem].milestones) for stem in owners} == {len(CHINESE)}


def test_a_tag_is_added_once_and_taken_away_in_any_spelling(run: Run) -> None:
    run("init")
    run("add", "Mend a road", "--tag", "Roads", "--tag", "roads")
    run("edit", "1", "--tag", "ROADS", "--tag", "urgent")
    assert run("show", "1", "--format", "json").json["milestones"][0]["tags"] == ["Roads", "urgent"]
    run("edit", "1", "--untag", "roads")
    assert run("show", "1", "--format", "json").json["milestones"][0]["tags"] == ["urgent"]


@pytest.mark.parametrize("tag", ["private", "PRIVATE", "Ｐｒｉｖａｔｅ"])
def test_what_is_private_is_so_in_any_spelling(run: Run, tag: str) -> None:
    run("init")
    run("add", "--again", "Mend a road", "--due", "2021-07-11", "--tag", tag)
    assert "CLASS:PRIVATE" in run("export", "ics").out


def test_blanks_part_words_of_letters_and_no_chinese_ones() -> None:
    assert folded("5G  网络") == folded("5G网络")
    assert folded("data team") != folded("datateam")
    assert folded("Straße  EINS") == "strasse eins"
    assert distinct(["b", "A", "a", "B "]) == ("b", "A")
