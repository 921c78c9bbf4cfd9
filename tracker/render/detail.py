"""One milestone, all that is known of it, fitted to the screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from tracker.locale import Language
from tracker.model import FIELDS, Field, FieldKind, Milestone, Modality, Source, Target
from tracker.render.effect import days, due
from tracker.render.history import described
from tracker.render.table import Screen, paint, standing_words
from tracker.render.text import clean
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped


def detail(m: Milestone, day: date, screen: Screen, names: Mapping[str, str]) -> str:
    """Return lines of a label and a value. `names` gives the id to show for a linked uid."""
    words = wording(m, screen.lang)
    title = wrapped(f"{m.id}  ", words.title, screen.width)
    lines = [paint(line, "1", screen.colour) for line in title]
    for label, value in _pairs(m, day, screen.lang, names):
        if value:
            lines += wrapped(f"    {clean(label):<12}", clean(value), screen.width)
    lines.append("    history")
    for change in m.history:
        lines += wrapped(f"      {change.on}  ", described(change), screen.width)
    return "\n".join(lines)


def _pairs(
    m: Milestone, day: date, lang: Language, names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    shown = wording(m, lang)
    titles = {"title": m.title, **{f"title {t}": w.title for t, w in m.translations.items()}}
    for label, title in titles.items():
        if title and clean(title) != shown.title:
            yield label, title
    for field in FIELDS.values():
        if field.is_alone:
            yield field.on_screen or field.label, _value(field, m, day, lang, names)
        if field.kind is FieldKind.SOURCE:
            yield "quote", m.source.quote or "" if m.source else ""
            yield "evidence", "; ".join(c.evidence or "" for c in m.evidence)


def _value(field: Field, m: Milestone, day: date, lang: Language, names: Mapping[str, str]) -> str:
    match field.name:
        case "status":
            words = f"{standing_words(m, day)} on {day} ({m.status})"
        case "due":
            words = _due(m)
        case "baseline_due":
            words = _baseline(m)
        case "owner":
            words = wording(m, lang).owner or ""
        case "speaker":
            words = ", ".join(filter(None, (m.speaker, m.speaker_title)))
        case "modality" if m.modality is Modality.FIRM:
            words = ""
        case _:
            words = _plain(field.kind, getattr(m, field.name), names)
    return words


def _plain(kind: FieldKind, found: Any, names: Mapping[str, str]) -> str:
    match kind:
        case _ if found is None:
            words = ""
        case FieldKind.TEXTS | FieldKind.TAGS:
            words = ", ".join(found)
        case FieldKind.TARGETS:
            words = "; ".join(map(target_words, found))
        case FieldKind.PERCENT:
            words = f"{found} %"
        case FieldKind.SOURCE:
            words = _source(found)
        case FieldKind.LINK | FieldKind.LINKS:
            uids = (found,) if isinstance(found, str) else found
            words = ", ".join(names.get(uid, uid) for uid in uids if uid)
        case _:
            words = str(found)
    return words


def target_words(target: Target) -> str:
    """Say a target as a person would: about 100 units, more than 40,000 stations (stretch)."""
    about = "about " if target.approx else ""
    op = {"=": "", ">": "more than ", ">=": "at least ", "<": "less than ", "<=": "at most "}
    value = f"{target.value:,}" if isinstance(target.value, int | float) else target.value
    reached = "" if target.actual is None else f", reached {target.actual}"
    stretch = " (stretch)" if target.stretch else ""
    space = "" if target.unit.startswith("%") or not target.unit else " "
    return f"{op.get(target.op, target.op)}{about}{value}{space}{target.unit}{stretch}{reached}"


def _due(m: Milestone) -> str:
    phrase = f", said as “{m.due_phrase}”" if m.due_phrase and m.due else ""
    return due(m).removeprefix("due ") + phrase


def _baseline(m: Milestone) -> str:
    if m.baseline_due is None or (m.baseline_due == m.due and not m.slippage):
        return ""
    slipped = "" if m.slippage is None else f", {days(m.slippage)} since"
    revised = f", {m.revisions} revision{'' if m.revisions == 1 else 's'}" if m.revisions else ""
    return f"{m.baseline_due}{slipped}{revised}"


def _source(source: Source) -> str:
    published = source.published_on.isoformat() if source.published_on else ""
    return ", ".join(filter(None, (source.document, source.publisher, published, source.url)))
