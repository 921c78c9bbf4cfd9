"""Milestones in one JSON file that stock TinyDB opens, safe from other writers and from crashes."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from msgspec import Raw

from tracker.errors import StoreLocked, StoreMissing
from tracker.message import Message
from tracker.model import EMPTY, SHORT, Milestone, continued, record_head, with_attestation
from tracker.query import Query, Selection, select
from tracker.store import (
    SHOWN_AT_MOST,
    Effect,
    Gate,
    Reader,
    Snapshot,
    Store,
    contention,
    file_path,
)
from tracker.store.durable import DurableFile, Read, version
from tracker.store.in_memory import InMemoryTransaction
from tracker.store.layout import Layout
from tracker.store.migrate import SEALED
from tracker.store.writing import file_bytes, is_own_layout, join, lay_out

if TYPE_CHECKING:
    from tracker.coherence import Fault
    from tracker.store.archive import EvidenceFolder

T = TypeVar("T")

_LAST = datetime.max.replace(microsecond=0, tzinfo=UTC).timestamp()


class FileStore(Store):
    """`url` is the path; symbolic links are followed and stay."""

    def __init__(self, url: str, lock_timeout: float, gate: Gate | None = None) -> None:
        self.url = url
        self._file = DurableFile(url)
        self._lock_timeout = lock_timeout
        self._gate = gate

    def create(self, milestones: list[Milestone]) -> None:
        shown = [Effect(None, m) for m in milestones]
        told = self._gate(self.url, shown) if self._gate and shown else None
        self._file.create(file_bytes(milestones), self._lock_timeout)
        if told is not None:
            told()

    def read(self, ask: Callable[[Reader], T]) -> T:
        return ask(InMemoryTransaction(self._layout().milestones()))

    def exhibits(self) -> dict[str, int]:
        return self._evidence.sizes()

    def exhibit(self, sha256: str) -> bytes | None:
        return self._evidence.read(sha256)

    @property
    def _evidence(self) -> EvidenceFolder:
        """That of the folder to which the name leads by now."""
        from tracker.store.archive import EvidenceFolder  # a listing needs none

        return EvidenceFolder(file_path(self.url), self.url)

    def parts(self) -> list[Milestone]:
        layout = self._layout()
        return list(layout.milestones().values()) if layout.has_parts else []

    def select(self, query: Query) -> Selection:
        return select(self.all(), query)

    def version(self) -> str:
        try:
            return version(self._file.stat())
        except FileNotFoundError:
            raise self._missing() from None

    def snapshot(self, earlier: Snapshot | None = None) -> Snapshot:
        read = self._read()
        layout = self._laid_out(read)
        return Snapshot(version(read[1]), layout.again(earlier.kept if earlier else {}))

    def faults(self) -> list[Fault]:
        layout = self._layout()
        schema, head = layout.schema, layout.head()
        if layout.is_found and head is None:
            return []  # older ones had none, and get theirs with the next change
        from tracker.coherence import Fault

        if schema < SEALED:
            what = Message(
                "says that it is of schema {schema}, which had neither head nor digests",
                schema=schema,
            )
        elif head == record_head(layout.milestones().values()).digest:
            return []
        else:
            what = (
                Message("is not the record whose head was written last, {head}", head=head[:SHORT])
                if head
                else Message("is not the record that was written last")
            )
        advice = Message(
            "A row or an entry was put in, taken out or altered past the commands; "
            "restore it from a copy of the file."
        )
        return [Fault(0, what, advice)]

    def change(self, work: Callable[[FileTransaction], T]) -> T:
        if self._gate is not None:
            return self._shown(work, self._gate)
        return self._changed(work)

    def _changed(self, work: Callable[[FileTransaction], T]) -> T:
        results: list[T] = []

        def changed(read: Read) -> bytes | None:
            transaction = FileTransaction(self._laid_out(read), self)
            results.append(work(transaction))
            self._settle_evidence(transaction)
            return transaction.content() if transaction.changed else None

        self._change(changed)
        return results[-1]

    def _shown(self, work: Callable[[FileTransaction], T], gate: Gate) -> T:
        """Do the work on what is there, show it, and write it if that is there still."""
        for _ in range(SHOWN_AT_MOST):
            read = self._read()
            transaction = FileTransaction(self._laid_out(read), self)
            result = work(transaction)
            if not transaction.changed:
                if not (transaction.kept or transaction.dropped):
                    return result
                gate(self.url, ())  # what is only read has no copies to keep or drop
                return self._changed(work)
            content = transaction.content()  # which may attest more than the work put
            told = gate(self.url, transaction.effects)
            if self._written(transaction, content, read[0]):
                told()
                return result
        raise contention(self.url)

    def _written(self, transaction: FileTransaction, content: bytes, seen: bytes) -> bool:
        """Put what a transaction made in the place of what was seen, if that is what is there."""
        same: list[bool] = []

        def as_shown(now: Read) -> bytes | None:
            same.append(now[0] == seen)
            if same[-1]:
                self._settle_evidence(transaction)
            return content if same[-1] else None

        self._change(as_shown)
        return same[-1]

    def replace(self, milestones: Collection[Milestone], seen: str) -> None:
        """Put these in the place of all that there was when the version was `seen`.

        Raises StoreLocked if others have changed it since.
        """

        def replaced(read: Read) -> bytes:
            if version(read[1]) != seen:
                raise StoreLocked(
                    "{url} was changed by others meanwhile; nothing was changed.",
                    "Try again.",
                    url=self.url,
                )
            return file_bytes(milestones)

        self._change(replaced)

    def _change(self, work: Callable[[Read], bytes | None]) -> None:
        try:
            self._file.change(work, self._lock_timeout)
        except FileNotFoundError:
            raise self._missing() from None

    def _settle_evidence(self, transaction: FileTransaction) -> None:
        """Keep and drop, before anything is written: no entry names what is not there."""
        if transaction.kept:
            self._evidence.keep(transaction.kept)
        if transaction.dropped:
            self._evidence.drop(transaction.dropped)

    def named_beside(self) -> set[str]:
        """Every digest that a file in the same folder names."""
        return self._evidence.named_beside()

    def _layout(self) -> Layout:
        return self._laid_out(self._read())

    def _read(self) -> Read:
        try:
            return self._file.read()
        except FileNotFoundError:
            raise self._missing() from None

    def _laid_out(self, read: Read) -> Layout:
        content, found = read
        # Some disks keep years that a date has not, which say nothing; the epoch says so.
        written = found.st_mtime if 0 <= found.st_mtime <= _LAST else 0
        # Some editors put a mark before the text, which means nothing in UTF-8.
        text = content.removeprefix(BOM_UTF8)
        return Layout(text, self.url, datetime.fromtimestamp(written, UTC))

    def _missing(self) -> StoreMissing:
        return StoreMissing(
            "There is no store at {url}.",
            "Run `tracker init` to make one, or name one with --file.",
            url=self.url,
        )


class FileTransaction(InMemoryTransaction):
    def __init__(self, layout: Layout, store: FileStore) -> None:
        # All of it is read before any of it is written: a damaged row is no ground to build on.
        super().__init__(layout.milestones(), store.exhibits)
        self._layout = layout
        self._store = store

    def unnamed(self) -> dict[str, int]:
        """As elsewhere, but for what another file in the folder names, which shares the copies."""
        beside = self._store.named_beside()
        return {digest: n for digest, n in super().unnamed().items() if digest not in beside}

    def content(self) -> bytes:
        """The whole file; a row of ours that did not change keeps its bytes."""
        if self._layout.is_found:
            for m in with_attestation(self.all(), self._rows.values()):
                self.put(m)
        changed = {id: lay_out(m) for id, m in self.changed.items()}
        head = self._head()
        spliced = self._layout.spliced(changed, self._rows, head)
        if spliced is not None:
            return spliced
        rows: dict[int, bytes | Raw] = {
            id: row if is_own_layout(row) else lay_out(self._rows[id])
            for id, row in self._layout.rows().items()
        }
        return join(rows | changed, head)

    def _head(self) -> str:
        """The head after the change: continued from the one there is if all that is new is last.

        One that does not fit the rows goes on not to fit, and `check` finds it.
        """
        if self._layout.is_found:
            return record_head(self.all()).digest
        head = self._layout.head() or EMPTY
        known = {id: len(m.history) for id, m in self._rows.items() if id in self.changed}
        new = [c for id, m in self.changed.items() for c in m.history[known.get(id, 0) :]]
        newest = max((m.recorded_at for m in self._rows.values()), default=None)
        is_last = not newest or all(change.at > newest for change in new)
        if is_last or head != record_head(self._rows.values()).digest:
            return continued(head, new)
        return record_head(self.all()).digest
