"""Ten ledgers that the reading was built on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

from tests.exchange.offices.book import Office, book, put, saved, text


def county() -> Office:
    """A county's 重点工作台账: title, 填报单位, sections, a header of two rows, a total, a remark."""
    rows = [
        ["2021年××县重点工作台账"],
        ["填报单位：县政府督查室", "", "", "", "", "截至日期：2021年9月30日"],
        ["序号", "重点任务", "责任单位", "", "完成时限", "进展情况", "办理状态", "备注"],
        ["", "", "牵头", "配合", "", "", "", ""],
        ["一、项目建设"],
        ["1", "建成智慧县城平台", "县大数据局", "县财政局、县公安局", "6月底前", "已于6月20日上线运行", "已办结", ""],
        ["2", "新建农村公路120公里", "县交通局", "", "2021年12月底前", "截至9月15日，完成80公里", "推进中", "资金紧张"],
        ["二、民生实事"],
        ["3", "改造老旧小区10个", "县住建局牵头，各街道配合", "", "10月", "", "滞后", ""],
        ["4", "常态化开展安全巡查", "县应急局", "", "长期坚持", "", "长期坚持", ""],
        ["5", "新增公办幼儿园学位1000个", "县教育局", "县自然资源局", "三季度", "", "未完成", ""],
        ["合计", "5项", "", "", "", "", "", ""],
        ["注：办理状态由县政府督查室核定。"],
    ]  # fmt: skip
    expected = """
        6 | 县大数据局 | 2021-06-30 | completed | 2021-06-20
        7 | 县交通局 | 2021-12-31 | in-progress |
        9 | 县住建局 | 2021-10-31 | in-progress |
        10 | 县应急局 | | in-progress |
        11 | 县教育局 | 2021-09-30 | in-progress |
    """
    return Office("county.csv", text(rows, encoding="gb18030"), expected)


def ministry() -> Office:
    """A ministry's 任务分工表: merged groups, real dates that show a month, bodies in one cell."""

    def fill(sheet: Any) -> None:
        put(sheet, [
            ["“十四五”数字政府建设重点任务分工表"],
            [],
            ["序号", "重点任务", "具体措施", "责任单位", "完成时限"],
            [1, "夯实基础设施", "建成全国一体化政务大数据体系", "国务院办公厅牵头，国家发展改革委、工业和信息化部按职责分工负责", date(2025, 12, 1)],
            [2, "", "完善电子政务网络", "牵头单位：国务院办公厅\n配合单位：各省（区、市）人民政府", "2023年底前"],
            [3, "优化政务服务", "推动“跨省通办”事项落地", "市场监管总局、公安部、民政部等部门", datetime(2022, 6, 30, 0, 0)],
            [4, "", "实现企业开办全程网办", "市场监管总局", "持续推进"],
            [5, "", "推行电子证照互通互认", "国务院办公厅（牵头）、公安部", "2022年三季度末"],
        ])  # fmt: skip
        sheet.merge_cells("A1:E1")
        sheet.merge_cells("B4:B5")
        sheet.merge_cells("B6:B8")
        sheet["E4"].number_format = 'yyyy"年"m"月"'

    expected = """
        4 | 国务院办公厅 | 2025-12-31 | not-started |
        5 | 国务院办公厅 | 2023-12-31 | not-started |
        6 | 市场监管总局 | 2022-06-30 | not-started |
        7 | 市场监管总局 | | not-started |
        8 | 国务院办公厅 | 2022-09-30 | not-started |
    """
    return Office("ministry.xlsx", book(fill, "分工表"), expected)


def raid() -> Office:
    """A project office's RAID log: the sheet with actions is the second, a cover before it."""
    workbook = Workbook()
    cover = workbook.worksheets[0]
    cover.title = "Cover"
    put(cover, [["Programme Alpha RAID log"], ["Owner", "PMO"], ["Version", "3.2"]])
    sheet = workbook.create_sheet("Actions")
    put(sheet, [
        ["ID", "Type", "Description", "Owner", "Date Raised", "Due Date", "Priority", "Status", "Date Closed", "Comments"],
        ["A001", "Action", "Agree test environments with supplier", "Dana Reyes", date(2021, 3, 1), date(2021, 3, 15), "High", "Closed", date(2021, 3, 19), ""],
        ["A002", "Action", "Publish data protection assessment", "Legal; Information Governance", date(2021, 3, 8), date(2021, 4, 30), "Med", "In Progress", "", "Draft 2 out"],
        ["I003", "Issue", "Supplier has no cover over summer", "Supplier Manager", date(2021, 4, 1), date(2021, 7, 31), "High", "Open", "", ""],
        ["A004", "Action", "Close legacy contract", "Commercial", date(2021, 4, 2), "TBC", "Low", "On hold", "", ""],
        ["A005", "Action", "Train 40 users", "Change Team", date(2021, 4, 2), date(2021, 6, 30), "Low", "Cancelled", "", "Merged with A009"],
    ])  # fmt: skip
    expected = """
        2 | Dana Reyes | 2021-03-15 | completed | 2021-03-19
        3 | Legal | 2021-04-30 | in-progress |
        4 | Supplier Manager | 2021-07-31 | not-started |
        5 | Commercial | | in-progress |
        6 | Change Team | 2021-06-30 | cancelled |
    """
    return Office("raid.xlsx", saved(workbook), expected)


def project() -> Office:
    """An export of MS Project: summary rows by outline level, weekdays and hours in the dates."""
    rows = [
        ["ID", "Task Name", "Outline Level", "Duration", "Start", "Finish", "Baseline Finish", "Actual Finish", "% Complete", "Resource Names"],
        ["1", "New hospital wing", "1", "300 days", "Mon 04/01/21", "Fri 31/12/21", "Tue 30/11/21", "NA", "42%", ""],
        ["2", "Design", "2", "60 days", "Mon 04/01/21", "Fri 26/03/21", "Fri 26/03/21", "Fri 26/03/21", "100%", ""],
        ["3", "Outline design", "3", "30 days", "Mon 04/01/21", "Fri 12/02/21", "Fri 12/02/21", "Mon 15/02/21", "100%", "Architect"],
        ["4", "Planning permission", "3", "30 days", "Mon 15/02/21", "Fri 26/03/21", "Fri 26/03/21", "Fri 26/03/21", "100%", "Planning[50%],Architect"],
        ["5", "Build", "2", "200 days", "Mon 29/03/21", "Fri 31/12/21", "Tue 30/11/21", "NA", "20%", ""],
        ["6", "Foundations", "3", "40 days", "Mon 29/03/21", "Fri 21/05/21 17:00", "Fri 21/05/21", "NA", "60%", "Contractor"],
        ["7", "Roof on", "3", "0 days", "Fri 01/10/21", "Fri 01/10/21", "Wed 01/09/21", "NA", "0%", "Contractor"],
    ]  # fmt: skip
    expected = """
        4 | Architect | 2021-02-12 | completed | 2021-02-15
        5 | Planning | 2021-03-26 | completed | 2021-03-26
        7 | Contractor | 2021-05-21 | in-progress |
        8 | Contractor | 2021-10-01 | not-started |
    """
    return Office("project.csv", text(rows), expected)


def council() -> Office:
    """A British council's action tracker: days before months, one column showing which."""
    rows = [
        ["Overview and Scrutiny Committee - Action Tracker", "", "", "", "", ""],
        ["Last updated: 14 July 2021", "", "", "", "", ""],
        ["", "", "", "", "", ""],
        ["Ref", "Meeting date", "Action", "Lead Officer", "Target date", "RAG", "Progress update"],
        ["OS1", "05/04/2021", "Report back on bus subsidy", "Head of Transport", "04/06/2021", "Complete", "Reported 03/06/2021"],
        ["OS2", "05/04/2021", "Circulate the housing repairs figures", "Director of Housing", "30/06/2021", "Amber", "Figures awaited from contractor"],
        ["OS3", "07/06/2021", "Site visit to depot", "Democratic Services", "September 2021", "Green", ""],
        ["OS4", "07/06/2021", "Write to the Minister", "Chair", "ASAP", "Blue", "Letter sent"],
        ["OS5", "07/06/2021", "Review library hours", "Head of Culture, Leisure and Parks", "31/03/2022", "Not started", ""],
    ]  # fmt: skip
    expected = """
        5 | Head of Transport | 2021-06-04 | completed | 2021-06-03
        6 | Director of Housing | 2021-06-30 | in-progress |
        7 | Democratic Services | 2021-09-30 | in-progress |
        8 | Chair | | completed |
        9 | Head of Culture, Leisure and Parks | 2022-03-31 | not-started |
    """
    return Office("council.csv", text(rows), expected)


def by_hand() -> Office:
    """A list made by hand: colours, no status, no numbers, a section in bold, years left out."""

    def fill(sheet: Any) -> None:
        put(sheet, [
            ["2021 年办公室工作安排"],
            ["事项", "谁负责", "什么时候"],
            ["上半年"],
            ["采购会议室设备", "小王", "4月15日"],
            ["整理历年档案", "档案室", "5月底"],
            ["下半年"],
            ["组织消防演练", "后勤科", "11月上旬"],
            ["更新应急预案", "后勤科", "年底前"],
        ])  # fmt: skip
        for row in (3, 6):
            sheet.cell(row, 1).font = Font(bold=True)
        sheet["A4"].fill = PatternFill("solid", fgColor="92D050")

    expected = """
        4 | 小王 | 2021-04-15 | not-started |
        5 | 档案室 | 2021-05-31 | not-started |
        7 | 后勤科 | 2021-11-10 | not-started |
        8 | 后勤科 | 2021-12-31 | not-started |
    """
    return Office(
        "hand.xlsx", book(fill), expected, ("--map", "谁负责=owner", "--map", "什么时候=due")
    )


def supervision() -> Office:
    """A city's 督查事项 with 交办 and 办结 dates, semicolons, percentages, a page's header again."""
    head = ["编号", "督查事项", "交办日期", "办结时限", "承办单位", "协办单位", "分管领导", "完成比例", "落实情况", "办结日期", "存在问题", "下一步措施"]  # fmt: skip
    rows = [
        ["市政府督查事项清单"],
        head,
        ["D-01", "解决西区供水管网老化问题", "2021.3.2", "2021.5.31", "市水务局", "市住建局", "李某某", "100%", "已完成改造12公里。", "2021.5.28", "", ""],
        ["D-02", "推进公交站点优化", "2021.3.2", "2021-12-31 0:00", "市交通局", "市公安局/市规划局", "李某某", "60%", "已调整线路8条", "", "部分路段施工", "9月完成剩余线路"],
        head,
        ["D-03", "落实企业减税降费政策", "2021.4.6", "一个月内", "市税务局", "", "张某某", "1", "已销号", "2021.4.30", "", ""],
        ["D-04", "清理占道经营", "2021.4.6", "2021.6.30前", "市城管局", "各区政府", "张某某", "0.5", "", "", "", ""],
        ["小计", "4", "", "", "", "", "", "", "", "", "", ""],
    ]  # fmt: skip
    rows[5][7], rows[6][7] = "100%", "50%"
    expected = """
        3 | 市水务局 | 2021-05-31 | completed | 2021-05-28
        4 | 市交通局 | 2021-12-31 | in-progress |
        6 | 市税务局 | 2021-05-06 | completed | 2021-04-30
        7 | 市城管局 | 2021-06-30 | in-progress |
    """
    return Office("supervision.csv", text(rows, ";"), expected)


def own() -> Office:
    """What an earlier ledger of ours looks like, with timeliness in the status."""
    rows = [
        ["序号", "任务", "责任单位", "配合单位", "完成时限", "进展情况", "状态"],
        ["1", "建成政务数据平台", "省大数据局", "省财政厅；省公安厅", "2021年6月底前", "进度：40%；下一步：联调", "进行中，逾期91天"],
        ["2", "出台管理办法", "省司法厅", "", "2021年3月31日前", "完成日期：2021年5月31日", "逾期61天完成"],
        ["3", "建设示范区", "省商务厅", "", "2025年底前", "", "未启动"],
        ["4", "发布指数", "省统计局", "", "2021年三季度末前", "", "未启动，30天后到期"],
        ["5", "修订条例", "省司法厅", "", "无期限", "", "已终止"],
    ]  # fmt: skip
    expected = """
        2 | 省大数据局 | 2021-06-30 | in-progress |
        3 | 省司法厅 | 2021-03-31 | completed | 2021-05-31
        4 | 省商务厅 | 2025-12-31 | not-started |
        5 | 省统计局 | 2021-09-30 | not-started |
        6 | 省司法厅 | | cancelled |
    """
    return Office("own.csv", text(rows, encoding="utf-8-sig"), expected)


def delivery() -> Office:
    """A delivery unit's plan as TSV: milestones with original and revised dates under one heading."""
    rows = [
        ["Delivery plan", "", "", "", "", "", ""],
        ["No.", "Milestone", "Responsible department", "Date", "", "Status", "Notes"],
        ["", "", "", "Original", "Revised", "", ""],
        ["1", "Open ten family hubs", "Department for Levelling Up, Housing and Communities", "31 March 2021", "30 June 2021", "Done", ""],
        ["2", "Publish the national strategy", "Cabinet Office", "End of Q2 2021", "", "Delayed", "With ministers"],
        ["3", "Recruit 500 inspectors", "Home Office", "Dec 2021", "Spring 2022", "On track", ""],
        ["4", "Lay the regulations", "Ministry of Justice", "30-Sep-21", "", "Dropped", ""],
        ["Total", "4", "", "", "", "", ""],
    ]  # fmt: skip
    expected = """
        4 | Department for Levelling Up, Housing and Communities | 2021-06-30 | completed |
        5 | Cabinet Office | 2021-06-30 | in-progress |
        6 | Home Office | | in-progress |
        7 | Ministry of Justice | 2021-09-30 | cancelled |
    """
    return Office("delivery.tsv", text(rows, "\t", "utf-16"), expected)


def rectification() -> Office:
    """An inspection's 问题整改台账: a task over merged rows, 同上, 是否完成, trailing blank columns."""

    def fill(sheet: Any) -> None:
        put(sheet, [
            ["巡视反馈问题整改台账"],
            ["（2021年）"],
            ["序号", "整改事项", "责任单位", "责任人", "整改时限", "是否完成", "完成时间", "整改情况"],
            [1, "制度不健全", "办公室", "王某", date(2021, 6, 30), "是", date(2021, 6, 25), "修订制度3项"],
            [2, "资产管理不规范", "财务处", "刘某", "2021年9月底", "否", "", "7月5日完成盘点"],
            ["", "", "", "", "", "", "", "8月20日建立台账"],
            [3, "档案缺失", "同上", "刘某", "立行立改", "是", "2021/5/8", ""],
            [4, "合同审批超期", "办公室", "王某", "长期坚持", "否", "", ""],
            ["说明：完成时间为验收通过之日。"],
        ])  # fmt: skip
        for column in "ABCDEFG":
            sheet.merge_cells(f"{column}5:{column}6")
        sheet.merge_cells("A1:H1")
        sheet.merge_cells("A2:H2")
        sheet.merge_cells("A9:H9")

    expected = """
        4 | 办公室 | 2021-06-30 | completed | 2021-06-25
        5 | 财务处 | 2021-09-30 | in-progress |
        7 | 财务处 | | completed | 2021-05-08
        8 | 办公室 | | in-progress |
    """
    return Office("rectification.xlsx", book(fill), expected)


FIRST = (county, ministry, raid, project, council, by_hand, supervision, own, delivery, rectification)  # fmt: skip
