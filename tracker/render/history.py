"""Changes as lines: the day, what became of what, why, and by whom."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import UNSET

from tracker.locale import Language
from tracker.message import Message
from tracker.model import SHORT, Change
from tracker.render.changes import altered
from tracker.render.effect import plain
from tracker.render.text import clean
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
    if change.verb in _WHOLE:
        return lang.text(_WHOLE[change.verb])
    if change.corrects and change.now.removed_on is not UNSET:
        return lang.text("taken out as a mistake")
    moved = lang.listed(_moved(*altered_field, lang) for altered_field in altered(change))
    verb = _VERBS.get(change.verb)
    if verb is None:
        return moved or clean(change.verb)
    return (
        lang.text("{what}: {counts}", what=lang.text(verb), counts=moved)
        if moved
        else lang.text(verb)
    )


_WHOLE = {
    "seed": Message("came with the seed"),
    "add": Message("added"),
    "extract": Message("found in a document"),
    "note": Message("note"),
    "remove": Message("removed"),
    "join": Message("joined with another record"),
    "attest": Message("attested with all before it, as found"),
}
"""What is all that is said of such a change."""

_VERBS = {
    "edit": Message("edited"),
    "import": Message("imported"),
    "correct": Message("corrected"),
    "merge": Message("merged"),
    "undo": Message("undo"),
    "redo": Message("redo"),
}
"""What stands before the fields that it altered; a move or an assessment is told by those alone."""


def _moved(field: str, was: object, now: object, lang: Language) -> str:
    label = lang.label(field)
    if isinstance(was, (list, dict, tuple)) or isinstance(now, (list, dict, tuple)):
        return label
    return f"{label} {plain(was, lang)} → {plain(now, lang)}"
