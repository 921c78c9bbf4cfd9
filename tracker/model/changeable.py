"""The verbs by which a promise changes: its status and date, its other fields, its record.

All values are frozen. A verb (`set_status`, `postpone`, `edit`, `correct`, `note`, `remove`, and
so on) returns a new one whose history has one more `Change`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Self, Unpack

from msgspec.structs import replace

from tracker.errors import TrackerError, Unchanged
from tracker.model.change import CORRECT, OUTCOME, PATCHED, Stamp, later_than
from tracker.model.recorded import Evidence, Justification, RecordedPromise
from tracker.model.step import OfficeStep
from tracker.model.validation import refuse_backward
from tracker.model.values import Precision, Status, Wording

_ITS_OWN = OUTCOME | {
    *("made_on", "due", "due_phrase", "precision", "baseline_due", "forecast_due", "percent"),
    *("next_step", "targets", "depends_on", "duplicate_of", "removed_on", "repeat", "follows"),
}
"""What the next of those that repeat does not have from the one before."""

_LONG = (Precision.FISCAL_YEAR, Precision.FIVE_YEAR)
"""Spans that a day a period later need not end."""


class ChangeablePromise(RecordedPromise, frozen=True, omit_defaults=True):
    """A promise that whoever keeps the record changes, each time by a verb."""

    def set_status(
        self,
        stamp: Stamp,
        status: Status,
        *,
        superseded_by: str | None = None,
        is_day_known: bool = True,
        **said: Unpack[Justification],
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
        return self._changed(stamp, "status", new, **said)

    def postpone(
        self,
        stamp: Stamp,
        due: date | None,
        precision: Precision,
        phrase: str | None,
        *,
        step: OfficeStep | None = None,
        **said: Unpack[Justification],
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
        return self._changed(stamp, "postpone", new, step=step, **said)

    def _refuse_settled(self) -> None:
        if not self.status.is_open:
            said = "Milestone {id} is {status}; only what is owed can be postponed."
            hint = "Reopen it first: `tracker status {id} in-progress`."
            raise TrackerError(said, hint, id=self.id, status=self.status)

    def edit(self, stamp: Stamp, fields: Mapping[str, Any], *, why: str | None = None) -> Self:
        """Any other fields changed, by name. Status, due and baseline have verbs of their own.

        Of what is not started, a share that is done starts it.
        """
        return self._changed(stamp, "edit", self._reworded(self._started(fields)), why=why)

    def take_in(self, stamp: Stamp, fields: Mapping[str, Any], *, why: str | None = None) -> Self:
        """Change what an imported file says differently; the baseline stays."""
        new = self._reworded(self._started(fields))
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

    def _reworded(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields, without what a body that is another now was called in other languages."""
        if fields.get("owner", self.owner) == self.owner:
            return dict(fields)
        words: dict[str, Wording] = fields.get("translations", self.translations)
        stale = {tag: word.owner for tag, word in self.translations.items()}
        fresh = {
            tag: replace(word, owner=None) if word.owner == stale.get(tag) else word
            for tag, word in words.items()
        }
        return {**fields, "translations": fresh}

    def correct(self, stamp: Stamp, fields: Mapping[str, Any], *, why: str | None) -> Self:
        """Put the record right: it was wrong, and the world did not move.

        It holds from the day of what it corrects, so no replayed day shows the mistake, and counts
        as no revision and no slip. The first date put right is the baseline put right.
        """
        new = self._reworded(fields)
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

    def remove(self, stamp: Stamp, *, why: str | None = None) -> Self:
        """A tombstone: the milestone leaves every list and stays in the store."""
        return self._changed(stamp, "remove", {"removed_on": stamp.on}, why=why)
