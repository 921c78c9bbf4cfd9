"""The short form of the bench: each kind of fault a few times, and that the bench can fail."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults import (
    altering,
    clones,
    crowding,
    killing,
    merging,
    power,
    racing,
    refusing,
    syncing,
)
from tests.faults.outcome import Outcome

linux = pytest.mark.skipif(sys.platform != "linux", reason="strace and tmpfs are Linux's")


def nothing_wrong(outcome: Outcome) -> None:
    assert outcome.wrong == []
    assert outcome.kept == outcome.acknowledged
    assert outcome.times > 0


def test_killed_writers_lose_nothing(tmp_path: Path) -> None:
    nothing_wrong(killing.run(tmp_path, 15))


def test_a_crowd_loses_nothing_and_readers_see_whole_files(tmp_path: Path) -> None:
    nothing_wrong(crowding.run(tmp_path, 4, 15, 2))


@linux
def test_a_failing_call_leaves_the_old_file_and_a_sentence(tmp_path: Path) -> None:
    calls = ("flock", "write", "fsync", "renameat")
    nothing_wrong(refusing.each_call(tmp_path, ("ENOSPC",), calls))


@linux
def test_a_sync_that_is_killed_settles_when_it_is_run_again(tmp_path: Path) -> None:
    nothing_wrong(syncing.run(tmp_path, 1))


def test_a_write_that_stops_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    nothing_wrong(refusing.cut_short(tmp_path))


@linux
def test_real_disks_that_are_full_or_read_only(tmp_path: Path) -> None:
    for name, fault in (("full", refusing.full_disk), ("ro", refusing.read_only_disk)):
        with refusing.small_disk(tmp_path / name) as disk:
            if disk is None:
                pytest.skip("only who may mount file systems has small ones")
            nothing_wrong(fault(disk))


def test_clones_changed_apart_lose_nothing(tmp_path: Path) -> None:
    nothing_wrong(clones.run(tmp_path, 3))


def test_what_is_altered_past_the_commands_is_named(tmp_path: Path) -> None:
    nothing_wrong(altering.bytewise(tmp_path, 300))
    nothing_wrong(altering.rowwise(tmp_path))


def test_merges_of_any_clocks_stay_as_they_are_when_merged_again() -> None:
    nothing_wrong(merging.run(30))


@linux
@pytest.mark.parametrize("move", racing.MOVES)
def test_both_of_two_writers_are_kept_when_names_move(tmp_path: Path, move: str) -> None:
    nothing_wrong(racing.run(tmp_path, move, 1))


@linux
def test_lost_power_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    nothing_wrong(power.run(tmp_path))


@linux
@pytest.mark.parametrize("forgotten", ["sync", "sync folder"])
def test_the_model_of_lost_power_sees_a_forgotten_sync(tmp_path: Path, forgotten: str) -> None:
    old, new, steps = power.recorded(tmp_path)
    without = [step for step in steps if step.what != forgotten]
    assert len(without) == len(steps) - 1
    _, wrong, certain = power.replayed(tmp_path, old, new, without)
    assert wrong if forgotten == "sync" else certain == {"old", "new"}
