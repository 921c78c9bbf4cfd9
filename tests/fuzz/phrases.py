"""The due language: typed phrases and running text agree, whatever the day they are seen from."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from tests.due.test_phrase import WORDS
from tests.fuzz.oracles import harmless, refused_in_a_sentence
from tests.fuzz.target import Target
from tracker.due import MAX_LENGTH, Due, find, parse
from tracker.errors import BadDate
from tracker.locale import ENGLISH
from tracker.model import Precision
from tracker.render.due import read_back
from tracker.render.text import clean

ANCHORS = ((date(2021, 3, 10), 1), (date(2024, 2, 29), 10), (date.min, 7), (date.max, 12))
CASES = Path(__file__).parent.parent / "due"


def check(data: bytes) -> None:
    text = data.decode(errors="replace")[:2000]
    for anchor, start in ANCHORS:
        typed = _typed(text, anchor, start)
        last = 0
        for mention in find(text, anchor, fiscal_year_start=start):
            assert last <= mention.start < mention.end <= len(text)
            assert mention.due.phrase == text[mention.start : mention.end]
            last = mention.end
            whole = text[mention.start : mention.end]
            if typed is not None and whole == text.strip() and not mention.unclear:
                assert _meaning(mention.due) == _meaning(typed)
            elif len(whole) <= MAX_LENGTH and not mention.unclear:
                alone = _typed(whole, anchor, start)
                assert alone is None or _meaning(alone) == _meaning(mention.due)


def _typed(phrase: str, anchor: date, start: int) -> Due | None:
    try:
        due = parse(phrase, anchor, fiscal_year_start=start)
    except BadDate as refusal:
        refused_in_a_sentence(refusal)
        return None
    assert due.phrase == phrase.strip()
    assert (due.date is None) == (due.precision is Precision.NONE)
    assert due.date is None or due.start is None or due.start <= due.date
    if due.year_assumed:
        assert due.date is not None
        assert due.date >= anchor
    harmless(clean(read_back(due, ENGLISH)))
    if due.date is not None:
        day = parse(due.date.isoformat(), anchor, fiscal_year_start=start)
        assert day.date == due.date
    return due


def _meaning(due: Due) -> tuple[object, ...]:
    return due.date, due.start, due.precision, due.year_assumed, due.month_assumed


def seeds() -> list[bytes]:
    """Phrases as they are typed, and texts in which they stand."""
    typed = json.loads((CASES / "cases.json").read_text(encoding="utf-8"))
    running = json.loads((CASES / "running.json").read_text(encoding="utf-8"))
    texts = [case.get("input") or case.get("text") for case in (*typed, *running)]
    return [text.replace("⟦", "").replace("⟧", "").encode() for text in texts if text]


DUE = Target("due", check, seeds, tuple(WORDS))
