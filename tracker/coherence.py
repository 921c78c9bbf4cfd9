"""Whether milestones agree with their own histories and with each other: pure checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from msgspec import Struct

from tracker.errors import OutOfOrder
from tracker.message import Message, sentences
from tracker.model import (
    CORRECT,
    LINKS,
    MERGE,
    PATCHED,
    SHORT,
    Change,
    Milestone,
    beginning,
    linked,
    sealed,
)


class Fault(Struct, frozen=True):
    """One thing that is wrong, the id of the milestone (0: the store itself), and what to do."""

    id: int
    what: Message
    advice: Message


def faults(milestones: Sequence[Milestone]) -> list[Fault]:
    """Return all that is wrong, in order of id. An empty list means the store is sound."""
    return sorted(_all(milestones), key=lambda fault: fault.id)


def _all(milestones: Sequence[Milestone]) -> Iterator[Fault]:
    counted = Counter(m.uid for m in milestones)
    for m in milestones:
        if counted[m.uid] > 1:
            what = Message("shares its uid {uid}", uid=m.uid)
            yield Fault(m.id, what, Message("Remove one of them."))
    by_uid = {m.uid: m for m in milestones}
    for m in milestones:
        yield from alterations(m)
        yield from _missing(m, by_uid)
    yield from _circles(by_uid)


def future_faults(milestones: Iterable[Milestone], last: date) -> Iterator[Fault]:
    """Yield what is dated or was recorded after the last day that has begun, by a wrong clock."""
    for m in milestones:
        if m.created_on > last:
            said = "Say when it was: `tracker correct {id} --made-on DATE -m REASON`."
            what = Message("was made on {day}, a day to come", day=m.created_on)
            yield Fault(m.id, what, Message(said, id=m.id))
        for change in m.effective:
            if change.on > last and not change.begins:
                name = change.digest[:SHORT]
                what = Message("has {change}, a day to come", change=_name(change))
                yield Fault(m.id, what, Message("Take it back: `tracker undo {name}`.", name=name))
        ahead = [change for change in m.history if change.at.date() > last]
        if ahead:
            name, at = _name(ahead[0]), ahead[0].at.isoformat()
            what = Message("has {change}, recorded at {at}, a day to come", change=name, at=at)
            yield Fault(m.id, what, sentences((Message("A clock was ahead of time."), _RESTORE)))


def refuse_future(
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


_RESTORE = Message("Restore it from a copy of the file.")
_BY_COMMANDS = Message("Change values with the commands, not in the file; restore it from a copy.")


def _flaw(id: int, sentence: str, **values: object) -> Fault:
    return Fault(id, Message(sentence, **values), _RESTORE)


def alterations(m: Milestone) -> Iterator[Fault]:
    """Yield what of a milestone and its history was altered past the commands.

    Backwards from what it is: each entry must have led to the values that the next one found. So
    the values that it began with come out at the first entry, whose digest covers them.
    """
    flaw = partial(_flaw, m.id)
    entries = {change.digest: change for change in m.history}
    if len(entries) < len(m.history):
        yield flaw("has an entry twice")
    found = {m.history[-1].digest: {field: getattr(m, field) for field in PATCHED}}
    for change in reversed(m.history):
        name = _name(change)
        yield from (
            flaw("has {change}, {what}", change=name, what=what) for what in _order(change, entries)
        )
        values = found.get(change.digest)
        if values is None:
            yield flaw("has {change}, on which nothing follows", change=name)
            continue
        was, now = change.was.values(), change.now.values()
        if was.keys() != now.keys():
            yield flaw("has {change}, which does not say what it changed", change=name)
        for field in (f for f, value in now.items() if values[f] != value):
            what = Message("has a {field} that its history does not lead to", field=_label(field))
            yield Fault(m.id, what, _BY_COMMANDS)
        if was.get("baseline_due") is not None and change.verb not in _MAY_MOVE_BASELINE:
            yield flaw("had its baseline changed by {change}", change=name)
        for parent, before in _before(change, values):
            if found.setdefault(parent, before) != before:
                yield flaw("has {change}, which tells another past than a later one", change=name)
        began = beginning(m.uid, values) if change.begins else None
        if sealed(change, began).digest != change.digest:
            yield flaw(_PAST_THE_COMMANDS[change.begins], change=name)


_PAST_THE_COMMANDS = (
    Message("has {change}, which was altered past the commands"),
    Message("has {change}, which, or a value of which, was altered past the commands"),
)
"""What is said of an entry, and of a first one, which covers the values that it began with."""


_MAY_MOVE_BASELINE = ("undo", "redo", MERGE, CORRECT)


def _order(change: Change, entries: Mapping[str, Change]) -> Iterator[Message]:
    for parent in change.parents:
        if parent not in entries:
            yield Message("before which one is missing")
        elif entries[parent].at >= change.at:
            yield Message("recorded before the one that it follows")


def _before(change: Change, after: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The values at each parent of an entry, from those after it."""
    was = change.was.values()
    if not change.is_merge:
        yield from ((parent, {**after, **was}) for parent in change.parents)
        return
    for place, parent in enumerate(change.parents):
        gave_way = {f: v for f, v in was.items() if (f in change.took) != (place == 1)}
        yield parent, {**after, **gave_way}


def _name(change: Change) -> Message:
    name = change.digest[:SHORT]
    return Message(
        "the change {name} ({verb} of {day})", name=name, verb=change.verb, day=change.on
    )


def _label(field: str) -> str:
    return field.replace("_", " ")


def _missing(m: Milestone, by_uid: Mapping[str, Milestone]) -> Iterator[Fault]:
    missing = {uid: field for field in LINKS for uid in linked(m, field) if uid not in by_uid}
    for uid, field in missing.items():
        what = Message("links to {uid}, which is not here", uid=uid)
        yield Fault(m.id, what, _mended(m, field))


def _circles(by_uid: Mapping[str, Milestone]) -> Iterator[Fault]:
    """Yield who comes back to itself, of each kind of link the first circle found."""
    from graphlib import CycleError, TopologicalSorter  # only `check` asks

    for field in LINKS:
        try:
            TopologicalSorter({uid: linked(m, field) for uid, m in by_uid.items()}).prepare()
        except CycleError as error:
            for uid in dict.fromkeys(error.args[1]):
                m = by_uid[uid]
                what = Message("comes back to itself by {field}", field=_label(field))
                yield Fault(m.id, what, _mended(m, field))


def _mended(m: Milestone, field: str) -> Message:
    """Say what to type about a link."""
    command = f"edit {m.id} --{field.replace('_', '-')} ''"
    if field == "superseded_by":
        command = f"status {m.id} superseded --superseded-by ID"
    return Message("Link another, or none: `tracker {command}`.", command=command)
