"""What a merge leaves to a person, in words, with what to type."""

from __future__ import annotations

from collections.abc import Mapping
from shlex import quote
from typing import Any

from tracker.locale import Language
from tracker.merge import Conflict, MergeResult
from tracker.model import FIELDS, Field, FieldKind, Milestone, Status
from tracker.render.text import clean
from tracker.render.values import plain


def lines(merged: MergeResult, lang: Language) -> str:
    """Return a line for each milestone with a new id, and two for each conflict."""
    told = [
        lang.text("{was} is now {now}: {title}", was=one.was, now=one.now, title=clean(one.title))
        for one in merged.renumbered
    ]
    there = {m.uid: m for m in merged.milestones}
    return "\n".join([*told, *(_conflict(one, there[one.uid], lang) for one in merged.conflicts)])


def _conflict(conflict: Conflict, m: Milestone, lang: Language) -> str:
    question, title = _question(conflict, lang), clean(conflict.title)
    told = lang.text("{id} {question}: {title}", id=conflict.id, question=question, title=title)
    return f"{told}\n    {_advice(conflict, m, lang)}"


def _question(conflict: Conflict, lang: Language) -> str:
    match conflict.about:
        case "soundness":
            return lang.text("fits neither side's links")
        case "row":
            return clean(lang.text(conflict.why or ""))
        case "removal" if None in (conflict.ours.removed_on, conflict.theirs.removed_on):
            if conflict.ours.removed_on:
                return lang.text("ours removed it, theirs went on with it")
            return lang.text("theirs removed it, ours went on with it")
    # Of fields that move together the first says it all.
    field = next(iter(conflict.ours.values()))
    ours, theirs = (_plain(getattr(side, field), lang) for side in (conflict.ours, conflict.theirs))
    label = lang.label(field)
    return lang.text("{field}: ours {ours}, theirs {theirs}", field=label, ours=ours, theirs=theirs)


def _plain(value: object, lang: Language) -> str:
    # Lists and what has parts are too long for a line.
    if isinstance(value, (tuple, dict)) or hasattr(value, "__struct_fields__"):
        return lang.text("has its own")
    return plain(value, lang)


def _advice(conflict: Conflict, m: Milestone, lang: Language) -> str:
    match conflict.about:
        case "soundness":
            return clean(lang.text(conflict.why or ""))
        case "removal":
            return lang.text("It is kept; `tracker remove {id}` if it should go.", id=m.id)
        case "row":
            return lang.text("`tracker remove {id}` if it should go.", id=m.id)
    if m.removed_on is not None:
        return lang.text("Ours stands; it is removed in any case.")
    command = _command(conflict, m)
    if command is None:
        return lang.text("Ours stands; `tracker log {id}` shows theirs.", id=m.id)
    return lang.text("Ours stands; for theirs: `tracker {command}`.", command=command)


def _command(conflict: Conflict, m: Milestone) -> str | None:
    """What gives the milestone the values of theirs; None if no command does."""
    theirs = conflict.theirs.values()
    match conflict.about:
        case "due":
            return _due_command(conflict, m)
        case "status":
            return _status_command(m, theirs)
        case "made_on" if made_on := theirs["made_on"]:
            return f"correct {m.id} --made-on {made_on} -m merged"
    options = [_option(FIELDS[name], m, value) for name, value in theirs.items()]
    return None if None in options else f"edit {m.id} {' '.join(filter(None, options))}"


def _due_command(conflict: Conflict, m: Milestone) -> str | None:
    """A move, unless the sides have other first dates, or nothing is owed any more."""
    due, first = (conflict.theirs.values().get(field) for field in ("due", "baseline_due"))
    if first is None and m.is_open:
        ours = conflict.ours.values().get("due")
        earlier = " --earlier" if ours and due and due < ours else ""
        return due and f"postpone {m.id} {due}{earlier}"
    said = [f"--{option} {day}" for option, day in (("due", due), ("baseline", first)) if day]
    return f"correct {m.id} {' '.join(said)} -m merged" if said else None


def _status_command(m: Milestone, theirs: Mapping[str, Any]) -> str | None:
    if done_on := theirs.get("completed_on"):
        return f"done {m.id} --on {done_on}"
    if (status := theirs.get("status", m.status)) is Status.SUPERSEDED:
        by = theirs.get("superseded_by")
        return f"status {m.id} {status} --superseded-by {by}" if by else None
    return f"status {m.id} {status}" if "status" in theirs else None


def _option(field: Field, m: Milestone, value: Any) -> str | None:
    """The option of `edit` that gives a field this value."""
    flag = "--title" if field.name == "title" else field.option and field.option.flag
    match field.kind:
        case _ if flag is None:
            return None
        case FieldKind.TAGS:
            more, gone = (
                set(one) - set(other) for one, other in ((value, m.tags), (m.tags, value))
            )
            words = [f"--tag {quote(tag)}" for tag in sorted(more)]
            return " ".join([*words, *(f"--untag {quote(tag)}" for tag in sorted(gone))])
        case FieldKind.TEXTS | FieldKind.LINKS:
            return " ".join(f"{flag} {quote(one)}" for one in value or ("",))
        case FieldKind.TEXT | FieldKind.LINK | FieldKind.REPEAT:
            nothing = "none" if field.kind is FieldKind.REPEAT else ""
            return f"{flag} {quote(clean(value or nothing))}"
        case FieldKind.PERCENT | FieldKind.MODALITY | FieldKind.DAY if value is not None:
            return f"{flag} {value}"
    return None
