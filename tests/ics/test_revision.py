"""The stamps grow with each change that a subscriber can see, and stand still otherwise."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.memory import MemoryStore
from tracker.actions import ChangeContext, apply, redo, undo
from tracker.ics.revision import Revision, revision
from tracker.ics.write import Feed, feed
from tracker.model import Milestone, Precision, Status

from .promises import RECORDED, at, one_change, promise


def stamps(instant: str, sequence: int) -> Revision:
    return Revision(datetime.fromisoformat(instant).replace(tzinfo=UTC), sequence)


def postponed() -> Milestone:
    return promise().postpone(at("2021-06-20T08:00"), date(2021, 9, 30), Precision.DAY, None)


def done() -> Milestone:
    return promise().set_status(at("2021-07-05T08:00"), Status.COMPLETED)


@pytest.mark.parametrize(
    ("milestone", "as_of", "expected"),
    [
        (promise(), date(2021, 6, 30), Revision(RECORDED, 0)),
        (promise(), date(2021, 7, 1), stamps("2021-07-01T12:00:00", 1)),
        (promise(), date(2026, 1, 1), stamps("2021-07-01T12:00:00", 1)),
        (promise(due=None), date(2026, 1, 1), Revision(RECORDED, 0)),
        (promise(due=date.max), date(2026, 1, 1), Revision(RECORDED, 0)),
        (promise(due=date(2020, 1, 1)), date(2026, 1, 1), Revision(RECORDED, 0)),
        (postponed(), date(2021, 7, 1), stamps("2021-06-20T08:00:00", 1)),
        (postponed(), date(2021, 10, 1), stamps("2021-10-01T12:00:00", 2)),
        (done(), date(2026, 1, 1), stamps("2021-07-05T08:00:00", 2)),
    ],
    ids=[
        "with time left",
        "the first overdue day",
        "long overdue",
        "no date",
        "the last date there is",
        "overdue before it was recorded",
        "moved in time",
        "moved and overdue again",
        "overdue before it was done",
    ],
)
def test_the_turn_to_overdue_counts_as_a_change(
    milestone: Milestone, as_of: date, expected: Revision
) -> None:
    assert revision(milestone, as_of) == expected


def test_two_changes_in_one_second_have_two_stamps() -> None:
    stamp = at("2021-04-01T08:00:00.100000")
    second = at("2021-04-01T08:00:00.900000")
    one = promise().note(stamp, "first")
    both = one.note(second, "second")
    assert revision(one, date(2021, 4, 2)).stamp < revision(both, date(2021, 4, 2)).stamp


def test_undo_and_redo_are_changes_like_others() -> None:
    """A client that saw the later version must take the earlier one again."""
    store = MemoryStore()
    store.create([promise()])
    ticks = count(1)
    occasion = ChangeContext(lambda: RECORDED + timedelta(hours=next(ticks)), RECORDED.date())
    postponed = partial(Milestone.postpone, due=date(2021, 9, 30), precision=Precision.DAY)
    seen = [*store.all()]
    apply(store, occasion, ["1"], lambda m, stamp: postponed(m, stamp, phrase=None))
    seen += store.all()
    for turn in (undo, redo, undo):
        turn(store, occasion)
        seen += store.all()
    options = Feed(as_of=date(2021, 6, 1))
    revisions = [revision(m, options.as_of) for m in seen]
    assert [r.sequence for r in revisions] == [0, 1, 2, 3, 4]
    assert len({r.stamp for r in revisions}) == 5
    without_stamps = [_STAMPED.sub(b"", feed([m], options)) for m in seen]
    assert without_stamps[0] == without_stamps[2] == without_stamps[4] != without_stamps[1]
    assert without_stamps[1] == without_stamps[3]


_STAMPED = re.compile(rb"(DTSTAMP|LAST-MODIFIED|SEQUENCE):([0-9TZ]+)\r\n")


@given(
    data=st.data(),
    zone=st.integers(-12, 14),
    first_due=st.dates(date(2021, 3, 1), date(2021, 4, 30)),
)
def test_subscribers_in_every_timezone_see_each_change_by_its_stamps(
    data: st.DataObject, zone: int, first_due: date
) -> None:
    """A feed polled again and again while time passes and changes come in."""
    milestone = promise(due=first_due)
    now = RECORDED
    earlier: tuple[bytes, tuple[bytes, int]] | None = None
    for _ in range(8):
        now += timedelta(hours=data.draw(st.integers(0, 300)), seconds=1)
        if data.draw(st.booleans()):
            milestone = data.draw(one_change(milestone, now, st.just("why")))
        as_of = (now + timedelta(hours=zone)).date()
        written = feed([milestone], Feed(as_of=as_of, retention=10_000))
        found = dict(_STAMPED.findall(written))
        if not found:
            continue
        assert found[b"DTSTAMP"] == found[b"LAST-MODIFIED"]
        content = _STAMPED.sub(b"", written)
        stamped = (found[b"DTSTAMP"], int(found[b"SEQUENCE"]))
        if earlier is not None:
            before, stamped_before = earlier
            if content != before:
                assert stamped[0] > stamped_before[0]
                assert stamped[1] > stamped_before[1]
            assert stamped[0] >= stamped_before[0]
            assert stamped[1] >= stamped_before[1]
        earlier = content, stamped
