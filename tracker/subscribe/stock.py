"""What an edition is made from: the milestones that its readers may know of, as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

import msgspec

from tracker.ics.danger import Dangers
from tracker.model import LINKS, Milestone, Standing, linked, standing
from tracker.query import Filter
from tracker.report.dependencies import Known, Waits, among, waits
from tracker.report.wholes import Succession, Wholes, wholes
from tracker.subscribe.dangers import dangers
from tracker.subscribe.departures import has_left
from tracker.subscribe.parts import Part, parts
from tracker.subscribe.pieces import Key, key_of
from tracker.subscribe.places import promise_name

T = TypeVar("T")

Links = list[tuple[str, Milestone]]

_ENCODER = msgspec.msgpack.Encoder()
_STANDINGS = {now: bytes([number]) for number, now in enumerate(Standing)}


class OfEach(Generic[T]):
    """What is made of each milestone, made once."""

    def __init__(self, make: Callable[[Milestone], T]) -> None:
        self._make = make
        self._kept: dict[int, tuple[Milestone, T]] = {}

    def __call__(self, m: Milestone) -> T:
        kept = self._kept.get(id(m))
        if kept is None:
            # With the milestone, lest another takes its place in memory.
            kept = self._kept[id(m)] = m, self._make(m)
        return kept[1]


class Stock:
    """`known` are those that readers may know of, removed ones too, and what left as removed."""

    def __init__(
        self,
        known: Sequence[Milestone],
        as_of: date,
        filters: Mapping[str, Filter],
        retention: int,
    ) -> None:
        self.known = known
        self.as_of = as_of
        self.retention = retention
        self._filters = filters
        self.fingerprint = OfEach(self._fingerprint)
        """What tells a milestone from every other, and from itself before it changed."""
        self.row = OfEach(self._row)
        """The same, and where it stands."""

    @cached_property
    def standing(self) -> list[Milestone]:
        """Those that were not removed."""
        return [m for m in self.known if m.removed_on is None]

    @cached_property
    def parts(self) -> dict[str, Part]:
        return parts(self.known, self._filters, self.as_of, self.retention)

    @cached_property
    def named(self) -> dict[str, Milestone]:
        """Each by the part of an address that stands for it."""
        return {promise_name(m.uid): m for m in self.known}

    @cached_property
    def by_uid(self) -> dict[str, Milestone]:
        return {m.uid: m for m in self.standing}

    @cached_property
    def linked(self) -> Mapping[str, Links]:
        """Which others one points at, by its uid, each with the field that does."""
        found: defaultdict[str, Links] = defaultdict(list)
        for m in self.standing:
            for field in LINKS:
                for uid in linked(m, field) if getattr(m, field) else ():
                    if (other := self.by_uid.get(uid)) is not None:
                        found[m.uid].append((field, other))
        return found

    @cached_property
    def pointing(self) -> Mapping[str, Links]:
        """Which others point at one, by its uid, likewise."""
        found: defaultdict[str, Links] = defaultdict(list)
        for uid, links in self.linked.items():
            for field, other in links:
                found[other.uid].append((field, self.by_uid[uid]))
        return found

    @cached_property
    def waits(self) -> Waits:
        return waits(self.standing, self._among, self.as_of)

    @cached_property
    def dangers(self) -> Dangers:
        return dangers([m for m in self.known if not has_left(m)], self.as_of)

    @cached_property
    def wholes(self) -> Wholes:
        return wholes(self.standing, self.standing, self._among, self.as_of)

    @cached_property
    def succession(self) -> Succession:
        return Succession(self.standing, self._among, self.as_of)

    @property
    def _among(self) -> Known:
        # What is not this reader's to see is no matter.
        return among(self.standing)

    def _fingerprint(self, m: Milestone) -> Key:
        return key_of(_ENCODER.encode(m))

    def _row(self, m: Milestone) -> Key:
        return self.fingerprint(m) + _STANDINGS[standing(m, self.as_of)]
