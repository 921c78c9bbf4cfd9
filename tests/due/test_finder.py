"""Phrases in running text: where they stand and what they mean; hostile text costs nothing."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.due.test_phrase import PHRASE_LIKE
from tracker.due import find

ANCHOR = date(2021, 3, 10)
CASES = json.loads((Path(__file__).parent / "running.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_running_text(case: dict[str, Any]) -> None:
    marked = re.findall("⟦(.*?)⟧", case["text"], re.DOTALL)
    text = case["text"].replace("⟦", "").replace("⟧", "")
    found = find(text, ANCHOR)
    assert [m.due.phrase for m in found] == marked
    assert [None if m.due.date is None else str(m.due.date) for m in found] == case["due"]
    assert [m.limit for m in found] == case["limit"]
    assert [n for n, m in enumerate(found) if m.unclear] == case.get("unclear", [])


def test_the_fiscal_year_of_the_reader() -> None:
    [mention] = find("goals by the end of Fiscal Year (FY) 2024.", ANCHOR, fiscal_year_start=10)
    assert mention.due.date == date(2024, 9, 30)


def test_offsets_are_code_points_of_the_text_as_it_is() -> None:
    text = "🏗️ İstanbul：１２月底前，年底。"
    first, second = find(text, ANCHOR)
    assert text[first.start : first.end] == first.due.phrase == "１２月底前"
    assert text[second.start : second.end] == second.due.phrase == "年底"


@given(st.lists(PHRASE_LIKE | st.text(max_size=20), max_size=6).map(" ".join))
def test_mentions_stand_in_order_and_quote_the_text(text: str) -> None:
    last = 0
    for mention in find(text, ANCHOR):
        assert last <= mention.start < mention.end <= len(text)
        assert mention.due.phrase == text[mention.start : mention.end]
        last = mention.end


HOSTILE = ("1", "年", "(", "“", "十", "9/", "1.1/", "下", "a", " ", "\n", "by ", "in 2", "by the ")


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_megabyte_of_nothing(unit: str) -> None:
    assert find(unit * (1_000_000 // len(unit.encode())), ANCHOR) == []


@pytest.mark.parametrize("unit", ["2021年", "今年", "1-1-", "by the end of the ", "twenty ", "本"])
def test_the_work_grows_with_the_length(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from tracker.due.lexer import Cursor

    lexed = 0
    lex = Cursor._lex

    def counted(cursor: Cursor) -> Any:
        nonlocal lexed
        lexed += 1
        return lex(cursor)

    monkeypatch.setattr(Cursor, "_lex", counted)
    work = []
    for times in (100, 1000):
        lexed = 0
        find(unit * times, ANCHOR)
        work.append(lexed)
    assert work[1] <= 10 * work[0] + 100
