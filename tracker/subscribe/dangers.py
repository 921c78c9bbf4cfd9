"""What endangers milestones, for their calendars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from tracker.ics.danger import Danger, Dangers
from tracker.model import Milestone
from tracker.report.dependencies import Wait, known_among, waits


def dangers(milestones: Sequence[Milestone], as_of: date) -> Dangers:
    """Say of those that depend on others, or once did, when one of those was changed last.

    Nothing but these milestones is seen.
    """
    links = {m.uid: linked for m in milestones if (linked := set(_ever_linked(m)))}
    if not links:
        return {}
    there = [m for m in milestones if m.removed_on is None]
    found = waits(there, known_among(there), as_of)
    stamps = _last_changes(milestones, links)
    return {uid: Danger(stamps[uid], _waits_for(found.get(uid))) for uid in links}


def _waits_for(wait: Wait | None) -> tuple[int, ...]:
    return tuple(m.id for m in wait.owed) if wait is not None and wait.is_endangered else ()


def _ever_linked(m: Milestone) -> Iterator[str]:
    """The uids of what it waits for or was superseded by, now or at any time."""
    for change in m.history:
        for patch in (change.was, change.now):
            yield from patch.depends_on or ()
            yield from (patch.superseded_by,) if patch.superseded_by else ()
    yield from (*m.depends_on, *((m.superseded_by,) if m.superseded_by else ()))


def _last_changes(
    milestones: Sequence[Milestone], links: dict[str, set[str]]
) -> dict[str, datetime]:
    """The last change of each and of all that its links lead to, the newest handed down first."""
    led_to_by = defaultdict[str, list[str]](list)
    for uid, linked in links.items():
        for other in linked:
            led_to_by[other].append(uid)
    stamps: dict[str, datetime] = {}
    for m in sorted(milestones, key=lambda m: m.recorded_at, reverse=True):
        stack = [m.uid]
        while stack:
            if (uid := stack.pop()) not in stamps:
                stamps[uid] = m.recorded_at
                stack += led_to_by[uid]
    return stamps
