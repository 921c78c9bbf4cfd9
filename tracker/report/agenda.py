"""What is due when: day by day from a day on, with what is overdue before it."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from tracker.model import Milestone, Standing, standing
from tracker.query import Query, Select


class DueDay(Struct, frozen=True):
    day: date
    milestones: list[Milestone]

    def worst(self, as_of: date) -> Standing:
        """The most pressing of how its milestones stand."""
        stands = {standing(m, as_of) for m in self.milestones}
        return next(one for one in Standing if one in stands)


class Agenda(Struct, frozen=True):
    """The days from `first` to `last`, as things stood on `as_of`, and what was overdue then."""

    as_of: date
    first: date
    last: date
    overdue: list[Milestone]
    days: list[DueDay]

    @property
    def milestones(self) -> list[Milestone]:
        """All of them, in the order in which they are told."""
        return [*self.overdue, *(m for day in self.days for m in day.milestones)]


def agenda(select: Select, query: Query, first: date, last: date, *, settled: bool) -> Agenda:
    """What is owed and due from the first to the last day, and before that what is overdue.

    With what is `settled`, if that is asked for.
    """
    late = replace(query.chosen, owed=True, due_before=min(first, query.as_of))
    overdue = select(replace(query, chosen=late)).milestones
    return Agenda(query.as_of, first, last, overdue, _due(select, query, first, last, settled))


def month(select: Select, query: Query, first: date, months: int) -> Agenda:
    """All that is due in so many months from that of `first`, settled or not."""
    first = last = first.replace(day=1)
    for _ in range(months):
        last = (last.replace(day=28) + timedelta(days=4)).replace(day=1)
    last -= timedelta(days=1)
    return Agenda(query.as_of, first, last, [], _due(select, query, first, last, settled=True))


def _due(select: Select, query: Query, first: date, last: date, settled: bool) -> list[DueDay]:
    chosen = query.chosen
    within = replace(
        chosen,
        owed=chosen.owed or not settled,
        due_from=max(first, chosen.due_from or first),
        due_to=min(last, chosen.due_to or last),
    )
    days: dict[date, DueDay] = {}
    for m in select(replace(query, chosen=within)).milestones:
        if m.due is not None:
            days.setdefault(m.due, DueDay(m.due, [])).milestones.append(m)
    return list(days.values())
