"""Many processes at once on one file: writers, and readers who look all the time."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

from tests.faults.outcome import Outcome
from tests.faults.writing import everything, notes, start
from tests.milestones import plain
from tracker.errors import TrackerError
from tracker.store import open_store


def run(folder: Path, writers: int, updates: int, readers: int) -> Outcome:
    """Let writers make their updates while readers read; every one is kept, no half file seen."""
    path = folder / "crowd.json"
    open_store(str(path)).create([plain(1), plain(2)])
    outcome = Outcome(f"{writers} processes × {updates} updates, {readers} readers beside", 1)
    context = multiprocessing.get_context("forkserver")
    stop = context.Event()
    looking = []
    for _ in range(readers):
        heard, said = context.Pipe(duplex=False)
        process = context.Process(target=read_on, args=(str(path), stop, said), daemon=True)
        process.start()
        said.close()
        looking.append((process, heard))
    working = [start(path, f"w{number}", updates) for number in range(writers)]
    told: list[list[str]] = [[] for _ in working]

    def hear(number: int, heard: Connection) -> None:
        told[number] = everything(heard)

    hearing = [Thread(target=hear, args=(n, heard)) for n, (_, heard) in enumerate(working)]
    for thread in hearing:
        thread.start()
    for thread in hearing:
        thread.join()
    stop.set()
    acknowledged = [text for texts in told for text in texts]
    kept = notes(path)
    outcome.acknowledged = len(acknowledged)
    outcome.kept = len(set(acknowledged) & set(kept))
    if sorted(kept) != sorted(f"w{w}-{n}" for w in range(writers) for n in range(updates)):
        outcome.wrong.append(f"{len(kept)} notes are kept")
    reads = 0
    for process, heard in looking:
        count, wrong = heard.recv()
        process.join()
        reads += count
        outcome.wrong += wrong
    outcome.seen.append(f"{reads:,} reads, each of a whole file and none older than the one before")
    return outcome


def read_on(path: str, stop: object, said: Connection) -> None:
    """Read until told to stop, and say how often and what was wrong."""
    count, seen, wrong = 0, 0, []
    while not stop.is_set():  # type: ignore[attr-defined]  # an Event of multiprocessing
        try:
            found = len(open_store(path).all()[0].history)
        except TrackerError as error:
            wrong.append(error.message)
            continue
        if found < seen:
            wrong.append(f"{found} changes were read after {seen}")
        count, seen = count + 1, found
    said.send((count, wrong))
