"""Red, amber, green, blue: at their boundaries, and by other thresholds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.milestones import plain, stamp
from tracker.model import Milestone, Precision, Status
from tracker.report.rating import Rating, Thresholds, rating


def due(day: str, **fields: Any) -> Milestone:
    return plain(due=date.fromisoformat(day), **fields)


def moved(first: str, then: str) -> Milestone:
    day = date.fromisoformat(then)
    return due(first).postpone(stamp(), day, Precision.DAY, None, why="later")


FIVE_YEAR = {"precision": Precision.FIVE_YEAR}
FAR = Thresholds(due_soon_days=7, slipped_days=31, five_year_days=90)


@pytest.mark.parametrize(
    ("milestone", "as_of", "expected"),
    [
        (due("2021-12-31", precision=Precision.YEAR), "2021-12-31", Rating.AMBER),
        (due("2021-12-31", precision=Precision.YEAR), "2022-01-01", Rating.RED),
        (due("2021-12-31"), "2021-12-01", Rating.AMBER),
        (due("2021-12-31"), "2021-11-30", Rating.GREEN),
        (due("2025-12-31", **FIVE_YEAR), "2025-12-31", Rating.GREEN),
        (due("2025-12-31", **FIVE_YEAR), "2026-01-01", Rating.RED),
        (due("2021-12-31", forecast_due=date(2022, 1, 1)), "2021-04-01", Rating.RED),
        (due("2021-12-31", forecast_due=date(2021, 12, 31)), "2021-04-01", Rating.GREEN),
        (moved("2021-06-30", "2021-12-31"), "2021-04-01", Rating.AMBER),
        (moved("2021-12-31", "2021-06-30"), "2021-04-01", Rating.GREEN),
        (due("2021-06-30", status=Status.PARTLY_COMPLETED), "2021-07-01", Rating.RED),
        (due("2021-06-30", status=Status.COMPLETED), "2021-12-31", Rating.BLUE),
        (due("2021-06-30", status=Status.CANCELLED), "2021-12-31", Rating.UNRATED),
        (due("2021-06-30", status=Status.SUPERSEDED), "2021-12-31", Rating.UNRATED),
        (plain(due=None), "2021-12-31", Rating.UNRATED),
    ],
)
def test_rating(milestone: Milestone, as_of: str, expected: Rating) -> None:
    assert rating(milestone, date.fromisoformat(as_of), Thresholds()) is expected


@pytest.mark.parametrize(
    ("milestone", "as_of", "expected"),
    [
        (due("2021-12-31"), "2021-12-23", Rating.GREEN),
        (due("2021-12-31"), "2021-12-24", Rating.AMBER),
        (due("2025-12-31", **FIVE_YEAR), "2025-10-01", Rating.GREEN),
        (due("2025-12-31", **FIVE_YEAR), "2025-10-02", Rating.AMBER),
        (moved("2021-06-30", "2021-07-30"), "2021-04-01", Rating.GREEN),
        (moved("2021-06-30", "2021-07-31"), "2021-04-01", Rating.AMBER),
    ],
)
def test_thresholds_can_be_set(milestone: Milestone, as_of: str, expected: Rating) -> None:
    assert rating(milestone, date.fromisoformat(as_of), FAR) is expected
