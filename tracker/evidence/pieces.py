"""What was given to show something, entry by entry, and whether the copy of it is what it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from tracker.coherence import Fault
from tracker.errors import AmbiguousId, BadValue
from tracker.message import Message
from tracker.model import SHORT, STAMP, Change, Exhibit, Milestone
from tracker.store import Store
from tracker.store.evidence import digest_of


class Condition(StrEnum):
    """How it is with the copy that an entry names."""

    LINK = "link"
    KEPT = "kept"
    ALTERED = "altered"
    MISSING = "missing"


class Piece(Struct, frozen=True):
    """An entry that shows something; `stamps` are the timestamps of its copy."""

    milestone: Milestone
    change: Change
    stamps: tuple[Exhibit, ...] = ()
    is_undone: bool = False

    @property
    def exhibit(self) -> Exhibit | None:
        return self.change.exhibit

    @property
    def said(self) -> str:
        """The address or the file, as it was given."""
        return self.change.evidence or (self.exhibit.origin if self.exhibit else "")


class EvidenceHoldings:
    """What a store keeps, with the entries that name it; contents are read when they are asked."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def pieces(self) -> list[Piece]:
        """Every entry that shows something, or brought a document, in order of id and history."""
        every = self._store.all()
        stamps: dict[str, tuple[Exhibit, ...]] = {}
        for change in (c for m in every for c in m.exhibits):
            if change.exhibit and change.exhibit.stamps:
                of = change.exhibit.stamps
                stamps[of] = (*stamps.get(of, ()), change.exhibit)
        return [
            Piece(m, c, stamps.get(c.exhibit.sha256, ()) if c.exhibit else (), c.digest in undone)
            for m in every
            for undone in [{c.undoes for c in m.history if c.undoes}]
            for c in m.history
            if (c.evidence or c.exhibit) and c.verb != STAMP
        ]

    @cached_property
    def naming(self) -> dict[str, list[Piece]]:
        """The entries that name each copy, by its SHA-256."""
        found: dict[str, list[Piece]] = {}
        for piece in self.pieces:
            if piece.exhibit:
                found.setdefault(piece.exhibit.sha256, []).append(piece)
        return found

    def of(self, keys: Sequence[str], uids: Iterable[str]) -> list[Piece]:
        """Those of milestones, and those whose copies have names that begin so; all without both.

        Raises BadValue and AmbiguousId for a beginning that names none, or two copies.
        """
        starts = [self._named(key) for key in keys]
        wanted = set(uids)
        if not starts and not wanted:
            return self.pieces
        return [
            piece
            for piece in self.pieces
            if piece.milestone.uid in wanted or (piece.exhibit and piece.exhibit.sha256 in starts)
        ]

    def _named(self, start: str) -> str:
        found = sorted(digest for digest in self.naming if digest.startswith(start.lower()))
        if not found:
            said = "No evidence that is kept begins with {start}."
            raise BadValue(said, "`tracker evidence list` names what there is.", start=start)
        if len(found) > 1:
            raise AmbiguousId(
                "{start} may be {found}.", "Give more of it.", start=start, found=tuple(found[:5])
            )
        return found[0]

    @cached_property
    def _sizes(self) -> Mapping[str, int]:
        return self._store.exhibits()

    def condition(self, exhibit: Exhibit | None) -> Condition:
        """What its size alone tells, without reading it."""
        if exhibit is None:
            return Condition.LINK
        size = self._sizes.get(exhibit.sha256)
        if size is None:
            return Condition.MISSING
        return Condition.KEPT if size == exhibit.size else Condition.ALTERED

    def content(self, exhibit: Exhibit) -> bytes | None:
        """The bytes of a copy; None if they are not those that were kept."""
        content = self._store.exhibit(exhibit.sha256)
        is_it = content is not None and digest_of(content) == exhibit.sha256
        return content if is_it else None

    def examined(self, exhibit: Exhibit) -> Condition:
        """What reading all of it tells."""
        there = self.condition(exhibit)
        if there is Condition.KEPT and self.content(exhibit) is None:
            return Condition.ALTERED
        return there

    def faults(self) -> Iterator[Fault]:
        """Yield what is named and is missing or altered; each content is read once."""
        known: dict[str, Condition] = {}
        for m in self._store.all():
            for exhibit in (change.exhibit for change in m.exhibits if change.exhibit):
                if exhibit.sha256 not in known:
                    known[exhibit.sha256] = self.examined(exhibit)
                if (found := known[exhibit.sha256]) is not Condition.KEPT:
                    name, digest = exhibit.name, exhibit.sha256[:SHORT]
                    what = Message(_TOLD[found], name=name, digest=digest)
                    yield Fault(m.id, what, Message(_PUT_BACK, id=m.id))


_TOLD = {
    Condition.MISSING: Message("has evidence, {name} ({digest}), whose copy is missing"),
    Condition.ALTERED: Message("has evidence, {name} ({digest}), whose copy was altered"),
}
_PUT_BACK = Message(
    "Put the same file back with `tracker evidence add {id} FILE`, or restore it from a copy."
)
