"""One milestone from two versions of it: each field from the side that changed it, one history.

A history is a chain for each field: every change found the value that the one before it left. So a
field comes from one side whole, its value and all its changes; the entries of the other side stay
in the history with who, when and why, and without that field. Any chain of the merged history is
then a chain that one side had, and each past day replays as that side had it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tracker.merge.conflict import Conflict, Side
from tracker.model import PATCHED, Change, Milestone, Patch

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


class Woven(Struct, frozen=True):
    """The milestone (with the id of ours) and what it leaves open."""

    milestone: Milestone
    conflicts: tuple[Conflict, ...] = ()


def weave(base: Milestone | None, ours: Milestone, theirs: Milestone, prefer: Side | None) -> Woven:
    """Return both versions as one. An open question goes to `prefer`, or to ours and is told."""
    ours, theirs = _told_apart(ours, theirs)
    base = base or _common(ours, theirs)
    shared = {c.at for c in ours.history} & {c.at for c in theirs.history}
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
    made_on = min(filter(None, (ours.made_on, theirs.made_on)), default=None)
    history = tuple(_history(ours, theirs, carriers, shared))
    return Woven(replace(ours, **values, made_on=made_on, history=history), tuple(conflicts))


def _groups(
    ours: Milestone, theirs: Milestone, shared: Set[datetime]
) -> Mapping[str, tuple[str, ...]]:
    """The groups; one of several where a side took back a change of several that both have.

    What was taken back stands or it does not, for all of its fields.
    """
    groups = dict(GROUPS)
    for change in (*ours.history, *theirs.history):
        if change.undoes in shared and change.at not in shared:
            named = change.now.values().keys()
            touched = [about for about, f in groups.items() if not named.isdisjoint(f)]
            for about in touched[1:]:
                groups[touched[0]] += groups.pop(about)
    return groups


def _common(ours: Milestone, theirs: Milestone) -> Milestone | None:
    """What both were at the last change that their histories begin with alike, if they agree.

    A file that was edited by hand may tell of the same changes and have other values.
    """
    last = None
    for change, same in zip(ours.history, theirs.history, strict=False):
        if change != same:
            break
        last = change.at
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
    known = {c.at for m in (base, gone) if m is not None for c in m.history}
    return any(c.at not in known for c in there.history)


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
    known = {c.at for c in start.history}
    shared = {c.at for c in m.history} & {c.at for c in other.history}
    counted = {c.at for c in m.standing} | shared
    values = {field: getattr(start, field) for field in fields}
    trace = [values]
    for change in m.history:
        now = change.now.values()
        if change.at not in known and (change.at in counted or change.undoes in shared):
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
    naming = [c for c in m.history if not c.now.values().keys().isdisjoint(fields)]
    return -len(naming), [(c.at, c.on) for c in naming], _bytes(m)


def _undecided(ours: Milestone, theirs: Milestone, about: str, prefer: Side | None) -> Milestone:
    if prefer is None and about == "removal" and theirs.removed_on is None:
        # What still stands can be removed again; what is gone would not be looked at.
        return theirs
    return theirs if prefer is Side.THEIRS else ours


def _conflict(ours: Milestone, theirs: Milestone, about: str, fields: tuple[str, ...]) -> Conflict:
    differing = [f for f in fields if getattr(ours, f) != getattr(theirs, f)] or fields
    first, second = (Patch(**{f: getattr(m, f) for f in differing}) for m in (ours, theirs))
    return Conflict(ours.id, ours.uid, ours.title, about, first, second)


def _history(
    ours: Milestone, theirs: Milestone, carriers: Mapping[str, Milestone], shared: Set[datetime]
) -> Iterator[Change]:
    """Every entry of both, in order of `at`; each field's part of it from the field's carrier."""
    sides = [(m, {c.at: c for c in m.history}) for m in (ours, theirs)]
    for at in sorted({c.at for m in (ours, theirs) for c in m.history}):
        entries = [(m, entry) for m, by_at in sides if (entry := by_at.get(at))]
        was: dict[str, Any] = {}
        now: dict[str, Any] = {}
        for m, entry in entries:
            was |= {f: v for f, v in entry.was.values().items() if carriers[f] is m}
            now |= {f: v for f, v in entry.now.values().items() if carriers[f] is m}
        undoes = next((c.undoes for _, c in entries if c.undoes), None)
        if undoes in shared and not now and any(c.now.values() for _, c in entries):
            # It gave up all that it took back: what it took back stands.
            undoes = None
        yield replace(entries[0][1], was=Patch(**was), now=Patch(**now), undoes=undoes)


def _told_apart(ours: Milestone, theirs: Milestone) -> tuple[Milestone, Milestone]:
    """Both, with no instant shared by two changes that are not the same one.

    The later of the two versions in byte order gives way, by microseconds, so that either way
    round the outcome is one.
    """
    if _bytes(ours) <= _bytes(theirs):
        return ours, _moved(theirs, ours)
    return _moved(ours, theirs), theirs


def _moved(m: Milestone, other: Milestone) -> Milestone:
    taken = {c.at: c for c in other.history}
    if all(_is_one(taken.get(c.at, c), c) for c in m.history):
        return m
    moved: dict[datetime, datetime] = {}
    history: list[Change] = []
    for change in m.history:
        at = max(change.at, history[-1].at + timedelta(microseconds=1)) if history else change.at
        undoes = moved.get(change.undoes, change.undoes) if change.undoes else None
        entry = replace(change, undoes=undoes)
        while at in taken and (at != change.at or not _is_one(taken[at], entry)):
            at += timedelta(microseconds=1)
        moved[change.at] = at
        history.append(replace(entry, at=at))
    return replace(m, history=tuple(history))


def _is_one(change: Change, other: Change) -> bool:
    """Whether it is one change, whatever an earlier merge left of its fields."""
    told = [(c.on, c.verb, c.by, c.why, c.evidence) for c in (change, other)]
    return told[0] == told[1] and (
        change.undoes == other.undoes or None in (change.undoes, other.undoes)
    )


def _bytes(m: Milestone) -> bytes:
    return msgspec.json.encode(replace(m, id=0))
