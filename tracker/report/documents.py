"""Per document, what it promised against what was delivered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from tracker.errors import UnknownDocument
from tracker.model import Milestone, Source, Status
from tracker.query import Query, replay
from tracker.texts import folded


class Delivery(StrEnum):
    """What became of a promise by a day, against the date first promised."""

    KEPT = "kept"
    LATE = "late"
    DELIVERED = "delivered"
    PARTLY = "partly"
    OVERDUE = "overdue"
    OWED = "owed"
    DROPPED = "dropped"


class PromiseOutcome(Struct, frozen=True):
    """One promise of a document, as it stood on the day, and what became of it."""

    milestone: Milestone
    delivery: Delivery


class DocumentPromises(Struct, frozen=True):
    """One document and its promises, by the date first promised."""

    source: Source
    titles: dict[str, str]
    promises: tuple[PromiseOutcome, ...]
    counts: dict[Delivery, int]


class Documents(Struct, frozen=True):
    """The documents asked for, by title; `out_of` counts the milestones that there were."""

    as_of: date
    documents: tuple[DocumentPromises, ...]
    out_of: int


def documents(
    milestones: Iterable[Milestone], query: Query, document: str | None = None
) -> Documents:
    """Return those whose title or address has `document` in it, or whose SHA-256 begins so.

    All documents if that is None. Milestones with the same SHA-256, or else the same address, or
    else the same title are from one document. Raises UnknownDocument, naming those there are.
    """
    then, as_of = replay(milestones, query).there, query.as_of
    found: dict[str, list[Milestone]] = {}
    for m in sorted(then, key=lambda m: (m.baseline_due or date.max, m.id)):
        if m.source is not None:
            key = m.source.sha256 or m.source.url or folded(m.source.document)
            found.setdefault(key, []).append(m)
    if document is not None:
        known = list(found.values())
        found = {key: ms for key, ms in found.items() if any(_is(m, document) for m in ms)}
        if not found:
            raise _unknown(document, known)
    made = (_promised([m for m in ms if query.chosen.holds(m)], as_of) for ms in found.values())
    there = [each for each in made if each is not None]
    by_title = sorted(there, key=lambda each: folded(each.source.document))
    return Documents(as_of, tuple(by_title), len(then))


def delivery(m: Milestone, as_of: date) -> Delivery:
    """Say what became of a promise; without a date, a completed one is just delivered."""
    if m.status is Status.COMPLETED:
        if m.slippage is None:
            return Delivery.DELIVERED
        return Delivery.KEPT if m.slippage <= 0 else Delivery.LATE
    if not m.is_open:
        return Delivery.DROPPED
    if m.status is Status.PARTLY_COMPLETED:
        return Delivery.PARTLY
    return Delivery.OVERDUE if m.is_overdue(as_of) else Delivery.OWED


def _promised(milestones: Sequence[Milestone], as_of: date) -> DocumentPromises | None:
    if not milestones or milestones[0].source is None:
        return None
    promises = tuple(PromiseOutcome(m, delivery(m, as_of)) for m in milestones)
    each = [promise.delivery for promise in promises]
    titles = {
        lang: words.document
        for m in reversed(milestones)
        for lang, words in m.translations.items()
        if words.document
    }
    return DocumentPromises(
        milestones[0].source, titles, promises, {d: each.count(d) for d in Delivery if d in each}
    )


def _is(m: Milestone, wanted: str) -> bool:
    source, part = m.source, folded(wanted)
    if source is None:
        return False
    titles = [source.document, *(w.document for w in m.translations.values())]
    named = any(part in folded(text) for text in (*titles, source.url) if text)
    return named or (len(part) >= 4 and (source.sha256 or "").lower().startswith(part))


def _unknown(wanted: str, known: Sequence[Sequence[Milestone]]) -> UnknownDocument:
    titles = [ms[0].source.document for ms in known if ms[0].source is not None]
    there = tuple(titles[:5]) + (("…",) if len(titles) > 5 else ())
    hint = "Give a part of one of these titles, its address or SHA-256: {there}."
    if not titles:
        hint = "`tracker extract FILE --add` keeps the document with what it adds."
    said = "No milestone is from a document {wanted!r}."
    return UnknownDocument(said, hint, wanted=wanted, there=there)
