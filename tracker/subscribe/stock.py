"""What an edition is made from: the milestones that its readers may know of, as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from tracker.ics.danger import Dangers
from tracker.model import LINKS, Milestone, Standing, linked, standing
from tracker.query import Filter
from tracker.report.dependencies import AskKnown, Waits, known_among, waits
from tracker.report.wholes import Succession, Wholes, wholes
from tracker.subscribe.dangers import dangers
from tracker.subscribe.departures import has_left
from tracker.subscribe.parts import Part, parts
from tracker.subscribe.pieces import Key, key_of
from tracker.subscribe.places import promise_name

K = TypeVar("K")
T = TypeVar("T")

BATCH = 100
"""Milestones written and compressed together: 70 kB at the most, which costs compression 1 %."""

Batches = list[tuple[Sequence[Milestone], Key]]
"""Those that are written together, each with what tells them from others."""

Links = list[tuple[str, Milestone]]

_STANDINGS = {now: bytes([number]) for number, now in enumerate(Standing)}


class OfEach(Generic[K, T]):
    """What is made of each of some things, made once."""

    def __init__(self, make: Callable[[K], T]) -> None:
        self._make = make
        self._kept: dict[int, tuple[K, T]] = {}

    def __call__(self, one: K) -> T:
        try:
            return self._kept[id(one)][1]
        except KeyError:
            # With the thing, lest another takes its place in memory.
            kept = self._kept[id(one)] = one, self._make(one)
            return kept[1]

    def all(self, many: Iterable[K]) -> Iterator[T]:
        """What is made of each; of ten thousand at once, a call for each would take the time."""
        kept = self._kept
        return (kept[id(one)][1] if id(one) in kept else self(one) for one in many)


class Stock:
    """`known` are those that readers may know of, removed ones too, and what left as removed."""

    def __init__(
        self,
        known: list[Milestone],
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
        self.batches = OfEach(self._batches)
        """All of a list, in parts that are written together."""

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
    def mentioned(self) -> Mapping[str, list[Milestone]]:
        """Which others the history of one names, by its uid: those that it pointed at once, too."""
        found: defaultdict[str, list[Milestone]] = defaultdict(list)
        for m in self.standing:
            patches = (patch for change in m.history[1:] for patch in (change.was, change.now))
            uids = {uid for patch in patches for field in LINKS for uid in linked(patch, field)}
            for uid in sorted(uids & self.by_uid.keys()):
                found[m.uid].append(self.by_uid[uid])
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
    def _among(self) -> AskKnown:
        # What is not this reader's to see is no matter.
        return known_among(self.standing)

    def _fingerprint(self, m: Milestone) -> Key:
        return key_of(m)

    def _row(self, m: Milestone) -> Key:
        return self.fingerprint(m) + _STANDINGS[standing(m, self.as_of)]

    def _batches(self, members: Sequence[Milestone]) -> Batches:
        parts = (members[start : start + BATCH] for start in range(0, len(members), BATCH))
        return [(part, key_of(*self.fingerprint.all(part))) for part in parts]
