"""One milestone from two versions of it: each field from the side that changed it, one history.

The history is every entry of both, untouched, and one more: a merge, with two parents, that says
which fields follow which of them. So the same two versions give the same bytes whoever merges them,
and merging the outcome with either of them again changes nothing: it holds them.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tracker.merge.conflict import Conflict, Side
from tracker.model import (
    MERGE,
    PATCHED,
    Change,
    Milestone,
    Patch,
    carried,
    later_than,
    not_undone,
    sealed,
)

TOGETHER = {
    "due": ("due", "precision", "due_phrase", "baseline_due"),
    "status": ("status", "completed_on", "superseded_by"),
    "removal": ("removed_on",),
}
"""Fields that mean something only together are taken from one side together."""

_GROUPED = {field for fields in TOGETHER.values() for field in fields}
GROUPS: Mapping[str, tuple[str, ...]] = {
    **TOGETHER,
    **{field: (field,) for field in PATCHED if field not in _GROUPED},
}


class MergedMilestone(Struct, frozen=True):
    """The milestone (with the id of ours) and what it leaves open."""

    milestone: Milestone
    conflicts: tuple[Conflict, ...] = ()


def weave(
    base: Milestone | None, ours: Milestone, theirs: Milestone, prefer: Side | None
) -> MergedMilestone:
    """Return both versions as one. An open question goes to `prefer`, or to ours and is told."""
    if holds(ours, theirs):
        return MergedMilestone(ours)
    if holds(theirs, ours):
        return MergedMilestone(replace(theirs, id=ours.id))
    shared = _digests(ours) & _digests(theirs)
    base = _common(ours, theirs, shared) or base
    carriers: dict[str, Milestone] = {}
    conflicts = []
    for about, fields in _groups(ours, theirs, shared).items():
        at_odds = about == "removal" and _gone_and_gone_on(base, ours, theirs)
        carrier = None if at_odds else _carrier(base, ours, theirs, fields)
        if carrier is None and prefer is None:
            conflicts.append(_conflict(ours, theirs, about, fields))
        if carrier is None:
            carrier = _undecided(ours, theirs, about, prefer)
        carriers |= dict.fromkeys(fields, carrier)
    values = {field: getattr(carrier, field) for field, carrier in carriers.items()}
    merged = _merged(ours, theirs, carriers, shared)
    return MergedMilestone(replace(ours, **values, history=merged), tuple(conflicts))


def _digests(m: Milestone) -> set[str]:
    return {change.digest for change in m.history}


def holds(m: Milestone, other: Milestone) -> bool:
    """Whether the last entry of the other is among those of `m`, and so all of it."""
    return other.history[-1].digest in _digests(m)


def _merged(
    ours: Milestone, theirs: Milestone, carriers: Mapping[str, Milestone], shared: Set[str]
) -> tuple[Change, ...]:
    """Every entry of both, and the merge of their last ones, the same whichever side asks."""
    first, second = sorted((ours, theirs), key=lambda m: m.history[-1].digest)
    entries = {c.digest: c for m in (first, second) for c in m.history}
    history = sorted(entries.values(), key=lambda c: (c.at, c.digest))
    own = [c for c in entries.values() if c.digest not in shared]
    touched = {field for c in own for field in c.now.values()}
    if not shared:
        touched |= {f for f in PATCHED if getattr(first, f) != getattr(second, f)}
    took = tuple(f for f in PATCHED if f in touched and carriers[f] is second)
    differing = [f for f in PATCHED if getattr(first, f) != getattr(second, f)]
    stands = {f: getattr(carriers[f], f) for f in differing}
    gave_way = {f: getattr(first if carriers[f] is second else second, f) for f in differing}
    merge = Change(
        later_than(history[-1].at),
        max(first.history[-1].on, second.history[-1].on),
        MERGE,
        was=Patch(**gave_way),
        now=Patch(**stands),
        parents=(first.history[-1].digest, second.history[-1].digest),
        took=took,
    )
    return (*history, sealed(merge))


def _groups(ours: Milestone, theirs: Milestone, shared: Set[str]) -> Mapping[str, tuple[str, ...]]:
    """The groups; one of several where a side took back a change of several that both have.

    What was taken back stands or it does not, for all of its fields.
    """
    groups = dict(GROUPS)
    for change in (*ours.history, *theirs.history):
        if change.undoes in shared and change.digest not in shared:
            named = change.now.values().keys()
            touched = [about for about, f in groups.items() if not named.isdisjoint(f)]
            for about in touched[1:]:
                groups[touched[0]] += groups.pop(about)
    return groups


def _common(ours: Milestone, theirs: Milestone, shared: Set[str]) -> Milestone | None:
    """What both were at the last entry that they share, if they agree on it."""
    last = max((c.at for c in ours.history if c.digest in shared), default=None)
    if last is None:
        return None
    one, other = ours.as_recorded(last), theirs.as_recorded(last)
    return one if all(getattr(one, f) == getattr(other, f) for f in PATCHED) else None


def _gone_and_gone_on(base: Milestone | None, ours: Milestone, theirs: Milestone) -> bool:
    """Whether one side removed what the other has worked on."""
    if (ours.removed_on is None) == (theirs.removed_on is None):
        return False
    if base is not None and base.removed_on is not None:
        # Nobody removed it now: one side took the removal back.
        return False
    gone, there = (ours, theirs) if theirs.removed_on is None else (theirs, ours)
    known = {c.digest for m in (base, gone) if m is not None for c in m.history}
    return any(c.digest not in known for c in there.history)


def _carrier(
    base: Milestone | None, ours: Milestone, theirs: Milestone, fields: tuple[str, ...]
) -> Milestone | None:
    """The side whose changes to these fields hold the other's, or None if neither's do."""
    first, second = _trace(base, ours, theirs, fields), _trace(base, theirs, ours, fields)
    if first == second:
        return min((ours, theirs), key=lambda m: _order(m, fields))
    if _within(first, second):
        return theirs
    return ours if _within(second, first) else None


def _trace(
    base: Milestone | None, m: Milestone, other: Milestone, fields: tuple[str, ...]
) -> list[dict[str, Any]]:
    """The values of the fields from the base on, through each change since, to the last.

    A mistake that its own side took back does not count, but one of which the other side has a
    copy does: its undoing is a word on what the other side has.
    """
    start = base or m.as_recorded(m.history[0].at)
    known = _digests(start)
    shared = _digests(m) & _digests(other)
    counted = {c.digest for c in not_undone(m.history)} | shared
    values = {field: getattr(start, field) for field in fields}
    trace = [values]
    for change in carried(m.history):
        now = change.now.values()
        if change.digest not in known and (change.digest in counted or change.undoes in shared):
            values = values | {field: now[field] for field in fields if field in now}
            trace.append(values)
    trace.append({field: getattr(m, field) for field in fields})
    return [values for i, values in enumerate(trace) if i == 0 or values != trace[i - 1]]


def _within(short: list[dict[str, Any]], long: list[dict[str, Any]]) -> bool:
    """Whether who went the long way passed where the short one leads, and did not turn back."""
    for field, begun in long[0].items():
        if long[-1][field] == begun != short[-1][field]:
            # Back where it began: is that a word on what the other side did, or none?
            return False
    rest = iter(long)
    return all(any(values == other for other in rest) for values in short)


def _order(m: Milestone, fields: tuple[str, ...]) -> tuple[object, ...]:
    """Which of two that agree tells of them: the one with more changes, or else the earlier."""
    naming = [c for c in carried(m.history) if not c.now.values().keys().isdisjoint(fields)]
    return -len(naming), [(c.at, c.on) for c in naming], msgspec.json.encode(replace(m, id=0))


def _undecided(ours: Milestone, theirs: Milestone, about: str, prefer: Side | None) -> Milestone:
    if prefer is None and about == "removal" and theirs.removed_on is None:
        # What still stands can be removed again; what is gone would not be looked at.
        return theirs
    return theirs if prefer is Side.THEIRS else ours


def _conflict(ours: Milestone, theirs: Milestone, about: str, fields: tuple[str, ...]) -> Conflict:
    differing = [f for f in fields if getattr(ours, f) != getattr(theirs, f)] or fields
    first, second = (Patch(**{f: getattr(m, f) for f in differing}) for m in (ours, theirs))
    return Conflict(ours.id, ours.uid, ours.title, about, first, second)
