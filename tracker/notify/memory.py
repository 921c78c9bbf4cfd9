"""What each reader of a store's digests has been told, as it is kept between two runs.

A change is remembered by a fingerprint of its own, and not by a moment up to which all is told, so
that none is missed and none told twice, whatever order changes arrive in. Readers who were told
the same share one list. No address is kept, only a mark made from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256

import msgspec
from msgspec import Struct, field

from tracker.errors import BadInput
from tracker.model import Change, FieldKind, Milestone, StandingOn
from tracker.query import CRITERIA, Filter

SCHEMA = "tracker.digest/1"


class Receipt(Struct, frozen=True):
    """The last digest that a reader was told: recorded `at` (UTC), and the day it was of.

    `changes` names the list of fingerprints in `Memory.changes`.
    """

    at: datetime
    as_of: date
    changes: str = field(name="told")


class Memory(Struct, frozen=True):
    """The last receipt of each reader, by mark, and the lists of changes that they refer to."""

    schema: str = SCHEMA
    receipts: dict[str, Receipt] = field(default_factory=dict, name="tellings")
    changes: dict[str, tuple[str, ...]] = field(default_factory=dict, name="told")

    def known(self, reader: str) -> frozenset[str] | None:
        """The fingerprints of what a reader was told; None before the first digest."""
        last = self.receipts.get(reader)
        return None if last is None else frozenset(self.changes[last.changes])

    def after(
        self, readers: Iterable[str], seen: Iterable[str], at: datetime, as_of: date
    ) -> Memory:
        """What is to be remembered once these readers were told what has these fingerprints."""
        new, receipts, changes = frozenset(seen), dict(self.receipts), dict(self.changes)
        for reader in readers:
            prints = tuple(sorted(new | (self.known(reader) or frozenset())))
            name = sha256("".join(prints).encode()).hexdigest()[:16]
            receipts[reader], changes[name] = Receipt(at, as_of, name), prints
        used = {receipt.changes for receipt in receipts.values()}
        return Memory(SCHEMA, receipts, {name: p for name, p in changes.items() if name in used})


def fingerprint(m: Milestone, change: Change) -> str:
    """A mark of one change of one milestone: the same in every copy of the store."""
    return sha256(f"{m.uid} {change.at.timestamp():.6f}".encode()).hexdigest()[:12]


_ALWAYS = {"statuses": (), "owner": None, "tags": (), "text": None, "source": None}
"""What marks name though it is not asked: other words would be another mark, of another reader."""


def mark(address: str, chosen: Filter, lang: str | None) -> str:
    """A mark of a reader: where a digest goes, of which milestones, in which language.

    The days of a filter do not count: those of a saved one, such as +30d, are others every day.
    """
    asked = {
        name: sorted(_listed(value)) if isinstance(value, frozenset | StandingOn) else value
        for name, value in chosen.wanted.items()
        if CRITERIA[name].kind is not FieldKind.DAY
    }
    about = {"address": address, **_ALWAYS, **asked, "lang": lang}
    return sha256(msgspec.json.encode(about)).hexdigest()[:16]


def _listed(asked: frozenset[str] | StandingOn) -> frozenset[str]:
    return asked.among if isinstance(asked, StandingOn) else asked


def dumps(memory: Memory) -> bytes:
    return msgspec.json.format(msgspec.json.encode(memory), indent=1) + b"\n"


def loads(data: bytes, name: str) -> Memory:
    """The memory of a file. Raises BadInput: to forget would be to tell everything again."""
    try:
        memory = msgspec.json.decode(data, type=Memory)
        complete = all(receipt.changes in memory.changes for receipt in memory.receipts.values())
    except (msgspec.DecodeError, UnicodeDecodeError):
        complete = False
    if not complete or memory.schema != SCHEMA:
        said = "What was told is not readable in {name}."
        hint = "If you delete it, the next digest is a first one, of the last seven days."
        raise BadInput(said, hint, name=name)
    return memory
