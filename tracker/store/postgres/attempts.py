"""Doing a change until it is there, once.

What fails for a reason that passes is done again until the time is up. A connection that breaks
while it commits leaves open whether the change is there; so each change has a key that is committed
with it. The next attempt asks for the key first, and writes the same key, which the database
refuses to take twice even while the first commit is still under way on its side.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from random import random
from time import monotonic, sleep
from typing import TypeVar
from uuid import uuid4

from psycopg import Connection, Error
from psycopg.errors import Diagnostic

from tracker.errors import StoreFailed
from tracker.store import SHOWN_AT_MOST, AfterWrite, Gate, contention
from tracker.store.postgres import faults
from tracker.store.postgres.connections import Connections
from tracker.store.postgres.transaction import PostgresTransaction, RowMoved

T = TypeVar("T")

_ASK = "SELECT attempt FROM tracker_changes WHERE key = %s"
_FORGET = "DELETE FROM tracker_changes WHERE at < current_timestamp - INTERVAL '1 day'"


class Attempts:
    """One change of the store that `name` names; `seconds` is how long it is tried."""

    def __init__(
        self, connections: Connections, name: str, seconds: float, gate: Gate | None = None
    ) -> None:
        self._connections = connections
        self._name = name
        self._seconds = seconds
        self._key = uuid4()
        self._in_doubt = False
        self._gate = gate
        self._told: dict[int, AfterWrite] = {}
        self._end = monotonic() + seconds

    def until_done(self, work: Callable[[PostgresTransaction], T]) -> T:
        results: dict[int, T] = {}
        attempt = 0
        while True:
            attempt += 1
            doubted = self._in_doubt
            try:
                with self._connections.lent() as connection:
                    if doubted and (committed := self._committed(connection)):
                        attempt, result = committed, results[committed]
                    else:
                        result = self._once(connection, work, attempt, results)
                if attempt in self._told:
                    self._told[attempt]()
                return result
            except RowMoved:
                if monotonic() > self._end:
                    raise faults.contended(self._name) from None
            except Error as error:
                if self._in_doubt and not doubted:
                    # Only the store can say; it gets as long again to be asked.
                    self._end = monotonic() + self._seconds
                if monotonic() > self._end or not faults.may_pass(error):
                    raise self._refusal(error) from None
            # Apart from each other, and never long: the first to try again should get through.
            sleep(random() * min(0.002 * 2**attempt, 0.25))  # noqa: S311  # to be apart

    def _once(
        self,
        connection: Connection,
        work: Callable[[PostgresTransaction], T],
        attempt: int,
        results: dict[int, T],
    ) -> T:
        transaction = PostgresTransaction(connection, self._name, self._connections.local)
        result = work(transaction)
        if transaction.has_news:
            results[attempt] = result
            if self._gate is not None and transaction.changed:
                self._show(transaction, attempt, self._gate)
            self._confirm(connection, transaction.write(self._key, attempt))
        return result

    def _show(self, transaction: PostgresTransaction, attempt: int, gate: Gate) -> None:
        """Show what would be written while nothing is held; how long that takes does not count."""
        if len(self._told) == SHOWN_AT_MOST:
            raise contention(self._name)
        effects, begun = transaction.let_go(), monotonic()
        self._told[attempt] = gate(self._name, effects)
        self._end += monotonic() - begun
        transaction.take_up()

    def _confirm(self, connection: Connection, commit: Callable[[], None]) -> None:
        warnings: list[str] = []

        def hear(warning: Diagnostic) -> None:
            # Here and now, since what the driver hands over is empty afterwards.
            if faults.is_durability_warning(warning):
                warnings.append(str(warning.message_primary))

        connection.add_notice_handler(hear)
        try:
            commit()
        except Error as error:
            self._in_doubt = self._in_doubt or faults.leaves_open(error)
            raise
        finally:
            connection.remove_notice_handler(hear)
        if warnings:
            raise StoreFailed(
                "The change is in {name}, but not confirmed to be kept: {warnings}.",
                "Look at it with `tracker log` before you try again.",
                name=self._name,
                warnings=warnings[0],
            )

    def forget_old_keys(self) -> None:
        """Drop the keys that nobody can ask for any more; one change in a thousand does."""
        if self._key.int % 1000:
            return
        # The change itself is there; the next one in a thousand will do this as well.
        with suppress(Error), self._connections.lent() as connection:
            connection.execute(_FORGET)

    def _committed(self, connection: Connection) -> int | None:
        """The attempt that was committed, if one was."""
        found = connection.execute(_ASK, (self._key,)).fetchone()
        return found[0] if found else None

    def _refusal(self, error: Error) -> Exception:
        if self._in_doubt:
            return StoreFailed(
                "The connection to {name} broke while it confirmed the change, which may "
                "be there or not.",
                "Look with `tracker log` before you try again.",
                name=self._name,
            )
        return faults.refusal(error, self._name)
