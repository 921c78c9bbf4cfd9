"""Which cell a day falls in, which ticks are chosen, and what is left off the axis."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.locale import ENGLISH
from tracker.render.axis import Axis, spanning

widths = st.integers(min_value=16, max_value=180)


def over(first: str, last: str, cells: int) -> Axis:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return Axis(start.toordinal(), (end - start).days + 1, cells)


@pytest.mark.parametrize(
    ("first", "last", "cells", "labels"),
    [
        ("2021-03-01", "2021-03-07", 49, "2021-03-01    03-03  03-04  03-05  03-06  03-07"),
        ("2020-12-28", "2021-01-17", 30, "12-28     2021-01-04"),
        ("2021-03-01", "2021-08-31", 36, "Mar 2021   May    Jun  Jul   Aug"),
        ("2021-11-01", "2022-04-30", 36, "Nov 2021    2022  Feb  Mar    Apr"),
        ("2021-04-01", "2022-09-30", 48, "Q2 2021         Q4      2022   Q2      Q3"),
        ("2021-01-01", "2022-12-31", 26, "2021  Q3     2022  Q3"),
        ("2021-01-01", "2025-12-31", 40, "2021   2022    2023    2024     2025"),
        ("2020-01-01", "2029-12-31", 40, "2020    2022   2024     2026   2028"),
        ("1950-01-01", "2049-12-31", 40, "   1960    1980    2000    2020    2040"),
        ("0001-01-01", "9999-12-31", 50, "    1000 2000 3000 4000 5000 6000 7000 8000 9000"),
    ],
)  # fmt: skip
def test_labels(first: str, last: str, cells: int, labels: str) -> None:
    assert over(first, last, cells).labels(ENGLISH).rstrip() == labels


@given(st.lists(st.dates(), max_size=12), st.dates(), widths)
def test_any_days_make_an_axis(days: list[date], as_of: date, cells: int) -> None:
    axis = spanning(days, as_of, cells)
    assert 0 <= axis.cell(as_of) < cells
    assert len(axis.labels(ENGLISH)) == cells
    ticks = axis.ticks()
    assert [tick.cell for tick in ticks] == sorted({tick.cell for tick in ticks})
    assert all(0 <= tick.cell < cells for tick in ticks)


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(1, 4000), widths)
def test_later_days_are_never_further_left(first: date, days: int, cells: int) -> None:
    axis = Axis(first.toordinal(), days, cells)
    drawn = [axis.cell(first + timedelta(days=n)) for n in range(days)]
    assert drawn == sorted(drawn)
    assert drawn[0] >= 0
    assert drawn[-1] < cells


@pytest.mark.parametrize(
    ("days", "as_of", "off"),
    [
        (["2021-12-31"], "2021-12-31", []),
        (["2021-03-31", "2021-12-31"], "2026-11-24", []),
        (["9999-12-31"], "2026-11-24", ["9999-12-31"]),
        (["2027-06-30", "9999-12-31"], "2026-11-24", ["9999-12-31"]),
        (["0001-01-01", "2027-06-30"], "2026-11-24", ["0001-01-01"]),
        ([f"{year}-06-30" for year in range(1950, 2051, 5)], "2026-11-24", []),
        ([*(f"2021-{m:02}-28" for m in range(1, 13)), "2061-12-31"], "2021-07-01", ["2061-12-31"]),
        ([f"{year}-06-30" for year in range(2030, 2036)], "2021-07-01", []),
    ],
)  # fmt: skip
def test_what_is_left_off(days: list[str], as_of: str, off: list[str]) -> None:
    axis = spanning(map(date.fromisoformat, days), date.fromisoformat(as_of), 60)
    assert [day for day in days if not 0 <= axis.cell(date.fromisoformat(day)) < 60] == off
