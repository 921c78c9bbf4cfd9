"""What an edition is made from: the milestones that its readers may know of, as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

import msgspec

from tracker.ics.danger import Dangers
from tracker.model import LINKS, Milestone, linked
from tracker.query import Filter
from tracker.report.dependencies import Known, Waits, among, waits
from tracker.report.wholes import Succession, Wholes, wholes
from tracker.subscribe.dangers import dangers
from tracker.subscribe.departures import has_left
from tracker.subscribe.parts import Part, parts
from tracker.subscribe.pieces import Key, key_of
from tracker.subscribe.places import promise_name


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
        self._prints: dict[int, tuple[Milestone, Key]] = {}

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
    def pointing(self) -> Mapping[str, list[tuple[str, Milestone]]]:
        """Which milestones point at one, by its uid, each with the field that does."""
        found: defaultdict[str, list[tuple[str, Milestone]]] = defaultdict(list)
        for m in self.standing:
            for field in LINKS:
                for uid in linked(m, field):
                    found[uid].append((field, m))
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

    def fingerprint(self, m: Milestone) -> Key:
        """What tells a milestone from every other, and from itself before it changed."""
        kept = self._prints.get(id(m))
        if kept is None:
            # With the milestone, lest another takes its place in memory.
            kept = self._prints[id(m)] = m, key_of(msgspec.msgpack.encode(m))
        return kept[1]
