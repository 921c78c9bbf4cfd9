"""A feed: the profile in `docs/calendar.md`, and the bytes that `icalendar` would write."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Alarm, Calendar, Component, Event, Todo, vText
from icalendar.prop import vCategory, vUri

from tracker.errors import BadValue
from tracker.ics.component import component
from tracker.ics.lines import clean, web_address
from tracker.ics.profile import COLOURS
from tracker.ics.revision import revision
from tracker.ics.wording import description
from tracker.ics.write import PRODID, Feed, FeedKind, Written, feed
from tracker.locale import ENGLISH
from tracker.model import Milestone, Modality, Precision, Source, Status

from .promises import UID, at, milestones, promise

JUNE = date(2021, 6, 1)


def parsed(data: bytes) -> Any:
    """What `icalendar` reads; Any, because its properties are unions of 30 types."""
    calendar = Component.from_ical(data)
    assert isinstance(calendar, Component)
    assert not any(part.errors for part in calendar.walk())
    return calendar


def only(data: bytes) -> Any:
    (component,) = parsed(data).subcomponents
    return component


def lines(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode().split("\r\n")


# -- the same bytes as icalendar ------------------------------------------------------------------


def for_programs(m: Milestone) -> Iterator[tuple[str, str | date]]:
    """What is told to programs, each value by itself."""
    yield from (("supporting", body) for body in m.supporting if body)
    yield "status", m.status.value
    yield "modality", m.modality.value
    yield "precision", m.precision.value
    texts = {"owner": m.owner, "due-phrase": m.due_phrase}
    texts["document"] = m.source.document if m.source else None
    texts["percent"] = None if m.percent is None else str(m.percent)
    yield from ((name, value) for name, value in texts.items() if value)
    dates = {"baseline": m.baseline_due, "due": m.due, "completed": m.completed_on}
    yield from ((name, day) for name, day in dates.items() if day)


def add_for_programs(made: Any, m: Milestone) -> None:
    for name, value in for_programs(m):
        is_date = isinstance(value, date)
        made.add(f"x-milestone-{name}", value if is_date else vText(clean(str(value))))
        if is_date:
            made[f"x-milestone-{name}"].params["VALUE"] = "DATE"


def as_icalendar_writes(m: Milestone, options: Feed, word: str) -> bytes:
    """The component built with `icalendar` from the milestone, property by property."""
    revised = revision(m, options.as_of)
    written = component(m, options, revised).encode()
    made: Any = Event() if written.startswith(b"BEGIN:VEVENT") else Todo()
    ours = parsed(written)
    made.add("uid", vText(clean(m.uid)))
    made.add("summary", vText(clean(str(ours["SUMMARY"]))))
    made.add("description", vText(clean(description(m, word, ENGLISH))))
    made.add("categories", vCategory([vText(clean(c)) for c in (word, *m.tags)]))
    made.add("dtstamp", revised.stamp)
    made.add("last-modified", revised.stamp)
    made.add("created", m.history[0].at)
    made.add("sequence", revised.sequence)
    made.add("status", str(ours["STATUS"]))
    made.add("priority", int(ours["PRIORITY"]))
    made.add("url", vUri(str(ours["URL"])))
    add_for_programs(made, m)
    if m.parent:
        made.add("related-to", vText(clean(m.parent)))
    for uid in filter(None, (*m.depends_on, m.superseded_by, m.duplicate_of)):
        made.add("related-to", vText(clean(uid)), parameters={"RELTYPE": "SIBLING"})
    if isinstance(made, Event):
        start = ours["DTSTART"].dt
        made.add("dtstart", start)
        made.add("dtend", start + timedelta(days=1))
        made.add("transp", "TRANSPARENT")
    else:
        if m.due:
            made.add("due", m.due)
        if m.completed_on:
            made.add("completed", datetime.combine(m.completed_on, time(12), UTC))
        percent = 100 if m.status is Status.COMPLETED else m.percent
        if percent is not None:
            made.add("percent-complete", percent)
    if m.is_open and m.due and not m.is_overdue(options.as_of):
        for days in options.alarms:
            alarm: Any = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", vText(clean(m.title)))
            related = {"RELATED": "END"} if isinstance(made, Todo) else None
            alarm.add("trigger", timedelta(hours=9) - timedelta(days=days), parameters=related)
            made.add_component(alarm)
    return bytes(made.to_ical())


@given(
    milestone=milestones(backslashes=False),
    as_of=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    kind=st.sampled_from(FeedKind),
    alarms=st.lists(st.integers(0, 60), max_size=2).map(tuple),
)
def test_a_component_has_the_bytes_that_icalendar_writes(
    milestone: Milestone, as_of: date, kind: FeedKind, alarms: tuple[int, ...]
) -> None:
    options = Feed(as_of=as_of, kind=kind, alarms=alarms)
    written = component(milestone, options, revision(milestone, as_of)).encode()
    word = str(parsed(written)["CATEGORIES"].cats[0])
    assert written == as_icalendar_writes(milestone, options, word)


@given(
    name=st.text(max_size=100).map(lambda text: text.replace("\\", "/")),
    about=st.text(max_size=100).map(lambda text: text.replace("\\", "/")),
    colour=st.sampled_from(sorted(COLOURS)),
    refresh=st.integers(1, 200),
)
def test_the_header_has_the_bytes_that_icalendar_writes(
    name: str, about: str, colour: str, refresh: int
) -> None:
    made: Any = Calendar()
    made.add("version", "2.0")
    made.add("prodid", PRODID)
    made.add("calscale", "GREGORIAN")
    for property_name in ("name", "x-wr-calname"):
        made.add(property_name, vText(clean(name)))
    if clean(about):
        for property_name in ("description", "x-wr-caldesc"):
            made.add(property_name, vText(clean(about)))
    made.add("color", colour)
    made.add("x-apple-calendar-color", COLOURS[colour])
    made.add("refresh-interval", timedelta(hours=refresh), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", made["REFRESH-INTERVAL"].to_ical().decode())
    address = "https://example.org/feed.ics"
    made.add("source", vUri(address), parameters={"VALUE": "URI"})
    options = Feed(
        as_of=JUNE,
        name=name,
        description=about,
        colour=colour,
        refresh=refresh,
        address=address,
    )
    assert feed([], options) == made.to_ical()


@given(
    st.lists(milestones(), max_size=3, unique_by=lambda m: clean(m.uid)), st.sampled_from(FeedKind)
)
def test_any_feed_parses_back_whole(some: list[Milestone], kind: FeedKind) -> None:
    options = Feed(as_of=JUNE, kind=kind, alarms=(1,), retention=100_000)
    data = feed(some, options)
    calendar = parsed(data)
    shown = [m for m in some if kind is FeedKind.TASKS or m.due or _once_due(m)]
    assert [str(part["UID"]) for part in calendar.subcomponents] == [clean(m.uid) for m in shown]
    for part, milestone in zip(calendar.subcomponents, shown, strict=True):
        assert str(part["SUMMARY"]).endswith(clean(milestone.title))
        assert [str(c) for c in part["CATEGORIES"].cats[1:]] == [clean(t) for t in milestone.tags]
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")
    data.decode("utf-8")


def _once_due(m: Milestone) -> bool:
    return any(isinstance(change.was.due, date) for change in m.history)


# -- the profile ----------------------------------------------------------------------------------


def test_an_event_is_all_day_on_the_due_date() -> None:
    event = only(feed([promise()], Feed(as_of=JUNE)))
    assert event["DTSTART"].dt == date(2021, 6, 30)
    assert event["DTEND"].dt == date(2021, 7, 1)
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["STATUS"] == "CONFIRMED"
    assert event["UID"] == UID


def test_the_last_date_there_is_has_no_next_day() -> None:
    event = only(feed([promise(due=date.max)], Feed(as_of=JUNE)))
    assert event["DTSTART"].dt == date.max
    assert "DTEND" not in event


@pytest.mark.parametrize(
    ("milestone", "status"),
    [
        (promise(), "CONFIRMED"),
        (promise(modality=Modality.PLANNED), "CONFIRMED"),
        (promise(modality=Modality.STRETCH), "TENTATIVE"),
        (promise(modality=Modality.FORECAST), "TENTATIVE"),
        (promise().set_status(at("2021-04-01T08:00"), Status.COMPLETED), "CONFIRMED"),
        (promise().set_status(at("2021-04-01T08:00"), Status.CANCELLED), "CONFIRMED"),
        (promise().remove(at("2021-05-20T08:00")), "CANCELLED"),
    ],
)
def test_only_what_left_the_tracker_is_cancelled_to_a_calendar(
    milestone: Milestone, status: str
) -> None:
    assert only(feed([milestone], Feed(as_of=JUNE)))["STATUS"] == status


@pytest.mark.parametrize(
    ("status", "percent", "task_status", "task_percent"),
    [
        (Status.NOT_STARTED, None, "NEEDS-ACTION", None),
        (Status.IN_PROGRESS, 40, "IN-PROCESS", 40),
        (Status.PARTLY_COMPLETED, 90, "IN-PROCESS", 90),
        (Status.CANCELLED, 10, "CANCELLED", 10),
        (Status.SUPERSEDED, None, "CANCELLED", None),
    ],
)
def test_a_task_has_the_status_of_its_kind(
    status: Status, percent: int | None, task_status: str, task_percent: int | None
) -> None:
    milestone = promise(status=status, percent=percent)
    task = only(feed([milestone], Feed(as_of=JUNE, kind=FeedKind.TASKS)))
    assert task["STATUS"] == task_status
    assert task.get("PERCENT-COMPLETE") == task_percent
    assert task["DUE"].dt == date(2021, 6, 30)


def test_a_completed_task_says_when() -> None:
    done = promise(percent=80).set_status(at("2021-05-20T23:30"), Status.COMPLETED)
    task = only(feed([done], Feed(as_of=JUNE, kind=FeedKind.TASKS)))
    assert task["STATUS"] == "COMPLETED"
    assert task["PERCENT-COMPLETE"] == 100
    assert task["COMPLETED"].dt == datetime(2021, 5, 20, 12, tzinfo=UTC)


def test_without_a_date_there_is_a_task_and_no_event() -> None:
    undated = promise(due=None)
    assert parsed(feed([undated], Feed(as_of=JUNE))).subcomponents == []
    assert "DUE" not in only(feed([undated], Feed(as_of=JUNE, kind=FeedKind.TASKS)))


@pytest.mark.parametrize("kind", FeedKind)
@pytest.mark.parametrize(("day", "shown"), [(19, True), (20, False)])
def test_a_removed_milestone_is_announced_for_the_retention_time(
    kind: FeedKind, day: int, shown: bool
) -> None:
    removed = promise().remove(at("2021-05-20T08:00"))
    options = Feed(as_of=date(2021, 6, day), kind=kind, retention=30)
    written = parsed(feed([removed], options)).subcomponents
    assert [part["STATUS"] for part in written] == (["CANCELLED"] if shown else [])
    assert all(part["SUMMARY"].startswith("removed: ") for part in written)


def test_an_event_whose_date_is_withdrawn_is_cancelled_on_its_old_day() -> None:
    withdrawn = promise().postpone(at("2021-05-20T08:00"), None, Precision.NONE, "later")
    event = only(feed([withdrawn], Feed(as_of=JUNE)))
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"].startswith("date withdrawn: ")
    assert event["DTSTART"].dt == date(2021, 6, 30)
    assert parsed(feed([withdrawn], Feed(as_of=date(2021, 7, 1)))).subcomponents == []
    task = only(feed([withdrawn], Feed(as_of=JUNE, kind=FeedKind.TASKS)))
    assert task["STATUS"] == "NEEDS-ACTION"


def test_an_overdue_milestone_is_urgent_and_says_so() -> None:
    event = only(feed([promise()], Feed(as_of=date(2021, 7, 1), alarms=(1,))))
    assert event["SUMMARY"].startswith("OVERDUE: ")
    assert event["PRIORITY"] == 1
    assert event.subcomponents == []


@pytest.mark.parametrize(
    ("days", "trigger"), [(0, "PT9H"), (1, "-PT15H"), (7, "-P6DT15H"), (8, "-P7DT15H")]
)
def test_an_alarm_rings_at_nine_in_the_morning(days: int, trigger: str) -> None:
    event = feed([promise()], Feed(as_of=JUNE, alarms=(days,)))
    assert f"TRIGGER:{trigger}" in lines(event)
    task = feed([promise()], Feed(as_of=JUNE, alarms=(days,), kind=FeedKind.TASKS))
    assert f"TRIGGER;RELATED=END:{trigger}" in lines(task)


@pytest.mark.parametrize(
    ("fields", "base_url", "url"),
    [
        ({}, "", f"urn:uuid:{UID}"),
        ({"uid": "第一/2"}, "", "urn:x-milestone:%E7%AC%AC%E4%B8%80%2F2"),
        ({}, "https://example.org/m/", f"https://example.org/m/{UID}"),
        ({"source": Source("d", url="http://a.example/1?b")}, "", f"http://a.example/1?b#{UID}"),
        ({"source": Source("d", url="http://a.example/#/1")}, "", f"urn:uuid:{UID}"),
        ({"source": Source("d", url="javascript:1")}, "", f"urn:uuid:{UID}"),
    ],
)  # fmt: skip
def test_each_milestone_has_an_address_of_its_own(
    fields: dict[str, object], base_url: str, url: str
) -> None:
    assert only(feed([promise(**fields)], Feed(as_of=JUNE, base_url=base_url)))["URL"] == url


def test_links_are_related_to_by_uid() -> None:
    linked = promise(parent="p", depends_on=("a", "b"), superseded_by="s")
    written = [line for line in lines(feed([linked], Feed(as_of=JUNE))) if "RELATED" in line]
    assert written == [
        "RELATED-TO:p",
        "RELATED-TO;RELTYPE=SIBLING:a",
        "RELATED-TO;RELTYPE=SIBLING:b",
        "RELATED-TO;RELTYPE=SIBLING:s",
    ]


def test_nothing_in_the_header_changes_by_itself() -> None:
    header = lines(feed([], Feed(as_of=JUNE, name="承诺,\n2021", description="x")))
    assert header == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODID}",
        "CALSCALE:GREGORIAN",
        "DESCRIPTION:x",
        "X-WR-CALDESC:x",
        "NAME:承诺\\,\\n2021",
        "X-WR-CALNAME:承诺\\,\\n2021",
        "COLOR:steelblue",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-APPLE-CALENDAR-COLOR:#4682B4",
        "X-PUBLISHED-TTL:PT12H",
        "END:VCALENDAR",
        "",
    ]


# -- what changes, and what does not --------------------------------------------------------------


@given(st.lists(milestones(), min_size=2, max_size=4, unique_by=lambda m: clean(m.uid)), st.data())
def test_a_change_changes_the_lines_of_its_own_milestone(
    some: list[Milestone], data: st.DataObject
) -> None:
    options = Feed(as_of=JUNE)
    number = data.draw(st.integers(0, len(some) - 1))
    changed = some[number].note(at("2099-01-01T08:00"), "seen", "https://example.org/evidence")
    apart = [feed([m], options) for m in some]
    head, foot = feed([], options).split(b"END:VCALENDAR")[0], b"END:VCALENDAR\r\n"
    bodies = [one.removeprefix(head).removesuffix(foot) for one in apart]
    assert feed(some, options) == head + b"".join(bodies) + foot
    bodies[number] = feed([changed], options).removeprefix(head).removesuffix(foot)
    after = [*some[:number], changed, *some[number + 1 :]]
    assert feed(after, options) == head + b"".join(bodies) + foot


def test_the_day_of_reading_alone_changes_nothing() -> None:
    some = [promise(), promise().remove(at("2021-05-20T08:00")), promise(due=date(2020, 1, 1))]
    assert feed(some, Feed(as_of=JUNE)) == feed(some, Feed(as_of=date(2021, 6, 19)))


def test_what_is_kept_is_written_once_for_each_revision() -> None:
    kept: Written = {}
    options = Feed(as_of=JUNE)
    first = [promise(uid=f"u{n}") for n in range(5)]
    assert feed(first, options, kept) == feed(first, options)
    assert len(kept) == 5
    second = [first[0].note(at("2021-05-01T08:00"), "seen"), *first[1:]]
    assert feed(second, options, kept) == feed(second, options)
    assert len(kept) == 6
    tomorrow = Feed(as_of=date(2021, 7, 1))
    assert feed(second, tomorrow, kept) == feed(second, tomorrow)
    assert len(kept) == 11


@pytest.mark.parametrize(
    "bad",
    [
        {"colour": "mauve-ish"},
        {"address": "webcal://example.org/feed.ics"},
        {"base_url": "example.org/m/"},
        {"alarms": (-1,)},
        {"retention": -1},
        {"refresh": 0},
    ],
)
def test_impossible_options_are_refused(bad: dict[str, object]) -> None:
    with pytest.raises(BadValue):
        Feed(as_of=JUNE, **bad)  # type: ignore[arg-type]  # the point of the test


def test_a_source_address_is_encoded() -> None:
    assert web_address("https://例.example/数据.ics") is not None
    data = feed([], Feed(as_of=JUNE, address="https://例.example/数据.ics"))
    assert "SOURCE;VALUE=URI:https://%E4%BE%8B.example/%E6%95%B0%E6%8D%AE.ics" in lines(data)
