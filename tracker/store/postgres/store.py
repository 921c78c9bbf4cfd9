"""The engine: reads from one state of the database, changes that are there once or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar

from psycopg import Connection, Error

from tracker.errors import BadValue, StoreExists, StoreFailed
from tracker.model import Milestone
from tracker.query import Query, Selection
from tracker.store import Effect, Gate, Snapshot, Store
from tracker.store.postgres import evidence, faults, schema, selecting, snapshots
from tracker.store.postgres.address import DatabaseAddress
from tracker.store.postgres.attempts import Attempts
from tracker.store.postgres.connections import Connections
from tracker.store.postgres.transaction import PostgresTransaction

if TYPE_CHECKING:
    from tracker.coherence import Fault

T = TypeVar("T")

_INITS = 5
_A_MOMENT = 0.2


class PostgresStore(Store):
    """`url` is the address without its password."""

    def __init__(self, url: str, lock_timeout: float, gate: Gate | None = None) -> None:
        self._gate = gate
        self._address = DatabaseAddress.read(url, lock_timeout)
        self._lock_timeout = lock_timeout
        self.url = self._address.shown
        self._reached = False

    # -- reading ------------------------------------------------------------------------------

    def read(self, ask: Callable[[PostgresTransaction], T]) -> T:
        return self._asked(lambda connection: ask(PostgresTransaction(connection, self.url)))

    def exhibits(self) -> dict[str, int]:
        return self.read(lambda state: state.exhibits())

    def exhibit(self, sha256: str) -> bytes | None:
        return self._asked(lambda connection: evidence.content(connection, sha256))

    def parts(self) -> list[Milestone]:
        return self.read(lambda state: state.parts())

    def select(self, query: Query) -> Selection:
        return self._asked(lambda connection: selecting.answer(connection, query, self.url))

    def version(self) -> str:
        return self._asked(snapshots.changes)

    def snapshot(self, earlier: Snapshot | None = None) -> Snapshot:
        return self._asked(lambda connection: snapshots.take(connection, earlier, self.url))

    def faults(self) -> list[Fault]:
        from tracker.store.postgres import checking

        return self._asked(lambda connection: list(checking.faults(connection, self.url)))

    def _asked(self, ask: Callable[[Connection], T]) -> T:
        self._reach()
        try:
            try:
                return self._ask(ask)
            except Error as error:
                if not faults.is_lost(error):
                    raise
                # A connection kept from before had been closed on the other side.
                return self._ask(ask)
        except Error as error:
            raise faults.refusal(error, self.url) from None

    def _ask(self, ask: Callable[[Connection], T]) -> T:
        with self._reading.reading() as connection:
            return ask(connection)

    # -- changing -----------------------------------------------------------------------------

    def create(self, milestones: list[Milestone]) -> None:
        _refuse_twins(milestones)
        shown = [Effect(None, m) for m in milestones]
        told = self._gate(self.url, shown) if self._gate and shown else None
        for attempt in range(_INITS):
            try:
                with self._writing.lent() as connection, connection.transaction():
                    self._make(connection, milestones)
                break
            except Error as error:
                # Another `init` was first; the next look finds its store.
                if not faults.is_duplicate(error) or attempt == _INITS - 1:
                    raise faults.refusal(error, self.url) from None
        if told is not None:
            told()

    def _make(self, connection: Connection, milestones: list[Milestone]) -> None:
        if schema.is_there(connection):
            raise StoreExists(
                "{url} is there already.",
                "Give another place with --file, or use it.",
                url=self.url,
            )
        kept = connection.info.parameter_status("server_encoding")
        if kept not in (None, "UTF8", "UTF-8"):
            raise StoreFailed(
                "{url} keeps text in {kept}, which has no room for every script. Nothing was made.",
                "Make a database that does: createdb -E UTF8 -T template0 NAME",
                url=self.url,
                kept=kept,
            )
        schema.make(connection, milestones)

    def change(self, work: Callable[[PostgresTransaction], T]) -> T:
        self._reach()
        attempts = Attempts(self._writing, self.url, self._lock_timeout, self._gate)
        result = attempts.until_done(work)
        attempts.forget_old_keys()
        return result

    # -- connections --------------------------------------------------------------------------

    def _reach(self) -> None:
        """Make sure, once, that there is a store and that it is of this program's version.

        Where several hosts are named one may just be taking over, and is waited for.
        """
        end = monotonic() + (self._lock_timeout if self._address.several else 0)
        while not self._reached:
            try:
                with self._reading.lent() as connection:
                    current = schema.is_current(connection, self.url)
                if not current:
                    with self._writing.lent() as connection, connection.transaction():
                        schema.bring_forward(connection)
                self._reached = True
            except Error as error:
                if not faults.is_lost(error) or monotonic() > end:
                    raise faults.refusal(error, self.url) from None
                sleep(_A_MOMENT)

    @cached_property
    def _writing(self) -> Connections:
        return Connections(self._address.writing, self._address.waits)

    @cached_property
    def _reading(self) -> Connections:
        """At a host of its own if the address asks for that."""
        apart = self._address.reading != self._address.writing
        return Connections(self._address.reading, self._address.waits) if apart else self._writing


def _refuse_twins(milestones: Sequence[Milestone]) -> None:
    for what in ("id", "uid"):
        counted = Counter(getattr(one, what) for one in milestones)
        for twin, times in counted.most_common(1):
            if times > 1:
                raise BadValue(
                    "{times} milestones have the {what} {twin}, and a database holds one.",
                    "Remove or export and import the others.",
                    times=times,
                    what=what,
                    twin=twin,
                )
