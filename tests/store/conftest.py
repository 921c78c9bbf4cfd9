"""A store of each engine, for what all of them must do alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.postgres import Server
from tests.store.memory import MemoryStore
from tracker.store import Store, open_store


@pytest.fixture(params=["file", "memory", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    match request.param:
        case "file":
            return open_store(str(tmp_path / "m.json"))
        case "memory":
            return MemoryStore()
    server: Server = request.getfixturevalue("postgres")
    return open_store(server.new_url())
