"""The scorecard: how each responsible body fares on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from tracker.model import Milestone, Status
from tracker.query import Query, replay
from tracker.report.bodies import Body, bodies, owned
from tracker.report.rating import Rating, Thresholds, rating
from tracker.texts import folded


class Score(Struct, frozen=True):
    """Counts of milestones; docs/figures.md defines each.

    `on_time` and `late` are completions against the current due date, `kept` against the baseline.
    Red, amber, green, blue and unrated add up to `total`, and blue is `completed`.
    """

    total: int
    completed: int
    on_time: int
    late: int
    kept: int
    overdue: int
    ratings: dict[Rating, int]


class BodyScore(Struct, frozen=True):
    """One body's score; `body` is None for what nobody is responsible for.

    `supports` counts the milestones of others that it supports, `with_bodies` are those that
    support its own.
    """

    body: Body | None
    score: Score
    supports: int
    with_bodies: tuple[Body, ...]


class Scorecard(Struct, frozen=True):
    """The rows, the worst first, and the score of all together. `out_of` is what there was."""

    as_of: date
    thresholds: Thresholds
    rows: tuple[BodyScore, ...]
    total: Score
    out_of: int


def scorecard(
    milestones: Iterable[Milestone],
    query: Query,
    thresholds: Thresholds = Thresholds(),  # noqa: B008 -- frozen
) -> Scorecard:
    """Score every body on the day: most red first, then most amber, then by name.

    What nobody is responsible for comes after them, and bodies that only support come last.
    """
    then, as_of = replay(milestones, query), query.as_of
    seen = then.chosen
    named = bodies(seen)
    supports = Counter(key for m in seen for key in _supporting([m]))
    of_body = owned(seen)
    rows = [
        BodyScore(
            named[key] if key else None,
            score(of_body.get(key, []), as_of, thresholds),
            supports[key] if key else 0,
            tuple(named[each] for each in _supporting(of_body.get(key, []))),
        )
        for key in dict.fromkeys([*of_body, *supports])
    ]
    rows.sort(key=_worst_first)
    total = score(seen, as_of, thresholds)
    return Scorecard(as_of, thresholds, tuple(rows), total, len(then.there))


def score(milestones: Sequence[Milestone], as_of: date, thresholds: Thresholds) -> Score:
    """Count the milestones, given as they stood on `as_of`."""
    done = [m for m in milestones if m.status is Status.COMPLETED]
    rated = Counter(rating(m, as_of, thresholds) for m in milestones)
    return Score(
        total=len(milestones),
        completed=len(done),
        on_time=sum(None not in (m.due, m.completed_on) and not m.is_late for m in done),
        late=sum(m.is_late for m in done),
        kept=sum(_is_kept(m) for m in done),
        overdue=sum(m.is_overdue(as_of) for m in milestones),
        ratings={each: rated[each] for each in Rating},
    )


def _is_kept(m: Milestone) -> bool:
    """Whether it was completed no later than first promised."""
    return None not in (m.completed_on, m.baseline_due) and (m.slippage or 0) <= 0


def _supporting(milestones: Iterable[Milestone]) -> Iterable[str]:
    return dict.fromkeys(folded(name) for m in milestones for name in m.supporting)


def _worst_first(row: BodyScore) -> tuple[object, ...]:
    ratings, name = row.score.ratings, row.body.name if row.body else ""
    only_supports = row.score.total == 0
    return (only_supports, row.body is None, -ratings[Rating.RED], -ratings[Rating.AMBER], name)
