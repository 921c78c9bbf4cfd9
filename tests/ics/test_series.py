"""What recurs in other programs' calendars, in the zone where it begins, as they write it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tracker.ics.incoming import incoming
from tracker.ics.read import read

WINDOW = (date(2024, 1, 1), date(2024, 12, 31))
HERE = ("Asia/Shanghai", "America/Los_Angeles", "UTC")


@pytest.fixture(params=HERE, autouse=True)
def _machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same days on every machine, whatever its own timezone."""
    monkeypatch.setitem(os.environ, "TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def entry(*lines: str, uid: str = "u", title: str = "T", kind: str = "VEVENT") -> str:
    body = "".join(f"{line}\r\n" for line in (f"UID:{uid}", f"SUMMARY:{title}", *lines))
    return f"BEGIN:{kind}\r\n{body}END:{kind}\r\n"


def calendar(*entries: str, head: str = "") -> bytes:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{''.join(entries)}END:VCALENDAR\r\n".encode()


def days(data: bytes) -> list[str]:
    return sorted(f"{item.due:%m-%d}" for item in read(data, WINDOW).items)


def told(data: bytes) -> str:
    return " ".join(problem.message for problem in read(data, WINDOW).problems)


SHANGHAI = "DTSTART;TZID=Asia/Shanghai:20240603T060000"
ALL_DAY = "DTSTART;VALUE=DATE:20240603"
DAILY = "RRULE:FREQ=DAILY;COUNT=4"


def zone_at(offset: str) -> str:
    return (
        "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        f"TZOFFSETFROM:{offset}\r\nTZOFFSETTO:{offset}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # 06:00 in Shanghai is 22:00 of the day before in UTC.
        (
            (SHANGHAI, "RRULE:FREQ=DAILY;UNTIL=20240605T220000Z"),
            ["06-03", "06-04", "06-05", "06-06"],
        ),
        ((SHANGHAI, DAILY, "EXDATE:20240603T220000Z"), ["06-03", "06-05", "06-06"]),
        ((SHANGHAI, DAILY, "DTEND:20240602T230000Z"), ["06-03", "06-04", "06-05", "06-06"]),
        (
            (SHANGHAI, "RRULE:FREQ=WEEKLY;BYDAY=MO,TU;COUNT=3"),
            ["06-03", "06-04", "06-10"],
        ),
        ((SHANGHAI, "RDATE:20240610T220000Z"), ["06-03", "06-11"]),
        ((SHANGHAI, "RRULE:RSCALE=GREGORIAN;FREQ=DAILY;COUNT=2"), ["06-03", "06-04"]),
    ],
)
def test_utc_in_a_series_with_a_zone_is_brought_to_its_zone(
    lines: tuple[str, ...], expected: list[str]
) -> None:
    assert days(calendar(entry(*lines))) == expected


@pytest.mark.parametrize("is_first", [True, False])
def test_an_override_in_utc_stands_anywhere_in_the_file(is_first: bool) -> None:
    master = entry(SHANGHAI, DAILY)
    moved = entry(
        "RECURRENCE-ID:20240603T220000Z", "DTSTART;TZID=Asia/Shanghai:20240620T060000", title="M"
    )
    parts = [moved, master] if is_first else [master, moved]
    expected = ["06-03", "06-05", "06-06", "06-20"]
    assert days(calendar(*parts)) == expected
    assert days(b"".join(map(calendar, parts))) == expected
    (item,) = (i for i in read(calendar(*parts), WINDOW).items if i.title == "M")
    assert item.recurs_on == date(2024, 6, 4)


@pytest.mark.parametrize(
    ("start", "name", "value", "expected"),
    [
        (SHANGHAI, "EXDATE", ";VALUE=DATE:20240604", ["06-03", "06-05", "06-06"]),
        (SHANGHAI, "RECURRENCE-ID", ";VALUE=DATE:20240604", ["06-03", "06-05", "06-06", "06-20"]),
        (ALL_DAY, "EXDATE", ":20240604T000000", ["06-03", "06-05", "06-06"]),
        (ALL_DAY, "EXDATE", ";TZID=Asia/Shanghai:20240604T000000", ["06-03", "06-05", "06-06"]),
        (ALL_DAY, "RECURRENCE-ID", ":20240604T000000Z", ["06-03", "06-05", "06-06", "06-20"]),
    ],
)
def test_a_day_among_times_and_a_time_among_days_name_the_occurrence_of_that_day(
    start: str, name: str, value: str, expected: list[str]
) -> None:
    line = f"{name}{value}"
    if name == "EXDATE":
        assert days(calendar(entry(start, DAILY, line))) == expected
    else:
        moved = entry(line, start.replace("0603", "0620"))
        assert days(calendar(entry(start, DAILY), moved)) == expected


@pytest.mark.parametrize("kind", ["VEVENT", "VTODO"])
def test_an_occurrence_that_was_done_by_itself_takes_day_and_title_of_the_series(kind: str) -> None:
    end = "DUE" if kind == "VTODO" else "DTEND"
    series = entry(ALL_DAY, f"{end};VALUE=DATE:20240605", DAILY, kind=kind)
    done = entry("RECURRENCE-ID;VALUE=DATE:20240604", "STATUS:CANCELLED", kind=kind)
    items = read(calendar(done.replace("SUMMARY:T\r\n", ""), series), WINDOW).items
    (alone,) = (item for item in items if item.status)
    length = alone.due - alone.start if alone.due and alone.start else None
    assert (alone.title, alone.start, alone.recurs_on) == ("T", date(2024, 6, 4), date(2024, 6, 4))
    assert length == timedelta(days=2 if kind == "VTODO" else 1)
    assert len(items) == 4


@pytest.mark.parametrize(
    "bad", ["RECURRENCE-ID:soon", "RECURRENCE-ID;VALUE=DATE:20240604\r\nDTSTART:whenever"]
)
def test_an_override_that_cannot_be_read_costs_itself_alone(bad: str) -> None:
    data = calendar(entry(ALL_DAY, DAILY), entry(bad))
    assert days(data) == ["06-03", "06-04", "06-05", "06-06"]
    assert "left out" in told(data)


def test_what_stands_for_one_of_a_series_that_is_refused_comes() -> None:
    moved = entry("RECURRENCE-ID;VALUE=DATE:20240604", "DTSTART;VALUE=DATE:20240620")
    assert days(calendar(entry(ALL_DAY, "RRULE:FREQ=HOURLY"), moved)) == ["06-20"]


def test_an_override_in_utc_is_where_its_series_is() -> None:
    moved = entry("RECURRENCE-ID;RANGE=THISANDFUTURE:20240604T220000Z", "DTSTART:20240610T220000Z")
    assert days(calendar(entry(SHANGHAI, DAILY), moved)) == ["06-03", "06-04", "06-11", "06-12"]


def test_what_is_moved_back_into_the_days_asked_for_is_found() -> None:
    series = entry("DTSTART;VALUE=DATE:20241001", "RRULE:FREQ=MONTHLY;COUNT=8")
    moved = entry(
        "RECURRENCE-ID;VALUE=DATE;RANGE=THISANDFUTURE:20250201", "DTSTART;VALUE=DATE:20241115"
    )
    assert days(calendar(series, moved))[-2:] == ["12-01", "12-13"]


def test_each_calendar_of_a_file_has_its_own_zones() -> None:
    parts = [
        calendar(zone_at(offset), entry(f"DTSTART;TZID=Ours:{start}", gone, DAILY, uid=offset))
        for offset, start, gone in (
            ("+0800", "20240603T060000", "EXDATE:20240602T220000Z"),
            ("-0500", "20240603T200000", "EXDATE:20240604T010000Z"),
        )
    ]
    assert days(b"".join(parts)) == sorted(["06-04", "06-05", "06-06"] * 2)


def test_what_is_wrong_with_an_entry_is_told_once_however_often_it_takes_place() -> None:
    data = calendar(entry(ALL_DAY, DAILY, "PERCENT-COMPLETE:most", kind="VTODO"))
    assert len(read(data, WINDOW).problems) == 1


def test_this_and_future_moves_the_named_one_and_all_later() -> None:
    moved = entry(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Asia/Shanghai:20240610T060000",
        "DTSTART;TZID=Asia/Shanghai:20240611T060000",
    )
    data = calendar(entry(SHANGHAI, "RRULE:FREQ=WEEKLY;COUNT=4"), moved)
    assert days(data) == ["06-03", "06-11", "06-18", "06-25"]


def test_a_listed_date_moves_with_this_and_future_and_each_keeps_a_name_of_its_own() -> None:
    series = entry(
        SHANGHAI,
        "RRULE:FREQ=WEEKLY;COUNT=3",
        "RDATE;TZID=Asia/Shanghai:20240605T060000,20240613T060000",
    )
    moved = entry(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Asia/Shanghai:20240610T060000",
        "DTSTART;TZID=Asia/Shanghai:20240611T060000",
    )
    items = read(calendar(series, moved), WINDOW).items
    assert sorted((f"{i.recurs_on:%m-%d}", f"{i.due:%m-%d}") for i in items) == [
        *(("06-03", "06-03"), ("06-05", "06-05"), ("06-10", "06-11")),
        *(("06-13", "06-14"), ("06-17", "06-18")),
    ]
    assert len(incoming(items).items) == 5


@pytest.mark.parametrize(
    "zone",
    [
        *("China Standard Time", "GMT+08:00", "(UTC+08:00) Beijing\\, Chongqing"),
        *("/freeassociation.sourceforge.net/Asia/Shanghai", "UTC+8:00", '"GMT+08:00"'),
        *("GMT+8", "(GMT+08.00) Beijing", "asia/shanghai", "'Asia/Shanghai'", "+0800"),
    ],
)
def test_a_zone_is_known_by_the_names_that_programs_write(zone: str) -> None:
    start = f"DTSTART;TZID={zone}:20240603T060000"
    assert days(calendar(entry(start, DAILY, "EXDATE:20240603T220000Z"))) == [
        *("06-03", "06-05", "06-06"),
    ]


def test_the_zone_that_the_file_defines_counts() -> None:
    series = entry("DTSTART;TZID=Ours:20240603T060000", DAILY, "EXDATE:20240603T220000Z")
    assert days(calendar(zone_at("+0800"), series)) == ["06-03", "06-05", "06-06"]


def test_a_zone_is_read_though_its_offsets_have_colons_and_its_beginning_is_missing() -> None:
    zone = zone_at("+08:00").replace("DTSTART:19700101T000000\r\n", "")
    zone = zone.replace("TZOFFSETFROM:+08:00\r\n", "")
    series = entry("DTSTART;TZID=Ours:20240603T060000", DAILY, "EXDATE:20240603T220000Z")
    assert days(calendar(zone, series)) == ["06-03", "06-05", "06-06"]


def test_a_zone_that_would_never_end_is_not_followed() -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        "RRULE:FREQ=SECONDLY\r\nTZOFFSETFROM:+0800\r\nTZOFFSETTO:+0800\r\nEND:STANDARD\r\n"
        "END:VTIMEZONE\r\n"
    )
    assert days(calendar(zone, entry("DTSTART;TZID=Ours:20240603T060000"))) == ["06-03"]


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "tzone://Microsoft/Utc"])
def test_a_zone_named_utc_is_utc(zone: str) -> None:
    head = "X-WR-TIMEZONE:Asia/Shanghai\r\n"
    named = calendar(entry(f'DTSTART;TZID="{zone}":20240603T220000'), head=head)
    assert days(named) == days(calendar(entry("DTSTART:20240603T220000Z"), head=head)) == ["06-04"]


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("RRULE:RSCALE=CHINESE;FREQ=YEARLY", "RSCALE=CHINESE"),
        ("RRULE:FREQ=DAILY;COUNT=3\r\nEXRULE:FREQ=WEEKLY", "EXRULE"),
        ("RRULE:FREQ=DAILY;UNTIL=20240501T000000Z", "ends before it begins"),
        ("RRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD", "SKIP=BACKWARD"),
        ("RRULE:FREQ=YEARLY;BYEASTER=0", "BYEASTER=0"),
        ("RRULE:W1 MO #3", "no FREQ"),
        ("RRULE:FREQ=DAILY;COUNT=9;UNTIL=20240901T000000Z", "COUNT and by UNTIL"),
    ],
)
def test_what_nobody_follows_is_refused_with_the_reason(rule: str, why: str) -> None:
    data = calendar(entry(SHANGHAI, rule))
    assert days(data) == []
    assert why in told(data)


CHANGED = "LAST-MODIFIED:20240401T000000Z"


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    "later",
    [("SEQUENCE:2", "DTSTAMP:20240101T000000Z"), ("SEQUENCE:1", "DTSTAMP:20240301T000000Z")],
)
def test_the_higher_sequence_wins_and_then_the_later_stamp_whatever_the_order(
    turned: bool, later: tuple[str, str]
) -> None:
    parts = [
        entry("DTSTART;VALUE=DATE:20240603", *later),
        entry("DTSTART;VALUE=DATE:20240704", "SEQUENCE:1", "DTSTAMP:20240201T000000Z", CHANGED),
    ]
    made = incoming(read(calendar(*parts[:: -1 if turned else 1]), WINDOW).items)
    assert [item.fields["due"] for item in made.items] == [date(2024, 6, 3)]


@pytest.mark.parametrize("before", [b" ", b"\xef\xbb\xbf\xef\xbb\xbf", b"\t\xef\xbb\xbf "])
def test_what_stands_before_the_calendar_is_passed_over(before: bytes) -> None:
    assert days(before + calendar(entry("DTSTART;VALUE=DATE:20240603"))) == ["06-03"]


@pytest.mark.parametrize(
    "title",
    [
        "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=E6=89=BF=\r\n=E8=AF=BA",
        "SUMMARY;QUOTED-PRINTABLE;CHARSET=GB2312:=B3=D0=C5=B5",
        "SUMMARY;ENCODING=BASE64:5om/6K+6",
    ],
)
def test_what_vcalendar_wrote_is_decoded(title: str) -> None:
    data = calendar(entry("DTSTART;VALUE=DATE:20240603").replace("SUMMARY:T", title))
    assert [item.title for item in read(data, WINDOW).items] == ["承诺"]


@pytest.mark.parametrize(
    ("version", "line", "tags"),
    [
        ("1.0", "CATEGORIES:MEETING;Roads, police;A\\;B", ("MEETING", "Roads, police", "A;B")),
        ("2.0", "CATEGORIES:MEETING,Roads\\, police", ("MEETING", "Roads, police")),
        ("1.0", "CATEGORIES;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:B=FCro", ("Büro",)),
        ("1.0", "CATEGORIES;ENCODING=QUOTED-PRINTABLE:B=FCro;Work", ()),
    ],
)
def test_categories_are_separated_as_their_version_has_it(
    version: str, line: str, tags: tuple[str, ...]
) -> None:
    data = calendar(entry("DTSTART;VALUE=DATE:20240603", line))
    data = data.replace(b"VERSION:2.0", f"VERSION:{version}".encode())
    reading = read(data, WINDOW)
    assert [item.categories for item in reading.items] == [tags]
    assert bool(tags) is not any("UTF-8" in problem.message for problem in reading.problems)


def test_a_charset_that_it_is_not_in_is_refused() -> None:
    title = "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=B3=D0"
    data = calendar(entry("DTSTART;VALUE=DATE:20240603").replace("SUMMARY:T", title))
    assert days(data) == []
    assert "not in UTF-8" in told(data)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("DESCRIPTION:Hand in the report\\nand more", "Hand in the report and more"),
        ("LOCATION:Jinan", "Jinan"),
        ("CLASS:PUBLIC", "Event, 2024-06-03"),
    ],
)
def test_an_entry_without_a_title_is_known_by_what_it_says(line: str, title: str) -> None:
    data = calendar(entry("DTSTART;VALUE=DATE:20240603", line).replace("SUMMARY:T\r\n", ""))
    assert [item.title for item in read(data, WINDOW).items] == [title]


@pytest.mark.parametrize("status", [(), ("STATUS:DONE",)])
def test_a_task_of_100_percent_without_a_status_that_there_is_is_done(
    status: tuple[str, ...],
) -> None:
    lines = ("DUE;VALUE=DATE:20240603", "PERCENT-COMPLETE:100", *status)
    data = calendar(entry(*lines, kind="VTODO"))
    (item,) = incoming(read(data, WINDOW).items).items
    assert (item.fields["status"].value, item.fields["percent"]) == ("completed", None)
