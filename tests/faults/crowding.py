"""Many processes at once on one file: writers, readers who look all the time, and a server."""

from __future__ import annotations

import json
import multiprocessing
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event, Thread

from tests.faults.outcome import Outcome
from tests.faults.writing import everything, notes, start
from tests.milestones import plain
from tests.subscribe.server.serving import Server, serving, until
from tracker.errors import TrackerError
from tracker.store import open_store


def run(folder: Path, writers: int, updates: int, readers: int) -> Outcome:
    """Let writers make their updates while others read; every one is kept, no half file seen."""
    path = folder / "crowd.json"
    open_store(str(path)).create([plain(1), plain(2)])
    who = f"{writers} processes × {updates} updates, {readers} readers and a server beside"
    outcome = Outcome(who, 1)
    with serving(path) as server:
        polling = Polling(server)
        _crowd(path, (writers, updates, readers), outcome)
        polling.end(writers * updates)
    outcome.wrong += polling.wrong
    outcome.seen.append(f"{polling.answers:,} answers of the server, as whole, the last with all")
    return outcome


def _crowd(path: Path, numbers: tuple[int, int, int], outcome: Outcome) -> None:
    writers, updates, readers = numbers
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


@dataclass
class Polling:
    """Somebody who asks the server again and again what the store holds."""

    server: Server
    answers: int = 0
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._done = Event()
        self._thread = Thread(target=self._poll)
        self._thread.start()

    def _poll(self) -> None:
        before = 0
        while not self._done.is_set():
            found = self._changes()
            if found < before:
                self.wrong.append(f"{found} changes were served after {before}")
            before = found
            self.answers += 1

    def _changes(self) -> int:
        answer = self.server.get("/all.json")
        if answer.status != 200:
            self.wrong.append(f"the server answered {answer.status}")
            return 0
        return len(json.loads(answer.body)["milestones"][0]["history"])

    def end(self, updates: int) -> None:
        """Stop, once the server has all of the updates."""
        self._done.set()
        self._thread.join()
        until(self._changes, lambda found: found == updates + 1)
        if said := [line for line in self.server.noted.splitlines() if "cannot" in line]:
            self.wrong.append(f"the server said: {said[0]}")


def read_on(path: str, stop: object, said: Connection) -> None:
    """Read until told to stop, and say how often and what was wrong."""
    count, seen = 0, 0
    wrong: list[str] = []
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
