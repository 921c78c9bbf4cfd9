"""Slippage, and what was changed since a day: every move, its days, and its reason if any."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.milestones import DUE, MADE, plain, stamp
from tracker.model import Milestone, Precision, Stamp, Status
from tracker.query import Query
from tracker.report.moves import moves, slippage
from tracker.report.since import ChangeKind, changes_since

SEPTEMBER, DECEMBER = date(2021, 9, 30), date(2021, 12, 31)
LATER = date(2022, 6, 1)


def moved(m: Milestone, on: date, to: date | None, why: str | None = None) -> Milestone:
    return m.postpone(stamp(on, "Li"), to, Precision.DAY, None, why=why)


@pytest.fixture
def twice() -> Milestone:
    """Moved in June with a reason, and in September without one."""
    first = moved(plain(), date(2021, 6, 25), SEPTEMBER, "tender repeated")
    return moved(first, date(2021, 9, 28), DECEMBER)


def test_each_move_has_its_days_and_the_sum(twice: Milestone) -> None:
    told = [(m.was, m.now, m.days, m.from_baseline, m.is_quiet) for m in moves(twice)]
    assert told == [(DUE, SEPTEMBER, 92, 92, False), (SEPTEMBER, DECEMBER, 92, 184, True)]
    assert [m.change.by for m in moves(twice)] == ["Li", "Li"]


def test_a_blank_reason_is_none() -> None:
    assert moves(moved(plain(), MADE, SEPTEMBER, "  "))[0].is_quiet


def test_a_date_taken_away_has_no_days_and_a_first_date_is_no_move() -> None:
    gone = moved(plain(), MADE, None)
    assert [(m.days, m.from_baseline) for m in moves(gone)] == [(None, None)]
    assert moves(moved(plain(due=None), MADE, DUE)) == ()


def test_the_furthest_later_comes_first_and_a_past_day_knows_no_later_move(
    twice: Milestone,
) -> None:
    early = plain(2).set_status(stamp(date(2021, 6, 20)), Status.COMPLETED)
    late = plain(3).set_status(stamp(date(2021, 7, 1)), Status.COMPLETED)
    steady = plain(4)
    everything = [early, late, steady, twice]
    then = slippage(everything, Query(LATER))
    assert [(r.milestone.id, r.milestone.slippage) for r in then.rows] == [
        (1, 184),
        (3, 1),
        (2, -10),
    ]
    assert (then.total, then.dated, then.revisions, then.quiet) == (3, 4, 2, 1)
    assert [r.milestone.slippage for r in slippage(everything, Query(date(2021, 6, 25))).rows] == [
        92,
        -10,
    ]
    assert len(slippage(everything, Query(LATER), limit=1).rows) == 1


def test_moved_and_moved_back_is_still_told() -> None:
    back = moved(moved(plain(), MADE, SEPTEMBER), MADE, DUE)
    [row] = slippage([back], Query(LATER)).rows
    assert (row.milestone.slippage, [m.days for m in row.moves]) == (0, [92, -92])


def kinds(
    *milestones: Milestone, since: date, as_of: date = LATER
) -> list[tuple[ChangeKind, bool]]:
    result = changes_since(milestones, Query(as_of), since)
    return [(row.kind, row.quiet) for row in result.rows]


def test_changes_of_each_kind_and_which_of_them_are_quiet(twice: Milestone) -> None:
    day = date(2021, 5, 1)
    cancelled = plain(2).set_status(stamp(day), Status.CANCELLED)
    explained = plain(3).set_status(stamp(day), Status.CANCELLED, why="no money")
    removed = plain(4).remove(stamp(day))
    done = plain(5).set_status(stamp(day), Status.COMPLETED)
    again = done.set_status(stamp(date(2021, 5, 2)), Status.IN_PROGRESS)
    noted = plain(6).note(stamp(day), "a note")
    edited = plain(7).edit(stamp(day), {"owner": "x"})
    found = kinds(
        twice, cancelled, explained, removed, again, noted, edited, since=date(2021, 3, 11)
    )
    assert found == [
        (ChangeKind.MOVED, True),
        (ChangeKind.MOVED, False),
        (ChangeKind.DROPPED, True),
        (ChangeKind.DROPPED, False),
        (ChangeKind.DROPPED, True),
        (ChangeKind.COMPLETED, False),
        (ChangeKind.REOPENED, False),
        (ChangeKind.EDITED, False),
        (ChangeKind.NOTED, False),
    ]


def test_both_ends_are_included(twice: Milestone) -> None:
    assert kinds(twice, since=date(2021, 9, 28)) == [(ChangeKind.MOVED, True)]
    assert kinds(twice, since=date(2021, 9, 29)) == []
    assert kinds(twice, since=date(2021, 6, 25), as_of=date(2021, 6, 25)) == [
        (ChangeKind.MOVED, False)
    ]


def test_a_move_dated_back_does_not_escape() -> None:
    recorded = datetime(2021, 8, 3, 9, tzinfo=UTC)
    m = plain().postpone(
        Stamp(recorded, date(2021, 6, 25)), SEPTEMBER, Precision.DAY, None, why="said so"
    )
    [row] = changes_since([m], Query(LATER), date(2021, 8, 1)).rows
    assert (row.kind, row.recorded_later) == (ChangeKind.MOVED, True)
    assert changes_since([m], Query(LATER), date(2021, 8, 4)).rows == ()


def test_what_was_undone_is_left_out(twice: Milestone) -> None:
    undone = twice.revert(twice.history[-1], "undo", stamp().at, None)
    assert kinds(undone, since=date(2021, 9, 1)) == []


def test_what_began_in_that_time_was_added() -> None:
    assert kinds(plain(), since=MADE) == [(ChangeKind.ADDED, False)]
