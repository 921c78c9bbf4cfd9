"""A plan carried out: first what comes back from the server, then what goes to it.

Every step stands by itself, and what was done is in the state at once, so that an end at any
point, even by a power cut, leaves nothing half done and nothing doubled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, tzinfo
from typing import Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from tracker.actions import ChangeContext, Verb, apply
from tracker.errors import OutOfOrder, ServerRefused, TrackerError
from tracker.ics.lines import clean
from tracker.message import Message
from tracker.model import IN_TASKS, Milestone, Precision, Stamp, Status
from tracker.store import Store
from tracker.sync import resource
from tracker.sync.plan import Action, Preference, ServerResource, Step
from tracker.sync.state import ForeignResource, SyncedResource, SyncState

MOST_REFUSALS = 20
"""Milestones that a server may refuse one after another before it is left alone."""


class RemoteCollection(Protocol):
    """A collection, as `server.Collection` is one."""

    def etags(self) -> dict[str, str]: ...
    def contents(self, hrefs: Iterable[str]) -> Iterator[tuple[str, str, bytes]]: ...
    def put(self, href: str, data: bytes, etag: str | None) -> str | None: ...
    def delete(self, href: str, etag: str) -> bool: ...


class StepOutcome(Struct, frozen=True):
    """What became of a step. It may end as a conflict although it was planned as none."""

    step: Step
    action: Action
    milestone: Milestone
    notes: tuple[Message, ...] = ()


def look(
    remote: RemoteCollection,
    milestones: Mapping[str, Milestone],
    state: SyncState,
    zone: tzinfo | None,
) -> dict[str, ServerResource]:
    """What the server has of ours, by uid; only what changed on either side is fetched.

    Others' resources are left alone, and remembered so that they need not be fetched again.
    """
    etags = remote.etags()
    known = {clean(uid).strip(): uid for uid in milestones}
    state.others = {
        href: other
        for href, other in state.others.items()
        if etags.get(href) == other.etag and other.uid not in known
    }
    here = etags.keys() - state.others.keys()
    ours = {s.href: uid for uid, s in state.synced.items() if s.href in here and not s.gone}
    there = {uid: ServerResource(href, etags[href]) for href, uid in ours.items()}

    def is_stale(uid: str, etag: str) -> bool:
        s, m = state.synced[uid], milestones.get(uid)
        return m is not None and (s.etag != etag or s.revision != m.recorded_at or bool(s.kept))

    wanted = [
        href
        for href, etag in etags.items()
        if href in here and (href not in ours or is_stale(ours[href], etag))
    ]
    strays = []
    for href, etag, data in remote.contents(wanted):
        uid, said = ours.get(href), resource.uid_of(data)
        if uid is not None and (said is None or known.get(said) == uid):
            there[uid] = ServerResource.of(href, etag, data, zone)
        else:
            there.pop(uid or "", None)  # another task has that name now
            strays.append((href, etag, data, said))
    for href, etag, data, said in strays:
        uid = known.get(said or "")
        if uid is not None and uid not in there:
            there[uid] = ServerResource.of(href, etag, data, zone)
        else:
            state.others[href] = ForeignResource(etag, said)
    return there


class StepRunner:
    """Carries steps out against one collection; `folder` is the path of it."""

    def __init__(
        self,
        remote: RemoteCollection,
        folder: str,
        store: Store,
        occasion: ChangeContext,
        state: SyncState,
    ) -> None:
        self.remote = remote
        self.folder = folder
        self.store = store
        self.occasion = occasion
        self.state = state
        self._refusals = 0

    def carry(self, step: Step) -> StepOutcome:
        """Do it. Raises ServerUnavailable or ServerDenied; the state then says what was done."""
        return self._take(step) if step.action is Action.TAKE else self._reach(step, step.milestone)

    def _reach(self, step: Step, m: Milestone, *notes: Message) -> StepOutcome:
        """Bring the other side to where the step wants it, `m` being as it is here by now."""
        notes = (*step.notes, *notes)
        try:
            is_done = self._is_done(step, m)
        except ServerRefused as error:
            self._refusals += 1
            if self._refusals > MOST_REFUSALS:
                raise
            return StepOutcome(step, Action.REFUSED, m, (*notes, error.message))
        if not is_done:
            crossed = Message("was changed there during this sync; the next one looks again")
            return StepOutcome(step, Action.CONFLICT, m, (*notes, crossed))
        return StepOutcome(step, step.action, m, notes)

    def _is_done(self, step: Step, m: Milestone) -> bool:
        """Do it there; false if somebody else was faster."""
        etag = step.there.etag if step.there else ""
        match step.action:
            case Action.ADD:
                return self._add(m)
            case Action.CHANGE | Action.TAKE:
                return self._change(step, m)
            case Action.DELETE:
                if step.there is not None and not self.remote.delete(step.there.href, etag):
                    return False
                self.state.synced.pop(m.uid, None)
            case Action.AGREE:
                self._agree(step, m, etag)
            case Action.FORGO:
                self._agree(step, m, "", gone=True)
        return True

    def _add(self, m: Milestone) -> bool:
        hrefs = (self.folder + name for name in resource.names(m.uid))
        href = next(href for href in hrefs if href not in self.state.others)
        etag = self.remote.put(href, resource.resource_bytes(m), None)
        if etag is None:
            return False
        self._refusals = 0
        self.state.synced[m.uid] = SyncedResource(href, etag, m.recorded_at)
        return True

    def _change(self, step: Step, m: Milestone) -> bool:
        there = step.there
        if there is None:
            return False
        data = resource.merged(m, there.data or b"", step.kept, there.task)
        etag = self.remote.put(there.href, data, there.etag)
        if etag is None:
            return False
        self._refusals = 0
        self._agree(step, m, etag)
        return True

    def _take(self, step: Step) -> StepOutcome:
        m = step.milestone
        for verb, on in _verbs(step):
            try:
                m = self._applied(m, verb, on)
            except TrackerError as error:
                notes = Message("cannot be taken back ({reason})", reason=error.message)
                if step.prefer is None:
                    return StepOutcome(step, Action.CONFLICT, m, (*step.notes, notes))
                instead = replace(step, action=Action.AGREE)
                if step.prefer is Preference.OURS:
                    instead = replace(step, action=Action.CHANGE, kept=frozenset())
                return self._reach(instead, m, notes)
        return self._reach(step, m, *taken_back(step))

    def _applied(self, m: Milestone, verb: Verb, on: date | None) -> Milestone:
        """Apply to the milestone as it was planned for; dated today where its day is too early."""

        def guarded(now: Milestone, stamp: Stamp) -> Milestone:
            if now.recorded_at != m.recorded_at:
                raise TrackerError("It was changed here meanwhile.")
            return verb(now, stamp)

        day = self.occasion.on if on is None else min(on, self.occasion.on)
        try:
            effects = apply(self.store, replace(self.occasion, on=day), [str(m.id)], guarded)
        except OutOfOrder:
            effects = apply(self.store, self.occasion, [str(m.id)], guarded)
        return effects[0].after

    def _agree(self, step: Step, m: Milestone, etag: str, *, gone: bool = False) -> None:
        before = self.state.synced.get(m.uid)
        href = step.there.href if step.there else before.href if before else ""
        kept = tuple(sorted(step.kept))
        self.state.synced[m.uid] = SyncedResource(href, etag, m.recorded_at, kept, gone)


def _verbs(step: Step) -> Iterator[tuple[Verb, date | None]]:
    """The changes to make here, in an order that a milestone allows, and when each took effect."""
    taken, why = step.taken, str(IN_TASKS)
    reopens = taken.get("status", Status.COMPLETED).is_open
    status = [_status(taken)] if "status" in taken else []
    if reopens:
        yield from status
    if "due" in taken:
        due, precision = taken["due"], Precision.DAY if taken["due"] else Precision.NONE
        yield lambda m, stamp: m.postpone(stamp, due, precision, None, why=why), None
    if "percent" in taken:
        percent = {"percent": taken["percent"]}
        yield lambda m, stamp: m.edit(stamp, percent, why=why), None
    if not reopens:
        yield from status


def _status(taken: Mapping[str, Any]) -> tuple[Verb, date | None]:
    status, done_on = taken["status"], taken.get("completed_on")
    is_day_known = done_on is not None

    def set_status(m: Milestone, stamp: Stamp) -> Milestone:
        return m.set_status(stamp, status, why=str(IN_TASKS), is_day_known=is_day_known)

    return set_status, done_on


def _worded(field: str, value: object) -> object:
    """A value in words that a reader's language says."""
    if isinstance(value, Status):
        return Message(value.value.replace("-", " "))
    return (0 if field == "percent" else Message("no date")) if value is None else value


_TAKEN = {
    "status": Message("{now}"),
    "completed_on": Message("completed on {now}"),
    "due": Message("due {now} (was {was})"),
    "percent": Message("{now} %"),
}


def taken_back(step: Step) -> Iterator[Message]:
    """What is taken back, in words; a completion that is not dated there has no day here."""
    for field, now in step.taken.items():
        if field != "completed_on" or now is not None:
            was = getattr(step.milestone, field)
            yield Message(_TAKEN[field], now=_worded(field, now), was=_worded(field, was))
