"""Looks after the store and the tokens, and serves what they have become.

Reading goes on in threads; when it fails, what was read last is served on, and health says so.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from tracker.errors import StoreFailed, TrackerError
from tracker.ics.profile import FeedKind
from tracker.message import Message
from tracker.model import Milestone
from tracker.store import Snapshot, Store
from tracker.subscribe.feeds import feed_path
from tracker.subscribe.server.current import Current, FeedRequest, StoreReading
from tracker.subscribe.server.gate import Gate
from tracker.subscribe.tokens import Tokens

EVERY = 0.3
"""Seconds between two looks: a `stat` of a file, or one short query."""

_PATIENCE = 30
"""Seconds that a look may take, before it counts as failed."""

_AGAIN = timedelta(seconds=5)
"""How long after a failure the same version is tried again: reading a large file is not cheap."""

_CLOSED = Message(
    "There are tokens now, so addresses without one are closed. "
    "`tracker serve --public` opens them."
)
WATCHED = {"store": Message("store"), "tokens": Message("tokens")}


class Trouble(NamedTuple):
    """What is wrong, and since when."""

    error: TrackerError
    since: datetime


class Sources(NamedTuple):
    """What is watched. The clock gives local time; `tokens` reads their file."""

    store: Store
    tokens: Callable[[], Tokens]
    clock: Callable[[], datetime]


class Watch:
    """`report` is told what goes wrong, and when it is over."""

    def __init__(
        self, sources: Sources, current: Current, gate: Gate, report: Callable[[Message], None]
    ) -> None:
        self._sources = sources
        self._current = current
        self._gate = gate
        self._report = report
        self._snapshot: Snapshot | None = None
        self._tokens = Tokens()
        self._failed: tuple[str, datetime, Exception] | None = None
        self.read_at: datetime | None = None
        self.trouble: dict[str, Trouble] = {}
        self.failures: Counter[str] = Counter()

    @property
    def count(self) -> int:
        """How many milestones are served, without the removed ones."""
        reading = self._current.reading
        return sum(m.removed_on is None for m in reading.milestones) if reading else 0

    async def begin(self) -> None:
        """Read all for the first time. Raises whatever is wrong with it."""
        self._tokens = await asyncio.to_thread(self._sources.tokens)
        self._gate.take(self._tokens)
        now = self._sources.clock()
        snapshot = await asyncio.to_thread(self._sources.store.snapshot)
        milestones = snapshot.milestones
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        # As old as what it says, so that a restart alone makes nothing newer.
        since = max((m.recorded_at for m in milestones), default=midnight)
        await self._take(milestones, min(now, max(since, midnight)))
        self._current.settle(now)
        # What most will ask for; and a setting that no feed can have is said now.
        await self._current.answers(FeedRequest(None, feed_path("", FeedKind.EVENTS)))
        self._snapshot, self.read_at = snapshot, now

    async def keep(self) -> None:
        """Go on looking until cancelled."""
        while True:
            await asyncio.sleep(EVERY)
            await self._try("tokens", self._look_at_tokens)
            await self._try("store", self._look_at_store)
            self._current.settle(self._sources.clock())

    async def _try(self, what: str, look: Callable[[], Awaitable[None]]) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                await look()
        except TimeoutError:
            self._tell_trouble(
                what,
                StoreFailed(
                    "The {what} did not answer for {patience} s.",
                    what=WATCHED[what],
                    patience=_PATIENCE,
                ),
            )
        except Exception as error:
            told = error if isinstance(error, TrackerError) else _unforeseen(error)
            self._tell_trouble(what, told)
        else:
            if self.trouble.pop(what, None) is not None:
                self._report(Message("The {what} can be read again.", what=WATCHED[what]))

    def _tell_trouble(self, what: str, error: TrackerError) -> None:
        self.failures[what] += 1
        known = self.trouble.get(what)
        if known is None or str(known.error) != str(error):
            self.trouble[what] = Trouble(error, self._sources.clock())
            self._report(Message("{said} What was read before is served on.", said=error))

    async def _look_at_tokens(self) -> None:
        tokens = await asyncio.to_thread(self._sources.tokens)
        if tokens != self._tokens:
            self._tokens = tokens
            was_open = self._gate.is_open
            self._gate.take(tokens)
            if was_open and not self._gate.is_open:
                self._report(_CLOSED)

    async def _look_at_store(self) -> None:
        reading, now = self._current.reading, self._sources.clock()
        if reading is not None and reading.as_of != now.date():
            # Whether or not the store can be read, what was due yesterday is overdue now.
            await self._take(reading.milestones, now)
        version = await asyncio.to_thread(self._sources.store.version)
        if self._snapshot is None or version != self._snapshot.version:
            await self._take_change(version, now)

    async def _take_change(self, version: str, now: datetime) -> None:
        if self._failed and self._failed[0] == version and now < self._failed[1] + _AGAIN:
            raise self._failed[2]
        try:
            snapshot = await asyncio.to_thread(self._sources.store.snapshot, self._snapshot)
            await self._take(snapshot.milestones, now)
        except Exception as error:
            self._failed = version, now, error
            raise
        self._snapshot, self._failed, self.read_at = snapshot, None, now

    async def _take(self, milestones: Sequence[Milestone], since: datetime) -> None:
        day = self._sources.clock().date()
        await self._current.take(StoreReading(milestones, day, since), self._gate.scopes)


def _unforeseen(error: Exception) -> TrackerError:
    return StoreFailed(
        "The store cannot be read ({name}): {error}.", name=type(error).__name__, error=error
    )
