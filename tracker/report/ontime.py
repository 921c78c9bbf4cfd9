"""The on-time rate by quarter, against the date first promised and against the current one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import astuple

from tracker.model import Milestone, Status, has_passed
from tracker.query import Query, replay


class Rate(Struct, frozen=True):
    """What became of the milestones whose date has passed; the rate is `on_time` of `passed`.

    `late` were completed after that date, `owed` still are, `dropped` were cancelled or
    superseded. The four add up to `passed`. The `unknown` were completed, nobody knows whether by
    then: they speak for neither.
    """

    on_time: int = 0
    late: int = 0
    owed: int = 0
    dropped: int = 0
    unknown: int = 0

    @property
    def passed(self) -> int:
        return self.on_time + self.late + self.owed + self.dropped

    @property
    def share(self) -> float | None:
        """From 0 to 1, or None when no date has passed."""
        return self.on_time / self.passed if self.passed else None


class Quarter(Struct, frozen=True):
    """A calendar quarter, 1 to 4: by the baselines that fell in it, and by the due dates that did.

    A milestone moved from one quarter to the next is in the one by its baseline and in the other
    by its due date.
    """

    year: int
    number: int
    baseline: Rate
    due: Rate


class OnTime(Struct, frozen=True):
    """The quarters in which a date passed, the earliest first, and all of them together."""

    as_of: date
    quarters: tuple[Quarter, ...]
    baseline: Rate
    due: Rate
    out_of: int


def ontime(milestones: Iterable[Milestone], query: Query) -> OnTime:
    """Rate what is past its last day on the day; a date that has not passed counts nowhere."""
    then, as_of = replay(milestones, query), query.as_of
    by_baseline = _by_quarter(then.chosen, as_of, lambda m: m.baseline_due)
    by_due = _by_quarter(then.chosen, as_of, lambda m: m.due)
    quarters = tuple(
        Quarter(*each, by_baseline.get(each, Rate()), by_due.get(each, Rate()))
        for each in sorted(by_baseline.keys() | by_due.keys())
    )
    return OnTime(
        as_of,
        quarters,
        _sum([quarter.baseline for quarter in quarters]),
        _sum([quarter.due for quarter in quarters]),
        len(then.there),
    )


def against_baselines(milestones: Iterable[Milestone], as_of: date) -> Rate:
    """Rate all of them, as they stand on a day, by the dates first promised."""
    return _sum([*_by_quarter(milestones, as_of, lambda m: m.baseline_due).values()])


def _by_quarter(
    milestones: Iterable[Milestone], as_of: date, held_to: Callable[[Milestone], date | None]
) -> dict[tuple[int, int], Rate]:
    outcomes: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for m in milestones:
        day = held_to(m)
        if day is not None and has_passed(day, as_of):
            outcomes[day.year, (day.month + 2) // 3][_outcome(m, day)] += 1
    return {quarter: Rate(**counts) for quarter, counts in outcomes.items()}


def _outcome(m: Milestone, day: date) -> str:
    """The field of a rate that it counts in."""
    if m.status is Status.COMPLETED:
        if m.completed_on is None:
            return "unknown"
        return "late" if has_passed(day, m.completed_on) else "on_time"
    return "owed" if m.is_open else "dropped"


def _sum(rates: Sequence[Rate]) -> Rate:
    return Rate(*map(sum, zip(*map(astuple, rates), strict=True)))
