"""The folder of kept evidence beside a store that is a file: each content once, by its SHA-256.

`evidence/sha256/ab/ab12…` holds the bytes that have this digest. Whoever writes or drops holds the
lock of the store, which is that of the folder, and so of every store in it.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

from tracker.store.durable import LARGEST, UNREAD, UNWRITTEN, failing, write_new

_NAME = re.compile(r"[0-9a-f]{64}")
_DIGESTS = re.compile(rb"[0-9a-f]{64}")
_PART = 1 << 20
_LARGEST = 500_000_000
"""Bytes: the settings allow no larger copy, and what is larger could fill the memory."""
_DRAFT = ".new"
_ITSELF = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class EvidenceFolder:
    """`store` is the path of the store's file, and `name` what messages call that."""

    def __init__(self, store: str, name: str) -> None:
        self._store = Path(store).resolve()
        self._name = name
        self._path = self._store.parent / "evidence"
        self._root = self._path / "sha256"

    def sizes(self) -> dict[str, int]:
        """The bytes of each content that is there, by its digest."""
        with failing(UNREAD, self._path):
            return {path.name: path.lstat().st_size for path in self._entries(_NAME)}

    def read(self, digest: str) -> bytes | None:
        """The bytes under this digest, whatever they are by now; None if there are none."""
        if not _NAME.fullmatch(digest):
            return None
        with failing(UNREAD, self._path), suppress(FileNotFoundError):
            path = self._folders(digest, make=False)[0] / digest
            if path.is_symlink():
                return None
            with open(path, "rb", opener=lambda p, flags: os.open(p, flags | _ITSELF)) as file:
                found = os.fstat(file.fileno())
                is_one = S_ISREG(found.st_mode) and found.st_size <= _LARGEST
                return file.read() if is_one else None
        return None

    def keep(self, contents: Mapping[str, bytes]) -> None:
        """Write each under its digest, durably, unless it is there. Raises StoreFailed."""
        for digest, content in contents.items():
            if self.read(digest) != content:
                with failing(UNWRITTEN, self._path):
                    self._write(self._folders(digest, make=True), digest, content)

    def drop(self, digests: Set[str]) -> None:
        """Take these away, and what a writer that was killed left."""
        with failing(UNWRITTEN, self._path):
            for path in list(self._entries()):
                if path.name in digests or path.suffix == _DRAFT:
                    path.unlink()

    def named_beside(self) -> set[str]:
        """Every digest that any file beside the store names: a copy, an export, another store."""
        with failing(UNREAD, self._path):
            beside = (path for path in self._store.parent.iterdir() if path.is_file())
            return set().union(*(_digests(p) for p in beside if p.stat().st_size <= LARGEST))

    def _entries(self, name: re.Pattern[str] = re.compile(".*")) -> Iterator[Path]:
        if _is_folder(self._path) and _is_folder(self._root):
            for path in self._root.glob("*/*"):
                is_within = name.fullmatch(path.name) and not path.parent.is_symlink()
                if is_within and S_ISREG(path.lstat().st_mode):
                    yield path

    def _folders(self, digest: str, *, make: bool) -> list[Path]:
        """The folders that lead to a digest, the last first. Raises FileNotFoundError."""
        levels = [self._path, self._root, self._root / digest[:2]]
        for level in levels:
            if not _is_folder(level):
                if not make:
                    raise FileNotFoundError
                self._make(level)
        return [*levels[::-1], self._path.parent]

    def _make(self, folder: Path) -> None:
        folder.mkdir(0o700)
        if os.name != "posix":
            return
        made = os.open(folder, os.O_RDONLY)
        try:
            self._carry_over(made)
        except BaseException:
            folder.rmdir()
            raise
        finally:
            os.close(made)

    def _carry_over(self, made: int) -> None:
        """Let those in who may read or write the store, and no others. Raises StoreFailed."""
        from tracker.store import rights  # what is read needs none

        rights.carry_over(self._name, self._store, made)

    def _write(self, folders: list[Path], digest: str, content: bytes) -> None:
        draft = folders[0] / (digest + _DRAFT)
        draft.unlink(missing_ok=True)
        try:
            write_new(str(draft), content, 0o600, self._carry_over)
            draft.replace(folders[0] / digest)
        except BaseException:
            with suppress(OSError):
                draft.unlink()
            raise
        for folder in folders:
            _sync(folder)


def _is_folder(path: Path) -> bool:
    """Whether it is there. Raises NotADirectoryError for a link, which may lead elsewhere."""
    if path.is_dir() and not path.is_symlink():
        return True
    if os.path.lexists(path):
        raise NotADirectoryError(errno.ENOTDIR, "")
    return False


def _digests(path: Path) -> set[str]:
    """All that may be a digest in a file, which is read in parts that overlap."""
    found: set[str] = set()
    with path.open("rb") as file:
        before = b""
        while part := file.read(_PART):
            found.update(one.decode() for one in _DIGESTS.findall(before + part))
            before = part[-63:]
    return found


def _sync(folder: Path) -> None:
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
