"""Changes as lines: the day, what became of what, why, and by whom."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.locale import Language
from tracker.model import Change
from tracker.render.changes import altered
from tracker.render.text import clean
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped
from tracker.report import Entry


def history(entries: Iterable[Entry], lang: Language, total: int | None) -> str:
    """Return each change with id and title, on lines of `total` cells if that is given."""
    lines: list[str] = []
    for entry in entries:
        label = f"{entry.change.on}  {entry.milestone.id:>4}  "
        text = f"{described(entry.change)}  [{wording(entry.milestone, lang).title}]"
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
    return ", ".join(parts)


def alteration(change: Change) -> str:
    """Say what became of what, without reason or name."""
    match change.verb:
        case "seed":
            return "came with the seed"
        case "add":
            return "added"
        case "extract":
            return "found in a document"
        case "note":
            return "note"
        case "remove":
            return "removed"
    moved = "; ".join(_moved(*altered_field) for altered_field in altered(change))
    name = {"postpone": "", "status": "", "edit": "edited", "import": "imported"}
    return ": ".join(filter(None, (name.get(change.verb, clean(change.verb)), moved)))


def _moved(field: str, was: object, now: object) -> str:
    if isinstance(was, (list, dict, tuple)) or isinstance(now, (list, dict, tuple)):
        return field.replace("_", " ")
    return f"{field.replace('_', ' ')} {_plain(was)} → {_plain(now)}"


def _plain(value: object) -> str:
    return "none" if value is None else clean(str(value))
