"""What bodies claim, held against what others found; docs/figures.md defines each figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from tracker.model import Assessment, Milestone, Role, Status, Verdict
from tracker.query import Query, replay
from tracker.report.bodies import Body, bodies, owned
from tracker.texts import folded

LEAST = 10
"""So many promises judged by two at least, before agreement is told."""


class Tally(Struct, frozen=True):
    """`claimed` are completed, as the body reports; of them nobody judged `unverified`.

    The verdicts are those of the weightiest role, of what is claimed and of what is not, and `days`
    is for how long at most something unverified has been claimed, None without a day.
    """

    claimed: int
    kept: int
    partly: int
    not_kept: int
    unverified: int
    days: int | None

    @property
    def judged(self) -> int:
        return self.kept + self.partly + self.not_kept


class BodyVerdicts(Struct, frozen=True):
    """What one body claims; `body` is None for what nobody is responsible for."""

    body: Body | None
    tally: Tally


class Agreement(Struct, frozen=True):
    """Krippendorff's alpha for nominal verdicts, of so many promises that two or more judged.

    None with fewer than `LEAST`, or if all said the same of everything.
    """

    alpha: float | None
    judged: int


class Verdicts(Struct, frozen=True):
    """The bodies with most that is not kept first, all together, and how assessors agree.

    `unverified` is what is claimed for `days` days or more and judged by nobody, longest first, and
    `undated` how many more are claimed since a day that nobody knows. `disputed` is what somebody
    judged otherwise than another, and said so.
    """

    as_of: date
    days: int
    rows: tuple[BodyVerdicts, ...]
    total: Tally
    unverified: tuple[Milestone, ...]
    undated: int
    disputed: tuple[Milestone, ...]
    agreement: Agreement
    out_of: int


def verdicts(milestones: Iterable[Milestone], query: Query, days: int = 0) -> Verdicts:
    then, as_of = replay(milestones, query), query.as_of
    named = bodies(then.chosen)
    rows = [
        BodyVerdicts(named[key] if key else None, _tally(found, as_of))
        for key, found in owned(then.chosen).items()
    ]
    rows = [row for row in rows if row.tally.claimed or row.tally.judged]
    rows.sort(key=lambda row: (-row.tally.not_kept, -row.tally.partly, -row.tally.unverified))
    unverified = [m for m in then.chosen if _is_unverified(m)]
    waiting = [m for m in unverified if _claimed_for(m, as_of) >= days]
    undated = sum(m.completed_on is None for m in unverified) if days else 0
    waiting.sort(key=lambda m: (-_claimed_for(m, as_of), m.id))
    return Verdicts(
        as_of,
        days,
        tuple(rows),
        _tally(then.chosen, as_of),
        tuple(waiting),
        undated,
        tuple(m for m in then.chosen if any(found.disputes for found in _findings(m))),
        agreement([*_judgements(then.chosen)]),
        len(then.there),
    )


def _tally(milestones: Sequence[Milestone], as_of: date) -> Tally:
    found = Counter(m.verdict.verdict for m in milestones if m.verdict is not None)
    waiting = [m for m in milestones if _is_unverified(m)]
    passed = [_claimed_for(m, as_of) for m in waiting if m.completed_on is not None]
    return Tally(
        sum(m.status is Status.COMPLETED for m in milestones),
        found[Verdict.KEPT],
        found[Verdict.PARTLY],
        found[Verdict.NOT_KEPT],
        len(waiting),
        max(passed, default=None),
    )


def _is_unverified(m: Milestone) -> bool:
    """Completed, as its body reports, and nobody else has said how it came out."""
    return m.status is Status.COMPLETED and not (m.verdict and m.verdict.verdict.is_final)


def _findings(m: Milestone) -> Iterator[Assessment]:
    return (c.assessment for c in m.assessments if c.assessment is not None)


def _claimed_for(m: Milestone, as_of: date) -> int:
    """For how many days; 0 if nobody knows since when."""
    return (as_of - (m.completed_on or as_of)).days


def _judgements(milestones: Iterable[Milestone]) -> Iterator[list[Verdict]]:
    """What each assessor said last of each milestone, but for the body itself."""
    for m in milestones:
        last: dict[str, Verdict] = {}
        for found in _findings(m):
            if found.role is not Role.BODY:
                last[folded(found.assessor)] = found.verdict
        yield [verdict for verdict in last.values() if verdict is not Verdict.CANNOT_TELL]


def agreement(judgements: Iterable[Sequence[Verdict]]) -> Agreement:
    """Krippendorff's alpha: 1 less the disagreement observed over that expected by chance.

    K. Krippendorff, Content Analysis (4th ed., 2018), chapter 12, for nominal data. What only one
    has judged cannot be compared.
    """
    compared = [said for said in judgements if len(said) > 1]
    values = Counter(verdict for said in compared for verdict in said)
    count = values.total()
    observed = sum(_differing(Counter(said)) / (len(said) - 1) for said in compared)
    expected = _differing(values) / (count - 1) if count > 1 else 0
    if len(compared) < LEAST or not expected:
        return Agreement(None, len(compared))
    return Agreement(1 - observed / expected, len(compared))


def _differing(values: Counter[Verdict]) -> int:
    """Ordered pairs of which the two are not the same."""
    return values.total() ** 2 - sum(count**2 for count in values.values())
