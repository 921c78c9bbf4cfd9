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
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import msgspec
from msgspec import Struct

from tracker.errors import OutputFailed, TrackerError, why
from tracker.message import Message, watched
from tracker.subscribe.drafts import MANY, Batch, MadeFrom, laid_out
from tracker.subscribe.pieces import GZIP_HEAD, Bundle, Content, Kept, MadePiece, key_of

LISTED = ".tracker-published.json"
"""The list of our files."""

_KEYS = ".tracker-published.keys"
"""What they were made from; without it all is made again, and what is the same stays."""

_FEW = 16
"""Files that the disk is asked for one by one."""

# The same each time, since one process at a time writes: what a killed one left is taken over.
_DRAFT = ".tracker-draft"
# What an address may look like, with or without .gz; a list that names anything else is not ours.
_NAME = re.compile(r"([a-z0-9_-]+/){0,2}[a-z0-9_-]+(\.[0-9]+)?\.[a-z]+(\.gz)?", re.ASCII)
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
        self._known = frozenset[str]()
        self._listing = ""  # a hash of the list as it stands
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

    def publish(self, bundles: Iterable[Bundle], *, overwrite: bool = False) -> Published:
        """Put each document at its path and, packed, at the same with .gz; withdraw what is gone.

        What is made from the same as last time is not made again, and a file that is as it should
        be is not touched. Refuses, before anything is written, to replace files that are not ours;
        `overwrite` makes them ours, and makes everything again.
        """
        with self._failing():
            self._clear()
            ours = self._listed()
            made = MadeFrom() if overwrite else self._made()
            every = list(bundles)
            stale = self._stale(every, ours, made)
            if not overwrite:
                self._refuse(self._foreign(stale, ours))
            paths = {path for bundle in every for path in bundle.paths}
            again = {path for bundle in stale for path in bundle.paths}
            kept = {n for n in ours if (p := n.removesuffix(".gz")) in paths and p not in again}
            if stale or len(kept) < len(ours):
                self._remove(_KEYS)
            if len(fresh := again - ours) > MANY:  # so that the list is not written ever again
                self._list(ours | fresh | {f"{path}.gz" for path in fresh})
            written, named = set[str](), set[str]()
            pieces = {path: laid for path, laid in made.pieces.items() if path in paths}
            with Batch(self._put_ours) as batch:
                for path, content in self._contents(stale, made):
                    pieces[path] = laid_out(content)
                    for suffix, file in content.files.items():
                        named.add(name := path + suffix)
                        if self._read(name) != file:
                            written.add(path)
                            batch.add(name, file)
            gone = sorted((ours | self._known) - kept - named)
            for name in gone:
                self._remove(name)
            self._sync()
            self._list(kept | named)
            if stale or gone:
                keys = {bundle.paths[0]: bundle.key.hex() for bundle in every}
                past = MadeFrom(
                    keys, {p: laid for p, laid in pieces.items() if laid}, self._listing
                )
                self._write(_KEYS, msgspec.json.encode(past))
        withdrawn = {
            path for n in gone if n in ours and (path := n.removesuffix(".gz")) not in paths
        }
        in_order = [path for bundle in every for path in bundle.paths]
        return Published(
            [path for path in in_order if path in written],
            [path for path in in_order if path not in written],
            sorted(withdrawn),
        )

    def _stale(
        self, bundles: Iterable[Bundle], ours: frozenset[str], made: MadeFrom
    ) -> list[Bundle]:
        """Those that are not as they were, or of which a file is missing."""
        missing = {name.removesuffix(".gz") for name in ours - self._there(ours)}
        return [
            bundle
            for bundle in bundles
            if made.keys.get(bundle.paths[0]) != bundle.key.hex()
            or not ours.issuperset(bundle.paths)
            or not missing.isdisjoint(bundle.paths)
        ]

    def _contents(self, stale: Sequence[Bundle], made: MadeFrom) -> Iterator[tuple[str, Content]]:
        for bundle in watched(stale, Message("Making feeds and pages")):
            for path in bundle.paths:
                yield path, bundle.recipe(path).content(self._kept(path, made.pieces.get(path, ())))

    def _foreign(self, stale: Iterable[Bundle], ours: Set[str]) -> Iterator[str]:
        """Files of others where ours are to be, and that are not the same already."""
        for bundle in stale:
            for path in bundle.paths:
                for name in (path, f"{path}.gz"):
                    if name not in ours and self._stands(name):
                        files = bundle.recipe(path).content({}).files
                        if self._read(name) != files.get(name.removeprefix(path)):
                            yield name

    def _kept(self, path: str, laid: Sequence[tuple[str, int, int]]) -> Kept:
        """The pieces that a file of ours was made of, as they stand in it."""
        plain, packed = self._read(path) or b"", self._read(f"{path}.gz") or b""
        if not laid or len(plain) != sum(size for _, size, _ in laid):
            return {}
        found, at, packed_at = {}, 0, len(GZIP_HEAD)
        for key, size, packed_size in laid:
            deflated = packed[packed_at : packed_at + packed_size]
            found[bytes.fromhex(key)] = MadePiece(plain[at : at + size], deflated)
            at, packed_at = at + size, packed_at + packed_size
        return found

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

    def _listed(self) -> frozenset[str]:
        content = self._read(LISTED)
        if content is None:
            return self._known
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
        self._known, self._listing = frozenset(listed.files), key_of(content).hex()
        return self._known

    def _made(self) -> MadeFrom:
        """What our files were made from, if that is known of just those that are listed."""
        with suppress(msgspec.DecodeError, RecursionError):
            made = msgspec.json.decode(self._read(_KEYS) or b"", type=MadeFrom)
            if made.listing == self._listing:
                return made
        return MadeFrom()

    def _there(self, names: Iterable[str]) -> set[str]:
        """Those of the names that stand for a file or a link."""
        found = set[str]()
        for above in {name.rpartition("/")[0] for name in names}:
            if (folder := self._inside(above)) is not None:
                prefix = f"{above}/" if above else ""
                at = folder.path if folder.descriptor is None else folder.descriptor
                with os.scandir(at) as entries:
                    found |= {prefix + e.name for e in entries if e.is_file(follow_symlinks=False)}
        return found

    def _list(self, names: Set[str]) -> None:
        if self._known == names and self._listing:
            return
        content = msgspec.json.format(msgspec.json.encode(_Listed(sorted(names))), indent=1) + b"\n"
        self._write(LISTED, content)
        self._open[""].sync()
        self._known, self._listing = frozenset(names), key_of(content).hex()

    def _put_ours(self, files: Sequence[tuple[str, bytes]]) -> None:
        """Put files in place, listed first: what a crash leaves is known to be ours."""
        self._list(self._known | {name for name, _ in files})
        self._put(files)

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
        self._put([(name, content)])

    def _put(self, files: Sequence[tuple[str, bytes]]) -> None:
        """Put files in place, each whole; of many the disk is asked once for all."""
        root = self._open[""]
        drafts = [root.at(f"{_DRAFT}{number or ''}") for number in range(len(files))]
        at_once = len(files) > _FEW and hasattr(os, "sync")
        try:
            for draft, (name, content) in zip(drafts, files, strict=True):
                self._draft(draft, name, content, lasting=not at_once)
            if at_once:
                os.sync()
            for draft, (name, _) in zip(drafts, files, strict=True):
                folder, target = self._place(name, make=True)
                os.replace(draft, target, src_dir_fd=root.descriptor, dst_dir_fd=folder.descriptor)
        except BaseException:
            for draft in drafts:
                with suppress(OSError):
                    os.unlink(draft, dir_fd=root.descriptor)
            raise

    def _draft(self, draft: str, name: str, content: bytes, *, lasting: bool) -> None:
        """Write what will be a file; `lasting` waits until the disk has it."""
        at = self._open[""].descriptor
        folder, target = self._place(name, make=True)
        with suppress(FileNotFoundError):
            os.unlink(draft, dir_fd=at)
        with os.fdopen(os.open(draft, _WRITING, 0o666, dir_fd=at), "wb") as file:
            with suppress(FileNotFoundError):
                kept = os.stat(target, dir_fd=folder.descriptor, follow_symlinks=False)
                if stat.S_ISREG(kept.st_mode) and os.name == "posix":
                    os.fchmod(file.fileno(), kept.st_mode & 0o777)
            file.write(content)
            file.flush()
            if lasting:
                os.fsync(file.fileno())

    def _remove(self, name: str) -> None:
        with suppress(FileNotFoundError):
            folder, at = self._place(name)
            os.unlink(at, dir_fd=folder.descriptor)

    def _clear(self) -> None:
        """Take away what one that was killed had drafted."""
        root = self._open[""]
        with os.scandir(root.path if root.descriptor is None else root.descriptor) as entries:
            drafts = [entry.name for entry in entries if entry.name.startswith(_DRAFT)]
        for draft in drafts:
            os.unlink(root.at(draft), dir_fd=root.descriptor)

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
