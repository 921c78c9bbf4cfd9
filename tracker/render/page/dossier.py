"""All that is told of one promise at an address of its own: pages, cards and badges draw from it.

What it says stays true from day to day until the promise stands elsewhere: overdue since a day, and
not for so many days. So nothing is written anew for the sake of a date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from msgspec import Struct

from tracker.locale import Language
from tracker.message import Message
from tracker.model import SHORT, Assessment, Change, Milestone, Standing, standing
from tracker.render.changes import found
from tracker.render.context import Passage
from tracker.render.links import Link, link
from tracker.render.page.entry import Fact, LangText, PageEntry, PageMark, entry, lang_text, mark
from tracker.render.text import legible
from tracker.render.wording import wording


class QuoteExcerpt(NamedTuple):
    """A quotation, and in it the words that set the date; they are "" where it does not say."""

    before: str
    phrase: str
    after: str
    lang: str | None


class NamedLink(NamedTuple):
    """Something named, and where its page is; None if it has none."""

    name: LangText
    href: str | None


class PromiseLink(NamedTuple):
    """Another promise: its title, its page, and where it stands."""

    title: LangText
    href: str
    mark: PageMark
    stands: str


class Relation(NamedTuple):
    """How promises belong together: a label, and the others."""

    label: str
    others: list[PromiseLink]


class FoundItem(NamedTuple):
    """What somebody found, when, why, and with what proof; `key` names it to who disputes it."""

    key: str
    day: str
    said: str
    why: str
    evidence: Link | None


class Dossier(Struct, frozen=True):
    """One promise on a day. `entry` has its facts, evidence and history in words."""

    milestone: Milestone
    entry: PageEntry
    standing: Standing
    stands: str
    quote: QuoteExcerpt | None
    said: list[NamedLink]
    owners: list[NamedLink]
    tags: list[NamedLink]
    findings: list[FoundItem]
    relations: list[Relation]
    verdict: Change | None
    passage: Passage | None = None

    @property
    def title(self) -> str:
        return self.entry.title.text


Addresses = Callable[[str, str], str]
"""Where the page of a group and a name is, such as ("owner", "Police")."""


def dossier(
    m: Milestone,
    as_of: date,
    lang: Language,
    to: Addresses,
    related: Iterable[tuple[Message, Milestone]],
    first: Iterable[Fact] = (),
    passage: Passage | None = None,
    mentioned: Iterable[Milestone] = (),
) -> Dossier:
    """Tell all of a promise, `first` ahead of its facts, its quote within a `passage`.

    `related` are others that may be named, each with what it is to it; `mentioned` are those that
    its history names.
    """
    named = {other.uid: _mention(other, lang, to) for other in mentioned}
    shown = entry(m, as_of, lang, tuple(first), named)
    apart = {lang.label(f) for f in ("source", "speaker", "supporting", "tags")}
    apart.add(lang.text("Quote"))
    facts = [fact for fact in shown.facts if fact.label not in apart]
    bodies = [(wording(m, lang).owner, m.owner), *((name, name) for name in m.supporting)]
    return Dossier(
        m,
        shown._replace(facts=facts),
        standing(m, as_of),
        standing_sentence(m, as_of, lang),
        _quote(m, lang),
        list(_provenance(m, lang, to)),
        [_place(shown_as or "", to("owner", name), lang) for shown_as, name in bodies if name],
        [_place(tag, to("tag", tag), lang) for tag in m.tags],
        [
            _finding(m, change, change.assessment, lang)
            for change in m.assessments
            if change.assessment
        ],
        list(_relations(related, as_of, lang, to)),
        next((c for c in reversed(m.assessments) if c.assessment == m.verdict), None),
        passage,
    )


def standing_sentence(m: Milestone, as_of: date, lang: Language) -> str:
    """Say where it stands by days that do not move, and what others found."""
    now = standing(m, as_of)
    if now is Standing.OVERDUE and m.due is not None and m.due < date.max:
        words = lang.text("overdue since {day}", day=lang.day(m.due + timedelta(days=1)))
    elif now in (Standing.DONE, Standing.DONE_LATE) and m.completed_on is not None:
        words = lang.text("done on {day}", day=lang.day(m.completed_on))
        if now is Standing.DONE_LATE and m.due is not None:
            late = lang.days((m.completed_on - m.due).days)
            words = lang.join([words, lang.text("{days} late", days=late)])
    else:
        words = lang.standing(now)
    return words if m.verdict is None else lang.join([words, lang.finding(m.verdict)])


def promise_link(m: Milestone, as_of: date, lang: Language, href: str) -> PromiseLink:
    """Tell in a line which promise it is."""
    title = lang_text(wording(m, lang).title, lang)
    return PromiseLink(
        title, href, mark(standing(m, as_of), lang), standing_sentence(m, as_of, lang)
    )


def _mention(m: Milestone, lang: Language, to: Addresses) -> Link:
    return Link(f"#{m.id} {legible(wording(m, lang).title)}", to("promise", m.uid))


def _place(name: str, href: str | None, lang: Language) -> NamedLink:
    return NamedLink(lang_text(name, lang), href)


def _quote(m: Milestone, lang: Language) -> QuoteExcerpt | None:
    if m.source is None or not m.source.quote:
        return None
    text = legible(m.source.quote)
    # The words that it was first promised in, wherever the date has been moved to since.
    first = legible(m.as_recorded(m.history[0].at).due_phrase or "")
    before, phrase, after = text.partition(first) if first else (text, "", "")
    return QuoteExcerpt(before, phrase, after, lang_text(text, lang).lang)


def _provenance(m: Milestone, lang: Language, to: Addresses) -> Iterator[NamedLink]:
    """Who said it, in which document, who published that, and when."""
    if m.speaker or m.speaker_title:
        yield _place(lang.join(filter(None, (m.speaker, m.speaker_title))), None, lang)
    if m.source is not None:
        spoken = lang.translation(m.translations)
        document = (spoken and spoken.document) or m.source.document
        yield _place(document, to("document", m.source.document), lang)
        if m.source.publisher:
            yield _place(m.source.publisher, None, lang)
        if m.source.published_on:
            yield NamedLink(LangText(lang.day(m.source.published_on)), None)
        if href := link(m.source.url or "").href:
            yield NamedLink(LangText(lang.text("The document")), href)


def _finding(m: Milestone, change: Change, assessment: Assessment, lang: Language) -> FoundItem:
    return FoundItem(
        change.digest[:SHORT],
        lang.day(change.on),
        legible(found(assessment, m, lang)),
        legible(lang.reason(change.why)),
        link(change.evidence) if change.evidence else None,
    )


def _relations(
    related: Iterable[tuple[Message, Milestone]], as_of: date, lang: Language, to: Addresses
) -> Iterator[Relation]:
    grouped: dict[Message, list[PromiseLink]] = {}
    for label, other in related:
        told = promise_link(other, as_of, lang, to("promise", other.uid))
        grouped.setdefault(label, []).append(told)
    for label, others in grouped.items():
        yield Relation(lang.text(label), others)
