"""How often a milestone comes round: what people type, and the days that follow."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import BadDate, BadValue
from tracker.model.repeat import Repeat


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("every quarter", "every quarter"),
        ("Quarterly", "every quarter"),
        ("each month", "every month"),
        ("every 2 weeks", "every 2 weeks"),
        ("every other week", "every 2 weeks"),
        ("every half year", "every half-year"),
        ("every 3 months", "every 3 months"),
        ("annually", "every year"),
        ("每周", "every week"),
        ("每两周", "every 2 weeks"),
        ("每月", "every month"),
        ("每个月", "every month"),
        ("每3个月", "every 3 months"),
        ("每季度", "every quarter"),
        ("每季", "every quarter"),
        ("每半年", "every half-year"),
        ("每年", "every year"),
        ("每年度", "every year"),
        ("每月（30日）", "every month on day 30"),
        ("every month on day 29", "every month on day 29"),
        ("every fortnight", "every 2 weeks"),
        ("every two weeks", "every 2 weeks"),
        ("every other month", "every 2 months"),
        ("every twelve months", "every 12 months"),
        ("once a quarter", "every quarter"),
        ("semi-annually", "every half-year"),
        ("every 14 days", "every 2 weeks"),
        ("每双周", "every 2 weeks"),
        ("隔周", "every 2 weeks"),
        ("每隔一年", "every 2 years"),
        ("每月一次", "every month"),
        ("一季一报", "every quarter"),
        ("半年一次", "every half-year"),
        ("按月", "every month"),
    ],
)
def test_a_phrase_is_read(typed: str, kept: str) -> None:
    assert str(Repeat.meant_by(typed)) == kept
    assert str(Repeat.meant_by(kept)) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("", "every", "sometimes", "every 0 weeks", "every 100 weeks", "每天"),
        *("every month on day 15", "biweekly", "twice a year", "每周一", "每隔两周", "每月15日"),
        *("every 10 days", "每逢单月", "每月底"),
    ],
)
def test_what_says_not_how_often_is_refused(typed: str) -> None:
    with pytest.raises(BadValue, match="how often"):
        Repeat.meant_by(typed)


@pytest.mark.parametrize(
    ("often", "days"),
    [
        ("every quarter", ["2021-06-30", "2021-09-30", "2021-12-31", "2022-03-31"]),
        ("every month", ["2021-01-31", "2021-02-28", "2021-03-31", "2021-04-30"]),
        ("every month", ["2024-01-30", "2024-02-29", "2024-03-30", "2024-04-30", "2024-05-30"]),
        ("every month", ["2021-01-15", "2021-02-15"]),
        ("every month", ["2021-01-28", "2021-02-28", "2021-03-28"]),
        ("every half-year", ["2021-06-30", "2021-12-31", "2022-06-30"]),
        ("every year", ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]),
        ("every 2 weeks", ["2021-12-24", "2022-01-07"]),
    ],
)
def test_the_days_that_follow_keep_the_ends_of_months(often: str, days: list[str]) -> None:
    repeat, due = Repeat.meant_by(often), date.fromisoformat(days[0])
    for day in days[1:]:
        due, repeat = Repeat.meant_by(str(repeat)).after(due)
        assert due.isoformat() == day


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(1, 99), st.sampled_from("mqhy"))
def test_the_day_of_the_month_is_never_lost(day: date, number: int, unit: str) -> None:
    names = {"m": "month", "q": "quarter", "h": "half-year", "y": "year"}
    due, repeat = day, Repeat(number, names[unit])
    for _ in range(4):
        due, repeat = repeat.after(due)
    twelve = {"m": 1, "q": 3, "h": 6, "y": 12}[unit] * number * 4
    months = (due.year - day.year) * 12 + due.month - day.month
    assert months == twelve
    assert due.day == day.day or (
        due.toordinal() + 1 == date(due.year + due.month // 12, due.month % 12 + 1, 1).toordinal()
    )


def test_at_the_end_of_time_it_is_said_how_to_end_it() -> None:
    with pytest.raises(BadDate, match="no day after"):
        Repeat(1, "week").after(date.max)
    with pytest.raises(BadDate, match="no day after"):
        Repeat(1, "year").after(date(9999, 6, 1))
