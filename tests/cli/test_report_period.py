"""The week's and the month's report: what belongs in it, on any past day, in each format."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from tests.cli.conftest import Run


@pytest.fixture
def told(run: Run) -> Run:
    """A store with something of each kind in the week to 4 July 2021, and before it."""
    run("init")
    for title, owner, due in (
        ("修桥", "甲局", "2021-06-30"),
        ("铺路", "乙局", "2021-07-10"),
        ("办学", "乙局", "2021-12-31"),
        ("植树", "甲局", "2021-05-31"),
        ("引水", "丙局", "2021-07-18"),
        ("建站", "丙局", "2021-07-19"),
    ):
        run("add", title, "--owner", owner, "--due", due, "--made-on", "2021-03-10")
    for words in (
        ("done", "3", "--on", "2021-06-29", "--evidence", "https://example.org"),
        ("start", "2", "--on", "2021-04-01"),
        ("postpone", "2", "2021-07-12", "--on", "2021-07-01", "--reason", "雨季"),
        ("postpone", "6", "2021-07-25", "--on", "2021-07-02"),
        ("done", "5", "--on", "2021-07-09"),
    ):
        assert run(*words).code == 0, words
    return run


WEEK = ("--lang", "zh", "report", "week", "--as-of", "2021-07-04")


def test_a_week_has_what_happened_in_it_and_what_comes_next(told: Run) -> None:
    assert told(*WEEK, "--unit", "县政府督查室").out.splitlines()[:-2] == [
        "督查工作进展情况报告",
        "县政府督查室",
        "2021年6月28日至2021年7月4日",
        "共6项，已完成1项，逾期2项。",
        "",
        "本期完成（1）",
        "  乙局",
        "  - 办学（已完成，2021年6月29日）",
        "",
        "新增逾期（1）",
        "  甲局",
        "  - 修桥（2021年6月30日前，逾期4天）",
        "",
        "14天内到期（2）",
        "  丙局",
        "  - 引水（2021年7月18日前，14天后到期）",
        "  乙局",
        "  - 铺路（2021年7月12日前，8天后到期）",
        "",
        "时限调整（2）",
        "  丙局",
        "  - 建站（2021年7月19日 → 2021年7月25日，未说明原因）",
        "  乙局",
        "  - 铺路（2021年7月10日 → 2021年7月12日，雨季）",
        "",
        "需要询问（3）",
        "  甲局",
        "  - 修桥（为何逾期，预计何时完成？）",
        "  丙局",
        "  - 建站（为何调整时限？）",
        "  - 引水（临近完成时限仍未启动，有何困难？）",
    ]


def test_a_month_reaches_back_to_the_same_day(told: Run) -> None:
    out = told("--lang", "en", "report", "month", "--as-of", "2021-06-30").out
    assert "31 May 2021 to 30 June 2021" in out
    assert "植树" in out.split("Newly overdue (1)")[1].split("Due within")[0]


def test_each_format_says_the_same(told: Run, home: Path) -> None:
    for name in ("week.md", "week.html", "week.docx", "week.txt"):
        assert told(*WEEK, "--title", "<周报>", "-o", name).code == 0
    page = (home / "week.html").read_text(encoding="utf-8")
    paragraphs = [p.text for p in Document(BytesIO((home / "week.docx").read_bytes())).paragraphs]
    assert paragraphs[:2] == ["<周报>", "2021年6月28日至2021年7月4日"]
    assert "&lt;周报&gt;" in page
    for line in ("修桥（2021年6月30日前，逾期4天）", "铺路（2021年7月10日 → 2021年7月12日，雨季）"):
        assert line in page
        assert line in paragraphs
        assert f"- {line}" in (home / "week.md").read_text(encoding="utf-8")
        assert f"- {line}" in (home / "week.txt").read_text(encoding="utf-8")
    told_as_json = told(*WEEK, "--format", "json").json["briefing"]
    assert [m["title"] for m in told_as_json["overdue"]] == ["修桥"]
