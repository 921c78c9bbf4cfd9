"""The commitments that come with the tracker: facts in `seeds/*.json`, made into milestones."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from tracker.errors import BadValue
from tracker.message import Message
from tracker.model import (
    AS_REPORTED,
    Milestone,
    Modality,
    Precision,
    Source,
    Span,
    Stamp,
    Status,
    Target,
    Wording,
)


class _Document(Struct, forbid_unknown_fields=True):
    title_en: str
    title_zh: str
    publisher_en: str
    publisher_zh: str
    made_on: date
    published_on: date
    language: str
    sha256: str
    span_unit: str


class _Outcome(Struct, forbid_unknown_fields=True):
    """What the document reports of a promise made before it, on a day that it does not tell."""

    status: Status
    actual: str
    months_early: int


class _Commitment(Struct, forbid_unknown_fields=True):
    uid: str
    title: str
    title_zh: str
    due: date
    precision: Precision
    due_phrase: str
    modality: Modality
    owner: str | None = None
    owner_zh: str | None = None
    speaker: str | None = None
    phrase_span: tuple[int, int] | None = None
    clause_span: tuple[int, int] | None = None
    speaker_title: str | None = None
    phrase_is_inherited: bool = False
    targets: tuple[Target, ...] = ()
    quote: str | None = None
    outcome: _Outcome | None = None


class _Seed(Struct, forbid_unknown_fields=True):
    document: _Document
    recorded_at: datetime
    commitments: list[_Commitment]


def _folder() -> Path:
    installed = Path(__file__).parent / "seeds"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "seeds"


def names() -> list[str]:
    """Return the names that `load` takes, sorted."""
    return sorted(path.stem for path in _folder().glob("*.json"))


def load(name: str, first_id: int = 1) -> list[Milestone]:
    """Return the milestones of one seed, numbered from `first_id`. The same call, the same values.

    Raises BadValue for a name that is no seed.
    """
    if name not in names():
        raise BadValue(
            "There is no seed {name!r}.", "There are: {names}.", name=name, names=tuple(names())
        )
    seed = msgspec.json.decode((_folder() / f"{name}.json").read_bytes(), type=_Seed)
    return [
        _begin(first_id + place, commitment, seed)
        for place, commitment in enumerate(seed.commitments)
    ]


def _begin(id: int, c: _Commitment, seed: _Seed) -> Milestone:
    document = seed.document
    told: dict[str, Any] = {"made_on": document.made_on}
    if c.outcome is not None:
        # Somebody said so before; when and where, the document does not tell.
        shows = f"{document.title_en}, {document.made_on}"
        actual, months = c.outcome.actual, c.outcome.months_early
        why = str(Message(AS_REPORTED, actual=actual, months=months))
        told = {"status": c.outcome.status, "why": why, "evidence": shows}
    return Milestone.begin(
        id,
        c.uid,
        Stamp(seed.recorded_at, document.made_on),
        "seed",
        title=c.title,
        translations={"zh": Wording(c.title_zh, c.owner_zh, document.title_zh)},
        owner=c.owner,
        due=c.due,
        due_phrase=c.due_phrase,
        precision=c.precision,
        modality=c.modality,
        targets=c.targets,
        speaker=c.speaker,
        speaker_title=c.speaker_title,
        source=Source(
            document.title_en,
            publisher=document.publisher_en,
            published_on=document.published_on,
            sha256=document.sha256,
            phrase=Span(*c.phrase_span) if c.phrase_span else None,
            clause=Span(*c.clause_span) if c.clause_span else None,
            quote=c.quote,
            inherited=c.phrase_is_inherited,
        ),
        **told,
    )
