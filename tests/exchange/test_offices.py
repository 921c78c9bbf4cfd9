"""Ledgers of different offices, read to what each row of them says and to nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from openpyxl.styles import Font

from tests.exchange.offices.book import Office, book, put
from tests.exchange.offices.first import FIRST
from tests.exchange.offices.score import as_read, read
from tests.exchange.offices.written import every
from tracker.exchange import sheet
from tracker.exchange.sheet import RowKind
from tracker.model import Status

OFFICES = [*(make() for make in FIRST), *every()]


@pytest.mark.parametrize("office", OFFICES, ids=lambda office: str(office.name))
def test_every_row_is_read_and_no_heading_or_total_with_them(office: Office) -> None:
    ledger = read(office)
    assert not ledger.faults
    assert as_read(ledger) == office.rows()


def _of(name: str) -> Callable[[], Office]:
    return next(make for make in FIRST if make.__name__ == name)


def test_several_bodies_in_a_cell() -> None:
    by_row = {one.row: one.fields for one in read(_of("ministry")()).entries}
    assert by_row[4]["supporting"] == ("国家发展改革委", "工业和信息化部")
    assert by_row[5]["supporting"] == ("各省（区、市）人民政府",)
    assert by_row[6]["supporting"] == ("公安部", "民政部")


def test_what_is_reported_has_the_day_that_it_tells_of() -> None:
    first, second, *_ = read(_of("county")()).entries
    assert [(str(r.on), r.text) for r in first.remarks] == [("2021-06-20", "已于6月20日上线运行")]
    assert str(second.remarks[0].on) == "2021-09-15"


def test_a_task_over_merged_rows_is_one_with_all_its_progress() -> None:
    one = next(e for e in read(_of("rectification")()).entries if e.row == 5)
    assert [str(r.on) for r in one.remarks] == ["2021-07-05", "2021-08-20"]


def test_rows_left_out_are_told_by_kind() -> None:
    others = dict(read(_of("county")()).others)
    assert others == {5: RowKind.HEADING, 8: RowKind.HEADING, 12: RowKind.TOTAL, 13: RowKind.REMARK}


def test_a_year_of_the_heading_is_not_assumed_and_one_of_nowhere_is() -> None:
    office = _of("county")()
    assert not any(one.year_assumed for one in read(office).entries)
    bare = office.data.decode("gb18030").replace("2021年××", "××").replace("2021年9月30日", "今日")
    ledger = read(Office("bare.csv", bare.encode(), ""))
    assert [one.row for one in ledger.entries if one.year_assumed] == [6, 9, 11]
    late = [e for e in ledger.entries if e.year_assumed and e.fields["status"].is_open]
    assert late
    assert all("assumed" in " ".join(e.doubts) for e in late)


def _doubts(*rows: str) -> list[list[str]]:
    head = "Task,Owner,Due,Status,Date closed,Progress update\n"
    office = Office("doubts.csv", (head + "\n".join(rows)).encode(), "")
    return [[str(doubt) for doubt in one.doubts] for one in read(office).entries]


@pytest.mark.parametrize(
    ("row", "doubt"),
    [
        ("A,Ann,2021-06-30,Done,,", "It is done, and Date closed has no day."),
        (
            "A,Ann,2021-06-30,Done,,Paid 14 June 2021",
            "Its day of completion, 2021-06-14, is taken from its words.",
        ),
        (
            "A,Ann,2021-06-30,On hold,,",
            "Status: On hold may be meant otherwise; taken as in progress.",
        ),
        (
            "A,Ann,2021-06-30,,,All works certified",
            "It is taken as completed, for its words say so.",
        ),
        (
            "A,Ann,2021-06-30,In progress,,Deadline moved to 30 September",
            "Progress update speaks of another date.",
        ),
        (
            "A,Ann,2021-06-30,In progress,,Extended to 31 Dec 2021 - agreed by the Board",
            "The due date is the one to which it was extended, by Progress update.",
        ),
        (
            "A,Ann,2021-06-30,Done,2021-06-01,9 of 14 forms returned",
            "It is taken as done, though its words tell of something left.",
        ),
        (
            "A,Ann,2021-06-30,Done,2021-06-01,Two remaining",
            "It is taken as done, though its words tell of something left.",
        ),
    ],
)
def test_what_contradicts_itself_or_may_be_otherwise_is_told(row: str, doubt: str) -> None:
    told, clear = _doubts(row, "B,Bob,2021-07-31,In progress,,Going well")
    assert doubt in told
    assert not clear


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("A,Ann,2021-06-30,Done,,Completed 14 June 2021", "Its day of completion is that"),
        (
            "A,Ann,2021-06-30,Open,,Invitations sent",
            "Open may be meant otherwise; taken as in prog",
        ),
        ("A,,2021-06-30,In progress,,", "It names nobody responsible."),
        ("A,Ann,2031-06-30,,,", "It says no status, and is taken as not started."),
        ("A,Ann,2021-06-30,,,Cancelled", "It is taken as cancelled, for its words say so."),
    ],
)
def test_what_most_mean_alike_is_told_once_and_is_no_doubt(row: str, told: str) -> None:
    head, clear = (
        "Task,Owner,Due,Status,Date closed,Progress update",
        "B,Bob,2021-07-31,Done,2021-07-01,",
    )
    office = Office("x.csv", f"{head}\n{row}\n{clear}".encode(), "")
    one, other = read(office).entries
    assert any(told in str(words) for words in one.taken)
    assert not [d for d in one.doubts if "no day" not in d] + [*other.doubts, *other.taken]


def test_a_day_of_a_meeting_is_no_day_of_completion() -> None:
    rows = ["2021年台账", "任务,状态,进展情况", "甲,已完成,6月1日组织座谈", "乙,已完成,6月2日印发"]
    days = [
        e.fields["completed_on"]
        for e in read(Office("x.csv", "\n".join(rows).encode(), "")).entries
    ]
    assert days == [None, date(2021, 6, 2)]


def test_a_title_that_is_struck_through_is_told_of() -> None:
    def fill(sheet: Any) -> None:
        put(
            sheet,
            [["任务", "责任单位", "完成时限", "状态"], ["甲", "乙局", date(2021, 6, 30), "推进中"]],
        )
        sheet["A2"].font = Font(strike=True)

    (entry,) = read(Office("x.xlsx", book(fill), "")).entries
    assert entry.fields["status"] is Status.IN_PROGRESS
    assert any("struck through" in doubt for doubt in entry.doubts)


@pytest.mark.parametrize(
    "row",
    [
        *(",审核：张三,,制表：李四,,2021年10月8日", "进度统计,已完成1项,推进中1项,未启动1项,,"),
        *("3,,,,未启动,", ",下次会议,县政府办,10月25日,,", ",新增任务,,,,待补充"),
        ",2项,,,完成1项,",
    ],
)
def test_what_stands_below_the_tasks_is_none_of_them(row: str) -> None:
    lines = (
        "序号,重点任务,责任单位,完成时限,完成情况,备注",
        "1,建成文化馆,文旅局,2021年9月,已完成,",
        "2,修编规划,自规局,2021年12月,推进中,报批中",
        row,
    )
    ledger = read(Office("below.csv", "\n".join(lines).encode(), ""))
    assert [one.row for one in ledger.entries] == [2, 3]


def test_of_tables_side_by_side_one_is_read_and_the_other_told_of() -> None:
    lines = (
        "任务,责任单位,完成时限,,任务,责任单位,完成时限",
        "修路,交通局,2021年9月,,植树,林业局,2021年6月",
    )
    asked = sheet.SheetRequest(date(2021, 8, 1))
    grids = sheet.grids("\n".join(lines).encode(), "two.csv")
    for wanted, owner in ((None, "交通局"), ("E:G", "林业局")):
        ledger = sheet.read(*sheet.choose(grids, wanted, asked), asked)
        assert [one.fields["owner"] for one in ledger.entries] == [owner]
        assert any("E:G" in str(note) for note in ledger.notes) == (wanted is None)
