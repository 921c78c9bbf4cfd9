"""`make mutants`: a seeded sample of changes to each room, and how many the tests notice.

    python -m tests.mutants [--each N] [--seed N] [--room NAME]...

Ends with 1 if a room is below nine in ten. Survivors that no test could notice are in
`equivalent.txt`, each with its reason, and are not drawn.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from tests.mutants.changes import Mutant, mutants
from tests.mutants.trying import Trees

LEAST = 0.9
ROOMS = ("model", "query", "actions", "report", "merge", "store")


def main() -> None:
    """Draw, try, and print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--each", type=int, default=25)
    asked.add_argument("--seed", type=int, default=2021)
    asked.add_argument("--room", action="append", choices=ROOMS)
    words = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _say("All tests are run once, to see what each reaches, and again, as they are tried.")
        trees = Trees(Path(folder))
        enough = True
        for room in words.room or ROOMS:
            drawn = _drawn(trees.root, room, words.each, words.seed)
            survivors = _survivors(trees, room, drawn)
            noticed = len(drawn) - len(survivors)
            _say(f"| `{room}` | {len(drawn)} | {noticed} | {100 * noticed // len(drawn)} % |")
            for one in survivors:
                _say(f"  nobody noticed {one.name}")
            enough &= noticed >= LEAST * len(drawn)
    sys.exit(0 if enough else 1)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  # its purpose


def _drawn(root: Path, room: str, number: int, seed: int) -> list[Mutant]:
    """A sample in which a line that changes moves no other."""
    listed = (Path(__file__).parent / "equivalent.txt").read_text().splitlines()
    equivalent = {line.partition(" # ")[0] for line in listed}
    every = {one.name: one for one in _every(root, room) if one.name not in equivalent}
    drawn = sorted(every, key=lambda name: hashlib.sha256(f"{seed} {name}".encode()).digest())
    return [every[name] for name in drawn[:number]]


def _every(root: Path, room: str) -> Iterator[Mutant]:
    for path in sorted((root / "tracker" / room).glob("*.py")):
        yield from mutants(str(path.relative_to(root)), path.read_bytes())


def _survivors(trees: Trees, room: str, drawn: list[Mutant]) -> list[Mutant]:
    """Those that no test noticed."""
    survivors = []
    with ThreadPoolExecutor(trees.count) as pool:
        waited = {pool.submit(trees.notice, one): one for one in drawn}
        for place, done in enumerate(as_completed(waited), 1):
            one = waited[done]
            if not done.result():
                survivors.append(one)
            what = "noticed" if done.result() else "NOT noticed"
            _say(f"{room} {place} of {len(drawn)}: {what}: {one.name}")
    return survivors


if __name__ == "__main__":
    main()
