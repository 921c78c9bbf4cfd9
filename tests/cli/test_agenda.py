"""The days and weeks ahead, and months with their days marked."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run
from tracker.render.text import width

DAY = ("--as-of", "2021-10-28")
TABLE = ("--format", "table")


def test_what_is_overdue_comes_first_and_then_each_day_of_each_week(seeded: Run) -> None:
    out = seeded("--lang", "en", "agenda", *DAY, "--within", "10w", *TABLE).out
    places = [out.index(said) for said in ("Overdue (4)", "Week 48: ", "Tue 30 Nov", "Fri 31 Dec")]
    assert places == sorted(places)
    assert "overdue 211 days" in out
    assert out.count("Week ") == 2


def test_the_days_ahead_are_not_buried_under_what_is_overdue(seeded: Run) -> None:
    out = seeded("agenda", "--as-of", "2022-01-05", *TABLE).out
    assert "Overdue (14)" in out
    assert "… and 4 more: `tracker overdue`." in out
    assert len(seeded("agenda", "--as-of", "2022-01-05", "--format", "json").json["overdue"]) == 14


def test_what_is_done_is_there_when_it_is_asked_for(seeded: Run) -> None:
    seeded("done", "5", "--on", "2021-10-01")
    asked = ("agenda", *DAY, "--within", "5w", "--format", "plain")
    assert [line.split("\t")[0] for line in seeded(*asked).out.splitlines()] == list("12346")
    assert "5\t" in seeded(*asked, "--done").out
    assert seeded(*asked, "--from", "2021-12-01", "communications").out.startswith("13\t")


def test_programs_read_days_with_what_is_due_on_them(seeded: Run) -> None:
    told = seeded("agenda", *DAY, "--within", "5w", "--format", "json").json
    assert [m["id"] for m in told["overdue"]] == [1, 2, 3, 4]
    assert [(d["day"], d["standing"]) for d in told["days"]] == [("2021-11-30", "open")]
    told = seeded("calendar", *DAY, "--months", "3", "--format", "json").json
    assert (told["from"], told["to"]) == ("2021-10-01", "2021-12-31")
    assert [d["day"] for d in told["days"]] == ["2021-11-30", "2021-12-31"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("columns", "beside"), [(40, 1), (60, 2), (100, 3), (200, 4)])
def test_months_stand_side_by_side_as_many_as_fit(
    seeded: Run, monkeypatch: pytest.MonkeyPatch, lang: str, columns: int, beside: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    asked = ("--lang", lang, "calendar", "--as-of", "2021-05-10", "--months", "4", *TABLE)
    lines = seeded(*asked).out.splitlines()
    assert max(map(width, lines)) <= columns
    weekday = {"en": "Mo", "zh": "一"}[lang]
    assert max(line.count(weekday) for line in lines[:2]) == beside
    assert {"en": "May 2021", "zh": "2021年5月"}[lang] in lines[0]


def test_days_are_legible_without_colour_and_in_ascii(seeded: Run) -> None:
    asked = ("--lang", "en", "calendar", "--as-of", "2021-06-10", "--months", "2", *TABLE)
    out = seeded(*asked, "--ascii", "--from", "2021-05-01").out
    assert "31!" in out
    assert "30*" in out
    assert ">10 " in out
    assert "! overdue  * due soon  > today" in out
    assert out.isascii()
    assert "31▲" in seeded(*asked, "--from", "2021-05-01").out


def test_nothing_due_is_said(seeded: Run) -> None:
    for command in ("agenda", "calendar"):
        asked = (command, "nowhere", *DAY, *TABLE)
        assert "Nothing is due" in seeded("--lang", "en", *asked).out
