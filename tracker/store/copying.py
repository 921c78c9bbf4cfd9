"""A store copied into another, of any engine, with histories, tombstones, ids and uids.

What undo and redo go by is in the histories, so it comes with them. A target that is there is
brought forward, in one transaction, as long as it knows of no change that the source does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from tracker.coherence import refuse_future
from tracker.errors import BadInput, StoreAhead, StoreFailed, StoreMissing
from tracker.message import Message
from tracker.model import Milestone
from tracker.store import Store, Transaction
from tracker.store.evidence import carry_evidence, named_digests


class CopyResult(Struct, frozen=True):
    """How many milestones both stores have now, and how many of them the target had not so.

    `lost` is how many copies of evidence they name that neither store has as they were.
    """

    count: int
    added: int
    changed: int
    lost: int = 0


def copy(source: Store, target: Store, last: date) -> CopyResult:
    """Copy all that is in the source, and compare what the target then has, value by value.

    Evidence goes first, so that no entry names what is not there.

    Raises, with nothing changed, OutOfOrder for what the target has not and is dated after `last`,
    and StoreAhead for a target that has what the source has not; and StoreFailed if what it has
    afterwards is not what was copied.
    """
    kept = source.all()
    by_uid, digests = _by_uid(source.url, kept), named_digests(kept)
    names, is_new = (source.url, target.url), False
    try:
        target.change(lambda t: _comparable(t, by_uid, names, last))
    except StoreMissing:
        is_new = True
        refuse_future(kept, last)
        target.create([] if digests else kept)
    lost = carry_evidence([source], target, digests)
    added, changed = target.change(lambda t: _bring_forward(t, by_uid, names, last))
    copied = CopyResult(len(kept), len(kept) if is_new else added, changed, lost)
    # Within a change, so that it is read where it was written and not at a standby that lags.
    _compare(kept, target.change(lambda t: t.all()), target.url)
    return copied


def _comparable(
    transaction: Transaction, ours: Mapping[str, Milestone], names: tuple[str, str], last: date
) -> dict[str, Milestone]:
    """What the target has, by uid, if it may be brought forward. Raises as `copy` does."""
    source, target = names
    theirs = _by_uid(target, transaction.all())
    refuse_future(ours.values(), last, theirs.values())
    _refuse_ahead(ours, theirs, source, target)
    _refuse_ids_that_moved(ours, theirs, target)
    return theirs


def _bring_forward(
    transaction: Transaction, ours: Mapping[str, Milestone], names: tuple[str, str], last: date
) -> tuple[int, int]:
    """Put what differs; return how many the target had not, and how many otherwise."""
    theirs = _comparable(transaction, ours, names, last)
    differing = [one for uid, one in ours.items() if theirs.get(uid) != one]
    for one in differing:
        transaction.put(one)
    added = len(ours.keys() - theirs.keys())
    return added, len(differing) - added


def _refuse_ahead(
    ours: Mapping[str, Milestone], theirs: Mapping[str, Milestone], source: str, target: str
) -> None:
    ahead = [one.id for uid, one in theirs.items() if _has_more(one, ours.get(uid))]
    if ahead:
        some = tuple(map(str, ahead[:5])) + ((Message("others"),) if len(ahead) > 5 else ())
        raise StoreAhead(
            "{target} has what {source} has not, in {count} of its milestones ({some}); "
            "nothing was changed.",
            "Bring both together with `tracker merge /dev/null {source} {target} -o "
            "both.json`, then copy both.json.",
            target=target,
            source=source,
            count=len(ahead),
            some=some,
        )


def _has_more(theirs: Milestone, ours: Milestone | None) -> bool:
    """Whether it has a change that ours has not, or another value without one."""
    if ours is None:
        return True
    known, own = ({c.digest for c in m.history} for m in (ours, theirs))
    return bool(own - known) or (own == known and replace(theirs, id=ours.id) != ours)


def _refuse_ids_that_moved(
    ours: Mapping[str, Milestone], theirs: Mapping[str, Milestone], target: str
) -> None:
    """A merge gives a new id where two are alike; that of the target goes to one it has not."""
    by_id = {one.id: one for one in ours.values()}
    for uid, one in theirs.items():
        if ours[uid].id != one.id and (one.id not in by_id or by_id[one.id].uid in theirs):
            raise StoreAhead(
                "Milestone {id} of {target} has the id {here} now, and its old one is not "
                "free to go; nothing was changed.",
                "Copy to a new place, and use that from then on.",
                id=one.id,
                target=target,
                here=ours[uid].id,
            )


def _compare(kept: Sequence[Milestone], found: Sequence[Milestone], target: str) -> None:
    sent, there = ({m.id: m for m in side} for side in (kept, found))
    wrong = sorted(id for id in sent.keys() | there.keys() if sent.get(id) != there.get(id))
    if wrong:
        raise StoreFailed(
            "{target} was written and read again, and {count} of its milestones are not as "
            "they were copied ({wrong}).",
            "If somebody changed it meanwhile, all is well; otherwise `tracker check` it.",
            target=target,
            count=len(wrong),
            wrong=tuple(map(str, wrong[:5])),
        )


def _by_uid(name: str, milestones: Sequence[Milestone]) -> dict[str, Milestone]:
    rows = {m.uid: m for m in milestones}
    if len(rows) < len(milestones):
        raise BadInput(
            "Two milestones of {name} share a uid; nothing was changed.",
            "`tracker check --file {name}` names them.",
            name=name,
        )
    return rows
