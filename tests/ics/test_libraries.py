"""The days that recurring events fall on, as `recurring-ical-events` finds them itself."""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import icalendar
import pytest
import recurring_ical_events  # type: ignore[import-untyped]  # it has no types
from hypothesis import given
from hypothesis import strategies as st

from tracker.ics.read import KINDS, read

WHEELS = ("icalendar", "recurring_ical_events")
SAMPLES = sorted(path for wheel in WHEELS for path in Path(str(files(wheel))).rglob("*.ics"))
WINDOWS = (
    (date(2019, 1, 1), date(2021, 6, 30)),
    (date(2024, 1, 1), date(2025, 9, 30)),
)
"""No longer than 1,000 days, which are the most occurrences that are taken in."""

OTHERWISE = {
    "issue_75_range_parameter.ics": "UNTIL is a day, and here that day is included",
}
"""Samples whose days differ, each with the reason."""

Day = tuple[str, str, date]


@pytest.fixture(params=["Asia/Shanghai", "America/Los_Angeles", "UTC"])
def _machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(os.environ, "TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def of_the_libraries(data: bytes, window: tuple[date, date]) -> set[Day] | None:
    """Kind, uid and first day of each occurrence; None if they cannot read the file."""
    try:
        found = [
            part
            for calendar in icalendar.Calendar.from_ical(data, multiple=True)
            for part in recurring_ical_events.of(calendar, components=list(KINDS)).between(
                window[0], window[1] + timedelta(days=1)
            )
        ]
    except Exception:  # whatever they raise, they cannot be compared with
        return None
    return {day for part in found if (day := _day(part)) is not None and _within(day, window)}


def _day(part: Any) -> Day | None:
    moment = part.get("DTSTART") or part.get("DUE")
    if moment is None:
        return None
    value = moment.dt.date() if isinstance(moment.dt, datetime) else moment.dt
    return part.name, str(part.get("UID", "")).strip(), value


def _within(day: Day, window: tuple[date, date]) -> bool:
    return window[0] <= day[2] <= window[1]


def of_ours(data: bytes, window: tuple[date, date]) -> set[Day]:
    items = read(data, window).items
    days = (
        (i.kind, "" if i.uid.startswith("content-") else i.uid, i.start or i.due) for i in items
    )
    found = {(kind, uid, day) for kind, uid, day in days if day is not None}
    return {day for day in found if _within(day, window)}


@pytest.mark.usefixtures("_machine")
def test_every_sample_falls_on_the_same_days() -> None:
    """One test for all: a sample takes milliseconds."""
    otherwise = {
        sample.name
        for sample in SAMPLES
        for window in WINDOWS
        if (theirs := days_of(sample, window)) is not None
        and theirs != of_ours(sample.read_bytes(), window)
    }
    assert otherwise == set(OTHERWISE)


@cache
def days_of(sample: Path, window: tuple[date, date]) -> set[Day] | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return of_the_libraries(sample.read_bytes(), window)


def test_most_samples_can_be_compared() -> None:
    assert sum(days_of(sample, WINDOWS[0]) is not None for sample in SAMPLES) > 180


WEEKDAYS = st.lists(
    st.sampled_from(("MO", "TU", "WE", "TH", "FR", "SA", "SU")), min_size=1, unique=True
)
RULES = st.one_of(
    st.builds("FREQ=DAILY;INTERVAL={};COUNT={}".format, st.integers(1, 9), st.integers(1, 40)),
    st.builds(
        "FREQ=WEEKLY;BYDAY={};UNTIL=2024{:02}01T220000Z".format,
        WEEKDAYS.map(",".join),
        st.integers(2, 12),
    ),
    st.builds("FREQ=MONTHLY;BYMONTHDAY={}".format, st.integers(-31, 31).filter(bool)),
    st.builds("FREQ=MONTHLY;BYDAY={}{}".format, st.integers(1, 4), st.sampled_from(("MO", "FR"))),
    st.builds("FREQ=YEARLY;BYMONTH={};INTERVAL={}".format, st.integers(1, 12), st.integers(1, 3)),
)
ZONES = st.sampled_from(
    ("", ";TZID=Asia/Shanghai", ";TZID=America/New_York", ";TZID=China Standard Time")
)


@given(
    rule=RULES,
    zone=ZONES,
    day=st.dates(date(2023, 6, 1), date(2024, 6, 1)),
    hour=st.integers(0, 23),
    left_out=st.integers(0, 60),
)
def test_a_series_falls_on_the_same_days(
    rule: str, zone: str, day: date, hour: int, left_out: int
) -> None:
    clock = f"T{hour:02}0000{'' if zone else 'Z'}"
    gone = day + timedelta(days=left_out)
    data = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:u\r\nSUMMARY:T\r\n"
        f"DTSTART{zone}:{day:%Y%m%d}{clock}\r\nRRULE:{rule}\r\nEXDATE{zone}:{gone:%Y%m%d}{clock}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()
    window = (date(2024, 1, 1), date(2024, 12, 31))
    assert of_ours(data, window) == of_the_libraries(data, window)
