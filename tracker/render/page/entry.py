"""One milestone as the page shows it: a row of the table, and what stands folded under it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from tracker.locale import Language
from tracker.model import Milestone, Modality, Source, Standing, Target
from tracker.query import folded
from tracker.render.changes import MODALITIES, Described, history
from tracker.render.links import Link, link
from tracker.render.marks import LOOKS
from tracker.render.svg.shapes import SHAPES, STROKED
from tracker.render.text import legible
from tracker.render.wording import wording
from tracker.report import standing


class Said(NamedTuple):
    """A text and its language (BCP 47), where that is another than the page's or unknown ("")."""

    text: str
    lang: str | None = None


class Mark(NamedTuple):
    """The shape and the word of a standing."""

    name: str
    word: str
    path: str
    is_stroked: bool


class Fact(NamedTuple):
    """A label, and a value that may be a link."""

    label: str
    value: Said
    href: str | None = None


class Evidence(NamedTuple):
    """A proof: when it was given, what it is, and what was said of it."""

    day: str
    link: Link
    why: str


class Entry(NamedTuple):
    """A milestone on the page. `rank` orders standings, the pressing ones first."""

    id: int
    uid: str
    title: Said
    mark: Mark
    rank: int
    note: str
    due: date | None
    due_words: str
    moved: str
    owner: Said
    owner_key: str
    facts: list[Fact]
    evidence: list[Evidence]
    history: list[Described]


def mark(now: Standing, lang: Language) -> Mark:
    name = LOOKS[now].shape
    return Mark(now.value, lang.standing(now), SHAPES[name], name in STROKED)


def entry(m: Milestone, as_of: date, lang: Language) -> Entry:
    """Say all of a milestone that the page has to say, as it stands on `as_of`."""
    now = standing(m, as_of)
    words = wording(m, lang)
    return Entry(
        m.id,
        legible(m.uid),
        said(words.title, lang),
        mark(now, lang),
        list(Standing).index(now),
        lang.note(m, now, as_of),
        m.due,
        lang.text("no date") if m.due is None else lang.by(m.due, m.precision),
        _moved(m, lang),
        said(words.owner or lang.text("No responsible body"), lang),
        folded(m.owner or ""),
        [fact for fact in _facts(m, words.title, lang) if fact.value.text],
        [
            Evidence(lang.day(c.on), link(c.evidence or ""), legible(c.why or ""))
            for c in m.evidence
        ],
        history(m, lang),
    )


def said(text: str, lang: Language) -> Said:
    """Tell the language of a text by its letters; that of Latin ones cannot be told by them."""
    shown = legible(text)
    if any("\u3040" <= char <= "\u30ff" for char in shown):
        return Said(shown, "ja")
    if any("\uac00" <= char <= "\ud7a3" for char in shown):
        return Said(shown, "ko")
    is_chinese = any("\u4e00" <= char <= "\u9fff" for char in shown)
    if lang.tag.startswith("zh"):
        return Said(shown, None if is_chinese else "")
    return Said(shown, "zh" if is_chinese else None)


def _moved(m: Milestone, lang: Language) -> str:
    if m.baseline_due is None or m.baseline_due == m.due:
        return ""
    return lang.text("first promised for {due}", due=lang.day(m.baseline_due))


def _facts(m: Milestone, title: str, lang: Language) -> Iterator[Fact]:
    for tag, words in {"": None, **m.translations}.items():
        other = legible((words.title or "") if words else m.title)
        if other != title:
            yield Fact(lang.text("In other languages"), Said(other, tag or said(other, lang).lang))
    if m.due_phrase:
        quoted = f"“{legible(m.due_phrase)}”"
        yield Fact(lang.label("due_phrase"), said(quoted, lang))
    if m.slippage and m.baseline_due:
        slipped = lang.join([lang.days(m.slippage), lang.revised(m.revisions)])
        yield Fact(lang.label("slippage"), Said(slipped))
    for field, day in (("forecast_due", m.forecast_due), ("completed_on", m.completed_on)):
        yield Fact(lang.label(field), Said(lang.day(day) if day else ""))
    yield Fact(lang.label("status"), Said(lang.status(m.status)))
    yield Fact(lang.label("percent"), Said("" if m.percent is None else f"{m.percent} %"))
    yield Fact(lang.label("next_step"), said(m.next_step or "", lang))
    yield Fact(lang.label("supporting"), said(lang.listed(m.supporting), lang))
    if m.modality is not Modality.FIRM:
        yield Fact(lang.label("modality"), Said(lang.word("modality", MODALITIES[m.modality])))
    yield Fact(lang.label("targets"), said(lang.listed(tuple(map(_target, m.targets))), lang))
    speaker = " ".join(filter(None, (m.speaker, m.speaker_title)))
    yield Fact(lang.label("speaker"), said(speaker, lang))
    yield Fact(lang.label("made_on"), Said(lang.day(m.made_on) if m.made_on else ""))
    yield from _sourced(m.source, lang)
    yield Fact(lang.label("tags"), said(lang.listed(m.tags), lang))


def _sourced(source: Source | None, lang: Language) -> Iterator[Fact]:
    if source is None:
        return
    published = lang.day(source.published_on) if source.published_on else ""
    named = lang.join(list(filter(None, (source.document, source.publisher, published))))
    yield Fact(lang.label("source"), said(named, lang), link(source.url or "").href)
    if source.quote:
        yield Fact(lang.text("Quote"), said(f"“{legible(source.quote)}”", lang))


def _target(target: Target) -> str:
    value = f"{target.value:,}" if isinstance(target.value, int | float) else target.value
    op = "" if target.op == "=" else target.op
    about = "≈" if target.approx else ""
    reached = "" if target.actual is None else f" → {target.actual}"
    return f"{op}{about}{value} {target.unit}".strip() + reached
