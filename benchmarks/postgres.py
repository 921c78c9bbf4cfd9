"""PostgreSQL at a province's size: `make bench-postgres` prints the tables of docs/postgresql.md.

A million milestones in a real server on this machine's disk, with its own settings. Cold commands
of the wheel and psql take turns, and so do 32 writers and pgbench; what is printed are medians.
`python -m benchmarks.postgres [MILESTONES] [TURNS]` takes smaller numbers for a look.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from statistics import median
from time import monotonic, perf_counter
from uuid import UUID

import psycopg

from benchmarks.programs import environment
from benchmarks.timing import in_turn, job
from benchmarks.wheel import installed
from tests.postgres import Server, program
from tracker.actions import ChangeContext, add, apply
from tracker.model import Milestone, Precision, Stamp, Status
from tracker.query import Filter, Page, Query
from tracker.store import Store, open_store

DAY = date(2026, 6, 30)
AT = datetime(2026, 1, 2, 8, tzinfo=UTC)
PSQL, NOTED = "the same rows and count by `psql`", "its statements by pgbench"
WRITERS = 32
SECONDS = 4

# The database's part of `overdue --limit 50`, and of one `note`, as any program would ask for it.
OVERDUE = """
SELECT id, due, owner, document FROM tracker_milestones
WHERE owed AND due < '2026-06-30' ORDER BY due, id LIMIT 50;
SELECT count(*) FROM tracker_milestones WHERE owed AND due < '2026-06-30';
"""
NOTE = r"""
\set id random(1, 1000)
\set shard random(0, 255)
SELECT version, document FROM tracker_milestones WHERE id = :id \gset
WITH changed AS (
    UPDATE tracker_milestones SET version = version + 1, document = :document,
        recorded_at = current_timestamp WHERE id = :id AND version = :version RETURNING id
), counted AS (
    UPDATE tracker_counts SET changes = changes + 1
    WHERE shard = :shard AND EXISTS (SELECT id FROM changed)
)
INSERT INTO tracker_changes SELECT gen_random_uuid(), 1, current_timestamp FROM changed;
"""
# The same effect by a statement for each table, as any program would send it that knows no other.
APART = r"""
\set id random(1, 1000)
\set shard random(0, 255)
BEGIN;
SELECT id, version, document FROM tracker_milestones WHERE id = :id;
UPDATE tracker_milestones SET version = version + 1, document = document,
    recorded_at = current_timestamp WHERE id = :id;
INSERT INTO tracker_changes VALUES (gen_random_uuid(), 1, current_timestamp);
UPDATE tracker_counts SET changes = changes + 1 WHERE shard = :shard;
COMMIT;
"""
UPDATE = r"""
\set id random(1, 1000)
UPDATE tracker_milestones SET version = version + 1, recorded_at = current_timestamp
    WHERE id = :id;
"""
# A thousand as the store wrote them, again and again under other ids and uids.
MULTIPLY = """
INSERT INTO tracker_milestones
SELECT new.uid, new.id, version, replace(replace(document, '"id":' || m.id || ',',
    '"id":' || new.id || ','), m.uid, new.uid), convert_to(new.uid, 'UTF8'), removed, owed, status,
    due, last_on, recorded_at, title, owner, owners, sources, texts, tags
FROM generate_series(1, %(times)s - 1) n, tracker_milestones m,
    LATERAL (SELECT gen_random_uuid()::text AS uid, m.id + 1000 * n AS id) new
"""


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    turns = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    server = Server.begin({})
    try:
        fill(server, count // 1000)
        with tempfile.TemporaryDirectory(prefix="tracker-bench-") as folder:
            _print(listing(server, Path(folder), count, turns))
        _print(writing(server, max(3, turns // 3)))
    finally:
        server.end()


def fill(server: Server, times: int) -> None:
    """Make a store of a thousand milestones so many times over."""
    open_store(server.url()).create([_milestone(number) for number in range(1, 1001)])
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(MULTIPLY, {"times": times})
        connection.execute("UPDATE tracker_store SET next_id = 1000 * %s + 1", [times])
        standing = "UPDATE tracker_counts SET standing = 1000 * %s WHERE shard = 0"
        connection.execute(standing, [times])
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")


def _milestone(number: int) -> Milestone:
    """Seven of ten are done, one is late and two have time."""
    due = DAY + timedelta(days=number % 365 - (365 if number % 10 < 8 else 0))
    uid = str(UUID(int=number, version=4))
    begun = Milestone.begin(
        number,
        uid,
        Stamp(AT, AT.date()),
        "add",
        title=f"Open section {number} of the ring road 环城路第{number}段通车",
        due=due,
        precision=Precision.DAY,
        owner=f"Roads office {number % 97}",
        tags=("roads",),
    )
    done = Stamp(AT + timedelta(hours=1), AT.date())
    return begun.set_status(done, Status.COMPLETED) if number % 10 < 7 else begun


# -- a list, cold ---------------------------------------------------------------------------------


def listing(server: Server, folder: Path, count: int, turns: int) -> Iterator[str]:
    python = installed(folder, "postgresql")
    words = ["--file", server.url(), "overdue", "--limit", "50", "--as-of", str(DAY)]
    commands = {
        "`tracker overdue --limit 50`": [str(Path(python).with_name("tracker")), *words],
        PSQL: [program("psql"), "-XAtq", server.url(), "-c", OVERDUE],
        "`python -c pass`": [python, "-c", "pass"],
        "`python -c 'import psycopg'`": [python, "-c", "import psycopg"],
    }
    given = environment(folder)
    figures = in_turn({name: job(words, given) for name, words in commands.items()}, turns)
    took = {name: 1000 * figure.seconds for name, figure in figures.items()}
    took["the same in a program that runs already"] = running(open_store(server.url()), turns)
    yield f"| over {count:,} milestones, cold | ms | of psql |"
    yield "| --- | ---: | ---: |"
    for name, milliseconds in took.items():
        yield f"| {name} | {milliseconds:.0f} | {milliseconds / took[PSQL]:.2f} |"
    yield ""


def running(store: Store, turns: int) -> float:
    """The median of the same question asked again and again over one connection, as a server does.

    In milliseconds.
    """
    query = Query(DAY, Filter(owed=True, due_before=DAY), Page(limit=50))
    took = []
    for _ in range(turns + 1):
        start = perf_counter()
        store.select(query)
        took.append(1000 * (perf_counter() - start))
    return median(took[1:])


# -- 32 writers -----------------------------------------------------------------------------------


def writing(server: Server, turns: int) -> Iterator[str]:
    measures: dict[str, Callable[[], float]] = {
        "`note` by the store": lambda: ours(server.url(), "note"),
        NOTED: lambda: pgbench(server, NOTE),
        "the same in six statements by pgbench": lambda: pgbench(server, APART),
        "one bare UPDATE by pgbench": lambda: pgbench(server, UPDATE),
        "`add` by the store": lambda: ours(server.url(), "add"),
    }
    rates: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(turns):
        for name, measure in measures.items():
            rates[name].append(measure())
    base = median(rates[NOTED])
    yield f"| {WRITERS} writers, each change durable | changes a second | of pgbench |"
    yield "| --- | ---: | ---: |"
    for name, found in rates.items():
        yield f"| {name} | {median(found):,.0f} | {median(found) / base:.2f} |"


def ours(url: str, verb: str) -> float:
    """Changes a second of writers in processes of their own, over a connection each."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tracker.store.postgres.store", __name__])
    pipes = []
    for number in range(WRITERS):
        heard, said = context.Pipe()
        context.Process(target=_write_on, args=(url, verb, number, said), daemon=True).start()
        said.close()
        pipes.append(heard)
    for heard in pipes:
        heard.recv()
    start = monotonic()
    for heard in pipes:
        heard.send(None)
    made: int = sum(heard.recv() for heard in pipes)
    return made / (monotonic() - start)


def _write_on(url: str, verb: str, number: int, said: Connection) -> None:
    store, chance = open_store(url), Random(number)  # noqa: S311  # to spread, not to hide
    _change(store, verb, chance)
    said.send(None)
    said.recv()
    end, made = monotonic() + SECONDS, 0
    while monotonic() < end:
        _change(store, verb, chance)
        made += 1
    said.send(made)


def _change(store: Store, verb: str, chance: Random) -> None:
    occasion = ChangeContext(lambda: datetime.now(UTC), DAY)
    if verb == "add":
        add(store, occasion, [{"title": "One more"}])
    else:
        apply(store, occasion, [str(chance.randint(1, 1000))], lambda m, s: m.note(s, "seen"))


def pgbench(server: Server, script: str) -> float:
    """Transactions a second of the same number of clients."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        words = ["-n", "-M", "prepared", "-c", str(WRITERS), "-j", str(os.cpu_count())]
        ran = subprocess.run(
            [program("pgbench"), *words, "-T", str(SECONDS), "-f", file.name, server.url()],
            check=True,
            capture_output=True,
            text=True,
        )
    (found,) = re.findall(r"tps = ([\d.]+)", ran.stdout)
    return float(found)


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        print(line, flush=True)  # noqa: T201  # its purpose


if __name__ == "__main__":
    main()
