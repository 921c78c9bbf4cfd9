"""Whether milestones agree with their own histories and with each other: pure checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from tracker.errors import OutOfOrder
from tracker.model import CORRECT, MERGE, PATCHED, SHORT, Change, Milestone, beginning, sealed


class Fault(Struct, frozen=True):
    """One thing that is wrong, the id of the milestone (0: the store itself), and what to do."""

    id: int
    what: str
    advice: str


def faults(milestones: Sequence[Milestone]) -> list[Fault]:
    """Return all that is wrong, in order of id. An empty list means the store is sound."""
    return sorted(_all(milestones), key=lambda fault: fault.id)


def _all(milestones: Sequence[Milestone]) -> Iterator[Fault]:
    yield from _twins(milestones)
    by_uid = {m.uid: m for m in milestones}
    for m in milestones:
        yield from altered(m)
        yield from _links(m, by_uid)


def to_come(milestones: Iterable[Milestone], last: date) -> Iterator[Fault]:
    """Yield what is dated or was recorded after the last day that has begun, by a wrong clock."""
    for m in milestones:
        if m.created_on > last:
            yield Fault(
                m.id,
                f"was made on {m.created_on}, a day to come",
                f"Say when it was: `tracker correct {m.id} --made-on DATE -m REASON`.",
            )
        for change in m.effective:
            if change.on > last and not change.begins:
                name = change.digest[:SHORT]
                what = f"has {_name(change)}, a day to come"
                yield Fault(m.id, what, f"Take it back: `tracker undo {name}`.")
        ahead = [change for change in m.history if change.at.date() > last]
        if ahead:
            yield Fault(
                m.id,
                f"has {_name(ahead[0])}, recorded at {ahead[0].at.isoformat()}, a day to come",
                "A clock was ahead of time. " + _RESTORE,
            )


def refuse_to_come(
    milestones: Iterable[Milestone], last: date, known: Iterable[Milestone] = ()
) -> None:
    """Raise OutOfOrder for an entry that is not `known` and is dated or recorded after `last`."""
    there = {change.digest for m in known for change in m.history}
    for m in milestones:
        for change in m.history:
            if max(change.on, change.at.date()) > last and change.digest not in there:
                raise OutOfOrder(
                    "Milestone {id} comes with the change {change} of {day}, recorded at {at}, a "
                    "day to come.",
                    "A clock was wrong where it comes from: take a copy of before that change.",
                    id=m.id,
                    change=change.digest[:SHORT],
                    day=change.on,
                    at=change.at.isoformat(),
                )


def _twins(milestones: Iterable[Milestone]) -> Iterator[Fault]:
    counted = Counter(m.uid for m in milestones)
    for m in milestones:
        if counted[m.uid] > 1:
            yield Fault(m.id, f"shares its uid {m.uid}", "Remove one of them.")


_RESTORE = "Restore it from a copy of the file."


def altered(m: Milestone) -> Iterator[Fault]:
    """Yield what of a milestone and its history was altered past the commands.

    Backwards from what it is: each entry must have led to the values that the next one found. So
    the values that it began with come out at the first entry, whose digest covers them.
    """
    entries = {change.digest: change for change in m.history}
    if len(entries) < len(m.history):
        yield Fault(m.id, "has an entry twice", _RESTORE)
    found = {m.history[-1].digest: {field: getattr(m, field) for field in PATCHED}}
    for change in reversed(m.history):
        name = _name(change)
        yield from (
            Fault(m.id, f"has {name}, {what}", _RESTORE) for what in _order(change, entries)
        )
        values = found.get(change.digest)
        if values is None:
            yield Fault(m.id, f"has {name}, on which nothing follows", _RESTORE)
            continue
        was, now = change.was.values(), change.now.values()
        if was.keys() != now.keys():
            yield Fault(m.id, f"has {name}, which does not say what it changed", _RESTORE)
        for field in (f for f, value in now.items() if values[f] != value):
            yield Fault(
                m.id,
                f"has a {field.replace('_', ' ')} that its history does not lead to",
                "Change values with the commands, not in the file; restore it from a copy.",
            )
        if was.get("baseline_due") is not None and change.verb not in _MAY_MOVE_BASELINE:
            yield Fault(m.id, f"had its baseline changed by {name}", _RESTORE)
        for parent, before in _before(change, values):
            if found.setdefault(parent, before) != before:
                yield Fault(
                    m.id, f"has {name}, which tells another past than a later one", _RESTORE
                )
        began = beginning(m.uid, values) if change.begins else None
        if sealed(change, began).digest != change.digest:
            also = ", or a value of the milestone," if change.begins else ""
            what = f"has {name}, which{also} was altered past the commands"
            yield Fault(m.id, what, _RESTORE)


_MAY_MOVE_BASELINE = ("undo", "redo", MERGE, CORRECT)


def _order(change: Change, entries: Mapping[str, Change]) -> Iterator[str]:
    for parent in change.parents:
        if parent not in entries:
            yield "before which one is missing"
        elif entries[parent].at >= change.at:
            yield "recorded before the one that it follows"


def _before(change: Change, after: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The values at each parent of an entry, from those after it."""
    was = change.was.values()
    if not change.is_merge:
        yield from ((parent, {**after, **was}) for parent in change.parents)
        return
    for place, parent in enumerate(change.parents):
        gave_way = {f: v for f, v in was.items() if (f in change.took) != (place == 1)}
        yield parent, {**after, **gave_way}


def _name(change: Change) -> str:
    return f"the change {change.digest[:SHORT]} ({change.verb} of {change.on})"


def _links(m: Milestone, by_uid: dict[str, Milestone]) -> Iterator[Fault]:
    links = (m.parent, m.superseded_by, m.duplicate_of, *m.depends_on)
    for uid in filter(None, links):
        if uid not in by_uid:
            yield Fault(m.id, f"links to {uid}, which is not here", f"Edit milestone {m.id}.")
    for name in ("parent", "superseded_by", "duplicate_of"):
        step, seen = m, set[str]()
        while (uid := getattr(step, name)) in by_uid and uid not in seen:
            seen.add(uid)
            step = by_uid[uid]
        if m.uid in seen:
            words = name.replace("_", " ")
            yield Fault(m.id, f"comes back to itself by {words}", f"Edit milestone {m.id}.")
