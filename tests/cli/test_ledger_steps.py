"""The days of an office's cycle in the ledger: written by choice, and read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

COLUMNS = ("--columns", "task,owner,due,received,reported,verified,closed,id")


@pytest.fixture
def begun(home: Path, run: Run) -> Run:
    for words in (
        ("init",),
        ("add", "Bridge", "--owner", "Roads", "--due", "2026-06-30", "--made-on", "2026-03-01"),
        ("add", "Ring", "--owner", "Roads", "--due", "2026-07-31", "--made-on", "2026-03-01"),
        ("assign", "1-2", "--as", "督查室", "--on", "2026-03-02"),
        ("receive", "1", "--on", "2026-03-04"),
        ("feedback", "1", "--on", "2026-04-01", "-m", "half"),
    ):
        assert run(*words).code == 0, words
    return run


def days(run: Run, id: str) -> dict[str, int | None]:
    found: dict[str, int | None] = run("show", id, "--format", "json").json["cycle"][0]["days"]
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["ledger.csv", "ledger.xlsx"])
def test_what_was_written_comes_back_and_changes_nothing(begun: Run, lang: str, name: str) -> None:
    assert begun("--lang", lang, "export", "ledger", *COLUMNS, "-o", name).code == 0
    before = begun("log", "--format", "json").out
    ran = begun("import", name)
    assert ran.code == 0, ran.err
    assert begun("log", "--format", "json").out == before


def test_days_that_somebody_filled_in_are_steps(begun: Run) -> None:
    assert begun("export", "ledger", *COLUMNS, "-o", "ledger.csv").code == 0
    path = Path("ledger.csv")
    text = path.read_text(encoding="utf-8")
    assert "签收日期,反馈日期,核查日期,销号日期（督办）" in text
    filled = text.replace("2026-04-01,,,1", "2026-04-01,2026-04-03,2026年4月8日,1")
    filled = filled.replace(",,,,,2", ",2026-03-05,,,,2")
    path.write_text(filled, encoding="utf-8")
    ran = begun("import", "ledger.csv")
    assert ran.code == 0, ran.err
    assert days(begun, "1") == {"received": 2, "reported": 28, "verified": 2, "closed": 5}
    assert days(begun, "2")["received"] == 3
    assert begun("show", "1", "--format", "json").json["milestones"][0]["status"] == "not-started"
    assert begun("import", "ledger.csv").code == 0
    assert begun("log", "--format", "json").json["count"] == 9
    assert begun("undo").code == 0
    assert days(begun, "1")["closed"] is days(begun, "2")["received"] is None


def test_what_cannot_follow_is_told_and_left_out(begun: Run) -> None:
    Path("in.csv").write_text(
        "任务,责任单位,完成时限,签收日期,核查日期\n修路,交通局,2026年6月底,2026-02-03,2026-03-01\n",
        encoding="utf-8",
    )
    ran = begun("import", "in.csv", "--made-on", "2026-02-01")
    assert ran.code == 0, ran.err
    assert "2026-03-01 is left out" in ran.out + ran.err
    assert days(begun, "3")["received"] == 2
    assert begun("show", "3", "--format", "json").json["milestones"][0]["verdict"] is None
