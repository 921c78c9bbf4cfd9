"""`make load`: `tracker serve` under subscribers, and the table of docs/serving.md.

    python -m benchmarks.load [--subscribers 1000] [--slow 200] [--seconds 600] [--restarts 10]

First everybody polls while milestones change, and what the server's memory does is written down.
Then it is stopped with SIGTERM and begun again, as often as asked, in the middle of the polling.
Anything wrong ends the run with exit code 1.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import re
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import linear_regression, median, quantiles
from time import monotonic

from benchmarks.milestones import write
from benchmarks.subscribers import Seen, Subscriber, trickle
from tests.subscribe.server.serving import Server, serving
from tracker.actions import ChangeContext, apply
from tracker.store import open_store

MILESTONES = 1_000
EVERY = 5.0
"""Seconds between two polls of a subscriber: calendar programs take half an hour."""

CHANGE_EVERY = 2.0
SAMPLE_EVERY = 5.0
FULL = "/feed.ics"


@dataclass
class Load:
    """What is asked of a run."""

    subscribers: int = 1_000
    slow: int = 200
    seconds: float = 600
    restarts: int = 10
    every: float = EVERY
    change_every: float = CHANGE_EVERY


@dataclass
class Outcome:
    """What came of one phase. `memory` is the server's, in seconds and MB; `load` the machine's."""

    seen: Seen
    seconds: float = 0
    changes: int = 0
    stops: int = 0
    memory: list[tuple[float, float]] = field(default_factory=list)
    load: list[float] = field(default_factory=list)


async def steady(folder: Path, load: Load) -> Outcome:
    """Everybody polls, slow readers read, milestones change."""
    store = _made(folder)
    outcome = Outcome(Seen())
    with serving(store) as server:
        async with _busy(server.port, store, load, outcome):
            begun = monotonic()
            while (now := monotonic() - begun) < load.seconds:
                outcome.memory.append((now, _resident(server.process.pid)))
                outcome.load.append(os.getloadavg()[0])
                await asyncio.sleep(min(SAMPLE_EVERY, load.seconds - now))
            outcome.seconds = monotonic() - begun
    return outcome


async def restarting(folder: Path, load: Load) -> Outcome:
    """The same, while the server is stopped and begun again in their midst.

    The socket is not the server's own, as with systemd: who comes meanwhile waits.
    """
    store = _made(folder)
    outcome = Outcome(Seen())
    begun = monotonic()
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as at:
        server = await asyncio.to_thread(_begin, store, at)
        try:
            async with _busy(server.port, store, load, outcome):
                for _ in range(load.restarts):
                    await asyncio.sleep(load.every)
                    outcome.seen.stopped_at = monotonic()
                    code = await asyncio.to_thread(server.end)
                    if code:
                        outcome.seen.wrong.append(f"the server ended with {code}: {server.noted}")
                    outcome.stops += 1
                    server = await asyncio.to_thread(_begin, store, at)
                await asyncio.sleep(2 * load.every)
        finally:
            server.end(signal.SIGKILL)
    outcome.seconds = monotonic() - begun
    return outcome


def _begin(store: Path, at: socket.socket) -> Server:
    server = Server(store, at=at)
    server.begin()
    return server


@asynccontextmanager
async def _busy(port: int, store: Path, load: Load, outcome: Outcome) -> AsyncIterator[None]:
    """Subscribers, slow readers and a writer, until the block ends."""
    paths = list(_paths(store))
    tasks = []
    for number in range(load.subscribers):
        subscriber = Subscriber(port, paths[number % len(paths)], load.every, outcome.seen)
        tasks.append(asyncio.create_task(subscriber.poll(load.every * number / load.subscribers)))
    tasks += [asyncio.create_task(trickle(port, FULL)) for _ in range(load.slow)]
    tasks.append(asyncio.create_task(_change(store, load.change_every, outcome)))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


def _paths(store: Path) -> Iterator[str]:
    """One in five has the whole feed, the others an owner's."""
    from tracker.subscribe.slugs import slug

    owners = sorted({m.owner for m in open_store(str(store)).all() if m.owner})
    yield FULL
    yield from (f"/owner/{slug(owner)}.ics" for owner in owners)


async def _change(store: Path, every: float, outcome: Outcome) -> None:
    """One milestone after the other gets a note, durably, as a command would give it."""
    kept = open_store(str(store))

    def one(number: int) -> None:
        now = datetime.now(UTC)
        occasion = ChangeContext(lambda: now, now.date(), "load")
        id = str(1 + number % MILESTONES)
        apply(kept, occasion, [id], lambda m, stamp: m.note(stamp, f"note {number}"))

    while True:
        await asyncio.sleep(every)
        await asyncio.to_thread(one, outcome.changes)
        outcome.changes += 1


def _made(folder: Path) -> Path:
    folder.mkdir()
    write(folder / "made", MILESTONES, peers=False)
    return (folder / "made" / "milestones.json").rename(folder / "milestones.json")


def _resident(pid: int) -> float:
    """MB of a process in memory."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def told(steady: Outcome, restarting: Outcome, load: Load) -> str:
    """The table, and under it how it was measured."""
    lines = [f"| | steady | {restarting.stops} restarts |", "| --- | ---: | ---: |"]
    rows = zip(_NAMES, _cells(steady), _cells(restarting), strict=True)
    lines.extend(f"| {' | '.join(row)} |" for row in rows)
    conditions = (
        f"{load.subscribers:,} subscribers on kept connections, each polling every {load.every:g}"
        f" s; {load.slow} readers of a byte a second; {MILESTONES:,} milestones, one changed every"
        f" {load.change_every:g} s. Server and clients on one machine: {os.cpu_count()} cores, load"
        f" {median(steady.load):.1f} (median); Python {platform.python_version()}, Linux"
        f" {platform.release()}."
    )
    return "\n".join([*lines, "", conditions])


_NAMES = (
    "seconds",
    "requests answered",
    "of them 304",
    "errors",
    "sent again: the connection closed before any answer",
    "half of the answers within",
    "99 of 100 within",
    "the longest",
    "milestones changed",
    "memory, first and last minute",
    "memory, trend of the last half",
)


def _cells(one: Outcome) -> Sequence[str]:
    waits = one.seen.waits
    cuts = quantiles(waits, n=100) if len(waits) > 1 else [0.0] * 99
    return (
        f"{one.seconds:,.0f}",
        f"{len(waits):,}",
        f"{one.seen.statuses[304]:,}",
        f"{len(one.seen.wrong):,}",
        f"{one.seen.again.total():,}",
        f"{median(waits) * 1e3:,.1f} ms" if waits else "",
        f"{cuts[98] * 1e3:,.0f} ms",
        f"{max(waits, default=0) * 1e3:,.0f} ms",
        f"{one.changes:,}",
        *_memory(one),
    )


def _memory(one: Outcome) -> tuple[str, str]:
    if len(one.memory) < 4:
        return "", ""
    first = median(mb for at, mb in one.memory if at < 60)
    last = median(mb for at, mb in one.memory if at > one.seconds - 60)
    late = [(at / 60, mb) for at, mb in one.memory if at > one.seconds / 2]
    slope = linear_regression(*zip(*late, strict=True)).slope
    return f"{first:.1f} and {last:.1f} MB", f"{slope:+.2f} MB a minute"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load")
    for name, kind in (("subscribers", int), ("slow", int), ("seconds", float), ("restarts", int)):
        parser.add_argument(f"--{name}", type=kind, default=getattr(Load, name))
    load = Load(**vars(parser.parse_args()))
    with tempfile.TemporaryDirectory(prefix="tracker-load-") as folder:
        first = asyncio.run(steady(Path(folder) / "steady", load))
        second = asyncio.run(restarting(Path(folder) / "restarting", load))
    sys.stdout.write(told(first, second, load) + "\n")
    wrong = [*first.seen.wrong, *second.seen.wrong]
    for one in wrong[:20]:
        sys.stderr.write(f"WRONG: {one}\n")
    sys.stderr.write(f"sent again: {dict(first.seen.again)}, {dict(second.seen.again)}\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
