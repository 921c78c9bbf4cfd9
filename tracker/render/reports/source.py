"""Per document, promised against delivered, with the words and the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from msgspec import Struct

from tracker.locale import Language
from tracker.model import Milestone, Option, Source
from tracker.query import Query
from tracker.render import columns, json
from tracker.render.columns import Column, Row
from tracker.render.detail import target_words
from tracker.render.effect import days
from tracker.render.reports import View, count
from tracker.render.rows import escape_markdown, iso
from tracker.render.table import Screen, paint, standing_words
from tracker.render.text import clean, fit
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped
from tracker.report.documents import Delivery, Documents, Promise, Promised, documents

STYLES = {
    Delivery.KEPT: "32",
    Delivery.LATE: "33",
    Delivery.DELIVERED: "32",
    Delivery.PARTLY: "33",
    Delivery.OVERDUE: "31;1",
    Delivery.OWED: "",
    Delivery.DROPPED: "2",
}
MEANINGS = {
    Delivery.KEPT: "completed by the date first promised",
    Delivery.LATE: "completed after the date first promised",
    Delivery.DELIVERED: "completed, no date was promised",
    Delivery.PARTLY: "partly completed",
    Delivery.OVERDUE: "owed, and its date has passed",
    Delivery.OWED: "owed, and there is time",
    Delivery.DROPPED: "cancelled or superseded",
}


class Terms(Struct, frozen=True):
    """Which document; each if it is None."""

    document: Annotated[str | None, Option("", "[DOC]", "")] = None


class SourceView(View[Documents, Terms]):
    """A section a document: what was promised, in whose words, and what came of it."""

    help = """Hold what a document promised against what was delivered.

    DOC is a part of its title, in any language, of its address, or the beginning of its SHA-256.
    Without it, every document.
    """
    terms = Terms
    columns = (
        Column("document", "DOCUMENT"),
        Column("id", "ID", right=True),
        Column("promised", "PROMISED"),
        Column("phrase", "AS SAID"),
        Column("due", "DUE NOW"),
        Column("delivery", "DELIVERED"),
        Column("completed_on", "COMPLETED"),
        Column("slippage_days", "SLIPPED", right=True),
        Column("owner", "RESPONSIBLE"),
        Column("title", "TITLE"),
        Column("targets", "TARGETS"),
        Column("quote", "QUOTE"),
        Column("evidence", "EVIDENCE"),
        Column("url", "ADDRESS"),
        Column("sha256", "SHA-256"),
    )

    def result(self, milestones: Iterable[Milestone], query: Query, terms: Terms) -> Documents:
        return documents(milestones, query, terms.document)

    def none(self, result: Documents) -> str:
        none = f"No milestone on {result.as_of} that matches is from a document."
        return "" if result.documents else none

    def lines(self, result: Documents, screen: Screen) -> Iterator[str]:
        for document in result.documents:
            yield from _heading(document, screen)
            for promise in document.promises:
                yield from _promise(promise, result, screen)
            yield ""
        shown = {each for document in result.documents for each in document.counts}
        for each in Delivery:
            if each in shown:
                yield from wrapped(f"{each:<10}", MEANINGS[each], screen.width)
        yield "Next: `tracker show ID`."

    def rows(self, result: Documents, lang: Language) -> Iterator[Row]:
        for document in result.documents:
            for promise in document.promises:
                m, source = promise.milestone, promise.milestone.source or document.source
                words = wording(m, lang)
                yield (
                    _title(document, lang),
                    m.id,
                    iso(m.baseline_due),
                    _phrase(m),
                    iso(m.due),
                    promise.delivery,
                    iso(m.completed_on),
                    m.slippage,
                    words.owner,
                    words.title,
                    "; ".join(map(target_words, m.targets)),
                    source.quote,
                    _evidence(m),
                    source.url,
                    source.sha256,
                )

    def markdown(self, result: Documents, lang: Language) -> str:
        """Return a heading and a table a document."""
        parts = []
        for document in result.documents:
            one = Documents(result.as_of, (document,), result.out_of)
            title = escape_markdown(clean(_title(document, lang)))
            rows = [row[1:] for row in self.rows(one, lang)]
            parts += [f"## {title}", f"On {result.as_of}: {_counts(document)}."]
            parts.append(columns.markdown(self.columns[1:], rows))
        return "\n\n".join(parts)

    def content(self, result: Documents) -> dict[str, Any]:
        return {
            "as_of": result.as_of,
            "count": len(result.documents),
            "documents": [
                {
                    "document": document.source.document,
                    "translations": document.titles,
                    "publisher": document.source.publisher,
                    "url": document.source.url,
                    "published_on": document.source.published_on,
                    "sha256": document.source.sha256,
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


def _heading(document: Promised, screen: Screen) -> Iterator[str]:
    yield from (
        paint(line, "1", screen.colour)
        for line in wrapped("", clean(_title(document, screen.lang)), screen.width)
    )
    about = _about(document.source)
    if about:
        yield from wrapped("", about, screen.width)
    yield from wrapped("", f"{_counts(document)}.", screen.width)


def _about(source: Source) -> str:
    told = (source.publisher, iso(source.published_on), source.url)
    sha = f"SHA-256 {source.sha256[:12]}…" if source.sha256 else None
    return clean(", ".join(filter(None, (*told, sha))))


def _counts(document: Promised) -> str:
    counts = ", ".join(f"{number} {each}" for each, number in document.counts.items())
    return f"{count(len(document.promises), 'promise')}: {counts}"


def _promise(promise: Promise, result: Documents, screen: Screen) -> Iterator[str]:
    m = promise.milestone
    head = fit(f"{m.id:>4}  {promise.delivery:<9}  {wording(m, screen.lang).title}", screen.width)
    word = promise.delivery.value
    yield head.replace(word, paint(word, STYLES[promise.delivery], screen.colour), 1)
    for label, text in _facts(m, result):
        if text:
            yield from wrapped(f"      {label:<9}  ", clean(text), screen.width)


def _facts(m: Milestone, result: Documents) -> Iterator[tuple[str, str]]:
    source = m.source
    phrase = _phrase(m)
    said = f" (“{phrase}”)" if phrase else ""
    yield "promised", f"by {iso(m.baseline_due)}{said}" if m.baseline_due else f"no date{said}"
    yield "quote", f"“{source.quote}”" if source and source.quote else ""
    yield "now", _now(m, result)
    yield "targets", "; ".join(map(target_words, m.targets))
    yield "evidence", _evidence(m) or ("none: unverified" if m.is_unverified else "")


def _now(m: Milestone, result: Documents) -> str:
    if m.completed_on is not None:
        far = f", {days(m.slippage)} from the baseline" if m.slippage else ""
        return f"completed on {m.completed_on}{far}"
    moved = f", now due {iso(m.due) or 'at no date'}" if m.due != m.baseline_due else ""
    return standing_words(m, result.as_of) + moved


def _evidence(m: Milestone) -> str:
    return "; ".join(change.evidence or "" for change in m.evidence)


def _phrase(m: Milestone) -> str:
    """Return the phrase as it stood in the document: the first one, whatever came later."""
    was = (change.was.values() for change in m.effective)
    first = next((old["due_phrase"] for old in was if "due_phrase" in old), m.due_phrase)
    return clean(first) if isinstance(first, str) else ""


def _title(document: Promised, lang: Language) -> str:
    known = document.titles
    return lang.translation(known) or document.source.document
