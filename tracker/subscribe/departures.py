"""Which milestones a chosen part of them holds, and which left it lately.

Whoever subscribed to a part (one owner's, one tag's, a filter's) must be told when a milestone
leaves it, as when it is removed from the tracker: calendar programs keep what merely disappears.
What they are told is the milestone as they last saw it, and nothing that came later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from msgspec.structs import replace

from tracker.model import STAMP, Change, Milestone, Patch

Holds = Callable[[Milestone], bool]

_LEFT = "left"
"""The verb of the last change of what left; no command makes one."""


def view(
    milestones: Iterable[Milestone], holds: Holds, as_of: date, retention: int
) -> Iterator[Milestone]:
    """Yield those that `holds` is true of, and as removed those that left within `retention` days.

    One that no longer belongs because time went by, not because it was changed, is left out.
    """
    for m in milestones:
        if holds(m):
            yield m
        elif (gone := departed(m, holds, as_of, retention)) is not None:
            yield gone


def departed(m: Milestone, holds: Holds, as_of: date, retention: int) -> Milestone | None:
    """`m` as it was before the last change that took it out, and removed by that change.

    None if it never belonged, or left more than `retention` days before `as_of`.
    """
    since = as_of - timedelta(days=min(retention, as_of.toordinal() - 1))
    if m.recorded_at.date() < since:
        return None
    for before, leaving in _steps(m):
        if leaving.at.date() < since:
            return None
        then = m.as_recorded(before.at)
        if then.removed_on is None and holds(then):
            return _removed(_without_evidence(then) if m.is_private else then, leaving)
    return None


def _without_evidence(m: Milestone) -> Milestone:
    """What became private may never have been seen: nothing that shows anything of it goes out."""
    shown = (c for c in m.history if c.verb not in ("note", STAMP) or not (c.evidence or c.exhibit))
    return replace(m, history=tuple(replace(c, evidence=None, exhibit=None) for c in shown))


def has_left(m: Milestone) -> bool:
    """Whether `m` is one that `departed` made: no milestone of the store looks like it."""
    return m.history[-1].verb == _LEFT


def _steps(m: Milestone) -> Iterator[tuple[Change, Change]]:
    """Each change but the first with the one before it, the last first."""
    return ((before, change) for change, before in pairwise(reversed(m.history)))


def _removed(m: Milestone, leaving: Change) -> Milestone:
    removal = Change(
        leaving.at,
        leaving.on,
        _LEFT,
        was=Patch(removed_on=None),
        now=Patch(removed_on=leaving.on),
        parents=(m.history[-1].digest,),
    )
    return replace(m, removed_on=leaving.on, history=(*m.history, removal))
