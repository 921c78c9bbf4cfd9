"""What documents propose, with the words that say it and the date phrase standing out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tracker.actions import removal
from tracker.due import parse
from tracker.errors import BadDate
from tracker.extract import Document, Tier
from tracker.extract.proposals import Proposal
from tracker.model import SHORT, Milestone, Precision
from tracker.render.detail import target_words
from tracker.render.table import Screen, paint
from tracker.render.text import clean, fit
from tracker.render.wrapping import wrapped

_QUOTED = 400
_PHRASE = "1;33"


def proposals(found: Sequence[Proposal], screen: Screen) -> str:
    """Draw the proposals, each document's under its name."""
    lines: list[str] = []
    document: Document | None = None
    for proposal in found:
        if proposal.document is not document:
            document = proposal.document
            lines += ["", *_headline(document, screen)] if lines else _headline(document, screen)
        lines += ["", *_proposal(proposal, screen)]
    return "\n".join(lines)


def proposal(one: Proposal, screen: Screen) -> str:
    """Draw a single proposal, for a question about it."""
    return "\n".join(_proposal(one, screen))


def as_json(proposal: Proposal) -> dict[str, Any]:
    """Return the fields of a proposal as the JSON contract has them."""
    candidate = proposal.candidate
    fields = {field: getattr(candidate, field) for field in candidate.__struct_fields__}
    return {
        "number": proposal.number,
        "document": proposal.document.name,
        **fields,
        "milestone": proposal.known.id if proposal.known else None,
    }


def document_json(document: Document) -> dict[str, Any]:
    """Return what is known of a document, without its text."""
    named = (
        "name",
        "title",
        "sha256",
        "made_on",
        "made_on_basis",
        "made_on_line",
        "made_on_sure",
        "language",
    )
    return {field: getattr(document, field) for field in named}


def _headline(document: Document, screen: Screen) -> Iterable[str]:
    name = clean(document.name)
    yield paint(fit(f"{name}: {clean(document.title)}", screen.width), "1", screen.colour)
    if document.made_on is None:
        told = "no date of its own; give --made-on, or phrases such as 6月底前 stay without a year"
    else:
        told = f"said on {document.made_on}" + (
            f" ({document.made_on_basis})" if document.made_on_basis else ""
        )
        if not document.made_on_sure:
            told += f"; not sure, give --made-on if it is another: {clean(document.made_on_line)}"
    yield paint(fit(told, screen.width), "2", screen.colour)


def _proposal(proposal: Proposal, screen: Screen) -> Iterable[str]:
    candidate = proposal.candidate
    due = candidate.due.isoformat() if candidate.due else "no date"
    named = candidate.due and candidate.precision is not Precision.DAY
    exact = f" ({candidate.precision})" if named else ""
    tier = "" if candidate.tier is Tier.EXPLICIT else f", {candidate.tier}"
    label = f"{proposal.number:>3}  {due}{exact}{tier}  "
    title = list(wrapped(label, clean(candidate.title), screen.width))
    known = proposal.known
    yield from (title if known else [paint(line, "1", screen.colour) for line in title])
    people = (candidate.organisation, candidate.owner, candidate.speaker)
    said = [clean(name) for name in dict.fromkeys(filter(None, people))]
    told = [*said, *(target_words(one, screen.lang) for one in candidate.targets)]
    if candidate.modality != "firm":
        told.insert(0, candidate.modality)
    if candidate.year_assumed and candidate.due:
        told.append("year assumed")
    if candidate.baseline_due:
        told.append(f"first due {candidate.baseline_due}")
    if told:
        yield from wrapped("     ", clean(", ".join(told)), screen.width)
    yield from _quote(proposal, screen)
    if why := _undated(proposal):
        yield from wrapped("     ", clean(why), screen.width)
    if known:
        yield from wrapped("     = ", f"milestone {known.id} ({_state(known)})", screen.width)


def _state(known: Milestone) -> str:
    if known.removed_on is None:
        return known.status
    return f"removed; `tracker undo {removal(known).digest[:SHORT]}` brings it back"


def _undated(proposal: Proposal) -> str | None:
    """Why the phrase gives no date, and what to write instead, if the phrase itself is why."""
    made_on = proposal.document.made_on
    if proposal.candidate.due is not None or made_on is None:
        return None
    try:
        parse(proposal.candidate.phrase.text, made_on)
    except BadDate as refusal:
        return str(refusal)
    return None


def _quote(proposal: Proposal, screen: Screen) -> Iterable[str]:
    """Yield the clause with its phrase marked: by colour, or by brackets where there is none."""
    candidate = proposal.candidate
    clause, phrase = candidate.clause, candidate.phrase
    before = clean(clause.text[: max(0, phrase.start - clause.start)])
    after = clean(clause.text[phrase.end - clause.start :]) if phrase.start >= clause.start else ""
    marked = f"[{clean(phrase.text)}]"
    inside = clause.start <= phrase.start < clause.end
    text = f"{before}{marked}{after}" if inside else f"{marked} … {clean(clause.text)}"
    if len(text) > _QUOTED:
        text = text[:_QUOTED] + "…"
    first = f"     line {candidate.line}: "
    for line in wrapped(first, text, screen.width):
        yield line.replace(marked, paint(marked, _PHRASE, screen.colour))
