"""What a merge leaves to a person, in words, with what to type."""

from __future__ import annotations

from tracker.locale import Language
from tracker.merge import Conflict, Merged
from tracker.message import Message
from tracker.render.effect import plain
from tracker.render.text import clean

_ADVICE = {
    "due": Message("Ours stands; for theirs: `tracker postpone {id} {theirs}`."),
    "status": Message("Ours stands; for theirs: `tracker status {id} {theirs}`."),
    "removal": Message("It is kept; `tracker remove {id}` if it should go."),
    "row": Message("`tracker remove {id}` if it should go."),
}


def lines(merged: Merged, lang: Language) -> str:
    """Return a line for each milestone with a new id, and two for each conflict."""
    told = [
        lang.text("{was} is now {now}: {title}", was=one.was, now=one.now, title=clean(one.title))
        for one in merged.renumbered
    ]
    return "\n".join([*told, *(_conflict(one, lang) for one in merged.conflicts)])


def _conflict(conflict: Conflict, lang: Language) -> str:
    question, title = _question(conflict, lang), clean(conflict.title)
    told = lang.text("{id} {question}: {title}", id=conflict.id, question=question, title=title)
    return f"{told}\n    {_advice(conflict, lang)}"


def _question(conflict: Conflict, lang: Language) -> str:
    match conflict.about:
        case "soundness":
            return lang.text("fits neither side's links")
        case "row":
            return clean(lang.text(conflict.why or ""))
        case "removal" if None in _values(conflict):
            if conflict.ours.removed_on:
                return lang.text("ours removed it, theirs went on with it")
            return lang.text("theirs removed it, ours went on with it")
    # Of fields that move together the first says it all.
    field = next(iter(conflict.ours.values()))
    ours, theirs = (_plain(getattr(side, field), lang) for side in (conflict.ours, conflict.theirs))
    label = lang.label(field)
    return lang.text("{field}: ours {ours}, theirs {theirs}", field=label, ours=ours, theirs=theirs)


def _values(conflict: Conflict) -> tuple[object, object]:
    return conflict.ours.removed_on, conflict.theirs.removed_on


def _plain(value: object, lang: Language) -> str:
    """Say a value; lists and what has parts are too long for a line."""
    return lang.text("has its own") if _composed(value) else plain(value, lang)


def _composed(value: object) -> bool:
    return isinstance(value, (tuple, dict)) or hasattr(value, "__struct_fields__")


def _advice(conflict: Conflict, lang: Language) -> str:
    if conflict.about == "soundness":
        return clean(lang.text(conflict.why or ""))
    first = next(iter(conflict.theirs.values().values()), None)
    known = _ADVICE.get(conflict.about)
    if known is None or ("{theirs}" in known and first is None):
        return lang.text("Ours stands; for theirs: `tracker edit {id}`.", id=conflict.id)
    theirs = f"{clean(str(first))}{' --earlier' if _is_earlier(conflict) else ''}"
    return lang.text(known, id=conflict.id, theirs=theirs)


def _is_earlier(conflict: Conflict) -> bool:
    ours, theirs = (side.values().get("due") for side in (conflict.ours, conflict.theirs))
    return ours is not None and theirs is not None and theirs < ours
