"""Six more, written after the reading had been mended by the four."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.exchange.offices.book import Office, book, put, text


def report() -> Office:
    """A district's tasks of the 政府工作报告, quarters for dates, a leader beside the body."""
    rows = [
        ["附件2"],
        ["××区2021年政府工作报告重点任务分解表"],
        [""],
        [
            "序号",
            "目标任务",
            "牵头领导",
            "牵头单位",
            "责任单位",
            "时间进度安排",
            "",
            "",
            "",
            "完成情况",
        ],
        ["", "", "", "", "", "一季度", "二季度", "三季度", "四季度", ""],
        [
            "1",
            "GDP增长6.5%以上",
            "王区长",
            "区发改局",
            "区统计局、各街道",
            "",
            "",
            "",
            "完成",
            "推进中",
        ],
        ["2", "新建口袋公园5个", "李副区长", "区园林局", "", "", "开工", "", "完工", "已开工3个"],
    ]
    return Office(
        "report.csv",
        text(rows),
        "6|区发改局|2021-12-31|in-progress|\n7|区园林局|2021-12-31|in-progress|",
    )


def meeting() -> Office:
    """What a meeting settled, with 是否销号 and a date that counts from the meeting."""
    rows = [
        ["会议议定事项落实情况跟踪表", "", "", "", "", "", ""],
        ["会议名称：县委常委会第12次会议", "", "", "会议日期：2021年4月12日", "", "", ""],
        ["序号", "议定事项", "责任单位", "责任领导", "办理时限", "落实情况", "是否销号"],
        [
            "1",
            "研究制定人才引进办法",
            "县委组织部、县人社局",
            "赵某",
            "会后1个月内",
            "已于5月10日印发实施",
            "已销号",
        ],
        ["2", "筹备半年经济分析会", "县发改局", "钱某", "7月10日前", "会议已召开", "√"],
        [
            "3",
            "开展安全生产大检查",
            "县应急局(县安委办)",
            "孙某",
            "即日起至6月30日",
            "正在开展",
            "×",
        ],
        [
            "4",
            "加快推进高铁站前广场建设",
            "县住建局",
            "李某",
            "2022年6月",
            "完成投资1.2亿元，占年度计划的60%",
            "未销号",
        ],
    ]
    return Office(
        "meeting.csv",
        text(rows, encoding="gb18030"),
        "4|县委组织部||completed|\n5|县发改局|2021-07-10|completed|\n6|县应急局(县安委办)|2021-06-30|in-progress|\n7|县住建局|2022-06-30|in-progress|",
    )


def works() -> Office:
    """A plan of works: 建设单位, 竣工时间, fractions, blanks before the first column."""

    def fill(sheet: Any) -> None:
        put(
            sheet,
            [
                ["", "项目推进计划表"],
                [],
                [
                    "",
                    "项目编号",
                    "项目名称",
                    "建设单位",
                    "计划开工时间",
                    "计划竣工时间",
                    "实际竣工时间",
                    "形象进度",
                    "总投资（万元）",
                    "年度投资完成率",
                    "项目状态",
                    "备注",
                ],
                [
                    "",
                    "P-1",
                    "体育馆",
                    "区文旅局",
                    date(2021, 1, 10),
                    date(2021, 12, 20),
                    "",
                    "主体封顶",
                    12000,
                    0.755,
                    "在建",
                    "",
                ],
                [
                    "",
                    "P-2",
                    "第三小学",
                    "区教育局",
                    date(2020, 5, 1),
                    date(2021, 8, 25),
                    date(2021, 8, 20),
                    "竣工投用",
                    8000,
                    1,
                    "竣工",
                    "",
                ],
                [
                    "",
                    "P-3",
                    "污水厂",
                    "区水务集团",
                    date(2021, 9, 1),
                    date(2022, 11, 30),
                    "",
                    "前期手续",
                    20000,
                    0,
                    "前期",
                    "",
                ],
                ["", "P-4", "停车楼", "区城投公司", "", "待定", "", "", "", 0, "暂缓实施", "资金"],
                ["", "合  计", "4个项目", "", "", "", "", "", 40000],
            ],
        )
        for r in range(4, 8):
            sheet.cell(r, 10).number_format = "0.0%"

    return Office(
        "works.xlsx",
        book(fill),
        "4|区文旅局|2021-12-20|in-progress|\n5|区教育局|2021-08-25|completed|2021-08-20\n6|区水务集团|2022-11-30|in-progress|\n7|区城投公司||in-progress|",
    )


def planner() -> Office:
    """An export of a task planner, month before day."""
    rows = [
        [
            "Task Name",
            "Bucket Name",
            "Progress",
            "Priority",
            "Assigned To",
            "Created By",
            "Created Date",
            "Start Date",
            "Due Date",
            "Is Recurring",
            "Late",
            "Completed Date",
            "Completed By",
            "Description",
        ],
        [
            "Send letters",
            "Comms",
            "Completed",
            "Medium",
            "Kim Lee;Jo Ode",
            "Kim Lee",
            "03/01/2023",
            "",
            "03/15/2023",
            "false",
            "false",
            "03/14/2023",
            "Kim Lee",
            "",
        ],
        [
            "Hold workshop",
            "Comms",
            "In progress",
            "Medium",
            "Jo Ode",
            "Kim Lee",
            "03/01/2023",
            "",
            "04/05/2023",
            "false",
            "true",
            "",
            "",
            "",
        ],
        [
            "Write summary",
            "Comms",
            "Not started",
            "Low",
            "",
            "Kim Lee",
            "03/02/2023",
            "",
            "",
            "false",
            "false",
            "",
            "",
            "",
        ],
    ]
    return Office(
        "planner.csv",
        text(rows),
        "2|Kim Lee|2023-03-15|completed|2023-03-14\n3|Jo Ode|2023-04-05|in-progress|\n4|||not-started|",
    )


def review() -> Office:
    """A review's recommendations, with original and current deadlines."""
    rows = [
        ["Recommendation tracker: Independent Review of Flooding"],
        [
            "Rec no.",
            "Recommendation",
            "Accepted?",
            "Lead",
            "Milestone",
            "Original deadline",
            "Current deadline",
            "Progress",
            "Delivery confidence",
        ],
        [
            "1",
            "Publish a national flood map",
            "Accepted",
            "Environment Agency",
            "Map published",
            "Dec 2022",
            "Mar 2023",
            "Complete",
            "Green",
        ],
        [
            "2",
            "Fund local resilience forums",
            "Accepted in part",
            "Treasury; Home Office",
            "SR settlement",
            "Autumn 2022",
            "Autumn 2022",
            "Ongoing - on schedule",
            "Amber/Green",
        ],
        [
            "3",
            "Create a flood commissioner",
            "Rejected",
            "Cabinet Office",
            "",
            "",
            "",
            "Not being taken forward",
            "",
        ],
        [
            "4",
            "Review insurance scheme",
            "Accepted",
            "Treasury",
            "Review starts",
            "30 June 2022",
            "30 June 2023",
            "Delayed - review to start in spring",
            "Red",
        ],
    ]
    return Office(
        "review.csv",
        text(rows),
        "3|Environment Agency|2023-03-31|completed|\n4|Treasury||in-progress|\n5|Cabinet Office||cancelled|\n6|Treasury|2023-06-30|in-progress|",
    )


def orders() -> Office:
    """Orders of a supervisor: 完成时限 beside 完成时间, bodies on lines."""

    def fill(sheet: Any) -> None:
        put(
            sheet,
            [
                ["督办事项台账（2022年）"],
                [
                    "序号",
                    "督办事项",
                    "主要内容",
                    "承办单位",
                    "交办时间",
                    "完成时限",
                    "完成情况",
                    "完成时间",
                    "督办意见",
                ],
                [
                    1,
                    "关于加强校园安全的督办",
                    "排查隐患，建立台账",
                    "教体局\n公安局",
                    datetime(2022, 3, 1),
                    datetime(2022, 3, 31, 0, 0),
                    "完成",
                    datetime(2022, 3, 30),
                    "同意销号",
                ],
                [
                    2,
                    "关于治理扬尘污染的督办",
                    "工地六个百分百",
                    "住建局",
                    datetime(2022, 3, 5),
                    "长期",
                    "长期推进",
                    "",
                    "",
                ],
                [
                    3,
                    "关于拖欠农民工工资的督办",
                    "核查12起线索",
                    "人社局、住建局",
                    datetime(2022, 3, 8),
                    "2022-04-15",
                    "部分完成",
                    "",
                    "抓紧办理",
                ],
                [
                    4,
                    "关于春耕备耕的督办",
                    "",
                    "农业农村局",
                    datetime(2022, 3, 9),
                    "4月底",
                    "完成",
                    "4月28日",
                    "",
                ],
            ],
        )

    return Office(
        "orders.xlsx",
        book(fill),
        "3|教体局|2022-03-31|completed|2022-03-30\n4|住建局||in-progress|\n5|人社局|2022-04-15|partly-completed|\n6|农业农村局|2022-04-30|completed|2022-04-28",
    )


THIRD = (report, meeting, works, planner, review, orders)
