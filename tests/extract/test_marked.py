"""Whole documents: how many commitments are found, how few other dates are proposed."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.extract.corpus import Marked, alone, lines, training
from tests.extract.marks import MARKED, document
from tests.extract.score import ours, score
from tracker.extract import Band, extract
from tracker.extract.cues import CHINESE, ENGLISH
from tracker.extract.verdict import START, features, weights

WRITTEN = Path(__file__).parent / "written"
SENTENCES = json.loads((Path(__file__).parent / "sentences.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("language", "right", "fallen_for"), [("en", 0.7, 0.045), ("zh", 0.8, 0.035)]
)
def test_what_is_found_and_what_is_proposed_wrongly(
    language: str, right: float, fallen_for: float
) -> None:
    told = score(lines(WRITTEN / f"{language}.jsonl"), ours)[language, ""]
    assert told["right day"] >= right * told["dated"]
    assert told["traps proposed"] <= fallen_for * told["traps"]


def test_every_candidate_says_where_it_stands() -> None:
    for path in sorted(MARKED.iterdir())[::4]:
        read, _ = document(path)
        found = extract(read)
        assert found
        for c in found:
            for words in (c.phrase, c.clause):
                assert read.text[words.start : words.end] == words.text
            assert c.line == read.text.count("\n", 0, c.phrase.start) + 1
            assert 0 < len(c.title) <= 120
            assert c.title.isprintable()
            told = c.due is None or read.made_on is None or c.due >= read.made_on
            assert told or c.band is Band.OTHER


def likely(sentence: str) -> bool:
    return any(c.band is Band.LIKELY for c in extract(alone(sentence)))


def test_sentences_that_promise_and_sentences_that_do_not() -> None:
    assert sum(map(likely, SENTENCES["promises"])) >= 0.86 * len(SENTENCES["promises"])
    assert sum(map(likely, SENTENCES["none"])) <= 0.35 * len(SENTENCES["none"])


@cache
def learnt() -> list[Marked]:
    return list(training())


def test_every_cue_stands_in_a_marked_document() -> None:
    """A wording that no document has is one that nothing was learned of."""
    text = "\n".join(m.document.text for m in learnt()).lower().replace("’", "'")
    for table in (ENGLISH, CHINESE):
        missing = [w for words in table.values() for w in words.split("|") if w not in text]
        assert missing == []


def test_every_weight_is_of_a_feature_that_dates_have() -> None:
    seen: dict[str, Counter[str]] = {"en": Counter(), "zh": Counter()}
    for marked in learnt():
        for c in extract(marked.document):
            if c.scene is not None:
                seen["en" if c.scene.english else "zh"].update(features(c.scene).keys())
    for language, kinds in seen.items():
        assert set(weights()[language]) - set(kinds) <= {START}
