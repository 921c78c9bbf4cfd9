"""`tracker import FILE` as an office does it: preview, bad rows, the same file again."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from tests.cli.conftest import Run
from tests.exchange.offices.book import put, saved, text
from tests.exchange.offices.first import county, ministry
from tests.exchange.offices.written import every
from tracker.cli.context import App

ROWS = [
    ["2021年重点任务"],
    ["序号", "任务", "责任单位", "完成时限", "状态", "进展情况", "备注"],
    ["1", "建成平台", "省大数据局", "6月底前", "推进中", "5月6日：完成招标", "甲"],
    ["2", "出台办法", "省司法厅", "9月31日", "未启动", "", ""],
    ["3", "举办大会", "省商务厅", "10月", "未启动", "https://example.org/plan", ""],
]


@pytest.fixture
def ledger(run: Run, home: Path) -> Run:
    run("init")
    (home / "ledger.csv").write_bytes(text(ROWS))
    return run


def mended(home: Path) -> None:
    path = home / "ledger.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("9月31日", "9月30日"), encoding="utf-8"
    )


def milestones(run: Run) -> list[dict[str, object]]:
    found = run("list", "--sort", "id", "--format", "json").json["milestones"]
    assert isinstance(found, list)
    return found


def test_a_dry_run_tells_all_and_writes_nothing(ledger: Run, home: Path) -> None:
    before = (home / "milestones.json").read_bytes()
    out = ledger("import", "ledger.csv", "--dry-run").out
    assert "columns named in row 2, years left out are 2021" in out
    assert "No field: 备注" in out
    assert "row 4: 完成时限: 2021-09 has 30 days, so there is no day 31." in out
    assert "3 rows: 2 new, 0 changed, 0 as they are, 1 unreadable." in out
    assert (home / "milestones.json").read_bytes() == before


def test_one_bad_row_keeps_all_out_unless_the_bad_may_go_elsewhere(ledger: Run, home: Path) -> None:
    ran = ledger("import", "ledger.csv")
    assert (ran.code, milestones(ledger)) == (14, [])
    assert "1 of 3 rows of ledger.csv cannot be read." in ran.err
    spared = ledger("import", "ledger.csv", "--rejects", "ledger.csv")
    assert (spared.code, "such as bad.csv" in spared.err) == (6, True)
    assert ledger("import", "ledger.csv", "--rejects", "bad.csv").code == 0
    assert [m["due"] for m in milestones(ledger)] == ["2021-06-30", "2021-10-31"]
    bad = home / "bad.csv"
    lines = bad.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("2021年重点任务")
    assert lines[2].startswith('2,出台办法,省司法厅,9月31日,未启动,,,4,"完成时限: 2021-09')
    bad.write_text(bad.read_text("utf-8-sig").replace("9月31日", "9月30日"), encoding="utf-8")
    assert ledger("import", "bad.csv").code == 0
    assert sorted(str(m["due"]) for m in milestones(ledger))[1] == "2021-09-30"


def test_the_same_file_again_changes_nothing_however_it_is_sorted(ledger: Run, home: Path) -> None:
    mended(home)
    ledger("import", "ledger.csv")
    before = (home / "milestones.json").read_bytes()
    again = ledger("import", "ledger.csv").out
    assert "0 new, 0 changed, 3 as they are" in again
    title, head, *rows = ROWS
    (home / "ledger.csv").write_bytes(text([title, head, *rows[::-2]]))
    assert "0 new, 0 changed, 2 as they are" in ledger("import", "ledger.csv").out
    assert (home / "milestones.json").read_bytes() == before


def test_a_date_that_the_file_moved_is_a_change_and_the_baseline_stays(
    ledger: Run, home: Path
) -> None:
    mended(home)
    ledger("import", "ledger.csv")
    path = home / "ledger.csv"
    path.write_text(path.read_text("utf-8").replace("6月底前", "8月底前"), encoding="utf-8")
    assert "0 new, 1 changed, 2 as they are" in ledger("import", "ledger.csv").out
    first = milestones(ledger)[0]
    assert (first["due"], first["baseline_due"]) == ("2021-08-31", "2021-06-30")


def test_progress_is_a_dated_note_and_an_address_is_evidence(ledger: Run, home: Path) -> None:
    mended(home)
    kept = ledger("import", "ledger.csv", "--keep", "--dry-run").out
    assert "Put into a note: 备注." in kept
    ledger("import", "ledger.csv", "--made-on", "2021-03-10", "--keep")
    first, _, third = ledger("export", "json").json["milestones"]
    assert first["made_on"] == "2021-03-10"
    noted = first["history"][1]
    assert (noted["on"], noted["why"]) == ("2021-05-06", "5月6日：完成招标")
    assert first["history"][2]["why"] == "备注：甲"
    assert third["history"][1]["evidence"] == "https://example.org/plan"
    assert not first.get("next_step")


def test_what_a_column_is_may_be_said_or_saved(ledger: Run, home: Path) -> None:
    rows = [["丙", "干什么", "几时"], ["张三", "修桥", "2021年6月底前"]]
    (home / "own.csv").write_bytes(text(rows))
    assert "only their cells:" in ledger("import", "own.csv", "--dry-run").out
    (home / "tracker.toml").write_text(
        '[maps]\nvillage = ["丙=owner", "干什么=title", "几时=due"]\n', encoding="utf-8"
    )
    assert ledger("import", "own.csv", "--map", "village").code == 0
    [one] = milestones(ledger)
    assert (one["title"], one["owner"], one["due"]) == ("修桥", "张三", "2021-06-30")
    assert "fields: uid, id, title" in ledger("import", "own.csv", "--map", "谁=wer").err
    assert "no saved columns 'vilage'" in ledger("import", "own.csv", "--map", "vilage").err


def test_one_that_may_be_either_of_two_is_named(ledger: Run, home: Path) -> None:
    for due in ("2021-06-30", "2021-09-30"):
        ledger("add", "建成平台", "--owner", "省大数据局", "--due", due, "--again")
    rows = [["任务", "责任单位", "完成时限"], ["建成平台", "省大数据局", "2021-12-31"]]
    (home / "one.csv").write_bytes(text(rows))
    ran = ledger("import", "one.csv")
    assert ran.code == 14
    assert "row 2: It may be any of the milestones 1, 2" in ran.err


def test_a_workbook_and_its_sheets(ledger: Run, home: Path) -> None:
    (home / "分工.xlsx").write_bytes(ministry().data)
    assert "5 rows: 5 new" in ledger("import", "分工.xlsx").out
    refused = ledger("import", "分工.xlsx", "--sheet", "2023")
    assert "There is no sheet '2023'. Sheets: 分工表." in refused.err


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0rest", "old or encrypted"),
        (b"PK\x03\x04rest", "no spreadsheet that can be read"),
        (b"a,b\r\n1,2\r\n", "No row names the columns"),
        (b"", "There is nothing in the file"),
    ],
)
def test_what_is_no_ledger_is_refused(ledger: Run, home: Path, data: bytes, words: str) -> None:
    (home / "x.xlsx").write_bytes(data)
    ran = ledger("import", "x.xlsx")
    assert (ran.code, words in ran.err) == (14, True)


def test_json_has_every_row_with_what_was_understood(ledger: Run, home: Path) -> None:
    (home / "county.csv").write_bytes(county().data)
    told = ledger("import", "county.csv", "--dry-run", "--format", "json").json["ledger"]
    assert told["columns"]["完成时限"] == "due"
    assert {row["row"] for row in told["left_out"]} == {5, 8, 12, 13}


def test_two_of_one_title_are_told_apart_by_the_id_of_our_own_ledger(
    ledger: Run, home: Path
) -> None:
    for _ in range(2):
        ledger("add", "建成平台", "--owner", "省大数据局", "--due", "2021-06-30", "--again")
    ledger("export", "ledger", "-o", "out.csv")
    assert "0 new, 0 changed, 2 as they are" in ledger("import", "out.csv").out
    path = home / "out.csv"
    first, second, third = path.read_text(encoding="utf-8-sig").splitlines()
    moved = second.replace("2021年6月30日前", "2021年9月30日前").replace("建成平台", "建成新平台")
    path.write_text(f"{first}\n{third}\n{moved}", encoding="utf-8")
    assert "0 new, 1 changed, 1 as they are" in ledger("import", "out.csv").out
    assert [(m["title"], m["due"]) for m in milestones(ledger)] == [
        ("建成新平台", "2021-09-30"),
        ("建成平台", "2021-06-30"),
    ]


def test_one_undo_takes_back_a_whole_import(ledger: Run, home: Path) -> None:
    ledger("add", "建成平台", "--owner", "省大数据局", "--due", "2021-06-30", "--again")
    before = milestones(ledger)
    rows = [
        ["任务", "责任单位", "完成时限", "5月进展", "6月进展", "状态"],
        ["建成平台", "省大数据局", "2021-06-30", "招标", "开工", "推进中"],
        ["修桥", "市交通局", "2021-09-30", "立项", "设计", "推进中"],
        ["植树", "市林业局", "2021-03-12", "", "", "未启动"],
    ]
    (home / "one.csv").write_bytes(text(rows))
    assert "3 rows: 2 new, 1 changed" in ledger("import", "one.csv").out
    after = milestones(ledger)
    assert ledger("undo").code == 0
    assert [m["status"] for m in milestones(ledger)] == [m["status"] for m in before]
    assert ledger("redo").code == 0
    assert [(m["title"], m["status"]) for m in milestones(ledger)] == [
        (m["title"], m["status"]) for m in after
    ]
    assert len(milestones(ledger)) == 3
    assert ledger("undo").code == 0
    assert len(milestones(ledger)) == 1


def test_days_that_may_be_two_are_refused_until_it_is_said(ledger: Run, home: Path) -> None:
    rows = [["Task", "Owner", "Due"], ["Mend the bridge", "Roads", "03/04/2021"]]
    (home / "two.csv").write_bytes(text(rows))
    refused = ledger("import", "two.csv")
    assert "row 2: Due: 03/04/2021 is either 2021-04-03 or 2021-03-04." in refused.err
    assert "--day-first" in refused.err
    assert ledger("import", "two.csv", "--day-first").code == 0
    assert [one["due"] for one in milestones(ledger)] == ["2021-04-03"]


def test_bad_rows_of_two_tables_stand_each_under_their_header(ledger: Run, home: Path) -> None:
    rows = [
        ["序号", "任务", "牵头单位", "时限"],
        ["1", "编制规划", "规划局", "2021年6月31日"],
        [""],
        ["序号", "存在问题", "整改部门", "整改期限", "整改结果"],
        ["1", "账实不符", "财务科", "2021-11-31", "已整改"],
        ["2", "合同缺失", "法务科", "2021-12-15", "正在整改"],
    ]
    (home / "two.csv").write_bytes(text(rows))
    assert ledger("import", "two.csv", "--rejects", "bad.csv").code == 0
    lines = (home / "bad.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(",")[1] for line in lines] == ["任务", "编制规划", "存在问题", "账实不符"]
    (home / "bad.csv").write_text(
        "\n".join(lines).replace("6月31日", "6月30日").replace("11-31", "11-30"), encoding="utf-8"
    )
    assert "2 rows: 2 new" in ledger("import", "bad.csv").out


@pytest.mark.parametrize(
    "name", ["督查事项办理.xlsx", "双列表.csv", "甘特.csv", "巡察.csv", "eu.xlsx"]
)
def test_an_offices_ledger_again_changes_nothing(ledger: Run, home: Path, name: str) -> None:
    office = next(one for one in every() if one.name == name)
    (home / name).write_bytes(office.data)
    assert f"{len(office.rows())} new" in ledger("import", name).out
    assert f"0 new, 0 changed, {len(office.rows())} as they are" in ledger("import", name).out


def test_a_column_that_is_not_there_is_refused_and_a_saved_one_is_not(
    ledger: Run, home: Path
) -> None:
    mended(home)
    ran = ledger("import", "ledger.csv", "--map", "截止=due")
    assert ran.code == 6
    assert "No column is called '截止'. Columns: 序号" in ran.err
    (home / "tracker.toml").write_text(
        "[maps]\nours = ['截止=due', '备注=next-step']\n", encoding="utf-8"
    )
    assert ledger("import", "ledger.csv", "--map", "ours").code == 0


def test_bad_rows_of_a_group_come_back_as_what_they_were(ledger: Run, home: Path) -> None:
    rows = [
        ["项目", "建设任务", "责任单位", "完成节点"],
        ["学科建设", "获批博士点2个", "研究生院", "2021-12-31"],
        ["", "建成分析中心", "实验室处", "2021年9月31日"],
        ["人才引育", "引进人才5人", "人事处", "2021年6月31日"],
        ["", "出台聘用办法", "同上", "2021年4月31日"],
    ]
    (home / "groups.csv").write_bytes(text(rows))
    assert ledger("import", "groups.csv", "--rejects", "bad.csv").code == 0
    bad = (home / "bad.csv").read_text("utf-8-sig").replace("31日", "30日")
    (home / "bad.csv").write_text(bad, encoding="utf-8")
    assert ledger("import", "bad.csv").code == 0
    told = {(m["title"], m["owner"]) for m in milestones(ledger)}
    assert told >= {("建成分析中心", "实验室处"), ("出台聘用办法", "人事处")}
    assert "0 new, 0 changed, 1 as they are, 3 unreadable" in ledger(
        "import", "groups.csv", "--rejects", "bad.csv"
    ).out  # fmt: skip


def test_cells_far_out_are_read_and_a_merge_of_millions_is_refused(ledger: Run, home: Path) -> None:
    far, merged = Workbook(), Workbook()
    for book in (far, merged):
        put(book.worksheets[0], [["任务", "完成时限"], ["建成平台", "2021-06-30"]])
    far.worksheets[0].cell(1_048_576, 2, "2021-07-01").number_format = "@"
    far.worksheets[0].cell(1_048_576, 16_384).number_format = "0%"
    (home / "far.xlsx").write_bytes(saved(far))
    assert "1 heading (1048576)" in ledger("import", "far.xlsx").out
    parts = ZipFile(BytesIO(saved(merged)))
    with ZipFile(home / "merged.xlsx", "w") as out:
        for name in parts.namelist():
            area = b'</sheetData><mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>'
            out.writestr(name, parts.read(name).replace(b"</sheetData>", area))
    ran = ledger("import", "merged.xlsx")
    assert (ran.code, "merges more cells than can be read" in ran.err) == (14, True)


def test_a_task_with_another_title_is_told_of(ledger: Run, home: Path) -> None:
    mended(home)
    ledger("import", "ledger.csv")
    text = (home / "ledger.csv").read_text("utf-8")
    (home / "ledger.csv").write_text(text.replace("建成平台", "建成政务平台"), encoding="utf-8")
    ran = ledger("import", "ledger.csv", "--dry-run")
    assert "row 3: It may be 1 with another title, '建成平台'; then give 1 in" in ran.out


def test_our_own_csv_is_no_ledger(ledger: Run, home: Path) -> None:
    ledger("add", "Open the harbour", "--due", "2027-06-30")
    before = milestones(ledger)
    (home / "all.csv").write_text(ledger("export", "csv").out, encoding="utf-8")
    refused = ledger("import", "all.csv")
    assert (refused.code, "`tracker import csv all.csv`" in refused.err) == (14, True)
    assert ledger("import", "csv", "all.csv").code == 0
    assert milestones(ledger) == before


def test_a_terminal_is_asked_when_it_was_promised_and_whether_to_take_it_in(
    ledger: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mended(home)
    typed = ["someday soon", "2021-03-10", "n", "2021-03-10", "y"]
    monkeypatch.setattr(App, "on_terminal", True)
    monkeypatch.setenv("TRACKER_PAGER", "cat")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda *_: typed.pop(0))
    assert "Nothing was imported." in ledger("import", "ledger.csv").err
    assert milestones(ledger) == []
    assert ledger("import", "ledger.csv").code == 0
    assert {m["made_on"] for m in milestones(ledger)} == {"2021-03-10"}
    assert typed == []


def test_what_is_to_be_mended_is_told_in_the_readers_language_and_is_no_progress(
    ledger: Run, home: Path
) -> None:
    rows = [["任务", "责任单位", "时限"], ["编制规划", "规划局", "2021年6月31日"]]
    (home / "one.csv").write_bytes(text(rows))
    assert ledger("--lang", "zh", "import", "one.csv", "--rejects", "bad.csv").code == 0
    head, row = (home / "bad.csv").read_text("utf-8-sig").splitlines()
    assert head == "任务,责任单位,时限,tracker行号,tracker待更正"
    assert "2021-06只有30天" in row
    (home / "bad.csv").write_text(f"{head}\n{row.replace('31日,', '30日,')}", encoding="utf-8")
    assert ledger("import", "bad.csv", "--keep").code == 0
    assert "note" not in ledger("log", "1").out


def test_doubts_of_what_says_nothing_new_are_told_once(ledger: Run, home: Path) -> None:
    rows = [["Task", "Owner", "Due", "Status"], ["Build", "Ann", "2021-06-30", "Open"]]
    (home / "one.csv").write_bytes(text(rows))
    assert "may be meant otherwise" in ledger("import", "one.csv").err
    assert "may be meant otherwise" not in ledger("import", "one.csv").err


@pytest.mark.parametrize(
    ("heads", "cells", "due"),
    [
        (["完成年份", "完成月份"], ["2021", "9"], "2021-09-30"),
        (["完成年份", "完成月份"], ["2021", "9月中旬"], "2021-09-20"),
        (["完成年份", "完成月份"], ["2021", ""], "2021-12-31"),
        (["时限（年）", "时限（月）", "时限（日）"], ["2021", "9", "12"], "2021-09-12"),
        (["Due Month", "Due Year"], ["Sep", "2022"], "2022-09-30"),
        (["Year", "Quarter"], ["2021", "Q3"], "2021-09-30"),
        (["Year", "Quarter"], ["2021/22", "Q3"], "2021-12-31"),
    ],
)
def test_a_day_in_several_columns_is_one(
    ledger: Run, home: Path, heads: list[str], cells: list[str], due: str
) -> None:
    rows = [["Task", "Owner", *heads, "Status"], ["Build", "Ann", *cells, "Open"]]
    (home / "one.csv").write_bytes(text(rows))
    assert ledger("import", "one.csv").code == 0
    assert [m["due"] for m in milestones(ledger)] == [due]


def test_a_year_that_only_the_day_of_the_sheet_tells_is_assumed_for_what_it_has_passed(
    ledger: Run, home: Path
) -> None:
    rows = [
        ["As at 31 October 2021"],
        ["Task", "Owner", "Due", "Status"],
        ["Build", "Ann", "March", "In progress"],
        ["Paint", "Bob", "March", "Done"],
        ["Plant", "Cyd", "December", "In progress"],
    ]
    (home / "one.csv").write_bytes(text(rows))
    out = ledger("import", "one.csv", "--dry-run").out
    assert "row 3: The year of March is assumed: 2021-03-31." in out
    assert "1 has a year assumed." in out
