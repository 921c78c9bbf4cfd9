"""Open connections to one address, lent out for one transaction at a time."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any
from weakref import finalize

import psycopg
from psycopg import Connection, IsolationLevel
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
    def writing(self) -> Iterator[Connection]:
        """Lend one for a transaction, which is rolled back unless it is committed."""
        with self._lent(IsolationLevel.READ_COMMITTED, read_only=None) as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend one that reads a single state of the database throughout."""
        with self._lent(IsolationLevel.REPEATABLE_READ, read_only=True) as connection:
            yield connection

    @contextmanager
    def _lent(self, level: IsolationLevel, *, read_only: bool | None) -> Iterator[Connection]:
        connection = self._taken()
        try:
            connection.isolation_level, connection.read_only = level, read_only
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

    def _taken(self) -> Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return psycopg.connect(**self._arguments)


def _close(connections: list[Connection]) -> None:
    with suppress(IndexError):
        while True:
            connections.pop().close()
