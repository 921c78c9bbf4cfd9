"""Finding: by standing, by words anywhere, in which order, under headings, with which columns."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.milestones import plain
from tracker.errors import BadSettings, BadValue
from tracker.locale import language
from tracker.model import Standing
from tracker.render.json import row
from tracker.report.derived import COLUMNS

DAY = ("--as-of", "2021-12-01")


def ids(out: str) -> list[int]:
    return [int(line.split("\t")[0]) for line in out.splitlines()]


@pytest.mark.parametrize("tag", ["en", "zh"])
def test_every_standing_is_typed_as_screens_say_it(tag: str) -> None:
    for standing in Standing:
        assert Standing.meant_by(language(tag).standing(standing)) is standing
        assert Standing.meant_by(standing.words) is standing


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("--standing overdue", [1, 2, 4, 3, 5, 6]),
        ("--standing 逾期 --limit 1", [1]),
        ("--standing 临期，逾期 --limit 7", [1, 2, 4, 3, 5, 6, 7]),
        ("--standing due-soon --standing done --owner communications", [13, 14]),
        ("--standing late", []),
        ("5G communications 覆盖", [13]),
        ("５ｇ", [13, 14]),
        ("5G nowhere", []),
        ("self-regulation", [3]),
        ("--sort owner,-due --limit 4", [12, 13, 14, 7]),
        ("--sort -id --limit 2", [14, 13]),
        ("--group quarter --reverse --limit 3", [14, 13, 12]),
    ],
)
def test_what_is_found(seeded: Run, words: str, expected: list[int]) -> None:
    seeded("postpone", "3", "2021-10-31", "--on", "2021-06-01")
    assert ids(seeded("list", *words.split(), *DAY).out) == expected


def test_a_standing_is_that_of_the_day_asked_about(seeded: Run) -> None:
    assert ids(seeded("list", "--standing", "overdue", "--as-of", "2021-04-01").out) == [1]
    exported = seeded("export", "ics", "--standing", "overdue", "--as-of", "2021-04-01").out
    assert exported.count("BEGIN:VEVENT") == 1


def test_notes_and_owners_are_found(seeded: Run) -> None:
    seeded("note", "2", "as told by the Ministry")
    assert ids(seeded("list", "MINISTRY", "大数据").out) == [2]
    assert ids(seeded("overdue", "ministry").out) == [2]


def test_a_standing_that_there_is_not_is_refused_with_those_there_are(seeded: Run) -> None:
    refused = seeded("list", "--standing", "owed")
    assert refused.code == BadValue.exit_code
    assert "overdue, due-soon, open" in refused.err


def test_groups_have_counts_in_every_format_that_people_and_programs_read(seeded: Run) -> None:
    seeded("edit", "1", "--tag", "law", "--tag", "data", "--on", "2021-06-01")
    asked = ("list", *DAY, "--lang", "en", "--format")
    table = seeded(*asked, "table", "--group", "quarter").out
    assert "Q1 2021 (1)" in table
    assert "Q4 2021 (10)" in table
    assert "no tag (13)" in seeded(*asked, "md", "--group", "tag").out
    groups = seeded(*asked, "json", "--group", "tag").json["groups"]
    assert [(g["name"], g["count"]) for g in groups] == [("data", 1), ("law", 1), (None, 13)]
    groups = seeded(*asked, "json", "--group", "standing").json["groups"]
    assert [g["name"] for g in groups] == ["overdue", "due-soon"]
    owners = seeded(*asked, "md", "--group", "owner").out
    assert "## Shandong Communications Administration (2)" in owners
    assert ids(seeded("list", *DAY, "--group", "tag").out)[0] == 1


def test_columns_are_those_of_json(seeded: Run) -> None:
    assert set(COLUMNS) == set(row(plain(1), date(2021, 3, 10)))
    asked = ("list", "--columns", "id,slippage-days，status", "--limit", "1", "--format")
    assert seeded(*asked, "plain").out == "1\t0\tnot-started\n"
    assert seeded(*asked, "csv").out.splitlines()[0] == "id,slippage_days,status"
    assert seeded(*asked, "md").out.splitlines()[0] == "| ID | Days slipped | Status |"
    assert seeded(*asked, "table").out.splitlines()[0] == "ID  DAYS SLIPPED  STATUS"
    refused = seeded("list", "--columns", "titel")
    assert refused.code == BadValue.exit_code
    assert "Did you mean title?" in refused.err


def test_a_saved_filter_says_how_its_list_is_laid_out(seeded: Run) -> None:
    Path("tracker.toml").write_text(
        '[filters.late]\nstanding = ["overdue", "临期"]\nsort = "-due"\ngroup = "quarter"\n'
        'columns = ["id", "due"]\nlimit = 2\n',
        encoding="utf-8",
    )
    assert seeded("list", *DAY, "--filter", "late").out == "7\t2021-12-31\n8\t2021-12-31\n"
    assert ids(seeded("list", *DAY, "--filter", "late", "--sort", "due").out) == [1, 2]
    assert ids(seeded("list", "--as-of", "2021-04-01", "--filter", "late").out) == [1]
    feed = seeded("export", "ics", *DAY, "--filter", "late").out
    assert feed.count("BEGIN:VEVENT") == 14


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('sort = "dew"', "Did you mean due?"),
        ('group = "owners"', "Did you mean owner?"),
        ('columns = "titel"', "Did you mean title?"),
        ("limit = 0", "no limit"),
        ('sorted = "due"', "Did you mean sort?"),
    ],
)
def test_a_layout_that_cannot_be_is_refused_when_settings_are_read(
    seeded: Run, said: str, told: str
) -> None:
    Path("tracker.toml").write_text(f"[filters.late]\n{said}\n", encoding="utf-8")
    refused = seeded("list", "--filter", "late")
    assert refused.code == BadSettings.exit_code
    assert told in refused.err
