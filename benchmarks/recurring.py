"""What reading a calendar takes beside `icalendar`'s parse of it: `python -m benchmarks.recurring`.

A line for single events and one for series that fall in a year: times, as often as the parse takes,
and as often as parse and expansion by `recurring-ical-events` take, medians of seven in turn.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from statistics import median
from time import process_time

import recurring_ical_events  # type: ignore[import-untyped]  # it has no types
from icalendar import Calendar

from tracker.ics.read import read

YEAR = (date(2024, 1, 1), date(2024, 12, 31))
RULES = (
    "FREQ=WEEKLY;COUNT=10;BYDAY=MO,WE",
    "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=WEEKLY;UNTIL=20240901T000000Z",
    "FREQ=YEARLY",
)


def calendar(events: int, *, recurring: bool) -> bytes:
    body = "".join(_event(number, recurring=recurring) for number in range(events))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{body}END:VCALENDAR\r\n".encode()


def _event(number: int, *, recurring: bool) -> str:
    day = YEAR[0] + timedelta(days=number % 300)
    zone = ";TZID=Asia/Shanghai"
    gone = f"EXDATE{zone}:{day + timedelta(days=7):%Y%m%d}T090000"
    rule = (f"RRULE:{RULES[number % len(RULES)]}", gone) if recurring else ()
    lines = (
        *("BEGIN:VEVENT", f"UID:{number}@example.org", f"SUMMARY:Meeting {number}"),
        *(f"{name}:20240101T000000Z" for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED")),
        *(f"DTSTART{zone}:{day:%Y%m%d}T090000", f"DTEND{zone}:{day:%Y%m%d}T100000"),
        *("DESCRIPTION:Some text\\, as people write it", "LOCATION:Room 5", "CATEGORIES:a,b"),
        *("SEQUENCE:1", "STATUS:CONFIRMED", "TRANSP:OPAQUE", *rule, "END:VEVENT\r\n"),
    )
    return "\r\n".join(lines)


def _expanded(data: bytes) -> object:
    query = recurring_ical_events.of(Calendar.from_ical(data))
    return query.between(YEAR[0], YEAR[1] + timedelta(days=1))


def _seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def main() -> None:
    for name, recurring in (("single", False), ("recurring", True)):
        data = calendar(1_000, recurring=recurring)
        rounds = [
            (
                _seconds(partial(Calendar.from_ical, data)),
                _seconds(partial(_expanded, data)),
                _seconds(partial(read, data, YEAR)),
            )
            for _ in range(7)
        ]
        parse = median(ours / parsed for parsed, _, ours in rounds)
        both = median(ours / expanded for _, expanded, ours in rounds)
        sys.stdout.write(f"{name}: {parse:.2f} of the parse, {both:.2f} of parse and expansion\n")


if __name__ == "__main__":
    main()
