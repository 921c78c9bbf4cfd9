"""Milestones in one JSON file that stock TinyDB opens, safe from other writers and from crashes.

A change holds a lock on a file beside it, reads, lays out the rows that changed, writes all to a
temporary file in the same folder, syncs it, renames it over the old one and syncs the folder. So a
reader needs no lock: what it opens is the old file or the new one, whole.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NoReturn, TypeVar

from msgspec import Raw

from tracker.errors import StoreExists, StoreFailed, StoreLocked, StoreMissing
from tracker.model import Milestone
from tracker.query import Query, Selection, select
from tracker.store import Snapshot
from tracker.store.kept import Kept
from tracker.store.layout import Layout, join, laid_out, lay_out

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.coherence import Fault

T = TypeVar("T")

_REASONS = {
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.EROFS: "the disk is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "part of its path is no folder",
    errno.EIO: "the disk reports an error",
    errno.ELOOP: "its symbolic links go in a circle",
    errno.ENAMETOOLONG: "its name is too long",
}


class FileStore:
    """`url` is the path; symbolic links are followed and stay."""

    def __init__(self, url: str, lock_timeout: float) -> None:
        self.url = url
        self._lock_timeout = lock_timeout

    def create(self, milestones: list[Milestone]) -> None:
        with self._failing("written"):
            self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._locked():
            if self._path.exists() or self._path.is_symlink():
                raise StoreExists(
                    f"{self.url} is there already.", "Give another place with --file, or use it."
                )
            self._replace(join({m.id: lay_out(m) for m in milestones}))

    def all(self) -> list[Milestone]:
        rows = self._layout().milestones()
        return [rows[id] for id in sorted(rows)]

    def get(self, id: int) -> Milestone | None:
        return Kept(self._layout().milestones()).get(id)

    def beginning(self, start: str) -> list[Milestone]:
        return Kept(self._layout().milestones()).beginning(start)

    def known(self, uids: Iterable[str]) -> dict[str, Milestone]:
        return Kept(self._layout().milestones()).known(uids)

    def select(self, query: Query) -> Selection:
        return select(self.all(), query)

    def version(self) -> str:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            self._missing()
        except OSError as error:
            self._unreadable(error)
        return _version(found)

    def snapshot(self, earlier: Snapshot | None = None) -> Snapshot:
        layout, version = self._read()
        return Snapshot(version, layout.again(earlier.kept if earlier else {}))

    def faults(self) -> list[Fault]:
        return []

    def change(self, work: Callable[[FileTransaction], T]) -> T:
        with self._failing("read"):
            if not self._path.exists():
                self._missing()
        with self._locked():
            transaction = FileTransaction(self._layout())
            result = work(transaction)
            if transaction.changed:
                self._replace(transaction.content())
            return result

    def _layout(self) -> Layout:
        return self._read()[0]

    def _read(self) -> tuple[Layout, str]:
        try:
            with open(os.path.expanduser(self.url), "rb") as file:
                # The version first: what is written in place meanwhile makes it another.
                found = os.fstat(file.fileno())
                content = file.read()
        except FileNotFoundError:
            self._missing()
        except OSError as error:
            self._unreadable(error)
        written = datetime.fromtimestamp(found.st_mtime, UTC)
        return Layout(content, self.url, written), _version(found)

    def _unreadable(self, error: OSError) -> NoReturn:
        raise StoreFailed(
            f"{self.url} cannot be read: {_reason(error)}.",
            "Make it readable, or give another store with --file.",
        ) from None

    def _missing(self) -> NoReturn:
        raise StoreMissing(
            f"There is no store at {self.url}.",
            "Run `tracker init` to make one, or name one with --file.",
        )

    @contextmanager
    def _locked(self) -> Iterator[None]:
        from tracker.store.lock import acquire  # a reader needs none

        target = self._target
        with self._failing("locked"):
            try:
                held = acquire(target.with_name(f".{target.name}.lock"), self._lock_timeout)
            except TimeoutError:
                # It is an OSError too, and not one of the disk's.
                raise StoreLocked(
                    f"Another process has held {self.url} for {self._lock_timeout:g} seconds; "
                    "nothing was changed.",
                    "Try again, or end that process.",
                ) from None
        try:
            yield
        finally:
            # The change is made or refused by now; the end of the process lets go in any case.
            with suppress(OSError):
                os.close(held)

    @property
    def _path(self) -> Path:
        # For writers: pathlib is a twentieth of the time that a listing takes.
        from pathlib import Path

        return Path(self.url).expanduser()

    @property
    def _target(self) -> Path:
        return self._path.resolve()

    def _replace(self, content: bytes) -> None:
        """Put the content in place of the file, or leave the old one as it was."""
        target = self._target
        # One fixed name, since the lock is held: what a killed writer left is taken over.
        draft = target.with_name(f".{target.name}.new")
        with self._failing("written"):
            self._refuse_read_only(target)
            try:
                draft.unlink(missing_ok=True)
                self._write_draft(draft, target, content)
                draft.replace(target)
            except BaseException:
                with suppress(OSError):
                    draft.unlink(missing_ok=True)
                raise
        try:
            _sync_folder(target.parent)
        except OSError as error:
            raise StoreFailed(
                f"The change is in {self.url}, but the disk did not confirm it: {_reason(error)}.",
                "Look at it with `tracker log` before you try again.",
            ) from None

    def _write_draft(self, draft: Path, target: Path, content: bytes) -> None:
        with draft.open("xb") as file:
            with suppress(FileNotFoundError):
                kept = target.stat()
                os.fchmod(file.fileno(), kept.st_mode & 0o7777)
                with suppress(PermissionError):
                    os.fchown(file.fileno(), kept.st_uid, kept.st_gid)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def _refuse_read_only(self, target: Path) -> None:
        if target.exists() and not target.is_file():
            raise PermissionError(errno.EACCES, "it is no file")
        # A rename would replace a file that its owner made read-only, and root passes every check.
        if target.exists() and not target.stat().st_mode & 0o222:
            raise PermissionError(errno.EACCES, "the file is read-only")

    @contextmanager
    def _failing(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreFailed(
                f"{self.url} cannot be {what}: {_reason(error)}. Nothing was changed.",
                "Make room or give the rights, or name another store with --file.",
            ) from None


class FileTransaction(Kept):
    def __init__(self, layout: Layout) -> None:
        # All of it is read before any of it is written: a damaged row is no ground to build on.
        super().__init__(layout.milestones())
        self._layout = layout

    def content(self) -> bytes:
        """The whole file; a row of ours that did not change keeps its bytes."""
        changed = {id: lay_out(m) for id, m in self.changed.items()}
        spliced = self._layout.spliced(changed, self._rows)
        if spliced is not None:
            return spliced
        rows: dict[int, bytes | Raw] = {
            id: row if laid_out(row) else lay_out(self._rows[id])
            for id, row in self._layout.rows().items()
        }
        return join(rows | changed)


def _version(found: os.stat_result) -> str:
    # Every change of ours puts another file in the place of the old one; others write in place.
    return f"{found.st_ino}-{found.st_size}-{found.st_mtime_ns}-{found.st_ctime_ns}"


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower()
