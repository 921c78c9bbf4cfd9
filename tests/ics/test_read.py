"""Other programs' calendars: the good comes, the bad is named by its line, and nothing hangs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tracker.ics.lines import clean
from tracker.ics.read import KINDS, CalendarReading, Item, read
from tracker.ics.write import Feed, FeedKind, feed
from tracker.model import Milestone, Status

from .promises import at, milestones, promise

WINDOW = (date(2021, 1, 1), date(2021, 12, 31))
SAMPLES = sorted(Path(str(files("icalendar") / "tests")).rglob("*.ics"))


def calendar(*entry_lines: str, kind: str = "VEVENT", head: str = "") -> bytes:
    """A file with one entry of a title and these lines."""
    inner = "\r\n".join(("UID:u", "SUMMARY:Title", *entry_lines))
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}BEGIN:{kind}\r\n{inner}\r\n"
        f"END:{kind}\r\nEND:VCALENDAR\r\n"
    ).encode()


def only(data: bytes) -> Item:
    reading = read(data, WINDOW)
    assert reading.problems == ()
    (item,) = reading.items
    return item


def refused(data: bytes) -> str:
    """The one problem of a file from which nothing could be taken."""
    reading = read(data, WINDOW)
    assert reading.items == ()
    (problem,) = reading.problems
    return f"{problem.line}: {problem.message}"


# -- single events and tasks ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "start", "due"),
    [
        (["DTSTART;VALUE=DATE:20210630"], "2021-06-30", "2021-06-30"),
        (["DTSTART:20210630"], "2021-06-30", "2021-06-30"),
        (["DTSTART;VALUE=DATE:20210630", "DTEND;VALUE=DATE:20210701"], "2021-06-30", "2021-06-30"),
        (["DTSTART;VALUE=DATE:20210628", "DTEND;VALUE=DATE:20210701"], "2021-06-28", "2021-06-30"),
        (["DTSTART;VALUE=DATE:20210630", "DTEND;VALUE=DATE:20210630"], "2021-06-30", "2021-06-30"),
        (["DTSTART;VALUE=DATE:20210628", "DURATION:P3D"], "2021-06-28", "2021-06-30"),
        (["DTSTART;TZID=Asia/Shanghai:20210630T233000"], "2021-06-30", "2021-06-30"),
        (["DTSTART;TZID=Nowhere/Known:20210630T000000"], "2021-06-30", "2021-06-30"),
        (["DTSTART:20210630T233000Z"], "2021-06-30", "2021-06-30"),
        (["DTSTART:20210630T100000", "DTEND:20210701T000000"], "2021-06-30", "2021-06-30"),
        (["DTSTART:20210630T100000", "DTEND:20210701T000001"], "2021-06-30", "2021-07-01"),
        (["DTSTART:20210630T220000", "DURATION:PT3H"], "2021-06-30", "2021-07-01"),
        (["DTSTART:20210630T235960Z"], "2021-06-30", "2021-06-30"),
    ],
)
def test_an_event_is_due_on_its_last_day(lines: list[str], start: str, due: str) -> None:
    item = only(calendar(*lines))
    assert (str(item.start), str(item.due)) == (start, due)


def test_times_in_utc_are_shown_in_the_calendars_own_timezone() -> None:
    data = calendar("DTSTART:20210630T170000Z", head="X-WR-TIMEZONE:Asia/Shanghai\r\n")
    assert only(data).due == date(2021, 7, 1)


def test_a_task_keeps_its_status_percent_and_completion() -> None:
    item = only(
        calendar(
            "DUE;VALUE=DATE:20210630",
            "DTSTART;VALUE=DATE:20210601",
            "STATUS:in-process",
            "PERCENT-COMPLETE:40",
            "COMPLETED:20210620T120000Z",
            "CREATED:20210315T010203Z",
            "DTSTAMP:20210401T000000Z",
            "LAST-MODIFIED:20210402T030405Z",
            "RELATED-TO;RELTYPE=SIBLING:v",
            "RELATED-TO:w",
            "DESCRIPTION:one\\ntwo\\, three\\;\\\\n",
            "URL:https://example.org/1",
            "CATEGORIES:a\\,b,c",
            "CATEGORIES:d",
            kind="VTODO",
            head="PRODID:-//x//EN\r\nX-WR-CALNAME:Tasks\\, mine\r\n",
        )
    )
    assert item == Item(
        kind="VTODO",
        uid="u",
        title="Title",
        due=date(2021, 6, 30),
        start=date(2021, 6, 1),
        status="IN-PROCESS",
        percent=40,
        completed_on=date(2021, 6, 20),
        description="one\ntwo, three;\\n",
        url="https://example.org/1",
        categories=("a,b", "c", "d"),
        created_on=date(2021, 3, 15),
        recurs_on=None,
        parent="w",
        modified=datetime(2021, 4, 2, 3, 4, 5, tzinfo=UTC),
        calendar="Tasks, mine",
        prodid="-//x//EN",
        line=5,
        facts={},
        order=(0, "20210401T000000Z"),
    )


def test_a_task_may_have_no_date() -> None:
    assert only(calendar(kind="VTODO")).due is None


def test_without_a_uid_the_content_gives_one_that_stays() -> None:
    data = calendar("DTSTART:20210630", "DTSTAMP:20210101T000000Z").replace(b"UID:u\r\n", b"")
    later = data.replace(b"20210101T", b"20210202T")
    other = data.replace(b"Title", b"Other")
    assert only(data).uid == only(later).uid != only(other).uid


@pytest.mark.parametrize(
    "data",
    [
        calendar("DTSTART:20210630").replace(b"\r\n", b"\n"),
        calendar("DTSTART:20210630").replace(b"\r\n", b"\r"),
        b"\xef\xbb\xbf" + calendar("DTSTART:20210630"),
        calendar("DTSTART:20210630").replace(b"SUMMARY:Ti", b"summary;language=en:Ti\r\n\t"),
        calendar("DTSTART:20210630").replace(b"END:VCALENDAR", b"\r\n\r\nEND:VCALENDAR"),
    ],
    ids=["LF", "CR", "BOM", "lower case, folded with a tab", "blank lines"],
)
def test_careless_files_are_read(data: bytes) -> None:
    assert only(data).title == "Title"


def test_a_character_cut_by_a_fold_is_whole_again() -> None:
    half = "数".encode()
    data = calendar("DTSTART:20210630").replace(b"Title", half[:1] + b"\r\n " + half[1:])
    assert only(data).title == "数"


def test_what_could_harm_a_screen_is_cleaned_away() -> None:
    item = only(calendar("DTSTART:20210630").replace(b"Title", b"a\x1b[31mb\x00\xc2\x9bc\\nd"))
    assert item.title == "a[31mbc d"


# -- what cannot be taken -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (calendar(), "it has no DTSTART"),
        (calendar("DTSTART:20210231"), "DTSTART: '20210231' is not a day of the calendar"),
        (calendar("DTSTART:soon"), "DTSTART: 'soon' is no date such as"),
        (calendar("DUE:30 June", kind="VTODO"), "DUE: '30 June' is no date such as"),
        (calendar(kind="VTODO").replace(b"Title", b" "), "it has no title"),
        (calendar("DTSTART:20210630", "DURATION:long"), "'long' is no duration such as"),
        (
            calendar("DTSTART:20210630").replace(b"Title", "承诺".encode("gb18030")),
            "its title is not UTF-8; give the encoding, such as --encoding gb18030",
        ),
        (b"<!DOCTYPE html>\n<html>", "This is a web page"),
        (b"\x1f\x8b\x08\x00", "This is a gzip archive"),
        (b'["vcalendar",[],[]]', "This is jCal"),
        (b'<icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0">', "This is xCal"),
        (b"", "This is no calendar: no BEGIN:VCALENDAR in it."),
        (calendar().decode().encode("utf-16"), "This is no calendar: no BEGIN:VCALENDAR in it."),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_line(data: bytes, told: str) -> None:
    assert told in refused(data)


def test_the_good_come_beside_the_bad() -> None:
    good = calendar("DTSTART:20210630")
    bad = b"BEGIN:VEVENT\r\nSUMMARY:bad\r\nEND:VEVENT\r\nnonsense\r\nBEGIN:VEVENT\r\n"
    reading = read(good.replace(b"END:VCALENDAR", bad + b"END:VCALENDAR"), WINDOW)
    assert [item.title for item in reading.items] == ["Title"]
    assert [(p.line, p.message) for p in reading.problems] == [
        (8, "This event was left out: it has no DTSTART."),
        (11, "This is no property: 'nonsense'."),
        (12, "VEVENT begins here and never ends."),
        (12, "This event was left out: it has no DTSTART."),
    ]


@pytest.mark.parametrize(
    "line", ["PERCENT-COMPLETE:150", "COMPLETED:yesterday", "CREATED:20211301T000000Z"]
)
def test_a_broken_detail_is_left_out_and_the_task_comes(line: str) -> None:
    reading = read(calendar("DUE:20210630", line, kind="VTODO"), WINDOW)
    assert [item.due for item in reading.items] == [date(2021, 6, 30)]
    assert [problem.line for problem in reading.problems] == [7]
    assert reading.problems[0].message.startswith(line.split(":", maxsplit=1)[0])


# -- recurring entries ----------------------------------------------------------------------------


def days(reading: CalendarReading) -> list[str]:
    return [f"{item.due:%m-%d}" for item in reading.items]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["DTSTART:20200131", "RRULE:FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=-1"], ["01-31", "07-31"]),
        (["DTSTART:20210131", "RRULE:FREQ=MONTHLY;BYMONTH=2,3"], ["01-31", "03-31"]),
        (["DTSTART:20210104", "RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=MO;COUNT=2"], ["01-04", "01-11"]),
        (["DTSTART:20200229", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"], ["02-28"]),
        (["DTSTART:20211230", "RRULE:FREQ=DAILY"], ["12-30", "12-31"]),
        (["DTSTART:20210101", "RRULE:FREQ=YEARLY;COUNT=3"], ["01-01"]),
        (["DTSTART:20210101", "RRULE:FREQ=MONTHLY;UNTIL=20210301"], ["01-01", "02-01", "03-01"]),
        (["DTSTART:20210101T090000", "RRULE:FREQ=MONTHLY;UNTIL=20210201T080000Z"], ["01-01"]),
        (["DTSTART;TZID=X/Y:20210101T090000", "RRULE:freq=monthly;count=2"], ["01-01", "02-01"]),
        (["DTSTART:20210104", "RRULE:FREQ=WEEKLY;COUNT=2;BYDAY=MO, WE"], ["01-04", "01-06"]),
        (["DTSTART:20210101", "RDATE:20210201,20210301", "RDATE:"], ["01-01", "02-01", "03-01"]),
        (["DTSTART:20210101", "RRULE:FREQ=MONTHLY;COUNT=3", "EXDATE:20210201"], ["01-01", "03-01"]),
        (["DTSTART:20210101", "DTEND:20210104", "RRULE:FREQ=MONTHLY;COUNT=2"], ["01-03", "02-03"]),
        (["DTSTART:20220101", "RRULE:FREQ=DAILY"], []),
        (["DTSTART:19990101", "RRULE:FREQ=YEARLY"], ["01-01"]),
    ],
)  # fmt: skip
def test_a_recurring_event_comes_as_often_as_it_falls_in_the_window(
    lines: list[str], expected: list[str]
) -> None:
    reading = read(calendar(*lines), WINDOW)
    assert reading.problems == ()
    assert days(reading) == expected
    assert len({item.identity for item in reading.items}) == len(expected)


def test_a_moved_occurrence_keeps_the_day_it_replaces() -> None:
    data = calendar("DTSTART:20210101", "RRULE:FREQ=MONTHLY;COUNT=3")
    moved = calendar("DTSTART:20210215", "RECURRENCE-ID:20210201").replace(b"Title", b"Moved")
    entry = moved[moved.index(b"BEGIN:VEVENT") :]
    reading = read(data.replace(b"END:VCALENDAR\r\n", entry), WINDOW)
    assert reading.problems == ()
    assert sorted((i.title, str(i.due), i.identity) for i in reading.items) == [
        ("Moved", "2021-02-15", "u/2021-W05-1"),
        ("Title", "2021-01-01", "u/2020-W53-5"),
        ("Title", "2021-03-01", "u/2021-W09-1"),
    ]


def test_a_recurring_task_is_due_each_time() -> None:
    data = calendar("DTSTART:20210101", "DUE:20210105", "RRULE:FREQ=MONTHLY;COUNT=2", kind="VTODO")
    assert days(read(data, WINDOW)) == ["01-05", "02-05"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;COUNT=1000000000",
        "FREQ=MINUTELY;UNTIL=99991231T235959Z",
        "FREQ=HOURLY;INTERVAL=1",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;COUNT=-5",
        "FREQ=DAILY;COUNT=5;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;COUNT=5;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=DAILY;INTERVAL=7;BYDAY=SU",
        "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=5",
        f"FREQ=YEARLY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE=0,1;BYSECOND=0,1",
        f"FREQ=YEARLY;BYYEARDAY={','.join(['1'] * 10_000)}",
        "FREQ=YEARLY;BYDAY=99MO",
        "FREQ=YEARLY;BYMONTH=5L",
        "FREQ=NEVER",
        "FREQ=DAILY;UNTIL=tomorrow",
        "COUNT=3",
        "=;=;=",
        ";" * 10_000,
    ],
)
def test_a_hostile_rule_is_refused_with_a_reason(rule: str) -> None:
    assert "3: This event was left out: " in refused(
        calendar("DTSTART:20210101T090000", f"RRULE:{rule}")
    )


@pytest.mark.parametrize(
    "lines",
    [
        ["DTSTART:00010101", "RRULE:FREQ=DAILY"],
        ["DTSTART:20210101", "RDATE:" + ",".join(["20210102"] * 6_000)],
        ["RRULE:FREQ=DAILY"],
        ["DTSTART:20210101", "DTEND:20190101T000000", "RRULE:FREQ=DAILY"],
        ["DTSTART:20210101", "RRULE:FREQ=DAILY", "EXDATE:soon"],
    ],
    ids=["two thousand years", "a list of dates", "from no date", "ends in the past", "a bad date"],
)
def test_a_hostile_recurrence_is_refused_with_a_reason(lines: list[str]) -> None:
    assert "This event was left out: " in refused(calendar(*lines))


def test_more_occurrences_than_milestones_can_have_are_refused() -> None:
    data = calendar("DTSTART:20210101", "RRULE:FREQ=DAILY")
    reading = read(data, (date(2021, 1, 1), date(2031, 1, 1)))
    assert reading.items == ()
    assert "more than 1,000 times" in reading.problems[0].message


def test_all_rules_of_a_file_share_one_budget() -> None:
    one = calendar("DTSTART:18000101", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")
    entry = one[one.index(b"BEGIN:VEVENT") : one.index(b"END:VCALENDAR")]
    many = b"".join(entry.replace(b"UID:u", b"UID:%d" % n) for n in range(200))
    reading = read(one.replace(entry, many), (date(2021, 1, 1), date(2021, 1, 31)))
    assert any("too often" in problem.message for problem in reading.problems)


# -- anything at all ------------------------------------------------------------------------------


def test_every_sample_of_icalendar_is_read() -> None:
    assert len(SAMPLES) >= 163
    items = [
        (path.name, item) for path in SAMPLES for item in read(path.read_bytes(), WINDOW).items
    ]
    assert len({name for name, _ in items}) > 60
    for name, item in items:
        assert item.title, name
        assert item.title.isprintable() or "\u3000" in item.title or "\u200b" in item.title, name
        assert item.due is not None or item.kind == "VTODO", name


@pytest.mark.filterwarnings("ignore::icalendar.error.GloballyUniqueTZIDGuessed")
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_single_entries_read_as_icalendar_reads_them(sample: Path) -> None:
    data = sample.read_bytes()
    try:
        reference: Any = Calendar.from_ical(data, multiple=True)
    except ValueError:
        pytest.skip("icalendar does not read this one")
    expected: dict[str, list[date]] = {}
    for entry in (part for one in reference for part in one.walk() if part.name in KINDS):
        if {"RRULE", "RDATE", "RECURRENCE-ID"} & entry.keys() or entry.errors:
            continue
        day = entry.get("DTSTART" if entry.name == "VEVENT" else "DUE")
        if "UID" in entry and "SUMMARY" in entry and hasattr(day, "dt"):
            when = day.dt.date() if isinstance(day.dt, datetime) else day.dt
            expected.setdefault(str(entry["UID"]), []).append(when)
    found: dict[str, list[date | None]] = {}
    for item in read(data, WINDOW).items:
        if item.uid in expected and item.recurs_on is None:
            found.setdefault(item.uid, []).append(item.start if item.kind == "VEVENT" else item.due)
    assert found == expected


@given(st.binary(max_size=500) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read(data: bytes) -> None:
    for wrapped in (data, calendar("DTSTART:20210630").replace(b"Title", data)):
        reading = read(wrapped, WINDOW)
        assert all(problem.line >= 1 for problem in reading.problems)


@given(st.data())
def test_any_damage_to_a_good_file_is_survived(data: st.DataObject) -> None:
    good = feed([promise(), promise(uid="b")], Feed(as_of=date(2021, 6, 1), alarms=(1,)))
    cut = data.draw(st.integers(0, len(good)))
    length = data.draw(st.integers(0, 40))
    damaged = good[:cut] + data.draw(st.binary(max_size=20)) + good[cut + length :]
    assert len(read(damaged, WINDOW).items) <= 3


def test_a_bomb_of_nested_components_is_no_bomb() -> None:
    for name in (b"VEVENT", b"VALARM"):
        reading = read(b"BEGIN:VCALENDAR\r\n" + b"BEGIN:%b\r\n" % name * 20_000, WINDOW)
        assert reading.items == ()


@given(
    st.lists(milestones(), max_size=3, unique_by=lambda m: clean(m.uid)), st.sampled_from(FeedKind)
)
def test_our_own_feed_reads_back(some: list[Milestone], kind: FeedKind) -> None:
    shown = [m for m in some if m.removed_on is None and (m.due or kind is FeedKind.TASKS)]
    reading = read(feed(shown, Feed(as_of=date(2021, 6, 1), kind=kind)), WINDOW)
    assert reading.problems == ()
    assert [item.due for item in reading.items] == [m.due for m in shown]


def test_our_own_task_reads_back_with_its_state() -> None:
    done = promise().set_status(at("2021-05-20T08:00"), Status.COMPLETED)
    item = only(feed([done], Feed(as_of=date(2021, 6, 1), kind=FeedKind.TASKS)))
    assert (item.status, item.percent, item.completed_on) == ("COMPLETED", 100, date(2021, 5, 20))
    assert item.created_on == date(2021, 3, 15)
    assert item.due == done.due
