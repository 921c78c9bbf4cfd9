"""Typed phrases: dates and refusals as data, and what must hold for any text whatever."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.due import MAX_LENGTH, Due, parse
from tracker.due.phrase import EXAMPLES
from tracker.errors import BadDate
from tracker.locale import ENGLISH
from tracker.model import Precision
from tracker.render.due import read_back

HERE = Path(__file__).parent
ANCHOR = date(2021, 3, 10)


def load(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))


CASES = load("cases.json")
PHRASES = load("due-phrases.json")["phrases"]


@pytest.mark.parametrize("case", PHRASES, ids=lambda case: case["phrase"])
def test_given_phrases(case: dict[str, Any]) -> None:
    due = parse(case["phrase"], date.fromisoformat(case["anchor"]))
    assert (str(due.date), due.precision) == (case["expected"], case["precision"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["input"])
def test_cases(case: dict[str, Any]) -> None:
    anchor = date.fromisoformat(case.get("anchor", "2021-03-10"))
    start = case.get("fiscal_year_start", 1)
    if "error" in case:
        with pytest.raises(BadDate) as refused:
            parse(case["input"], anchor, fiscal_year_start=start)
        assert refused.value.message == case["error"]
        assert refused.value.hint == case.get("hint", EXAMPLES)
        return
    due = parse(case["input"], anchor, fiscal_year_start=start)
    said = None if due.date is None else str(due.date)
    assert (said, due.precision) == (case["date"], case["precision"])
    assert due.year_assumed is case.get("year_assumed", False)
    assert due.month_assumed is case.get("month_assumed", False)
    assert due.phrase == case["input"]
    assert str(due.start) == case.get("start", str(due.date))


def rows() -> list[list[str]]:
    page = (HERE.parents[1] / "docs" / "due-language.md").read_text(encoding="utf-8")
    lines = page.split("## Examples")[1].split("## Grammar")[0].splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("| `")
    ]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_the_documented_examples(row: list[str]) -> None:
    phrase, due_date, said = row[0].strip("`"), row[1], row[2]
    if due_date == "refused":
        with pytest.raises(BadDate, match=re.escape(said)):
            parse(phrase, ANCHOR)
        return
    due = parse(phrase, ANCHOR)
    assumed = ", month assumed" if due.month_assumed else ", year assumed" * due.year_assumed
    assert (str(due.date).lower(), due.precision + assumed) == (due_date, said)


def test_the_sentence_that_says_what_was_understood() -> None:
    assert (
        read_back(parse("6月底前", ANCHOR), ENGLISH) == "6月底前 (month): 2021-06-30, year assumed"
    )
    assert (
        read_back(parse("the 20th", ANCHOR), ENGLISH) == "the 20th (day): 2021-03-20, month assumed"
    )
    assert read_back(parse("by 2030", ANCHOR), ENGLISH) == "by 2030 (year): 2030-12-31"
    assert read_back(parse("TBD", ANCHOR), ENGLISH) == "TBD: no date"


@pytest.mark.parametrize("phrase", ["", "   ", "Q3\x00", "Q\u200b3", "\ud800", "a\nb", "x" * 101])
def test_what_is_no_phrase_at_all(phrase: str) -> None:
    with pytest.raises(BadDate):
        parse(phrase, ANCHOR)


WORDS = re.findall(
    r"\S+",
    """by before end of the until within in next this last June 31 2021 30 9999 0 Q3 H1 FY24 + d
    weeks month year quarter Friday from order mid - / , . ( ) US first 2021-W26-5 年 月 日 底 前 内
    今 明 下 本 周 季度 个 三 十 十四五 “ ” 春节 国庆 除夕 中旬 半 至 到 未来 自 印发 之日起
    末 初 中 24时 13 星期""",
)
PHRASE_LIKE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).flatmap(
    lambda words: st.sampled_from(["", " "]).map(lambda blank: blank.join(words))
)


@given(
    st.one_of(PHRASE_LIKE, st.text(max_size=MAX_LENGTH + 5)),
    st.dates() | st.sampled_from([date.min, date.max]),
    st.integers(1, 12),
)
@example("before 1 January", date.min, 1)
@example("上半年前", date.min, 1)
@example("next week", date.max, 1)
@example("29 Feb", date.max, 1)
@example("前年国庆", date.min, 1)
@example("2021-W26-5-1", date.min, 1)
def test_nothing_but_a_due_date_or_a_refusal(phrase: str, anchor: date, start: int) -> None:
    try:
        due = parse(phrase, anchor, fiscal_year_start=start)
    except BadDate:
        return
    assert due.phrase == phrase.strip()
    assert (due.date is None) == (due.precision is Precision.NONE)
    assert due.date is None or due.start is None or due.start <= due.date
    if due.year_assumed:
        assert due.date is not None
        assert due.date >= anchor


@given(st.dates(), st.dates())
def test_a_day_means_itself_from_anywhere(day: date, anchor: date) -> None:
    for written in (
        f"{day}",
        f"{day}".replace("-", ""),
        f"{day.year:04}年{day.month}月{day.day}日前",
    ):
        assert parse(written, anchor) == Due(day, Precision.DAY, written, day)


@given(st.dates(date(1, 1, 1), date(9990, 1, 1)))
def test_a_month_without_its_year_is_never_past(anchor: date) -> None:
    for month in range(1, 13):
        due = parse(f"{month}月底", anchor)
        assert due.date is not None
        assert due.date.month == month
        assert 0 <= (due.date - anchor).days <= 366
