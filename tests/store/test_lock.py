"""A lock on a file, for where a folder cannot be locked."""

from __future__ import annotations

import os
import stat
from errno import ENOLCK
from pathlib import Path

import pytest

from tracker.store.lock import held_file, held_folder


def test_a_held_file_keeps_others_out_until_it_is_let_go_or_deleted(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    for _ in range(2):
        with held_file(path, 0.05):
            with pytest.raises(TimeoutError), held_file(path, 0.05):
                pass
            path.unlink()
            with held_file(path, 0.05):
                assert path.exists()


def test_a_lock_is_not_taken_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic"), held_file(tmp_path / "lock", 0.05):
        pass
    assert not (tmp_path / "elsewhere").exists()


def test_a_file_is_locked_where_the_disk_locks_no_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl", reason="this system locks no folders")
    flock = fcntl.flock

    def of_files(descriptor: int, how: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(ENOLCK, "No locks available")
        flock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", of_files)
    path = tmp_path / "lock"
    with held_folder(str(tmp_path), "lock", 0.05), pytest.raises(TimeoutError), held_file(path, 0):
        pass
    with held_file(path, 0.05):
        assert path.exists()
