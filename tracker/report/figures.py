"""The figures at the head of the page, and which milestones matter most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from tracker.model import Milestone, Standing, standing
from tracker.report import owed
from tracker.report.ontime import Rate, against_baselines


class Figures(NamedTuple):
    """How many stand where, the most pressing, and what became of those whose baseline passed."""

    counts: Counter[Standing]
    worst: Milestone | None
    next_due: Milestone | None
    kept: Rate


def figures(milestones: Sequence[Milestone], as_of: date) -> Figures:
    overdue, coming = owed(milestones, as_of)
    return Figures(
        Counter(standing(m, as_of) for m in milestones),
        next(iter(overdue), None),
        next(iter(coming), None),
        against_baselines(milestones, as_of),
    )


def pressing(milestones: Iterable[Milestone], as_of: date) -> list[Milestone]:
    """Sort by what matters most: overdue the longest, due next, without a date, settled last."""
    places = list(Standing)

    def place(m: Milestone) -> tuple[int, int, int]:
        settled = m.completed_on or (None if m.is_open else m.due)
        if settled is not None:
            return places.index(standing(m, as_of)), -settled.toordinal(), m.id
        return places.index(standing(m, as_of)), (m.due or date.max).toordinal(), m.id

    return sorted(milestones, key=place)
