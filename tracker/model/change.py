"""One entry of a milestone's history: what the fields were and became, when, by whom and why."""

# Not `from __future__ import annotations`: msgspec would compile each one at every start.
from collections.abc import Set
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from tracker.errors import OutOfOrder
from tracker.message import Message
from tracker.model.assessment import Assessment
from tracker.model.step import OfficeStep
from tracker.model.values import Exhibit, Modality, Precision, Source, Status, Target, Wording

_LAST = datetime.max.replace(tzinfo=UTC)
TICK = timedelta(microseconds=1)
"""Between the changes that one act makes to a milestone; two acts are further apart."""

CORRECT = "correct"
"""The verb of an entry that puts the record right."""

ASSESS = "assess"
"""The verb of an entry that says what somebody found, and changes nothing."""

STAMP = "stamp"
"""The verb of an entry with a timestamp of what the store keeps; it changes nothing either."""

MERGE, JOIN, ATTEST = OF_RECORD = ("merge", "join", "attest")
"""Verbs of entries about the record: two of a milestone became one; two whole records did; what
had no digests got them as found."""


IN_TASKS = Message("changed in a tasks program")
OF_REVISION = Message("revision {number} of the calendar")
AS_REPORTED = Message(
    "As its document reports: {actual}, {months} months early. It does not tell the day."
)
"""Why something came as completed with a seed."""

OWN_REASONS = (IN_TASKS, OF_REVISION, AS_REPORTED)
"""The reasons that are not a person's: kept in English, and told in the reader's language."""


def later_than(at: datetime, step: timedelta = TICK) -> datetime:
    """Return the instant (UTC) after this one. Raises OutOfOrder at the end of time."""
    at = at.astimezone(UTC)
    if at > _LAST - step:
        said = "A change was recorded at {at}, and no instant comes after it."
        raise OutOfOrder(said, "Restore it from a copy of before that change.", at=at.isoformat())
    return at + step


class Stamp(Struct, frozen=True):
    """When and by whom a change is made: recorded `at` (UTC), effective `on`, `by` a name."""

    at: datetime
    on: date
    by: str | None = None


class Patch(Struct, frozen=True, omit_defaults=True):
    """Values of some of a milestone's fields; a field left UNSET is not part of the patch."""

    title: str | UnsetType = UNSET
    translations: dict[str, Wording] | UnsetType = UNSET
    source: Source | None | UnsetType = UNSET
    speaker: str | None | UnsetType = UNSET
    speaker_title: str | None | UnsetType = UNSET
    owner: str | None | UnsetType = UNSET
    supporting: tuple[str, ...] | UnsetType = UNSET
    person: str | None | UnsetType = UNSET
    contact: str | None | UnsetType = UNSET
    baseline_due: date | None | UnsetType = UNSET
    due: date | None | UnsetType = UNSET
    due_phrase: str | None | UnsetType = UNSET
    precision: Precision | UnsetType = UNSET
    forecast_due: date | None | UnsetType = UNSET
    completed_on: date | None | UnsetType = UNSET
    modality: Modality | UnsetType = UNSET
    targets: tuple[Target, ...] | UnsetType = UNSET
    made_on: date | None | UnsetType = UNSET
    status: Status | UnsetType = UNSET
    percent: int | None | UnsetType = UNSET
    next_step: str | None | UnsetType = UNSET
    parent: str | None | UnsetType = UNSET
    weight: int | None | UnsetType = UNSET
    depends_on: tuple[str, ...] | UnsetType = UNSET
    repeat: str | None | UnsetType = UNSET
    follows: str | None | UnsetType = UNSET
    superseded_by: str | None | UnsetType = UNSET
    duplicate_of: str | None | UnsetType = UNSET
    tags: tuple[str, ...] | UnsetType = UNSET
    removed_on: date | None | UnsetType = UNSET

    def values(self) -> dict[str, Any]:
        return {f: v for f in PATCHED if (v := getattr(self, f)) is not UNSET}


PATCHED = Patch.__struct_fields__
"""Every field that a change can touch; id, uid and history are the rest."""

OUTCOME = frozenset({"status", "completed_on", "superseded_by"})
"""Fields that say together what became of it."""


class Change(Struct, frozen=True, omit_defaults=True):
    """One entry of a milestone's history. All milestones changed together share one `at`.

    `why` is the reason, or the text of a note. `evidence` is an address or a file. `undoes` is the
    digest of the change that this one reversed. `parents` are the digests of the entries before it:
    none for the first, two for a merge, whose `was` and `now` say which values gave way to which,
    and whose `took` names the fields that follow the second parent. `lacked` names the entries of a
    joined record that each side had not, and `attests` the head of what had no digests before.
    `assessment` is what somebody found, and `step` what was done of the office's cycle. `amends` is
    the digest of such an entry that this one puts right. `exhibit` is the copy that the store keeps
    of what shows it, or of the document that it came from.
    docs/history.md has the rules.
    """

    at: datetime
    on: date
    verb: str
    by: str | None = None
    was: Patch = Patch()
    now: Patch = Patch()
    why: str | None = None
    evidence: str | None = None
    undoes: str | None = None
    parents: tuple[str, ...] = ()
    took: tuple[str, ...] = ()
    lacked: tuple[tuple[str, ...], ...] = ()
    attests: str = ""
    assessment: Assessment | None = None
    step: OfficeStep | None = None
    amends: str = ""
    exhibit: Exhibit | None = None
    digest: str = ""

    @property
    def begins(self) -> bool:
        return not self.parents

    @property
    def is_merge(self) -> bool:
        return len(self.parents) > 1

    @property
    def is_of_record(self) -> bool:
        """Whether it tells of the record alone, and that nothing was done to the milestone."""
        return self.verb in OF_RECORD

    @property
    def corrects(self) -> bool:
        """Whether it says that the record was wrong, and not that the world moved."""
        return self.verb == CORRECT

    @property
    def has_reason(self) -> bool:
        return bool((self.why or "").strip())

    def tells(self, fields: Set[str]) -> bool:
        return any(getattr(self.now, field) is not UNSET for field in fields)

    def builds_on(self, earlier: Self) -> bool:
        """Whether this one, made later to the same milestone, stands only while that one does."""
        if earlier.begins or not earlier.now.values().keys().isdisjoint(self.now.values()):
            return True
        if self.step and earlier.step and self.step.stage.is_of_cycle:
            return earlier.step.stage.is_of_cycle
        named = (self.amends, self.step and self.step.answers)
        return earlier.digest in (*named, self.assessment and self.assessment.disputes)

    def only(self, fields: Set[str]) -> Self:
        """The same entry with what it says of these fields alone."""
        now = {f: v for f, v in self.now.values().items() if f in fields}
        was = {f: v for f, v in self.was.values().items() if f in now}
        return replace(self, was=Patch(**was), now=Patch(**now))
