"""What a sync has to do: pure, from our milestones, the last sync, and what the server has.

Each milestone is looked at in three ways: as it is here, as it is there, and as both were when
they last agreed. What changed on one side alone goes to the other. What changed on both sides, and
differently, is a conflict: it is told, and stays as it is on both sides until somebody settles it.
Status, percentage and due date come back from a tasks program; a title or a description that was
changed there stays there, and is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import tzinfo
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tracker.ics.read import TASK_STATES, Item
from tracker.message import Message, Reason
from tracker.model import Milestone, Status
from tracker.sync.resource import SAID, Task, parsed, resource_bytes
from tracker.sync.state import SyncedResource


class Action(StrEnum):
    """What is to be done with one milestone."""

    ADD = "add"
    CHANGE = "change"
    DELETE = "delete"
    TAKE = "take"
    AGREE = "agree"
    FORGO = "forgo"
    CONFLICT = "conflict"
    REFUSED = "refused"


class Preference(StrEnum):
    """Whose change counts where both sides changed."""

    OURS = "ours"
    THEIRS = "theirs"


class ServerResource(Struct, frozen=True):
    """A resource on the server; `data` and `task` only where they had to be fetched.

    `why` is what to say of the milestone where there is no task in it that can be read.
    """

    href: str
    etag: str
    data: bytes | None = None
    task: Task | None = None
    why: Message = Message("cannot be fetched there")

    @classmethod
    def of(cls, href: str, etag: str, data: bytes, zone: tzinfo | None) -> ServerResource:
        try:
            return cls(href, etag, data, parsed(data, zone))
        except Reason as error:
            return cls(href, etag, data, why=error.in_full)


class Step(Struct, frozen=True):
    """One milestone's part of the plan.

    `taken` are the changes to make here: any of `status`, `completed_on`, `due`, `percent`.
    `kept` are properties that stay as they are there. `notes` are sentences for the reader, and
    `prefer` is what counts if a change cannot be made here.
    """

    milestone: Milestone
    action: Action
    there: ServerResource | None = None
    taken: dict[str, Any] = {}
    kept: frozenset[str] = frozenset()
    notes: tuple[Message, ...] = ()
    prefer: Preference | None = None


_STATES = {state: Status.of_task(state).value.replace("-", " ") for state in TASK_STATES}


def plan(
    milestones: Iterable[Milestone],
    synced: Mapping[str, SyncedResource],
    there: Mapping[str, ServerResource],
    prefer: Preference | None = None,
) -> list[Step]:
    """Say what to do with each milestone that there is anything to do with.

    `there` is by uid. A milestone whose resource has neither changed there nor needs to change is
    not in the plan.
    """
    steps = (_step(m, synced.get(m.uid), there.get(m.uid), prefer) for m in milestones)
    return [step for step in steps if step is not None]


def _step(
    m: Milestone, s: SyncedResource | None, t: ServerResource | None, prefer: Preference | None
) -> Step | None:
    if t is None:
        return _absent(m, s, prefer)
    unchanged_there = s is not None and s.etag == t.etag
    if m.removed_on is not None:
        return _removed(m, s, t, prefer)
    if s is not None and unchanged_there:
        if m.recorded_at == s.revision and not (s.kept and prefer is Preference.OURS):
            return None
        if t.task is not None and not (m.is_open and "DUE" in s.kept):
            kept = frozenset() if prefer is Preference.OURS else frozenset(s.kept)
            return Step(m, Action.CHANGE, t, kept=kept)
    return _compared(m, s, t, prefer)


def _absent(m: Milestone, s: SyncedResource | None, prefer: Preference | None) -> Step | None:
    if m.removed_on is not None:
        return None
    if s is None or prefer is Preference.OURS:
        return Step(m, Action.ADD)
    if s.gone:
        return None
    if prefer is Preference.THEIRS:
        said = Message("was deleted there and stays away; it is kept here")
        return Step(m, Action.FORGO, notes=(said,))
    return Step(m, Action.CONFLICT, notes=(Message("was deleted there and still stands here"),))


def _removed(
    m: Milestone, s: SyncedResource | None, t: ServerResource, prefer: Preference | None
) -> Step | None:
    unchanged = s is not None and s.etag == t.etag
    if unchanged and s is not None and s.revision == m.recorded_at:
        return None  # it was settled that it stays there
    base = _base(m, s, t)
    if unchanged or prefer is Preference.OURS or (base is not None and not _changed(t, base)):
        return Step(m, Action.DELETE, t)
    if prefer is Preference.THEIRS:
        return Step(m, Action.AGREE, t, notes=(Message("is removed here and stays there"),))
    return Step(m, Action.CONFLICT, t, notes=(Message("was removed here and changed there"),))


def _base(m: Milestone, s: SyncedResource | None, t: ServerResource) -> Task | None:
    """The task as both sides last had it: at the last sync, or since then by the resource's word.

    Another tracker's revision says nothing here, and the record may have been lost.
    """
    ours = {change.at for change in m.history}
    said = (t.task.revision if t.task else None, s.revision if s else None)
    known = [at for at in said if at is not None and at in ours]
    if not known:
        return None
    base = _task(m.as_recorded(max(known)))
    if t.task is not None and t.task.worded and t.task.revision in ours:
        # We wrote it, though by now we may word it otherwise.
        return replace(base, said=base.said | {"DESCRIPTION": t.task.said["DESCRIPTION"]})
    return base


def _task(m: Milestone) -> Task:
    """A milestone as it reads once it was written."""
    return parsed(resource_bytes(m), None)


def _changed(t: ServerResource, base: Task) -> bool:
    return t.task is None or any(look(t.task.item) != look(base.item) for look in _FIELDS.values())


def _compared(
    m: Milestone, s: SyncedResource | None, t: ServerResource, prefer: Preference | None
) -> Step:
    if t.task is None:
        return _unread(m, t, prefer)
    theirs, ours, base = t.task, _task(m), _base(m, s, t)
    found = _differences(ours.item, theirs.item, None if base is None else base.item, prefer)
    kept, notes = _left_there(ours, theirs, base, frozenset(s.kept) if s else frozenset())
    if prefer is Preference.OURS:
        kept, notes = frozenset(), ()
    if found.conflicts:
        return Step(m, Action.CONFLICT, t, notes=tuple(found.conflicts))
    changes = dict(_change(m, theirs.item, found.taken))
    if "due" in changes and not (m.is_open or changes.get("status", m.status).is_open):
        due = _plain("due", changes.pop("due"))
        status = Message(m.status.value.replace("-", " "))
        said = "is due {due} there, left as it is since it is {status}"
        notes += (Message(said, due=due, status=status),)
        kept |= {"DUE"}
    if changes:
        return Step(m, Action.TAKE, t, changes, kept, notes, prefer)
    differ = {name for name in SAID if ours.said[name] != theirs.said[name]}
    action = Action.CHANGE if found.sends or differ - kept else Action.AGREE
    return Step(m, action, t, kept=kept, notes=notes)


class _Differences(Struct, frozen=True):
    """What comes from there by field, what to say of conflicts, and whether anything goes there."""

    taken: dict[str, Any]
    conflicts: list[Message]
    sends: bool


def _differences(
    ours: Item, theirs: Item, base: Item | None, prefer: Preference | None
) -> _Differences:
    taken: dict[str, Any] = {}
    conflicts: list[Message] = []
    sends = False
    for field, look in _FIELDS.items():
        here, there = look(ours), look(theirs)
        was = None if base is None else look(base)
        if here == there:
            continue
        if base is not None and there == was:
            sends = True
        elif (base is not None and here == was) or prefer is Preference.THEIRS:
            taken[field] = there
        elif prefer is Preference.OURS:
            sends = True
        else:
            conflicts.append(_difference(field, here, there, was))
    return _Differences(taken, conflicts, sends)


def _unread(m: Milestone, t: ServerResource, prefer: Preference | None) -> Step:
    """What becomes of a resource in which there is no task to compare."""
    if prefer is Preference.OURS:
        return Step(m, Action.CHANGE, t)
    if prefer is Preference.THEIRS:
        return Step(m, Action.AGREE, t, notes=(Message("{reason}; it stays so", reason=t.why),))
    return Step(m, Action.CONFLICT, t, notes=(t.why,))


def _left_there(
    ours: Task, theirs: Task, base: Task | None, before: frozenset[str]
) -> tuple[frozenset[str], tuple[Message, ...]]:
    """What of ours somebody changed there, which stays, and what to say of it."""
    kept, notes = set(before), []
    for name, called in _CALLED.items():
        there = theirs.said[name]
        if there == ours.said[name]:
            kept.discard(name)
        elif base is None or there != base.said[name]:
            kept.add(name)
            if name == "SUMMARY" and there and (title := theirs.item.title):
                said = "is called “{title}” there, which is not taken back"
                notes.append(Message(said, title=title))
            elif name == "SUMMARY":
                notes.append(Message("has no title there, left as it is"))
            elif name not in before:
                notes.append(called)
    return frozenset(kept), tuple(notes)


_CALLED = {
    "SUMMARY": Message("has another title there, left as it is"),
    "DESCRIPTION": Message("has another description there, left as it is"),
    "CATEGORIES": Message("has other tags there, left as they are"),
    "PRIORITY": Message("has another priority there, left as it is"),
    "RELATED-TO": Message("has other relations there, left as they are"),
    "URL": Message("has another address there, left as it is"),
}


def _percent(item: Item) -> int:
    """Nothing and none of it are the same; what is completed or cancelled has no percentage."""
    return (item.percent or 0) if item.state in ("NEEDS-ACTION", "IN-PROCESS") else -1


_FIELDS: dict[str, Callable[[Item], object]] = {
    "status": lambda item: item.state,
    "due": lambda item: item.due,
    "percent": _percent,
}


_NAMES = {"status": Message("status"), "due": Message("due"), "percent": Message("percent")}


def _difference(field: str, here: object, there: object, was: object) -> Message:
    """What differs on both sides: from the first sync on, and later."""
    both = {"field": _NAMES[field], "here": _plain(field, here), "there": _plain(field, there)}
    if was is None:
        return Message("{field}: {here} here, {there} there", **both)
    said = "{field}: {here} here, {there} there, {was} when both last agreed"
    return Message(said, **both, was=_plain(field, was))


def _plain(field: str, value: object) -> Message | str:
    if field == "percent":
        return Message("finished") if value == -1 else f"{value} %"
    if field == "status":
        return Message(_STATES[str(value)])
    return Message("none") if value is None else str(value)


def _change(m: Milestone, theirs: Item, taken: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The fields of a milestone to change: what a task says less exactly than it stands here."""
    if "status" in taken and m.status.task != taken["status"]:
        status = Status.of_task(taken["status"])
        yield "status", status
        if status is Status.COMPLETED:
            yield "completed_on", theirs.completed_on
    if "due" in taken:
        yield "due", taken["due"]
    percent = taken.get("percent", -1)
    if percent not in (-1, m.percent or 0):
        yield "percent", percent or None
