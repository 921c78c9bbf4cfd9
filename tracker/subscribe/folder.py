"""A folder that is written to as readers read: whole files, and nothing outside it.

Each file is replaced at one go, so that whoever reads meanwhile, or after a crash, has the old one
or the new one. Every step within the folder goes by descriptors that follow no links, where folders
have descriptors (not on Windows).
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from tracker.errors import OutputFailed, TrackerError, system_reason
from tracker.message import Message

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

MANY = 4096
"""Files that are put in place together."""

_FEW = 128
"""Files that are waited for until the disk has them. Of more, what a power failure takes is found
and made again by whoever publishes next."""

# The same each time, since one process at a time writes: what a killed one left is taken over.
_DRAFT = ".tracker-draft"
_LOCK = ".tracker-published.lock"
_NEVER_THROUGH = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_READING = os.O_RDONLY | _NEVER_THROUGH | _BINARY | getattr(os, "O_NONBLOCK", 0)
_WRITING = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
_TOUCHES = (1 << 53) - 1
"""What JSON keeps of a number (RFC 8259 §6)."""


class _Opened(Struct, frozen=True):
    """A folder that is open; `descriptor` is None where folders have none: paths are gone by."""

    path: str
    descriptor: int | None

    def at(self, name: str) -> str:
        """What to call a file in it, together with `dir_fd=descriptor`."""
        return os.path.join(self.path, name) if self.descriptor is None else name  # noqa: PTH118  # as os takes it

    def below(self, name: str, *, make: bool) -> _Opened:
        """The folder of that name in it. Raises NotADirectoryError for a link too."""
        path = os.path.join(self.path, name)  # noqa: PTH118  # the same
        if make:
            with suppress(FileExistsError):
                os.mkdir(self.at(name), dir_fd=self.descriptor)
                self.sync()
        if self.descriptor is not None:
            flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
            return _Opened(path, os.open(name, flags, dir_fd=self.descriptor))
        if not stat.S_ISDIR(os.lstat(path).st_mode):
            raise NotADirectoryError
        return _Opened(path, None)

    def sync(self) -> None:
        """Make what was renamed, removed or made in it last."""
        if self.descriptor is not None:
            os.fsync(self.descriptor)

    def close(self) -> None:
        if self.descriptor is not None:
            os.close(self.descriptor)


class Folder:
    """The folder, held for one process while it is open. It is made if it is missing.

    Raises OutputFailed with the reason, and TrackerError when another process holds it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open: dict[str, _Opened] = {}
        self._drafts: list[tuple[str, str]] = []
        self._writing: list[Future[None]] = []
        self._opened = ExitStack()
        self.is_kept = True
        """Whether the disk has all that was put in place."""

    def __enter__(self) -> Self:
        with self.failing(), ExitStack() as opened:
            self._open[""] = self._begin(opened)
            self._clear()
            self._opened = opened.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            with suppress(OSError):
                for each in self._writing:
                    each.exception()
                self._clear()
        self._opened.close()

    # -- what is there ----------------------------------------------------------------------------

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None if there is none, or something that is no file."""
        with suppress(OSError):
            folder, at = self._place(name)
            # A pipe would wait for its writer.
            with os.fdopen(os.open(at, _READING, dir_fd=folder.descriptor), "rb") as file:
                return file.read() if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
        return None

    def stands(self, name: str) -> bool:
        """Whether something of that name is there, a file or not."""
        with suppress(FileNotFoundError):
            folder, at = self._place(name)
            os.stat(at, dir_fd=folder.descriptor, follow_symlinks=False)
            return True
        return False

    def touched(self, names: Iterable[str]) -> int | None:
        """A number that is another as soon as one of the files is written; None if one is gone."""
        root = self._open[""]
        at, descriptor, total = root.at, root.descriptor, 0
        try:
            for name in names:
                found = os.stat(at(name), dir_fd=descriptor, follow_symlinks=False)
                total += found.st_mtime_ns + found.st_size
        except OSError:
            return None
        return total & _TOUCHES

    def state(self, folder: str) -> int | None:
        """A number that is another as soon as a file in a folder comes, goes or is replaced.

        None where that cannot be told, as on Windows.
        """
        with suppress(OSError):
            found = self._inside(folder)
            if found is not None and found.descriptor is not None:
                return os.fstat(found.descriptor).st_ctime_ns & _TOUCHES
        return None

    # -- what is written --------------------------------------------------------------------------

    @property
    def is_full(self) -> bool:
        """Whether as many were added as are put in place together."""
        return len(self._drafts) >= MANY

    def add(self, name: str, content: bytes) -> None:
        """Write what is put in place with the next `put`.

        The disk takes the first while others are made; it takes what comes at once together.
        """
        draft = f"{_DRAFT}{len(self._drafts)}"
        self._drafts.append((draft, name))
        self._place(name, make=True)  # by one thread
        self.is_kept = self.is_kept and len(self._drafts) <= _FEW
        if self.is_kept:
            self._writing.append(self._writers.submit(self._draft, draft, name, content))
        else:
            self._draft(draft, name, content, lasting=False)

    @cached_property
    def _writers(self) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor

        return self._opened.enter_context(ThreadPoolExecutor(16))

    def put(self) -> None:
        """Put what was added in place, each whole."""
        for each in self._writing:
            each.result()
        self._writing.clear()
        for draft, name in self._drafts:
            self._move(draft, name)
        self._sync({name.rpartition("/")[0] for _, name in self._drafts})
        self._drafts.clear()

    def write(self, name: str, content: bytes) -> None:
        """Put one file in place at once."""
        self._draft(_DRAFT, name, content)
        self._move(_DRAFT, name)
        self._sync({name.rpartition("/")[0]})

    def remove(self, names: Sequence[str]) -> None:
        for name in names:
            with suppress(FileNotFoundError):
                folder, at = self._place(name)
                os.unlink(at, dir_fd=folder.descriptor)
        self._sync({name.rpartition("/")[0] for name in names})

    @contextmanager
    def failing(self) -> Iterator[None]:
        """Say what the system refuses."""
        try:
            yield
        except OSError as error:
            raise OutputFailed(
                "{path} cannot be written: {reason}. What is there stays whole.",
                "Make room or give the rights, and publish again.",
                path=self.path,
                reason=system_reason(error),
            ) from None

    # -- within the folder ------------------------------------------------------------------------

    def _begin(self, opened: ExitStack) -> _Opened:
        from tracker.store.lock import held_folder

        path = str(self.path)
        try:
            with suppress(FileExistsError):
                self.path.mkdir()
            if not self.path.is_dir():
                raise NotADirectoryError
            return _Opened(path, opened.enter_context(held_folder(path, _LOCK, timeout=0)))
        except TimeoutError:  # an OSError too
            raise TrackerError(
                "Another process is publishing to {path}; nothing was changed.",
                "Try again in a moment.",
                path=self.path,
            ) from None
        except FileNotFoundError:
            raise OutputFailed(
                "There is no folder {parent} to make {name} in.",
                "Make it first, or publish to another folder.",
                parent=self.path.parent,
                name=self.path.name,
            ) from None
        except NotADirectoryError:
            raise OutputFailed(
                "{path} is not a folder.", "Publish to a folder, such as public.", path=self.path
            ) from None

    def _inside(self, folder: str, *, make: bool = False) -> _Opened | None:
        """One of the folders in it; None if it is missing."""
        if folder not in self._open:
            above, _, name = folder.rpartition("/")
            parent = self._inside(above, make=make)
            if parent is None:
                return None
            try:
                self._open[folder] = parent.below(name, make=make)
            except FileNotFoundError:
                return None
            except NotADirectoryError:
                raise OutputFailed(
                    "{path} is a link or a file where a folder has to be; nothing is "
                    "written outside.",
                    "Move it away, or publish to another folder.",
                    path=self.path / folder,
                ) from None
            self._opened.callback(self._open[folder].close)
        return self._open[folder]

    def _place(self, name: str, *, make: bool = False) -> tuple[_Opened, str]:
        """The folder of a file, and what the file is called in it. Raises FileNotFoundError."""
        above, _, last = name.rpartition("/")
        if (folder := self._inside(above, make=make)) is None:
            raise FileNotFoundError(errno.ENOENT, Message("its folder is gone"))
        return folder, folder.at(last)

    def _draft(self, draft: str, name: str, content: bytes, *, lasting: bool = True) -> None:
        """Write a draft, and wait until the disk has it if it is to be `lasting`."""
        root = self._open[""]
        folder, target = self._place(name, make=True)
        with os.fdopen(os.open(root.at(draft), _WRITING, 0o666, dir_fd=root.descriptor), "wb") as f:
            with suppress(FileNotFoundError):
                kept = os.stat(target, dir_fd=folder.descriptor, follow_symlinks=False)
                if stat.S_ISREG(kept.st_mode) and os.name == "posix":
                    os.fchmod(f.fileno(), kept.st_mode & 0o777)
            f.write(content)
            if lasting:
                f.flush()
                os.fsync(f.fileno())

    def _move(self, draft: str, name: str) -> None:
        root = self._open[""]
        folder, target = self._place(name, make=True)
        os.replace(root.at(draft), target, src_dir_fd=root.descriptor, dst_dir_fd=folder.descriptor)

    def _sync(self, folders: Iterable[str]) -> None:
        for folder in folders:
            if folder in self._open:
                self._open[folder].sync()

    def _clear(self) -> None:
        """Take away what was drafted and not put in place, by one that was killed too."""
        root = self._open[""]
        with os.scandir(root.path if root.descriptor is None else root.descriptor) as entries:
            drafts = [entry.name for entry in entries if entry.name.startswith(_DRAFT)]
        for draft in drafts:
            os.unlink(root.at(draft), dir_fd=root.descriptor)
