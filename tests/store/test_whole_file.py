"""Files that are read and replaced whole: how large they may be, and who may read them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from tracker.store import whole_file
from tracker.store.whole_file import read_all, write_file

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
    assert mode(path) == 0o604, "whoever lets a server read its tokens does so for good"
    path.unlink()
    write_file(path, b"4", "", mode=0o600)
    assert mode(path) == 0o600


def test_what_is_larger_than_may_be_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_file, "LARGEST", 4)
    assert read_all(BytesIO(b"1234")) == b"1234"
    with pytest.raises(OSError, match="more than"):
        read_all(BytesIO(b"12345"))
