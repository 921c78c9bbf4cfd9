"""Where milestones are kept: `open_store(url)` gives the engine, and nothing of it leaves its room.

A store is read, or changed in a transaction (`change`): the work is called with a `Transaction`,
and what it `put` is durable when `change` returns, or nothing is changed and an error says why. The
work may be called more than once by an engine that retries, so it does nothing but read and put.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from msgspec import Struct

from tracker.errors import StoreFailed, StoreLocked, install_command
from tracker.model import Milestone
from tracker.query import Query, Selection
from tracker.store.masking import is_address, masked

if TYPE_CHECKING:
    from tracker.coherence import Fault

T = TypeVar("T")

_DATABASES = ("postgresql://", "postgres://")


class Effect(Struct, frozen=True):
    """What a change made of one milestone; `before` is None for a new one."""

    before: Milestone | None
    after: Milestone


AfterWrite = Callable[[], None]
Gate = Callable[[str, Sequence[Effect]], AfterWrite]
"""Is shown, by the store's url, all of a change before it is written, and raises to refuse it.

What it returns is called once that is written. Nobody waits for it: a store shows a change holding
nothing, writes what was shown if that is still right, and else does the work, and shows it, anew.
"""

SHOWN_AT_MOST = 10
"""How often a change is shown to the gate, if others are faster each time."""


def contention(url: str) -> StoreLocked:
    """Say that others were faster each time."""
    return StoreLocked(
        "{url} was changed by others {times} times while a hook looked; nothing was changed.",
        "Try again, or let before-change take less time.",
        url=url,
        times=SHOWN_AT_MOST,
    )


class Snapshot(Struct, frozen=True):
    """Every milestone of a store at one moment, and the store's version then.

    `kept` has each in order of id under what tells its engine that it is still the same, so that
    the next snapshot need not read it anew.
    """

    version: str
    kept: dict[Hashable, Milestone]

    @property
    def milestones(self) -> list[Milestone]:
        return list(self.kept.values())


class Reader(Protocol):
    """What may be asked of a store and within a change; an engine reads no more than it must."""

    def all(self) -> list[Milestone]:
        """Every milestone in order of id, the removed ones too."""

    def get(self, id: int) -> Milestone | None:
        """The milestone with this id, removed or not."""

    def beginning(self, start: str) -> list[Milestone]:
        """Those whose uid begins so, in any letter case, in order of id, removed or not."""

    def known(self, uids: Iterable[str]) -> dict[str, Milestone]:
        """Those that have one of these uids, by uid, removed or not."""


class Transaction(Reader, Protocol):
    """What a change may see and do; it sees what it has put."""

    def latest(self) -> Iterator[Milestone]:
        """Every milestone, removed or not, the last changed first."""

    def newest(self) -> datetime | None:
        """The instant (UTC) of the last change of all; None while there is no milestone."""

    def new_id(self) -> int:
        """An id that no milestone has or had."""

    def put(self, milestone: Milestone) -> None:
        """Keep this value under its id when the transaction ends."""

    def exhibits(self) -> dict[str, int]:
        """The bytes of each content that is kept as evidence, by its SHA-256."""

    def keep(self, content: bytes) -> None:
        """Keep these bytes under their SHA-256, before anything that is put is there."""

    def unnamed(self) -> dict[str, int]:
        """Of `exhibits`, what no entry of any history names, undone ones too."""

    def drop(self, digests: Iterable[str]) -> None:
        """Take away what is kept under these when the transaction ends."""


class Store(Reader, Protocol):
    """One engine. `url` is how messages name it, without a password."""

    url: str

    def create(self, milestones: list[Milestone]) -> None:
        """Make the store. Raises StoreExists when there is one."""

    def read(self, ask: Callable[[Reader], T]) -> T:
        """Return the answer of one state of the store."""

    def all(self) -> list[Milestone]:
        return self.read(lambda state: state.all())

    def get(self, id: int) -> Milestone | None:
        return self.read(lambda state: state.get(id))

    def beginning(self, start: str) -> list[Milestone]:
        return self.read(lambda state: state.beginning(start))

    def known(self, uids: Iterable[str]) -> dict[str, Milestone]:
        wanted = list(uids)
        return self.read(lambda state: state.known(wanted))

    def exhibits(self) -> dict[str, int]:
        """The bytes of each content that is kept as evidence, by its SHA-256."""

    def exhibit(self, sha256: str) -> bytes | None:
        """What is kept under a SHA-256, whatever it is by now; None if nothing is."""

    def parts(self) -> list[Milestone]:
        """Those that are or were part of another, and it may be others too."""

    def select(self, query: Query) -> Selection:
        """Answer a list's question as `query.select` does from all milestones."""

    def version(self) -> str:
        """A word that is another one after every change; cheap to ask, at any size."""

    def faults(self) -> list[Fault]:
        """What it keeps beside the milestones, so as to answer fast, and is not as they are."""

    def snapshot(self, earlier: Snapshot | None = None) -> Snapshot:
        """Everything; what has not changed since an `earlier` one is the same object as there."""

    def change(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` as one transaction and return its result once its puts are durable."""


def file_content(milestones: Iterable[Milestone]) -> bytes:
    """Return the bytes of a file that is a store of these milestones."""
    from tracker.store.writing import file_bytes

    return file_bytes(list(milestones))


def replace(url: str, milestones: Collection[Milestone], seen: str) -> None:
    """Put these in the place of all that the file at `url` had when its version was `seen`.

    Raises StoreLocked if others have changed it since.
    """
    from tracker.store.file import FileStore

    FileStore(url, 10.0).replace(milestones, seen)


def file_path(url: str) -> str:
    """The path of a store that is a file. Raises StoreFailed for the home of who has none."""
    path = os.path.expanduser(url)  # noqa: PTH111  # a listing is spared the import
    if path.split(os.sep, 1)[0] == "~":
        raise StoreFailed(
            "{url} is in a home folder, and where yours is is not known.",
            "Name the whole path, or set HOME.",
            url=url,
        )
    return path


def open_store(url: str, *, lock_timeout: float = 10.0, gate: Gate | None = None) -> Store:
    """Return the store that `url` names: a path, or `postgresql://…`.

    `lock_timeout` is how many seconds a change waits for another process, and `gate` is what each
    change passes. Nothing is read yet.
    """
    if url.startswith(_DATABASES):
        return _postgres(url, lock_timeout, gate)
    if not url:
        raise StoreFailed("The name of the store is empty.", "Give the path of a file.")
    if is_address(url):
        raise StoreFailed(
            "{url} is no place for a store that there is.",
            "Give the path of a file, or an address such as postgresql://user@host/name, with the "
            "password in PGPASSWORD.",
            url=masked(url),
        )
    from tracker.store.file import FileStore

    return FileStore(url, lock_timeout, gate)


def _postgres(url: str, lock_timeout: float, gate: Gate | None) -> Store:
    try:
        from tracker.store.postgres.store import PostgresStore
    except ModuleNotFoundError as error:
        raise StoreFailed(
            "A postgresql:// store needs {name}, which is not installed.",
            "Install it with: {command}",
            name=error.name,
            command=install_command("postgresql"),
        ) from None
    return PostgresStore(url, lock_timeout, gate)
