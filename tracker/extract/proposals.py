"""Candidates as proposals: numbered, held against the milestones there are, ready to take in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from msgspec import Struct
from msgspec.structs import replace

from tracker.actions import ImportItem, Matches, was_undone
from tracker.extract.candidate import Candidate
from tracker.extract.candidates import extract
from tracker.extract.document import Document
from tracker.extract.mention_context import Band, Tier
from tracker.message import Message
from tracker.model import Exhibit, Milestone, Source, Span
from tracker.texts import one_line

_SAYS = 6
"""How long a title must be to say what an act is."""


class Proposal(Struct, frozen=True):
    """A candidate of a document, its number in the run, and the milestone it became before.

    One whose adding was `undone` may be added again.
    """

    number: int
    document: Document
    candidate: Candidate
    known: Milestone | None = None
    undone: Milestone | None = None

    @property
    def heading(self) -> str:
        """The heading that it stands under."""
        return self.candidate.scene.heading if self.candidate.scene else ""

    def incoming(self, url: str | None, kept: Exhibit | None = None) -> ImportItem:
        """Return it as a milestone to take in, with the document as its source.

        The uid comes from the document's content and the place in it, so that two people who add
        the same candidate add the same milestone. `kept` is the copy of the document.
        """
        phrase, clause = self.candidate.phrase, self.candidate.clause
        place = f"sha256:{self.document.sha256}#{phrase.start},{clause.start}"
        where = Message("{path}, line {n}", path=self.document.name, n=self.candidate.line)
        uid = self.undone.uid if self.undone else str(uuid5(NAMESPACE_URL, place))
        told = self._fields(url)
        return ImportItem(where, uid, told, self.document.made_on, exhibit=kept)

    def _fields(self, url: str | None) -> dict[str, object]:
        candidate, document = self.candidate, self.document
        phrase, clause = candidate.phrase, candidate.clause
        source = Source(
            document.title,
            url=url,
            file=document.name,
            published_on=document.made_on,
            sha256=document.sha256,
            phrase=Span(phrase.start, phrase.end),
            clause=Span(clause.start, clause.end),
            quote=clause.text,
            inherited=candidate.tier is Tier.INHERITED,
        )
        return {
            "title": one_line(candidate.title),
            "baseline_due": candidate.baseline_due,
            "due": candidate.due,
            "precision": candidate.precision,
            "due_phrase": phrase.text,
            "modality": candidate.modality,
            "targets": candidate.targets,
            "speaker": candidate.speaker,
            "speaker_title": candidate.speaker_title,
            "owner": one_line(candidate.owner or "") or None,
            "supporting": candidate.supporting,
            "source": source,
        }


def propose(
    documents: Iterable[Document], milestones: Iterable[Milestone], *, fiscal_year_start: int = 1
) -> list[Proposal]:
    """Return the candidates of all documents, numbered; `fiscal_year_start` is a month, 1 to 12."""
    return numbered(
        (
            (document, candidate)
            for document in documents
            for candidate in _folded(extract(document, fiscal_year_start=fiscal_year_start))
        ),
        milestones,
    )


def numbered(
    candidates: Iterable[tuple[Document, Candidate]], milestones: Iterable[Milestone]
) -> list[Proposal]:
    """Return them in their order, held against the milestones, numbered through all documents.

    The likely ones come first in that count, then what is possible, then the other dates: a number
    stays what it is, whichever of them are shown.
    """
    known = _Known(milestones)
    found = [known.held(Proposal(0, document, c)) for document, c in candidates]
    ranked = sorted(range(len(found)), key=lambda at: list(Band).index(found[at].candidate.band))
    numbers = {at: number for number, at in enumerate(ranked, 1)}
    return [replace(one, number=numbers[at]) for at, one in enumerate(found)]


def _folded(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """The candidates without what says the same act and day again, which gives the first its line."""
    seen: dict[tuple[str, date], Candidate] = {}
    for c in candidates:
        if c.due is None or c.band is Band.OTHER or len(c.title) < _SAYS:
            seen[str(len(seen)), date.min] = c
            continue
        same = _plain(c.title).lower(), c.due
        first = seen.get(same)
        seen[same] = replace(first, again=(*first.again, c.line)) if first else c
    yield from seen.values()


class _Known:
    """The milestones that documents gave already, looked up by where they were said.

    A candidate is known by its clause's place in the very same document, or, when the document was
    changed since, by the clause's words and the due date; or else as any row of a file is. Removed milestones are known too: what
    was thrown out is not proposed again.
    """

    def __init__(self, milestones: Iterable[Milestone]) -> None:
        milestones = list(milestones)
        self._matches = Matches(milestones) if milestones else None
        self._places: dict[tuple[str, int], list[tuple[int, Milestone]]] = {}
        self._words: dict[tuple[str, object], Milestone] = {}
        for m in milestones:
            source = m.source
            if source is None:
                continue
            if source.sha256 and source.phrase:
                start = source.clause.start if source.clause else source.phrase.start
                place = self._places.setdefault((source.sha256, source.phrase.start), [])
                place.append((start, m))
            if source.quote:
                self._words[_plain(source.quote), m.baseline_due] = m

    def held(self, one: Proposal) -> Proposal:
        """Return the proposal with the milestone that it became before."""
        there = self.match(one)
        undone = there is not None and was_undone(there)
        return replace(one, undone=there) if undone else replace(one, known=there)

    def match(self, one: Proposal) -> Milestone | None:
        """Return the milestone that this candidate became before, if it did."""
        candidate, document = one.candidate, one.document
        phrase, clause = candidate.phrase, candidate.clause
        for start, m in self._places.get((document.sha256, phrase.start), ()):
            if start == clause.start or start == phrase.start >= clause.start:
                return m
        due = candidate.baseline_due or candidate.due
        if found := self._words.get((_plain(clause.text), due)):
            return found
        if self._matches is None:
            return None
        exact = self._matches.exactly(replace(one.incoming(None), has_uid=False))
        return exact if isinstance(exact, Milestone) else None


def _plain(words: str) -> str:
    """Return the words without white space, which an edited document wraps anew."""
    return "".join(words.split())
