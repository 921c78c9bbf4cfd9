"""The figures at the head of the page, and which milestones matter most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from tracker.model import Milestone
from tracker.report import Standing, standing


class Figures(NamedTuple):
    """How many stand where; of those first promised for a day before, how many were done by it."""

    counts: Counter[Standing]
    worst: Milestone | None
    next_due: Milestone | None
    kept: int
    passed: int

    @property
    def share(self) -> int | None:
        """The percentage kept, rounded down: 100 is all of them."""
        return 100 * self.kept // self.passed if self.passed else None


def figures(milestones: Sequence[Milestone], as_of: date) -> Figures:
    """Count milestones as they stood on `as_of`."""
    owed = [m for m in milestones if m.is_open and m.due is not None]
    passed = [m for m in milestones if m.baseline_due is not None and m.baseline_due < as_of]
    return Figures(
        Counter(standing(m, as_of) for m in milestones),
        _first(m for m in owed if m.is_overdue(as_of)),
        _first(m for m in owed if not m.is_overdue(as_of)),
        sum(1 for m in passed if _was_kept(m)),
        len(passed),
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


def _was_kept(m: Milestone) -> bool:
    return (
        m.completed_on is not None
        and m.baseline_due is not None
        and m.completed_on <= m.baseline_due
    )


def _first(milestones: Iterable[Milestone]) -> Milestone | None:
    return min(milestones, key=lambda m: (m.due or date.max, m.id), default=None)
