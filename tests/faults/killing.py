"""`kill -9` at random moments of a write."""

from __future__ import annotations

import random
import time
from pathlib import Path

from tests.faults.outcome import Outcome
from tests.faults.writing import everything, notes, start
from tests.milestones import plain
from tracker.errors import TrackerError
from tracker.store import open_store


def run(folder: Path, times: int, padding: int = 400) -> Outcome:
    """Kill that many writers, each at another moment of its second write or a later one.

    `padding` milestones make the file as large as a real one, so that a write takes its time.
    """
    outcome = Outcome("a writer killed with -9 at a random moment")
    chance = random.Random(20210310)  # noqa: S311  # moments, not secrets
    amid = 0
    for number in range(times):
        if number % 50 == 0:
            path = folder / f"store-{number}.json"
            open_store(str(path)).create([plain(id + 1) for id in range(padding)])
            before: list[str] = []
        process, heard = start(path, f"k{number}", 1000)
        said = [heard.recv()]
        time.sleep(chance.random() / 40)
        process.kill()
        process.join()
        said += everything(heard)
        amid += path.with_name(f".{path.name}.new").exists()
        outcome.times += 1
        outcome.acknowledged += len(said)
        try:
            after = notes(path)
        except TrackerError as error:
            outcome.wrong.append(f"kill {number}: {error.message}")
            break
        outcome.kept += len(set(said) & set(after))
        # The old state or the new one: what was acknowledged, and at most the one in hand besides.
        whole = (*before, *said), (*before, *said, f"k{number}-{len(said)}")
        if tuple(after) not in whole:
            outcome.wrong.append(f"kill {number}: {after[len(before) :]} after {said}")
        before = after
    outcome.seen.append(
        f"{amid} left a half-written draft beside the file, which the next took over"
    )
    return outcome
