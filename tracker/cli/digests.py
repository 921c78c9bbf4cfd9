"""What the readers of digests were told, kept in your own state folder, one file a store.

There and not beside the store, since many may read a store that they cannot write beside, and what
one of them was told is no matter of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from tracker.cli.context import App
from tracker.cli.discovery import own_folder
from tracker.errors import OutputFailed, StoreLocked, system_reason
from tracker.message import Message
from tracker.model import Milestone
from tracker.notify.memory import Memory, dumps, fingerprint, loads
from tracker.query import Query
from tracker.render.digest import ChangesSince
from tracker.report.digest import Digest, IsKnown, digest, known_before
from tracker.store.lock import held_file
from tracker.store.whole_file import held_for, whole_bytes, write_file

_FIRST_DAYS = 7
"""What a first digest looks back on: all of a long history would hide what matters."""

_UNSENT = Message("Nothing was sent. Set XDG_STATE_HOME to a folder that can be written.")
_FORGOTTEN = Message("The next digest tells the same again; make room there before.")


class DigestRequest(Struct, frozen=True):
    """What a digest is asked for, whoever reads it. `since` stands for what was told before.

    `limit` is how many items of a part are named.
    """

    query: Query
    until: date
    since: date | None
    limit: int


class Digests:
    """What was told so far of one store, and the file that keeps it."""

    def __init__(self, app: App) -> None:
        self._app = app
        url = app.store.url
        store = url if "://" in url else str(Path(url).resolve())
        name = f"{sha256(store.encode()).hexdigest()[:16]}.json"
        self.place = own_folder("state") / "digests" / name
        self.memory = self._read()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep others from telling the same, and read anew. Raises before anything is told."""
        busy = StoreLocked(
            "Another `tracker notify` is sending digests of this store.",
            "Try again when it is done.",
        )
        lock = held_file(self.place.with_suffix(".lock"), timeout=10)
        with held_for(self.place, lock, busy, _UNSENT):
            self.memory = self._read()
            yield

    @cached_property
    def _milestones(self) -> list[Milestone]:
        """Read once, so that all readers are told of the same."""
        return self._app.milestones(self._app.today)

    def of(self, reader: str, request: DigestRequest) -> tuple[Digest, tuple[ChangesSince, date]]:
        """The digest for a reader, by mark, and what its changes are counted from."""
        is_known, since = self._since(reader, request)
        return digest(self._milestones, request.query, request.until, is_known), since

    def has(self, reader: str, told: Digest) -> bool:
        """Whether a reader was told the digest of that day already, and nothing changed since."""
        last = self.memory.receipts.get(reader)
        return last is not None and last.as_of == told.as_of and not told.changes

    def remember(self, readers: Iterable[str], told: Digest, but: Set[str] = frozenset()) -> None:
        """Keep that these readers were told all `but` these fingerprints. Raises OutputFailed."""
        seen = {fingerprint(m, change) for m, change in told.seen} - but
        self.memory = self.memory.after(readers, seen, datetime.now(UTC), told.as_of)
        write_file(self.place, dumps(self.memory), _FORGOTTEN, mode=0o600)

    def _since(
        self, reader: str, request: DigestRequest
    ) -> tuple[IsKnown, tuple[ChangesSince, date]]:
        if request.since is not None:
            return known_before(request.since, request.query.as_of), (
                ChangesSince.DAY,
                request.since,
            )
        known = self.memory.known(reader)
        if known is None:
            as_of = request.query.as_of
            first = as_of - timedelta(days=min(_FIRST_DAYS, as_of.toordinal() - 1))
            return known_before(first, as_of), (ChangesSince.FIRST, first)
        last = self.memory.receipts[reader].at.astimezone().date()
        return lambda m, change: fingerprint(m, change) in known, (ChangesSince.LAST, last)

    def _read(self) -> Memory:
        try:
            return loads(whole_bytes(self.place), str(self.place))
        except (FileNotFoundError, NotADirectoryError):
            return Memory()
        except OSError as error:
            raise OutputFailed(
                "{place} cannot be read: {reason}.", place=self.place, reason=system_reason(error)
            ) from None
