"""A pooler before the database: PgBouncer, which lends a session for one transaction."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import psycopg
import pytest

from tests.faults.failover import until
from tests.milestones import plain
from tests.postgres import Server
from tests.programs import program
from tests.store.noting import note, notes
from tracker.errors import StoreFailed, StoreLocked
from tracker.store import Transaction, open_store

_NAMES = count(1)
_SETTINGS = """
[databases]
* = host={folder} user=tracker
[pgbouncer]
unix_socket_dir = {folder}
listen_addr =
listen_port = {port}
auth_type = any
pool_mode = transaction
default_pool_size = 2
{more}
"""


@pytest.fixture(scope="module", params=["", "ignore_startup_parameters = options"])
def pooler(postgres: Server, request: pytest.FixtureRequest) -> Iterator[str]:
    """The host and port of one that refuses settings of a session, or passes over them."""
    name = f"pooler{next(_NAMES)}"
    port = 6432 + len(request.param)
    settings = postgres.folder / f"{name}.ini"
    settings.write_text(_SETTINGS.format(folder=postgres.folder, port=port, more=request.param))
    user = "nobody" if os.geteuid() == 0 else None
    pgbouncer = program("pgbouncer", "/usr/sbin/pgbouncer")
    with subprocess.Popen([pgbouncer, "-q", settings], user=user, group=None) as process:
        until((postgres.folder / f".s.PGSQL.{port}").exists)
        yield f"host={postgres.folder}&port={port}"
        process.terminate()


@pytest.fixture
def url(postgres: Server, pooler: str) -> str:
    """The address of an empty database; a schema would need an option."""
    name = f"pooled{next(_NAMES)}"
    postgres.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    return f"postgresql://tracker@/{name}?{pooler}"


def test_many_writers_over_two_sessions_keep_all(url: str) -> None:
    open_store(url).create([plain(1), plain(2)])

    def write(name: str) -> None:
        # More than a driver needs to prepare what it sends again and again.
        store = open_store(url)
        for number in range(8):
            note(store, f"{name}-{number}")

        def add(transaction: Transaction) -> None:
            transaction.put(plain(transaction.new_id(), title=name))

        store.change(add)

    names = ["a", "b", "c", "d", "e", "f"]
    with ThreadPoolExecutor(len(names)) as pool:
        list(pool.map(write, names))
    assert sorted(filter(None, notes(open_store(url)))) == sorted(
        f"{n}-{k}" for n in names for k in range(8)
    )
    kept = open_store(url).all()
    assert [m.id for m in kept] == list(range(1, 9))
    assert sorted(m.title for m in kept[2:]) == names


def test_a_row_held_by_another_for_too_long_is_refused(url: str) -> None:
    open_store(url).create([plain(1)])
    with psycopg.connect(url) as holder:
        holder.execute("SELECT * FROM tracker_milestones FOR UPDATE")
        with pytest.raises(StoreLocked, match="Another process holds"):
            note(open_store(url, lock_timeout=0.2), "never")


def test_options_that_a_pooler_would_drop_are_refused(url: str) -> None:
    with pytest.raises(StoreFailed, match=r"a pooler, which takes no options.*ALTER ROLE"):
        open_store(f"{url}&options=-csearch_path%3Doffice").all()
