"""Stores to serve, and one server that tests which only read share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker import seed
from tracker.store import open_store

from .serving import Server, serving, until


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return made(tmp_path)


def made(folder: Path) -> Path:
    path = folder / "milestones.json"
    open_store(str(path)).create(seed.load("shandong-2021", 1))
    return path


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(made(tmp_path_factory.mktemp("shared"))) as server:
        # A store made just now is dated when its second is over.
        until(lambda: server.get("/feed.ics").headers, lambda told: "last-modified" in told)
        yield server
