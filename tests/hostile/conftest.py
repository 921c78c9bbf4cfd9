"""The command line run in this process, as in tests/cli."""

from __future__ import annotations

import os

import pytest

from tests.cli.conftest import home, run

__all__ = ("home", "run")


@pytest.fixture(autouse=True)
def no_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of changes are made here, and tests/faults is where they are durable."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
