"""An event says that its milestone is endangered, and its stamps grow when that changes."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.milestones import DUE, plain, stamp
from tracker.ics.write import Feed, FeedKind, feed
from tracker.model import Milestone, Status
from tracker.subscribe.dangers import dangers

DAY = date(2021, 6, 1)
LATER = date(2021, 9, 30)


def event(*known: Milestone, day: date = DAY, kind: FeedKind = FeedKind.EVENTS) -> str:
    """The event of the first of them."""
    written = feed(known[:1], Feed(as_of=day, kind=kind), dangers=dangers(known, day))
    return written.decode().replace("\r\n ", "")


def stamps(text: str) -> tuple[str, int]:
    found = re.search(r"LAST-MODIFIED:(\S+)", text), re.search(r"SEQUENCE:(\d+)", text)
    assert found[0] is not None
    assert found[1] is not None
    return found[0][1], int(found[1][1])


@pytest.mark.parametrize("kind", FeedKind)
def test_an_event_says_that_it_is_endangered_and_by_what(kind: FeedKind) -> None:
    slow = plain(1, due=LATER)
    text = event(plain(2, depends_on=(slow.uid,)), slow, kind=kind)
    assert "SUMMARY:endangered: Promise 2" in text
    assert "Endangered: it waits for #1" in text
    assert "X-MILESTONE-ENDANGERED:TRUE" in text
    assert "X-MILESTONE-STATUS:not-started" in text


def test_stamps_grow_when_it_begins_and_when_it_ends() -> None:
    first = plain(1)
    waiting = plain(2, depends_on=(first.uid,))
    told = [event(waiting, first)]
    first = first.postpone(stamp(), LATER, first.precision, None)
    told.append(event(waiting, first))
    first = first.set_status(stamp(), Status.COMPLETED)
    told.append(event(waiting, first))
    waiting = waiting.edit(stamp(), {"depends_on": ()})
    told.append(event(waiting, first))
    assert ["ENDANGERED:TRUE" in text for text in told] == [False, True, False, False]
    seen = [stamps(text) for text in told]
    assert seen == sorted(set(seen))
    assert [number for _, number in seen] == sorted({number for _, number in seen})


def test_what_is_overdue_or_done_is_said_to_be_that() -> None:
    slow = plain(1, due=LATER)
    waiting = plain(2, depends_on=(slow.uid,))
    assert "ENDANGERED" not in event(waiting, slow, day=date(2021, 7, 1))
    assert "SUMMARY:OVERDUE" in event(waiting, slow, day=date(2021, 7, 1))
    done = waiting.set_status(stamp(DUE), Status.COMPLETED)
    assert "ENDANGERED" not in event(done, slow, day=DUE)


def test_what_waits_for_nothing_is_stamped_as_before() -> None:
    lone, other = plain(2), plain(1).note(stamp(), "later")
    assert event(lone, other) == event(lone)
    assert not dangers([lone, other], DAY)


def test_a_change_far_off_is_handed_down_and_circles_end() -> None:
    one, two = plain(1, depends_on=(plain(2).uid,)), plain(2, depends_on=(plain(3).uid,))
    three = plain(3, depends_on=(plain(1).uid,)).note(stamp(), "newest")
    found = dangers([one, two, three], DAY)
    assert {danger.stamp for danger in found.values()} == {three.recorded_at}
