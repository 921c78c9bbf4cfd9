"""One milestone, all that is known of it, fitted to the screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from tracker.locale import Language, ends_span
from tracker.message import Message
from tracker.model import FIELDS, Field, FieldKind, Milestone, Modality, Source, Target
from tracker.render.effect import days, due, plain
from tracker.render.history import described
from tracker.render.table import Screen, paint, standing_words
from tracker.render.text import clean, pad
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped


def detail(m: Milestone, day: date, screen: Screen, names: Mapping[str, str]) -> str:
    """Return lines of a label and a value. `names` gives the id to show for a linked uid."""
    words = wording(m, screen.lang)
    title = wrapped(f"{m.id}  ", words.title, screen.width)
    lines = [paint(line, "1", screen.colour) for line in title]
    for label, value in _pairs(m, day, screen.lang, names):
        if value:
            lines += wrapped(f"    {pad(clean(label), 11)} ", clean(value), screen.width)
    lines.append(f"    {screen.lang.text('history')}")
    for change in m.history:
        lines += wrapped(f"      {change.on}  ", described(change, screen.lang), screen.width)
    return "\n".join(lines)


def _pairs(
    m: Milestone, day: date, lang: Language, names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    shown = wording(m, lang)
    yield from _titles(m, shown.title, lang)
    for field in FIELDS.values():
        if field.is_alone:
            label = (
                lang.word("on screen", field.on_screen)
                if field.on_screen
                else lang.label(field.name)
            )
            yield label, _value(field, m, day, lang, names)
        if field.kind is FieldKind.SOURCE:
            yield lang.text("quote"), m.source.quote or "" if m.source else ""
            yield lang.text("evidence"), lang.listed(c.evidence or "" for c in m.evidence)


def _titles(m: Milestone, shown: str, lang: Language) -> Iterator[tuple[str, str]]:
    if clean(m.title) != shown:
        yield lang.label("title"), m.title
    for tag, words in m.translations.items():
        if words.title and clean(words.title) != shown:
            yield lang.text("title {tag}", tag=tag), words.title


def _value(field: Field, m: Milestone, day: date, lang: Language, names: Mapping[str, str]) -> str:
    match field.name:
        case "status":
            stands = standing_words(m, day, lang)
            status = lang.status(m.status)
            words = lang.text(
                "{standing} on {day} ({status})", standing=stands, day=day, status=status
            )
        case "due":
            words = _due(m, lang)
        case "baseline_due":
            words = _baseline(m, lang)
        case "owner":
            words = wording(m, lang).owner or ""
        case "speaker":
            words = lang.join(filter(None, (m.speaker, m.speaker_title)))
        case "modality" if m.modality is Modality.FIRM:
            words = ""
        case "made_on" if m.is_of_unknown_day:
            words = lang.text("unknown")
        case _:
            words = _plain(field.kind, getattr(m, field.name), names, lang)
    return words


def _plain(kind: FieldKind, found: Any, names: Mapping[str, str], lang: Language) -> str:
    match kind:
        case _ if found is None:
            words = ""
        case FieldKind.TEXTS | FieldKind.TAGS:
            words = lang.join(found)
        case FieldKind.TARGETS:
            words = lang.listed(target_words(one, lang) for one in found)
        case FieldKind.PERCENT:
            words = f"{found} %"
        case FieldKind.SOURCE:
            words = _source(found, lang)
        case FieldKind.LINK | FieldKind.LINKS:
            uids = (found,) if isinstance(found, str) else found
            words = lang.join(names.get(uid, uid) for uid in uids if uid)
        case _:
            words = plain(found, lang)
    return words


_SIZES = {
    "=": Message("{figure}"),
    ">": Message("more than {figure}"),
    ">=": Message("at least {figure}"),
    "<": Message("less than {figure}"),
    "<=": Message("at most {figure}"),
}


def target_words(target: Target, lang: Language) -> str:
    """Say a target as a person would: about 100 units, more than 40,000 stations (stretch)."""
    value = f"{target.value:,}" if isinstance(target.value, int | float) else target.value
    space = "" if target.unit.startswith("%") or not target.unit else " "
    figure = f"{value}{space}{target.unit}"
    if target.approx:
        figure = lang.text("about {figure}", figure=figure)
    size = _SIZES.get(target.op)  # a file may have any sign, and in it anything
    said = lang.text(size, figure=figure) if size else f"{target.op} {figure}"
    if target.stretch:
        said = lang.text("{target} (stretch)", target=said)
    if target.actual is None:
        return said
    return lang.join([said, lang.text("reached {figure}", figure=target.actual)])


def _due(m: Milestone, lang: Language) -> str:
    if m.due is None:
        return due(m, lang)
    said = str(m.due)
    if ends_span(m.due, m.precision):
        span = lang.word("precision", m.precision.replace("-", " "))
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


def _source(source: Source, lang: Language) -> str:
    published = source.published_on.isoformat() if source.published_on else ""
    return lang.join(filter(None, (source.document, source.publisher, published, source.url)))
