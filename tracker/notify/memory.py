"""What each reader of a store's digests has been told, as it is kept between two runs.

A change is remembered by a fingerprint of its own, and not by a moment up to which all is told, so
that none is missed and none told twice, whatever order changes arrive in. Readers who were told
the same share one list. No address is kept, only a mark made from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct

from tracker.errors import BadInput
from tracker.model import Change, Kind, Milestone
from tracker.query import CRITERIA, Filter

SCHEMA = "tracker.digest/1"


class Telling(Struct, frozen=True):
    """The last digest that a reader was told: recorded `at` (UTC), the day it was of, and `told`.

    `told` names the list of fingerprints in `Memory.told`.
    """

    at: datetime
    as_of: date
    told: str


class Memory(Struct, frozen=True):
    """The last telling of each reader, by mark, and the lists of changes that they refer to."""

    schema: str = SCHEMA
    tellings: dict[str, Telling] = {}
    told: dict[str, tuple[str, ...]] = {}

    def known(self, reader: str) -> frozenset[str] | None:
        """The fingerprints of what a reader was told; None before the first digest."""
        last = self.tellings.get(reader)
        return None if last is None else frozenset(self.told[last.told])

    def after(
        self, readers: Iterable[str], seen: Iterable[str], at: datetime, as_of: date
    ) -> Memory:
        """What is to be remembered once these readers were told what has these fingerprints."""
        new, tellings, told = frozenset(seen), dict(self.tellings), dict(self.told)
        for reader in readers:
            prints = tuple(sorted(new | (self.known(reader) or frozenset())))
            name = sha256("".join(prints).encode()).hexdigest()[:16]
            tellings[reader], told[name] = Telling(at, as_of, name), prints
        used = {telling.told for telling in tellings.values()}
        return Memory(SCHEMA, tellings, {name: p for name, p in told.items() if name in used})


def fingerprint(m: Milestone, change: Change) -> str:
    """A mark of one change of one milestone: the same in every copy of the store."""
    return sha256(f"{m.uid} {change.at.timestamp():.6f}".encode()).hexdigest()[:12]


_ALWAYS: dict[str, Any] = {
    "statuses": (),
    "owner": None,
    "tags": (),
    "text": None,
    "source": None,
}
"""What marks name though it is not asked: other words would be another mark, of another reader."""


def mark(address: str, chosen: Filter, lang: str | None) -> str:
    """A mark of a reader: where a digest goes, of which milestones, in which language.

    The days of a filter do not count: those of a saved one, such as +30d, are others every day.
    """
    asked = {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in chosen.wanted.items()
        if CRITERIA[name].kind is not Kind.DAY
    }
    about = {"address": address, **_ALWAYS, **asked, "lang": lang}
    return sha256(msgspec.json.encode(about)).hexdigest()[:16]


def dumps(memory: Memory) -> bytes:
    return msgspec.json.format(msgspec.json.encode(memory), indent=1) + b"\n"


def loads(data: bytes, name: str) -> Memory:
    """The memory of a file. Raises BadInput: to forget would be to tell everything again."""
    try:
        memory = msgspec.json.decode(data, type=Memory)
        complete = all(telling.told in memory.told for telling in memory.tellings.values())
    except (msgspec.DecodeError, UnicodeDecodeError):
        complete = False
    if not complete or memory.schema != SCHEMA:
        raise BadInput(
            "What was told is not readable in {name}.",
            "If you delete it, the next digest is a first one, of the last seven days.",
            name=name,
        )
    return memory
