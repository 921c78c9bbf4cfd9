"""What pytest is watched by, given `-p tests.mutants.watching` and one of two options.

`--note-reach FOLDER` writes down which lines each test reaches and the processor time that it
takes. `--hold-to FILE` runs the tests that the file names, in its order, each to that many seconds
of the processor: however busy the machine is, a test has time for what it did before, and one that
runs on ends the process.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import Coverage

REACH, TIMES = "reach", "times.json"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--note-reach", type=Path)
    parser.addoption("--hold-to", type=Path)


def pytest_configure(config: pytest.Config) -> None:
    if folder := config.getoption("--note-reach"):
        config.pluginmanager.register(_Noting(folder))
    if told := config.getoption("--hold-to"):
        config.pluginmanager.register(_Holding(json.loads(told.read_text())))


class _Noting:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._times: dict[str, float] = {}
        self._coverage = Coverage(
            str(folder / REACH), source=["tracker"], config_file=False, messages=False
        )
        self._coverage.start()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._coverage.switch_context(item.nodeid)
        begun = _processor_time()
        yield
        self._times[item.nodeid] = _processor_time() - begun

    def pytest_sessionfinish(self) -> None:
        self._coverage.stop()
        self._coverage.save()
        (self._folder / TIMES).write_text(json.dumps(self._times))


class _Holding:
    def __init__(self, seconds: dict[str, float]) -> None:
        self._seconds = seconds

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        order = {node: place for place, node in enumerate(self._seconds)}
        items[:] = [item for item in items if item.nodeid in order]
        items.sort(key=lambda item: order[item.nodeid])

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        signal.setitimer(signal.ITIMER_PROF, self._seconds[item.nodeid])
        yield
        signal.setitimer(signal.ITIMER_PROF, 0)


def _processor_time() -> float:
    """Of this process and of those that it waited for."""
    return sum(os.times()[:4])
