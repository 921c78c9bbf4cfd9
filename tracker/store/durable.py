"""One file, read whole and replaced whole: what is acknowledged is kept, also when names move.

A change holds the lock, reads, writes all to a draft in the same folder, syncs it, makes sure that
every name still means what it meant, renames the draft over the file and syncs the folder. So a
reader needs no lock: what it opens is the old file or the new one, whole. Others ask no lock: git
checks another file out, an editor saves, a folder is renamed and made anew, a link is laid to
another file. Whatever was replaced meanwhile is read again and the work is done on that.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from stat import S_ISREG
from time import monotonic, sleep

from msgspec import Struct

from tracker.errors import StoreExists, StoreFailed, StoreLocked, system_reason
from tracker.message import Message
from tracker.store import file_path

_PAUSE = 0.01
"""Seconds before the work is done again."""

LARGEST = 1_000_000_000
"""Bytes; a million milestones are fewer, and what is larger could fill the memory."""

_RIGHTS = Message(
    "Give yourself the rights to it and its folder, or name another store with --file."
)
_ROOM = Message("Make room, or name another store with --file.")
_OTHER = Message("Name another store with --file.")
_DENIED = Message("permission denied"), _RIGHTS
_DEVICE = Message("it is a device or a pipe"), _OTHER
_REASONS = {
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: (Message("the disk is read-only"), _OTHER),
    errno.ENOSPC: (Message("the disk is full"), _ROOM),
    errno.EDQUOT: (Message("the disk quota is used up"), _ROOM),
    errno.EISDIR: (Message("it is a folder"), _OTHER),
    errno.ENOTDIR: (Message("part of its path is no folder"), _OTHER),
    errno.EIO: (Message("the disk reports an error"), _OTHER),
    errno.ELOOP: (Message("its symbolic links go in a circle"), _OTHER),
    errno.ENAMETOOLONG: (Message("its name is too long"), _OTHER),
    errno.EBUSY: (Message("it is mounted by itself"), Message("Mount its folder instead.")),
    errno.ENODEV: _DEVICE,
    errno.ENXIO: _DEVICE,
    errno.EFBIG: (
        Message("it has more than 1,000 million bytes"),
        Message("A database holds more: docs/postgresql.md."),
    ),
}

UNREAD = Message("{path} cannot be read: {reason}.")
UNWRITTEN = Message("{path} cannot be written: {reason}. Nothing was changed.")

Read = tuple[bytes, os.stat_result]
"""The bytes of a file, and what the system knew of it just before they were read."""


class FileMoved(Exception):
    """A name does not mean any more what it meant when the file was read."""


class Place(Struct, frozen=True):
    """Where the file really is, and the folder's descriptor, where folders have one.

    By that all work within goes to the folder that is locked, whatever its path means by then.
    """

    folder: str
    name: str
    descriptor: int | None

    def at(self, name: str) -> str:
        """What to call a file in it, together with `dir_fd=descriptor`."""
        return os.path.join(self.folder, name) if self.descriptor is None else name

    @property
    def draft(self) -> str:
        # One fixed name, since the folder is held: what a killed writer left is taken over.
        return self.at(f".{self.name}.new")

    def is_reached_by(self, path: str) -> bool:
        """Whether a path leads to it, and to the folder that is locked."""
        if os.path.realpath(path) != os.path.join(self.folder, self.name):
            return False
        if self.descriptor is None:
            return True
        with suppress(FileNotFoundError):
            return os.path.samestat(os.stat(self.folder), os.fstat(self.descriptor))
        return False

    def may_write(self) -> bool:
        """Whether this user may write the file itself."""
        effective = os.access in os.supports_effective_ids
        path = self.at(self.name)
        return os.access(path, os.W_OK, dir_fd=self.descriptor, effective_ids=effective)

    def stat(self) -> os.stat_result | None:
        """What is there now; None if nothing is."""
        with suppress(FileNotFoundError):
            return os.stat(self.at(self.name), dir_fd=self.descriptor)
        return None


class DurableFile:
    """`url` is the path as it was given; symbolic links are followed and stay."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._path = file_path(url)

    def read(self) -> Read:
        """Raises FileNotFoundError, and StoreFailed with the reason if it cannot be read."""
        reading = failing(UNREAD, self._url, FileNotFoundError)
        with reading, open(self._path, "rb", opener=_at_once) as file:
            # First: what is written in place meanwhile makes it another.
            found = os.fstat(file.fileno())
            if not S_ISREG(found.st_mode):
                raise OSError(errno.ENODEV, "")
            if found.st_size > LARGEST:
                raise OSError(errno.EFBIG, "")
            return file.read(), found

    def stat(self) -> os.stat_result:
        """What the system knows of it. Raises as `read` does."""
        with failing(UNREAD, self._url, FileNotFoundError):
            return os.stat(self._path)

    def create(self, content: bytes, timeout: float) -> None:
        """Make the file. Raises StoreExists when there is one."""
        with failing(UNWRITTEN, self._url):
            os.makedirs(os.path.dirname(os.path.abspath(self._path)), exist_ok=True)
        with self._held(timeout) as held:
            if os.path.lexists(self._path):
                raise StoreExists(
                    "{url} is there already.",
                    "Give another place with --file, or use it.",
                    url=self._url,
                )
            self._replace(held, content, None)

    def change(self, work: Callable[[Read], bytes | None], timeout: float) -> None:
        """Replace the content by what `work` makes of it, or leave it if that is None.

        The work is done again when a name has moved. Raises FileNotFoundError, and StoreLocked with
        nothing changed if others did not let it happen in `timeout` seconds.
        """
        patience = monotonic() + timeout
        while True:
            try:
                self.stat()
                with self._held(timeout) as held:
                    read = self.read()
                    content = work(read)
                    if content is not None:
                        self._replace(held, content, read[1])
                    return
            except FileMoved:
                if monotonic() > patience:
                    raise StoreLocked(
                        "Something kept putting other files in the place of {url} for "
                        "{timeout:g} seconds; nothing was changed.",
                        "Try again when that is over.",
                        url=self._url,
                        timeout=timeout,
                    ) from None
            sleep(_PAUSE)

    @contextmanager
    def _held(self, timeout: float) -> Iterator[Place]:
        from tracker.store.lock import held_folder  # a reader needs none

        folder, name = os.path.split(os.path.realpath(self._path))
        with ExitStack() as held:
            with failing(UNWRITTEN, self._url):
                try:
                    descriptor = held.enter_context(held_folder(folder, f".{name}.lock", timeout))
                except TimeoutError:
                    # It is an OSError too, and not one of the disk's.
                    raise StoreLocked(
                        "Another process has held {url} for {timeout:g} seconds; nothing "
                        "was changed.",
                        "Try again, or end that process.",
                        url=self._url,
                        timeout=timeout,
                    ) from None
            yield Place(folder, name, descriptor)

    def _replace(self, place: Place, content: bytes, read: os.stat_result | None) -> None:
        """Put the content in place of the file that was read, or leave all as it was.

        Raises Moved if it is another by now.
        """
        with failing(UNWRITTEN, self._url):
            with suppress(FileNotFoundError):
                os.unlink(place.draft, dir_fd=place.descriptor)
            try:
                self._write_draft(place, content, read)
                self._make_sure(place, read)
                _rename(place)
            except BaseException:
                with suppress(OSError):
                    os.unlink(place.draft, dir_fd=place.descriptor)
                raise
        try:
            _sync(place)
        except OSError as error:
            raise StoreFailed(
                "The change is in {url}, but the disk did not confirm it: {reason}.",
                "Look at it with `tracker log` before you try again.",
                url=self._url,
                reason=reason_and_hint(error)[0],
            ) from None
        if not place.is_reached_by(self._path):
            raise StoreFailed(
                "The change is in {place}, but {url} leads elsewhere by now.",
                "Look at it with `tracker log` before you try again.",
                place=os.path.join(place.folder, place.name),
                url=self._url,
            )

    def _make_sure(self, place: Place, read: os.stat_result | None) -> None:
        there = place.stat()
        same = version(there) == version(read) if there and read else there is read
        if not same or not place.is_reached_by(self._path):
            raise FileMoved

    def _write_draft(self, place: Place, content: bytes, read: os.stat_result | None) -> None:
        def prepare(draft: int) -> None:
            if read is not None:
                self._carry_over(place, draft)

        # What it may hold is nobody else's to see before the rights of the file are on it.
        mode = 0o666 if read is None else 0o600
        write_new(place.draft, content, mode, prepare, place.descriptor)

    def _carry_over(self, place: Place, draft: int) -> None:
        from tracker.store import rights  # a reader needs none

        file = os.open(place.at(place.name), os.O_RDONLY, dir_fd=place.descriptor)
        try:
            rights.refuse_unwritable(self._url, os.fstat(file), place.may_write())
            rights.carry_over(self._url, file, draft)
        finally:
            os.close(file)


def write_new(
    path: str,
    content: bytes,
    mode: int,
    prepare: Callable[[int], None],
    folder: int | None = None,
) -> None:
    """Make a file that is not there yet, and sync it; `prepare` sets the rights of its descriptor.

    `folder` is the descriptor from which the path goes.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags, mode, dir_fd=folder), "wb") as file:
        prepare(file.fileno())
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def version(found: os.stat_result) -> str:
    """A word for what a file holds: another one after every change.

    Every change of ours puts another file in the place of the old one; others write in place.
    """
    return f"{found.st_ino}-{found.st_size}-{found.st_mtime_ns}-{found.st_ctime_ns}"


def _rename(place: Place) -> None:
    folder = place.descriptor
    try:
        os.replace(place.draft, place.at(place.name), src_dir_fd=folder, dst_dir_fd=folder)
    except FileNotFoundError:
        # Somebody tidied up.
        raise FileMoved from None


def _sync(place: Place) -> None:
    if place.descriptor is not None:
        os.fsync(place.descriptor)


def _at_once(path: str, flags: int) -> int:
    # A pipe that nobody writes to would be waited for.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def reason_and_hint(error: OSError) -> tuple[str, str]:
    """What the system says of a failure, and what the user may do then."""
    return _REASONS.get(error.errno or 0) or (system_reason(error), _OTHER)


@contextmanager
def failing(sentence: str, path: object, *passing: type[OSError]) -> Iterator[None]:
    """Raise StoreFailed with the sentence for what the system says, but for what is `passing`."""
    try:
        yield
    except passing:
        raise
    except OSError as error:
        reason, hint = _REASONS.get(error.errno or 0) or (system_reason(error), _OTHER)
        raise StoreFailed(sentence, hint, path=path, reason=reason) from None
