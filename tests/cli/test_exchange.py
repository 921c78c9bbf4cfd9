"""Export and import on the command line: whole files, the same again, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize("form", ["json", "csv"])
def test_an_export_taken_in_elsewhere_is_the_same(
    seeded: Run, home: Path, tmp_path: Path, form: str
) -> None:
    seeded("done", "3", "--on", "2021-06-30", "--evidence", "https://example.org")
    seeded("edit", "4", "--tag", "a", "--supporting", "省公安厅")
    before = json.loads((home / "milestones.json").read_text())
    file = tmp_path / f"out.{form}"
    assert seeded("export", form, "-o", str(file)).out.startswith(f"{file}: 14 milestones, ")
    other = str(tmp_path / "other.json")
    seeded("init", "--file", other)
    ran = seeded("import", form, str(file), "--file", other)
    assert ran.out.endswith("14 added, 0 changed, 0 as they were.\n")
    assert json.loads(Path(other).read_text()) == before
    again = seeded("import", form, str(file), "--file", other)
    assert again.out == "0 added, 0 changed, 14 as they were.\n"
    assert json.loads(Path(other).read_text()) == before


def test_a_spreadsheet_made_by_hand(run: Run, home: Path) -> None:
    run("init")
    sheet = home / "sheet.csv"
    sheet.write_bytes(
        "任务,责任单位,配合单位,完成时限,状态\r\n"
        "建成平台,省大数据局,省财政厅、省公安厅,2021年6月底前,进行中\r\n"
        '"成立""协会""",省工信厅,,“十四五”末,\r\n'.encode("gb18030")
    )
    assert run("import", "csv", "sheet.csv").out.endswith("2 added, 0 changed, 0 as they were.\n")
    one, two = run("list", "--sort", "id", "--format", "json").json["milestones"]
    assert (one["title"], one["due"], one["status"]) == ("建成平台", "2021-06-30", "in-progress")
    assert one["supporting"] == ["省财政厅", "省公安厅"]
    assert (two["title"], two["due"], two["precision"]) == ('成立"协会"', "2025-12-31", "five-year")
    assert run("import", "csv", "sheet.csv").out == "0 added, 0 changed, 2 as they were.\n"
    sheet.write_text("title,owner,due\n建成平台,省大数据局,2021-09-30\n", encoding="utf-8")
    assert run("import", "csv", "sheet.csv").out.endswith("0 added, 1 changed, 0 as they were.\n")
    [one, _] = run("list", "--sort", "id", "--format", "json").json["milestones"]
    assert (one["baseline_due"], one["due"], one["revisions"]) == ("2021-06-30", "2021-09-30", 1)


@pytest.mark.parametrize("column", ["id", "tracker ID", "tracker编号"])
def test_a_row_with_our_id_is_the_one_that_has_it(run: Run, home: Path, column: str) -> None:
    run("init")
    run("add", "Plan", "--due", "2031-03-31")
    run("add", "Plans", "--due", "2031-06-30")
    (home / "ours.csv").write_text(f"{column},title,due\n2,Plan B,2031-06-30\n")
    assert run("import", "csv", "ours.csv").out.startswith("2 changed (title): Plan B\n")


@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        ("title,due\na,2021-06-30\nb,someday soon\n", "sheet.csv, row 3: "),
        ("title,due\na,2021-06-30\nb\n", "Row 3 has 1 cells, and the header has 2."),
        ("title,due\na,2021-06-30\n,2021-07-01\n", "sheet.csv, row 3: It has no title."),
        ("title,wrong\na,b\n", "The header in row 1 is not understood"),
        ("due\n2021-06-30\n", "The header in row 1 is not understood"),
        ("", "The header in row 1 is not understood"),
        ("title,status\na,finished\n", "sheet.csv, row 2: There is no status 'finished'."),
        ("title,percent\na,200\n", "sheet.csv, row 2: 200 is not a percentage."),
        ('title\n"a\n', "Row "),
        ("title\na\x1b[31m\n", "sheet.csv, row 2: The title is empty or holds control"),
    ],
)
def test_a_broken_row_is_named_and_nothing_comes_in(
    seeded: Run, home: Path, sheet: str, sentence: str
) -> None:
    (home / "sheet.csv").write_text(sheet, encoding="utf-8")
    before = (home / "milestones.json").read_bytes()
    ran = seeded("import", "csv", "sheet.csv")
    assert ran.code == 14
    assert ran.err.startswith(f"tracker: {sentence}")
    assert "\x1b" not in ran.err
    assert (home / "milestones.json").read_bytes() == before


def test_what_was_changed_on_both_sides_is_refused(seeded: Run, home: Path) -> None:
    seeded("export", "json", "-o", "out.json")
    out = home / "out.json"
    content = json.loads(out.read_text())
    content["milestones"][2]["title"] = "Other words"
    out.write_text(json.dumps(content))
    seeded("start", "3")
    ran = seeded("import", "json", "out.json")
    assert (ran.code, ran.err.split(" (")[0]) == (14, "tracker: out.json, item 3: Milestone 3")
    assert seeded("import", "json", "nowhere.json").code == 14


def test_a_promise_of_a_day_that_the_file_does_not_say_is_of_an_unknown_day(
    run: Run, home: Path
) -> None:
    run("init")
    (home / "sheet.csv").write_text("title,due\nReport,2021-06-30\n", encoding="utf-8")
    run("import", "csv", "sheet.csv")
    run("add", "Own", "--due", "2021-06-30")
    assert "    said on     unknown\n" in run("show", "1").out
    assert "said on" not in run("show", "2").out
    run("export", "html", "-o", "page.html")
    assert (home / "page.html").read_text(encoding="utf-8").count("unknown<") == 1
    assert "when it was promised is unknown" in run("show", "1", "--as-of", "2021-01-01").err
    assert run("done", "1", "--on", "2021-06-20").code == 0
    run("correct", "1", "--made-on", "2021-03-10", "-m", "as the minutes say")
    assert run("check").code == 0
    assert "    said on     2021-03-10\n" in run("show", "1").out


def test_a_spreadsheet_runs_nothing(seeded: Run) -> None:
    for form in (("list", "--format", "csv"), ("export", "csv")):
        seeded("edit", "3", "--title", '=HYPERLINK("http://x","y")')
        out = seeded(*form).out
        assert ",'=HYPERLINK" in out.replace('"', "") or "'=HYPERLINK" in out
        assert ",=HYPERLINK" not in out.replace('"', "")


def test_an_output_that_cannot_be_written_is_refused(seeded: Run, tmp_path: Path) -> None:
    ran = seeded("export", "json", "-o", str(tmp_path / "no" / "such" / "file"))
    assert ran.code == 15
    assert "Give another place with -o." in ran.err


def test_a_calendar_is_the_same_bytes_each_time(seeded: Run, home: Path) -> None:
    seeded("export", "ics", "-o", "a.ics", "--as-of", "2021-07-01")
    seeded("export", "ics", "-o", "b.ics", "--as-of", "2021-07-01")
    content = (home / "a.ics").read_bytes()
    assert content == (home / "b.ics").read_bytes()
    assert content.count(b"BEGIN:VEVENT") == 14
    assert b"DTSTART;VALUE=DATE:20210630\r\nDTEND;VALUE=DATE:20210701" in content


@pytest.mark.parametrize(
    ("phrase", "due"),
    [
        ("FY 2024", "2024-03-31"),
        ("2021-W26", "2021-07-04"),
        ("2021-W26-3", "2021-06-30"),
        ("20210630", "2021-06-30"),
        ("end of June 2021", "2021-06-30"),
    ],
)
def test_a_phrase_is_the_same_day_typed_and_taken_in(
    run: Run, home: Path, phrase: str, due: str
) -> None:
    (home / "tracker.toml").write_text("fiscal-year-start = 4\n")
    run("init")
    rows = [{"title": form, "due": phrase, "made_on": "2021-01-01"} for form in ("csv", "json")]
    # Each with the mark that some programs put before UTF-8.
    (home / "a.csv").write_text(f"title,due,made_on\ncsv,{phrase},2021-01-01\n", "utf-8-sig")
    (home / "a.json").write_text(json.dumps(rows[1:]), "utf-8-sig")
    assert run("add", "typed", "--due", phrase, "--made-on", "2021-01-01").code == 0
    for form in ("csv", "json"):
        assert run("import", form, f"a.{form}").code == 0
    kept = run("list", "--format", "json").json["milestones"]
    assert [(m["title"], m["due"]) for m in kept] == [(t, due) for t in ("typed", "csv", "json")]


def test_a_week_is_no_day_on_which_something_happened(seeded: Run) -> None:
    assert "is not one day" in seeded("done", "1", "--on", "2021-W26").err
