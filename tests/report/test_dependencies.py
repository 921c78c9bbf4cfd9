"""What waits for what, and whom a slip endangers."""

from __future__ import annotations

from datetime import date, timedelta

from tests.milestones import DUE, plain, stamp
from tracker.model import Milestone, Status
from tracker.report.dependencies import Dependencies, Wait, known_among

DAY = date(2021, 6, 1)


def waits(first: Milestone, *others: Milestone, as_of: date = DAY) -> Wait | None:
    """What the first waits for; all others are looked up as a store would."""
    return Dependencies([first], known_among([first, *others]), as_of).of(first)


def after(id: int, *earlier: Milestone, due: date | None = DUE) -> Milestone:
    return plain(id, depends_on=tuple(m.uid for m in earlier), due=due)


def test_it_waits_for_what_is_owed_and_for_nothing_else() -> None:
    done = plain(1).set_status(stamp(), Status.COMPLETED)
    dropped = plain(2).set_status(stamp(), Status.CANCELLED, why="x")
    removed = plain(3).remove(stamp())
    assert waits(after(9, done, dropped, removed), done, dropped, removed) is None
    owed = plain(4)
    wait = waits(after(9, done, owed), done, owed)
    assert wait is not None
    assert (wait.owed, wait.until, wait.is_endangered) == ((owed,), DUE, False)
    settled = after(9, owed).set_status(stamp(), Status.COMPLETED)
    assert waits(settled, owed) is None


def test_a_slip_past_its_last_day_endangers_it_and_one_to_that_day_does_not() -> None:
    for days, is_endangered in ((0, False), (1, True)):
        first = plain(1, due=DUE + timedelta(days))
        wait = waits(after(9, first), first)
        assert wait is not None
        assert wait.is_endangered is is_endangered


def test_what_is_overdue_is_done_today_at_the_earliest() -> None:
    first = plain(1)
    late = waits(after(9, first), first, as_of=date(2021, 7, 9))
    assert late is not None
    assert (late.until, late.is_endangered) == (date(2021, 7, 9), True)


def test_a_forecast_counts_before_the_date() -> None:
    first = plain(1, forecast_due=date(2021, 12, 1))
    wait = waits(after(9, first), first)
    assert wait is not None
    assert wait.until == date(2021, 12, 1)


def test_the_chain_follows_what_takes_longest_at_any_remove() -> None:
    slow = plain(1, due=date(2021, 9, 30))
    middle, quick = after(2, slow), plain(3, due=date(2021, 6, 10))
    wait = waits(after(9, quick, middle), slow, middle, quick)
    assert wait is not None
    assert wait.owed == (quick, middle)
    assert wait.chain == (middle, slow)
    assert wait.until == date(2021, 9, 30)
    assert wait.is_endangered


def test_without_a_date_nothing_is_told() -> None:
    undated = plain(1, due=None)
    between = after(2, undated)
    wait = waits(after(9, between), undated, between)
    assert wait is not None
    assert (wait.until, wait.chain, wait.is_endangered) == (None, (), False)


def test_a_past_day_knows_what_stood_then() -> None:
    first = plain(1).set_status(stamp(date(2021, 6, 15)), Status.COMPLETED)
    assert waits(after(9, first), first, as_of=date(2021, 6, 20)) is None
    wait = waits(after(9, first), first, as_of=date(2021, 6, 10))
    assert wait is not None
    assert [m.id for m in wait.owed] == [1]


def test_what_was_superseded_is_waited_for_in_what_took_its_place() -> None:
    new = plain(1, due=date(2021, 9, 30))
    between = plain(2).set_status(stamp(), Status.SUPERSEDED, superseded_by=new.uid)
    old = plain(3).set_status(stamp(), Status.SUPERSEDED, superseded_by=between.uid)
    wait = waits(after(9, old), old, between, new)
    assert wait is not None
    assert (wait.owed, wait.until, wait.is_indirect) == ((new,), date(2021, 9, 30), False)


def test_a_circle_from_outside_ends() -> None:
    one = plain(1, depends_on=(plain(2).uid,))
    two = after(2, one)
    wait = waits(one, two)
    assert wait is not None
    assert (wait.owed, wait.until) == ((two,), None)


def test_a_chain_of_ten_thousand_is_followed() -> None:
    chain = [plain(0)]
    for id in range(1, 10_000):
        chain.append(after(id, chain[-1]))
    wait = waits(*reversed(chain))
    assert wait is not None
    assert len(wait.chain) == 9_999


def test_what_was_replaced_by_nothing_asks_for_nothing() -> None:
    gone = plain(1).set_status(stamp(), Status.SUPERSEDED)

    def known(uids: object) -> dict[str, Milestone]:
        raise AssertionError(uids)

    assert Dependencies([after(9, gone), gone], known, DAY).of(after(9, gone)) is None
