"""Parts and wholes, and what took the place of what; docs/figures.md defines a parent's progress.

What is not known of a part is not made up: a whole is then done at least as far as is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from tracker.model import Milestone, Status
from tracker.query import as_recorded
from tracker.report.dependencies import AskKnown, followed, last_of, reachable, worked_out


class Whole(Struct, frozen=True):
    """How far a milestone is, by its parts, as they weigh.

    `percent` is rounded down, and at least so much if it is not exact; None if nothing is known of
    any part. `unknown` counts parts of which something is not.
    """

    milestone: Milestone
    parts: tuple[Milestone, ...]
    percent: int | None
    unknown: int

    @property
    def is_exact(self) -> bool:
        return not self.unknown


Wholes = Mapping[str, Whole]
"""By the uid of the whole."""


class Succession:
    """What took the place of those that were superseded, as it stood on a day."""

    def __init__(self, milestones: Iterable[Milestone], known: AskKnown, as_of: date) -> None:
        replaced = (m for m in milestones if _successor(m))
        self._then = reachable(replaced, lambda m: filter(None, [_successor(m)]), known, as_of)
        self._lasts = dict[str, Milestone]()

    def of(self, m: Milestone) -> Iterator[Milestone]:
        """What took its place, what took the place of that, and so on."""
        return followed(m, lambda step: self._then.get(_successor(step)))

    def last(self, m: Milestone) -> Milestone | None:
        """The last of those; None if it was not superseded, or by nothing that is there."""
        return last_of(self.of(m), self._lasts)


def _successor(m: Milestone) -> str:
    """The uid of what took its place; "" if nothing did."""
    is_replaced = m.status is Status.SUPERSEDED and m.superseded_by
    return m.superseded_by or "" if is_replaced else ""


def wholes(
    milestones: Iterable[Milestone], parts: Iterable[Milestone], known: AskKnown, as_of: date
) -> Wholes:
    """Return how far those are that have parts, `parts` being all that are or were a part."""
    then = [m for m in as_recorded(parts, as_of) if m.parent and m.removed_on is None]
    everything = _Parts(then, Succession(then, known, as_of))
    found = (everything.whole(m) for m in milestones)
    return {whole.milestone.uid: whole for whole in found if whole is not None}


class _Part(NamedTuple):
    milestone: Milestone
    weight: int


class _Share(NamedTuple):
    """How far something is, at least; whether that is all, and whether it is known at all."""

    percent: float
    is_exact: bool
    is_known: bool


_UNKNOWN = _Share(0, is_exact=False, is_known=False)


class _Parts:
    """What is part of what, and how far each is."""

    def __init__(self, parts: Collection[Milestone], replaced: Succession) -> None:
        self._of: dict[str, list[_Part]] = defaultdict(list)
        self._shares: dict[str, _Share] = {}
        owned = {m.uid for m in parts}
        for m in parts:
            in_force = _in_force(m, owned, replaced)
            if in_force is not None:
                self._of[m.parent or ""].append(_Part(in_force, m.weight or 1))

    def whole(self, m: Milestone) -> Whole | None:
        """How far it is; None if it has no part that counts."""
        parts = self._of.get(m.uid)
        if not parts:
            return None
        shares = [self._share(part.milestone) for part in parts]
        share = _weighed(parts, shares)
        percent = int(share.percent + 1e-9) if share.is_known else None
        unknown = sum(not each.is_exact for each in shares)
        return Whole(m, tuple(part.milestone for part in parts), percent, unknown)

    def _share(self, m: Milestone) -> _Share:
        def below(each: Milestone) -> list[Milestone]:
            return [part.milestone for part in self._below(each)]

        return worked_out(m, below, self._worked_out, self._shares)

    def _below(self, m: Milestone) -> list[_Part]:
        """Its parts; what is completed, as its body reports, is so whatever they are."""
        return [] if m.status is Status.COMPLETED else self._of.get(m.uid, [])

    def _worked_out(self, m: Milestone) -> _Share:
        parts = self._below(m)
        if not parts:
            return _own(m)
        return _weighed(parts, [self._shares.get(p.milestone.uid, _UNKNOWN) for p in parts])


def _in_force(m: Milestone, owned: set[str], replaced: Succession) -> Milestone | None:
    """What counts in the place of a part: itself, or what took its place and is no part itself."""
    if m.status is Status.SUPERSEDED:
        last = replaced.last(m)
        if last is None or last.uid in owned or last.removed_on is not None:
            return None
        m = last
    return None if m.status in (Status.CANCELLED, Status.SUPERSEDED) else m


def _own(m: Milestone) -> _Share:
    if m.status is Status.COMPLETED:
        return _Share(100, is_exact=True, is_known=True)
    if m.percent is None and m.status is not Status.NOT_STARTED:
        return _UNKNOWN
    return _Share(m.percent or 0, is_exact=True, is_known=True)


def _weighed(parts: Collection[_Part], shares: Collection[_Share]) -> _Share:
    whole = sum(part.weight for part in parts)
    done = sum(part.weight * share.percent for part, share in zip(parts, shares, strict=True))
    is_exact = all(share.is_exact for share in shares)
    return _Share(done / whole, is_exact, any(share.is_known for share in shares))
