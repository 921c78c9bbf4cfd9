"""A milestone's history in the words of a language: what became of what, why, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from tracker.model import Change, Milestone, Modality, Precision, Status
from tracker.render.links import Link, link
from tracker.render.speech.base import Speech
from tracker.render.svg.ems import legible


class Move(NamedTuple):
    """A field and its values before and after; both are empty where they would say too much."""

    field: str
    was: str
    now: str


class Told(NamedTuple):
    """One change, ready to be written."""

    on: date
    day: str
    verb: str
    moves: list[Move]
    why: str
    evidence: Link | None
    by: str
    is_undone: bool


def told(m: Milestone, say: Speech) -> list[Told]:
    """Tell the whole history, the first change first."""
    undone = {change.undoes for change in m.history if change.undoes}
    return [tell(m, change, say, is_undone=change.digest in undone) for change in m.history]


def tell(m: Milestone, change: Change, say: Speech, *, is_undone: bool = False) -> Told:
    """Tell one change of the history of `m`."""
    return Told(
        change.on,
        say.day(change.on),
        say.verbs.get(change.verb, ""),
        list(_moves(change, m, say)),
        legible(change.why or ""),
        link(change.evidence) if change.evidence else None,
        legible(change.by or ""),
        is_undone,
    )


def _moves(change: Change, m: Milestone, say: Speech) -> Iterator[Move]:
    was, now = change.was.values(), change.now.values()
    # The date says it; its phrase and its completion come along.
    along = {"due_phrase", "precision", "baseline_due"} if "due" in now else set()
    along |= {"completed_on"} if "status" in now else set()
    along |= {"removed_on"}
    for field in now:
        if field == "due":
            yield Move(say.fields[field], _due(was, m, say), _due(now, m, say))
        elif field not in along:
            before, after = value(was.get(field), say), value(now[field], say)
            yield Move(say.fields[field], before, after)


def _due(values: dict[str, Any], m: Milestone, say: Speech) -> str:
    due = values.get("due")
    precision = values.get("precision", m.precision)
    return say.no_date if due is None else say.by(due, precision)


def value(of: object, say: Speech) -> str:
    """Say a field's value; what has parts is not spelt out."""
    words: dict[Any, str] = {
        None: "—",
        **say.statuses,
        **say.precisions,
        **say.modalities,
    }
    match of:
        case None | Status() | Precision() | Modality():
            return words[of]
        case date():
            return say.day(of)
        case str() | int():
            return legible(str(of))
        case _:
            return ""
