"""`tracker forecast` and where else it is asked for: with its cases, or silent."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

DAY = ("--as-of", "2021-07-01")


@pytest.fixture
def record(run: Run, home: Path) -> Run:
    """Ten promises kept after a month and ten kept in time, by two bodies; and one owed by each."""
    rows = ["title,owner,made_on,due,status,completed_on"]
    rows += [f"Late {n},Roads,2020-01-01,2020-06-30,completed,2020-07-{20 + n}" for n in range(10)]
    rows += [f"Kept {n},Ports,2020-01-01,2020-06-30,completed,2020-06-20" for n in range(10)]
    rows += [f"Owed,{body},2021-01-01,2021-12-31,in-progress," for body in ("roads", "Ports")]
    assert run("init").code == 0
    (home / "rows.csv").write_text("\n".join(rows))
    assert run("import", "csv", "rows.csv").code == 0
    return run


def test_each_body_by_its_own_cases(record: Run) -> None:
    out = record("forecast", "--format", "csv", *DAY).out
    told = list(csv.DictReader(io.StringIO(out)))
    assert [(row["id"], row["chance"], row["cases"], row["likeness"]) for row in told] == [
        ("21", "0.00", "10", "body"),
        ("22", "1.00", "10", "body"),
    ]
    assert (told[0]["half_by"], told[0]["most_by"]) == ("2022-01-24", "2022-01-28")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_fits_a_screen_and_says_its_cases(
    record: Run, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    out = record("--lang", lang, "forecast", "--format", "table", *DAY).out
    assert "100%" in out
    assert max(map(len, out.splitlines())) <= 60
    owed = record("--lang", lang, "show", "21", "--forecast", *DAY).out
    assert "2022-01-24" in owed
    assert "10" in owed.rpartition("2022-01-28")[2]
    assert "2022-01-24" not in record("show", "21", *DAY).out


def test_a_timeline_and_a_page_say_so_only_when_asked(record: Run) -> None:
    asked = record("timeline", "--forecast", "--format", "table", *DAY).out
    assert "half such are done" in asked
    assert "half such are done" not in record("timeline", "--format", "table", *DAY).out
    page = record("export", "html", "--forecast", *DAY).out
    assert "From 10 promises of roads." in page
    assert "From 10 promises" not in record("export", "html", *DAY).out


def test_a_timeline_without_a_forecast_says_why(seeded: Run) -> None:
    asked = ("timeline", "--format", "table", "--as-of", "2021-07-01")
    assert "fewer than 10 promises" in seeded(*asked, "--forecast").err
    assert "fewer than" not in seeded(*asked).err


def test_past_forecasts_are_held_against_what_came(record: Run) -> None:
    assert record("done", "22", "--on", "2021-12-01").code == 0
    out = record("forecast", "--backtest", "--format", "json", "--as-of", "2022-02-01").out
    told = json.loads(out)
    assert (told["forecasts"], told["kept"], told["left_out"]) == (8, 4, 0)
    assert told["brier"] == 0
    assert told["base_brier"] == 0.25
    table = record("forecast", "--backtest", "--format", "table", "--as-of", "2022-02-01").out
    assert "Brier score 0.000; 0.250" in table


def test_another_record_teaches(record: Run) -> None:
    """Both stores are one here; a record that is not there is refused."""
    told = json.loads(
        record("forecast", "--record", "milestones.json", "--format", "json", *DAY).out
    )
    assert told["cases"] == 20
    assert record("forecast", "--record", "nowhere.json").code == 8
    assert record("forecast", "--record", "milestones.json", "--backtest").code == 2


def test_nothing_is_said_without_cases(seeded: Run) -> None:
    out = seeded("forecast", "--format", "csv", "--as-of", "2021-07-01").out
    told = list(csv.DictReader(io.StringIO(out)))
    assert {(row["chance"], row["cases"]) for row in told} == {("", "0")}
    assert "Nothing can be said" in seeded("show", "1", "--forecast").out
    empty = seeded("forecast", "--backtest", "--format", "table")
    assert "No forecast could have been made" in empty.out
