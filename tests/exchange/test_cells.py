"""Single cells of ledgers: days, statuses, bodies, names of columns."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.due import parse
from tracker.errors import BadDate
from tracker.exchange.sheet import statuses
from tracker.exchange.sheet.bodies import bodies
from tracker.exchange.sheet.columns import ColumnField, assigned
from tracker.exchange.sheet.dates import DateSetting, day_of, named
from tracker.exchange.sheet.grid import Cell, texts
from tracker.exchange.sheet.notation import DateOrder, order_of
from tracker.exchange.sheet.statuses import cell_status, percent

ANCHOR = date(2021, 1, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021/3/10", "2021-03-10"),
        ("2021-3-10 0:00", "2021-03-10"),
        ("2021-03-02 16:40", "2021-03-02"),
        ("2021-06-30T00:00:00Z", "2021-06-30"),
        ("2021.3-2021.12", "2021-12-31"),
        ("2021年3月-6月", "2021-06-30"),
        ("30-Jun-21", "2021-06-30"),
        ("Fri 21/05/21 17:00", "2021-05-21"),
        ("2021年6月30日前完成", "2021-06-30"),
        ("25-26 June 2021", "2021-06-26"),
        ("End Q3 21/22", "2021-12-31"),
        ("2021年6月30日前，长期坚持", "2021-06-30"),
        ("6月底前完成招标，12月底前完工", "2021-12-31"),
        *(("2021.3.1-6.30", "2021-06-30"), ("Apr-Jun", "2021-06-30"), ("Q2 25", "2025-06-30")),
        *(("6月30日（周三）", "2021-06-30"), ("2021年春", "None")),
        ("每季度", "None"),
        ("长期坚持", "None"),
        ("根据安排", "None"),
        ("/", "None"),
    ],
)
def test_days(text: str, day: str) -> None:
    assert str(day_of(Cell(text), DateSetting(ANCHOR)).on) == day


@pytest.mark.parametrize(("text", "day"), [("22-06-30", "2022-06-30"), ("30-06-22", "2022-06-30")])
def test_a_year_at_one_end_is_that_which_is_near(text: str, day: str) -> None:
    assert str(day_of(Cell(text), DateSetting(ANCHOR)).on) == day


def test_a_year_that_may_stand_at_either_end_is_refused() -> None:
    with pytest.raises(BadDate, match="may begin or end with its year"):
        day_of(Cell("22-06-23"), DateSetting(ANCHOR))


@pytest.mark.parametrize(
    "text",
    [
        *("2021-06-30 00:00", "2021-06-30T23:30-05:00", "2021-06-30T00:00:00.000Z"),
        *("2021/6/30 0:00", "30.06.2021 00:00:00", "6/30/2021 12:00 AM", "2021年6月30日 0:00"),
        *("Jun 30 2021 00:00", "2021-06-30 24:00", "20210630T235959Z", "30 June 2021 17:00"),
    ],
)
def test_a_time_as_programs_write_one_is_its_day_in_a_cell_as_when_typed(text: str) -> None:
    days = {day_of(Cell(text), DateSetting(ANCHOR)).on, parse(text, ANCHOR).date}
    assert days == {date(2021, 6, 30)}


@pytest.mark.parametrize("text", ["6月31日前", "03/04/2021", "13/14/2021", "36161", "+2021-06-30"])
def test_no_day_is_made_of_what_is_none_or_may_be_two(text: str) -> None:
    with pytest.raises(BadDate):
        day_of(Cell(text), DateSetting(ANCHOR))


def test_a_column_tells_whether_the_day_comes_first() -> None:
    british, american = order_of(["31/03/2022", "05/04/2021"]), order_of(["3/31/2022", "4/8/2022"])
    assert str(day_of(Cell("05/04/2021"), DateSetting(ANCHOR, british)).on) == "2021-04-05"
    assert str(day_of(Cell("4/8/2022"), DateSetting(ANCHOR, american)).on) == "2022-04-08"
    assert order_of(["31/03/2022", "3/31/2022"]) == DateOrder() == order_of(["05/04/2021"])


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("已办结", "completed"),
        ("逾期61天完成", "completed"),
        ("done, 61 days late", "completed"),
        ("进行中，逾期91天", "in-progress"),
        ("未按期完成", "in-progress"),
        ("长期坚持", "in-progress"),
        ("Open - in progress", "in-progress"),
        ("Not complete", "in-progress"),
        ("未启动，30天后到期", "not-started"),
        ("部分完成（60%）", "partly-completed"),
        ("dropped", "cancelled"),
        ("N/A", "cancelled"),
        ("80%", "in-progress"),
        ("100%", "completed"),
        ("🟢", "in-progress"),
        *(("50% complete", "in-progress"), ("Closed (not required)", "cancelled")),
        *(
            ("已于6月20日完成", "completed"),
            ("达到时序进度", "in-progress"),
            ("无进展", "not-started"),
        ),
        *(
            ("Surveys done in 3 of 5 wards", "in-progress"),
            ("Advert closed, interviews next week", "in-progress"),
        ),
        *(("Part done", "partly-completed"), ("已签收", "in-progress"), ("同意解列", "completed")),
        *(
            ("Rolled into action 7", "superseded"),
            ("Done 🎉", "completed"),
            ("待派单", "not-started"),
        ),
        *(("完成全年任务", "completed"), ("没办完", "in-progress"), ("不做了", "cancelled")),
        *(
            ("Target met", "completed"),
            ("Out to tender", "in-progress"),
            ("No action yet", "not-started"),
        ),
    ],
)
def test_statuses(cell: str, status: str) -> None:
    assert cell_status(cell).status == status


def test_a_status_may_name_its_day_and_how_timely_it_is_says_none() -> None:
    [day] = named("已完成（2021年5月12日）", DateSetting(ANCHOR))
    assert day.date == date(2021, 5, 12)
    assert cell_status("视情况").status is None


@pytest.mark.parametrize(
    ("cell", "owner", "supporting"),
    [
        ("市发改委牵头，市财政局、市自然资源局配合", "市发改委", ("市财政局", "市自然资源局")),
        ("牵头：A局；配合：B局、C局", "A局", ("B局", "C局")),
        ("A局（牵头）、B局（配合）", "A局", ("B局",)),
        ("A局\nB局", "A局", ("B局",)),
        ("A局（牵头）B局", "A局", ("B局",)),
        ("由A局牵头负责", "A局", ()),
        ("①A局②B局", "A局", ("B局",)),
        ("责任单位：A局 责任人：李明", "A局", ()),
        ("Maria Lopez (48151700)", "Maria Lopez", ()),
        ("Housing with support from Legal", "Housing", ("Legal",)),
        ("Vacant (was J Smith)", None, ()),
        ("市局（一处、二处）", "市局（一处、二处）", ()),
        ("市公安局等有关部门", "市公安局", ()),
        ("Legal; HR, Finance", "Legal", ("HR", "Finance")),
        ("Head of Culture, Leisure and Parks", "Head of Culture, Leisure and Parks", ()),
        ("Planning[50%],Architect", "Planning", ("Architect",)),
        ("Unassigned", None, ()),
        ("由市发改委牵头，会同市工信局", "市发改委", ("市工信局",)),
        ("1、县教育局\n2、县财政局", "县教育局", ("县财政局",)),
        ("县水利局 13800000000", "县水利局", ()),
        ("王磊 李娜", "王磊", ("李娜",)),
        ("Matron, Urgent Care", "Matron, Urgent Care", ()),
        ("Clerk, Treasurer", "Clerk", ("Treasurer",)),
        ("待明确", None, ()),
    ],
)
def test_bodies(cell: str, owner: str | None, supporting: tuple[str, ...]) -> None:
    assert bodies(cell) == (owner, supporting)


@pytest.mark.parametrize(
    ("names", "field", "place"),
    [
        (["任务", "完成日期"], ColumnField.DUE, 1),
        (["任务", "完成时限", "完成日期"], ColumnField.COMPLETED, 2),
        (["事项", "原定办结时间", "调整后办结时间"], ColumnField.BASELINE, 1),
        (["事项", "原定办结时间", "调整后办结时间"], ColumnField.DUE, 2),
        (["事项", "责任人", "时限"], ColumnField.OWNER, 1),
        (["Task", "Action Owner (lead)", "By when?"], ColumnField.OWNER, 1),
        (["2021年重点任务", "完成 时限", "责任单位"], ColumnField.DUE, 1),
        (["任务", "责任单位", "牵头单位", "时限"], ColumnField.SUPPORTING, 1),
        (["任务", "牵头单位", "责任单位", "时限"], ColumnField.OWNER, 1),
    ],
)
def test_columns(names: list[str], field: ColumnField, place: int) -> None:
    assert assigned(names, {})[field] == place


@pytest.mark.parametrize(
    ("field", "names"),
    [
        (
            ColumnField.DUE,
            "預定完成期程, 完工期限, 限办日期, 最迟时间, 完成月份, Respond by, PlannedFinish, TCD",
        ),
        (
            ColumnField.OWNER,
            "權責機關, 归口科室, 整改部门, 承建方, Resp. Person, Action for, Sub-contractor",
        ),
        (ColumnField.STATUS, "整改状况, 列管結果, 是否闭环, 预警灯, Signed off?, State of play"),
        (ColumnField.TITLE, "列管案件, 缺陷描述, 行动项, Matters arising, Works required"),
        (ColumnField.COMPLETED, "销项日期, 化解时间, Sign-off date, Date rectified"),
    ],
)
def test_names_of_columns(field: ColumnField, names: str) -> None:
    assert [name for name in names.split(", ") if field not in assigned(["#", name], {})] == []


@pytest.mark.parametrize(
    ("text", "of_one", "share"),
    [("50%", False, 50), ("0.5", True, 50), ("1/2", False, 50), ("多", False, None)],
)
def test_percentages(text: str, of_one: bool, share: int | None) -> None:
    assert percent(text, of_one=of_one) == share


def test_a_delimiter_within_quotation_marks_parts_nothing() -> None:
    [grid] = texts('任务;"a,b,c";d\r\n'.encode(), "x")
    assert [cell.text for cell in grid.rows[1]] == ["任务", "a,b,c", "d"]


@pytest.mark.parametrize(
    ("cell", "two_ways"),
    [
        ("Open", True),
        ("未完成", True),
        ("×", True),
        ("已办结", False),
        ("Open - in progress", False),
        ("Red - open", True),
    ],
)
def test_words_that_people_mean_otherwise_too(cell: str, two_ways: bool) -> None:
    assert statuses.is_two_ways(cell) is two_ways


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("5月20日—6月25日", "{column} names a span, of which the last day is taken."),
        ("汛期前", "{column} names no day; its words are kept."),
        ("长期坚持", ""),
        ("2021年6月底", ""),
    ],
)
def test_what_a_person_should_look_at_in_a_deadline(text: str, doubt: str) -> None:
    assert day_of(Cell(text), DateSetting(ANCHOR)).doubt == doubt


def test_a_date_of_which_a_cell_shows_the_month_is_taken_to_its_end_and_told() -> None:
    day = day_of(Cell("2021-12", date(2021, 12, 1)), DateSetting(ANCHOR))
    assert (str(day.on), bool(day.doubt)) == ("2021-12-31", True)


def test_the_later_of_two_columns_of_deadlines_counts() -> None:
    found = assigned(["Action", "Planned completion", "Revised completion"], {})
    assert (found[ColumnField.DUE], found[ColumnField.BASELINE]) == (2, 1)


def test_a_fiscal_year_among_other_words_is_that_of_the_settings() -> None:
    how = DateSetting(ANCHOR, fiscal_year_start=4)
    said = "before FY 2024 ends, as the board agreed"
    assert day_of(Cell("FY 2024"), how).on == day_of(Cell(said), how).on == date(2024, 3, 31)
    assert [due.date for due in named(said, how)] == [date(2024, 3, 31)]


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("Dec-26 (was Sep-26)", date(2026, 12, 31)),
        ("2026年12月底（原定9月底）", date(2026, 12, 31)),
        ("November 20, 2026 → November 22, 2026", date(2026, 11, 22)),
        ("10/29/2026, 12:00:00 AM GMT", date(2026, 10, 29)),
    ],
)
def test_a_deadline_beside_what_it_was_and_as_programs_write_it(text: str, on: date) -> None:
    assert day_of(Cell(text), DateSetting(date(2026, 1, 1))).on == on
