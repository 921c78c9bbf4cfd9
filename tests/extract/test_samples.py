"""Samples with their labels in JSON beside them: what inherits, and what was struck out."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tracker.extract import Candidate, extract, read_document

SAMPLES = Path(__file__).parent / "samples"
INHERITING = ("en01", "zh01", "zh02")


def read(stem: str) -> tuple[dict[str, Any], list[Candidate]]:
    labels = json.loads((SAMPLES / f"{stem}.json").read_text(encoding="utf-8"))
    [source] = (p for p in SAMPLES.glob(f"{stem}.*") if p.suffix != ".json")
    of = labels["document"]
    made_on = date.fromisoformat(of.get("made_on") or of["anchor_date"])
    return labels, extract(read_document(source.name, source.read_bytes()), made_on=made_on)


@pytest.mark.parametrize("stem", INHERITING)
def test_what_inherits_a_period(stem: str) -> None:
    labels, found = read(stem)
    places = {(c.tier.value, c.phrase.start, str(c.due)) for c in found}
    for label in labels["commitments"]:
        if label["tier"] == "inherited":
            assert ("inherited", label["phrase"]["start"], str(label["due"])) in places


def test_baselines_that_were_struck_out() -> None:
    _, found = read("en01")
    moved = {str(c.due): str(c.baseline_due) for c in found if c.baseline_due}
    assert moved == {"2020-10-31": "2020-09-30", "2020-07-31": "2020-06-30"}
