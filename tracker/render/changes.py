"""A milestone's history in the words of a language: what became of what, why, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from tracker.locale import Language
from tracker.model import Change, Milestone
from tracker.render.links import Link, link
from tracker.render.text import legible
from tracker.render.values import value

VERBS = {
    "seed": "came with the data",
    "add": "added",
    "extract": "found in a document",
    "note": "note",
    "remove": "removed",
    "undo": "undone",
    "redo": "done again",
    "edit": "edited",
    "import": "imported",
    "correct": "corrected",
    "assess": "assessed",
    "merge": "merged",
    "join": "joined with another record",
    "attest": "attested with all before it, as found",
}
"""What a change is called; a move or an assessment is said by its fields."""


class FieldChange(NamedTuple):
    """A field and its values before and after; both are empty where they would say too much."""

    field: str
    was: str
    now: str


class Described(NamedTuple):
    """One change, ready to be written."""

    on: date
    day: str
    verb: str
    moves: list[FieldChange]
    why: str
    evidence: Link | None
    by: str
    is_undone: bool


def history(m: Milestone, lang: Language) -> list[Described]:
    """Describe the whole history, the first change first."""
    undone = {change.undoes for change in m.history if change.undoes}
    return [describe(m, change, lang, is_undone=change.digest in undone) for change in m.history]


def describe(m: Milestone, change: Change, lang: Language, *, is_undone: bool = False) -> Described:
    """Describe one change of the history of `m`."""
    verb = VERBS.get(change.verb)
    return Described(
        change.on,
        lang.day(change.on),
        lang.word("change", verb) if verb else "",
        list(_moves(change, m, lang)),
        legible(change.why or ""),
        link(change.evidence) if change.evidence else None,
        legible(change.by or ""),
        is_undone,
    )


def altered(change: Change) -> Iterator[tuple[str, Any, Any]]:
    """Yield each field that a change is told by, what it was and what it became.

    A date says it; its phrase comes along, as its completion does with a status.
    """
    was, now = change.was.values(), change.now.values()
    along = {"due_phrase", "precision"} if "due" in now else set()
    along |= {"baseline_due"} if "due" in now and not change.corrects else set()
    along |= {"completed_on"} if "status" in now else set()
    yield from ((field, was.get(field), now[field]) for field in now if field not in along)


def _moves(change: Change, m: Milestone, lang: Language) -> Iterator[FieldChange]:
    if (found := change.assessment) is not None:
        told = lang.text("{name} ({finding})", name=found.assessor, finding=lang.finding(found))
        yield FieldChange(legible(told), "", "")
    for field, was, now in altered(change):
        if field == "due":
            said = (_due(patch.values(), m, lang) for patch in (change.was, change.now))
            yield FieldChange(lang.label(field), *said)
        elif field != "removed_on":
            yield FieldChange(lang.label(field), value(was, lang), value(now, lang))


def _due(values: dict[str, Any], m: Milestone, lang: Language) -> str:
    due = values.get("due")
    precision = values.get("precision", m.precision)
    return lang.text("no date") if due is None else lang.by(due, precision)
