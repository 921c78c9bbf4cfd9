"""Whether the tests that reach a changed line notice the change, in trees of their own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue

from coverage import CoverageData

from tests.mutants.changes import Mutant
from tests.mutants.watching import REACH, TIMES

ROOT = Path(__file__).parents[2]
TESTS = (
    *("tests/model", "tests/report", "tests/merge/test_merge.py", "tests/test_query.py"),
    *("tests/test_actions.py", "tests/test_python.py", "tests/store", "tests/cli"),
    *("tests/hostile/test_files.py", "tests/hostile/test_passwords.py"),
)
_FOREIGN = (
    *("bar", "calendar", "contract", "engines", "help", "hooks", "import_sheet", "instants"),
    *("ledger_returns", "mcp", "notify", "odd_places", "output", "pseudo", "publishing", "pull"),
    *("readme", "syncing"),
)
"""Tests of commands that are about other rooms, and take more time than all the rest."""

_SAID = "said.txt"
_WAITS = 900
"""Seconds by the clock after which what waits for nothing has been noticed too."""


class Trees:
    """Copies of the project, since its source is changed, and what each test reaches there.

    `root` is the first. Whoever works on the project meanwhile changes nothing that is tried.
    """

    def __init__(self, folder: Path) -> None:
        self.root = first = folder / "0"
        _copy(first)
        foreign = [f"--ignore=tests/cli/test_{name}.py" for name in _FOREIGN]
        if not _passes(first, (*TESTS, *foreign), f"--note-reach={first}"):
            sys.exit(f"The tests fail before anything is changed.\n{_said(first)}")
        self._reached = CoverageData(str(first / REACH))
        self._reached.read()
        times = json.loads((first / TIMES).read_text())
        self._seconds = dict(sorted(times.items(), key=lambda taken: taken[1]))
        if not self._hold(first, set(self._seconds)):
            sys.exit(f"The tests fail in another order.\n{_said(first)}")
        self.count = 2
        self._free: SimpleQueue[Path] = SimpleQueue()
        self._free.put(first)
        for place in range(1, self.count):
            self._free.put(Path(shutil.copytree(first, folder / str(place))))

    def notice(self, mutant: Mutant) -> bool:
        """Whether a test fails, or runs on, once this is changed."""
        tree = self._free.get()
        path = tree / mutant.path
        whole = path.read_bytes()
        path.write_bytes(mutant.source)
        try:
            return not all(self._hold(tree, nodes) for nodes in self._reaching(mutant))
        finally:
            path.write_bytes(whole)
            self._free.put(tree)

    def _reaching(self, mutant: Mutant) -> Iterator[set[str]]:
        """The tests that reach what was changed: all of them if importing does.

        Those of the file that has most of them come first, since to begin with one is soon done.
        """
        by_line = self._reached.contexts_by_lineno(str(self.root / mutant.path))
        reaching = {node for line in mutant.lines for node in by_line.get(line, ())}
        nodes = reaching & self._seconds.keys() or (self._seconds.keys() if reaching else set())
        counted = Counter(map(_file, nodes))
        nearest = max(counted, key=lambda file: ("/cli/" not in file, counted[file]), default="")
        yield {node for node in nodes if _file(node) == nearest}
        yield {node for node in nodes if _file(node) != nearest}

    def _hold(self, tree: Path, nodes: set[str]) -> bool:
        """Whether these pass, the fastest first, each in a multiple of its own time."""
        limits = {n: 2 + 10 * taken for n, taken in self._seconds.items() if n in nodes}
        if not limits:
            return True
        named = tree / "limits.json"
        named.write_text(json.dumps(limits))
        files = dict.fromkeys(map(_file, limits))
        # What was compiled when nothing was changed serves for all that is not.
        return _passes(tree, tuple(files), f"--hold-to={named}", "-B")


def _file(node: str) -> str:
    return node.partition("::")[0]


def _copy(tree: Path) -> None:
    for part in ("tracker", "tests", "seeds", "docs", "benchmarks"):
        shutil.copytree(ROOT / part, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ROOT.iterdir():
        if file.is_file() and file.suffix in (".py", ".toml", ".json", ".md"):
            shutil.copy(file, tree)


def _passes(tree: Path, files: Sequence[str], how: str, *python: str) -> bool:
    """Whether the tests pass, of few examples and without what takes long to start."""
    words = ["-m", "pytest", "-x", "-q", "-n0", "-p", "no:cacheprovider"]
    words += ["-p", "tests.mutants.watching", how, "-k", "not postgres and not processes"]
    words += ["--hypothesis-profile=brief", "--hypothesis-seed=0", *files]
    run = subprocess.Popen(
        [sys.executable, *python, *words],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree)},  # so that what a test starts is changed too
        stdin=subprocess.DEVNULL,
        stdout=(tree / _SAID).open("w"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        return run.wait(_WAITS) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        with suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)  # also what it left running
        run.wait()


def _said(tree: Path) -> str:
    return (tree / _SAID).read_text()[-2000:]
