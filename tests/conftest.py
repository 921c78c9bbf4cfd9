"""What tests of several rooms share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgres import FLEETING, Server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One server for all tests of a process, started by the first that needs it."""
    server = Server.begin(FLEETING)
    yield server
    server.end()
