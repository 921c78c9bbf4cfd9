"""A promise with its record: how its history begins, and how each change gets into it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self, TypedDict, Unpack

from msgspec.structs import replace

from tracker.errors import Unchanged
from tracker.model.assessment import Assessment
from tracker.model.change import ASSESS, CORRECT, PATCHED, STAMP, Change, Patch, Stamp, later_than
from tracker.model.promise import Promise
from tracker.model.seal import beginning, sealed
from tracker.model.step import OfficeStep
from tracker.model.validation import refuse_disorder, validate
from tracker.model.values import Exhibit, Status

Evidence = str | Exhibit | None
"""An address or a file, or the copy that is kept of it."""


class Justification(TypedDict, total=False):
    """Why somebody makes a change, and what shows it."""

    why: str | None
    evidence: Evidence


_SAYS = ("note", ASSESS, STAMP)
"""Verbs that say something and need change nothing."""


class RecordedPromise(Promise, frozen=True, omit_defaults=True):
    """A promise to whose history nothing comes but by way of this."""

    @classmethod
    def begin(
        cls,
        id: int,
        uid: str,
        stamp: Stamp,
        verb: str,
        *,
        title: str,
        due: date | None = None,
        status: Status | None = None,
        made_on: date | None = None,
        why: str | None = None,
        evidence: str | None = None,
        exhibit: Exhibit | None = None,
        **fields: Any,
    ) -> Self:
        """Return a new one; its history begins on the day it was promised, or else `stamp.on`.

        `fields` are any others by name. Unless a status is given, it is not started, or in progress
        if a share of it is done. What was completed on a later day was owed until then. Raises
        BadValue for what a milestone cannot be.
        """
        done_on = fields.get("completed_on")
        # What comes from outside may have been promised and completed before it was entered.
        first_on = made_on or (stamp.on if verb == "add" else date.min)
        if done_on is not None and done_on > first_on:
            apart = fields.keys() & {"completed_on", "percent"}
            done: dict[str, Any] = {field: fields.pop(field) for field in apart}
            said: dict[str, Any] = {"why": why, "evidence": evidence, "exhibit": exhibit}
            dated: dict[str, Any] = {"due": due, "made_on": made_on}
            owed = cls.begin(id, uid, stamp, verb, title=title, **dated, **said, **fields)
            then = Stamp(later_than(stamp.at), done_on, stamp.by)
            verb = verb if verb == "import" else "status"
            return owed._changed(then, verb, {"status": status, **done})
        begun = cls(
            id,
            uid,
            title,
            status or (Status.IN_PROGRESS if fields.get("percent") else Status.NOT_STARTED),
            due=due,
            baseline_due=fields.pop("baseline_due", None) or due,
            made_on=made_on,
            **fields,
        )
        from tracker.limits import refuse_long  # a listing changes nothing

        refuse_long({"title": title, **fields})
        validate(begun)
        on = made_on or stamp.on
        first = Change(stamp.at, on, verb, stamp.by, why=why, evidence=evidence, exhibit=exhibit)
        values = {field: getattr(begun, field) for field in PATCHED}
        return replace(begun, history=(sealed(first, beginning(uid, values)),))

    def revert(self, change: Change, verb: str, at: datetime, by: str | None) -> Self:
        """The fields as they were before `change`, which must be the last that touched them.

        It takes effect on the very day the change did, so that no replayed day shows the mistake.
        What brought the milestone into being is reverted by a tombstone.
        """
        was = {"removed_on": change.on} if change.begins else change.was.values()
        return self._changed(Stamp(at, change.on, by), verb, was, undoes=change.digest)

    def _changed(
        self,
        stamp: Stamp,
        verb: str,
        new: dict[str, Any],
        *,
        undoes: str | None = None,
        assessment: Assessment | None = None,
        step: OfficeStep | None = None,
        amends: str = "",
        exhibit: Exhibit | None = None,
        **told: Unpack[Justification],
    ) -> Self:
        why, evidence = told.get("why"), told.get("evidence")
        exhibit = evidence if isinstance(evidence, Exhibit) else exhibit
        said = evidence.origin if isinstance(evidence, Exhibit) else evidence
        new = {field: value for field, value in new.items() if value != getattr(self, field)}
        says = verb in _SAYS or evidence or step or assessment
        if not new and not says and undoes is None:
            raise Unchanged("Nothing to change: milestone {id} is so already.", id=self.id)
        from tracker.limits import refuse_long

        if undoes is None:
            named = (assessment and assessment.assessor) or (step and step.party)
            refuse_long({**new, "text": why, "evidence": said, "owner": named})
        if undoes is None and verb != CORRECT:
            refuse_disorder(self, stamp, new)
        was = {field: getattr(self, field) for field in new}
        change = Change(
            *(stamp.at, stamp.on, verb, stamp.by, Patch(**was), Patch(**new), why, said, undoes),
            (self.history[-1].digest,),
            assessment=assessment,
            step=step,
            amends=amends,
            exhibit=exhibit,
        )
        after = replace(self, **new, history=(*self.history, sealed(change)))
        validate(after)
        return after
