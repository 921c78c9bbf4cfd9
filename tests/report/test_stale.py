"""What nobody looks after: at the boundary of the days, and with evidence given or not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests.milestones import DUE, MADE, plain, stamp
from tracker.model import Milestone, Stamp, Status
from tracker.query import Query
from tracker.report.stale import StaleReason, stale


def found(
    *milestones: Milestone, as_of: date, days: int = 90
) -> list[tuple[int, StaleReason, int]]:
    result = stale(milestones, Query(as_of), days)
    return [(row.milestone.id, row.why, row.days) for row in result.rows]


def test_unchanged_begins_when_the_days_are_full() -> None:
    assert found(plain(), as_of=MADE + timedelta(days=89)) == []
    assert found(plain(), as_of=MADE + timedelta(days=90)) == [(1, StaleReason.UNCHANGED, 90)]


def test_a_note_is_a_change_and_so_is_what_is_written_down_later() -> None:
    noted = plain().note(stamp(MADE + timedelta(days=50)), "still on it")
    assert found(noted, as_of=MADE + timedelta(days=100)) == []
    recorded = Stamp(datetime(2021, 6, 1, tzinfo=UTC), MADE)
    dated_back = plain().note(recorded, "entered in June")
    assert found(dated_back, as_of=date(2021, 7, 1)) == []
    assert found(dated_back, as_of=date(2021, 5, 31), days=60) == [(1, StaleReason.UNCHANGED, 82)]


def test_completed_without_evidence_is_unverified_until_it_is_shown() -> None:
    bare = plain().set_status(stamp(DUE), Status.COMPLETED)
    assert found(bare, as_of=DUE) == [(1, StaleReason.UNVERIFIED, 0)]
    shown = bare.note(stamp(DUE + timedelta(days=1)), "photo", "https://example.org/photo")
    assert found(shown, as_of=DUE) == [(1, StaleReason.UNVERIFIED, 0)]
    assert found(shown, as_of=DUE + timedelta(days=1)) == []


def test_what_is_over_is_not_stale() -> None:
    dropped = plain().set_status(stamp(), Status.CANCELLED)
    assert found(dropped, as_of=date(2025, 1, 1)) == []


def test_the_unverified_first_then_the_longest_unchanged() -> None:
    fresh = plain(3, made_on=MADE + timedelta(days=9))
    bare = plain(1).set_status(stamp(DUE), Status.COMPLETED)
    assert [id for id, *_ in found(fresh, plain(2), bare, as_of=date(2021, 12, 1))] == [1, 2, 3]
