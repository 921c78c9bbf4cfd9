"""Each wording reads the words that it is for, and no other of its list does."""

from __future__ import annotations

import re

import pytest

from tracker.exchange.sheet.wording import wordings

_ROWS = [(told, *row) for told, rows in wordings().items() for row in rows]


@pytest.mark.parametrize(("told", "pattern", "words"), _ROWS, ids=[row[2] for row in _ROWS])
def test_a_wording_is_needed_for_its_words(told: str, pattern: str, words: str) -> None:
    others = [other for other, _ in wordings()[told] if other != pattern]
    assert re.search(pattern, words, re.IGNORECASE)
    assert not any(re.search(other, words, re.IGNORECASE) for other in others)
