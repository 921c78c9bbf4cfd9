"""Proposals from elsewhere, a colleague's, a script's, a model's, held against the text.

Nothing is believed: the quote has to stand in the document word for word, the day is what the grammar
reads there and no other, and the words of who and what have to occur near it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tracker.errors import BadInput, BadValue, TrackerError, library_reason
from tracker.extract.candidate import Candidate
from tracker.extract.candidates import extract
from tracker.extract.document import Document
from tracker.extract.mention_context import Tier

_NEAR = 600
"""How many characters before and after the quote who and what may be named in."""
_ENOUGH = 0.6
"""The part of the words of what is to be done that must occur."""
_TOKEN = re.compile(r"[\u4e00-\u9fff]|[a-z0-9]{2,}")


class GivenProposal(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody proposes: words of the document, those of them that are the date, who, what."""

    quote: str
    when: str
    what: str
    who: str | None = None


def given_in(name: str, data: bytes) -> list[GivenProposal]:
    """The proposals of a JSON file. Raises BadInput for another form."""
    try:
        return msgspec.json.decode(data, type=list[GivenProposal])
    except msgspec.DecodeError as error:
        raise BadInput(
            "{name} holds no proposals: {error}.",
            'Write [{{"quote": "…", "when": "…", "what": "…", "who": "…"}}], who may be left out.',
            name=name,
            error=library_reason(error),
        ) from None


CheckedProposals = list[tuple[Document, Candidate]]


def check(
    documents: Iterable[Document], given: Iterable[GivenProposal], *, fiscal_year_start: int = 1
) -> tuple[CheckedProposals, list[TrackerError]]:
    """Return those that the documents bear out, and for each of the others why not."""
    read = [(d, extract(d, fiscal_year_start=fiscal_year_start)) for d in documents]
    held: CheckedProposals = []
    refused: list[TrackerError] = []
    for number, one in enumerate(given, 1):
        try:
            held.append(_held(number, one, read))
        except BadValue as error:
            refused.append(error)
    return held, refused


def _held(
    number: int, one: GivenProposal, read: list[tuple[Document, list[Candidate]]]
) -> tuple[Document, Candidate]:
    document, found = next(
        ((d, f) for d, f in read if one.quote and one.quote in d.text), (None, [])
    )
    if document is None:
        raise BadValue(
            "Proposal {number}: the quote stands in no document.",
            "Copy the words as they are, with their marks and spaces.",
            number=number,
        )
    start = document.text.index(one.quote)
    end = start + len(one.quote)
    dated = [c for c in found if c.tier is not Tier.INHERITED and _is_named(c, one, start, end)]
    if not dated:
        raise BadValue(
            "Proposal {number}: {when!r} is no date in the quote.",
            "Copy the words of the date out of the quote.",
            number=number,
            when=one.when,
        )
    near = set(_TOKEN.findall(document.text[max(0, start - _NEAR) : end + _NEAR].lower()))
    for field, words, enough in (("who", one.who or "", 1.0), ("what", one.what, _ENOUGH)):
        tokens = _TOKEN.findall(words.lower())
        missing = [token for token in tokens if token not in near]
        if len(missing) > (1 - enough) * len(tokens) or (field == "what" and not tokens):
            raise BadValue(
                "Proposal {number}: {field} has words that do not stand near the quote: {missing}.",
                "Name it as the document does.",
                number=number,
                field=field,
                missing=" ".join(missing) or "none",
            )
    return document, replace(
        dated[0], title=one.what, owner=one.who or dated[0].owner, likelihood=1.0
    )


def _is_named(c: Candidate, one: GivenProposal, start: int, end: int) -> bool:
    """Whether the date words are, or hold, the phrase that the grammar read within the quote."""
    inside = start <= c.phrase.start and c.phrase.end <= end
    return inside and bool(one.when) and (one.when in c.phrase.text or c.phrase.text in one.when)
