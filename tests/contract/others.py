"""What other commands print, and what is printed of a refusal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType, field

from tests.contract.milestones import Envelope, LineProblem
from tracker.coherence import Fault
from tracker.extract.candidate import Candidate
from tracker.extract.verdict import Argument
from tracker.merge import Conflict
from tracker.merge.stores import Renumbered
from tracker.model import Exhibit, Precision


class PhraseDue(Struct, kw_only=True):
    phrase: str
    due: date | None
    precision: Precision
    start: date | None
    year_assumed: bool
    month_assumed: bool


class DueRead(Envelope, kw_only=True):
    """One phrase has its fields here, several stand under `phrases`."""

    anchor: date
    phrase: str | UnsetType = UNSET
    due: date | None | UnsetType = UNSET
    precision: Precision | UnsetType = UNSET
    start: date | None | UnsetType = UNSET
    year_assumed: bool | UnsetType = UNSET
    month_assumed: bool | UnsetType = UNSET
    phrases: list[PhraseDue] | UnsetType = UNSET


class DocumentRead(Struct):
    name: str
    title: str
    sha256: str
    made_on: date | None
    made_on_basis: str
    made_on_line: str
    made_on_sure: bool
    language: str


class CandidateRow(Candidate, frozen=True, kw_only=True):
    number: int
    document: str
    band: str  # type: ignore[assignment]  # there it is asked
    milestone: int | None
    why: list[Argument] | UnsetType = UNSET


class Refusal(Struct, kw_only=True):
    code: str
    message: str
    hint: str
    exit_code: int


class RefusedFile(Refusal, kw_only=True):
    file: str


class Extracted(Envelope, kw_only=True):
    documents: list[DocumentRead]
    candidates: list[CandidateRow]
    bands: dict[str, int]
    added: list[int]
    errors: list[RefusedFile]


class Refused(Struct):
    """What is printed in place of any other when a command is refused."""

    schema: Literal["tracker/2"]
    error: Refusal


class AttestedPart(Struct):
    since: datetime
    head: str
    entries: int | None


class HeadShown(Envelope, kw_only=True):
    store: str
    head: str
    recorded_on: date | None
    milestones: int
    entries: int
    attested: list[AttestedPart]


class StoreMade(Envelope, kw_only=True):
    store: str
    count: int


class StoreCopied(Envelope, kw_only=True):
    source: str = field(name="from")
    target: str = field(name="to")
    count: int
    added: int
    changed: int
    lost: int


class StoreMerged(StoreMade, kw_only=True):
    conflicts: list[Conflict]
    renumbered: list[Renumbered]


class StoreChecked(StoreMade, kw_only=True):
    faults: list[Fault]
    open_to_all: list[str]
    attested: list[AttestedPart]


class HeadContained(Envelope, kw_only=True):
    store: str
    contained: bool
    entries: int | UnsetType = UNSET


class EvidenceRow(Struct):
    id: int
    uid: str
    change: str
    on: date
    evidence: str | None
    undone: bool
    condition: str
    exhibit: Exhibit | None
    stamps: list[Any]


class Timestamp(Struct):
    sha256: str
    stamp: str
    good: bool


class EvidenceListed(Envelope, kw_only=True):
    count: int
    evidence: list[EvidenceRow]
    timestamps: list[Timestamp] | UnsetType = UNSET


class ExportedCopy(Struct):
    file: str
    exhibit: Exhibit


class EvidenceExported(Envelope, kw_only=True):
    folder: str
    files: list[ExportedCopy]
    lost: list[Exhibit]


class EvidenceCollected(Envelope, kw_only=True):
    unnamed: dict[str, int]
    count: int
    bytes: int
    dropped: bool


class PullsDone(Envelope, kw_only=True):
    pulled: list[dict[str, Any]]
    errors: list[dict[str, Any]]


class FollowedListed(Envelope, kw_only=True):
    followed: list[dict[str, Any]]


class FeedProblem(LineProblem):
    code: str
    severity: str


class FeedChecked(Envelope, kw_only=True):
    file: str
    counts: dict[str, int]
    faults: list[FeedProblem]


class SourceFound(Struct):
    id: int
    finding: str
    document: str | None


class SourcesChecked(Envelope, kw_only=True):
    folder: str
    sources: list[SourceFound]


class NamedMilestone(Struct):
    id: int
    uid: str
    title: str


class AlteredRow(NamedMilestone):
    fields: list[str]
    entries: int
    lost: list[str]


class Differing(Envelope, kw_only=True):
    new: list[NamedMilestone]
    gone: list[NamedMilestone]
    changed: list[AlteredRow]
    same: int
    extends: bool


class SyncedRow(NamedMilestone):
    action: str
    told: list[str]


class SyncDone(Envelope, kw_only=True):
    server: str
    dry_run: bool
    others: int
    changes: list[SyncedRow]


class FolderPublished(Envelope, kw_only=True):
    folder: str
    written: list[str]
    unchanged: list[str]
    withdrawn: list[str]


class TokenMade(Envelope, kw_only=True):
    name: str
    owners: list[str]
    addresses: dict[str, str]


class TokenRow(Struct):
    name: str
    owners: list[str]
    made_at: datetime


class TokensListed(Envelope, kw_only=True):
    file: str
    tokens: list[TokenRow]


class TokenRevoked(Envelope, kw_only=True):
    name: str
