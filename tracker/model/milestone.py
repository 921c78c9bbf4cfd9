"""A milestone: a promise, and the verbs by which it changes.

All values are frozen. A verb (`set_status`, `postpone`, `edit`, `correct`, `note`, `remove`, and
so on) returns a new milestone whose history has one more `Change`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Self

from msgspec.structs import replace

from tracker.errors import TrackerError, Unchanged
from tracker.model.assessment import Assessment
from tracker.model.change import (
    ASSESS,
    CORRECT,
    OUTCOME,
    PATCHED,
    STAMP,
    Change,
    Patch,
    Stamp,
    later_than,
)
from tracker.model.promise import Promise
from tracker.model.seal import beginning, sealed
from tracker.model.step import OfficeStep, Stage
from tracker.model.validation import (
    refuse_backward,
    refuse_bad_assessment,
    refuse_disorder,
    validate,
)
from tracker.model.values import Exhibit, Precision, Status

Evidence = str | Exhibit | None
"""An address or a file, or the copy that is kept of it."""

_SAYS = ("note", ASSESS, STAMP)
"""Verbs that say something and need change nothing."""

_ITS_OWN = OUTCOME | {
    *("made_on", "due", "due_phrase", "precision", "baseline_due", "forecast_due", "percent"),
    *("next_step", "targets", "depends_on", "duplicate_of", "removed_on", "repeat", "follows"),
}
"""What the next of those that repeat does not have from the one before."""

_LONG = (Precision.FISCAL_YEAR, Precision.FIVE_YEAR)
"""Spans that a day a period later need not end."""


class Milestone(Promise, frozen=True, omit_defaults=True):
    """What is kept in a store. Every change to it goes through a verb."""

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
            done: dict[str, Any] = {
                f: fields.pop(f) for f in ("completed_on", "percent") if f in fields
            }
            told: dict[str, Any] = {"due": due, "made_on": made_on, "why": why, "exhibit": exhibit}
            told["evidence"] = evidence
            owed = cls.begin(id, uid, stamp, verb, title=title, **told, **fields)
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

    def set_status(
        self,
        stamp: Stamp,
        status: Status,
        *,
        why: str | None = None,
        evidence: Evidence = None,
        superseded_by: str | None = None,
        is_day_known: bool = True,
    ) -> Self:
        """Set the status; completion takes its date from the stamp, and leaving it clears it."""
        is_dated = status is Status.COMPLETED and is_day_known
        new: dict[str, Any] = {"status": status, "completed_on": stamp.on if is_dated else None}
        if status is Status.COMPLETED and self.status is Status.COMPLETED:
            new["completed_on"] = self.completed_on
        if status is Status.SUPERSEDED:
            new["superseded_by"] = superseded_by or self.superseded_by
        elif self.superseded_by is not None:
            new["superseded_by"] = None
        return self._changed(stamp, "status", new, why=why, evidence=evidence)

    def postpone(
        self,
        stamp: Stamp,
        due: date | None,
        precision: Precision,
        phrase: str | None,
        *,
        why: str | None = None,
        evidence: Evidence = None,
        step: OfficeStep | None = None,
    ) -> Self:
        """Move the due date, later or earlier; the baseline stays what was first promised."""
        self._refuse_settled()
        if due is not None and due == self.due:
            raise Unchanged(
                "Nothing to change: milestone {id} is due {due} already.", id=self.id, due=due
            )
        new: dict[str, Any] = {"due": due, "precision": precision, "due_phrase": phrase}
        if self.baseline_due is None and due is not None:
            new["baseline_due"] = due
        return self._changed(stamp, "postpone", new, why=why, evidence=evidence, step=step)

    def _refuse_settled(self) -> None:
        if not self.status.is_open:
            raise TrackerError(
                "Milestone {id} is {status}; only what is owed can be postponed.",
                "Reopen it first: `tracker status {id} in-progress`.",
                id=self.id,
                status=self.status,
            )

    def edit(self, stamp: Stamp, fields: Mapping[str, Any], *, why: str | None = None) -> Self:
        """Any other fields changed, by name. Status, due and baseline have verbs of their own.

        Of what is not started, a share that is done starts it.
        """
        return self._changed(stamp, "edit", self._started(fields), why=why)

    def take_in(self, stamp: Stamp, fields: Mapping[str, Any], *, why: str | None = None) -> Self:
        """Change what an imported file says differently; the baseline stays."""
        new = self._started(fields)
        new.pop("baseline_due", None)
        if self.baseline_due is None and new.get("due") is not None:
            new["baseline_due"] = new["due"]
        status = new.get("status", self.status)
        if status is not Status.COMPLETED:
            new.setdefault("completed_on", None)
        elif self.status is Status.COMPLETED and new.get("completed_on") is None:
            # A file that does not say when takes nothing away from what is known.
            new.pop("completed_on", None)
        told = max((c.on for c in self.effective if c.tells(OUTCOME)), default=self.earliest)
        done_on = new.get("completed_on")
        if done_on is None or done_on < told:
            return self._changed(stamp, "import", new, why=why)
        # It was owed until that day, whatever else the file says from now on.
        rest = {field: value for field, value in new.items() if field not in OUTCOME}
        done = {field: new[field] for field in OUTCOME & new.keys()}
        m = self._changed(replace(stamp, on=done_on), "import", done, why=why)
        if all(value == getattr(self, field) for field, value in rest.items()):
            return m
        return m._changed(replace(stamp, at=later_than(stamp.at)), "import", rest)

    def next(self, id: int, uid: str, stamp: Stamp) -> Self:
        """The one that follows this of those that repeat, from the day of the stamp on.

        It is due a period after this one was first promised for, so a delay of one moves no other.
        """
        from tracker.model.repeat import Repeat

        if self.repeat is None or self.baseline_due is None:
            raise ValueError(f"milestone {self.id} does not repeat")
        due, repeat = Repeat.meant_by(self.repeat).after(self.baseline_due)
        carried = {field: getattr(self, field) for field in PATCHED if field not in _ITS_OWN}
        return self.begin(
            *(id, uid, stamp, "add"),
            **carried,
            due=due,
            precision=Precision.DAY if self.precision in _LONG else self.precision,
            targets=tuple(replace(target, actual=None) for target in self.targets),
            repeat=str(repeat),
            follows=self.uid,
        )

    def _started(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields, and that it is in progress where they say so of what is not started."""
        starts = self.status is Status.NOT_STARTED and fields.get("percent")
        return {**({"status": Status.IN_PROGRESS} if starts else {}), **fields}

    def correct(self, stamp: Stamp, fields: Mapping[str, Any], *, why: str | None) -> Self:
        """Put the record right: it was wrong, and the world did not move.

        It holds from the day of what it corrects, so no replayed day shows the mistake, and counts
        as no revision and no slip. The first date put right is the baseline put right.
        """
        new = dict(fields)
        if "due" in new and "baseline_due" not in new and not self.revisions:
            new["baseline_due"] = new["due"]
        if "status" in new and new["status"] is not Status.COMPLETED:
            new.setdefault("completed_on", None)
        altered = (c.on for c in self.effective if c.tells(new.keys()))
        on = new.get("completed_on") or new.get("made_on") or max(altered, default=self.created_on)
        corrected = self._changed(Stamp(stamp.at, on, stamp.by), CORRECT, new, why=why)
        refuse_backward(corrected)
        return corrected

    def retract(self, stamp: Stamp, *, why: str | None = None) -> Self:
        """Say that it should never have been entered: no day shows it, and nothing was dropped."""
        mistaken = Stamp(stamp.at, self.created_on, stamp.by)
        return self._changed(mistaken, CORRECT, {"removed_on": self.created_on}, why=why)

    def note(self, stamp: Stamp, text: str | None, evidence: Evidence = None) -> Self:
        return self._changed(stamp, "note", {}, why=text, evidence=evidence)

    def stamped(self, stamp: Stamp, token: Exhibit) -> Self:
        """Keep a timestamp of what is kept. It shows nothing, so that it is no evidence."""
        return self._changed(stamp, STAMP, {}, exhibit=token)

    def assess(
        self,
        stamp: Stamp,
        assessment: Assessment,
        *,
        why: str | None = None,
        evidence: Evidence = None,
    ) -> Self:
        """Say what somebody found. What others found, and what the body reports, stays."""
        refuse_bad_assessment(self, assessment)
        return self._changed(stamp, ASSESS, {}, why=why, evidence=evidence, assessment=assessment)

    def take(
        self,
        stamp: Stamp,
        step: OfficeStep,
        *,
        why: str | None = None,
        evidence: Evidence = None,
        assessment: Assessment | None = None,
    ) -> Self:
        """Take a step of the office's cycle; what the body reports, the status, stays.

        Raises TrackerError for one that does not follow, Unchanged for one that was taken.
        """
        from tracker.model.cycle import refuse_bad_step  # a listing takes none

        refuse_bad_step(self, stamp.on, step)
        if assessment is not None:
            refuse_bad_assessment(self, assessment)
        verb = step.stage.verb
        return self._changed(
            stamp, verb, {}, why=why, evidence=evidence, assessment=assessment, step=step
        )

    def ask_extension(
        self, stamp: Stamp, step: OfficeStep, *, why: str, evidence: Evidence
    ) -> Self:
        """Ask for more time; the date stays until it is granted."""
        from tracker.model.cycle import refuse_asking

        self._refuse_settled()
        refuse_asking(self, step)
        return self.take(stamp, step, why=why, evidence=evidence)

    def answer_extension(
        self, stamp: Stamp, stage: Stage, party: str, *, why: str | None, evidence: Evidence
    ) -> Self:
        """Grant more time, which moves the date to the one asked for, or refuse it."""
        from tracker.model.cycle import answered, refuse_bad_step

        asked, step = answered(self, stamp.on, stage, party)
        if stage is Stage.EXTENSION_REFUSED:
            return self.take(stamp, step, why=why, evidence=evidence)
        refuse_bad_step(self, stamp.on, step)
        return self.postpone(
            *(stamp, asked.until, asked.precision, asked.phrase),
            why=why,
            evidence=evidence,
            step=step,
        )

    def amend(
        self,
        stamp: Stamp,
        entry: Change,
        *,
        assessment: Assessment | None,
        step: OfficeStep | None,
        why: str | None,
    ) -> Self:
        """Put right what an entry says that somebody found or did, and its day, `stamp.on`."""
        from tracker.model.cycle import refuse_disorder_of_steps

        amended = self._changed(
            stamp, CORRECT, {}, why=why, assessment=assessment, step=step, amends=entry.digest
        )
        refuse_disorder_of_steps(amended)
        return amended

    def remove(self, stamp: Stamp, *, why: str | None = None) -> Self:
        """A tombstone: the milestone leaves every list and stays in the store."""
        return self._changed(stamp, "remove", {"removed_on": stamp.on}, why=why)

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
        why: str | None = None,
        evidence: Evidence = None,
        undoes: str | None = None,
        assessment: Assessment | None = None,
        step: OfficeStep | None = None,
        amends: str = "",
        exhibit: Exhibit | None = None,
    ) -> Self:
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
            stamp.at,
            stamp.on,
            verb,
            stamp.by,
            Patch(**was),
            Patch(**new),
            why,
            said,
            undoes,
            (self.history[-1].digest,),
            assessment=assessment,
            step=step,
            amends=amends,
            exhibit=exhibit,
        )
        after = replace(self, **new, history=(*self.history, sealed(change)))
        validate(after)
        return after
