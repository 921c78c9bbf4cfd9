"""One milestone as the page shows it: a row of the table, and what stands folded under it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from tracker.locale import Language
from tracker.model import FIELDS, Change, Field, FieldKind, Milestone, Source, Standing, standing
from tracker.render.changes import DescribedChange, Named, history
from tracker.render.links import Link, link
from tracker.render.marks import LOOKS
from tracker.render.svg.shapes import SHAPES, STROKED
from tracker.render.text import legible
from tracker.render.values import field_value
from tracker.render.waiting import waiting_on_page
from tracker.render.wholes import progress
from tracker.render.wording import wording
from tracker.report.dependencies import Wait
from tracker.report.wholes import Whole
from tracker.texts import folded

_LETTERS = {
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7a3]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
}
"""Letters that tell a language; what has those of several is in the first."""


class LangText(NamedTuple):
    """A text and its language (BCP 47), where that is another than the page's or unknown ("")."""

    text: str
    lang: str | None = None


class PageMark(NamedTuple):
    """The shape and the word of a standing."""

    name: str
    word: str
    path: str
    is_stroked: bool


class Fact(NamedTuple):
    """A label, and a value that may be a link."""

    label: str
    value: LangText
    href: str | None = None


class Evidence(NamedTuple):
    """A proof: when it was given, what it is, what was said of it, and whether a copy is kept."""

    day: str
    link: Link
    why: str
    copy: str


class PageEntry(NamedTuple):
    """A milestone on the page. `rank` orders standings, the pressing ones first."""

    id: int
    uid: str
    title: LangText
    mark: PageMark
    rank: int
    note: str
    due: date | None
    due_words: str
    moved: str
    owner: LangText
    owner_key: str
    facts: list[Fact]
    evidence: list[Evidence]
    history: list[DescribedChange]


def mark(now: Standing, lang: Language) -> PageMark:
    name = LOOKS[now].shape
    return PageMark(now.value, lang.standing(now), SHAPES[name], name in STROKED)


def entry(
    m: Milestone,
    as_of: date,
    lang: Language,
    first: tuple[Fact, ...] = (),
    named: Named = MappingProxyType({}),
) -> PageEntry:
    """Say all of a milestone that the page has to say, as it stands on `as_of`, `first` ahead.

    Its history names the others that may be `named`.
    """
    now = standing(m, as_of)
    words = wording(m, lang)
    return PageEntry(
        m.id,
        legible(m.uid),
        lang_text(words.title, lang),
        mark(now, lang),
        list(Standing).index(now),
        lang.note(m, now, as_of),
        m.due,
        lang.text("no date") if m.due is None else lang.by(m.due, m.precision),
        _moved(m, lang),
        lang_text(words.owner or lang.text("No responsible body"), lang),
        folded(legible(m.owner or "")),
        [fact for fact in (*first, *_facts(m, words.title, lang)) if fact.value.text],
        [
            Evidence(
                *(lang.day(c.on), link(c.evidence or "")),
                *(legible(lang.reason(c.why)), _copy(c, lang)),
            )
            for c in m.evidence
        ],
        history(m, lang, named),
    )


def _copy(change: Change, lang: Language) -> str:
    """Say that a copy is kept and its SHA-256, by which anybody knows it again."""
    if change.exhibit is None:
        return ""
    return lang.text("a copy is kept, SHA-256 {digest}", digest=legible(change.exhibit.sha256))


def ties(wait: Wait | None, whole: Whole | None, as_of: date, lang: Language) -> Iterator[Fact]:
    """What it is tied to: how far it is by its parts, and what it waits for."""
    if whole is not None:
        yield Fact(lang.text("parts"), LangText(progress(whole, lang)))
    if wait is not None:
        yield Fact(lang.text("waits"), LangText(waiting_on_page(wait, as_of, lang)))


def lang_text(text: str, lang: Language) -> LangText:
    """Tell the language of a text by its letters; that of Latin ones cannot be told by them."""
    shown = legible(text)
    found = () if shown.isascii() else _LETTERS.items()
    tag = next((tag for tag, letters in found if letters.search(shown)), None)
    if lang.tag.startswith("zh"):
        return LangText(shown, None if tag == "zh" else tag or "")
    return LangText(shown, tag)


def _moved(m: Milestone, lang: Language) -> str:
    if m.baseline_due is None or m.baseline_due == m.due:
        return ""
    return lang.text("first promised for {due}", due=lang.day(m.baseline_due))


def _facts(m: Milestone, title: str, lang: Language) -> Iterator[Fact]:
    for tag, words in {"": None, **m.translations}.items():
        other = legible((words.title or "") if words else m.title)
        if other != title:
            yield Fact(
                lang.text("In other languages"), LangText(other, tag or lang_text(other, lang).lang)
            )
    for field in sorted((f for f in FIELDS.values() if f.on_page), key=lambda f: f.on_page):
        yield from _fact(field, m, lang)


def _fact(field: Field, m: Milestone, lang: Language) -> Iterator[Fact]:
    """Tell one field, and with it what belongs to it."""
    match field.name:
        case "source":
            yield from _sourced(m.source, lang)
        case "due_phrase":
            phrase = f"“{legible(m.due_phrase)}”" if m.due_phrase else ""
            yield Fact(lang.label(field.name), lang_text(phrase, lang))
            if m.slippage and m.baseline_due:
                slipped = lang.join([lang.days(m.slippage), lang.revised(m.revisions)])
                yield Fact(lang.label("slippage"), LangText(slipped))
        case "speaker":
            speaker = " ".join(filter(None, (m.speaker, m.speaker_title)))
            yield Fact(lang.label(field.name), lang_text(speaker, lang))
        case _:
            words = field_value(field, m, lang)
            is_text = field.kind in (
                FieldKind.TEXT,
                FieldKind.TEXTS,
                FieldKind.TAGS,
                FieldKind.TARGETS,
            )
            yield Fact(
                lang.label(field.name), lang_text(words, lang) if is_text else LangText(words)
            )


def _sourced(source: Source | None, lang: Language) -> Iterator[Fact]:
    if source is None:
        return
    published = lang.day(source.published_on) if source.published_on else ""
    named = lang.join(list(filter(None, (source.document, source.publisher, published))))
    yield Fact(lang.label("source"), lang_text(named, lang), link(source.url or "").href)
    if source.quote:
        yield Fact(lang.text("Quote"), lang_text(f"“{legible(source.quote)}”", lang))
