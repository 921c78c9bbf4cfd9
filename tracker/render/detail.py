"""One milestone, all that is known of it, fitted to the screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from tracker.locale import Language, ends_span
from tracker.model import FIELDS, LINKS, SHORT, Field, FieldKind, Milestone, Source, Status, linked
from tracker.render.changes import described
from tracker.render.effect import days, due
from tracker.render.table import Screen, paint, standing_words
from tracker.render.text import clean
from tracker.render.values import field_value, plain
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped


def detail(m: Milestone, day: date, screen: Screen, names: Mapping[str, str]) -> str:
    """Return lines of a label and a value. `names` gives the id to show for a linked uid."""
    words = wording(m, screen.lang)
    title = wrapped(f"{m.id}  ", words.title, screen.width)
    lines = [paint(line, "1", screen.colour) for line in title]
    for label, value in _pairs(m, day, screen.lang, names):
        if value:
            lines += screen.fact(label, value)
    for change in m.assessments:
        said = f"{change.on}  {change.digest[:SHORT]}  {described(m, change, screen.lang)}"
        lines += screen.fact(screen.lang.text("assessed"), said)
    lines.append(f"    {screen.lang.text('history')}")
    for change in m.history:
        lines += wrapped(f"      {change.on}  ", described(m, change, screen.lang), screen.width)
    return "\n".join(lines)


def _pairs(
    m: Milestone, day: date, lang: Language, names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    shown = wording(m, lang)
    yield from _titles(m, shown.title, lang)
    for field in FIELDS.values():
        if field.is_alone:
            label = field.on_screen and lang.word("on screen", field.on_screen)
            yield label or lang.label(field.name), _value(field, m, day, lang, names)
        if field.kind is FieldKind.SOURCE:
            yield lang.text("quote"), m.source.quote or "" if m.source else ""
            yield lang.text("evidence"), lang.listed(c.evidence or "" for c in m.evidence)


def _titles(m: Milestone, shown: str, lang: Language) -> Iterator[tuple[str, str]]:
    if clean(m.title) != shown:
        yield lang.text("as first written"), m.title
    for tag, words in m.translations.items():
        if words.title and clean(words.title) != shown:
            yield lang.text("title {tag}", tag=tag), words.title


def _value(field: Field, m: Milestone, day: date, lang: Language, names: Mapping[str, str]) -> str:
    match field.name:
        case "status":
            words = _standing(m, day, lang)
        case "due":
            words = _due(m, lang)
        case "baseline_due":
            words = _baseline(m, lang)
        case "owner":
            words = wording(m, lang).owner or ""
        case "speaker":
            words = lang.join(filter(None, (m.speaker, m.speaker_title)))
        case "source":
            words = _source(m, m.source, lang) if m.source else ""
        case name if name in LINKS:
            words = lang.join(names.get(uid, uid) for uid in linked(m, name))
        case _:
            words = field_value(field, m, lang, plain)
    return words


def _standing(m: Milestone, day: date, lang: Language) -> str:
    """Where it stands, and since when; what is still owed stands so on the day that was asked."""
    stands, status = standing_words(m, day, lang), ""
    if m.status.is_open:
        stands = lang.text("{standing} on {day}", standing=stands, day=day)
        status = lang.status(m.status)
    elif m.completed_on is not None:
        status = lang.text("completed on {day}", day=m.completed_on)
    elif m.status is not Status.COMPLETED:
        # Nothing where that came in with it.
        told = [change.on for change in m.effective[1:] if change.now.status is m.status]
        status = lang.text("since {day}", day=told[-1]) if told else ""
    return lang.text("{due} ({evidence})", due=stands, evidence=status) if status else stands


def _due(m: Milestone, lang: Language) -> str:
    if m.due is None:
        return due(m, lang)
    said = str(m.due)
    if ends_span(m.due, m.precision):
        span = lang.precision(m.precision)
        said = lang.text("by {day}, the end of that {span}", day=m.due, span=span)
    if not m.due_phrase:
        return said
    return lang.join([said, lang.text("said as “{phrase}”", phrase=m.due_phrase)])


def _baseline(m: Milestone, lang: Language) -> str:
    if m.baseline_due is None or (m.baseline_due == m.due and not m.slippage):
        return ""
    told = [str(m.baseline_due)]
    if m.slippage is not None:
        told.append(lang.text("{days} since", days=days(m.slippage, lang)))
    if m.revisions:
        told.append(lang.plural("{n} revision", "{n} revisions", m.revisions))
    return lang.join(told)


def _source(m: Milestone, source: Source, lang: Language) -> str:
    spoken = lang.translation(m.translations)
    document = (spoken and spoken.document) or source.document
    published = source.published_on.isoformat() if source.published_on else ""
    return lang.join(filter(None, (document, source.publisher, published, source.url)))
