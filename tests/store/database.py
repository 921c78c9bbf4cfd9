"""The database beside a store: what is sent to it, and what is done behind the tracker's back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """What is sent to the database meanwhile."""
    sent: list[tuple[str, Any]] = []

    def hears(cursor: type[psycopg.Cursor[Any]], name: str) -> Any:
        real = getattr(cursor, name)

        def send(self: Any, query: Any, values: Any = None, **more: Any) -> Any:
            sent.append((query, values))
            return real(self, query, values, **more)

        return send

    with pytest.MonkeyPatch.context() as patch:
        for cursor in (psycopg.Cursor, psycopg.ServerCursor):
            patch.setattr(cursor, "execute", hears(cursor, "execute"))
        patch.setattr(psycopg.Cursor, "executemany", hears(psycopg.Cursor, "executemany"))
        yield sent


def sql(url: str, statement: str, *parameters: Any) -> list[Any]:
    """Do something behind the tracker's back."""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(statement.encode(), *([parameters] if parameters else []))
        return found.fetchall() if found.description else []
