"""How names compare, and how a list is ordered, cut and laid out."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any

from msgspec import Struct

from tracker.errors import BadValue
from tracker.message import Message, sentences
from tracker.model import Milestone, Status
from tracker.texts import folded


def did_you_mean(word: str, known: Iterable[str]) -> Message:
    """Ask whether the word that is nearest was meant, to put behind a refusal."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1)
    return Message("Did you mean {near}?", near=near[0]) if near else Message("")


def known_words(word: str, known: Sequence[str]) -> Message:
    """Say which words there are in place of this one, the nearest first."""
    every = Message("There are: {known}.", known=tuple(known))
    return sentences((did_you_mean(word, known), every))


def listed_words(words: str) -> list[str]:
    """The words between commas, Chinese ones too."""
    return [word.strip() for word in words.translate(_COMMAS).split(",") if word.strip()]


_COMMAS = str.maketrans("，、", ",,")


class Sort(StrEnum):
    """What a list is ordered by; the values are the words of `--sort`."""

    DUE = "due"
    ID = "id"
    TITLE = "title"
    OWNER = "owner"
    STATUS = "status"
    CHANGED = "changed"


class Group(StrEnum):
    """What a list is grouped by; the values are the words of `--group`."""

    OWNER = "owner"
    TAG = "tag"
    QUARTER = "quarter"
    STANDING = "standing"


class Key(Struct, frozen=True):
    """One thing that a list is ordered by, and whether the largest comes first."""

    by: Sort
    falls: bool = False


STATUS_ORDER = {status: place for place, status in enumerate(Status)}
NULLABLE = frozenset({Sort.DUE, Sort.OWNER})
"""What a milestone may lack; those that do come last, whichever way the others go."""

_VALUES: dict[Sort, Callable[[Milestone], Any]] = {
    Sort.DUE: operator.attrgetter("due"),
    Sort.ID: operator.attrgetter("id"),
    Sort.TITLE: lambda m: folded(m.title),
    Sort.OWNER: lambda m: None if m.owner is None else folded(m.owner),
    Sort.STATUS: lambda m: STATUS_ORDER[m.status],
    Sort.CHANGED: operator.attrgetter("recorded_at"),
}


def keys_of(words: str) -> tuple[Key, ...]:
    """The keys that `owner,-due` names. Raises BadValue."""
    return tuple(map(_key_of, listed_words(words)))


def _key_of(word: str) -> Key:
    name = word.strip("+-")
    if name not in set(Sort):
        raise BadValue(
            Message("There is no order {word!r}.", word=word),
            known_words(name, [key.value for key in Sort]),
        )
    return Key(Sort(name), "-" in (word[0], word[-1]))


def with_tiebreak(keys: Iterable[Key]) -> list[Key]:
    """The keys with those that decide between equals: due date, then id."""
    told: list[Key] = []
    for key in (*keys, Key(Sort.DUE), Key(Sort.ID)):
        if all(key.by is not before.by for before in told):
            told.append(key)
        if key.by is Sort.ID:
            break
    return told


def is_descending(key: Key) -> bool:
    """Whether the largest value comes first: of what was changed, the newest does."""
    return key.falls != (key.by is Sort.CHANGED)


def in_order(milestones: Iterable[Milestone], *keys: Key) -> list[Milestone]:
    """Return them sorted; ties go by due date, then id. `changed` puts the newest change first."""
    ordered = list(milestones)
    for key in reversed(with_tiebreak(keys)):
        ordered.sort(key=_sorted_by(key), reverse=is_descending(key))
    return ordered


def _sorted_by(key: Key) -> Callable[[Milestone], Any]:
    value, first = _VALUES[key.by], is_descending(key)
    if key.by not in NULLABLE:
        return value
    return lambda m: (((of := value(m)) is None) != first, of)


class Page(Struct, frozen=True):
    """How a list is ordered and cut: at most `limit` of them, all if it is None.

    `group` is what it is laid out by, and `columns` what of each is shown, if not as usual.
    """

    sort: tuple[Key, ...] = ()
    reverse: bool = False
    limit: int | None = None
    group: Group | None = None
    columns: tuple[str, ...] = ()


def paged(milestones: Iterable[Milestone], page: Page) -> list[Milestone]:
    ordered = in_order(milestones, *page.sort)
    if page.reverse:
        ordered.reverse()
    return ordered[: page.limit]
