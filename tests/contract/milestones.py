"""What lists, verbs and imports print of milestones."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType, field

from tracker.model import Change, Milestone, Role, Standing, Verdict, Wording
from tracker.report.since import ChangeKind


class Envelope(Struct, kw_only=True):
    """What stands in every one."""

    schema: Literal["tracker/2"]
    command: str


class MilestoneRow(Milestone, frozen=True, kw_only=True):
    """A milestone without its history, and what follows from its fields on a day."""

    standing: Standing
    overdue: bool
    days_overdue: int | None  # type: ignore[assignment]  # there it is asked
    late: bool
    slippage_days: int | None
    revisions: int
    verdict: Verdict | None  # type: ignore[assignment]  # there it is what was found, whole
    verdict_role: Role | None
    stage: str | None
    extension: date | None
    recorded_at: datetime


class MilestoneInFull(MilestoneRow, frozen=True, kw_only=True):
    """The same with its history."""


class Waiting(Struct):
    id: int
    waits_for: list[int]
    until: date | None
    endangered: bool
    chain: list[int]
    last: int | None


class WholeRow(Struct):
    id: int
    percent: float | None
    exact: bool
    parts: list[int]
    unknown: int


class Successor(Struct):
    id: int
    chain: list[int]
    last: int


class Grouped(Struct):
    name: str | None
    count: int
    ids: list[int]


class Listed(Envelope, kw_only=True):
    """A list: what was asked for, as it stood on a day."""

    as_of: date
    count: int
    total: int
    milestones: list[MilestoneRow]
    waits: list[Waiting]
    wholes: list[WholeRow]
    successors: list[Successor]
    groups: list[Grouped] | UnsetType = UNSET


class DueDay(Struct):
    day: date
    standing: Standing
    milestones: list[MilestoneRow]


class DatedAgenda(Envelope, kw_only=True):
    as_of: date
    first: date = field(name="from")
    last: date = field(name="to")
    overdue: list[MilestoneRow]
    days: list[DueDay]


class AskedExtension(Struct):
    until: date | None
    on: date
    why: str | None
    change: str


class AwaitedStep(Struct):
    stage: str
    party: str
    since: date


class CycleSoFar(Struct):
    id: int
    stage: str | None
    assigned_on: date | None
    assigner: str | None
    days: dict[str, int | None]
    awaited: list[AwaitedStep]
    extension: AskedExtension | None


class Told(Envelope, kw_only=True):
    """Milestones in full: what `show` found, or a verb changed."""

    as_of: date
    count: int
    milestones: list[MilestoneInFull]


class Shown(Told, kw_only=True):
    waits: list[Waiting]
    wholes: list[WholeRow]
    successors: list[Successor]
    cycle: list[CycleSoFar]


class LoggedChange(Struct):
    id: int
    uid: str
    title: str
    change: Change


class Logged(Envelope, kw_only=True):
    count: int
    total: int
    changes: list[LoggedChange]


class ChangeRow(LoggedChange):
    translations: dict[str, Wording]
    owner: str | None
    kind: ChangeKind
    quiet: bool
    days: int | None
    days_from_baseline: int | None


class StaysRemoved(Struct):
    place: str
    id: int
    undo: str


class LineProblem(Struct):
    line: int
    message: str


class LeftSeries(Struct):
    line: int
    ids: list[int]


class LedgerHeader(Struct):
    first: int
    last: int
    year: int | None
    dated: date | None


class LedgerRow(Struct):
    row: int
    milestone: int | None
    does: str
    fields: dict[str, Any]
    made_on: date | None
    notes: list[Any]
    year_assumed: bool
    doubts: list[str]
    taken: list[str]


class Unreadable(Struct):
    row: int
    message: str
    hint: str


class LeftRow(Struct):
    row: int
    kind: str


class BroughtLedger(Struct):
    sheet: str
    header: LedgerHeader
    columns: dict[str, str]
    rows: list[LedgerRow]
    unreadable: list[Unreadable]
    left_out: list[LeftRow]


class Imported(Told, kw_only=True):
    """What an import changed, and what it left."""

    removed: list[StaysRemoved]
    problems: list[LineProblem] | UnsetType = UNSET
    left: list[LeftSeries] | UnsetType = UNSET
    ledger: BroughtLedger | UnsetType = UNSET
