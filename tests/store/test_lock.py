"""A lock on a file, for where a folder cannot be locked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.store.lock import held_file


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
