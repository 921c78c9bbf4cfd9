"""A folder that a web server gives out: whole files, ours told from others', nothing outside it.

Each file is replaced at one go, so that whoever reads meanwhile, or after a crash, has the old one
or the new one. A list in the folder says which files are ours: others are neither replaced nor
deleted. Every step within the folder goes by descriptors that follow no links, where folders have
descriptors (not on Windows).
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import msgspec
from msgspec import Struct

from tracker.errors import OutputFailed, TrackerError, why
from tracker.message import Message
from tracker.subscribe.feeds import Content

LISTED = ".tracker-published.json"
"""The list of our files."""

# One for all, since one process at a time writes: what a killed one left is taken over.
_DRAFT = ".tracker-draft"
# What an address may look like, with or without .gz; a list that names anything else is not ours.
_NAME = re.compile(r"([a-z0-9_-]+/){0,2}[a-z0-9_-]+\.[a-z]+(\.gz)?", re.ASCII)
_LOCK = ".tracker-published.lock"
_NEVER_THROUGH = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_READING = os.O_RDONLY | _NEVER_THROUGH | _BINARY | getattr(os, "O_NONBLOCK", 0)
_WRITING = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY


class Published(Struct, frozen=True):
    """What became of the addresses, in order; a file and its .gz are one."""

    written: list[str]
    unchanged: list[str]
    withdrawn: list[str]


class _Folder(Struct, frozen=True):
    """One that is open; `descriptor` is None where folders have none, and paths are gone by."""

    path: str
    descriptor: int | None

    def at(self, name: str) -> str:
        """What to call a file in it, together with `dir_fd=descriptor`."""
        return os.path.join(self.path, name) if self.descriptor is None else name  # noqa: PTH118  # as os takes it

    def below(self, name: str, *, make: bool) -> _Folder:
        """The folder of that name in it. Raises NotADirectoryError for a link too."""
        path = os.path.join(self.path, name)  # noqa: PTH118  # the same
        if make:
            with suppress(FileExistsError):
                os.mkdir(self.at(name), dir_fd=self.descriptor)
        if self.descriptor is not None:
            flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
            return _Folder(path, os.open(name, flags, dir_fd=self.descriptor))
        if not stat.S_ISDIR(os.lstat(path).st_mode):
            raise NotADirectoryError
        return _Folder(path, None)

    def sync(self) -> None:
        """Make the renames and removals in it last."""
        if self.descriptor is not None:
            os.fsync(self.descriptor)

    def close(self) -> None:
        if self.descriptor is not None:
            os.close(self.descriptor)


class Publication:
    """The folder, held for one process while it is open. It is made if it is missing.

    Raises OutputFailed with the reason, and TrackerError when another process holds it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open: dict[str, _Folder] = {}
        self._opened = ExitStack()

    def __enter__(self) -> Self:
        with self._failing(), ExitStack() as opened:
            self._open[""] = self._begin(opened)
            self._opened = opened.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._opened.close()

    def publish(self, documents: Mapping[str, Content], *, overwrite: bool = False) -> Published:
        """Put each content at its path and, packed, at the same with .gz; withdraw what is gone.

        A file that is as it should be is not touched. Refuses, before anything is written, to
        replace files that are not ours; `overwrite` makes them ours.
        """
        files = {
            name: content
            for path, document in documents.items()
            for name, content in ((path, document.plain), (f"{path}.gz", document.gzipped))
        }
        with self._failing():
            ours = self._listed()
            changed = [name for name in files if self._read(name) != files[name]]
            if not overwrite:
                self._refuse(name for name in changed if name not in ours and self._stands(name))
            self._list(ours | files.keys())  # first: what a crash leaves is known to be ours
            for name in changed:
                self._write(name, files[name])
            gone = sorted(ours - files.keys())
            for name in gone:
                self._remove(name)
            self._sync()
            self._list(files.keys())
        written = {name.removesuffix(".gz") for name in changed}
        return Published(
            [path for path in documents if path in written],
            [path for path in documents if path not in written],
            sorted({name.removesuffix(".gz") for name in gone} - documents.keys()),
        )

    def _begin(self, opened: ExitStack) -> _Folder:
        from tracker.store.lock import held_folder

        path = str(self._path)
        try:
            with suppress(FileExistsError):
                self._path.mkdir()
            if not self._path.is_dir():
                raise NotADirectoryError
            return _Folder(path, opened.enter_context(held_folder(path, _LOCK, timeout=0)))
        except TimeoutError:  # an OSError too
            raise TrackerError(
                "Another process is publishing to {path}; nothing was changed.",
                "Try again in a moment.",
                path=self._path,
            ) from None
        except FileNotFoundError:
            raise OutputFailed(
                "There is no folder {parent} to make {name} in.",
                "Make it first, or publish to another folder.",
                parent=self._path.parent,
                name=self._path.name,
            ) from None
        except NotADirectoryError:
            raise OutputFailed(
                "{path} is not a folder.", "Publish to a folder, such as public.", path=self._path
            ) from None

    # -- which files are ours -------------------------------------------------------------------

    def _listed(self) -> set[str]:
        content = self._read(LISTED)
        if content is None:
            return set()
        try:
            listed = msgspec.json.decode(content, type=_Listed)
        except (msgspec.DecodeError, RecursionError):
            listed = None
        if listed is None or not all(map(_NAME.fullmatch, listed.files)):
            raise OutputFailed(
                "{path}, the list of what was published, is damaged.",
                "Delete it, and publish once more with --overwrite.",
                path=self._path / LISTED,
            )
        return set(listed.files)

    def _list(self, names: Iterable[str]) -> None:
        content = msgspec.json.format(msgspec.json.encode(_Listed(sorted(names))), indent=1) + b"\n"
        if self._read(LISTED) != content:
            self._write(LISTED, content)
            self._open[""].sync()

    def _refuse(self, foreign: Iterable[str]) -> None:
        names = list(foreign)
        if names:
            more = f" (and {len(names) - 1} more)" if len(names) > 1 else ""
            raise OutputFailed(
                "{path}{more} would be replaced, and something else made it.",
                "Publish to a folder of its own, or replace it with --overwrite.",
                path=self._path / names[0],
                more=more,
            )

    # -- within the folder ------------------------------------------------------------------------

    def _inside(self, folder: str, *, make: bool = False) -> _Folder | None:
        """One of our folders; None if it is missing."""
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
                    path=self._path / folder,
                ) from None
            self._opened.callback(self._open[folder].close)
        return self._open[folder]

    def _place(self, name: str, *, make: bool = False) -> tuple[_Folder, str]:
        """The folder of a file, and what the file is called in it. Raises FileNotFoundError."""
        above, _, last = name.rpartition("/")
        if (folder := self._inside(above, make=make)) is None:
            raise FileNotFoundError(errno.ENOENT, Message("its folder is gone"))
        return folder, folder.at(last)

    def _read(self, name: str) -> bytes | None:
        """The bytes of a file; None if there is none, or something that is no file."""
        with suppress(OSError):
            folder, at = self._place(name)
            # A pipe would wait for its writer.
            with os.fdopen(os.open(at, _READING, dir_fd=folder.descriptor), "rb") as file:
                return file.read() if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
        return None

    def _stands(self, name: str) -> bool:
        with suppress(FileNotFoundError):
            folder, at = self._place(name)
            os.stat(at, dir_fd=folder.descriptor, follow_symlinks=False)
            return True
        return False

    def _write(self, name: str, content: bytes) -> None:
        root, (folder, target) = self._open[""], self._place(name, make=True)
        draft, at = root.at(_DRAFT), root.descriptor
        with suppress(FileNotFoundError):
            os.unlink(draft, dir_fd=at)
        try:
            with os.fdopen(os.open(draft, _WRITING, 0o666, dir_fd=at), "wb") as file:
                with suppress(FileNotFoundError):
                    kept = os.stat(target, dir_fd=folder.descriptor, follow_symlinks=False)
                    if stat.S_ISREG(kept.st_mode) and os.name == "posix":
                        os.fchmod(file.fileno(), kept.st_mode & 0o777)
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, target, src_dir_fd=at, dst_dir_fd=folder.descriptor)
        except BaseException:
            with suppress(OSError):
                os.unlink(draft, dir_fd=at)
            raise

    def _remove(self, name: str) -> None:
        with suppress(FileNotFoundError):
            folder, at = self._place(name)
            os.unlink(at, dir_fd=folder.descriptor)

    def _sync(self) -> None:
        """Make renames and removals last."""
        for folder in self._open.values():
            folder.sync()

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputFailed(
                "{path} cannot be written: {reason}. What is there stays whole.",
                "Make room or give the rights, and publish again.",
                path=self._path,
                reason=why(error),
            ) from None


class _Listed(Struct, frozen=True):
    files: list[str]
    schema: Literal["tracker.published/1"] = "tracker.published/1"
