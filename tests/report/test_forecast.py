"""Forecasts: the method against published figures, worlds of known truth, and silence."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from tests.milestones import DUE, plain, stamp
from tracker.model import Milestone, Precision, Status
from tracker.query import Query
from tracker.report.backtest import backtest
from tracker.report.forecast import LEAST, Expectation, Similarity, forecast
from tracker.report.survival import Case, Survival, case

TODAY = date(2025, 1, 1)
Draw = Callable[[random.Random], int]


def done(m: Milestone, on: date) -> Milestone:
    return m.set_status(stamp(on), Status.COMPLETED)


def kept_late(days: int, number: int = 1, **fields: Any) -> Milestone:
    return done(plain(number, **fields), DUE + timedelta(days))


def test_the_curve_is_that_of_a_published_trial() -> None:
    """Remission under 6-MP (Freireich and others, Blood 21, 1963), + where it went on."""
    weeks = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
    trial = Survival(
        Case(int(each.rstrip("+")), is_done=not each.endswith("+")) for each in weeks.split()
    )
    shares = {week: trial.owed(week) for week in (5, 6, 7, 10, 13, 16, 22, 23, 35)}
    known = (1, 0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448, 0.448)
    assert list(shares.values()) == pytest.approx(known, abs=0.0005)
    assert trial.owed(36) is None
    assert trial.within(0.5) == 23
    assert trial.within(0.9) is None
    assert trial.lasting(10) == 13


def test_what_lasted_is_asked_of_what_lasted_as_long() -> None:
    two = Survival([Case(0, True)] * 6 + [Case(10, True)] * 3 + [Case(20, True)])
    assert two.chance(0) == pytest.approx(0.6)
    assert two.chance(10, after=0) == pytest.approx(0.75)
    assert two.chance(10, after=10) == 0
    assert two.within(0.5, after=0) == 10
    assert two.chance(30, after=20) is None


@pytest.mark.parametrize(
    ("m", "told"),
    [
        (plain(), Case(9, is_done=False)),
        (kept_late(-20), Case(-20, is_done=True)),
        (kept_late(3), Case(3, is_done=True)),
        (plain(due=None), None),
        (plain(due=date(2021, 7, 10)), None),
        (done(plain(due=date(2021, 7, 10)), DUE), None),
        (plain().set_status(stamp(date(2021, 7, 4)), Status.CANCELLED), Case(3, is_done=False)),
        (plain().set_status(stamp(DUE), Status.CANCELLED), None),
        (plain(status=Status.CANCELLED), None),
        (plain(status=Status.COMPLETED), None),
    ],
)
def test_what_a_milestone_tells(m: Milestone, told: Case | None) -> None:
    assert case(m, date(2021, 7, 10)) == told


def test_a_moved_date_is_counted_from_the_first() -> None:
    moved = plain().postpone(stamp(), date(2021, 9, 30), Precision.DAY, None, why="x")
    assert case(done(moved, date(2021, 9, 1)), TODAY) == Case(63, is_done=True)


def expected(m: Milestone, *record: Milestone, as_of: date = date(2021, 9, 1)) -> Expectation:
    [found] = forecast([m], Query(as_of), record).expected
    return found


def test_too_few_cases_say_nothing() -> None:
    m = plain(99, due=date(2021, 12, 31))
    few = [kept_late(n, n + 1) for n in range(LEAST - 1)]
    assert expected(m, *few) == Expectation(m)
    enough = expected(m, *few, kept_late(30, LEAST))
    assert (enough.likeness, enough.cases) == (Similarity.ALL, LEAST)
    assert enough.chance == pytest.approx(0.1)
    assert enough.half == date(2022, 1, 4)
    assert enough.most == date(2022, 1, 8)


def test_the_closest_likeness_with_enough_cases_speaks() -> None:
    theirs = [kept_late(0, n, owner="Roads  office") for n in range(1, LEAST + 1)]
    tagged = [kept_late(50, n, tags=("bridge",)) for n in range(20, 20 + LEAST)]
    m = plain(99, due=date(2021, 12, 31), owner="roads office", tags=("Bridge", "rare"))
    assert expected(m, *theirs, *tagged).likeness is Similarity.BODY
    by_tag = expected(m, *theirs[1:], *tagged)
    assert (by_tag.likeness, by_tag.name, by_tag.chance) == (Similarity.TAG, "bridge", 0)


def test_only_what_lasted_as_long_speaks_for_what_is_overdue() -> None:
    m = plain(99, due=date(2021, 8, 1))
    record = [kept_late(0, n) for n in range(30)] + [kept_late(90, 40 + n) for n in range(LEAST)]
    found = expected(m, *record, as_of=date(2021, 10, 1))
    assert (found.cases, found.chance, found.half) == (LEAST, 0, date(2021, 10, 30))


def test_what_is_not_done_though_it_could_be_is_asked_of_what_was_not_done_either() -> None:
    """Nine of ten keep their date, but all of them ten days before it."""
    record = [kept_late(-10, n) for n in range(90)] + [kept_late(30, 100 + n) for n in range(LEAST)]
    m = plain(99, due=date(2021, 12, 31))
    assert expected(m, *record).chance == pytest.approx(0.9)
    late = expected(m, *record, as_of=date(2021, 12, 25))
    assert (late.cases, late.chance) == (LEAST, 0)


def test_a_date_brought_forward_is_seldom_kept() -> None:
    m = plain(99, due=date(2021, 12, 31)).postpone(
        stamp(), date(2021, 11, 30), Precision.DAY, None, why="sooner"
    )
    found = expected(m, *(kept_late(0, n) for n in range(LEAST)))
    assert (found.chance, found.half) == (0, date(2021, 12, 31))


def world(seed: int, bodies: dict[str, Draw], each: int) -> Iterator[Milestone]:
    """Promises of which the truth is known: how many days after its date each is done."""
    dice = random.Random(seed)  # noqa: S311  # a world, not secrets
    number = 0
    for body, late in bodies.items():
        for _ in range(each):
            number += 1
            made = date(2020, 1, 1) + timedelta(dice.randrange(1750))
            due = made + timedelta(dice.randrange(30, 400))
            m = Milestone.begin(
                *(number, f"{number:08}", stamp(made), "add"),
                title=f"Promise {number}",
                owner=body,
                due=due,
                made_on=made,
            )
            day = due + timedelta(late(dice))
            yield done(m, day) if day < TODAY else m


def punctual(dice: random.Random) -> int:
    return -dice.randrange(30) if dice.random() < 0.8 else dice.randrange(1, 200)


def tardy(dice: random.Random) -> int:
    return -dice.randrange(30) if dice.random() < 0.25 else dice.randrange(1, 500)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_truth_of_a_world_is_found_though_many_are_still_owed(seed: int) -> None:
    told = forecast(world(seed, {"A": punctual, "B": tardy}, 400), Query(TODAY))
    month = TODAY + timedelta(31)  # before that, what is not done yet has less chance
    ahead = [e for e in told.expected if e.milestone.due and e.milestone.due > month]
    chances = {e.milestone.owner: e.chance for e in ahead if e.likeness is Similarity.BODY}
    assert chances == {"A": pytest.approx(0.8, abs=0.07), "B": pytest.approx(0.25, abs=0.07)}
    tardy_ones = [e for e in ahead if e.milestone.owner == "B"]
    [half] = {(e.half - e.milestone.due).days for e in tardy_ones if e.half and e.milestone.due}
    assert half == pytest.approx(167, abs=50)


@pytest.mark.parametrize("seed", [1, 2])
def test_past_forecasts_mean_what_they_say(seed: int) -> None:
    result = backtest(world(seed, {"A": punctual, "B": tardy}, 300), Query(TODAY))
    assert result.brier is not None
    assert result.base is not None
    assert result.brier < 0.9 * result.base
    assert sum(each.forecasts for each in result.bins) == result.forecasts > 500
    said = sum(each.mean * each.forecasts for each in result.bins) / result.forecasts
    assert result.kept / result.forecasts == pytest.approx(said, abs=0.05)
    for each in result.bins:
        if each.forecasts > 100:
            assert each.kept / each.forecasts == pytest.approx(each.mean, abs=0.12)


def test_nothing_later_is_known_on_a_past_day() -> None:
    """What is done after the day is not in its forecast, and a later move keeps its date."""
    record = [kept_late(0, n) for n in range(LEAST)]
    m = plain(99, due=date(2021, 11, 30))
    moved = m.postpone(stamp(date(2021, 11, 1)), date(2022, 11, 30), Precision.DAY, None, why="x")
    came = done(moved, date(2022, 2, 1))
    result = backtest([*record, came], Query(date(2022, 3, 1)))
    assert [(each.forecasts, each.mean, each.kept) for each in result.bins] == [(2, 1, 0)]
    assert (result.brier, result.days) == (1, (date(2021, 7, 1), date(2021, 10, 1)))


def test_an_unknown_outcome_counts_neither_way() -> None:
    record = [kept_late(0, n) for n in range(LEAST)]
    m = plain(99, due=date(2021, 11, 30))
    dropped = m.set_status(stamp(date(2021, 11, 1)), Status.CANCELLED, why="x")
    result = backtest([*record, dropped], Query(date(2022, 3, 1)))
    assert (result.forecasts, result.left_out, result.brier) == (0, 2, None)
