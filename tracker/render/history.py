"""Changes as lines: the day, what became of what, why, and by whom."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import UNSET

from tracker.locale import Language
from tracker.model import SHORT, Assessment, Change
from tracker.render.changes import VERBS, altered
from tracker.render.text import clean
from tracker.render.values import plain
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped
from tracker.report import LogEntry
from tracker.report.since import recorded_on


def history(entries: Iterable[LogEntry], lang: Language, total: int | None) -> str:
    """Return each change with id, name and title, on lines of `total` cells if that is given."""
    lines: list[str] = []
    for entry in entries:
        change = entry.change
        label = f"{change.on}  {entry.milestone.id:>4}  {change.digest[:SHORT]}  "
        text = f"{described(change, lang)}  [{wording(entry.milestone, lang).title}]"
        lines += [label + text] if total is None else wrapped(label, text, total)
    return "\n".join(lines)


def described(change: Change, lang: Language) -> str:
    """Say one change in words."""
    is_dated_back = recorded_on(change) != change.on
    return change_words(alteration(change, lang), change, lang, is_dated_back=is_dated_back)


def change_words(
    what: str, change: Change, lang: Language, *, is_dated_back: bool, quiet: str = ""
) -> str:
    """Say what a change did, why and by whom; `quiet` stands where a reason is missing."""
    parts = [what]
    if why := quiet or (change.why and f"“{clean(change.why)}”"):
        parts.append(why)
    if change.evidence:
        parts.append(lang.text("evidence {evidence}", evidence=clean(change.evidence)))
    if change.by:
        parts.append(lang.text("by {name}", name=clean(change.by)))
    if is_dated_back:
        parts.append(lang.text("recorded on {day}", day=recorded_on(change)))
    return lang.join(parts)


def alteration(change: Change, lang: Language) -> str:
    """Say what became of what, without reason or name."""
    if change.corrects and change.now.removed_on is not UNSET:
        return lang.text("taken out as a mistake")
    if change.assessment is not None:
        return found(change.assessment, lang)
    verb = lang.word("change", VERBS[change.verb]) if change.verb in VERBS else ""
    if change.verb in _WHOLE:
        return verb
    moved = lang.listed(_moved(*altered_field, lang) for altered_field in altered(change))
    if verb and moved:
        return lang.text("{what}: {counts}", what=verb, counts=moved)
    return verb or moved or clean(change.verb)


def found(assessment: Assessment, lang: Language) -> str:
    """Say who found what, and which finding that contradicts."""
    told = lang.text(
        "{name} ({finding})", name=clean(assessment.assessor), finding=lang.finding(assessment)
    )
    if not assessment.disputes:
        return told
    disputed = lang.text("disputes {change}", change=assessment.disputes[:SHORT])
    return lang.join([told, disputed])


_WHOLE = ("seed", "add", "extract", "note", "remove", "join", "attest")
"""What is told by its name alone."""


def _moved(field: str, was: object, now: object, lang: Language) -> str:
    label = lang.label(field)
    if isinstance(was, (list, dict, tuple)) or isinstance(now, (list, dict, tuple)):
        return label
    return f"{label} {plain(was, lang)} → {plain(now, lang)}"
