"""Open connections to one address, lent out to one use at a time."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any
from weakref import finalize

import psycopg
from psycopg import Connection
from psycopg.pq import TransactionStatus

_KEPT = 5

# The driver remarks on lines that broke, on stderr unless somebody listens; the store says it all.
logging.getLogger("psycopg").addHandler(logging.NullHandler())


class Connections:
    """A few are kept open between uses, for a server's threads; a command opens but one."""

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        self._arguments = arguments
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
            return psycopg.connect(autocommit=True, **self._arguments)


def _close(connections: list[Connection]) -> None:
    with suppress(IndexError):
        while True:
            connections.pop().close()
