"""The parts of the milestones that people follow: all, an owner's, a tag's, a saved filter's.

A part is known by its stem, the part of an address that names it: "" for all, `owner/SLUG`,
`tag/SLUG`, `filter/SLUG`; what a document promised and what falls due in a quarter have pages
alone. Owners and tags that any milestone ever had are parts for ever, empty
ones in the end: an owner that is renamed leaves subscribers who must be told that the milestones
have gone, and an address once given out that turns into an error makes programs give up on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache

from msgspec import UNSET, Struct

from tracker.model import Milestone
from tracker.query import Filter
from tracker.subscribe.departures import departed, view
from tracker.subscribe.slugs import slug
from tracker.texts import folded


class PartGroup(StrEnum):
    """What kind of a part; the values begin the stems."""

    ALL = "all"
    OWNER = "owner"
    TAG = "tag"
    FILTER = "filter"
    DOCUMENT = "document"
    QUARTER = "quarter"
    PROMISE = "promise"

    @property
    def is_followed(self) -> bool:
        """Whether it has calendars and feeds, and not pages alone."""
        return self not in (PartGroup.DOCUMENT, PartGroup.QUARTER)


UNDATED = "undated"
"""The quarter of what has no date."""


class Part:
    """One part. `current` says whether anything that still stands belongs to it."""

    def __init__(
        self, group: PartGroup, name: str, current: bool, find: Callable[[], list[Milestone]]
    ) -> None:
        self.group = group
        self.name = name
        self.current = current
        self._find = find

    @cached_property
    def milestones(self) -> list[Milestone]:
        """In order of id: those that belong, removed or not, and those that left, as removed."""
        return self._find()


def whole_part(milestones: list[Milestone]) -> Part:
    """The part that is all of them."""
    return Part(PartGroup.ALL, "", True, lambda: milestones)


def parts(
    milestones: list[Milestone], filters: Mapping[str, Filter], as_of: date, retention: int
) -> dict[str, Part]:
    """Every part by its stem: all first, then owners, tags and filters by name."""
    found = {"": whole_part(milestones)}
    for group, names_of in _GROUPS.items():
        found |= _named(group, names_of, milestones, as_of, retention)
    for name in sorted(filters):
        found[f"{PartGroup.FILTER}/{slug(name)}"] = Part(
            PartGroup.FILTER,
            name,
            True,
            lambda chosen=filters[name]: list(view(milestones, chosen.holds, as_of, retention)),  # type: ignore[misc]  # bound at once
        )
    return found


class _Names(Struct, frozen=True):
    """The names, folded, that a milestone has in one group and had, and how each is `spelt`."""

    now: frozenset[str]
    once: frozenset[str]
    spelt: tuple[tuple[str, str], ...]


_NamesOf = Callable[[Milestone], _Names]


def _named(
    group: PartGroup, names_of: _NamesOf, milestones: list[Milestone], as_of: date, retention: int
) -> dict[str, Part]:
    spelt: defaultdict[str, dict[str, str]] = defaultdict(dict)
    current: set[str] = set()
    belonging: defaultdict[str, list[Milestone]] = defaultdict(list)
    left: defaultdict[str, list[Milestone]] = defaultdict(list)
    told: dict[int, _Names] = {}
    for m in milestones:
        names = names_of(m)
        if id(names) not in told:
            told[id(names)] = names
            for key, name in names.spelt:
                spelt[key].setdefault(slug(name), name)
        for key in names.now:
            belonging[key].append(m)
            if m.removed_on is None:
                current.add(key)
        for key in names.once:
            left[key].append(m)

    def members(key: str) -> list[Milestone]:
        def holds(m: Milestone) -> bool:
            return key in names_of(m).now

        gone = (departed(m, holds, as_of, retention) for m in left[key])
        announced = [m for m in gone if m is not None]
        return sorted((*belonging[key], *announced), key=lambda m: m.id)

    # Each spelling has an address that was given out; what it is called is the first.
    return {
        f"{group}/{address}": Part(
            group,
            name,
            key in current and name == next(iter(spelt[key].values())),
            lambda key=key: members(key),  # type: ignore[misc]  # bound at once
        )
        for key in sorted(spelt)
        for address, name in spelt[key].items()
    }


def _owners(m: Milestone) -> _Names:
    return _names((m.owner, *m.supporting), tuple(_earlier_owners(m)))


def _earlier_owners(m: Milestone) -> Iterator[str | None]:
    for change in m.history:
        was = change.was
        if was.owner is not UNSET:
            yield was.owner
        if was.supporting is not UNSET:
            yield from was.supporting


def _tags(m: Milestone) -> _Names:
    earlier = (c.was.tags for c in m.history if c.was.tags is not UNSET)
    return _names(tuple(m.tags), tuple(tag for tags in earlier for tag in tags))


def _documents(m: Milestone) -> _Names:
    earlier = (c.was.source for c in m.history if c.was.source is not UNSET)
    titles = tuple(source.document for source in earlier if source is not None)
    return _names((m.source.document if m.source else None,), titles)


def _quarters(m: Milestone) -> _Names:
    earlier = tuple(_quarter(c.was.due) for c in m.history if c.was.due is not UNSET)
    return _names((_quarter(m.due),), earlier)


def _quarter(due: date | None) -> str:
    return UNDATED if due is None else f"{due.year:04}-q{(due.month + 2) // 3}"


_GROUPS: dict[PartGroup, _NamesOf] = {
    PartGroup.OWNER: _owners,
    PartGroup.TAG: _tags,
    PartGroup.DOCUMENT: _documents,
    PartGroup.QUARTER: _quarters,
}


@lru_cache(4096)  # of ten thousand milestones most have the same
def _names(now: tuple[str | None, ...], once: tuple[str | None, ...]) -> _Names:
    present = [(folded(name), name) for name in now if name]
    past = [(folded(name), name) for name in once if name]
    keys = frozenset(key for key, _ in present)
    return _Names(keys, frozenset(key for key, _ in past) - keys, (*present, *past))
