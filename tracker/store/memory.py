"""A store that lives in this process: for tests, and to try a change before it is made."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import TypeVar

from tracker.errors import StoreExists, StoreMissing
from tracker.model import Milestone

T = TypeVar("T")


class MemoryStore:
    url = "memory:"

    def __init__(self) -> None:
        self._rows: dict[int, Milestone] | None = None
        self._lock = RLock()
        self._version = 0

    def create(self, milestones: list[Milestone]) -> None:
        if self._rows is not None:
            raise StoreExists("This store exists already.")
        self._rows = {m.id: m for m in milestones}

    def all(self) -> list[Milestone]:
        return [self._kept[id] for id in sorted(self._kept)]

    def change(self, work: Callable[[MemoryTransaction], T]) -> T:
        with self._lock:
            transaction = MemoryTransaction(self._kept)
            result = work(transaction)
            self._rows = self._kept | transaction.changed
            self._version += 1
            return result

    def version(self) -> str:
        return f"{len(self._kept)}-{self._version}"

    @property
    def _kept(self) -> dict[int, Milestone]:
        if self._rows is None:
            raise StoreMissing("This store has not been made yet.", "Run `tracker init`.")
        return self._rows


class MemoryTransaction:
    def __init__(self, rows: dict[int, Milestone]) -> None:
        self._rows = rows
        self.changed: dict[int, Milestone] = {}

    def all(self) -> list[Milestone]:
        rows = self._rows | self.changed
        return [rows[id] for id in sorted(rows)]

    def get(self, id: int) -> Milestone | None:
        return self.changed.get(id) or self._rows.get(id)

    def new_id(self) -> int:
        return max([0, *self._rows, *self.changed]) + 1

    def put(self, milestone: Milestone) -> None:
        self.changed[milestone.id] = milestone
