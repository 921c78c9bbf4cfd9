"""What one call may see: of which store, on which day, for whom, and which documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from tracker.actions import ChangeContext
from tracker.errors import BadInput, OutOfOrder, system_reason
from tracker.extract import Document, read_document
from tracker.model import Milestone
from tracker.settings import Settings
from tracker.store import Store
from tracker.store.whole_file import whole_bytes

TEXT = 300_000
"""Characters of a document to read: more would keep the others waiting for seconds."""


class AgentDesk(Struct, frozen=True, dict=True):
    """One caller's. `sees` says whether a milestone is for it, and `folders` hold what it may read.

    As a reader of the store it has what the caller sees, read once.
    """

    store: Store
    settings: Settings
    clock: Callable[[], datetime]
    folders: tuple[Path, ...]
    caller: str
    sees: Callable[[Milestone], bool]
    may_write: bool

    @property
    def today(self) -> date:
        return self.clock().astimezone().date()

    @property
    def author(self) -> str:
        return f"{self.caller} via mcp"

    def occasion(self, on: date | None = None) -> ChangeContext:
        """Who changes something, and when it took effect."""
        if on is not None and on > self.today:
            raise OutOfOrder(
                "A change cannot take effect after today, and {on} does.",
                "Give {today} or an earlier day, or leave it out.",
                on=on,
                today=self.today,
            )
        return ChangeContext(self.clock, on or self.today, self.author, on is not None)

    @cached_property
    def _seen(self) -> dict[int, Milestone]:
        return {m.id: m for m in self.store.all() if self.sees(m)}

    def all(self) -> list[Milestone]:
        return list(self._seen.values())

    def get(self, id: int) -> Milestone | None:
        return self._seen.get(id)

    def beginning(self, start: str) -> list[Milestone]:
        return [m for m in self.all() if m.uid.lower().startswith(start.lower())]

    def known(self, uids: Iterable[str]) -> dict[str, Milestone]:
        wanted = frozenset(uids)
        return {m.uid: m for m in self.all() if m.uid in wanted}

    def document(self, file: str) -> Document:
        """Read a document below one of the folders. Raises BadInput for any other."""
        path = self._path(file)
        try:
            read = read_document(str(path), whole_bytes(path))
        except OSError as error:
            raise BadInput(
                "{file} cannot be read: {reason}.", file=file[:200], reason=system_reason(error)
            ) from None
        return bounded(read)

    def _path(self, file: str) -> Path:
        for folder in self.folders:
            try:
                root = folder.resolve(strict=True)
                path = (root / file).resolve(strict=True)
            except (OSError, ValueError, RuntimeError):
                continue
            # Wherever its links lead, it lies within.
            if path.is_relative_to(root) and path.is_file():
                return path
        raise BadInput(
            "There is no document {file!r} in a folder that may be read.",
            "Name a file below a folder given with --documents, or give the text itself.",
            file=file[:200],
        )


def bounded(document: Document) -> Document:
    """The document. Raises BadInput for one that is too long."""
    if len(document.text) > TEXT:
        raise BadInput(
            "{name} has {length:,} characters, and may have {most:,}.",
            "Give a part of it.",
            name=document.name,
            length=len(document.text),
            most=TEXT,
        )
    return document
