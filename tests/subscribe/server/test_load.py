"""The short form of `make load`: many subscribers, slow readers, changes and restarts."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from benchmarks.load import Load, restarting, steady

SOME = Load(subscribers=50, slow=10, seconds=3, restarts=1, every=0.5, change_every=0.3)
# A reader of a byte a second holds a restart up for all of its grace, and has a test of its own.
BRISK = replace(SOME, slow=0)


def test_everybody_is_answered_while_milestones_change(tmp_path: Path) -> None:
    outcome = asyncio.run(steady(tmp_path / "steady", SOME))
    assert outcome.seen.wrong == []
    assert outcome.seen.again.total() == 0
    assert set(outcome.seen.statuses) == {200, 304}
    assert outcome.seen.statuses.total() > 2 * SOME.subscribers
    assert outcome.changes > 0
    assert len(outcome.memory) > 0


def test_what_was_asked_before_a_restart_is_answered_and_all_come_back(tmp_path: Path) -> None:
    outcome = asyncio.run(restarting(tmp_path / "restarting", BRISK))
    assert outcome.seen.wrong == []
    assert outcome.stops == 1
    assert outcome.seen.statuses.total() > SOME.subscribers
