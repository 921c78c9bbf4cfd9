"""Finding the milestone that somebody names, by its id or the first characters of its uid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tracker.errors import AmbiguousId, BadValue, UnknownMilestone
from tracker.message import Message
from tracker.model import Milestone
from tracker.query import listed_words
from tracker.store import Reader, Store
from tracker.texts import folded

_UID_START = 4
"""How many characters of a uid name a milestone, at the least."""


def uid_of(store: Store, key: str) -> str:
    """Return the uid of the milestone that `key` names, for a link to it."""
    return find(store, key).uid


def find_all(reader: Reader, keys: Iterable[str], *, removed: bool = False) -> list[Milestone]:
    """Return all that keys name, each once, in their order: ids, ranges such as 1-3, uids.

    Keys may stand in one word, commas between. Raises UnknownMilestone that names all that are not
    there at once.
    """
    spans = [_span(key) for word in keys for key in listed_words(word)]
    if len(spans) == 1 and isinstance(spans[0], str):
        return [find(reader, spans[0], removed=removed)]
    everything = reader.all() if sum(map(_size, spans)) > _ONE_BY_ONE else None
    found: dict[int, Milestone] = {}
    missing: list[str] = []
    for span in spans:
        if isinstance(span, str) and not _is_id(span):
            m = find(reader, span, removed=removed)
            found[m.id] = m
            continue
        ids = span if isinstance(span, range) else range(int(span), int(span) + 1)
        there = (reader.get(id) for id in ids) if everything is None else everything
        near = {m.id: m for m in there if m and m.id in ids and (removed or m.removed_on is None)}
        found |= near
        missing += _gaps(ids, near)
    if missing:
        raise UnknownMilestone(
            "There is no milestone {missing}.",
            "`tracker list` shows those there are.",
            missing=tuple(missing),
        )
    return list(found.values())


_ONE_BY_ONE = 50
"""Up to so many ids are asked for singly."""


def _span(key: str) -> str | range:
    """A range of ids, or one key; the first part of a uid has more digits than a range may."""
    first, dash, last = key.partition("-")
    if not (dash and _is_id(first) and _is_id(last) and len(first) < _FIRST_OF_UID):
        return key
    if int(last) < int(first):
        raise BadValue(
            "{key} goes downward.", "Type {last}-{first}.", key=key, first=first, last=last
        )
    return range(int(first), int(last) + 1)


_FIRST_OF_UID = 8


def _size(span: str | range) -> int:
    # Python counts no range that is longer than memory.
    return 1 if isinstance(span, str) else span.stop - span.start


def _gaps(ids: range, found: Mapping[int, Milestone]) -> Iterator[str]:
    """Yield what of a range is not there, in ranges."""
    first = ids.start
    for id in (*sorted(found), ids.stop):
        if id - first == 1:
            yield str(first)
        elif id > first:
            yield f"{first}-{id - 1}"
        first = id + 1


def find(reader: Reader, key: str, *, removed: bool = False) -> Milestone:
    """Return the milestone that `key` names, as `among` does, reading no more than it must."""
    found = reader.get(int(key)) if _is_id(key) else None
    near = [found] if found else reader.beginning(key) if len(key) >= _UID_START else []
    return find_in(near or reader.all(), key, removed=removed)


def find_in(everything: Sequence[Milestone], key: str, *, removed: bool = False) -> Milestone:
    """Return the one that `key` names by its id or the first characters of its uid.

    Raises UnknownMilestone, naming the nearest there are, or AmbiguousId. A removed one is known
    only if `removed`.
    """
    matches = [m for m in everything if m.id == int(key)] if _is_id(key) else []
    if not matches and len(key) >= _UID_START:
        matches = [m for m in everything if m.uid.lower().startswith(key.lower())]
    if len(matches) > 1:
        raise AmbiguousId(
            "{count} milestones have a uid that begins with {key}: {ids}.",
            "Type more of it, or an id.",
            count=len(matches),
            key=key,
            ids=tuple(m.id for m in matches[:5]),
        )
    if matches:
        return matches[0] if removed else _not_removed(matches[0])
    raise UnknownMilestone(
        "There is no milestone {missing}.", _nearest(key, everything), missing=key
    )


def _is_id(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) < 19


def _not_removed(found: Milestone) -> Milestone:
    if found.removed_on is not None:
        raise UnknownMilestone(
            "Milestone {id} was removed on {removed_on}.",
            "`tracker log {id}` shows its history.",
            id=found.id,
            removed_on=found.removed_on,
        )
    return found


def _nearest(key: str, everything: Sequence[Milestone]) -> Message:
    there = [m for m in everything if m.removed_on is None]
    if not there:
        return Message("The store is empty: begin with `tracker add TITLE --due WHEN`.")
    if _is_id(key):
        near = sorted(there, key=lambda m: abs(m.id - int(key)))[:3]
        return Message("The nearest are {ids}.", ids=tuple(sorted(m.id for m in near)))
    # A letter or two stand in most titles; a character of Chinese or two in few.
    told = len(key) > 2 or not key.isascii()
    alike = [m for m in there if told and folded(key) in folded(m.title)]
    if alike:
        return Message("Did you mean {id} ({title})?", id=alike[0].id, title=alike[0].title)
    return Message(
        "Ids here go from {first} to {last}; `tracker list` shows them.",
        first=there[0].id,
        last=there[-1].id,
    )
