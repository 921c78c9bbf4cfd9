"""What the import makes of a faulty file otherwise than `icalendar` does, the check names."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar
from recurring_ical_events import of  # type: ignore[import-untyped]  # it has no types

from tracker.ics.check.runner import check
from tracker.ics.check.taken import left_out_notes
from tracker.ics.incoming import incoming
from tracker.ics.read import read

WINDOW = date(2021, 1, 1), date(2022, 12, 31)
HEAD = (
    *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "NAME:n", "X-WR-CALNAME:n"),
    *("REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H", "BEGIN:VEVENT"),
)
GOOD = {
    "UID": "UID:u",
    "DTSTAMP": "DTSTAMP:20210315T010203Z",
    "LAST-MODIFIED": "LAST-MODIFIED:20210315T010203Z",
    "SEQUENCE": "SEQUENCE:0",
    "SUMMARY": "SUMMARY:Set up",
    "DTSTART": "DTSTART;VALUE=DATE:20210630",
    "DTEND": "DTEND;VALUE=DATE:20210701",
    "CATEGORIES": "CATEGORIES:a,b",
    "STATUS": "STATUS:CONFIRMED",
    "TRANSP": "TRANSP:TRANSPARENT",
}
ODD = {
    "UID": [
        *("UID:", "UID: u", "UID:u\\,v", "uid:u", "UID;X=1:u", 'UID:"u"', " UID:u", "UID:a\nb"),
    ],
    "DTSTAMP": ["DTSTAMP: 20210315T010203Z", "DTSTAMP:2021-03-15", "DTSTAMP;VALUE=DATE:20210315"],
    "SEQUENCE": ["SEQUENCE: 1", "SEQUENCE:-1", "SEQUENCE:", "SEQUENCE:x"],
    "SUMMARY": [
        *("SUMMARY:", "SUMMARY: ", "SUMMARY;LANGUAGE=de:X", "SUMMARY:a\\;b", "SUMMARY:a\\xb"),
        *("SUMMARY;ENCODING=QUOTED-PRINTABLE:=41", 'SUMMARY;X="a:b":z', 'SUMMARY;X=a"b:z'),
    ],
    "DTSTART": [
        *("DTSTART:20210630", "DTSTART;VALUE=DATE: 20210630", "DTSTART;VALUE=DATE:20210631"),
        *("DTSTART;VALUE=DATE:2021-06-30", "DTSTART;TZID=Nowhere:20210630T090000"),
        *("DTSTART;TZID=GMT+08:00:20210630T090000", "DTSTART:20210630T090000+0800"),
        *("DTSTART;VALUE=DATE:20210630T090000Z", "DTSTART;value=date:20210630"),
        *('DTSTART;VALUE="DATE":20210630', "DTSTART;VALUE=DATE:20210630,20210701"),
        "DTSTART;TZID=asia/shanghai:20210630T090000",
    ],
    "DTEND": [
        *("DTEND;VALUE=DATE:20210630", "DTEND:20210701T000000", "DURATION:P1W", "DURATION: P1D"),
        *("DURATION:P0D", "DURATION:PT0S", "DURATION:P1W1D", "DURATION:P1Y", "DURATION:p1d"),
        *("DURATION:-P1D", "DURATION:P", "DURATION:+P1D", "DURATION:PT36H"),
    ],
    "CATEGORIES": ["CATEGORIES:a;b", "CATEGORIES:a,,b", "CATEGORIES:", "CATEGORIES:a\\,b,c"],
    "STATUS": ["STATUS:", "STATUS:confirmed", "STATUS:DONE", "STATUS:CANCELED"],
    "TRANSP": [
        *("RDATE:20210705", "RDATE;VALUE=DATE:20210705", "RDATE;VALUE=DATE:", "EXDATE:20210630"),
        *("EXDATE;VALUE=DATE:20210630", "EXRULE:FREQ=DAILY", "SUMMARY:again", "UID:v"),
        *("RECURRENCE-ID;VALUE=DATE:20210630", "DTSTART;VALUE=DATE:20210801", "DURATION:P2D"),
        *("CREATED:19000101T000000Z", "PERCENT-COMPLETE:50", "FOO", "=X:1", "URL:example.org"),
        *("BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT1H\r\nTRIGGER:-PT2H\r\nEND:VALARM",),
        *("BEGIN:VEVENT\r\nUID:n\r\nEND:VEVENT", "GEO:1,2", "ORGANIZER:x", "METHOD:PUBLISH"),
    ],
}
"""By the line that it stands for; in the place of TRANSP, what stands beside the others."""


@given(st.lists(st.sampled_from([(n, odd) for n in ODD for odd in ODD[n]]), max_size=2).map(dict))
@example({})
def test_what_is_read_otherwise_than_by_the_library_is_named(odd: dict[str, str]) -> None:
    lines = [*HEAD, *(GOOD | odd).values(), "END:VEVENT", "END:VCALENDAR", ""]
    data = "\r\n".join(lines).encode()
    faults = check(data)
    if not faults and not [*left_out_notes(data, faults, WINDOW)]:
        assert taken(data) == read_by_the_library(data)


def test_a_leap_second_is_lawful_and_is_of_its_day_which_the_library_does_not_read() -> None:
    odd = {"DTSTART": "DTSTART:20210630T235960Z", "DTEND": "DURATION:P1W"}
    data = "\r\n".join([*HEAD, *(GOOD | odd).values(), "END:VEVENT", "END:VCALENDAR", ""]).encode()
    assert check(data) == []
    assert [due for _, due, *_ in taken(data)] == [date(2021, 7, 7)]
    made: Any = Calendar.from_ical(data)
    assert any(part.errors for part in made.walk())


def taken(data: bytes) -> list[tuple[object, ...]]:
    """Title, due day, tags and whether it is cancelled, of each that the import would take."""
    return sorted(
        (i.fields["title"], i.fields["due"], i.fields["tags"], i.fields["status"] == "cancelled")
        for i in incoming(read(data, WINDOW).items).items
    )


def read_by_the_library(data: bytes) -> list[tuple[object, ...]]:
    made: Any = Calendar.from_ical(data)
    assert not any(part.errors for part in made.walk())
    found = []
    for event in of(made).between(*WINDOW):
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        last = end - timedelta(days=1) if end > start and not isinstance(end, datetime) else end
        tags = tuple(str(tag) for tag in event["CATEGORIES"].cats)
        title = " ".join(str(event["SUMMARY"]).split())
        found.append((title, last, tags, event.get("STATUS") == "CANCELLED"))
    return sorted(found)
