"""Each rule finds its fault, at its line, and finds none in a feed of ours."""

from __future__ import annotations

import gzip
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.ics.check.runner import MOST_OF_A_KIND, Severity, check, limited
from tracker.ics.check.taken import left_out_notes
from tracker.ics.read import read
from tracker.ics.write import Feed, FeedKind, feed
from tracker.model import Milestone

from .promises import UID, at, milestones, promise
from .test_series import calendar, entry, zone_at

JUNE = date(2021, 6, 1)
GOOD = feed(
    [promise(), promise(uid="6f1d1ce4-0001-4000-8000-000000000000", due=date(2021, 9, 30))],
    Feed(as_of=JUNE, alarms=(1,), address="https://example.org/feed.ics"),
)
START = "DTSTART;VALUE=DATE:20210630"
ZONE = (
    "BEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nTZOFFSETFROM:+08:00\r\n"
    "TZOFFSETTO:+0800\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)
TASKS = feed([promise()], Feed(as_of=JUNE, kind=FeedKind.TASKS, alarms=(1,)))
EMPTY_ZONE = "BEGIN:VTIMEZONE\r\nTZID:X\r\nEND:VTIMEZONE\r\n"
SAMPLES = sorted(Path(str(files("icalendar") / "tests")).rglob("*.ics"))


def codes(data: bytes) -> set[str]:
    return {fault.code for fault in check(data)}


def found(data: bytes) -> set[tuple[int, str]]:
    return {(fault.line, fault.code) for fault in check(data)}


@given(
    st.lists(milestones(), min_size=1, max_size=3, unique_by=lambda m: m.uid),
    st.sampled_from(FeedKind),
)
def test_a_feed_of_ours_has_no_fault(some: list[Milestone], kind: FeedKind) -> None:
    options = Feed(as_of=JUNE, kind=kind, alarms=(0, 1, 7), retention=100_000)
    data = feed([*some, promise(uid="Ω")], options)
    # A uid, a backslash or garbled signs that hypothesis chose.
    of_the_words = {"uid-from-date", "uid-from-title", "uid-long", "escape-twice", "leading-blank"}
    of_the_words |= {"encoding-lost", "encoding-twice", "category-list", "trailing-blank"}
    expected = {"twin", "no-events"} if kind is FeedKind.TASKS else {"twin"}
    assert codes(data) - of_the_words <= expected


def test_the_feeds_that_are_damaged_below_are_good() -> None:
    assert check(GOOD) == []
    assert [(fault.code, fault.severity) for fault in check(TASKS)] == [
        ("no-events", Severity.NOTE)
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("VERSION:2.0", "VERSION:1.0", 2, "version"),
        ("PRODID:", "X-ID:", 1, "prodid"),
        ("CALSCALE:GREGORIAN", "METHOD:REQUEST", 4, "method"),
        ("CALSCALE:GREGORIAN", "UID:all", 4, "calendar-uid"),
        ("CALSCALE:GREGORIAN", "VERSION:2.0", 4, "cardinality"),
        ("X-WR-CALNAME:Milestones", "X-WR-CALNAME:Other", 6, "name"),
        ("X-WR-CALNAME:", "X-OTHER:", 1, "name"),
        ("REFRESH-INTERVAL;VALUE=DURATION", "REFRESH-INTERVAL", 8, "value-type"),
        ("SOURCE;VALUE=URI", "SOURCE", 9, "value-type"),
        ("X-PUBLISHED-TTL:", "X-OTHER:", 1, "refresh"),
        (f"UID:{UID}", "UID:", 17, "uid-missing"),
        (f"UID:{UID}", "X-ID:1", 12, "uid-missing"),
        (f"UID:{UID}", "UID:due-2021-06-30", 17, "uid-from-date"),
        (f"UID:{UID}", "UID:set-up-the-trade-association", 17, "uid-from-title"),
        ("DTSTAMP:20210315T010203Z", "X-STAMP:1", 12, "dtstamp-missing"),
        ("DTSTAMP:20210315T010203Z", "DTSTAMP:20210315T010203", 16, "stamp"),
        ("DTSTAMP:20210315T010203Z", "DTSTAMP:20210315", 16, "stamp"),
        ("SEQUENCE:0", "X-SEQUENCE:0", 12, "revision-missing"),
        ("LAST-MODIFIED:", "X-MODIFIED:", 12, "revision-missing"),
        (START, "X-START:1", 12, "dtstart-missing"),
        (START, "DTSTART;VALUE=DATE:20210631", 14, "date"),
        (START, "DTSTART:20210630", 14, "date-type"),
        (START, "DTSTART;VALUE=DATE:20210630T000000Z", 14, "date-type"),
        (START, "DTSTART;VALUE=DATE;TZID=Asia/Shanghai:20210630", 14, "date-zone"),
        (START, "DTSTART;TZID=Asia/Shanghai:20210630T090000", 14, "timezone"),
        (START, "DTSTART:20210630T090000Z", 15, "end-type"),
        ("DTEND;VALUE=DATE:20210701", "DTEND;VALUE=DATE:20210630", 15, "end-exclusive"),
        ("DTEND;VALUE=DATE:20210701", "DTEND;VALUE=DATE:20210601", 15, "end-before-start"),
        ("SEQUENCE:0", "DURATION:P1D", 18, "two-ends"),
        ("SEQUENCE:0", "SEQUENCE:first", 18, "number"),
        ("PRIORITY:5", "PRIORITY:10", 23, "number"),
        ("PRIORITY:5", "DTSTAMP:20210315T010203Z", 23, "cardinality"),
        ("STATUS:CONFIRMED", "STATUS:COMPLETED", 24, "status"),
        ("TRANSP:TRANSPARENT", "X-TRANSP:1", 12, "transp"),
        ("URL:urn:uuid:", "URL:www example ", 26, "url"),
        ("URL:urn:uuid:", "URL:https://例.example/", 26, "url"),
        ("SUMMARY:Set up", "SUMMARY:Set, up", 13, "unescaped"),
        ("SUMMARY:Set up", "SUMMARY:Set \\up", 13, "escape"),
        ("SUMMARY:Set up", "X-SUMMARY:Set up", 12, "summary"),
        ("SUMMARY:Set up", "SUMMARY:Set\x00up", 13, "control-character"),
        ("SUMMARY:Set up", "SUMMARY:Set\u2028up", 13, "line-separator"),
        ("SUMMARY:Set up", "SUMMARY:Set\u202eup", 13, "reordering-mark"),
        ("SUMMARY:Set up", "SUMMARY:" + "Set up" * 12, 13, "line-length"),
        ("SUMMARY:Set up", "SUMMARY:Set \\\r\n nup", 13, "fold-in-escape"),
        ("SUMMARY:Set up", "Set up", 13, "structure"),
        ("SUMMARY:Set up", "\r\nSUMMARY:Set up", 13, "blank-line"),
        ("association\r\n", "association\n", 13, "line-ends"),
        ("PRIORITY:5", "RRULE:COUNT=2", 23, "rule"),
        ("PRIORITY:5", "RRULE:FREQ=DAILY;COUNT=2;UNTIL=20220101", 23, "rule"),
        ("PRIORITY:5", "RRULE:FREQ=DAILY;UNTIL=20220101T000000Z", 23, "rule"),
        ("ACTION:DISPLAY", "X-ACTION:1", 32, "alarm"),
        ("TRIGGER:-PT15H", "X-TRIGGER:1", 32, "alarm"),
        ("TRIGGER:-PT15H", "TRIGGER:before", 35, "alarm"),
        ("TRIGGER:-PT15H", "TRIGGER:-P1D", 35, "alarm-at-midnight"),
        ("ACTION:DISPLAY\r\nDESCRIPTION:", "ACTION:DISPLAY\r\nX-TEXT:", 32, "alarm"),
        ("END:VALARM\r\n", "", 32, "structure"),
        ("TRIGGER:-PT15H", "TRIGGER;VALUE=DATE-TIME:20210629T090000", 35, "alarm"),
        ("TRIGGER:-PT15H", "TRIGGER:-PT15H\r\nREPEAT:2", 32, "alarm"),
        ("ACTION:DISPLAY", "ACTION:EMAIL", 32, "alarm"),
        ("TRIGGER:-PT15H", "TRIGGER:-PT15H\r\nTRIGGER:-PT1H", 36, "cardinality"),
        ("ACTION:DISPLAY", "ACTION:DISPLAY\r\nACTION:AUDIO", 34, "cardinality"),
        ("DTSTART;VALUE=DATE:", "DTSTART;VALUE=DATE: ", 14, "leading-blank"),
        ("PRIORITY:5", "EXDATE;VALUE=DATE:20210630", 23, "exdate-alone"),
        ("PRIORITY:5", "RDATE:20210701", 23, "date-type"),
        ("PRIORITY:5", "RRULE:FREQ=DAILY;COUNT=2;X-A=1", 23, "rule"),
        ("PRIORITY:5", "RRULE:FREQ=DAILY;COUNT=2;COUNT=3", 23, "rule"),
        ("PRIORITY:5", "DURATION:P0D", 23, "end-exclusive"),
        ("PRIORITY:5", "DURATION:P1W2D", 23, "duration"),
        ("CATEGORIES:not started", "CATEGORIES:roads;police", 19, "category-list"),
        ("CATEGORIES:not started", "CATEGORIES:roads,,police", 19, "category-list"),
        ("STATUS:CONFIRMED", "STATUS:", 24, "status"),
        ("SUMMARY:", "SUMMARY: \r\nX-SUMMARY:", 13, "summary"),
        ("TRIGGER:-PT15H", "TRIGGER:-PT15H\r\nDESCRIPTION:again", 36, "cardinality"),
        ("CALSCALE:GREGORIAN", "CALSCALE:CHINESE", 4, "calscale"),
        ("COLOR:steelblue", "COLOR:#4682B4", 7, "colour"),
        ("COLOR:#4682B4", "COLOR:steelblue", 10, "colour"),
        ("DURATION:PT12H", "DURATION:12H", 8, "refresh"),
        ("X-PUBLISHED-TTL:PT12H", "X-PUBLISHED-TTL:PT1H", 11, "refresh"),
        ("NAME:Milestones", "NAME:Mile\r\nstones", 6, "structure"),
        ("NAME:Milestones", "NAME:Promises, open", 5, "unescaped"),
        ("SUMMARY:Set up", "SUMMARY:C:\\New", 13, "escape-capital"),
        ("SUMMARY:Set up", "SUMMARY:Set\\\\nup", 13, "escape-twice"),
        ("SUMMARY:Set up", "SUMMARY:æ‰¿è¯º", 13, "encoding-twice"),
        ("SUMMARY:Set up", "SUMMARY:Ã¼ber", 13, "encoding-twice"),
        ("SUMMARY:Set up", "SUMMARY:Set \ufffd up", 13, "encoding-lost"),
        ("CATEGORIES:not started", "CATEGORIES:roads\\,police", 19, "category-list"),
        ("STATUS:CONFIRMED", "STATUS:CANCELLED", 24, "cancelled-hidden"),
        ("TRANSP:TRANSPARENT", "TRANSP:FREE", 25, "transp"),
        ("PRIORITY:5", "DUE;VALUE=DATE:20210630", 23, "misplaced"),
        ("PRIORITY:5", "PERCENT-COMPLETE:50", 23, "misplaced"),
        ("PRIORITY:5", "COMPLETED:20210630T120000Z", 23, "misplaced"),
        (f"UID:{UID}", "UID:" + "x\r\n " * 256, 17, "uid-long"),
        (START, "DTSTART;TZID=Asia/Shanghai:20210630T090000Z", 14, "date-zone"),
        (START, "DTSTART:20210630T090000", 14, "time-without-zone"),
        (START, "DTSTART;TZID=/x.org/1/Asia/Shanghai:20210630T090000", 14, "timezone"),
        ("PRIORITY:5", "RRULE:FREQ=FORTNIGHTLY", 23, "rule"),
        ("PRIORITY:5", "RRULE:FREQ=DAILY;INTERVAL=0", 23, "rule"),
        ("PRIORITY:5", "RRULE:FREQ=WEEKLY;BYDAY=MO,XX", 23, "rule"),
        ("PRIORITY:5", "RRULE:FREQ=DAILY;UNTIL=20210732", 23, "rule"),
        ("PRIORITY:5", "RRULE:FREQ=DAILY\r\nRRULE:FREQ=YEARLY", 24, "cardinality"),
        ("PRIORITY:5", "EXDATE:20210701T000000Z", 23, "recurrence-type"),
        ("PRIORITY:5", "RDATE;VALUE=DATE:20210701,20210732", 23, "date"),
        ("BEGIN:VEVENT", f"{EMPTY_ZONE}BEGIN:VEVENT", 12, "timezone"),
        ("STATUS:CONFIRMED", "STATUS:CONFIRMED ", 24, "trailing-blank"),
        ("PRIORITY:5", "DURATION:1H", 23, "duration"),
        ("PRIORITY:5", "DURATION:PT2H", 23, "duration"),
        ("PRIORITY:5", "RRULE:FREQ=MONTHLY;BYWEEKNO=3", 23, "rule"),
        ("PRIORITY:5", "RRULE:FREQ=WEEKLY;BYDAY=1MO", 23, "rule"),
        ("PRIORITY:5", "RRULE:FREQ=MONTHLY;BYSETPOS=1", 23, "rule"),
        ("PRIORITY:5", "RRULE:FREQ=DAILY;UNTIL=20200101", 23, "rule"),
        ("PRIORITY:5", "RRULE:RSCALE=CHINESE;FREQ=YEARLY", 23, "rule"),
        ("PRIORITY:5", "EXRULE:FREQ=DAILY", 23, "exrule"),
        ("PRIORITY:5", "GEO:36.6,117.0", 23, "geo"),
        ("PRIORITY:5", "ORGANIZER:office", 23, "organizer"),
        ("PRIORITY:5", "DESCRIPTION:again", 23, "cardinality"),
        ("PRIORITY:5", "RECURRENCE-ID;VALUE=DATE:20210701", 12, "override-alone"),
        ("SUMMARY:", "SUMMARY;CHARSET=GB2312:", 13, "vcalendar"),
        ("CALSCALE:GREGORIAN", "X-WR-TIMEZONE:Nowhere", 4, "timezone"),
        ("BEGIN:VEVENT", f"{ZONE}BEGIN:VEVENT", 14, "timezone"),
        ("BEGIN:VEVENT", f"{ZONE}BEGIN:VEVENT", 15, "timezone"),
    ],
)  # fmt: skip
def test_a_fault_is_found_at_its_line(old: str, new: str, line: int, code: str) -> None:
    damaged = GOOD.replace(old.encode(), new.encode(), 1)
    assert damaged != GOOD
    assert (line, code) in found(damaged)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("STATUS:NEEDS-ACTION", "STATUS:CONFIRMED", "status"),
        ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED", "completed-missing"),
        ("DUE;VALUE=DATE:20210630\r\n", "", "alarm"),
        ("CATEGORIES:not started", "PERCENT-COMPLETE:101", "number"),
        ("CATEGORIES:not started", "COMPLETED;VALUE=DATE:20210630", "stamp"),
        ("CATEGORIES:not started", "DTEND;VALUE=DATE:20210701", "misplaced"),
        ("CATEGORIES:not started", "TRANSP:TRANSPARENT", "misplaced"),
        ("DUE;VALUE=DATE:20210630", "DURATION:P1D", "duration-alone"),
    ],
)
def test_a_fault_of_a_task_is_found(old: str, new: str, code: str) -> None:
    damaged = TASKS.replace(old.encode(), new.encode(), 1)
    assert damaged != TASKS
    assert code in codes(damaged)


def test_faults_between_entries_are_found() -> None:
    entry = GOOD[GOOD.index(b"BEGIN:VEVENT") : GOOD.index(b"END:VEVENT") + len(b"END:VEVENT\r\n")]
    assert {"uid-again", "twin"} <= codes(GOOD.replace(entry, entry * 2, 1))
    renamed = entry.replace(b"UID:7b0c", b"UID:8c1d")
    assert "twin" in codes(GOOD.replace(entry, entry + renamed, 1))
    other_page = renamed.replace(b"URL:urn:uuid:7b0c", b"URL:urn:uuid:8c1d")
    assert codes(GOOD.replace(entry, entry + other_page, 1)) == set()


def test_one_stamp_for_all_entries_is_the_time_of_an_export() -> None:
    some = [promise(uid=f"6f1d1ce4-000{n}-4000-8000-000000000000") for n in range(3)]
    data = feed(some, Feed(as_of=JUNE))
    assert check(data) == []
    later = data.replace(b"DTSTAMP:20210315T", b"DTSTAMP:20210601T")
    assert codes(later) == {"dtstamp-export"}
    anew = later.replace(b"UID:6f1d1ce4-000", b"UID:20210601T010203Z-")
    assert codes(anew) == {"dtstamp-export", "uid-from-stamp"}


def timed(start: str, end: str) -> bytes:
    """GOOD with an event at that time instead of its first."""
    event = GOOD.replace(START.encode(), start.encode(), 1)
    return event.replace(b"DTEND;VALUE=DATE:20210701", end.encode(), 1)


def test_a_day_in_utc_is_no_day_elsewhere() -> None:
    data = timed("DTSTART:20210630T000000Z", "DTEND:20210701T000000Z")
    assert found(data) == {(14, "day-in-utc")}


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("DTSTART:20210630T090000Z", "DTEND:20210630T100000Z"),
        # A flight to the west lands by the clock before it started.
        (
            "DTSTART;TZID=/x/Asia/Shanghai:20210630T120000",
            "DTEND;TZID=/x/America/New_York:20210630T110000",
        ),
        ("DTSTART;TZID=/x/Asia/Shanghai:20210630T120000", "DTEND:20210630T050000Z"),
    ],
)
def test_times_that_are_right_have_no_fault(start: str, end: str) -> None:
    assert codes(timed(start, end)) <= {"timezone"}


@pytest.mark.parametrize(
    "line",
    [
        "RRULE:FREQ=MONTHLY;BYDAY=-1FR,2MO;BYSETPOS=1;WKST=MO;INTERVAL=2;COUNT=10",
        "RRULE:FREQ=YEARLY;BYMONTH=1,12;BYMONTHDAY=-1;UNTIL=20301231",
        "RRULE:FREQ=YEARLY;BYWEEKNO=20;BYYEARDAY=1,-366",
        "RRULE:RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD",
        "EXDATE;VALUE=DATE:20210701,20210702",
        "RDATE;VALUE=DATE:20210701",
        "STATUS:CANCELLED\r\nRECURRENCE-ID;VALUE=DATE:20210701",
        "DESCRIPTION:caf\u00e9\\, na\u00efve \u2013 \u201cquoted\u201d",
    ],
)
def test_what_is_right_has_no_fault(line: str) -> None:
    data = GOOD.replace(b"STATUS:CONFIRMED\r\n", b"") if line.startswith("STATUS") else GOOD
    found = codes(data.replace(b"PRIORITY:5", line.encode(), 1))
    assert found <= {"cardinality", "override-alone", "exdate-alone"}


def test_what_left_the_tracker_is_announced_without_a_fault() -> None:
    removed = promise().remove(at("2021-05-20T08:00"))
    assert check(feed([removed], Feed(as_of=JUNE))) == []


def test_many_lines_and_alarms_in_one_entry_are_looked_through_once() -> None:
    """Each alarm asks for the entry's dates; searched from the top that is 400 million lines."""
    many = 20_000
    alarm = GOOD[GOOD.index(b"BEGIN:VALARM") : GOOD.index(b"END:VEVENT")]
    data = GOOD.replace(alarm, b"X-LINE:1\r\n" * many + alarm * many, 1)
    assert codes(data) == {"size"}


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "no-calendar", "BEGIN:VCALENDAR"),
        (b"\n<html>Not found</html>", "no-calendar", "web page"),
        (feed([], Feed(as_of=JUNE)), "empty", "Evolution"),
        (GOOD * 2, "more-than-one", "only the first"),
        (b"\xef\xbb\xbf" + GOOD, "byte-order-mark", "without it"),
        (GOOD.replace(b"\r\n", b"\n"), "line-ends", "CRLF"),
        (GOOD.replace(b"\r\n", b"\r"), "line-ends", "CRLF"),
        (GOOD[:-2], "last-line", "CRLF"),
        (GOOD.replace(b"Set", "承诺".encode("gb18030")), "encoding", "GB18030"),
        (GOOD.replace(b"Set", b"S\xe9t"), "encoding", "not UTF-8"),
        (GOOD.decode().encode("utf-16"), "encoding", "UTF-16"),
        (GOOD.replace(b"Set", b"\xe6\x95\r\n \xb0"), "fold-in-character", "between characters"),
        (GOOD.replace(b"trade", b"trade" * 300_000), "size", "Google"),
    ],
)
def test_a_fault_of_the_whole_file_is_explained(data: bytes, code: str, words: str) -> None:
    messages = [fault.message for fault in check(data) if fault.code == code]
    assert messages
    assert words in messages[0]


def test_many_faults_of_one_kind_are_summed() -> None:
    some = [promise(uid=f"6f1d1ce4-00{n}-4000-8000-000000000000") for n in range(10, 40)]
    data = feed(some, Feed(as_of=JUNE)).replace(b"STATUS:CONFIRMED", b"STATUS:DONE")
    checked = limited(check(data))
    assert [fault.severity for fault in checked.shown] == [Severity.ERROR] * MOST_OF_A_KIND
    assert checked.more == {"status": 20}


@given(st.binary(max_size=400) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_checked(data: bytes) -> None:
    check(data)
    assert all(fault.line >= 1 for fault in check(GOOD.replace(b"Set", data)))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_every_sample_of_icalendar_is_checked(sample: Path) -> None:
    data = sample.read_bytes()
    last = data.count(b"\n") + data.count(b"\r") + 1
    assert all(1 <= fault.line <= last for fault in check(data))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (gzip.compress(b"BEGIN:VCALENDAR", mtime=0), "a gzip archive"),
        (b"PK\x03\x04...", "a zip archive"),
        (b'["vcalendar",[],[]]', "jCal (RFC 7265)"),
        (b"<?xml version='1.0'?><icalendar xmlns='urn:ietf:params:xml:ns:icalendar-2.0'/>", "xCal"),
        (b"\n<!DOCTYPE html><html>", "a web page"),
        (b"hello", "no calendar"),
    ],
)
def test_what_is_no_calendar_is_named_alike_by_check_and_import(data: bytes, what: str) -> None:
    (fault,) = (f for f in check(data) if f.code == "no-calendar")
    (problem, *_) = read(data, (date.min, date.max)).problems
    assert fault.message.startswith(f"This is {what}")
    assert problem.message.startswith(f"This is {what}")


def entry_of(*lines: str) -> bytes:
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:u\r\nSUMMARY:T\r\n"
    body = "".join(f"{line}\r\n" for line in lines)
    return f"{head}{body}END:VEVENT\r\nEND:VCALENDAR\r\n".encode("utf-8", "surrogateescape")


@pytest.mark.parametrize(
    "lines",
    [
        (START, "RRULE:FREQ=HOURLY"),
        (START, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        ("DTSTART;VALUE=DATE:00010101", "RRULE:FREQ=DAILY"),
        ("DTSTART:20210630T060000Z", "RRULE:FREQ=DAILY;BYHOUR=1,2,3"),
        (START, f"RDATE;VALUE=DATE:{','.join(['20210701'] * 6000)}"),
        (START, "DESCRIPTION;ENCODING=BASE64:a"),
        (START, "CATEGORIES;ENCODING=QUOTED-PRINTABLE;CHARSET=X-NONE:=E6"),
        (START, "DURATION:1H"),
        (START, "CREATED:yesterday"),
        (START, "PERCENT-COMPLETE:101"),
        ("RRULE:FREQ=DAILY",),
        (START, "EXRULE:FREQ=DAILY"),
        (START, "no property"),
        (START, "X-\udcb3\udcd0:x", "DESCRIPTION:\udcb3\udcd0"),
    ],
)
def test_whatever_the_import_says_the_check_says(lines: tuple[str, ...]) -> None:
    data, window = entry_of(*lines), (JUNE, date(2022, 6, 1))
    said = [p.line for p in read(data, window).problems]
    assert said
    faults = check(data)
    faults += left_out_notes(data, faults, window)
    assert set(said) <= {fault.line for fault in faults}


@pytest.mark.parametrize(("offset", "disagrees"), [("+0800", False), ("-0500", True)])
def test_a_zone_that_is_another_than_the_one_of_its_name_is_named(
    offset: str, disagrees: bool
) -> None:
    zone = zone_at(offset).replace("TZID:Ours", "TZID:Asia/Shanghai")
    data = calendar(zone, entry("DTSTART;TZID=Asia/Shanghai:20240603T060000"))
    told = [fault for fault in check(data) if "another offset" in fault.message]
    assert bool(told) is disagrees


def test_what_the_import_leaves_out_is_told_beside_a_fault_of_the_same_line() -> None:
    data, window = (
        entry_of(START, "RRULE:FREQ=HOURLY").replace(b"DTSTAMP", b"X-STAMP"),
        (JUNE, JUNE),
    )
    faults = check(data)
    codes = {fault.code for fault in left_out_notes(data, faults, window)}
    (line,) = {fault.line for fault in faults if fault.code == "dtstamp-missing"}
    assert (codes, [p.line for p in read(data, window).problems]) == ({"import"}, [line])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("DURATION:-PT2H", "duration"),
        ("RECURRENCE-ID;RANGE=THISANDPRIOR;VALUE=DATE:20210701", "range"),
        ("URL:ftp://example.org/x", "url"),
        ("CREATED:19000101T120000Z", "created"),
        ("URL;ENCODING=QUOTED-PRINTABLE:http://x/=41", "vcalendar"),
        ("CATEGORIES;CHARSET=GB2312:x", "vcalendar"),
    ],
)
def test_what_the_import_mends_or_ignores_is_named(line: str, code: str) -> None:
    assert code in {fault.code for fault in check(entry_of(START, line)) if fault.line == 8}
