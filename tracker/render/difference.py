"""Two states of a record in words: what is new, gone, changed, and what was rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.locale import Language
from tracker.message import PluralMessage
from tracker.model import SHORT, Milestone
from tracker.render.json import brief, picked
from tracker.render.table import Screen, paint
from tracker.render.values import plain
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped
from tracker.report.difference import AlteredMilestone, Difference

_UNTOLD = frozenset({"due_phrase", "precision", "translations", "source", "targets"})
"""Fields of which only the name is told: their values are long, or told by another."""


def text(found: Difference, screen: Screen) -> str:
    """Return a line a milestone, signed + - ~, and a line that sums up."""
    return "\n".join(_lines(found, screen))


def _lines(found: Difference, screen: Screen) -> Iterator[str]:
    lang = screen.lang
    signed = [
        *(("+", "32", _id_and_title(m, lang)) for m in found.new),
        *(("-", "31", _id_and_title(m, lang)) for m in found.gone),
        *(("~", "33", _changed(each, lang)) for each in found.altered),
    ]
    for sign, style, said in signed:
        for line in wrapped(f"{sign} ", said, screen.width):
            yield paint(line, style, screen.colour)
    yield lang.text(
        "{new} new, {gone} gone, {changed} changed, {same} as they were.",
        new=len(found.new),
        gone=len(found.gone),
        changed=len(found.altered),
        same=found.same,
    )
    lost = sum(len(each.lost) for each in found.altered)
    if lost:
        yield lang.text(
            PluralMessage(
                "{n} entry of the earlier record is not in the later: it was rewritten.",
                "{n} entries of the earlier record are not in the later: it was rewritten.",
                lost,
            )
        )
    elif found.is_extension:
        yield lang.text("Nothing that was recorded was rewritten.")


def _id_and_title(m: Milestone, lang: Language) -> str:
    return f"{m.id} {wording(m, lang).title}"


def _changed(each: AlteredMilestone, lang: Language) -> str:
    told = [_field(name, each, lang) for name in each.fields]
    if each.entries:
        told.append(lang.plural("{n} entry more", "{n} entries more", each.entries))
    if each.lost:
        names = tuple(digest[:SHORT] for digest in each.lost)
        told.append(lang.text("without {entries}", entries=names))
    what = lang.join(told) or lang.text("its id")
    return lang.text("{milestone}: {what}", milestone=_id_and_title(each.after, lang), what=what)


def _field(name: str, each: AlteredMilestone, lang: Language) -> str:
    was, now = getattr(each.before, name), getattr(each.after, name)
    if name in _UNTOLD or isinstance(was, tuple):
        return lang.label(name)
    return f"{lang.label(name)} {plain(was, lang)} → {plain(now, lang)}"


def content(found: Difference) -> dict[str, Any]:
    return {
        "new": list(map(brief, found.new)),
        "gone": list(map(brief, found.gone)),
        "changed": [
            brief(each.after) | picked(each, "fields", "entries", "lost") for each in found.altered
        ],
        "same": found.same,
        "extends": found.is_extension,
    }
