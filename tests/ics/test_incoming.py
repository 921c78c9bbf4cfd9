"""Events and tasks made into milestones: what each brings, and our own feed coming back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.memory import MemoryStore
from tracker.actions import ChangeContext, ImportItem, follow
from tracker.ics.incoming import incoming
from tracker.ics.lines import clean
from tracker.ics.read import read
from tracker.ics.write import Feed, FeedKind, feed
from tracker.model import Milestone, Modality, Precision, Source, Status
from tracker.store import Store

from .promises import at, milestones, promise
from .test_read import WINDOW, calendar

TODAY = date(2021, 6, 1)


def proposed(data: bytes) -> tuple[ImportItem, ...]:
    return incoming(read(data, WINDOW).items).items


def fields(*lines: str, kind: str = "VTODO") -> dict[str, Any]:
    (item,) = proposed(calendar(*lines, kind=kind))
    return item.fields


# -- other programs' ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "status", "completed_on"),
    [
        ((), Status.NOT_STARTED, None),
        (("STATUS:NEEDS-ACTION",), Status.NOT_STARTED, None),
        (("STATUS:in-process",), Status.IN_PROGRESS, None),
        (("STATUS:CANCELLED",), Status.CANCELLED, None),
        (("STATUS:COMPLETED",), Status.COMPLETED, None),
        (("STATUS:COMPLETED", "COMPLETED:20210520T120000Z"), Status.COMPLETED, date(2021, 5, 20)),
        (("COMPLETED:20210520T120000Z",), Status.COMPLETED, date(2021, 5, 20)),
        (("STATUS:NEEDS-ACTION", "COMPLETED:20210520T120000Z"), Status.NOT_STARTED, None),
        (("STATUS:X-OTHER",), Status.NOT_STARTED, None),
    ],
)
def test_a_task_brings_its_status(
    lines: tuple[str, ...], status: Status, completed_on: date | None
) -> None:
    told = fields("DUE;VALUE=DATE:20210630", *lines)
    assert (told["status"], told.get("completed_on")) == (status, completed_on)


def test_an_event_is_never_done() -> None:
    told = fields("DTSTART;VALUE=DATE:20200630", "STATUS:CONFIRMED", kind="VEVENT")
    assert (told["status"], told["due"]) == (Status.NOT_STARTED, date(2020, 6, 30))
    told = fields("DTSTART;VALUE=DATE:20200630", "STATUS:TENTATIVE", kind="VEVENT")
    assert told["modality"] is Modality.PLANNED
    told = fields("DTSTART;VALUE=DATE:20200630", "STATUS:CANCELLED", kind="VEVENT")
    assert told["status"] is Status.CANCELLED


def test_description_address_categories_and_percent_are_kept() -> None:
    told = fields(
        "PERCENT-COMPLETE:40",
        "STATUS:IN-PROCESS",
        "DESCRIPTION:One\\nTwo",
        "URL:https://example.org/ä",
        "CATEGORIES:a,b\\,c,a",
    )
    assert told["percent"] == 40
    assert told["tags"] == ("a", "b,c")
    assert told["source"] == Source(
        "A calendar", url="https://example.org/%C3%A4", quote="One\nTwo"
    )
    assert fields("URL:javascript:alert(1)")["source"] is None


@pytest.mark.parametrize(
    ("created", "made_on"),
    [
        ("20210315T000000Z", date(2021, 3, 15)),
        ("19000101T120000Z", None),
        ("20991231T000000Z", date(2099, 12, 31)),  # refused when it is taken in
    ],
)
def test_a_calendar_may_not_know_when_something_was_promised(
    created: str, made_on: date | None
) -> None:
    (item,) = proposed(calendar(f"CREATED:{created}", kind="VTODO"))
    assert item.made_on == made_on


def test_of_two_with_one_uid_the_last_is_taken() -> None:
    one = calendar("DUE;VALUE=DATE:20210630", kind="VTODO")
    two = one.replace(b"20210630", b"20210731")
    made = incoming(read(one + two, WINDOW).items)
    assert [item.fields["due"] for item in made.items] == [date(2021, 7, 31)]
    assert [(p.line, p.message) for p in made.problems] == [
        (3, "This task was left out: line 11 has the same UID.")
    ]


def test_parents_come_along_and_circles_are_cut() -> None:
    def task(uid: str, parent: str) -> str:
        return f"BEGIN:VTODO\r\nUID:{uid}\r\nSUMMARY:{uid}\r\nRELATED-TO:{parent}\r\nEND:VTODO\r\n"

    circle = "".join((task("a", "b"), task("b", "c"), task("c", "a"), task("d", "d")))
    data = f"BEGIN:VCALENDAR\r\n{circle}{task('e', 'nowhere')}END:VCALENDAR\r\n".encode()
    parents = {item.uid: item.fields.get("parent") for item in proposed(data)}
    assert parents == {"a": "b", "b": "c", "c": None, "d": None, "e": None}


# -- our own --------------------------------------------------------------------------------------


@given(
    st.lists(milestones(), max_size=3, unique_by=lambda m: clean(m.uid)),
    st.sampled_from(FeedKind),
    st.dates(date(2021, 1, 1), date(2023, 1, 1)),
)
def test_our_own_feed_comes_back_as_it_was(
    some: list[Milestone], kind: FeedKind, as_of: date
) -> None:
    shown = [m for m in some if m.removed_on is None and (m.due or kind is FeedKind.TASKS)]
    items = proposed(feed(shown, Feed(as_of=as_of, kind=kind)))
    assert len(items) == len(shown)
    for item, m in zip(items, shown, strict=True):
        told = item.fields
        assert item.uid == " ".join(clean(m.uid).split())
        assert told["title"] == " ".join(clean(m.title).split())
        assert (told["status"], told["due"]) == (m.status, m.due)
        assert told.get("completed_on") == m.completed_on


def test_our_own_feed_brings_owner_deadline_and_firmness_back() -> None:
    m = promise(
        owner="省大数据局",
        supporting=("Roads, Bridges and Ports", "B"),
        due_phrase="6月底前",
        modality=Modality.STRETCH,
        percent=40,
        tags=("a", "b"),
        status=Status.PARTLY_COMPLETED,
    )
    for kind in FeedKind:
        (item,) = proposed(feed([m], Feed(as_of=TODAY, kind=kind)))
        assert {field: getattr(m, field) for field in item.fields} == item.fields
        assert item.fields.keys() >= {"owner", "supporting", "precision", "due_phrase", "percent"}


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.CANCELLED, Status.IN_PROGRESS])
def test_a_feed_that_lost_our_properties_keeps_title_status_and_day(status: Status) -> None:
    m = promise(status=status)
    data = feed([m], Feed(as_of=TODAY)).replace(b"\r\n ", b"").split(b"\r\n")
    (item,) = proposed(b"\r\n".join(n for n in data if not n.startswith(b"X-MILESTONE-")))
    kept = {name: item.fields[name] for name in ("title", "status", "due", "tags")}
    assert kept == {name: getattr(m, name) for name in kept}


def test_a_percentage_that_another_program_set_counts() -> None:
    m = promise(status=Status.IN_PROGRESS, percent=40)
    data = feed([m], Feed(as_of=TODAY, kind=FeedKind.TASKS))
    (item,) = proposed(data.replace(b"PERCENT-COMPLETE:40", b"PERCENT-COMPLETE:60"))
    assert item.fields["percent"] == 60


def test_what_another_program_made_of_our_task_counts() -> None:
    data = feed([promise()], Feed(as_of=TODAY, kind=FeedKind.TASKS))
    done = data.replace(b"STATUS:NEEDS-ACTION", b"STATUS:COMPLETED\r\nCOMPLETED:20210520T080000Z")
    (item,) = proposed(done)
    assert item.fields["status"] is Status.COMPLETED
    assert item.fields["completed_on"] == date(2021, 5, 20)
    moved = data.replace(b"\nDUE;VALUE=DATE:20210630", b"\nDUE;VALUE=DATE:20210715")
    (item,) = proposed(moved)
    assert (item.fields["due"], item.fields["precision"]) == (date(2021, 7, 15), Precision.DAY)
    assert item.fields["due_phrase"] is None


def test_what_left_the_tracker_does_not_come_back() -> None:
    gone = promise().remove(at("2021-05-20T08:00"))
    made = incoming(read(feed([gone], Feed(as_of=TODAY)), WINDOW).items)
    assert made.items == ()
    assert "removed from the tracker" in made.problems[0].message


# -- read again -----------------------------------------------------------------------------------


@pytest.fixture
def store() -> Store:
    empty = MemoryStore()
    empty.create([])
    return empty


_CLOCK = iter(datetime(2021, 6, 1, 8, minute, tzinfo=UTC) for minute in range(60))


def followed(store: Store, data: bytes) -> int:
    """How many milestones a reading of `data` changed."""
    occasion = ChangeContext(lambda: next(_CLOCK), TODAY, "tester")
    outcome = follow(store, occasion, proposed(data))
    assert outcome.refused == []
    return len(outcome.effects)


def test_an_old_file_read_again_changes_nothing_that_was_done_here(store: Store) -> None:
    data = calendar("DTSTART;VALUE=DATE:20210630", kind="VEVENT")
    assert followed(store, data) == 1
    assert followed(store, data) == 0

    def done(m: Milestone) -> Milestone:
        return m.set_status(at("2021-06-01T09:00"), Status.COMPLETED)

    store.change(lambda transaction: transaction.put(done(transaction.all()[0])))
    assert followed(store, data) == 0
    assert followed(store, data.replace(b"20210630", b"20210715")) == 1
    assert followed(store, data.replace(b"20210630", b"20210715")) == 0
    (m,) = store.all()
    assert (m.status, m.due, m.baseline_due) == (
        Status.COMPLETED,
        date(2021, 7, 15),
        date(2021, 6, 30),
    )


def test_our_own_export_read_again_changes_nothing_newer(store: Store) -> None:
    m = promise()
    data = feed([m], Feed(as_of=TODAY))
    moved = m.postpone(at("2021-04-01T09:00"), date(2021, 9, 30), Precision.MONTH, "9月底前")
    store.change(lambda transaction: transaction.put(moved))
    assert followed(store, data) == 0
    assert followed(store, feed([moved], Feed(as_of=TODAY))) == 0


def test_what_was_removed_here_stays_removed(store: Store) -> None:
    data = calendar("DUE;VALUE=DATE:20210630", kind="VTODO")
    followed(store, data)
    store.change(lambda t: t.put(t.all()[0].remove(at("2021-06-01T09:00"))))
    assert followed(store, data.replace(b"20210630", b"20210715")) == 0
