"""Changes as lines: the day, what became of what, why, and by whom."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.model import Change
from tracker.render.text import clean
from tracker.render.wording import wording
from tracker.report import Entry


def history(entries: Iterable[Entry], lang: str | None) -> str:
    """Return a line a change, each with its milestone's id and title."""
    return "\n".join(
        f"{entry.change.on}  {entry.milestone.id:>4}  {told(entry.change)}"
        f"  [{wording(entry.milestone, lang).title}]"
        for entry in entries
    )


def told(change: Change) -> str:
    """Say one change in words."""
    parts = [_what(change)]
    if change.why:
        parts.append(f"“{clean(change.why)}”")
    if change.evidence:
        parts.append(f"evidence {clean(change.evidence)}")
    if change.by:
        parts.append(f"by {clean(change.by)}")
    return ", ".join(parts)


def _what(change: Change) -> str:
    was, now = change.was.values(), change.now.values()
    match change.verb:
        case "seed":
            return "came with the seed"
        case "add":
            return "added"
        case "note":
            return "note"
        case "remove":
            return "removed"
    fields = [field for field in now if not (field == "completed_on" and "status" in now)]
    moved = "; ".join(_moved(field, was[field], now[field]) for field in fields)
    name = {"postpone": "due moved", "edit": "edited", "import": "imported"}.get(change.verb, "")
    return ": ".join(filter(None, (name or change.verb, moved)))


def _moved(field: str, was: object, now: object) -> str:
    if isinstance(was, (list, dict, tuple)) or isinstance(now, (list, dict, tuple)):
        return field.replace("_", " ")
    return f"{field.replace('_', ' ')} {_plain(was)} → {_plain(now)}"


def _plain(value: object) -> str:
    return "none" if value is None else clean(str(value))
