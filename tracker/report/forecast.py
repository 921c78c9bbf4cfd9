"""What to expect of what is owed, from how similar promises went; docs/forecast.md says how.

Nothing is said from fewer than `LEAST` cases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from tracker.model import Milestone
from tracker.query import Query, paged, replay
from tracker.report.survival import Case, Survival, case, owed_for
from tracker.texts import folded

LEAST = 10
"""So many cases at least that had lasted as long as the milestone in question."""


class Similarity(StrEnum):
    """In what the cases are like the milestone."""

    BODY = "body"
    TAG = "tag"
    ALL = "all"


class Expectation(Struct, frozen=True):
    """What to expect of one milestone.

    `chance` is that to be completed by its due date in force, from 0 to 1, and None where the
    cases do not reach so far. By `half` one of two, by `most` nine of ten such were done; None if
    fewer ever were. `cases` are those behind it, like it in `likeness`, of that `name`. Without
    enough, there is no likeness and nothing else.
    """

    milestone: Milestone
    likeness: Similarity | None = None
    name: str = ""
    cases: int = 0
    chance: float | None = None
    half: date | None = None
    most: date | None = None


class Forecast(Struct, frozen=True):
    """What to expect of all that is owed and dated, in its order, `total` before the limit.

    `cases` counts all of the record that tell something.
    """

    as_of: date
    expected: tuple[Expectation, ...]
    total: int
    cases: int
    out_of: int


class TrackRecord:
    """How the promises of a record went, by body, by tag, and all of them, as seen on a day."""

    def __init__(self, then: Iterable[Milestone], as_of: date) -> None:
        self._as_of = as_of
        groups: dict[tuple[Similarity, str], list[Case]] = defaultdict(list)
        for m in then:
            if (told := case(m, as_of)) is not None:
                for alike in _alike(m):
                    groups[alike].append(told)
        self._groups = {alike: Survival(cases) for alike, cases in groups.items()}
        self.all = self._groups.get((Similarity.ALL, ""), Survival(()))
        self.cases = len(groups[Similarity.ALL, ""])

    def of(self, m: Milestone) -> Expectation:
        """What to expect of a milestone that is owed: by the closest likeness with enough cases."""
        if m.due is None or m.baseline_due is None:
            return Expectation(m)
        age = owed_for(m.baseline_due, self._as_of)
        for likeness, name in self._closest_first(m, age):
            if (cases := self._lasting((likeness, name), age)) < LEAST:
                continue
            survival = self._groups[likeness, name]
            chance = survival.chance((m.due - m.baseline_due).days, age)
            half, most = (_day(m.baseline_due, survival.within(s, age)) for s in (0.5, 0.9))
            return Expectation(m, likeness, name, cases, chance, half, most)
        return Expectation(m)

    def _closest_first(self, m: Milestone, age: int) -> list[tuple[Similarity, str]]:
        return sorted(_alike(m), key=lambda alike: (_CLOSEST[alike[0]], -self._lasting(alike, age)))

    def _lasting(self, alike: tuple[Similarity, str], age: int) -> int:
        survival = self._groups.get(alike)
        return survival.lasting(age) if survival else 0


_CLOSEST = {likeness: place for place, likeness in enumerate(Similarity)}


def _alike(m: Milestone) -> Iterator[tuple[Similarity, str]]:
    if m.owner is not None:
        yield Similarity.BODY, folded(m.owner)
    yield from ((Similarity.TAG, tag) for tag in sorted(map(folded, m.tags)))
    yield Similarity.ALL, ""


def _day(first: date, days: int | None) -> date | None:
    is_day = days is not None and days <= (date.max - first).days
    return first + timedelta(days) if is_day and days is not None else None


def experience(milestones: Iterable[Milestone], as_of: date) -> TrackRecord:
    return TrackRecord(replay(milestones, Query(as_of)).there, as_of)


def forecast(
    milestones: Iterable[Milestone], query: Query, record: Iterable[Milestone] | None = None
) -> Forecast:
    """Say what to expect of what is owed on the day, from this record or from another one."""
    known = list(milestones)
    then = replay(known, query)
    learned = experience(known if record is None else record, query.as_of)
    owed = [m for m in then.chosen if m.is_open and m.due is not None]
    shown = tuple(map(learned.of, paged(owed, query.page)))
    return Forecast(query.as_of, shown, len(owed), learned.cases, len(then.there))
