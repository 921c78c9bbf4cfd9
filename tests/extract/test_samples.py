"""Samples with their labels in JSON beside them: spans, dates, tiers, and the traps among them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tracker.extract import Candidate, Tier, extract, read_document

SAMPLES = Path(__file__).parent / "samples"
LABELLED = sorted(SAMPLES.glob("*.json"))
_FISCAL_YEAR_START = {"en02": 10}


def read(path: Path) -> tuple[dict[str, Any], list[Candidate]]:
    labels = json.loads(path.read_text(encoding="utf-8"))
    [source] = (p for p in SAMPLES.glob(f"{path.stem}.*") if p.suffix != ".json")
    of = labels["document"]
    found = extract(
        read_document(source.name, source.read_bytes()),
        made_on=date.fromisoformat(of.get("made_on") or of["anchor_date"]),
        fiscal_year_start=_FISCAL_YEAR_START.get(path.stem, 1),
    )
    return labels, found


def phrase(label: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = label.get("phrase") or label["date_phrase"]
    return found


@pytest.mark.parametrize("path", LABELLED, ids=lambda path: path.stem)
def test_explicit_commitments_and_only_those(path: Path) -> None:
    labels, found = read(path)
    wanted = [c for c in labels["commitments"] if c["tier"] == "explicit"]
    told = [c for c in found if c.tier is Tier.EXPLICIT]
    matched = []
    for label in wanted:
        span = phrase(label)
        [one] = (c for c in told if c.phrase.start < span["end"] and c.phrase.end > span["start"])
        assert str(one.due) == label["due"], span["text"]
        matched.append(one)
    assert [c.phrase.text for c in told if c not in matched] == []


@pytest.mark.parametrize("path", LABELLED, ids=lambda path: path.stem)
def test_horizons_and_what_inherits_them(path: Path) -> None:
    labels, found = read(path)
    places = {(c.tier.value, c.phrase.start, str(c.due)) for c in found}
    for label in labels["commitments"]:
        if label["tier"] in ("horizon", "inherited"):
            assert (label["tier"], phrase(label)["start"], str(label["due"])) in places


def test_baselines_that_were_struck_out() -> None:
    _, found = read(SAMPLES / "en01.json")
    moved = {str(c.due): str(c.baseline_due) for c in found if c.baseline_due}
    assert moved == {"2020-10-31": "2020-09-30", "2020-07-31": "2020-06-30"}
