"""Who may read a file that is replaced whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.store.whole_file import write_file

pytestmark = pytest.mark.skipif(os.name != "posix", reason="this system has no modes")


@pytest.fixture(autouse=True)
def _umask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


def test_a_file_keeps_its_mode_and_a_new_one_has_what_is_usual(tmp_path: Path) -> None:
    path = tmp_path / "told.json"
    write_file(path, b"1", "")
    assert (path.read_bytes(), mode(path)) == (b"1", 0o640)
    path.chmod(0o604)
    write_file(path, b"2", "")
    assert (path.read_bytes(), mode(path)) == (b"2", 0o604)
    write_file(path, b"3", "", mode=0o600)
    assert mode(path) == 0o600
