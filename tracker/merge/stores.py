"""All milestones of two stores as one: rows by uid, ids made distinct, and the whole checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tracker.coherence import faults
from tracker.errors import BadInput
from tracker.merge.conflict import Conflict, Side
from tracker.merge.weave import MergedMilestone, holds, weave
from tracker.message import Message
from tracker.model import Milestone, with_join

Rows = Mapping[str, Milestone]


class Renumbered(Struct, frozen=True):
    """A milestone whose id went to another one that had it first."""

    uid: str
    title: str
    was: int
    now: int


class MergeResult(Struct, frozen=True):
    """The milestones in order of id, and what a person should know of how they came together."""

    milestones: tuple[Milestone, ...]
    conflicts: tuple[Conflict, ...]
    renumbered: tuple[Renumbered, ...]


def merge(
    base: Sequence[Milestone],
    ours: Sequence[Milestone],
    theirs: Sequence[Milestone],
    prefer: Side | None = None,
) -> MergeResult:
    """Return both stores as one that is sound, whatever is left open.

    Merged again with either side, the outcome stays as it is.
    An open question is a conflict, for which ours stands, unless `prefer` says whose word to take.
    Merging the other way round gives the same but for those. Raises BadInput for a side in which
    two milestones share a uid.
    """
    old, left, right = _by_uid("base", base), _by_uid("ours", ours), _by_uid("theirs", theirs)
    woven = {
        uid: one
        for uid in dict.fromkeys([*left, *right])
        if (one := _row(old.get(uid), left.get(uid), right.get(uid), prefer))
    }
    ids = _ids(old, left, right, {uid: one.milestone for uid, one in woven.items()})
    milestones = sorted(
        (replace(one.milestone, id=ids[uid]) for uid, one in woven.items()), key=lambda m: m.id
    )
    milestones = with_join(milestones, _digests(ours), _digests(theirs))
    conflicts = [replace(c, id=ids[uid]) for uid, one in woven.items() for c in one.conflicts]
    conflicts += _unsound(milestones, ours, theirs)
    return MergeResult(
        tuple(milestones),
        tuple(sorted(conflicts, key=lambda c: (c.id, c.about))),
        tuple(_renumbered(milestones, left, right)),
    )


def _digests(side: Sequence[Milestone]) -> set[str]:
    return {change.digest for m in side for change in m.history}


def _by_uid(side: str, milestones: Sequence[Milestone]) -> Rows:
    rows = {m.uid: m for m in milestones}
    if len(rows) < len(milestones):
        said = "Two milestones of {side} share a uid."
        raise BadInput(said, "`tracker check` on that file names them.", side=side)
    return rows


def _row(
    base: Milestone | None, ours: Milestone | None, theirs: Milestone | None, prefer: Side | None
) -> MergedMilestone | None:
    """Return one milestone of both; None if one side took its row out and the other left it."""
    if ours is not None and theirs is not None:
        if _same(ours, theirs) or _same(base, theirs):
            return MergedMilestone(ours)
        return MergedMilestone(theirs) if _same(base, ours) else weave(base, ours, theirs, prefer)
    kept = ours or theirs
    if kept is None or base is None:
        return MergedMilestone(kept) if kept else None
    if _same(base, kept):
        return None
    if prefer is not None:
        return MergedMilestone(kept) if (prefer is Side.OURS) == (kept is ours) else None
    there, gone = (Side.OURS, Side.THEIRS) if kept is ours else (Side.THEIRS, Side.OURS)
    said = "{gone} took its row out of the file, {there} changed it; it is kept"
    why = Message(said, gone=Message(gone), there=Message(there))
    return MergedMilestone(kept, (Conflict(kept.id, kept.uid, kept.title, "row", why=why),))


def _same(one: Milestone | None, other: Milestone) -> bool:
    return one is not None and replace(one, id=other.id) == other


def _ids(old: Rows, left: Rows, right: Rows, rows: Rows) -> dict[str, int]:
    """Return an id for each uid: its own, or a new one if another milestone has it first.

    Those of the base come first, then the earlier made, so that both ways round agree.
    """
    # The side that has all of the other and more, such as an earlier merge: its ids stay.
    has = [_has_all(left, right), _has_all(right, left)]
    ahead = None if has[0] == has[1] else left if has[0] else right
    wanted = {
        uid: ahead[uid].id if ahead else _wanted(old.get(uid), left.get(uid), right.get(uid))
        for uid in rows
    }
    fresh = max((m.id for side in (old, left, right) for m in side.values()), default=0) + 1
    ids: dict[str, int] = {}
    taken: set[int] = set()

    def place(uid: str) -> tuple[object, ...]:
        return uid not in old or old[uid].id != wanted[uid], rows[uid].history[0].at, uid

    for uid in sorted(rows, key=place):
        id = wanted[uid]
        if id in taken:
            id, fresh = fresh, fresh + 1
        taken.add(id)
        ids[uid] = id
    return ids


def _has_all(one: Rows, other: Rows) -> bool:
    return all(uid in one and holds(one[uid], m) for uid, m in other.items())


def _wanted(base: Milestone | None, ours: Milestone | None, theirs: Milestone | None) -> int:
    ids = {m.id for m in (ours, theirs) if m is not None}
    changed = ids - {base.id} if base else ids
    # An earlier merge may have given one side's milestone another id already.
    return min(changed or ids)


def _unsound(
    merged: Sequence[Milestone], ours: Sequence[Milestone], theirs: Sequence[Milestone]
) -> Iterator[Conflict]:
    """What is wrong with the whole that was wrong with neither part, such as a circle of links."""
    by_id, *uids = ({m.id: m for m in side} for side in (merged, ours, theirs))
    sides = zip(uids, (ours, theirs), strict=True)
    known = {(those[f.id].uid, f.what) for those, side in sides for f in faults(side)}
    for fault in faults(merged):
        m = by_id[fault.id]
        if (m.uid, fault.what) not in known:
            why = Message("it {what}. {advice}", what=fault.what, advice=fault.advice)
            yield Conflict(m.id, m.uid, m.title, "soundness", why=why)


def _renumbered(milestones: Sequence[Milestone], left: Rows, right: Rows) -> Iterator[Renumbered]:
    for m in milestones:
        had = {side[m.uid].id for side in (left, right) if m.uid in side}
        for was in sorted(had - {m.id}):
            yield Renumbered(m.uid, m.title, was, m.id)
