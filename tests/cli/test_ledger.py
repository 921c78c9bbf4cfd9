"""The ledger as an officer gets it: read back with openpyxl, and opened in LibreOffice if there."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import zipfile
from calendar import month_name
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Run

DAY = ("--as-of", "2021-10-15")
HEADER = ["序号", "任务", "责任单位", "配合单位", "完成时限", "进展情况", "状态", "tracker编号"]


@pytest.fixture
def told(seeded: Run) -> Run:
    """The commitments of 2021 with a story, told in time for the day that is asked about."""
    for words in (
        ("done", "1", "--on", "2021-04-15", "--evidence", "https://example.org/lane"),
        ("done", "2", "--on", "2021-05-20"),
        ("postpone", "3", "2021-09-30", "--on", "2021-06-25", "--reason", "流标重招"),
        ("edit", "4", "--on", "2021-05-01", "--percent", "40", "--next-step", "联调"),
        ("edit", "4", "--on", "2021-05-01", "--supporting", "省公安厅", "--supporting", "=财政"),
        ("cancel", "5", "--on", "2021-08-01", "--reason", "合并办理"),
        ("note", "6", "平台试运行", "--on", "2021-08-02"),
        ("add", "尽快出台办法", "--made-on", "2021-03-10", "--due", "尽快"),
    ):
        assert seeded(*words).code == 0, words
    return seeded


def rows(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))


def book(run: Run, *words: str) -> Any:
    assert run("export", "ledger", *DAY, *words, "-o", "ledger.xlsx").code == 0
    return load_workbook("ledger.xlsx").worksheets[0]


def test_csv_has_the_usual_columns_and_says_that_it_is_utf_8(told: Run) -> None:
    out = told("export", "ledger", *DAY, "--sort", "id").out
    assert out.startswith("\ufeff" + ",".join(HEADER) + "\r\n")
    by_id = {row["tracker编号"]: row for row in rows(out)}
    assert [row["序号"] for row in rows(out)] == [str(n) for n in range(1, 16)]
    assert by_id["1"]["状态"] == "逾期15天完成"
    assert by_id["1"]["进展情况"] == "完成日期：2021年4月15日；佐证材料：https://example.org/lane"
    assert by_id["2"]["状态"] == "已完成"
    assert by_id["3"]["完成时限"] == "2021年9月30日前"
    assert by_id["3"]["进展情况"] == "2021年6月25日：流标重招；时限调整1次，最初承诺：2021年6月底"
    assert by_id["4"]["完成时限"] == "2021年9月底前"
    assert by_id["4"]["状态"] == "进行中，逾期15天"
    assert by_id["4"]["进展情况"] == "进展：40%；下一步：联调"
    assert by_id["4"]["配合单位"] == "省公安厅；=财政"
    assert by_id["5"]["状态"] == "已终止"
    assert by_id["6"]["进展情况"] == "2021年8月2日：平台试运行"
    assert by_id["15"]["完成时限"] == "尽快"


def test_it_is_english_when_asked(told: Run) -> None:
    out = told("export", "ledger", *DAY, "--lang", "en", "--owner", "大数据", "--limit", "3").out
    first, *_ = rows(out)
    named = ["No.", "Task", "Responsible", "Supporting", "Due", "Progress", "Status", "tracker ID"]
    assert list(first) == named
    assert first["Due"] == "by end of March 2021"
    assert first["Status"] == "done, 15 days late"
    assert len(rows(out)) == 3


def test_a_spreadsheet_says_what_the_csv_says(told: Run) -> None:
    for lang in ("zh", "en"):
        sheet = book(told, "--lang", lang)
        expected = list(csv.reader(io.StringIO(told("export", "ledger", *DAY, "--lang", lang).out)))
        shown = [[_shown(cell) for cell in row] for row in sheet.iter_rows(min_row=3)]
        expected[0][0] = expected[0][0].removeprefix("\ufeff")
        separator = "；" if lang == "zh" else "; "
        shown = [[text.replace("\n", separator) for text in row] for row in shown]
        assert shown == expected


def test_due_dates_are_dates_and_sort_as_such(told: Run) -> None:
    sheet = book(told)
    dues = [row[4] for row in sheet.iter_rows(min_row=4)]
    dates = [cell.value for cell in dues if cell.is_date]
    assert dates == sorted(dates)
    assert dates[0] == datetime(2021, 3, 31)  # noqa: DTZ001 -- a spreadsheet knows no timezones
    assert dues[-1].value == "尽快"


def test_it_is_set_up_to_filter_and_to_print(told: Run) -> None:
    sheet = book(told)
    assert sheet.title == "督查台账"
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.auto_filter.ref == f"A3:H{sheet.max_row}"
    assert sheet.print_area == f"'督查台账'!$A$1:$H${sheet.max_row}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert all(row[1].alignment.wrap_text for row in sheet.iter_rows(min_row=4))
    # Twice as many digits as characters of Chinese stand in a line.
    assert sheet.column_dimensions["B"].width >= 40
    statuses = {row[6].value: row[6].fill.fgColor.rgb for row in sheet.iter_rows(min_row=4)}
    assert statuses["进行中，逾期15天"] != statuses["已完成"] != statuses["未启动"]


def test_a_row_is_as_tall_as_its_texts_and_grows_with_what_is_typed(run: Run, home: Path) -> None:
    run("init")
    long = "完成市民服务中心改造工程并投入使用，覆盖全部街道；" * 3
    for title in ("短", long):
        run("add", title, "--made-on", "2021-03-10", "--due", "2021年底前")
    run("edit", "1", "--percent", "40", "--next-step", "联调", "--on", "2021-04-01")
    sheet = book(run, "--sort", "id", "--lang", "en")
    one, two = (sheet.row_dimensions[at].height for at in (4, 5))
    # 75 characters of Chinese are 150 digits, of which 44 stand in a line beside the borders.
    assert (one, two) == (17 * 2, 17 * 4)
    with zipfile.ZipFile(home / "ledger.xlsx") as parts:
        assert b"customHeight" not in parts.read("xl/worksheets/sheet1.xml")


def test_a_date_too_long_for_its_column_is_made_smaller(told: Run) -> None:
    dues = [row[4] for row in book(told).iter_rows(min_row=4)]
    assert all(cell.alignment.shrink_to_fit for cell in dues if cell.is_date)
    assert not any(cell.alignment.wrap_text for cell in dues if cell.is_date)


def test_the_looks_of_cells_keep_the_font(told: Run) -> None:
    for lang, body in (("zh", "仿宋"), ("en", "Calibri")):
        lines = book(told, "--lang", lang).iter_rows(min_row=4)
        assert {(cell.font.name, cell.font.sz) for row in lines for cell in row} == {(body, 11)}


def test_it_says_what_it_is_who_hands_it_in_and_of_which_day(told: Run) -> None:
    sheet = book(told, "--title", "2021年重点工作台账", "--unit", "县政府办")
    assert [cell.value for cell in sheet[1] if cell.value] == ["2021年重点工作台账"]
    unit, day = (c.value for c in sheet[2] if c.value)
    assert (unit, day.split("；")[0]) == ("填报单位：县政府办", "截至2021年10月15日")
    plain = told("export", "ledger", *DAY, "--title", "台账", "--unit", "县政府办").out
    assert plain.startswith("\ufeff台账\r\n填报单位：县政府办,截至2021年10月15日,")
    assert plain.splitlines()[2].startswith("序号,")


def test_what_is_settled_stands_above_unless_it_is_said_otherwise(told: Run) -> None:
    Path("tracker.toml").write_text(
        "[ledger]\ntitle = '年度台账'\nunit = '督查室'\ncolumns = ['任务', 'due', 'id']\n", "utf-8"
    )
    lines = told("export", "ledger", *DAY, "--title", "月度台账").out.splitlines()
    assert lines[0] == "\ufeff月度台账"
    assert lines[1].startswith("填报单位：督查室,")
    assert lines[2] == "任务,完成时限,tracker编号"
    assert told("--lang", "zh", "report", "week").out.splitlines()[1] == "督查室"


def test_columns_are_chosen_and_ordered(told: Run) -> None:
    out = told("export", "ledger", *DAY, "--columns", "task,source,quote,due", "--sort", "id").out
    first, *_ = rows(out)
    assert list(first) == ["任务", "来源", "原文", "完成时限"]
    assert first["来源"]
    assert first["原文"]
    refused = told("export", "ledger", "--columns", "task,colour")
    assert refused.code == 6
    assert "no column 'colour'. Columns are: number, task," in refused.err


def test_the_same_milestones_make_the_same_bytes(told: Run, home: Path) -> None:
    book(told)
    first = (home / "ledger.xlsx").read_bytes()
    book(told)
    assert (home / "ledger.xlsx").read_bytes() == first
    with zipfile.ZipFile(home / "ledger.xlsx") as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
    assert core.count("2021-10-15T00:00:00Z") == 2


HOSTILE = [
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-1",
    "@SUM(A1)",
    "＝1+1",
    "a" * 500,
    "عربي 🏗️ 𝄞",
    "\uffff",
]


def test_text_is_never_a_formula_nor_breaks_the_file(run: Run) -> None:
    run("init")
    for title in HOSTILE:
        words = ("--owner", "甲", "--due", "9999-12-31", "--made-on", "2021-03-10")
        assert run("add", *words, "--", title).code == 0
    run("note", "1", "x" * 40_000, "--on", "2021-04-01")
    sheet = book(run, "--sort", "id")
    cells = [cell for row in sheet.iter_rows(min_row=4) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    titles = [row[1] for row in sheet.iter_rows(min_row=4)]
    assert [cell.value for cell in titles[:7]] == HOSTILE[:7]
    assert [bool(cell.quotePrefix) for cell in titles[:5]] == [True, True, True, True, False]
    assert _shown(sheet.cell(4, 5)) == "9999年12月31日前"
    assert len(sheet.cell(4, 6).value) < 32_767
    out = run("export", "ledger", *DAY).out
    assert "'=HYPERLINK" in out
    assert ",=HYPERLINK" not in out.replace('"', "")


def test_a_date_that_spreadsheets_do_not_have_is_in_words(run: Run) -> None:
    run("init")
    run("add", "t", "--due", "1850-06-30", "--made-on", "1849-01-01")
    assert book(run).cell(4, 5).value == "1850年6月30日前"


def test_an_empty_store_has_a_header(run: Run) -> None:
    run("init")
    assert run("export", "ledger").out == "\ufeff" + ",".join(HEADER) + "\r\n"
    assert [cell.value for cell in book(run)[3]] == HEADER


def test_the_name_of_the_file_decides_unless_told(told: Run, home: Path) -> None:
    told("export", "ledger", "-o", "a.XLSX")
    told("export", "ledger", "-o", "a.csv")
    told("export", "ledger", "-o", "b.csv", "--format", "xlsx")
    told("export", "ledger", "-o", "c.xlsx", "--format", "csv")
    begins = {name: (home / name).read_bytes()[:2] for name in ("a.XLSX", "a.csv", "b.csv")}
    assert begins == {"a.XLSX": b"PK", "a.csv": b"\xef\xbb", "b.csv": b"PK"}
    assert (home / "c.xlsx").read_bytes()[:2] == b"\xef\xbb"


def test_a_missing_extra_is_told_with_what_to_install(
    told: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    monkeypatch.delitem(sys.modules, "tracker.render.ledger.spreadsheet", raising=False)
    ran = told("export", "ledger", "-o", "a.xlsx")
    assert ran.code == 33
    assert "pip install 'openpyxl" in ran.err
    assert not (home / "a.xlsx").exists()


def test_libreoffice_opens_it(told: Run, home: Path) -> None:
    from shutil import which

    office = which("soffice") or which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed; openpyxl has read the file back")
    book(told)
    profile = f"-env:UserInstallation=file://{home}/profile"
    words = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76",
    ]
    subprocess.run([*words, "ledger.xlsx"], cwd=home, check=True, capture_output=True, timeout=120)
    _, _, table = (home / "ledger.csv").read_text(encoding="utf-8").split("\n", 2)
    first, *_ = rows(table)
    assert (first["完成时限"], first["状态"]) == ("2021年3月底前", "逾期15天完成")


_MONTHS = list(month_name)[1:]


def _shown(cell: Any) -> str:
    """What a spreadsheet shows: for dates, the number format's literals and its few codes."""
    value = cell.value
    if not cell.is_date:
        return "" if value is None else str(value)
    codes = {
        "yyyy": str(value.year),
        "mmmm": _MONTHS[value.month - 1],
        "m": str(value.month),
        "d": str(value.day),
    }
    parts = re.findall(r'\[\$-409\]|"([^"]*)"|(yyyy|mmmm|m|d)|( )', cell.number_format)
    return "".join(literal or codes.get(code, "") or blank for literal, code, blank in parts)
