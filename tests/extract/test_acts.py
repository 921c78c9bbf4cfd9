"""Who is to do what by when, sentence by sentence."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tracker.extract import Band, extract, read_document

ACTS = json.loads((Path(__file__).parent / "acts.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", ACTS, ids=lambda case: case["text"][:40])
def test_who_what_and_when(case: dict[str, object]) -> None:
    read = read_document("x.txt", f"Statement\n\n{case['text']}\n".encode())
    found = extract(read, made_on=date(2024, 3, 18))
    acts = [[c.owner, c.title, str(c.due)] for c in found if c.band is not Band.OTHER]
    assert acts == case["acts"]
