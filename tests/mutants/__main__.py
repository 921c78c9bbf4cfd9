"""`make mutants`: a seeded sample of changes to each room, and how many its own tests notice.

    python -m tests.mutants [--each N] [--seed N] [--room NAME]... [--most SECONDS]

Ends with 1 if a room is below nine in ten. Survivors that no test could notice are in
`equivalent.txt`, each with its reason, and are not drawn.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from time import monotonic

from tests.mutants.changes import Mutant, mutants

ROOT = Path(__file__).parents[2]
LEAST = 0.9
_RUN = (
    "import resource, sys, pytest; resource.setrlimit(resource.RLIMIT_CPU, (60, 60)); "
    "sys.exit(pytest.main(sys.argv[1:]))"
)
"""A mutant that runs on is noticed after a minute of its own time, however busy the machine is."""

_STORE = "tests/store/test_{}.py"
_OF_FILES = ("damage", "layout", "lock", "file", "contract", "copying", "rights")
ROOMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "model": (
        "tracker/model/*.py",
        (
            "tests/model",
            "tests/report/test_standing.py",
            "tests/report/test_replay.py",
            "tests/merge/test_merge.py",
        ),
    ),
    "query": (
        "tracker/query.py",
        ("tests/test_query.py", "tests/report", _STORE.format("contract")),
    ),
    "actions": (
        "tracker/actions/*.py",
        ("tests/test_actions.py", "tests/store/test_taking_in.py", "tests/cli/test_correcting.py"),
    ),
    "report": ("tracker/report/*.py", ("tests/report", "tests/cli/test_report_period.py")),
    "merge": ("tracker/merge/*.py", ("tests/merge/test_merge.py",)),
    "store": (
        "tracker/store/*.py",
        (
            *(_STORE.format(name) for name in _OF_FILES),
            "tests/cli/test_strangers.py",
            "tests/hostile/test_files.py",
            "tests/hostile/test_passwords.py",
        ),
    ),
}
"""What is changed in each room, and the tests that are to notice, the fastest first."""


def main() -> None:
    """Draw, try, and print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--each", type=int, default=25)
    asked.add_argument("--seed", type=int, default=2021)
    asked.add_argument("--room", action="append", choices=ROOMS)
    asked.add_argument("--most", type=float, default=3600)
    words = asked.parse_args()
    end = monotonic() + words.most
    enough = True
    with tempfile.TemporaryDirectory() as folder:
        copies = _copies(Path(folder), len(os.sched_getaffinity(0)))
        for room in words.room or ROOMS:
            _expect_green(copies[0], room)
            drawn = _drawn(room, words.each, words.seed)
            tried, survivors = _tried(copies, room, drawn, end)
            killed = tried - len(survivors)
            _say(f"| {room} | {tried} | {killed} | {100 * killed // max(tried, 1)} % |")
            for one in survivors:
                _say(f"  survived: {one.name}")
            enough &= killed >= LEAST * tried
    sys.exit(0 if enough else 1)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  # its purpose


def _copies(folder: Path, number: int) -> list[Path]:
    """Trees of their own, since the source is changed."""
    for place in range(number):
        for part in ("tracker", "tests", "seeds", "docs", "benchmarks"):
            ignored = shutil.ignore_patterns("__pycache__", "samples", "golden")
            shutil.copytree(ROOT / part, folder / str(place) / part, ignore=ignored)
        for file in ("pyproject.toml", "hatch_build.py", "milestones.json", "README.md"):
            shutil.copy(ROOT / file, folder / str(place) / file)
    return [folder / str(place) for place in range(number)]


def _drawn(room: str, number: int, seed: int) -> list[Mutant]:
    known = {
        line.partition(" # ")[0]
        for line in (Path(__file__).parent / "equivalent.txt").read_text().splitlines()
    }
    every = [one for one in _every(room) if one.name not in known]
    chance = random.Random(seed)  # noqa: S311  # a sample, not a secret
    return chance.sample(every, min(number, len(every)))


def _every(room: str) -> Iterator[Mutant]:
    pattern, _ = ROOMS[room]
    for path in sorted(ROOT.glob(pattern)):
        yield from mutants(str(path.relative_to(ROOT)), path.read_bytes())


def _tried(
    copies: Iterable[Path], room: str, drawn: list[Mutant], end: float
) -> tuple[int, list[Mutant]]:
    """How many were tried until the time was up, and those that no test noticed."""
    free: SimpleQueue[Path] = SimpleQueue()
    for copy in copies:
        free.put(copy)
    _, tests = ROOMS[room]

    def survives(mutant: Mutant) -> bool | None:
        if monotonic() > end:
            return None
        copy = free.get()
        try:
            return _survives(copy, mutant, tests)
        finally:
            free.put(copy)

    with ThreadPoolExecutor(free.qsize()) as pool:
        found = list(pool.map(survives, drawn))
    survivors = [one for one, survived in zip(drawn, found, strict=True) if survived]
    return sum(one is not None for one in found), survivors


def _expect_green(copy: Path, room: str) -> None:
    """A test that fails anyhow would notice everything."""
    if not _passes(copy, ROOMS[room][1]):
        sys.exit(f"The tests of {room} fail before anything is changed.")


def _survives(copy: Path, mutant: Mutant, tests: tuple[str, ...]) -> bool:
    path = copy / mutant.path
    whole = path.read_bytes()
    path.write_bytes(mutant.source)
    try:
        return _passes(copy, tests)
    finally:
        path.write_bytes(whole)


def _passes(copy: Path, tests: tuple[str, ...]) -> bool:
    """Whether the tests pass, of few examples and without what takes long to start."""
    left = ["-k", "not postgres and not processes"]
    examples = ["--hypothesis-profile=brief", "--hypothesis-seed=0"]
    words = ["-x", "-q", "-n0", "-p", "no:cacheprovider", *examples, *left, *tests]
    words = [sys.executable, "-B", "-c", _RUN, *words]
    return not subprocess.run(words, cwd=copy, capture_output=True, check=False).returncode


if __name__ == "__main__":
    main()
