"""Changes as lines: the day, what became of what, why, and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC

from msgspec import UNSET

from tracker.locale import Language
from tracker.model import SHORT, Change
from tracker.render.changes import altered
from tracker.render.text import clean
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped
from tracker.report import LogEntry


def history(entries: Iterable[LogEntry], lang: Language, total: int | None) -> str:
    """Return each change with id, name and title, on lines of `total` cells if that is given."""
    lines: list[str] = []
    for entry in entries:
        change = entry.change
        label = f"{change.on}  {entry.milestone.id:>4}  {change.digest[:SHORT]}  "
        text = f"{described(change)}  [{wording(entry.milestone, lang).title}]"
        lines += [label + text] if total is None else wrapped(label, text, total)
    return "\n".join(lines)


def described(change: Change) -> str:
    """Say one change in words."""
    parts = [alteration(change)]
    if change.why:
        parts.append(f"“{clean(change.why)}”")
    if change.evidence:
        parts.append(f"evidence {clean(change.evidence)}")
    if change.by:
        parts.append(f"by {clean(change.by)}")
    if (day := change.at.astimezone(UTC).date()) != change.on:
        parts.append(f"recorded on {day}")
    return ", ".join(parts)


def alteration(change: Change) -> str:
    """Say what became of what, without reason or name."""
    if change.verb in _WHOLE:
        return _WHOLE[change.verb]
    if change.corrects and change.now.removed_on is not UNSET:
        return "taken out as a mistake"
    moved = "; ".join(_moved(*altered_field) for altered_field in altered(change))
    return ": ".join(filter(None, (_NAMES.get(change.verb, clean(change.verb)), moved)))


_WHOLE = {
    "seed": "came with the seed",
    "add": "added",
    "extract": "found in a document",
    "note": "note",
    "remove": "removed",
    "join": "joined with another record",
    "attest": "attested with all before it, as found",
}
"""What is all that is said of such a change."""

_NAMES = {
    "postpone": "",
    "status": "",
    "edit": "edited",
    "import": "imported",
    "correct": "corrected",
    "merge": "merged",
}
"""What stands before the fields that such a change altered."""


def _moved(field: str, was: object, now: object) -> str:
    if isinstance(was, (list, dict, tuple)) or isinstance(now, (list, dict, tuple)):
        return field.replace("_", " ")
    return f"{field.replace('_', ' ')} {_plain(was)} → {_plain(now)}"


def _plain(value: object) -> str:
    return "none" if value is None else clean(str(value))
