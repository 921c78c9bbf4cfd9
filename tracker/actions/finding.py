"""Finding the milestone that somebody names, by its id or the first characters of its uid."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.errors import AmbiguousId, UnknownMilestone
from tracker.message import Message
from tracker.model import Milestone
from tracker.store import Reader, Store
from tracker.texts import folded

_UID_START = 4
"""How many characters of a uid name a milestone, at the least."""


def uid_of(store: Store, key: str) -> str:
    """Return the uid of the milestone that `key` names, for a link to it."""
    return find(store, key).uid


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
    if _is_id(key):
        matches = [m for m in everything if m.id == int(key)]
        if matches:
            return matches[0] if removed else _standing(matches[0])
    matches = [
        m for m in everything if len(key) >= _UID_START and m.uid.lower().startswith(key.lower())
    ]
    if len(matches) > 1:
        ids = ", ".join(str(m.id) for m in matches[:5])
        raise AmbiguousId(
            "{count} milestones have a uid that begins with {key}: {ids}.",
            "Type more of it, or an id.",
            count=len(matches),
            key=key,
            ids=ids,
        )
    if matches:
        return matches[0] if removed else _standing(matches[0])
    raise UnknownMilestone("There is no milestone {key!r}.", _nearest(key, everything), key=key)


def _is_id(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) < 19


def _standing(found: Milestone) -> Milestone:
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
