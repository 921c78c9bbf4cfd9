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

from tests.due.test_phrase import CASES as CASES_TYPED
from tests.due.test_phrase import PHRASE_LIKE, PHRASES
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


NOT_FOUND = {
    r"\+.*|[a-z]+": "a sign, or a name of which running text is not certain",
    r"30 september": "a month's name begins with a capital",
    r"(due )?by the 20th|(the )?20th|[0-9一二五十廿]+[日号](之?前)?": "a day of a month not named",
    r"(周|星期|礼拜)[五天]|周内": "a weekday alone",
    r"全年|第三季|昨天|国庆节|重阳节|年中": "words that seldom say by when",
    r"“?十.五”?|第十.个五年规划": "the name of a plan",
    r"(两周|3个月)后|24小时以后": "begins then",
    r"(?!before).*( 0?0:00(:00)?( \+.*)?|12:00 AM|T[0-9:.]+([-+].*|Z))": "as programs write it",
    r"最多30天": "how much there is of something",
}
"""Which typed phrases are not found in a sentence, and why."""


def typed() -> list[tuple[str, date, date, int]]:
    """The phrases that have a date when typed: phrase, anchor, date, start of the fiscal year."""
    given = [(c["phrase"], c["anchor"], c["expected"], 1) for c in PHRASES]
    cases = [
        (c["input"], c.get("anchor", "2021-03-10"), c["date"], c.get("fiscal_year_start", 1))
        for c in CASES_TYPED
        if c.get("date")
    ]
    return [
        (phrase, date.fromisoformat(anchor), date.fromisoformat(due), start)
        for phrase, anchor, due, start in given + cases
        if not any(re.fullmatch(words, phrase) for words in NOT_FOUND)
    ]


@pytest.mark.parametrize(("phrase", "anchor", "due", "start"), typed(), ids=str)
def test_what_is_read_when_typed_is_found_in_a_sentence(
    phrase: str, anchor: date, due: date, start: int
) -> None:
    sentences = (f"我们将{phrase}完成。", f"We will do it {phrase}.", f"We will do it by {phrase}.")
    found = [m for text in sentences for m in find(text, anchor, fiscal_year_start=start)]
    assert due in [m.due.date for m in found if not m.unclear]
