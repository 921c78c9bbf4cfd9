"""A store that lives in this process: for tests, and to try a change before it is made."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import TYPE_CHECKING, TypeVar

from tracker.errors import StoreExists, StoreMissing
from tracker.model import Milestone
from tracker.query import Query, Selection, select
from tracker.store import Reader, Snapshot, Store
from tracker.store.in_memory import InMemoryTransaction

if TYPE_CHECKING:
    from tracker.coherence import Fault

T = TypeVar("T")


class MemoryStore(Store):
    url = "memory:"

    def __init__(self) -> None:
        self._rows: dict[int, Milestone] | None = None
        self._version = 0
        self._evidence: dict[str, bytes] = {}
        self._lock = RLock()

    def create(self, milestones: list[Milestone]) -> None:
        if self._rows is not None:
            raise StoreExists("This store exists already.")
        self._rows = {m.id: m for m in milestones}

    def read(self, ask: Callable[[Reader], T]) -> T:
        return ask(self._kept)

    def parts(self) -> list[Milestone]:
        return [m for m in self._kept.all() if m.parent]

    def exhibits(self) -> dict[str, int]:
        return {digest: len(content) for digest, content in self._evidence.items()}

    def exhibit(self, sha256: str) -> bytes | None:
        return self._evidence.get(sha256)

    def select(self, query: Query) -> Selection:
        return select(self.all(), query)

    def version(self) -> str:
        return self.snapshot().version

    def snapshot(self, earlier: Snapshot | None = None) -> Snapshot:  # all are kept
        with self._lock:
            return Snapshot(str(self._version), {m.id: m for m in self._kept.all()})

    def faults(self) -> list[Fault]:
        return []

    def change(self, work: Callable[[InMemoryTransaction], T]) -> T:
        with self._lock:
            transaction = self._kept
            result = work(transaction)
            self._rows = {m.id: m for m in transaction.all()}
            self._version += bool(transaction.changed)
            self._evidence |= transaction.kept
            for digest in transaction.dropped:
                self._evidence.pop(digest, None)
            return result

    @property
    def _kept(self) -> InMemoryTransaction:
        if self._rows is None:
            raise StoreMissing("This store has not been made yet.", "Run `tracker init`.")
        return InMemoryTransaction(self._rows, self.exhibits)
