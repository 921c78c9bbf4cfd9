"""The office's cycle: what waits for whom, and the days that each stage takes; docs/figures.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from statistics import median

from msgspec import Struct

from tracker.model import Milestone, Stage
from tracker.model.cycle import cycle
from tracker.query import Query, replay
from tracker.report.bodies import Body, bodies, owned
from tracker.texts import folded

TIMED = (Stage.RECEIVED, Stage.REPORTED, Stage.VERIFIED, Stage.CLOSED)
"""The stages whose days are told."""


class Pending(Struct, frozen=True):
    """A milestone that waits for somebody ("" if nobody knows whom) to do something, since when."""

    milestone: Milestone
    stage: Stage
    party: str
    since: date
    days: int


class PendingList(Struct, frozen=True):
    """What waits for `days` or more, by whom it waits for, the longest first.

    `unassigned` is how many are owed and take no part in the cycle.
    """

    as_of: date
    days: int
    rows: tuple[Pending, ...]
    unassigned: int
    out_of: int


def pending(milestones: Iterable[Milestone], query: Query, days: int = 0) -> PendingList:
    then, as_of = replay(milestones, query), query.as_of
    rows = [
        Pending(m, stage, party, since, passed)
        for m in then.chosen
        if (so_far := cycle(m))
        for stage, party, since in so_far.awaited
        if (passed := (as_of - since).days) >= days
    ]
    longest: dict[str, int] = defaultdict(int)
    for row in rows:
        longest[folded(row.party)] = max(longest[folded(row.party)], row.days)
    rows.sort(key=lambda r: (-longest[folded(r.party)], folded(r.party), -r.days, r.milestone.id))
    unassigned = sum(m.is_open and cycle(m) is None for m in then.chosen)
    return PendingList(as_of, days, tuple(rows), unassigned, len(then.there))


class StageDays(Struct, frozen=True):
    """The median of the days that a stage took, and of how many; None of none."""

    days: float | None
    of: int


class CycleFigures(Struct, frozen=True):
    """How many take part in the cycle, how many of them are closed, and were ever sent back.

    `stages` has what each of `TIMED` took.
    """

    supervised: int
    closed: int
    returned: int
    stages: tuple[StageDays, ...]


class BodyCycle(Struct, frozen=True):
    """The cycle of one body; `body` is None for what nobody is responsible for."""

    body: Body | None
    round: CycleFigures


class Rounds(Struct, frozen=True):
    """The bodies with most milestones in the cycle first, and all together."""

    as_of: date
    rows: tuple[BodyCycle, ...]
    total: CycleFigures
    out_of: int


def rounds(milestones: Iterable[Milestone], query: Query) -> Rounds:
    then = replay(milestones, query)
    named = bodies(then.chosen)
    rows = [
        BodyCycle(named[key] if key else None, each)
        for key, found in owned(then.chosen).items()
        if (each := _round(found)).supervised
    ]
    rows.sort(key=lambda row: (-row.round.supervised, row.body is None, str(row.body)))
    return Rounds(query.as_of, tuple(rows), _round(then.chosen), len(then.there))


def _round(milestones: Iterable[Milestone]) -> CycleFigures:
    cycles = [so_far for m in milestones if (so_far := cycle(m)) is not None and so_far.taken]
    stages = [so_far.stage for so_far in cycles]
    returned = [any(t.step.stage is Stage.RETURNED for t in so_far.taken) for so_far in cycles]
    took = [[d for c in cycles if (d := c.days(stage)) is not None] for stage in TIMED]
    takings = (StageDays(median(days) if days else None, len(days)) for days in took)
    return CycleFigures(len(cycles), stages.count(Stage.CLOSED), sum(returned), tuple(takings))
