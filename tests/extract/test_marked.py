"""Whole documents: every commitment found with its date, and no other date proposed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.marks import MARKED, document, score
from tracker.extract import Tier, extract

DOCUMENTS = sorted(MARKED.iterdir())


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_commitments_and_nothing_else(path: Path) -> None:
    held = score(path)
    assert held.found
    assert held.lost == []
    assert held.fallen_for == []
    assert held.unmarked == []
    assert held.misread == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_candidate_says_where_it_stands(path: Path) -> None:
    read, _ = document(path)
    for c in extract(read):
        for words in (c.phrase, c.clause):
            assert read.text[words.start : words.end] == words.text
        assert c.line == read.text.count("\n", 0, c.phrase.start) + 1
        assert 0 < len(c.title) <= 120
        assert c.title.isprintable()
        assert (
            c.due is None
            or c.tier is not Tier.EXPLICIT
            or read.made_on is None
            or (c.due >= read.made_on)
        )
