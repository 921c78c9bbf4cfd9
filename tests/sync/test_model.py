"""Random edits by two trackers and by others in one collection, with faults, until all agree.

Each sync may be cut at any request or find another version there; what is remembered of the last
sync may be lost or old, as after a kill; tasks are deleted, put by other names, renamed, doubled.
"""

from __future__ import annotations

from itertools import count
from random import Random

import pytest

from tests.milestones import plain
from tests.sync.edits import EDITS, at_random
from tests.sync.shelf import Shelf
from tests.sync.test_settling import Pair
from tracker.errors import ServerRefused, ServerUnavailable, TrackerError
from tracker.sync.plan import Preference
from tracker.sync.resource import parsed
from tracker.sync.state import SyncState, dumps, loads


class FaultyShelf(Shelf):
    """A collection that fails one request in three while `is_faulty`, before or after doing it."""

    def __init__(self, random: Random) -> None:
        super().__init__()
        self.random = random
        self.is_faulty = False
        self.tells_etags = random.random() < 0.7

    def put(self, href: str, data: bytes, etag: str | None) -> str | None:
        self._before(href)
        made = super().put(href, data, etag)
        if self._fails():
            raise ServerUnavailable("The line was cut.")
        return made if self.tells_etags or made is None else ""

    def delete(self, href: str, etag: str) -> bool:
        self._before(href)
        return super().delete(href, etag)

    def _before(self, href: str) -> None:
        if self._fails():
            raise self.random.choice((ServerUnavailable, ServerRefused))("It does not.")
        if self._fails() and href in self.kept:
            self.replace(href, b"SUMMARY:", b"SUMMARY:x")

    def _fails(self) -> bool:
        return self.is_faulty and self.random.random() < 1 / 3

    def replace(self, href: str, old: bytes, new: bytes) -> None:
        self.kept[href] = (self.etag(), self.kept[href][1].replace(old, new, 1))

    def etag(self) -> str:
        return f'"{next(self._numbers)}"'


class World:
    """One or two trackers with copies of one store, and a collection."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - the same edits each time
        self.shelf = FaultyShelf(self.random)
        self.milestones = [plain(n) for n in (1, 2, 3)]
        self.sides = [Pair(*self.milestones) for _ in range(self.random.choice((1, 2)))]
        self.memories: list[bytes] = []
        self.names = count()
        for side in self.sides:
            side.shelf = self.shelf
            side.occasion = self.sides[0].occasion  # no two changes of one instant

    def step(self) -> None:
        side = self.random.choice(self.sides)
        uid = self.random.choice(self.milestones).uid
        there = [href for href, (_, data) in self.shelf.kept.items() if uid.encode() in data]
        match self.random.randrange(13):
            case 0 | 1 | 2 if there:
                self.shelf.edit(uid, self.random.choice(EDITS))
            case 3 | 4 | 5:
                side.here(at_random(self.random), self.random.choice((1, 2, 3)))
            case 6 if there:
                del self.shelf.kept[there[0]]
            case 7 if there:
                self.put(self.shelf.kept.pop(there[0])[1])
            case 8 if there:
                self.shelf.replace(there[0], uid.encode(), b"other-%d" % next(self.names))
            case 9 if len(there) == 1:
                self.put(self.shelf.kept[there[0]][1])
            case 10:
                lost = dumps(SyncState("test"))
                side.state = loads(self.random.choice((lost, *self.memories)), "test")
            case _:
                self.memories = [dumps(side.state)]
                self.shelf.is_faulty = self.random.random() < 1 / 3
                side.sync(self.random.choice((None, *Preference)))

    def put(self, data: bytes) -> None:
        self.shelf.kept[f"{Shelf.folder}{next(self.names)}.ics"] = (self.shelf.etag(), data)


@pytest.mark.parametrize("seed", range(60))
def test_whatever_happens_all_agree_in_the_end(seed: int) -> None:
    world = World(seed)
    for _ in range(30):
        try:
            world.step()
        except TrackerError:
            pass  # a refusal is one of the things that happen
        finally:
            world.shelf.is_faulty = False
    first = world.random.choice(list(Preference))
    for prefer in (
        (first, Preference.THEIRS, Preference.THEIRS) if len(world.sides) > 1 else (first,) * 3
    ):
        for side in world.sides:
            side.sync(prefer)
    for side in world.sides:
        assert side.sync() == []
        for m in side.store.all():
            synced = side.state.synced.get(m.uid)
            if (
                m.removed_on is None
                and synced
                and not synced.gone
                and synced.href in side.shelf.kept
            ):
                _agree(side, m.uid)


def _agree(side: Pair, uid: str) -> None:
    synced = side.state.synced[uid]
    m = next(m for m in side.store.all() if m.uid == uid)
    try:
        item = parsed(side.shelf.kept[synced.href][1], None).item
    except ValueError:
        return  # it was settled that it stays unreadable there
    assert item.state == m.status.task
    assert item.due == m.due or "DUE" in synced.kept
    assert (item.percent or 0) == (m.percent or 0) or not m.is_open
