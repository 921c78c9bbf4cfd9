"""The width of text in ems, estimated for any sans-serif, and text broken and cut by it.

Which font a reader has is not known, so widths are those of a wide one: text may end early, but
does not run into what stands beside it. A Chinese character is one em.
"""

from __future__ import annotations

from unicodedata import bidirectional, category

from tracker.render.text import clusters

_SLIM = frozenset("ijlIftr.,:;'|!()[]{}`·\"-/\\ ‘’“”")
_BROAD = frozenset("mwMW@%&—…→")
_CLOSING = frozenset("，。、；：？！）》」』”’】〕％,.;:?!)]}%")
_OPENING = frozenset("（《「『“‘【〔([{")


def ems(text: str) -> float:
    return sum(_ems(cluster, cells) for cluster, cells in clusters(text))


def lines(text: str, room: float, most: int) -> list[str]:
    """Break clean text into at most `most` lines of `room` ems; the last ends with … if cut."""
    found: list[str] = []
    rest = text.strip()
    while rest:
        head = _head(rest, room)
        if head == rest:
            return [*found, rest]
        if len(found) == most - 1:
            return [*found, _head(rest, room - _ems("…", 1)).rstrip() + "…"]
        cut = _break(rest, len(head))
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return found or [""]


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction has that one (UAX #9, P2 and P3)."""
    kinds = (bidirectional(char) for char in text)
    return next((kind in ("R", "AL") for kind in kinds if kind in ("L", "R", "AL")), False)


def _ems(cluster: str, cells: int) -> float:
    first = cluster[0]
    if cells == 0:
        return 0.0
    if cells == 2:
        return 1.3 if category(first) in ("So", "Sk", "Sm", "Cn") or len(cluster) > 1 else 1.0
    if first in _SLIM:
        return 0.36
    if first in _BROAD:
        return 0.98
    if not first.isascii():
        return 0.72
    return 0.7 if first.isupper() or first.isdigit() else 0.6


def _head(text: str, room: float) -> str:
    """The longest beginning that fits, at least one cluster."""
    taken, end = 0.0, 0
    for cluster, cells in clusters(text):
        taken += _ems(cluster, cells)
        if taken > room and end:
            return text[:end]
        end += len(cluster)
    return text


def _break(text: str, longest: int) -> int:
    """Where a line of at most `longest` characters ends: after a word, or beside a wide one."""
    for at in range(longest, longest // 3, -1):
        before, after = text[at - 1], text[at]
        stays = after in _CLOSING or before in _OPENING
        if " " in (before, after) or (not stays and (_wide(before) or _wide(after))):
            return at
    return longest


def _wide(char: str) -> bool:
    return "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\uffef"
