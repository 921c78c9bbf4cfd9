"""The transaction of an engine that has all its rows in memory while it changes some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from tracker.model import Milestone


class Kept:
    """The rows there are, by id, and over them those that were `put`."""

    def __init__(self, rows: Mapping[int, Milestone]) -> None:
        self._rows = rows
        self._last_put = 0
        self.changed: dict[int, Milestone] = {}

    def all(self) -> list[Milestone]:
        rows = {**self._rows, **self.changed}
        return [rows[id] for id in sorted(rows)]

    def get(self, id: int) -> Milestone | None:
        return self.changed.get(id) or self._rows.get(id)

    def beginning(self, start: str) -> list[Milestone]:
        start = start.lower()
        return [m for m in self.all() if m.uid.lower().startswith(start)]

    def known(self, uids: Iterable[str]) -> dict[str, Milestone]:
        wanted = frozenset(uids)
        return {m.uid: m for m in self.all() if m.uid in wanted}

    def latest(self) -> Iterator[Milestone]:
        return iter(sorted(self.all(), key=lambda m: m.recorded_at, reverse=True))

    def new_id(self) -> int:
        # Asked for each of a hundred thousand rows that are imported.
        return max(self._last_row, self._last_put) + 1

    def put(self, milestone: Milestone) -> None:
        self._last_put = max(self._last_put, milestone.id)
        self.changed[milestone.id] = milestone

    @cached_property
    def _last_row(self) -> int:
        return max(self._rows, default=0)
