"""`make bench`: the tables of `docs/performance.md` on stdout, and what is being done on stderr.

`python -m benchmarks [--rounds N] [--only list,done,export,import,growth,serve]`, in the checkout.
The tracker is measured from its wheel in a new environment without extras: what they bring, such as
a `.pth` file that is read at each start, is not the tracker's.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count, pairwise
from pathlib import Path
from statistics import median

from benchmarks import serving as server
from benchmarks.programs import PEERS, Program, Tracker, environment, found
from benchmarks.table import Table, milliseconds, per_megabyte, ratio
from benchmarks.timing import Figure, Job, in_turn, job
from benchmarks.wheel import ROOT, installed

MANY = 10_000


class Bench:
    """The environment, the folders of milestones by their number, and the programs there are."""

    def __init__(self, folder: Path, rounds: int) -> None:
        self.folder = folder
        self.rounds = rounds
        _say("building the wheel and a clean environment")
        self.python = installed(folder)
        self.bare = job([self.python, "-c", "pass"], environment(folder))
        self._made: dict[int, list[Program]] = {}

    def data(self, size: int, *, peers: bool = False) -> Path:
        """The folder of so many milestones."""
        folder = self.folder / str(size)
        if not folder.exists():
            _say(f"making {size:,} milestones")
            words = [sys.executable, "-m", "benchmarks.milestones", str(folder), str(size)]
            subprocess.run([*words, *(["peers"] if peers else [])], check=True, cwd=ROOT)
        return folder

    def tracker(self, size: int) -> Tracker:
        program = self.programs(size)[0]
        if not isinstance(program, Tracker):
            raise TypeError(program.name)
        return program

    def programs(self, size: int) -> list[Program]:
        """The tracker first, then each peer that is installed."""
        if size not in self._made:
            folder = self.data(size, peers=size <= MANY)
            programs: list[Program] = [Tracker(str(Path(self.python).with_name("tracker")), folder)]
            for name, peer in PEERS.items() if size <= MANY else ():
                path = found(name)
                if path is not None:
                    _say(f"taking {size:,} milestones into {name}")
                    programs.append(peer(path, folder))
            self._made[size] = programs
        return self._made[size]

    def run(self, jobs: dict[str, Job]) -> dict[str, Figure]:
        """Run them in turn with a bare Python, which is the unit."""
        _say(f"running {', '.join(jobs)}")
        return in_turn({"bare Python": self.bare, **jobs}, self.rounds)


def listing(bench: Bench) -> Iterator[Table]:
    """All that is overdue, which here is everything."""
    for terminal in (False, True):
        where = "on a terminal" if terminal else "piped"
        table = Table(
            f"`overdue`, {where}", ["program", "100", "1,000", "10,000", "of bare Python at 100"]
        )
        sizes = {}
        for size in (100, 1_000, MANY):
            jobs = {
                p.name: job(p.overdue(), p.environment, terminal=terminal)
                for p in bench.programs(size)
            }
            sizes[size] = bench.run(jobs)
        smallest = sizes[100]
        for name in smallest:
            times = [milliseconds(figures[name]) for figures in sizes.values()]
            table.add(name, *times, ratio(smallest[name], smallest["bare Python"]))
        yield table


def finishing(bench: Bench) -> Iterator[Table]:
    """One marked as done: the tracker's change is on the disk when it ends."""
    table = Table(f"One marked as done at {MANY:,}", ["program", "ms", "of Taskwarrior"])
    jobs = {}
    for program in bench.programs(MANY):
        if program.done(1) is not None:
            each = map(program.done, count(1))
            jobs[program.name] = Job(each.__next__, program.environment)
    figures = bench.run(jobs)
    for name, figure in figures.items():
        table.add(name, milliseconds(figure), ratio(figure, figures.get("Taskwarrior")))
    yield table


def exporting(bench: Bench) -> Iterator[Table]:
    """The whole calendar, written from nothing, again, and after one change."""
    ours = bench.tracker(MANY)
    numbers = count(1_001)

    def change() -> None:
        _quietly(ours.done(next(numbers)), ours.environment)

    jobs = {
        "tracker, from nothing": Job(ours.export, ours.environment, before=ours.forget),
        "tracker, after one change": Job(ours.export, ours.environment, before=change),
    }
    for program in bench.programs(MANY)[1:]:
        if (words := program.export()) is not None:
            jobs[program.name] = job(words, program.environment)
    writing = [bench.python, str(ROOT / "benchmarks" / "with_icalendar.py"), "write", str(MANY)]
    jobs["icalendar, event by event"] = job(writing, ours.environment)
    figures = bench.run(jobs)
    figures["tracker serve, after one change"] = _served_again(bench, figures)
    table = Table(
        f"{MANY:,} written as iCalendar",
        ["program", "ms", "MB written", "ms per MB", "of calcurse"],
    )
    for name, figure in figures.items():
        written = f"{figure.written / 1e6:.1f}"
        each = per_megabyte(figure)
        table.add(name, milliseconds(figure), written, each, ratio(figure, figures.get("calcurse")))
    yield table


def _served_again(bench: Bench, figures: Mapping[str, Figure]) -> Figure:
    """What the server takes for the same, which goes on running and keeps what it wrote."""
    ours = bench.tracker(MANY)
    store = shutil.copy(bench.data(MANY) / "milestones.json", ours.home / "served.json")
    words = [bench.python, str(ROOT / "benchmarks" / "again.py"), str(store), str(bench.rounds)]
    told = subprocess.run(words, env=ours.environment, check=True, capture_output=True, text=True)
    took = [float(seconds) for seconds in told.stdout.split()]
    alike = figures["tracker, from nothing"]._replace(runs=bench.rounds)
    return alike._replace(seconds=median(took), fastest=min(took), slowest=max(took))


def importing(bench: Bench) -> Iterator[Table]:
    """Another program's calendar taken into an empty store."""
    ours = bench.tracker(MANY)
    calendar = str(bench.data(MANY) / "milestones.ics")
    empty = ours.home / "empty.json"

    def make_empty() -> None:
        empty.unlink(missing_ok=True)
        _quietly([ours.path, "--file", str(empty), "init"], ours.environment)

    taking = [ours.path, "--file", str(empty), "import", "ics", calendar]
    reading = [bench.python, str(ROOT / "benchmarks" / "with_icalendar.py"), "read", calendar]
    calcurse = found("calcurse")
    jobs = {
        "tracker, stored": Job(lambda: taking, ours.environment, before=make_empty),
        "icalendar, parsed only": job(reading, ours.environment),
    }
    if calcurse is not None:
        folder = ours.home / "imported"

        def clear() -> None:
            shutil.rmtree(folder, ignore_errors=True)

        words = [calcurse, "-D", str(folder), "-i", calendar]
        jobs["calcurse, stored"] = Job(lambda: words, ours.environment, before=clear)
    figures = bench.run(jobs)
    table = Table(f"{MANY:,} events read from iCalendar", ["program", "ms", "of icalendar"])
    for name, figure in figures.items():
        table.add(name, milliseconds(figure), ratio(figure, figures["icalendar, parsed only"]))
    yield table


def growth(bench: Bench) -> Iterator[Table]:
    """Time and memory of the tracker from 1,000 to 100,000 in one file."""
    sizes = (1_000, MANY, 100_000)
    heads = ["command", *(f"{size:,}" for size in sizes), "growth", "peak", "of the file"]
    table = Table("Ten times the milestones", heads)
    found: dict[str, list[Figure]] = {}
    for size in sizes:
        ours = bench.tracker(size)
        each = map(ours.done, count(501))
        jobs = {
            "`overdue`": job(ours.overdue(), ours.environment),
            "`overdue`, terminal": job(ours.overdue(), ours.environment, terminal=True),
            "`overdue --limit 20`": job([*ours.overdue(), "--limit", "20"], ours.environment),
            "`done`": Job(each.__next__, ours.environment),
            "`export ics`, from nothing": Job(ours.export, ours.environment, before=ours.forget),
            "`export ics`, again": job(ours.export(), ours.environment),
        }
        for name, figure in bench.run(jobs).items():
            found.setdefault(name, []).append(figure)
    size = ours.store.stat().st_size
    for name, figures in found.items():
        times = [milliseconds(figure) for figure in figures]
        grown = [f"{after.seconds / before.seconds:.1f} ×" for before, after in pairwise(figures)]
        memory = figures[-1].memory
        table.add(
            name, *times, " and ".join(grown), f"{memory / 1e6:.0f} MB", f"{memory / size:.1f} ×"
        )
    yield table


def serving(bench: Bench) -> Iterator[Table]:
    """Feeds over HTTP, if the programs for it are here."""
    if lacking := server.missing():
        _say(f"no serving, for want of {', '.join(lacking)}")
        return
    _say("serving, beside nginx")
    yield from server.answers(bench.tracker(MANY), max(3, bench.rounds // 2))


MEASUREMENTS: dict[str, Callable[[Bench], Iterator[Table]]] = {
    "list": listing,
    "done": finishing,
    "export": exporting,
    "import": importing,
    "growth": growth,
    "serve": serving,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=11, help="of each measurement")
    parser.add_argument("--only", default=",".join(MEASUREMENTS), help="measurements, by comma")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tracker-bench-") as folder:
        bench = Bench(Path(folder), asked.rounds)
        for name in asked.only.split(","):
            for table in MEASUREMENTS[name](bench):
                _print(f"{table}\n")
        _print(_conditions(bench))


def _conditions(bench: Bench) -> str:
    programs = bench.programs(100)
    versions = ", ".join(f"{p.name} {p.version()}" for p in programs)
    load = os.getloadavg()[0]
    return (
        f"Medians of {bench.rounds} runs in turn (3 of what takes over 3 s). {versions};"
        f" Python {platform.python_version()}; {os.cpu_count()} × {_processor()}; Linux"
        f" {platform.release()}; load at the end {load:.1f}."
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(": ")[2]
    return platform.machine()


def _quietly(words: Sequence[str], environment: Mapping[str, str]) -> None:
    subprocess.run(words, env=environment, check=True, capture_output=True)


def _say(what: str) -> None:
    sys.stderr.write(f"{what} …\n")


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
