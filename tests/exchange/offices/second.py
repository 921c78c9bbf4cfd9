"""Four ledgers written once the reading stood, to see how one that was never seen is read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.exchange.offices.book import Office, book, put, text


def township() -> Office:
    """A township's 民生实事 list: 类别 merged, bodies with 负责, progress that begins with a status."""

    def fill(sheet: Any) -> None:
        put(sheet, [
            ["××镇2022年民生实事项目推进情况表"],
            ["制表单位：镇党政办", "", "", "", "", "", "制表日期：2022年7月5日"],
            ["序号", "类别", "项目名称", "建设内容", "责任部门及责任人", "计划完成时间", "目前进展情况"],
            ["（一）", "基础设施类"],
            [1, "道路", "镇区道路亮化工程", "安装路灯200盏", "建设办 王某", datetime(2022, 6, 30), "已完成。6月20日通过验收"],
            [2, "", "自来水管网改造", "改造管网5公里", "水利站", "10月底前", "正在施工，完成工程量的60%"],
            [3, "", "新建停车场", "车位120个", "建设办", "2022年第四季度", "尚未启动，正在办理土地手续"],
            ["（二）", "公共服务类"],
            [4, "养老", "建设日间照料中心", "2处", "民政办、卫生院", "2022.11.30", "未开工"],
            [5, "", "开展义诊活动", "每季度1次", "卫生院", "每季度", "已开展2次"],
            ["总计", "", "5个项目"],
        ])  # fmt: skip
        sheet.merge_cells("A1:G1")
        sheet.merge_cells("B5:B7")
        sheet.merge_cells("B9:B10")

    expected = """
        5 | 建设办 王某 | 2022-06-30 | completed |
        6 | 水利站 | 2022-10-31 | in-progress |
        7 | 建设办 | 2022-12-31 | not-started |
        9 | 民政办 | 2022-11-30 | not-started |
        10 | 卫生院 | | in-progress |
    """
    return Office("township.xlsx", book(fill, "7月"), expected)


def agency() -> Office:
    """An American agency's corrective actions: month before day, FY quarters, owners by initials."""
    rows = [
        ["Corrective Action Plan", "", "", "", "", "", ""],
        ["Audit Report 22-014", "", "", "", "", "", ""],
        ["Rec #", "Recommendation", "Responsible Official", "Planned Completion Date", "Actual Completion Date", "Status", "Comments"],
        ["1", "Update the inventory policy", "Chief Financial Officer", "3/31/2022", "4/8/2022", "Closed - implemented", ""],
        ["2a", "Train regional staff", "Office of Human Capital", "9/5/2022", "", "Open - in progress", "Two of ten regions"],
        ["2b", "Issue guidance on overtime", "Office of Human Capital", "12/15/2022", "N/A", "Not Started", ""],
        ["3", "Retire the mainframe", "CIO", "6/1/2023", "", "Behind Schedule", "Funding"],
        ["4", "Reconcile accounts", "Chief Financial Officer", "Ongoing", "", "Open", ""],
    ]  # fmt: skip
    expected = """
        4 | Chief Financial Officer | 2022-03-31 | completed | 2022-04-08
        5 | Office of Human Capital | 2022-09-05 | in-progress |
        6 | Office of Human Capital | 2022-12-15 | not-started |
        7 | CIO | 2023-06-01 | in-progress |
        8 | Chief Financial Officer | | not-started |
    """
    return Office("agency.csv", text(rows), expected)


def congress() -> Office:
    """A bureau's 建议提案办理 list, semicolons for bodies, 原定 and 调整后 dates, percent as fractions."""

    def fill(sheet: Any) -> None:
        put(sheet, [
            ["市人大代表建议办理台账（截至2023年5月31日）"],
            ["", "建议编号", "建议内容", "主办单位", "会办单位", "原定办结时间", "调整后办结时间", "办理进度", "是否办结", "代表满意度", "联系电话"],
            ["", "第012号", "关于增设校车线路的建议", "市教育局", "市公安局；市交通运输局", date(2023, 4, 30), date(2023, 6, 30), 0.8, "否", "", "8888"],
            ["", "第045号", "关于整治夜间噪声的建议", "市生态环境局", "市城管局", date(2023, 5, 31), "", 1, "是", "满意", "8888"],
            ["", "第067号", "关于保护老城区的建议", "市住房城乡建设局", "", "5月31日前", "年底前", 0.25, "否", "基本满意", "8888"],
            ["", "第103号", "关于减免租金的建议", "市财政局", "各县（市、区）", "2023/5/15", "", 0, "不再办理", "", "8888"],
        ])  # fmt: skip
        for row in range(3, 7):
            sheet.cell(row, 8).number_format = "0%"

    expected = """
        3 | 市教育局 | 2023-06-30 | in-progress |
        4 | 市生态环境局 | 2023-05-31 | completed |
        5 | 市住房城乡建设局 | 2023-12-31 | in-progress |
        6 | 市财政局 | 2023-05-15 | cancelled |
    """
    return Office("congress.xlsx", book(fill, "台账"), expected)


def kanban() -> Office:
    """An export of a task board: ISO instants, columns of the tool's own, words of its own."""
    rows = [
        ["Issue key", "Issue Type", "Summary", "Assignee", "Reporter", "Priority", "Status", "Created", "Due date", "Resolved", "Labels"],
        ["GOV-12", "Task", "Translate the licence form", "Ana Ruiz", "Lee Park", "Medium", "Done", "2023-01-09 08:12", "2023-02-28 00:00", "2023-03-02 16:40", "forms"],
        ["GOV-19", "Epic", "Open the data portal", "Data team", "Lee Park", "High", "In Review", "2023-01-20 10:00", "2023-09-30 00:00", "", "data"],
        ["GOV-20", "Task", "Load the bus timetable", "Data team", "Ana Ruiz", "High", "To Do", "2023-01-21 09:31", "", "", "data"],
        ["GOV-31", "Bug", "Mend the login page", "Unassigned", "Lee Park", "Low", "Won't Do", "2023-02-02 11:11", "2023-03-01 00:00", "2023-02-20 12:00", ""],
    ]  # fmt: skip
    expected = """
        2 | Ana Ruiz | 2023-02-28 | completed | 2023-03-02
        3 | Data team | 2023-09-30 | in-progress |
        4 | Data team | | not-started |
        5 | | 2023-03-01 | cancelled |
    """
    return Office("kanban.csv", text(rows), expected)


SECOND = (township, agency, congress, kanban)
