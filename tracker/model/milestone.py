"""A milestone: what was promised, by whom, by when, and everything that happened to it since.

All values are frozen. A verb (`set_status`, `postpone`, `edit`, `correct`, `note`, `remove`, and
so on) returns a new milestone whose history has one more `Change`. The history is what makes the
past replayable: each change keeps what the fields were and what they became, the day it took effect
(`on`) and the instant it was recorded (`at`, UTC).

Nothing that depends on the day of asking is stored: overdue, late, slippage are methods that take
the day as an argument. A due date is the last included day, so a milestone is overdue from the
day after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from msgspec import UNSET, Struct, to_builtins
from msgspec.structs import replace

from tracker.errors import BadValue, OutOfOrder, TrackerError
from tracker.model import history as histories
from tracker.model.change import CORRECT, PATCHED, Change, Patch, Stamp
from tracker.model.seal import EMPTY, beginning, continued, sealed
from tracker.model.values import (
    Modality,
    Precision,
    Source,
    Status,
    Target,
    Wording,
    has_passed,
)


class Milestone(Struct, frozen=True, omit_defaults=True):
    """One promise. `id` is for typing, `uid` never changes; links hold uids.

    `due` is the last included day, None when no date was given (the phrase is kept).
    `baseline_due` is the first date promised and never changes once it is known.
    """

    id: int
    uid: str
    title: str
    status: Status
    translations: dict[str, Wording] = {}
    owner: str | None = None
    supporting: tuple[str, ...] = ()
    percent: int | None = None
    next_step: str | None = None
    made_on: date | None = None
    baseline_due: date | None = None
    due: date | None = None
    due_phrase: str | None = None
    precision: Precision = Precision.NONE
    forecast_due: date | None = None
    completed_on: date | None = None
    modality: Modality = Modality.FIRM
    targets: tuple[Target, ...] = ()
    speaker: str | None = None
    speaker_title: str | None = None
    source: Source | None = None
    parent: str | None = None
    depends_on: tuple[str, ...] = ()
    superseded_by: str | None = None
    duplicate_of: str | None = None
    tags: tuple[str, ...] = ()
    removed_on: date | None = None
    history: tuple[Change, ...] = ()

    # -- what holds on a given day ------------------------------------------------------------

    @property
    def created_on(self) -> date:
        """The day its history begins: when it was promised, or else when it was entered."""
        return self.made_on or self.history[0].on

    @property
    def is_open(self) -> bool:
        return self.status.is_open and self.removed_on is None

    def as_of(self, day: date) -> Milestone | None:
        """Its value at the end of `day`; None before it was made and once it was removed."""
        then = self.replayed(day)
        return then if then is not None and then.removed_on is None else None

    def replayed(self, day: date) -> Milestone | None:
        """Its value at the end of `day`, be it a tombstone; None before it was made."""
        if self.created_on > day:
            return None
        if all(change.on <= day for change in self.history):
            return self
        # What was undone never held, so it neither counts nor hides what did; nor did a mistake.
        past = _before(change for change in reversed(self.standing) if change.on > day)
        kept = tuple(change for change in histories.carried(self.history) if change.on <= day)
        return replace(self, **past, history=kept or self.history[:1])

    def as_recorded(self, at: datetime) -> Milestone:
        """Its value once the change recorded `at` (UTC) was the last in its history."""
        entries = histories.carried(self.history)
        past = _before(change for change in reversed(entries) if change.at > at)
        return replace(self, **past, history=tuple(c for c in self.history if c.at <= at))

    def is_overdue(self, day: date) -> bool:
        """Still owed, and its last included day lies before `day`."""
        return has_passed(self.due, day) and self.is_open

    def days_overdue(self, day: date) -> int:
        """Days from the due date to `day`: negative while there is time, 0 without a due date."""
        return 0 if self.due is None else (day - self.due).days

    @property
    def is_late(self) -> bool:
        """Completed after the due date in force at the time."""
        return (
            self.completed_on is not None and self.due is not None and self.completed_on > self.due
        )

    @property
    def slippage(self) -> int | None:
        """Days from the baseline to completion, or else the forecast, or else the due date.

        None without a baseline, and for what was completed on a day that nobody knows.
        """
        if self.status is Status.COMPLETED and self.completed_on is None:
            return None
        reached = self.completed_on or self.forecast_due or self.due
        if reached is None or self.baseline_due is None:
            return None
        return (reached - self.baseline_due).days

    @property
    def standing(self) -> tuple[Change, ...]:
        """The changes that stand: nothing that was undone, and each as it was put right."""
        return histories.standing(self.history)

    @property
    def corrections(self) -> tuple[Change, ...]:
        """The corrections that stand, as they were recorded."""
        return tuple(c for c in histories.unreversed(self.history) if c.corrects)

    @property
    def revisions(self) -> int:
        """How often a due date that had been set was changed."""
        return sum(
            1
            for c in self.standing
            if c.was.due is not UNSET and c.was.due is not None and c.now.due != c.was.due
        )

    @property
    def evidence(self) -> tuple[Change, ...]:
        """The standing changes that carry an address or a file as evidence."""
        return tuple(c for c in self.standing if c.evidence)

    @property
    def notes(self) -> tuple[Change, ...]:
        """The standing notes; the text is each change's `why`."""
        return tuple(c for c in self.standing if c.verb == "note")

    @property
    def recorded_at(self) -> datetime:
        """The instant of the last change (UTC)."""
        return self.history[-1].at

    # -- verbs --------------------------------------------------------------------------------

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
        status: Status = Status.NOT_STARTED,
        made_on: date | None = None,
        **fields: Any,
    ) -> Milestone:
        """Return a new one; its history begins on the day it was promised, or else `stamp.on`.

        `fields` are any others by name. Raises BadValue for what a milestone cannot be.
        """
        begun = cls(
            id,
            uid,
            title,
            status,
            due=due,
            baseline_due=fields.pop("baseline_due", None) or due,
            made_on=made_on,
            **fields,
        )
        from tracker.limits import refuse_long  # a listing changes nothing

        refuse_long({"title": title, **fields})
        begun.validate()
        first = Change(stamp.at, made_on or stamp.on, verb, stamp.by)
        values = {field: getattr(begun, field) for field in PATCHED}
        return replace(begun, history=(sealed(first, beginning(uid, values)),))

    def set_status(
        self,
        stamp: Stamp,
        status: Status,
        *,
        why: str | None = None,
        evidence: str | None = None,
        superseded_by: str | None = None,
    ) -> Milestone:
        """Set the status; completion takes its date from the stamp, and leaving it clears it."""
        new: dict[str, Any] = {
            "status": status,
            "completed_on": stamp.on if status is Status.COMPLETED else None,
        }
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
        evidence: str | None = None,
    ) -> Milestone:
        """Move the due date, later or earlier; the baseline stays what was first promised."""
        if not self.status.is_open:
            raise TrackerError(
                f"Milestone {self.id} is {self.status}; only what is owed can be postponed.",
                f"Reopen it first: `tracker status {self.id} in-progress`.",
            )
        if due is not None and due == self.due:
            raise TrackerError(f"Nothing to change: milestone {self.id} is due {due} already.")
        new: dict[str, Any] = {"due": due, "precision": precision, "due_phrase": phrase}
        if self.baseline_due is None and due is not None:
            new["baseline_due"] = due
        return self._changed(stamp, "postpone", new, why=why, evidence=evidence)

    def edit(self, stamp: Stamp, fields: Mapping[str, Any], *, why: str | None = None) -> Milestone:
        """Any other fields changed, by name. Status, due and baseline have verbs of their own."""
        return self._changed(stamp, "edit", dict(fields), why=why)

    def take_in(self, stamp: Stamp, fields: Mapping[str, Any]) -> Milestone:
        """Change what an imported file says differently; the baseline stays."""
        new = dict(fields)
        new.pop("baseline_due", None)
        if self.baseline_due is None and new.get("due") is not None:
            new["baseline_due"] = new["due"]
        status = new.get("status", self.status)
        if status is not Status.COMPLETED:
            new.setdefault("completed_on", None)
        elif self.status is Status.COMPLETED and new.get("completed_on") is None:
            # A file that does not say when takes nothing away from what is known.
            new.pop("completed_on", None)
        return self._changed(stamp, "import", new)

    def correct(self, stamp: Stamp, fields: Mapping[str, Any], *, why: str | None) -> Milestone:
        """Put the record right: it was wrong, and the world did not move.

        It holds from the day of what it corrects, so no replayed day shows the mistake, and counts
        as no revision and no slip. The first date put right is the baseline put right.
        """
        new = dict(fields)
        if "due" in new and "baseline_due" not in new and not self.revisions:
            new["baseline_due"] = new["due"]
        if "status" in new and new["status"] is not Status.COMPLETED:
            new.setdefault("completed_on", None)
        altered = (c.on for c in self.standing if not new.keys().isdisjoint(c.now.values()))
        days = [max(altered, default=self.created_on), new.get("made_on"), new.get("completed_on")]
        on = min(filter(None, days))
        corrected = self._changed(Stamp(stamp.at, on, stamp.by), CORRECT, new, why=why)
        corrected.refuse_backward()
        return corrected

    def retract(self, stamp: Stamp, *, why: str | None = None) -> Milestone:
        """Say that it should never have been entered: no day shows it, and nothing was dropped."""
        mistaken = Stamp(stamp.at, self.created_on, stamp.by)
        return self._changed(mistaken, CORRECT, {"removed_on": self.created_on}, why=why)

    def note(self, stamp: Stamp, text: str, evidence: str | None = None) -> Milestone:
        return self._changed(stamp, "note", {}, why=text, evidence=evidence)

    def remove(self, stamp: Stamp, *, why: str | None = None) -> Milestone:
        """A tombstone: the milestone leaves every list and stays in the store."""
        return self._changed(stamp, "remove", {"removed_on": stamp.on}, why=why)

    def revert(self, change: Change, verb: str, at: datetime, by: str | None) -> Milestone:
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
        evidence: str | None = None,
        undoes: str | None = None,
    ) -> Milestone:
        new = {field: value for field, value in new.items() if value != getattr(self, field)}
        if not new and not evidence and undoes is None and verb != "note":
            raise TrackerError(f"Nothing to change: milestone {self.id} is so already.")
        from tracker.limits import refuse_long

        if undoes is None:
            refuse_long({**new, "text": why, "evidence": evidence})
        if undoes is None and verb != CORRECT:
            self._refuse_disorder(stamp, new)
        was = {field: getattr(self, field) for field in new}
        change = Change(
            stamp.at,
            stamp.on,
            verb,
            stamp.by,
            Patch(**was),
            Patch(**new),
            why,
            evidence,
            undoes,
            (self.history[-1].digest,),
        )
        after = replace(self, **new, history=(*self.history, sealed(change)))
        after.validate()
        return after

    def _refuse_disorder(self, stamp: Stamp, new: Mapping[str, Any]) -> None:
        # A field's changes go forward in time, or replaying a past day could not be right.
        if stamp.on < self.created_on:
            raise OutOfOrder(
                f"Milestone {self.id} was made on {self.created_on}, later than {stamp.on}.",
                f"Give --on {self.created_on} or later; if it was promised before that, "
                f"`tracker correct {self.id} --made-on DATE -m REASON`.",
            )
        for change in reversed(self.standing):
            if change.on > stamp.on and not new.keys().isdisjoint(change.now.values()):
                raise OutOfOrder(
                    f"Milestone {self.id} was changed again on {change.on}, after {stamp.on}.",
                    f"Give --on {change.on} or later, or `tracker undo` that change first.",
                )

    def refuse_backward(self) -> None:
        """Raise OutOfOrder if a field would change before it was changed last, or was made."""
        if self.completed_on is not None and self.completed_on < self.created_on:
            raise OutOfOrder(
                f"Milestone {self.id} was made on {self.created_on}, later than "
                f"{self.completed_on}.",
                f"If it was promised before that, `tracker correct {self.id} --made-on DATE -m "
                "REASON` first.",
            )
        last: dict[str, date] = {}
        for change in self.standing:
            for field in change.now.values():
                if change.on < last.get(field, self.created_on):
                    raise OutOfOrder(
                        f"So corrected, milestone {self.id} would have changed its "
                        f"{field.replace('_', ' ')} on {change.on}, and before that on "
                        f"{last.get(field, self.created_on)}.",
                        f"`tracker log {self.id}` shows the days; correct the later change first.",
                    )
                last[field] = change.on

    def validate(self) -> None:
        """Raise BadValue for anything that a milestone cannot be."""
        for what, text in (("title", self.title), ("owner", self.owner), ("uid", self.uid)):
            if text is not None and (not text.strip() or _has_control(text)):
                raise BadValue(
                    f"The {what} is empty or holds control characters: {text[:60]!r}.",
                    f"Give a {what} of visible characters on one line.",
                )
        if self.percent is not None and not 0 <= self.percent <= 100:
            raise BadValue(f"{self.percent} is not a percentage.", "Give a number from 0 to 100.")
        if self.completed_on is not None and self.status is not Status.COMPLETED:
            raise BadValue("A milestone that is not completed has no completion date.")
        if self.due is not None and self.baseline_due is None:
            raise BadValue("A milestone with a due date has a baseline.")


def record_head(milestones: Iterable[Milestone]) -> str:
    """Return the one digest that stands for all that these milestones have recorded."""
    return continued(EMPTY, (change for m in milestones for change in m.history))


def sealed_as_found(m: Milestone) -> Milestone:
    """Return it with digests for a history that had none, in the order that it has.

    Such a history named what it undid by its instant. What is so attested is what was found.
    """
    values = {field: getattr(m, field) for field in PATCHED} | _before(reversed(m.history))
    digests: dict[str | None, str] = {}
    history: list[Change] = []
    for change in m.history:
        parents = (history[-1].digest,) if history else ()
        found = replace(change, parents=parents, undoes=digests.get(change.undoes))
        history.append(sealed(found, None if history else beginning(m.uid, values)))
        digests[to_builtins(change.at)] = history[-1].digest
    return replace(m, history=tuple(history))


def _before(changes: Iterable[Change]) -> dict[str, Any]:
    """The values that these changes found, given the last one first."""
    past: dict[str, Any] = {}
    for change in changes:
        past.update(change.was.values())
    return past


_REORDERING = "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def _has_control(text: str) -> bool:
    """C0 and C1 controls, line separators, and the marks that reorder text (UAX #9)."""
    return not text.isprintable() and any(
        c < " " or "\x7f" <= c <= "\x9f" or c in _REORDERING or "\ud800" <= c <= "\udfff"
        for c in text
    )
