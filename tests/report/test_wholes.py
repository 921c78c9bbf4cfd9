"""How far a whole is by its parts, what is not known of them, and what took the place of what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.milestones import MADE, plain, stamp
from tracker.actions import Effect
from tracker.actions.verbs import put_all
from tracker.errors import BadValue
from tracker.model import Milestone, Status
from tracker.report.dependencies import known_among, waits
from tracker.report.wholes import Succession, Whole, wholes
from tracker.store.in_memory import InMemoryTransaction

DAY = date(2021, 12, 31)
WHOLE = plain(1)
DEEP = 2_000


def part(id: int, status: Status = Status.NOT_STARTED, **fields: Any) -> Milestone:
    m = plain(id, **({"parent": WHOLE.uid} | fields))
    return m if status is m.status else m.set_status(stamp(date(2021, 6, 1)), status)


def found(*parts: Milestone, day: date = DAY) -> Whole:
    there = [WHOLE, *parts]
    return wholes([WHOLE], there, known_among(there), day)[WHOLE.uid]


def numbers(*parts: Milestone) -> tuple[int | None, int]:
    whole = found(*parts)
    return whole.percent, whole.unknown


def test_parts_weigh_alike_unless_told() -> None:
    done, half = part(2, Status.COMPLETED), part(3, Status.IN_PROGRESS, percent=50)
    assert numbers(done, half) == (75, 0)
    assert numbers(part(2, Status.COMPLETED, weight=3), half) == (87, 0)


def test_what_is_not_known_of_a_part_is_not_made_up() -> None:
    begun = part(2, Status.IN_PROGRESS)
    assert numbers(begun, part(3, Status.COMPLETED)) == (50, 1)
    assert numbers(begun, part(3, Status.PARTLY_COMPLETED)) == (None, 2)
    assert numbers(begun, part(3)) == (0, 1)


def test_cancelled_and_removed_parts_are_out() -> None:
    gone = part(4, Status.COMPLETED).remove(stamp(date(2021, 6, 2)))
    assert numbers(part(2, Status.COMPLETED), part(3, Status.CANCELLED), gone) == (100, 0)
    assert not wholes([WHOLE], [part(3, Status.CANCELLED)], known_among([]), DAY)


def test_what_is_nearly_done_is_not_done() -> None:
    assert numbers(part(2, Status.COMPLETED, weight=999), part(3)) == (99, 0)


def test_a_superseded_part_is_what_took_its_place() -> None:
    new = plain(5).set_status(stamp(), Status.COMPLETED)
    old = part(2, weight=3).set_status(stamp(), Status.SUPERSEDED, superseded_by=new.uid)
    assert numbers(old, new, part(3)) == (75, 0)
    twice = part(6, Status.COMPLETED)
    old = part(2).set_status(stamp(), Status.SUPERSEDED, superseded_by=twice.uid)
    assert numbers(old, twice, part(3)) == (50, 0)
    assert numbers(part(2).set_status(stamp(), Status.SUPERSEDED), part(3)) == (0, 0)


def test_parts_have_parts_and_what_is_completed_is_so_as_reported() -> None:
    inner = part(2)
    leaves = [part(3, Status.COMPLETED, parent=inner.uid), part(4, parent=inner.uid)]
    assert numbers(inner, *leaves, part(5)) == (25, 0)
    begun = part(6, Status.IN_PROGRESS, parent=inner.uid)
    assert numbers(inner, leaves[0], begun, part(5)) == (25, 1)
    assert numbers(inner.set_status(stamp(), Status.COMPLETED), *leaves, part(5)) == (50, 0)


def test_a_past_day_knows_no_later_part_and_no_later_progress() -> None:
    then = MADE
    assert found(part(2, Status.COMPLETED), day=then).percent == 0
    assert not wholes(
        [WHOLE], [plain(2).edit(stamp(DAY), {"parent": WHOLE.uid})], known_among([]), then
    )


def test_parts_that_come_back_to_themselves_end() -> None:
    first, second = part(2), part(3)
    first = part(2, parent=second.uid)
    second = part(3, parent=first.uid)
    there = [first, second]
    assert set(wholes(there, there, known_among(there), DAY)) == {first.uid, second.uid}
    round_ = [plain(n).set_status(stamp(), Status.SUPERSEDED) for n in (2, 3)]
    round_ = [
        m.edit(stamp(), {"superseded_by": other.uid})
        for m, other in zip(round_, reversed(round_), strict=True)
    ]
    found = Succession(round_, known_among(round_), DAY)
    assert [[m.id for m in found.of(one)] for one in round_] == [[3], [2]]


def chain(field: str, **fields: Any) -> list[Milestone]:
    """So many that recursion would fail, each linked to the one after it."""
    made = [plain(n, **fields) for n in range(DEEP)]
    uids = [f"uid {n}" for n in range(DEEP)]
    links: list[Any] = [(uid,) if field == "depends_on" else uid for uid in uids]
    from msgspec.structs import replace

    last = replace(made[-1], uid=uids[-1])
    between = [
        replace(m, uid=uids[n], **{field: links[n + 1]}) for n, m in enumerate(made[: DEEP - 1])
    ]
    return [*between, last]


def test_deep_chains_are_followed_to_their_end() -> None:
    waiting = chain("depends_on")
    told = waits(waiting, known_among(waiting), DAY)
    assert len(told["uid 0"].chain) == DEEP - 1
    assert {wait.last and wait.last.uid for wait in told.values()} == {waiting[-1].uid}
    replaced = chain("superseded_by", status=Status.SUPERSEDED)
    found = Succession(replaced, known_among(replaced), DAY)
    assert len(list(found.of(replaced[0]))) == DEEP - 1
    assert [found.last(m) for m in replaced[:-1]] == [replaced[-1]] * (DEEP - 1)
    nested = chain("parent")
    assert wholes(nested[-1:], nested, known_among(nested), DAY)[f"uid {DEEP - 1}"].percent == 0


def test_a_circle_at_the_end_of_a_deep_chain_is_refused() -> None:
    linked = chain("depends_on")
    store = InMemoryTransaction({m.id: m for m in linked})
    last = linked[-1]
    closed = last.edit(stamp(), {"depends_on": (linked[0].uid,)})
    with pytest.raises(BadValue, match="come back to itself"):
        put_all(store, [Effect(last, closed)])
    fresh = InMemoryTransaction({})
    assert len(put_all(fresh, [Effect(None, m) for m in linked])) == DEEP
