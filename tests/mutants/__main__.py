"""`make mutants`: a seeded sample of changes to each room, and how many the tests notice.

    python -m tests.mutants [--each N] [--seed N] [--room NAME]... [--most SECONDS]

All tests run once, to see which lines each reaches; a change is then tried on those that reach it.
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
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from time import monotonic
from xml.etree import ElementTree

from coverage import CoverageData

from tests.mutants.changes import Mutant, mutants

ROOT = Path(__file__).parents[2]
LEAST = 0.9
_RUN = (
    "import resource, sys, pytest; resource.setrlimit(resource.RLIMIT_CPU, (60, 60)); "
    "sys.exit(pytest.main(sys.argv[1:]))"
)
"""A mutant that runs on is noticed after a minute of its own time, however busy the machine is."""

ROOMS = {
    "model": "tracker/model/*.py",
    "query": "tracker/query/*.py",
    "actions": "tracker/actions/*.py",
    "report": "tracker/report/*.py",
    "merge": "tracker/merge/*.py",
    "store": "tracker/store/*.py",
}
"""What is changed in each room."""

_OF_STORES = ("contract", "copying", "damage", "file", "layout", "lock", "rights", "taking_in")
_OF_COMMANDS = (
    *("agenda", "change", "correcting", "dataset", "dependencies", "forecast", "listing"),
    *("picking", "repeating", "report_period", "reports", "strangers"),
)
TESTS = (
    *("tests/model", "tests/report", "tests/merge/test_merge.py", "tests/test_query.py"),
    *("tests/test_actions.py", "tests/hostile/test_files.py", "tests/hostile/test_passwords.py"),
    *(f"tests/store/test_{name}.py" for name in _OF_STORES),
    *(f"tests/cli/test_{name}.py" for name in _OF_COMMANDS),
)
"""What is to notice, as far as a test reaches the line that was changed."""


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
        reach = Reach(copies[0])
        for room in words.room or ROOMS:
            drawn = _drawn(room, words.each, words.seed)
            tried, survivors = _tried(copies, reach, drawn, end)
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
    for path in sorted(ROOT.glob(ROOMS[room])):
        yield from mutants(str(path.relative_to(ROOT)), path.read_bytes())


def _tried(
    copies: Iterable[Path], reach: Reach, drawn: list[Mutant], end: float
) -> tuple[int, list[Mutant]]:
    """How many were tried until the time was up, and those that no test noticed."""
    free: SimpleQueue[Path] = SimpleQueue()
    for copy in copies:
        free.put(copy)

    def survives(mutant: Mutant) -> bool | None:
        if monotonic() > end:
            return None
        copy = free.get()
        try:
            return _survives(copy, mutant, reach)
        finally:
            free.put(copy)

    with ThreadPoolExecutor(free.qsize()) as pool:
        found = list(pool.map(survives, drawn))
    survivors = [one for one, survived in zip(drawn, found, strict=True) if survived]
    return sum(one is not None for one in found), survivors


def _survives(copy: Path, mutant: Mutant, reach: Reach) -> bool:
    path = copy / mutant.path
    whole = path.read_bytes()
    path.write_bytes(mutant.source)
    try:
        nodes, is_all = reach.of(mutant)
        return (not nodes or _passes(copy, nodes)) and (is_all or _passes(copy, TESTS))
    finally:
        path.write_bytes(whole)


class Reach:
    """Which tests reach which lines, and how long they take, found by running all of them once."""

    def __init__(self, copy: Path) -> None:
        rules = copy / "reach.toml"
        rules.write_text(
            f'[tool.coverage.run]\nsource = ["tracker"]\ndynamic_context = "test_function"\n'
            f'data_file = "{copy}/reach"\n'
        )
        times = copy / "times.xml"
        run = [sys.executable, "-m", "coverage", "run", f"--rcfile={rules}", "-m", "pytest"]
        if not _passes(copy, (f"--junitxml={times}", *TESTS), run):
            sys.exit("The tests fail before anything is changed.")
        self._copy = copy
        self._data = CoverageData(f"{copy}/reach")
        self._data.read()
        self._seconds: dict[str, float] = {}
        for case in ElementTree.parse(times).iter("testcase"):
            test = f"{case.get('classname')}.{case.get('name', '').partition('[')[0]}"
            took = float(case.get("time", 0))
            self._seconds[test] = self._seconds.get(test, 0) + took

    def of(self, mutant: Mutant) -> tuple[list[str], bool]:
        """The tests that reach what was changed, the fastest first, and whether no others may.

        What was reached outside of a test was so in what it asks for, or by importing.
        """
        by_line = self._data.contexts_by_lineno(str(self._copy / mutant.path))
        reached = {test for line in mutant.lines for test in by_line.get(line, ())}
        known = sorted(reached & self._seconds.keys(), key=self._seconds.__getitem__)
        nodes = [
            f"{name.rpartition('.')[0].replace('.', '/')}.py::{name.rpartition('.')[2]}"
            for name in known
        ]
        return nodes, len(known) == len(reached)


def _passes(copy: Path, tests: Sequence[str], run: Sequence[str] = ()) -> bool:
    """Whether the tests pass, of few examples and without what takes long to start."""
    left = ["-k", "not postgres and not processes"]
    examples = ["--hypothesis-profile=brief", "--hypothesis-seed=0"]
    words = ["-x", "-q", "-n0", "-p", "no:cacheprovider", *examples, *left, *tests]
    words = [*(run or (sys.executable, "-B", "-c", _RUN)), *words]
    return not subprocess.run(words, cwd=copy, capture_output=True, check=False).returncode


if __name__ == "__main__":
    main()
