"""Texts made to be slow cost a time that grows with their length, and nothing more."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from random import Random
from time import process_time
from types import FrameType

import pytest

from tests.extract.marks import MARKED, document
from tracker.extract import extract, read_document

SAID_ON = date(2022, 4, 12)
MEGABYTE = 1_000_000


def candidates(name: str, text: str) -> int:
    return len(extract(read_document(name, text.encode()), made_on=SAID_ON))


@pytest.mark.parametrize("unit", ["7", "年", "(", "（", "《", "“", "十", "。", "~~", "|", "第"])
def test_a_megabyte_of_one_sign_is_read_and_proposes_nothing(unit: str) -> None:
    assert candidates("hostile.txt", unit * (MEGABYTE // len(unit.encode()))) == 0


def test_a_megabyte_in_one_line() -> None:
    sample, _ = document(MARKED / "conference-farming.txt")
    line = sample.text.replace("\n", "")
    times = MEGABYTE // len(line.encode())
    assert candidates("line.txt", line * times) >= 10 * times


UNITS = (
    "6月底前",
    "(6月",
    "by June ",
    "今年,",
    "2021年",
    "within 2 ",
    "| 6月底前 ",
    "  a",
    "记者:\n",
    "(牵头",
    "副厅长王",
    "~~2021",
    "〔2020〕",
    "within 2 days of the Effective Date ",
    "the Effective Date is 3 May 2023; ",
    "03/04/26 13/04/26 ",
    "The Harbour Board of Works will ",
    "县水务局将",
    "fiscal year ends on ",
    "before the meeting on 3 May ",
    "the first week of ",
)


def seconds(text: str) -> float:
    """Processor time for a text, the least of two: garbage of other tests is collected in one."""
    spent = []
    for _ in range(2):
        start = process_time()
        candidates("hostile.txt", text)
        spent.append(process_time() - start)
    return min(spent)


@pytest.mark.parametrize("unit", UNITS)
def test_four_times_the_text_costs_about_four_times_as_much(unit: str) -> None:
    # What a regular expression walks through is no call, so that time has to tell.
    candidates("warm.txt", unit * 10)
    assert seconds(unit * 2000) < 10 * seconds(unit * 500) + 0.1


def wide(columns: int) -> str:
    return f"{'| Action ' * columns}|\n{'| 30 June 2026 ' * columns}|\n"


def lost(records: int) -> str:
    return "No Action Owner Deadline\n" + "1 Publish the plan 30 June 2026\n" * records


@pytest.mark.parametrize("table", [wide, lost])
def test_a_table_of_four_times_the_cells_costs_about_four_times_as_much(
    table: Callable[[int], str],
) -> None:
    assert seconds(table(600)) < 10 * seconds(table(150)) + 0.1


def test_a_row_of_more_dates_than_anybody_plans_proposes_nothing() -> None:
    assert candidates("table.txt", wide(70)) == 0


PIECES = (
    "6月底前",
    "by June ",
    "the Board, ",
    "由市水务局",
    "(a) ",
    '"we ',
    "<!-- ",
    "| ",
    "\n",
    "2027年",
    "# ",
    "X said ",
    "- ",
    "The Harbour Board will ",
    "（以下简称“",
    "Grantee: ",
    "【省厅副厅长 王",
    "、安装",
    "of the vote, ",
    "因开发商",
)


def work(text: str) -> int:
    """How many calls it takes to read a text: the same number each time."""
    calls = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        candidates("woven.txt", text)
    finally:
        sys.setprofile(None)
    return calls


def woven(seed: int) -> str:
    """A weave of the pieces, never the same for two seeds."""
    draw = Random(seed)  # noqa: S311  # texts, not secrets
    return "".join(draw.choices(PIECES, k=draw.randrange(3, 9)))


@pytest.mark.parametrize("seed", range(12))
def test_twice_a_woven_text_takes_at_most_about_twice_the_work(seed: int) -> None:
    unit = woven(seed)
    candidates("warm.txt", unit * 40)
    once, twice = work(unit * 40), work(unit * 80)
    assert twice < 2.4 * once + 2000


def test_a_sentence_of_more_dates_than_anybody_says_proposes_nothing() -> None:
    assert candidates("list.txt", "We will open by June 2023 and " * 70) == 0
    assert candidates("list.txt", "We will open by June 2023. " * 70) == 70


def test_a_wide_cell_is_not_said_again_in_every_row_that_it_spans() -> None:
    page = "<table><tr><td rowspan=99>" + "x" * 50_000 + "<td>a" + "<tr><td>b" * 98
    assert len(read_document("page.html", page.encode()).text) < 100_000


def test_spans_of_a_table_cannot_blow_it_up() -> None:
    page = "<table>" + "<tr><td colspan=99999 rowspan=99999>x" * 500
    assert len(read_document("page.html", page.encode()).text) < 500 * 60 * 10


@pytest.mark.parametrize(
    ("name", "unit"), [("blank.txt", "\n"), ("blank.txt", " \n"), ("page.html", '<a "')]
)
def test_nothing_but_blank_lines_or_tags_that_never_close(name: str, unit: str) -> None:
    start = process_time()
    assert candidates(name, unit * 5000) == 0
    assert process_time() - start < 2
