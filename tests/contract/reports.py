"""What reports, forecasts and digests print."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct, field

from tests.contract.milestones import ChangeRow, Envelope, MilestoneRow, Waiting
from tracker.report.briefing import Briefing
from tracker.report.documents import Delivery
from tracker.report.forecast import Similarity
from tracker.report.rating import Rating
from tracker.report.stale import StaleReason
from tracker.report.verdicts import Agreement, Tally


class ChangesReport(Envelope, kw_only=True):
    since: str
    as_of: date
    count: int
    total: int
    quiet: int
    changes: list[ChangeRow]


class ScoreCounts(Struct, kw_only=True):
    total: int
    completed: int
    on_time: int
    late: int
    kept: int
    overdue: int
    red: int
    amber: int
    green: int
    blue: int
    unrated: int


class BodyScores(ScoreCounts, kw_only=True):
    body: str | None
    translations: dict[str, str]
    supports: int
    supported_by: list[str]


class ScorecardReport(Envelope, kw_only=True):
    as_of: date
    thresholds: dict[str, int | None]
    legend: dict[Rating, str]
    bodies: list[BodyScores]
    total: ScoreCounts


class MoveRow(Struct):
    on: date
    at: datetime
    was: date | None = field(name="from")
    now: date | None = field(name="to")
    days: int | None
    days_from_baseline: int | None
    by: str | None
    why: str | None
    evidence: str | None
    quiet: bool


class SlippedRow(MilestoneRow, frozen=True, kw_only=True):
    moves: list[MoveRow]


class SlippageReport(Envelope, kw_only=True):
    as_of: date
    count: int
    total: int
    with_baseline: int
    moves: int
    quiet_moves: int
    milestones: list[SlippedRow]


class RateCounts(Struct):
    passed: int
    on_time: int
    late: int
    owed: int
    dropped: int
    unknown: int
    rate: float | None


class QuarterRates(Struct):
    year: int
    quarter: int
    baseline: RateCounts
    due: RateCounts


class OnTimeReport(Envelope, kw_only=True):
    as_of: date
    quarters: list[QuarterRates]
    baseline: RateCounts
    due: RateCounts


class DeliveredRow(MilestoneRow, frozen=True, kw_only=True):
    delivery: Delivery
    evidence: list[str]  # type: ignore[assignment]  # there it is the entries


class PromisedIn(Struct):
    document: str
    translations: dict[str, str]
    publisher: str | None
    url: str | None
    published_on: date | None
    sha256: str | None
    counts: dict[Delivery, int]
    promises: list[DeliveredRow]


class SourceReport(Envelope, kw_only=True):
    as_of: date
    count: int
    documents: list[PromisedIn]


class StaleRow(MilestoneRow, frozen=True, kw_only=True):
    why: StaleReason
    last_change: date
    days_unchanged: int


class StaleReport(Envelope, kw_only=True):
    as_of: date
    days: int
    count: int
    total: int
    milestones: list[StaleRow]


class BodyTally(Tally, frozen=True, kw_only=True):
    body: str | None


class Agreed(Agreement, frozen=True, kw_only=True):
    least: int


class VerdictsReport(Envelope, kw_only=True):
    as_of: date
    days: int
    bodies: list[BodyTally]
    total: Tally
    unverified: list[int]
    undated: int
    disputed: list[int]
    agreement: Agreed


class PendingRow(Struct):
    party: str | None
    stage: str
    since: date
    days: int
    id: int
    uid: str
    title: str


class PendingReport(Envelope, kw_only=True):
    as_of: date
    days: int
    pending: list[PendingRow]
    unassigned: int


class RoundCounts(Struct, kw_only=True):
    supervised: int
    closed: int
    returned: int
    days: dict[str, dict[str, float | None]]


class BodyRounds(RoundCounts, kw_only=True):
    body: str | None


class CycleReport(Envelope, kw_only=True):
    as_of: date
    bodies: list[BodyRounds]
    total: RoundCounts


class RecordMadeFrom(Struct):
    head: str
    recorded_on: date | None


class BriefingReport(Envelope, kw_only=True):
    briefing: Briefing
    record: RecordMadeFrom


class Expected(Struct):
    id: int
    uid: str
    title: str
    owner: str | None
    due: date | None
    chance: float | None
    half_by: date | None
    most_by: date | None
    cases: int
    likeness: Similarity | None
    name: str | None


class ForecastReport(Envelope, kw_only=True):
    as_of: date
    total: int
    cases: int
    least_cases: int
    expected: list[Expected]


class ForecastBin(Struct):
    low: float
    high: float
    forecasts: int
    mean: float
    kept: int


class BacktestReport(Envelope, kw_only=True):
    as_of: date
    days: list[date]
    forecasts: int
    kept: int
    left_out: int
    brier: float | None
    base_brier: float | None
    bins: list[ForecastBin]


class DigestTold(Envelope, kw_only=True):
    as_of: date
    until: date
    since: str
    since_is: Literal["last", "first", "day"]
    overdue: list[MilestoneRow]
    upcoming: list[MilestoneRow]
    endangered: list[Waiting]
    changes: list[ChangeRow]
