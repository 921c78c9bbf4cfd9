"""One milestone as the page shows it: a row of the table, and what stands folded under it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from tracker.model import Milestone, Modality, Source, Standing, Target
from tracker.render.links import Link, link
from tracker.render.marks import LOOKS
from tracker.render.speech.base import Speech
from tracker.render.svg.ems import legible
from tracker.render.svg.shapes import SHAPES, STROKED
from tracker.render.told import Told, told
from tracker.render.wording import wording
from tracker.report import standing
from tracker.report.bodies import key


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
    history: list[Told]


def mark(now: Standing, say: Speech) -> Mark:
    name = LOOKS[now].shape
    return Mark(now.value, say.standings[now], SHAPES[name], name in STROKED)


def entry(m: Milestone, as_of: date, lang: str | None, say: Speech) -> Entry:
    """Say all of a milestone that the page has to say, as it stands on `as_of`."""
    now = standing(m, as_of)
    words = wording(m, lang)
    return Entry(
        m.id,
        legible(m.uid),
        said(words.title, say),
        mark(now, say),
        list(Standing).index(now),
        say.note(m, now, as_of),
        m.due,
        say.no_date if m.due is None else say.by(m.due, m.precision),
        _moved(m, say),
        said(words.owner or say.no_owner, say),
        key(m.owner or ""),
        [fact for fact in _facts(m, words.title, say) if fact.value.text],
        [Evidence(say.day(c.on), link(c.evidence or ""), legible(c.why or "")) for c in m.evidence],
        told(m, say),
    )


def said(text: str, say: Speech) -> Said:
    """Tell the language of a text by its letters; that of Latin ones cannot be told by them."""
    shown = legible(text)
    if any("\u3040" <= char <= "\u30ff" for char in shown):
        return Said(shown, "ja")
    if any("\uac00" <= char <= "\ud7a3" for char in shown):
        return Said(shown, "ko")
    is_chinese = any("\u4e00" <= char <= "\u9fff" for char in shown)
    if say.tag.startswith("zh"):
        return Said(shown, None if is_chinese else "")
    return Said(shown, "zh" if is_chinese else None)


def _moved(m: Milestone, say: Speech) -> str:
    if m.baseline_due is None or m.baseline_due == m.due:
        return ""
    return say.first_due.format(due=say.day(m.baseline_due))


def _facts(m: Milestone, title: str, say: Speech) -> Iterator[Fact]:
    fields = say.fields
    for tag, words in {"": None, **m.translations}.items():
        other = legible((words.title or "") if words else m.title)
        if other != title:
            yield Fact(say.other_titles, Said(other, tag or said(other, say).lang))
    if m.due_phrase:
        quoted = say.quoted(legible(m.due_phrase))
        yield Fact(fields["due_phrase"], said(quoted, say))
    if m.slippage and m.baseline_due:
        slipped = say.slipped.format(days=say.days(m.slippage), revisions=say.revised(m.revisions))
        yield Fact(fields["slippage"], Said(slipped))
    for field, day in (("forecast_due", m.forecast_due), ("completed_on", m.completed_on)):
        yield Fact(fields[field], Said(say.day(day) if day else ""))
    yield Fact(fields["status"], Said(say.statuses[m.status]))
    yield Fact(fields["percent"], Said("" if m.percent is None else f"{m.percent} %"))
    yield Fact(fields["next_step"], said(m.next_step or "", say))
    yield Fact(fields["supporting"], said(say.listed(m.supporting), say))
    if m.modality is not Modality.FIRM:
        yield Fact(fields["modality"], Said(say.modalities[m.modality]))
    yield Fact(fields["targets"], said(say.listed(tuple(map(_target, m.targets))), say))
    speaker = " ".join(filter(None, (m.speaker, m.speaker_title)))
    yield Fact(fields["speaker"], said(speaker, say))
    yield Fact(fields["made_on"], Said(say.day(m.made_on) if m.made_on else ""))
    yield from _sourced(m.source, say)
    yield Fact(fields["tags"], said(say.listed(m.tags), say))


def _sourced(source: Source | None, say: Speech) -> Iterator[Fact]:
    if source is None:
        return
    published = say.day(source.published_on) if source.published_on else ""
    named = say.join(list(filter(None, (source.document, source.publisher, published))))
    yield Fact(say.fields["source"], said(named, say), link(source.url or "").href)
    if source.quote:
        yield Fact(say.quote, said(say.quoted(legible(source.quote)), say))


def _target(target: Target) -> str:
    value = f"{target.value:,}" if isinstance(target.value, int | float) else target.value
    op = "" if target.op == "=" else target.op
    about = "≈" if target.approx else ""
    reached = "" if target.actual is None else f" → {target.actual}"
    return f"{op}{about}{value} {target.unit}".strip() + reached
