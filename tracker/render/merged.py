"""What a merge leaves to a person, in words, with what to type."""

from __future__ import annotations

from tracker.merge import Conflict, Merged
from tracker.render.text import clean

_ADVICE = {
    "due": "Ours stands; for theirs: `tracker postpone {id} {theirs}`",
    "status": "Ours stands; for theirs: `tracker status {id} {theirs}`",
    "removal": "It is kept; `tracker remove {id}` if it should go",
    "row": "`tracker remove {id}` if it should go",
}


def lines(merged: Merged) -> str:
    """Return a line for each milestone with a new id, and two for each conflict."""
    told = [f"{one.was} is now {one.now}: {clean(one.title)}" for one in merged.renumbered]
    return "\n".join([*told, *map(_conflict, merged.conflicts)])


def _conflict(conflict: Conflict) -> str:
    return f"{conflict.id} {_question(conflict)}: {clean(conflict.title)}\n    {_advice(conflict)}."


def _question(conflict: Conflict) -> str:
    match conflict.about:
        case "soundness":
            return "fits neither side's links"
        case "row":
            return clean(conflict.why or "")
        case "removal" if None in _values(conflict):
            sides = ("ours", "theirs")
            gone, there = sides if conflict.ours.removed_on else reversed(sides)
            return f"{gone} removed it, {there} went on with it"
    # Of fields that move together the first says it all.
    field = next(iter(conflict.ours.values()))
    ours, theirs = (_plain(getattr(side, field)) for side in (conflict.ours, conflict.theirs))
    return f"{field.replace('_', ' ')}: ours {ours}, theirs {theirs}"


def _values(conflict: Conflict) -> tuple[object, object]:
    return conflict.ours.removed_on, conflict.theirs.removed_on


def _plain(value: object) -> str:
    """Say a value; lists and what has parts are too long for a line."""
    if value is None:
        return "none"
    return "has its own" if _composed(value) else clean(str(value))


def _composed(value: object) -> bool:
    return isinstance(value, (tuple, dict)) or hasattr(value, "__struct_fields__")


def _advice(conflict: Conflict) -> str:
    if conflict.about == "soundness":
        return clean((conflict.why or "").rstrip("."))
    first = next(iter(conflict.theirs.values().values()), None)
    known = _ADVICE.get(conflict.about)
    if known is None or ("{theirs}" in known and first is None):
        return f"Ours stands; for theirs: `tracker edit {conflict.id}`"
    theirs = f"{clean(str(first))}{' --earlier' if _is_earlier(conflict) else ''}"
    return known.format(id=conflict.id, theirs=theirs)


def _is_earlier(conflict: Conflict) -> bool:
    ours, theirs = (side.values().get("due") for side in (conflict.ours, conflict.theirs))
    return ours is not None and theirs is not None and theirs < ours
