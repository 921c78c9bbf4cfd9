"""Single sentences: what is a promise on its own, and what never is."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tracker.extract import Tier, extract, read_document

SENTENCES = json.loads((Path(__file__).parent / "sentences.json").read_text(encoding="utf-8"))


def proposed(sentence: str) -> list[date | None]:
    made_on = date(2021, 3, 18) if any("\u4e00" <= c <= "\u9fff" for c in sentence) else None
    read = read_document("x.txt", f"Statement\n\n{sentence}\n".encode())
    found = extract(read, made_on=made_on or date(2024, 3, 18))
    return [c.due for c in found if c.tier is Tier.EXPLICIT]


@pytest.mark.parametrize("sentence", SENTENCES["promises"])
def test_a_promise(sentence: str) -> None:
    dues = proposed(sentence)
    assert dues
    assert None not in dues


@pytest.mark.parametrize("sentence", SENTENCES["none"])
def test_no_promise(sentence: str) -> None:
    assert proposed(sentence) == []
