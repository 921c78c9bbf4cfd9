"""The transaction of an engine that has all its rows in memory while it changes some."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from tracker.model import Milestone
from tracker.store import Effect


class InMemoryTransaction:
    """The rows there are, by id, and over them those that were `put`.

    `sizes` tells what is kept as evidence; what is kept or dropped is for the engine to do.
    """

    def __init__(
        self, rows: Mapping[int, Milestone], sizes: Callable[[], dict[str, int]] = dict
    ) -> None:
        self._rows = rows
        self._sizes = sizes
        self.kept: dict[str, bytes] = {}
        self.dropped: set[str] = set()
        self.changed: dict[int, Milestone] = {}
        self._last_id = max(rows, default=0)
        self._by_uid = dict[str, Milestone]()

    @property
    def effects(self) -> list[Effect]:
        """What was put, beside what was there."""
        return [Effect(self._rows.get(id), m) for id, m in sorted(self.changed.items())]

    def all(self) -> list[Milestone]:
        rows = {**self._rows, **self.changed}
        return [rows[id] for id in sorted(rows)]

    def get(self, id: int) -> Milestone | None:
        return self.changed.get(id) or self._rows.get(id)

    def beginning(self, start: str) -> list[Milestone]:
        start = start.lower()
        return [m for m in self.all() if m.uid.lower().startswith(start)]

    def known(self, uids: Iterable[str]) -> dict[str, Milestone]:
        if not self._by_uid:
            self._by_uid = {m.uid: m for m in self.all()}
        return {uid: self._by_uid[uid] for uid in uids if uid in self._by_uid}

    def latest(self) -> Iterator[Milestone]:
        return iter(sorted(self.all(), key=lambda m: m.recorded_at, reverse=True))

    def newest(self) -> datetime | None:
        rows = (*self._rows.values(), *self.changed.values())
        return max((m.recorded_at for m in rows), default=None)

    def new_id(self) -> int:
        return max(0, self._last_id) + 1

    def put(self, milestone: Milestone) -> None:
        self.changed[milestone.id] = milestone
        self._last_id = max(self._last_id, milestone.id)
        if self._by_uid:
            self._by_uid[milestone.uid] = milestone

    def exhibits(self) -> dict[str, int]:
        return self._sizes()

    def keep(self, content: bytes) -> None:
        from tracker.store.evidence import digest_of  # a listing keeps none

        self.kept[digest_of(content)] = content

    def unnamed(self) -> dict[str, int]:
        from tracker.store.evidence import orphans

        return orphans(self)

    def drop(self, digests: Iterable[str]) -> None:
        self.dropped.update(digests)
