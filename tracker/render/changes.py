"""Changes in the words of a language: what became of what, why, by whom; in parts or as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from msgspec import UNSET

from tracker.locale import Language
from tracker.message import Message
from tracker.model import ASSESS, LINKS, SHORT, Assessment, Change, Exhibit, Milestone, Status
from tracker.render.links import Link, link
from tracker.render.text import clean, legible
from tracker.render.values import plain, value
from tracker.render.wording import party, wording
from tracker.render.wrapping import wrapped
from tracker.report import LogEntry
from tracker.report.since import ChangeKind, recorded_on

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
    "stamp": "timestamp kept",
    "merge": "merged",
    "join": "joined with another record",
    "attest": "attested with all before it, as found",
}
"""What a change is called; a move or an assessment is said by its fields."""


KINDS = {
    ChangeKind.MOVED: (Message("Deadlines moved"), "deadline moved"),
    ChangeKind.DROPPED: (Message("Cancelled, superseded or removed"), "dropped"),
    ChangeKind.COMPLETED: (Message("Completed"), "completed"),
    ChangeKind.REOPENED: (Message("Reopened"), "reopened"),
    ChangeKind.PROGRESSED: (Message("Started or assessed"), "progress"),
    ChangeKind.ADDED: (Message("Added"), "added"),
    ChangeKind.EDITED: (Message("Edited"), "edited"),
    ChangeKind.ASSESSED: (Message("Assessed"), "assessed"),
    ChangeKind.STEPPED: (Message("Steps of the cycle"), "step"),
    ChangeKind.NOTED: (Message("Noted"), "noted"),
    ChangeKind.TAKEN_BACK: (Message("Taken back"), "taken back"),
    ChangeKind.CORRECTED: (Message("Corrected"), "corrected"),
}
"""What heads those of a kind, and what one is called."""


class FieldChange(NamedTuple):
    """A field and its values before and after; both are empty where they would say too much.

    `others` are the milestones that were and are named, where a page may lead to them.
    """

    field: str
    was: str
    now: str
    others: tuple[list[Link], list[Link]] = ([], [])


Named = Mapping[str, Link]
"""Milestones that may be named, by uid: what one is called, and where its page is."""


class DescribedChange(NamedTuple):
    """One change, ready to be written."""

    on: date
    day: str
    verb: str
    moves: list[FieldChange]
    why: str
    evidence: Link | None
    by: str
    is_undone: bool


def history(m: Milestone, lang: Language, named: Named) -> list[DescribedChange]:
    undone = {change.undoes for change in m.history if change.undoes}
    return [
        describe(m, change, lang, named, is_undone=change.digest in undone) for change in m.history
    ]


def describe(
    m: Milestone,
    change: Change,
    lang: Language,
    named: Named | None = None,
    *,
    is_undone: bool = False,
) -> DescribedChange:
    return DescribedChange(
        change.on,
        lang.day(change.on),
        _verb(change, lang),
        list(_moves(change, m, lang, named or {})),
        legible(lang.reason(change.why)),
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


def _moves(change: Change, m: Milestone, lang: Language, named: Named) -> Iterator[FieldChange]:
    if (found := change.assessment) is not None:
        name = party(found.assessor, m, lang)
        told = lang.text("{name} ({finding})", name=name, finding=lang.finding(found))
        yield FieldChange(legible(told), "", "")
    elif change.step is not None and change.step.party:
        yield FieldChange(legible(party(change.step.party, m, lang)), "", "")
    if change.step is not None and change.step.until:
        yield FieldChange(lang.text("until {day}", day=lang.day(change.step.until)), "", "")
    for field, was, now in altered(change):
        if field == "due":
            before, after = (_due(patch.values(), m, lang) for patch in (change.was, change.now))
            yield FieldChange(lang.label(field), before, after)
        elif field in LINKS:
            sides = _others(was, named), _others(now, named)
            before, after = (lang.listed(o.text for o in s) or value(None, lang) for s in sides)
            yield FieldChange(lang.label(field), before, after, sides)
        elif field != "removed_on":
            became = _of_unknown_day(change, field, lang) or value(now, lang)
            yield FieldChange(lang.label(field), value(was, lang), became)


def _others(uids: str | tuple[str, ...] | None, named: Named) -> list[Link]:
    every = (uids,) if isinstance(uids, str) else uids or ()
    # Of one that may not be named, what is enough to type.
    return [named.get(uid) or Link(legible(uid[:SHORT]), None) for uid in every]


def _due(values: dict[str, Any], m: Milestone, lang: Language) -> str:
    due = values.get("due")
    precision = values.get("precision", m.precision)
    return lang.text("no date") if due is None else lang.by(due, precision)


def log_lines(entries: Iterable[LogEntry], lang: Language, total: int | None) -> str:
    """Return each change with id, name and title, on lines of `total` cells if that is given."""
    lines: list[str] = []
    for entry in entries:
        m, change = entry.milestone, entry.change
        label = f"{change.on}  {m.id:>4}  {change.digest[:SHORT]}  "
        text = f"{described(m, change, lang)}  [{wording(m, lang).title}]"
        lines += [label + text] if total is None else wrapped(label, text, total)
    return "\n".join(lines)


def described(m: Milestone, change: Change, lang: Language) -> str:
    is_dated_back = recorded_on(change) != change.on
    return change_words(alteration(m, change, lang), change, lang, is_dated_back=is_dated_back)


def change_words(
    what: str, change: Change, lang: Language, *, is_dated_back: bool, quiet: str = ""
) -> str:
    """Say what a change did, why and by whom; `quiet` stands where a reason is missing."""
    parts = [what]
    if why := quiet or (change.why and f"“{clean(lang.reason(change.why))}”"):
        parts.append(why)
    if change.evidence:
        parts.append(lang.text("evidence {evidence}", evidence=clean(change.evidence)))
    if change.exhibit:
        parts.append(copy_kept(change.exhibit, lang))
    if change.by:
        parts.append(lang.text("by {name}", name=clean(change.by)))
    if is_dated_back:
        parts.append(lang.text("recorded on {day}", day=recorded_on(change)))
    return lang.join(parts)


def copy_kept(exhibit: Exhibit, lang: Language) -> str:
    return lang.text("copy kept ({name})", name=exhibit.sha256[:SHORT])


def alteration(m: Milestone, change: Change, lang: Language) -> str:
    """Say what became of what, without reason or name."""
    if change.corrects and change.now.removed_on is not UNSET:
        return lang.text("taken out as a mistake")
    verb = _verb(change, lang)
    if change.verb in _WHOLE:
        return verb
    moves = (
        _moved(field, was, _of_unknown_day(change, field, lang) or now, lang)
        for field, was, now in altered(change)
    )
    moved = lang.listed(filter(None, (_by_whom(m, change, lang), *moves)))
    if change.verb == ASSESS:
        return moved
    if verb and moved:
        return lang.text("{what}: {counts}", what=verb, counts=moved)
    return verb or moved or clean(change.verb)


def _verb(change: Change, lang: Language) -> str:
    """What a change is called; "" for one that its fields say."""
    if change.step is not None and not change.corrects:
        return lang.text(change.step.stage.message)
    return lang.word("change", VERBS[change.verb]) if change.verb in VERBS else ""


def _by_whom(m: Milestone, change: Change, lang: Language) -> str:
    """What it says of who found or did what; for a correction, what as well."""
    if change.assessment is not None:
        return found(change.assessment, m, lang)
    if (step := change.step) is None:
        return ""
    told = [lang.text(step.stage.message)] if change.corrects else []
    told += [lang.text("until {day}", day=step.until)] if step.until else []
    return lang.join([*told, *([clean(party(step.party, m, lang))] if step.party else [])])


def _of_unknown_day(change: Change, field: str, lang: Language) -> str:
    """What a status became, if it was completed and nobody knows when; "" if it was not so."""
    is_so = field == "status" and change.now.status is Status.COMPLETED
    return lang.text("completed, day unknown") if is_so and not change.now.completed_on else ""


def found(assessment: Assessment, m: Milestone, lang: Language) -> str:
    """Say who found what of a milestone, and which finding that contradicts."""
    name = clean(party(assessment.assessor, m, lang))
    told = lang.text("{name} ({finding})", name=name, finding=lang.finding(assessment))
    if not assessment.disputes:
        return told
    disputed = lang.text("disputes {change}", change=assessment.disputes[:SHORT])
    return lang.join([told, disputed])


_WHOLE = ("seed", "add", "extract", "note", "remove", "join", "attest", "stamp")
"""What is told by its name alone."""


def _moved(field: str, was: object, now: object, lang: Language) -> str:
    label = lang.label(field)
    if isinstance(was, (list, dict, tuple)) or isinstance(now, (list, dict, tuple)):
        return label
    if field in LINKS:  # of a uid, what is enough to type
        was, now = (uid[:SHORT] if isinstance(uid, str) else uid for uid in (was, now))
    told = {"field": label, "was": plain(was, lang), "now": plain(now, lang)}
    if was is None:
        return lang.text(_FOUND.get(field, _SET), **told)
    if now is None:
        return lang.text(_LOST.get(field, _TAKEN_AWAY), **told)
    return lang.text("{field} {was} → {now}", **told)


_SET = Message("{field} set to {now}")
_TAKEN_AWAY = Message("{field} taken away (was {was})")
_FOUND = {
    "made_on": Message("promised on {now}, which was unknown"),
    "completed_on": Message("completed on {now}, which was unknown"),
    "due": Message("dated {now}, before that no date"),
    "removed_on": Message("removed"),
}
_LOST = {
    "made_on": Message("the day of the promise is unknown (was {was})"),
    "completed_on": Message("the day of completion is unknown (was {was})"),
    "due": Message("no date any more (was {was})"),
    "removed_on": Message("back again"),
}
"""What is said of a day that was not known or not there, or is not any more."""
