"""Cold processes, each timed from its start to its end, in turn with the others.

Runs of several programs alternate, so that what else the machine does meets all of them, and the
median of each is told. What a process writes is read to the end, from a pipe or from a terminal.
"""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import termios
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from statistics import median
from time import perf_counter
from typing import NamedTuple

SLOW = 3.0
"""Seconds; what takes longer has its turn in the first rounds only."""

ROUNDS_OF_THE_SLOW = 3
_ROWS, _COLUMNS = 40, 120
_TAIL = 2_000


class Run(NamedTuple):
    """One process: seconds, peak of resident memory in bytes, bytes written, the last of them."""

    seconds: float
    memory: int
    written: int
    tail: bytes


class Job(NamedTuple):
    """What is run in each round: words, their environment, and what has to be done before, untimed.

    `words` is asked anew for each run, since no milestone can be done twice.
    """

    words: Callable[[], Sequence[str] | None]
    environment: Mapping[str, str]
    terminal: bool = False
    before: Callable[[], object] = lambda: None


class Figure(NamedTuple):
    """Medians of the runs of a job, how many there were, and what the fastest and slowest took."""

    seconds: float
    memory: int
    written: int
    runs: int
    fastest: float
    slowest: float


class Failed(Exception):
    """A program ended with an error; what it wrote last is told."""


def job(words: Sequence[str], environment: Mapping[str, str], *, terminal: bool = False) -> Job:
    """One that is the same in each round."""
    return Job(lambda: words, environment, terminal)


def in_turn(jobs: Mapping[str, Job], rounds: int) -> dict[str, Figure]:
    """Run all of them in each round, after a first time that does not count."""
    first = {name: run(job) for name, job in jobs.items()}
    times: dict[str, list[Run]] = {name: [] for name in jobs}
    for turn in range(rounds):
        for name, job in jobs.items():
            if turn < ROUNDS_OF_THE_SLOW or first[name].seconds < SLOW:
                times[name].append(run(job))
    return {name: _figure(runs) for name, runs in times.items()}


def _figure(runs: Sequence[Run]) -> Figure:
    memory = int(median(run.memory for run in runs))
    written = int(median(run.written for run in runs))
    took = [run.seconds for run in runs]
    return Figure(median(took), memory, written, len(runs), min(took), max(took))


def run(job: Job) -> Run:
    """Run it once. Raises Failed."""
    job.before()
    words = list(job.words() or ())
    reading, writing = _terminal() if job.terminal else os.pipe()
    beginning = perf_counter()
    # The system counts what this process holds to each child's peak, so it holds no milestones.
    child = os.posix_spawn(
        words[0],
        words,
        job.environment,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_DUP2, writing, 1),
            (os.POSIX_SPAWN_DUP2, writing, 2),
        ],
    )
    os.close(writing)
    written, tail = 0, b""
    with suppress(OSError):  # how a terminal says that nobody writes to it any more
        while chunk := os.read(reading, 1 << 20):
            written += len(chunk)
            tail = (tail + chunk)[-_TAIL:]
    os.close(reading)
    _, status, usage = os.wait4(child, 0)
    seconds = perf_counter() - beginning
    if code := os.waitstatus_to_exitcode(status):
        raise Failed(f"{' '.join(words)} ended with {code}: {tail.decode(errors='replace')}")
    return Run(seconds, usage.ru_maxrss * 1024, written, tail)


def _terminal() -> tuple[int, int]:
    reading, writing = pty.openpty()
    fcntl.ioctl(writing, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0))
    return reading, writing
