"""What was promised, by whom, by when, and what holds of it on a day.

The history makes the past replayable: each change keeps what the fields were and what they became,
the day it took effect (`on`) and the instant it was recorded (`at`, UTC).

Nothing that depends on the day of asking is stored: overdue, late, slippage are methods that take
the day as an argument. A due date is the last included day, so a milestone is overdue from the
day after.
"""

# Not `from __future__ import annotations`: msgspec would compile each one at every start.
from datetime import date, datetime
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from tracker.model import history as histories
from tracker.model.assessment import Assessment, Role
from tracker.model.change import Change
from tracker.model.values import Modality, Precision, Source, Status, Target, Wording, has_passed
from tracker.texts import folded

PRIVATE = "private"
"""The tag of what is kept out of everything that is published."""


class Promise(Struct, frozen=True, omit_defaults=True):
    """One promise. `id` is for typing, `uid` never changes; links hold uids.

    `due` is the last included day, None when no date was given (the phrase is kept).
    `baseline_due` is the first date promised and never changes once it is known.
    `repeat` is a phrase of `Repeat`; `follows` names the one that was done before this of a row.
    """

    id: int
    uid: str
    title: str
    status: Status
    translations: dict[str, Wording] = {}
    owner: str | None = None
    supporting: tuple[str, ...] = ()
    person: str | None = None
    contact: str | None = None
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
    weight: int | None = None
    depends_on: tuple[str, ...] = ()
    repeat: str | None = None
    follows: str | None = None
    superseded_by: str | None = None
    duplicate_of: str | None = None
    tags: tuple[str, ...] = ()
    removed_on: date | None = None
    history: tuple[Change, ...] = ()

    @property
    def created_on(self) -> date:
        """The day its history begins: when it was promised, or else when it was entered."""
        return self.made_on or self.history[0].on

    @property
    def is_private(self) -> bool:
        return any(folded(tag) == PRIVATE for tag in self.tags)

    @property
    def is_of_unknown_day(self) -> bool:
        """Whether it came from outside, and nothing there said when it was promised."""
        return self.made_on is None and self.history[0].verb != "add"

    @property
    def earliest(self) -> date:
        """The first day on which anything can have happened to it, as far as that is known."""
        return date.min if self.is_of_unknown_day else self.created_on

    @property
    def is_open(self) -> bool:
        return self.status.is_open and self.removed_on is None

    def as_of(self, day: date) -> Self | None:
        """Its value at the end of `day`; None before it was made and once it was removed."""
        then = self.replayed(day)
        return then if then is not None and then.removed_on is None else None

    def replayed(self, day: date) -> Self | None:
        """Its value at the end of `day`, be it a tombstone; None before it was made."""
        if self.created_on > day:
            return None
        if all(change.on <= day for change in self.history):
            return self
        # What was undone never held, so it neither counts nor hides what did; nor did a mistake.
        stands = self.effective
        past = histories.values_before(change for change in reversed(stands) if change.on > day)
        kept = tuple(change for change in stands if change.on <= day)
        return replace(self, **past, history=kept or self.history[:1])

    def is_dated_after(self, day: date) -> bool:
        """Whether something that counts of it has a later day, and is not in what it was then."""
        if self.created_on > day:
            return True
        said = any(change.on > day for change in self.history)
        return said and any(change.on > day for change in self.effective)

    def as_recorded(self, at: datetime) -> Self:
        """Its value once the change recorded `at` (UTC) was the last in its history."""
        entries = histories.carried(self.history)
        past = histories.values_before(change for change in reversed(entries) if change.at > at)
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
        return self.completed_on is not None and has_passed(self.due, self.completed_on)

    @property
    def is_unverified(self) -> bool:
        """Completed, and nothing shows it."""
        return self.status is Status.COMPLETED and not self.evidence

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
    def effective(self) -> tuple[Change, ...]:
        """The changes that stand: nothing that was undone, and each as it was put right."""
        return histories.effective(self.history)

    @property
    def corrections(self) -> tuple[Change, ...]:
        return tuple(c for c in histories.not_undone(self.history) if c.corrects)

    @property
    def revisions(self) -> int:
        """How often a due date that had been set was changed."""
        moves = [(c.was.due, c.now.due) for c in self.effective]
        return sum(isinstance(was, date) and was != now for was, now in moves)

    @property
    def evidence(self) -> tuple[Change, ...]:
        """The standing changes that carry an address or a file as evidence."""
        return tuple(c for c in self.effective if c.evidence)

    @property
    def exhibits(self) -> tuple[Change, ...]:
        """Every entry that names a copy which the store keeps, also what was undone."""
        return tuple(c for c in self.history if c.exhibit)

    @property
    def notes(self) -> tuple[Change, ...]:
        """The standing notes; the text is each change's `why`."""
        return tuple(c for c in self.effective if c.verb == "note")

    @property
    def assessments(self) -> tuple[Change, ...]:
        """What stands of what people found, in the order in which it was recorded."""
        for change in self.history:  # a list asks of many, most of which have none
            if change.assessment is not None:
                return tuple(c for c in self.effective if c.assessment is not None)
        return ()

    @property
    def verdict(self) -> Assessment | None:
        """What was found last in the weightiest role, by others than the body itself."""
        assessments = self.assessments
        if not assessments:
            return None
        found = [c.assessment for c in reversed(assessments) if c.assessment is not None]
        others = (each for each in found if each.role is not Role.BODY)
        return min(others, key=lambda each: list(Role).index(each.role), default=None)

    @property
    def recorded_at(self) -> datetime:
        """The instant of the last change (UTC)."""
        return self.history[-1].at
