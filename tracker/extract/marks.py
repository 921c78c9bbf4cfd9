"""What somebody decided on a document's dates, as a line of marks that the verdict can learn from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePath

from tracker.extract.candidate import Candidate
from tracker.extract.document import Document
from tracker.message import Message

WHY = {
    "h": Message("history: done, or past"),
    "s": Message("somebody else's wish, forecast or demand"),
    "c": Message("a condition, a question or an example"),
    "r": Message("a rule, or what recurs"),
    "m": Message("misread: no date, or no act"),
}
"""Why a date is no promise, by the letter that is typed for it."""


def line(
    document: Document,
    accepted: Sequence[Candidate],
    rejected: Sequence[tuple[Candidate, str]],
    undecided: Sequence[Candidate],
) -> str:
    """The document with its marks as a line of JSON; dates that nobody decided on count neither way."""
    plain = PurePath(document.name).suffix in (".txt", ".md")
    told = {
        "file": document.name if plain else f"{document.name}.txt",
        "made_on": str(document.made_on) if document.made_on else None,
        "text": document.text,
        "commitments": [
            {**_place(c), "due": str(c.due) if c.due else None, "title": c.title, "owner": c.owner}
            for c in accepted
        ],
        "traps": [{**_place(c), "why": WHY.get(why, "")} for c, why in rejected],
        "grey": [_place(c) for c in undecided],
    }
    return json.dumps(told, ensure_ascii=False) + "\n"


def _place(candidate: Candidate) -> dict[str, object]:
    return {"at": candidate.phrase.start, "phrase": candidate.phrase.text}
