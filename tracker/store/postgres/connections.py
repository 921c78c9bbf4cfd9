"""Open connections to one address, lent out to one use at a time."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any
from weakref import finalize

import psycopg
from psycopg import Connection, OperationalError
from psycopg.pq import TransactionStatus

from tracker.store.postgres import faults

_KEPT = 5
# A setting that a server names by itself once it has it, and on which nothing here depends.
_HEEDED = ("IntervalStyle", "iso_8601")

# The driver remarks on lines that broke, on stderr unless somebody listens; the store says it all.
logging.getLogger("psycopg").addHandler(logging.NullHandler())


class Connections:
    """A few are kept open between uses, for a server's threads; a command opens but one.

    `waits` are settings of the session in ms. A pooler such as PgBouncer lends a session for one
    transaction and takes none; then each transaction begins with what is `local`, and no statement
    is prepared, since the next one may come to another session.
    """

    def __init__(self, arguments: Mapping[str, Any], waits: Mapping[str, int]) -> None:
        self.local: tuple[str, ...] = ()
        self._arguments = dict(arguments)
        self._waits = waits
        self._idle: list[Connection] = []
        finalize(self, _close, self._idle)

    @contextmanager
    def lent(self) -> Iterator[Connection]:
        """Lend one on which a statement is a transaction, but for those between BEGIN and COMMIT.

        What was begun and not committed is rolled back.
        """
        connection = self._taken()
        try:
            yield connection
        finally:
            with suppress(psycopg.Error):
                connection.rollback()
            if connection.info.transaction_status is not TransactionStatus.IDLE:
                # Closed, or left amid an answer that never came: of no use to anybody any more.
                # What broke one has most likely broken the others.
                connection.close()
                _close(self._idle)
            elif len(self._idle) < _KEPT:
                self._idle.append(connection)
            else:
                connection.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend one that reads a single state of the database throughout."""
        with self.lent() as connection:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield connection
            # Not rolled back, at which the driver forgets the statements it has prepared.
            connection.commit()

    def _taken(self) -> Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return (None if self.local else self._session()) or self._pooled()

    def _session(self) -> Connection | None:
        """A session with all its settings, or None if a pooler stands before it."""
        waits = " ".join(f"-c {name}={value}" for name, value in self._waits.items())
        heeded = "-c {}={}".format(*_HEEDED)
        options = f"{waits} {self._arguments.get('options', '')} {heeded}"
        try:
            connection = psycopg.connect(autocommit=True, **self._arguments | {"options": options})
        except OperationalError as error:
            if not faults.is_pooler(error):
                raise
            return None
        if connection.info.parameter_status(_HEEDED[0]) == _HEEDED[1]:
            return connection
        connection.close()
        return None

    def _pooled(self) -> Connection:
        if "options" in self._arguments:
            raise OperationalError(faults.POOLER)
        self.local = tuple(f"SET LOCAL {name} = {value}" for name, value in self._waits.items())
        return psycopg.connect(autocommit=True, prepare_threshold=None, **self._arguments)


def _close(connections: list[Connection]) -> None:
    with suppress(IndexError):
        while True:
            connections.pop().close()
