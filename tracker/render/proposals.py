"""What documents propose, with the words that say it and the date phrase standing out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tracker.actions import removal
from tracker.due import parse
from tracker.errors import BadDate
from tracker.extract import Band, Candidate, Document
from tracker.extract.proposals import Proposal
from tracker.extract.verdict import features, reasons
from tracker.locale import Language
from tracker.message import Message
from tracker.model import SHORT, Milestone, Modality, Precision
from tracker.render.features import worded
from tracker.render.json import picked
from tracker.render.table import Screen, paint
from tracker.render.text import clean, fit, pad, width
from tracker.render.wrapping import wrapped

_QUOTED = 400
_PHRASE = "1;33"
BASES = (
    *("as given", "front matter", "event", "publication", "signature", "dateline", "heading"),
    "state",
)
"""What a document's own day may rest on."""
_REASONS = 8
_REPORTED = ("said before", "others before", "said by reporter")


def proposals(found: Sequence[Proposal], screen: Screen, *, why: bool = False) -> str:
    """Draw the proposals, each document's under its name; `why`: with what speaks for them."""
    lines: list[str] = []
    document: Document | None = None
    for proposal in found:
        if proposal.document is not document:
            document = proposal.document
            lines += ["", *_headline(document, screen)] if lines else _headline(document, screen)
        lines += ["", *_proposal(proposal, screen)]
        if why:
            lines += _why(proposal.candidate, screen)
    return "\n".join(lines)


def headline(document: Document, screen: Screen) -> str:
    """Draw what a document says of itself, with the line that tells its day."""
    line = clean(document.made_on_line)
    return "\n".join([*_headline(document, screen), *([f"     {line}"] if line else [])])


def under_review(one: Proposal, screen: Screen) -> str:
    """Draw a single proposal, for a question about it, with its section and the line before."""
    candidate, text = one.candidate, one.document.text
    begins = text.rfind("\n", 0, candidate.phrase.start) + 1
    before = clean(text[max(0, begins - _QUOTED) : begins].rstrip().rsplit("\n", 1)[-1])
    heading = clean(one.heading)
    lang = screen.lang
    lines = [f"     {lang.text('under {heading}', heading=heading)}"] if heading else []
    if before and before != heading:
        lines += wrapped("     ", before, screen.width)
    lines += _marked(candidate, _sentence(candidate, text), screen)
    when = candidate.due or lang.text("no date")
    who = candidate.owner or lang.text("nobody named")
    told = {lang.text("who"): who, lang.text("what"): candidate.title, lang.text("when"): when}
    for field, value in told.items():
        label = lang.text("{field}: ", field=field)
        lines += wrapped(" " * (8 - width(field)) + label, clean(str(value)), screen.width)
    if flags := [*_flags(one), *_repeated(candidate)]:
        lines += wrapped("          ", lang.join(map(lang.text, flags)), screen.width)
    return "\n".join([f"{one.number:>3}", *lines])


def _sentence(candidate: Candidate, text: str) -> tuple[str, str]:
    start, end = candidate.phrase.start, candidate.phrase.end
    scene = candidate.scene
    if scene is None:
        return "", ""
    return text[start - len(scene.before) : start], text[end : end + len(scene.after)]


def _flags(one: Proposal) -> Iterator[Message]:
    """What to look at twice."""
    candidate, made_on = one.candidate, one.document.made_on
    if candidate.year_assumed and candidate.due:
        yield Message("year assumed")
    if candidate.due and made_on and candidate.due < made_on:
        yield Message("before the document's day")
    if candidate.scene and any(f.startswith(_REPORTED) for f in features(candidate.scene)):
        yield Message("reported by somebody else")


def _repeated(candidate: Candidate) -> Iterator[Message]:
    if candidate.again:
        yield Message("said again in line {lines}", lines=tuple(candidate.again))


def _why(candidate: Candidate, screen: Screen) -> Iterator[str]:
    """Yield what spoke for and against it, the weightiest first."""
    lang, share = screen.lang, candidate.likelihood
    if candidate.scene is None:
        yield "     " + lang.text("{share:.0%} likely: inherits its date", share=share)
        return
    found = reasons(candidate.scene)
    yield "     " + lang.text("{share:.0%} likely", share=share)
    for side, those in (
        (lang.text("for:"), [r for r in found if r.weight > 0]),
        (lang.text("against:"), [r for r in found if r.weight < 0]),
    ):
        named = [
            f"{worded(r.feature, lang)}{f' ({clean(r.words)})' if r.words else ''} {r.weight:+.1f}"
            for r in those
        ]
        if named:
            yield from wrapped(f"     {pad(side, 9)}", lang.join(named[:_REASONS]), screen.width)


def as_json(proposal: Proposal, *, why: bool = False) -> dict[str, Any]:
    candidate = proposal.candidate
    fields = picked(candidate, *(f for f in candidate.__struct_fields__ if f != "scene"))
    return {
        "number": proposal.number,
        "document": proposal.document.name,
        **fields,
        "band": candidate.band,
        **({"why": reasons(candidate.scene)} if why and candidate.scene else {}),
        "milestone": proposal.known.id if proposal.known else None,
    }


def document_json(document: Document) -> dict[str, Any]:
    made = ("made_on", "made_on_basis", "made_on_line", "made_on_sure")
    return picked(document, "name", "title", "sha256", *made, "language")


def _headline(document: Document, screen: Screen) -> Iterable[str]:
    name = clean(document.name)
    titled = f"{name}{screen.lang.colon}{clean(document.title)}"
    yield paint(fit(titled, screen.width), "1", screen.colour)
    if document.made_on is None:
        sentence = (
            "no date of its own; give --made-on, or phrases such as {phrase} stay without a year"
        )
        phrase = "6月底前" if document.language == "zh" else "by the end of June"
        told = screen.lang.text(sentence, phrase=phrase)
    else:
        told = screen.lang.text("said on {day}", day=document.made_on)
        if document.made_on_basis:
            basis = screen.lang.word("basis", document.made_on_basis)
            told = screen.lang.text("{due} ({evidence})", due=told, evidence=basis)
        if not document.made_on_sure:
            sentence = "{said}; not sure, give --made-on if it is another: {line}"
            told = screen.lang.text(sentence, said=told, line=clean(document.made_on_line))
    yield from (paint(line, "2", screen.colour) for line in wrapped("", told, screen.width))


def _proposal(proposal: Proposal, screen: Screen) -> Iterable[str]:
    candidate, lang = proposal.candidate, screen.lang
    due = candidate.due.isoformat() if candidate.due else lang.text("no date")
    named = candidate.due and candidate.precision is not Precision.DAY
    span = lang.precision(candidate.precision)
    dated = lang.text("{due} ({evidence})", due=due, evidence=span) if named else due
    if candidate.band is not Band.LIKELY:
        dated = lang.join([dated, lang.text(candidate.band.value)])
    label = f"{proposal.number:>3}  {dated}  "
    title = list(wrapped(label, clean(candidate.title), screen.width))
    known = proposal.known
    yield from (title if known else [paint(line, "1", screen.colour) for line in title])
    people = (candidate.organisation, candidate.owner, candidate.speaker)
    said = [clean(name) for name in dict.fromkeys(filter(None, people))]
    told = [*said, *(screen.lang.target(one) for one in candidate.targets)]
    if candidate.modality != "firm":
        told.insert(0, lang.modality(Modality(candidate.modality)))
    told += map(lang.text, _flags(proposal))
    if candidate.baseline_due:
        told.append(lang.text("first due {day}", day=candidate.baseline_due))
    told += map(lang.text, _repeated(candidate))
    if told:
        yield from wrapped("     ", clean(lang.join(told)), screen.width)
    yield from _quote(proposal, screen)
    if why := _undated(proposal):
        yield from wrapped("     ", clean(lang.text(why)), screen.width)
    if known:
        state = _state(known, lang)
        there = lang.text("milestone {id} ({state})", id=known.id, state=state)
        yield from wrapped("     = ", there, screen.width)


def _state(known: Milestone, lang: Language) -> str:
    if known.removed_on is None:
        return lang.status(known.status)
    name = removal(known).digest[:SHORT]
    return lang.text("removed; `tracker undo {change}` brings it back", change=name)


def _undated(proposal: Proposal) -> Message | None:
    """Why the phrase gives no date, and what to write instead, if the phrase itself is why."""
    made_on = proposal.document.made_on
    if proposal.candidate.due is not None or made_on is None:
        return None
    try:
        parse(proposal.candidate.phrase.text, made_on)
    except BadDate as refusal:
        return refusal.in_full
    return None


def _quote(proposal: Proposal, screen: Screen) -> Iterable[str]:
    """Yield the clause with its phrase marked: by colour, or by brackets where there is none."""
    candidate = proposal.candidate
    clause, phrase = candidate.clause, candidate.phrase
    before = clause.text[: max(0, phrase.start - clause.start)]
    after = clause.text[phrase.end - clause.start :] if phrase.start >= clause.start else ""
    inside = clause.start <= phrase.start < clause.end
    around = (before, after) if inside else ("", f" … {clause.text}")
    yield from _marked(candidate, around, screen)


def _marked(candidate: Candidate, around: tuple[str, str], screen: Screen) -> Iterable[str]:
    """Yield words with the phrase between them."""
    before, after = map(clean, around)
    marked = f"[{clean(candidate.phrase.text)}]"
    text = f"{before}{marked}{after}"
    if len(text) > _QUOTED:
        text = text[:_QUOTED] + "…"
    first = f"     {screen.lang.text('line {line}: ', line=candidate.line)}"
    for line in wrapped(first, text, screen.width):
        yield line.replace(marked, paint(marked, _PHRASE, screen.colour))
