"""Milestones that repeat: the next comes with the completion, and goes with its undoing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tracker.errors import BadValue

QUARTERLY = ("add", "Report", "--due", "2026-06-30", "--made-on", "2026-03-01")


@pytest.fixture
def reports(run: Run) -> Run:
    run("init")
    words = ("--repeat", "every quarter", "--owner", "Finance", "--target", "3 reports")
    assert run(*QUARTERLY, *words).code == 0
    return run


def due_dates(run: Run) -> list[tuple[int, str, str]]:
    found = run("list", "--format", "json").json["milestones"]
    return [(m["id"], m["due"], m["status"]) for m in found]


def test_completion_makes_the_next(reports: Run) -> None:
    reports("edit", "1", "--percent", "50", "--next-step", "sign", "--on", "2026-04-01")
    assert reports("done", "1", "--on", "2026-06-20").out.splitlines() == [
        "1 completed on 2026-06-20, on time: Report",
        "2 added, due 2026-09-30: Report",
    ]
    (next_one,) = reports("show", "2", "--format", "json").json["milestones"]
    assert (next_one["owner"], next_one["repeat"]) == ("Finance", "every quarter")
    assert [t["value"] for t in next_one["targets"]] == [3]
    assert not {"percent", "next_step", "made_on"} & {k for k, v in next_one.items() if v}
    shown = reports("show", "2").out
    assert "repeats     every quarter" in shown
    assert "follows     1" in shown
    # The one that follows is owed from then on, and on no earlier day.
    assert "Report" in reports("list", "--as-of", "2026-06-19").out
    assert [
        m["id"]
        for m in reports("list", "--as-of", "2026-06-19", "--format", "json").json["milestones"]
    ] == [1]


def test_undo_takes_the_next_back_and_redo_brings_it(reports: Run) -> None:
    reports("done", "1", "--on", "2026-06-20")
    assert "2 undo: removed" in reports("undo").out
    assert due_dates(reports) == [(1, "2026-06-30", "not-started")]
    assert "2 redo: back again" in reports("redo").out
    assert [id for id, *_ in due_dates(reports)] == [1, 2]
    reports("undo")
    assert "2 back again" in reports("done", "1", "--on", "2026-06-21").out
    assert [id for id, *_ in due_dates(reports)] == [1, 2]
    assert reports("check").code == 0


def test_undoing_the_completion_by_name_takes_the_next_back_unless_it_went_on(reports: Run) -> None:
    reports("done", "1", "--on", "2026-06-20")
    name = reports("log", "1", "--format", "json").json["changes"][0]["change"]["digest"]
    reports("note", "2", "begun")
    refused = reports("undo", name)
    assert (refused.code, "build on" in refused.err) == (1, True)
    reports("undo")
    assert "2 undo: removed" in reports("undo", name).out
    assert due_dates(reports) == [(1, "2026-06-30", "not-started")]


def test_a_delay_of_one_moves_no_other(reports: Run) -> None:
    reports("postpone", "1", "2026-08-15")
    reports("done", "1", "--on", "2026-08-10")
    assert (2, "2026-09-30", "not-started") in due_dates(reports)


@pytest.mark.parametrize("words", [("cancel", "1"), ("status", "1", "superseded"), ("remove", "1")])
def test_what_is_given_up_has_no_next(reports: Run, words: tuple[str, ...]) -> None:
    assert reports(*words).code == 0
    assert 2 not in [id for id, *_ in due_dates(reports)]


def test_none_ends_it(reports: Run) -> None:
    assert reports("edit", "1", "--repeat", "none").code == 0
    reports("done", "1", "--on", "2026-06-20")
    assert len(due_dates(reports)) == 1


def test_every_way_to_complete_makes_the_next_once(reports: Run) -> None:
    reports("correct", "1", "--status", "completed", "-m", "was done")
    assert len(due_dates(reports)) == 2
    reports("status", "1", "in-progress")
    reports("done", "1")
    assert len(due_dates(reports)) == 2


def test_an_export_comes_back_with_both(reports: Run) -> None:
    reports("export", "json", "-o", "before.json")
    reports("done", "1", "--on", "2026-06-20")
    reports("export", "json", "-o", "after.json")
    reports("--file", "other.json", "init")
    assert reports("--file", "other.json", "import", "json", "before.json").code == 0
    assert reports("--file", "other.json", "import", "json", "after.json").code == 0
    listed = reports("--file", "other.json", "list", "--format", "json").json["milestones"]
    assert [m["due"] for m in listed] == ["2026-06-30", "2026-09-30"]


def test_two_copies_that_completed_it_agree_on_the_next(reports: Run) -> None:
    reports("export", "json", "-o", "base.json")
    for copy in ("ours.json", "theirs.json"):
        reports("--file", copy, "init")
        reports("--file", copy, "import", "json", "base.json")
        reports("--file", copy, "done", "1", "--on", "2026-06-20")
    reports("--file", "ours.json", "merge", "theirs.json")
    listed = reports("--file", "ours.json", "list", "--format", "json").json["milestones"]
    assert [m["due"] for m in listed] == ["2026-06-30", "2026-09-30"]


def test_a_sheet_and_a_calendar_say_it_and_bring_it(reports: Run) -> None:
    Path("sheet.csv").write_text("title,due,重复\n周报,2026-12-04,每周\n", encoding="utf-8")
    assert reports("import", "csv", "sheet.csv").code == 0
    feed = reports("export", "ics").out.replace("\r\n ", "")
    assert "X-MILESTONE-REPEAT:every week" in feed
    assert "RRULE" not in feed
    assert "Repeats: every quarter" in feed
    reports("export", "ics", "-o", "feed.ics")
    reports("--file", "other.json", "init")
    reports("--file", "other.json", "import", "ics", "feed.ics")
    found = reports("--file", "other.json", "list", "--format", "json").json["milestones"]
    assert {m["repeat"] for m in found} == {"every week", "every quarter"}


def test_a_sheet_that_completes_one_tells_of_the_next(reports: Run) -> None:
    sheet = "id,title,due,status,completed_on\n1,Report,2026-06-30,completed,2026-06-20\n"
    Path("sheet.csv").write_text(sheet, encoding="utf-8")
    assert reports("import", "csv", "sheet.csv").out.splitlines() == [
        "1 changed (completed, status): Report",
        "2 added, due 2026-09-30: Report",
        "1 added, 1 changed, 0 as they were.",
    ]


def test_lists_say_it_in_the_language_of_the_reader(reports: Run) -> None:
    assert "Report (every quarter)" in reports("list", "--format", "table").out
    assert "Report（每季度）" in reports("--lang", "zh", "list", "--format", "table").out
    reports("done", "1", "--on", "2026-06-20")
    assert "周期" in reports("--lang", "zh", "show", "2").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--due", "2026-06-30", "--repeat", "now and then"), "says not how often"),
        (("--repeat", "every year"), "has a due date"),
    ],
)
def test_what_cannot_repeat_is_refused(run: Run, words: tuple[str, ...], said: str) -> None:
    run("init")
    ran = run("add", "X", *words)
    assert (ran.code, said in ran.err) == (BadValue.exit_code, True)
    assert not due_dates(run)


def test_the_page_of_a_site_leads_from_one_to_the_next(reports: Run, home: Path) -> None:
    reports("done", "1", "--on", "2026-06-20")
    assert reports("publish", "site").code == 0
    pages = [page.read_text(encoding="utf-8") for page in (home / "site").rglob("*.html")]
    assert any("Followed by" in page for page in pages)
    assert any("Follows" in page for page in pages)
