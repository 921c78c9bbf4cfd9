"""Per document, promised against delivered, with the words and the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar, NamedTuple

from msgspec import Struct

from tracker.locale import Language
from tracker.message import Message
from tracker.model import Milestone, Option, Source
from tracker.render import columns, json
from tracker.render.columns import ID, TITLE, Column, escape_markdown, field_cell, owner
from tracker.render.effect import days
from tracker.render.reports import View
from tracker.render.rows import iso
from tracker.render.table import Screen, paint, standing_words
from tracker.render.text import clean, fit, pad
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped
from tracker.report.documents import (
    Delivery,
    DocumentPromises,
    Documents,
    PromiseOutcome,
    documents,
)

DELIVERIES = {
    Delivery.KEPT: ("32", Message("completed by the date first promised")),
    Delivery.LATE: ("33", Message("completed after the date first promised")),
    Delivery.DELIVERED: (
        "32",
        Message("completed, without a date that was promised or a day that is known"),
    ),
    Delivery.PARTLY: ("33", Message("partly completed")),
    Delivery.OVERDUE: ("31;1", Message("owed, and its date has passed")),
    Delivery.OWED: ("", Message("owed, and there is time")),
    Delivery.DROPPED: ("2", Message("cancelled or superseded")),
}
"""The style of each, and what it means."""


class SourceTerms(Struct, frozen=True):
    """Which document; each if it is None."""

    document: Annotated[str | None, Option("", "[DOC]", "")] = None


class _Row(NamedTuple):
    document: DocumentPromises
    milestone: Milestone
    delivery: Delivery

    @property
    def source(self) -> Source:
        return self.milestone.source or self.document.source


class SourceView(View[Documents, SourceTerms]):
    """A section a document: what was promised, in whose words, and what came of it."""

    help = """Hold what a document promised against what was delivered.

    DOC is a part of its title, in any language, of its address, or the beginning of its SHA-256.
    Without it, every document.
    """
    terms = SourceTerms
    report = staticmethod(documents)
    nothing = Message("No milestone on {day} that matches is from a document.")
    columns: ClassVar[Sequence[Column[_Row]]] = (
        Column("document", "DOCUMENT", lambda row, lang: _title(row.document, lang)),
        ID,
        Column("promised", "PROMISED", field_cell("baseline_due")),
        Column("phrase", "AS SAID", lambda row, _: _phrase(row.milestone)),
        Column("due", "DUE NOW", field_cell("due")),
        Column("delivery", "DELIVERED", lambda row, _: Message(row.delivery.value)),
        Column("completed_on", "COMPLETED", field_cell("completed_on")),
        Column("slippage_days", "SLIPPED", field_cell("slippage"), right=True),
        owner(),
        TITLE,
        Column("targets", "TARGETS", lambda row, lang: _targets(row.milestone, lang)),
        Column("quote", "QUOTE", lambda row, _: row.source.quote),
        Column("evidence", "EVIDENCE", lambda row, _: _evidence(row.milestone)),
        Column("url", "ADDRESS", lambda row, _: row.source.url),
        Column("sha256", "SHA-256", lambda row, _: row.source.sha256),
    )

    def records(self, result: Documents) -> Sequence[_Row]:
        return [
            _Row(one, of.milestone, of.delivery) for one in result.documents for of in one.promises
        ]

    def lines(self, result: Documents, screen: Screen) -> Iterator[str]:
        for document in result.documents:
            yield from _heading(document, screen)
            for promise in document.promises:
                yield from _promise(promise, result, screen)
            yield ""
        shown = {each for document in result.documents for each in document.counts}
        for each in Delivery:
            if each in shown:
                yield from screen.paragraph(
                    DELIVERIES[each][1], pad(screen.lang.text(each.value), 10)
                )
        yield screen.lang.text("Next: `tracker show ID`.")

    def markdown(self, result: Documents, lang: Language) -> str:
        parts = []
        for document in result.documents:
            one = Documents(result.as_of, (document,), result.out_of)
            title = escape_markdown(clean(_title(document, lang)))
            rows = [row[1:] for row in self.rows(one, lang)]
            said = lang.text(
                "On {day}: {counts}.", day=result.as_of, counts=_counts(document, lang)
            )
            parts += [f"## {title}", said]
            parts.append(columns.markdown(self.columns[1:], rows, lang))
        return "\n\n".join(parts)

    def content(self, result: Documents) -> dict[str, Any]:
        return {
            "as_of": result.as_of,
            "count": len(result.documents),
            "documents": [
                {
                    "document": document.source.document,
                    "translations": document.titles,
                    **json.picked(document.source, "publisher", "url", "published_on", "sha256"),
                    "counts": document.counts,
                    "promises": [
                        json.row(promise.milestone, result.as_of)
                        | {
                            "delivery": promise.delivery,
                            "evidence": [change.evidence for change in promise.milestone.evidence],
                        }
                        for promise in document.promises
                    ],
                }
                for document in result.documents
            ],
        }


VIEW = SourceView()


def _heading(document: DocumentPromises, screen: Screen) -> Iterator[str]:
    yield from (
        paint(line, "1", screen.colour)
        for line in wrapped("", clean(_title(document, screen.lang)), screen.width)
    )
    about = _about(document.source, screen.lang)
    if about:
        yield from wrapped("", about, screen.width)
    yield from wrapped("", _counts(document, screen.lang), screen.width)


def _about(source: Source, lang: Language) -> str:
    told = (source.publisher, iso(source.published_on), source.url)
    sha = f"SHA-256 {source.sha256[:12]}…" if source.sha256 else None
    return clean(lang.join(filter(None, (*told, sha))))


def _counts(document: DocumentPromises, lang: Language) -> str:
    number = "{number} {standing}"
    counts = lang.join(
        lang.text(number, number=count, standing=lang.text(each))
        for each, count in document.counts.items()
    )
    promises = lang.plural("{n} promise", "{n} promises", len(document.promises))
    return lang.text("{what}: {counts}", what=promises, counts=counts)


def _promise(promise: PromiseOutcome, result: Documents, screen: Screen) -> Iterator[str]:
    m = promise.milestone
    word = screen.lang.text(promise.delivery.value)
    head = fit(f"{m.id:>4}  {pad(word, 9)}  {wording(m, screen.lang).title}", screen.width)
    yield head.replace(word, paint(word, DELIVERIES[promise.delivery][0], screen.colour), 1)
    for label, text in _facts(m, result, screen.lang):
        if text:
            yield from wrapped(f"      {pad(label, 9)}  ", clean(text), screen.width)


def _facts(m: Milestone, result: Documents, lang: Language) -> Iterator[tuple[str, str]]:
    source = m.source
    phrase = _phrase(m)
    by = lang.text("by {due}", due=iso(m.baseline_due)) if m.baseline_due else lang.text("no date")
    promised = lang.text("{due} (“{phrase}”)", due=by, phrase=phrase) if phrase else by
    yield lang.text("promised"), promised
    yield lang.text("quote"), f"“{source.quote}”" if source and source.quote else ""
    yield lang.text("now"), _now(m, result, lang)
    yield lang.text("targets"), _targets(m, lang)
    none = lang.text("none: unverified") if m.is_unverified else ""
    yield lang.text("evidence"), _evidence(m) or none


def _now(m: Milestone, result: Documents, lang: Language) -> str:
    told = [standing_words(m, result.as_of, lang)]
    if m.completed_on is not None:
        told = [lang.text("completed on {day}", day=m.completed_on)]
        if m.slippage:
            far = days(m.slippage, lang)
            told.append(lang.text("{days} from the baseline", days=far))
    elif m.due is None and m.baseline_due is not None:
        told.append(lang.text("now due at no date"))
    elif m.due != m.baseline_due:
        told.append(lang.text("now due {day}", day=m.due))
    return lang.join(told)


def _targets(m: Milestone, lang: Language) -> str:
    return lang.listed(map(lang.target, m.targets))


def _evidence(m: Milestone) -> str:
    return "; ".join(change.evidence or "" for change in m.evidence)


def _phrase(m: Milestone) -> str:
    """Return the phrase as it stood in the document: the first one, whatever came later."""
    was = (change.was.values() for change in m.effective)
    first = next((old["due_phrase"] for old in was if "due_phrase" in old), m.due_phrase)
    return clean(first) if isinstance(first, str) else ""


def _title(document: DocumentPromises, lang: Language) -> str:
    known = document.titles
    return lang.translation(known) or document.source.document
