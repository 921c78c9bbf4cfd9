"""How far a milestone has come from assignment to closing, and what it waits for there.

assigned → received → reported → verified → closed. What is verified may be returned instead, and is
reported again. Every assignment begins anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from tracker.errors import BadValue, OutOfOrder, TrackerError, Unchanged
from tracker.message import Message
from tracker.model.change import Change
from tracker.model.promise import Promise
from tracker.model.seal import SHORT
from tracker.model.step import OfficeStep, Stage
from tracker.model.values import Status
from tracker.texts import folded

_AFTER: dict[Stage, frozenset[Stage | None]] = {
    Stage.RECEIVED: frozenset({None, Stage.ASSIGNED}),
    Stage.REPORTED: frozenset({Stage.RECEIVED, Stage.REPORTED, Stage.RETURNED}),
    Stage.RETURNED: frozenset({Stage.REPORTED, Stage.VERIFIED}),
    Stage.VERIFIED: frozenset({Stage.REPORTED}),
    Stage.CLOSED: frozenset({Stage.VERIFIED}),
}
"""After which step each may come; an assignment after any."""

_NEXT = {
    Stage.ASSIGNED: Stage.RECEIVED,
    Stage.RECEIVED: Stage.REPORTED,
    Stage.RETURNED: Stage.REPORTED,
    Stage.REPORTED: Stage.VERIFIED,
    Stage.VERIFIED: Stage.CLOSED,
}
"""What is waited for after each."""

_PLACE = {stage: place for place, stage in enumerate(Stage)}

_LACKS = {
    Stage.RECEIVED: Message("Milestone {id} was not received yet."),
    Stage.REPORTED: Message("Milestone {id} has no feedback that was not looked at yet."),
    Stage.VERIFIED: Message("Milestone {id} was not verified yet."),
}

OF_BODY = frozenset({Stage.RECEIVED, Stage.REPORTED, Stage.EXTENSION_ASKED})
"""The steps of the responsible body; the others are the office's."""

_ASSIGNERS = frozenset({Stage.CLOSED, Stage.EXTENSION_GRANTED, Stage.EXTENSION_REFUSED})
"""Steps that nobody but who assigned it takes."""


class TakenStep(NamedTuple):
    """A step as it was taken, and how many days after the one before, None if nobody knows."""

    change: Change
    step: OfficeStep
    days: int | None


class Awaited(NamedTuple):
    """The step that is waited for, of whom ("" if nobody knows), and since which day."""

    stage: Stage
    party: str
    since: date


class Cycle(Struct, frozen=True):
    """The steps since the last assignment, in order of days, and the request that is not answered.

    `assigned_on` is the day of the assignment, or else the one on which it was promised; None if
    nobody knows. The responsible body is `owner`, who assigned it `assigner`, "" if unknown.
    """

    taken: tuple[TakenStep, ...]
    assigned_on: date | None
    owner: str
    assigner: str
    asked: Change | None
    is_over: bool

    @property
    def last(self) -> TakenStep | None:
        return self.taken[-1] if self.taken else None

    @property
    def stage(self) -> Stage | None:
        """The last step."""
        return self.taken[-1].step.stage if self.taken else None

    @property
    def awaited(self) -> Iterator[Awaited]:
        """What is waited for: the next step, and an answer to who asked for more time."""
        last = self.last
        if last is not None and last.step.stage in _NEXT and not self.is_over:
            stage = _NEXT[last.step.stage]
            yield Awaited(stage, self.whose(stage), last.change.on)
        if self.asked is not None:
            stage = Stage.EXTENSION_GRANTED
            yield Awaited(stage, self.whose(stage), self.asked.on)

    def whose(self, stage: Stage) -> str:
        return self.owner if stage in OF_BODY else self.assigner

    def days(self, stage: Stage) -> int | None:
        """Days that the steps of a stage took in all; None if there is none, or one is unknown."""
        # Sending back is verifying too.
        stages = (stage, Stage.RETURNED) if stage is Stage.VERIFIED else (stage,)
        of_stage = [taken.days for taken in self.taken if taken.step.stage in stages]
        known = [days for days in of_stage if days is not None]
        return sum(known) if known and len(known) == len(of_stage) else None


def cycle(m: Promise) -> Cycle | None:
    """Return how far it has come; None for one of which no step was taken."""
    if all(change.step is None for change in m.history):  # as most are
        return None
    entries = [(c, c.step) for c in m.effective if c.step is not None]
    entries.sort(key=lambda entry: entry[0].on)
    steps = [entry for entry in entries if entry[1].stage.is_of_cycle]
    begun = [at for at, (_, step) in enumerate(steps) if step.stage is Stage.ASSIGNED]
    steps = steps[begun[-1] if begun else 0 :]
    promised_on = None if m.is_of_unknown_day else m.created_on
    assigned = steps[0] if begun else None
    answered = {step.answers for _, step in entries}
    asked = [c for c, s in entries if s.stage is Stage.EXTENSION_ASKED and c.digest not in answered]
    before = [None if assigned else promised_on, *(change.on for change, _ in steps)]
    taken = [
        TakenStep(change, step, None if day is None else (change.on - day).days)
        for (change, step), day in zip(steps, before, strict=False)
    ]
    return Cycle(
        tuple(taken),
        assigned[0].on if assigned else promised_on,
        m.owner or "",
        assigned[1].party if assigned else "",
        asked[-1] if asked and m.is_open else None,
        m.status in (Status.CANCELLED, Status.SUPERSEDED) or m.removed_on is not None,
    )


def default_party(m: Promise, stage: Stage) -> str:
    if stage in OF_BODY:
        return m.owner or ""
    so_far = cycle(m)
    return so_far.assigner if so_far and stage is not Stage.ASSIGNED else ""


def refuse_bad_step(m: Promise, on: date, step: OfficeStep) -> None:
    """Raise TrackerError for a step that does not follow, or is not that party's to take.

    Unchanged if it was taken already, OutOfOrder if the one before it has a later day.
    """
    so_far = cycle(m)
    last = so_far.last if so_far else None
    _refuse_party(m, step, so_far.assigner if so_far else "")
    if not step.stage.is_of_cycle:
        return
    _refuse_place(m, step, last)
    if last is not None and last.change.on > on:
        raise OutOfOrder(
            "Milestone {id} was {stage} on {day}, later than {on}.",
            "Give that day or a later one; or put that one right: `tracker correct {id} --entry "
            "{change} --on DATE -m REASON`.",
            id=m.id,
            stage=last.step.stage.message,
            day=last.change.on,
            on=on,
            change=last.change.digest[:SHORT],
        )


def _refuse_party(m: Promise, step: OfficeStep, assigner: str) -> None:
    party = folded(step.party)
    if step.stage in _ASSIGNERS and assigner and party and party != folded(assigner):
        said = (
            "Milestone {id} was assigned by {assigner}, who alone answers and closes it, not "
            "{name}."
        )
        hint = "Leave --as out; or assign it anew: `tracker assign {id} --as NAME`."
        raise TrackerError(said, hint, id=m.id, assigner=assigner, name=step.party)
    is_own = m.owner is not None and party == folded(m.owner) != folded(assigner)
    if is_own and step.stage not in OF_BODY and step.stage is not Stage.ASSIGNED:
        said = (
            "{name} is responsible for milestone {id}, and nobody verifies, answers or closes "
            "their own."
        )
        raise TrackerError(said, "Say who does: --as NAME.", id=m.id, name=step.party)


def _refuse_place(m: Promise, step: OfficeStep, last: TakenStep | None) -> None:
    stage = last.step.stage if last else None
    if step.stage is Stage.ASSIGNED:
        if last is not None and last.step == step:
            raise _already(m, last)
    elif stage not in _AFTER[step.stage]:
        if last is not None and _PLACE[last.step.stage] >= _PLACE[step.stage]:
            raise _already(m, last)
        needed = next(before for before in _LACKS if before in _AFTER[step.stage])
        hint = "First: `tracker {verb} {id} --on DATE`."
        raise TrackerError(_LACKS[needed], hint, id=m.id, verb=needed.verb)


def _already(m: Promise, last: TakenStep) -> Unchanged:
    hint = "Next: `tracker {verb} {id}`."
    if last.step.stage is Stage.CLOSED:
        hint = "To take it up again: `tracker assign {id}`."
    return Unchanged(
        "Milestone {id} is {stage} since {day}.",
        hint,
        id=m.id,
        stage=last.step.stage.message,
        day=last.change.on,
        verb=_NEXT.get(last.step.stage, Stage.ASSIGNED).verb,
    )


def refuse_asking(m: Promise, step: OfficeStep) -> None:
    """Raise TrackerError for a request while one is pending, or for a date that is no later."""
    so_far = cycle(m)
    if so_far is not None and so_far.last is not None and so_far.stage is Stage.CLOSED:
        raise _already(m, so_far.last)
    if so_far is not None and so_far.asked is not None and so_far.asked.step is not None:
        raise TrackerError(
            "More time was asked for already for milestone {id}, until {day}.",
            "That is answered first: `tracker grant-extension {id}` or `tracker refuse-extension "
            "{id} -m WHY`; or taken back: `tracker undo {change}`.",
            id=m.id,
            day=so_far.asked.step.until,
            change=so_far.asked.digest[:SHORT],
        )
    if step.until is None or (m.due is not None and step.until <= m.due):
        raise BadValue(
            "Milestone {id} is due {due}, and {date} is no later.",
            "Give the later day that is asked for.",
            id=m.id,
            due=m.due or Message("no date"),
            date=step.until or Message("no date"),
        )


def answer_to(m: Promise, on: date, stage: Stage, party: str) -> tuple[OfficeStep, OfficeStep]:
    """Return what was asked and the step that answers it. Raises TrackerError if nothing was."""
    so_far = cycle(m)
    asked = so_far.asked if so_far else None
    if asked is None or asked.step is None:
        raise TrackerError(
            "Nobody asks for more time for milestone {id}.",
            "`tracker request-extension {id} DATE -m WHY` does; `tracker postpone {id} DATE` moves "
            "the date at once.",
            id=m.id,
        )
    if on < asked.on:
        said = "More time for milestone {id} was asked for on {day}, later than {on}."
        raise OutOfOrder(said, "Give that day or a later one.", id=m.id, day=asked.on, on=on)
    return asked.step, OfficeStep(stage, party or (so_far.assigner if so_far else ""), asked.digest)


def refuse_disorder_of_steps(m: Promise) -> None:
    """Raise OutOfOrder if a step would be on an earlier day than the one recorded before it."""
    before: date = m.earliest
    for change in m.effective:
        if change.step is None and change.assessment is None:
            continue
        is_of_cycle = change.step is not None and change.step.stage.is_of_cycle
        if change.on < (before if is_of_cycle else m.earliest):
            said = (
                "So corrected, something of milestone {id} would be of {on}, before {day}, the "
                "day of what it follows."
            )
            hint = "Give that day or a later one."
            raise OutOfOrder(said, hint, id=m.id, on=change.on, day=before)
        before = change.on if is_of_cycle else before
