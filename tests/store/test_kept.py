"""A change that adds many rows does not look through all of them for each."""

from __future__ import annotations

from collections.abc import Iterator

from tests.milestones import plain
from tracker.model import Milestone
from tracker.store.kept import Kept


class Counted(dict[int, Milestone]):
    """Rows that count how often somebody goes through them."""

    walks = 0

    def __iter__(self) -> Iterator[int]:
        self.walks += 1
        return super().__iter__()


def test_ids_are_new_without_a_look_at_every_row_each_time() -> None:
    rows = Counted({3: plain(3), 7: plain(7)})
    kept, changed = Kept(rows), Counted()
    kept.changed = changed
    given = []
    for _ in range(50):
        given.append(kept.new_id())
        kept.put(plain(given[-1]))
    kept.put(plain(90))
    assert given == list(range(8, 58))
    assert kept.new_id() == 91
    assert (rows.walks, changed.walks) == (1, 0)
