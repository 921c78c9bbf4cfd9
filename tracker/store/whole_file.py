"""A file that is read whole, and that one process at a time replaces whole."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from tracker.errors import OutputFailed, StoreFailed, StoreLocked, system_reason
from tracker.message import Message

LARGEST = 100_000_000
"""Bytes; what is larger is no list of milestones and no document, and could fill the memory."""


def whole_bytes(path: Path) -> bytes:
    """All bytes of a file. Raises OSError for what would be waited for, or never ends."""
    # A named pipe that nobody writes to would wait for ever; a shell's <(...) has its writer.
    if path.is_fifo() and not str(path).startswith(("/dev/", "/proc/")):
        raise OSError(errno.EINVAL, Message("it is a pipe"))
    with path.open("rb") as file:
        return read_all(file)


def read_all(file: BinaryIO) -> bytes:
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise OSError(errno.EFBIG, Message("it has more than 100 million bytes"))
    return data


def write_file(path: Path, content: bytes, hint: str, mode: int | None = None) -> None:
    """Write it in place of the file, with its owner and rights; `mode` is that of a new one.

    Raises OutputFailed with why, and the hint, which says what the user may do then.
    """
    import tempfile  # what goes to a pipe needs none

    from tracker.store import rights

    draft = None
    try:
        if path.exists() and not path.is_file():
            # A device or a pipe is written to, not replaced: /dev/null has to stay what it is.
            path.write_bytes(content)
            return
        target = _target(path)
        descriptor, draft = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(descriptor, "wb") as file:
            if target.exists():
                rights.carry_over(str(path), target, descriptor)
            elif os.name == "posix":
                os.fchmod(descriptor, 0o666 & ~_umask() if mode is None else mode)
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        Path(draft).replace(target)
        draft = None
    except OSError as error:
        raise _unwritten(path, error, hint) from None
    except StoreFailed as error:
        raise OutputFailed(error.message, error.hint) from None
    finally:
        if draft is not None:
            with suppress(OSError):
                Path(draft).unlink()


def _target(path: Path) -> Path:
    """Where a file really is. Raises OSError for links in a circle, and those of other users."""
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if os.name == "posix" and path.is_symlink() and path.lstat().st_uid not in (0, os.geteuid()):
        raise OSError(errno.EACCES, Message("it is a link that another user made"))
    return target


@contextmanager
def held_for(
    path: Path, lock: AbstractContextManager[object], busy: StoreLocked, hint: str
) -> Iterator[None]:
    """Hold a lock while the file at `path` is changed, whose folder is made.

    Raises `busy` if another process holds it, and OutputFailed with the hint if it cannot be had.
    """
    held = ExitStack()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        held.enter_context(lock)
    except TimeoutError:  # an OSError too
        raise busy from None
    except OSError as error:
        raise _unwritten(path, error, hint) from None
    with held:
        yield


def _unwritten(path: Path, error: OSError, hint: str) -> OutputFailed:
    reason = system_reason(error)
    return OutputFailed("{path} cannot be written: {reason}.", hint, path=path, reason=reason)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
