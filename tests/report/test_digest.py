"""What a digest tells of a history: nothing missed, nothing told twice."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.milestones import DUE, MADE, plain, stamp
from tests.scripts import scripts, tell
from tracker.model import Change, Milestone, Precision, Status
from tracker.query import Filter, Query
from tracker.report.digest import Digest, digest, known_before
from tracker.report.since import ChangeKind

DAY = date(2021, 7, 1)
ALL = Filter()
Seen = set[tuple[str, Any]]


def told_of(
    milestones: list[Milestone], seen: Seen, chosen: Filter = ALL, as_of: date = DAY
) -> Digest:
    """The digest for a reader who has seen so much, who then has seen this too."""
    before = frozenset(seen)
    result = digest(
        milestones, Query(as_of, chosen), date(2021, 7, 15), lambda m, c: _key(m, c) in before
    )
    seen |= {_key(m, change) for m, change in result.seen}
    return result


def _key(m: Milestone, change: Change) -> tuple[str, Any]:
    return (m.uid, change.at)


def kinds(result: Digest) -> list[tuple[int, ChangeKind]]:
    return [(row.milestone.id, row.kind) for row in result.changes]


def taken_back(m: Milestone) -> Milestone:
    """The same with its last change undone, or its last undoing redone."""
    return m.revert(m.history[-1], "undo", stamp().at, None)


def test_due_on_the_day_is_not_overdue_and_the_last_day_counts() -> None:
    dues = {1: date(2021, 6, 30), 2: DAY, 3: date(2021, 7, 15), 4: date(2021, 7, 16)}
    some = [plain(id, due=due) for id, due in dues.items()]
    result = told_of(some, set())
    assert [m.id for m in result.overdue] == [1]
    assert [m.id for m in result.upcoming] == [2, 3]
    done = [m.set_status(stamp(DUE), Status.COMPLETED) for m in some]
    assert (told_of(done, set()).overdue, told_of(done, set()).upcoming) == ((), ())


def test_a_change_is_told_once() -> None:
    seen: Seen = set()
    one = plain(1)
    assert kinds(told_of([one], seen)) == [(1, ChangeKind.ADDED)]
    assert told_of([one], seen).changes == ()
    moved = one.postpone(stamp(DUE), date(2021, 9, 30), Precision.DAY, None)
    assert kinds(told_of([moved], seen)) == [(1, ChangeKind.MOVED)]
    assert told_of([moved], seen).changes == ()


def test_a_digest_of_changes_alone_is_not_empty() -> None:
    seen: Seen = set()
    later = [plain(due=date(2022, 6, 30))]
    told_of(later, seen)
    assert told_of(later, seen).is_empty
    changed = told_of([later[0].set_status(stamp(), Status.CANCELLED)], seen)
    assert (changed.overdue, changed.upcoming, len(changed.changes)) == ((), (), 1)
    assert not changed.is_empty
    assert not told_of([plain()], seen).is_empty


def test_what_was_undone_before_it_was_told_is_never_told() -> None:
    seen: Seen = set()
    one = plain(1)
    told_of([one], seen)
    noted = one.note(stamp(DUE), "no")
    assert told_of([taken_back(noted)], seen).changes == ()


def test_what_was_told_and_undone_is_told_as_taken_back_once() -> None:
    seen: Seen = set()
    done = plain(1).set_status(stamp(DUE), Status.COMPLETED)
    told_of([done], seen)
    undone = taken_back(done)
    [row] = told_of([undone], seen).changes
    assert (row.kind, row.change) == (ChangeKind.TAKEN_BACK, done.history[-1])
    assert told_of([undone], seen).changes == ()
    again = taken_back(undone)
    assert kinds(told_of([again], seen)) == [(1, ChangeKind.COMPLETED)]


def test_a_change_that_arrives_late_is_told_though_it_was_made_before() -> None:
    """As after a merge of two copies: the history has an earlier entry that was not there."""
    seen: Seen = set()
    early, late = stamp(DUE), stamp(DUE)
    told_of([plain(1).note(late, "here")], seen)
    merged = plain(1).note(early, "there").note(late, "here")
    [row] = told_of([merged], seen).changes
    assert row.change.why == "there"


def test_what_leaves_the_filter_is_told() -> None:
    seen: Seen = set()
    chosen = Filter(owner="roads")
    one = plain(1, owner="Roads")
    told_of([one], seen, chosen)
    given_away = one.edit(stamp(DUE), {"owner": "Parks"})
    assert kinds(told_of([given_away], seen, chosen)) == [(1, ChangeKind.EDITED)]
    later = given_away.note(stamp(DUE), "elsewhere")
    assert told_of([later], seen, chosen).changes == ()


def test_what_was_removed_is_told() -> None:
    seen: Seen = set()
    told_of([plain(1)], seen)
    result = told_of([plain(1).remove(stamp(DUE))], seen)
    assert kinds(result) == [(1, ChangeKind.DROPPED)]
    assert result.overdue == ()


def test_since_a_day_means_taken_effect_or_written_down_since() -> None:
    told = known_before(date(2021, 3, 11), MADE)
    assert told(plain(1), plain(1).history[0])
    assert not told(plain(1), Change(plain(1).recorded_at, date(2021, 3, 12), "note"))
    assert not known_before(MADE, date(2021, 3, 9))(plain(1), plain(1).history[0])
    dated_back = Change(plain(1).recorded_at, date(2021, 3, 1), "note")
    assert not known_before(MADE, MADE)(plain(1), dated_back)


@given(scripts, st.integers(0, 12))
def test_what_stands_at_the_end_was_told_exactly_once_less_what_was_taken_back(
    script: list[Any], cut: int
) -> None:
    """Told half-way and at the end, a reader knows what stands, each change once."""
    seen: Seen = set()
    held: list[tuple[int, str]] = []
    for part in (script[:cut], script):
        everything = tell(part).store.all()
        for row in told_of(everything, seen, as_of=date(2021, 12, 31)).changes:
            entry = (row.milestone.id, str(row.change))
            if row.kind is ChangeKind.TAKEN_BACK:
                held.remove(entry)
            else:
                assert entry not in held
                held.append(entry)
    standing = [(m.id, str(change)) for m in everything for change in m.effective]
    assert sorted(held) == sorted(standing)
