"""What a transaction over rows in memory costs, in looks at the rows."""

from __future__ import annotations

from collections.abc import Iterator

from tests.milestones import plain
from tracker.model import Milestone
from tracker.store.in_memory import InMemoryTransaction


class Watched(dict[int, Milestone]):
    looks = 0

    def __iter__(self) -> Iterator[int]:
        self.looks += 1
        return super().__iter__()


def test_ids_are_given_without_looking_at_every_row_each_time() -> None:
    rows = Watched({1: plain(1), 7: plain(7)})
    kept = InMemoryTransaction(rows)
    for _ in range(20):
        kept.put(plain(kept.new_id()))
    assert list(kept.changed) == [*range(8, 28)]
    assert rows.looks == 1
