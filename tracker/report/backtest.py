"""How good forecasts would have been: each past day is asked anew, as the record stood then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from tracker.model import Milestone, Status, has_passed
from tracker.query import Query, replay
from tracker.report.forecast import TrackRecord


class Bin(Struct, frozen=True):
    """Forecasts of a chance in [low, high), the last with 1: how many, their mean, those kept."""

    low: float
    high: float
    forecasts: int
    mean: float
    kept: int


class Backtest(Struct, frozen=True):
    """What was forecast on past days, held against what came.

    `brier` is the mean square of what the chances missed by, `base` the same for who says each
    time the share that all cases had shown by then; both None without a forecast. `left_out` counts
    forecasts of which nobody knows how they came out.
    """

    as_of: date
    days: tuple[date, ...]
    bins: tuple[Bin, ...]
    forecasts: int
    kept: int
    brier: float | None
    base: float | None
    left_out: int
    out_of: int


class _Tried(NamedTuple):
    chance: float
    base: float
    is_kept: bool


def backtest(milestones: Iterable[Milestone], query: Query) -> Backtest:
    """Forecast on the first day of each quarter as the record stood then, and see what came.

    What was owed on that day and due later is tried, once a quarter.
    """
    known = list(milestones)
    now = replay(known, query)
    came = {m.uid: m for m in now.chosen}
    tried: list[_Tried] = []
    days, left_out = [], 0
    for day in _quarters(known, query.as_of):
        found, unknown = _tried(replay(known, Query(day)).there, day, came, query.as_of)
        tried += found
        left_out += unknown
        days += [day] if found else []
    count = len(tried)
    return Backtest(
        query.as_of,
        tuple(days),
        tuple(_bins(tried)),
        count,
        sum(each.is_kept for each in tried),
        sum((t.chance - t.is_kept) ** 2 for t in tried) / count if count else None,
        sum((t.base - t.is_kept) ** 2 for t in tried) / count if count else None,
        left_out,
        len(now.there),
    )


def _quarters(milestones: Sequence[Milestone], as_of: date) -> Iterator[date]:
    """The first day of each quarter since something was promised."""
    begun = min((m.created_on for m in milestones), default=as_of)
    for year in range(begun.year, as_of.year + 1):
        yield from (day for month in (1, 4, 7, 10) if begun < (day := date(year, month, 1)) < as_of)


def _tried(
    then: Sequence[Milestone], day: date, came: Mapping[str, Milestone], as_of: date
) -> tuple[list[_Tried], int]:
    """What was forecast on a day, and of how much of it the outcome is not known."""
    experience = TrackRecord(then, day)
    base = experience.all.chance(0)
    found, unknown = [], 0
    for m in then:
        if m.uid not in came or not m.is_open or m.due is None or m.due <= day:
            continue
        chance = experience.of(m).chance
        if chance is None or base is None:
            continue
        outcome = _is_kept(came[m.uid], m.due, as_of)
        if outcome is None:
            unknown += 1
        else:
            found.append(_Tried(chance, base, outcome))
    return found, unknown


def _is_kept(m: Milestone, due: date, as_of: date) -> bool | None:
    """Whether it was completed by a day, as far as that is known."""
    if m.status is Status.COMPLETED:
        return None if m.completed_on is None else not has_passed(due, m.completed_on)
    return False if m.is_open and has_passed(due, as_of) else None


def _bins(tried: Sequence[_Tried], number: int = 5) -> Iterator[Bin]:
    by_place: dict[int, list[_Tried]] = defaultdict(list)
    for each in tried:
        by_place[min(int(each.chance * number), number - 1)].append(each)
    for place, found in sorted(by_place.items()):
        mean = sum(each.chance for each in found) / len(found)
        kept = sum(each.is_kept for each in found)
        yield Bin(place / number, (place + 1) / number, len(found), mean, kept)
