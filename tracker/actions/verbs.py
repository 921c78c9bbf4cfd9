"""The verbs on a store: each is one transaction, all or nothing, and returns what it did.

The clock is an argument: a callable that gives the instant (UTC), asked under the store's lock so
that the order of the instants is the order of the changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_OID, uuid4, uuid5

from msgspec import UNSET, Struct
from msgspec.structs import replace

from tracker.actions.finding import find_all
from tracker.errors import BadValue, OutOfOrder, Unchanged
from tracker.model import (
    LINKS,
    SHORT,
    TICK,
    Change,
    Milestone,
    Stamp,
    Status,
    carried,
    last_day,
    later_than,
    linked,
)
from tracker.store import Effect, Store, Transaction

_APART = 2 * TICK
"""Between two acts; what one does to a milestone goes tick by tick, and is undone at once."""

Clock = Callable[[], datetime]
Verb = Callable[[Milestone, Stamp], Milestone]


class ChangeContext(Struct, frozen=True):
    """Who makes a change, the day it takes effect, and the clock it is recorded by.

    The day is today here unless somebody said it (`is_told`).
    """

    clock: Clock
    on: date
    by: str | None = None
    is_told: bool = False

    @property
    def latest(self) -> date:
        """The last day that has begun anywhere on earth; what is dated later is wrong."""
        return last_day(self.clock())


def apply(
    store: Store,
    occasion: ChangeContext,
    keys: Sequence[str],
    verb: Verb,
    contents: Iterable[bytes] = (),
) -> list[Effect]:
    """Apply a verb to every milestone named, or to none of them if one refuses.

    `contents` are the bytes that it keeps as evidence.
    """

    def work(transaction: Transaction) -> list[Effect]:
        for content in contents:
            transaction.keep(content)
        found = find_all(transaction, keys)
        stamp = stamp_for(occasion, transaction)
        effects = [Effect(m, changed(m, verb, stamp, occasion)) for m in found]
        return with_next_repeats(transaction, put_all(transaction, effects), stamp)

    return store.change(work)


def with_next_repeats(
    transaction: Transaction, effects: list[Effect], stamp: Stamp
) -> list[Effect]:
    """The effects, and what is due next of that which repeats and was completed by them."""
    following_ones = []
    for before, m in ((effect.before, effect.after) for effect in effects):
        is_done = m.status is Status.COMPLETED and m.removed_on is None
        if before is None or not (m.repeat and is_done) or before.status is Status.COMPLETED:
            continue
        done = replace(stamp, on=m.completed_on or stamp.on)
        if (known := transaction.known([uid := uid_after(m)]).get(uid)) is None:
            after = m.next(transaction.new_id(), uid, done)
        elif was_undone(known):
            after = known.revert(removal(known), "redo", stamp.at, stamp.by)
        else:
            continue
        following_ones += put_all(transaction, [Effect(known, after)])
    return [*effects, *following_ones]


def uid_after(m: Milestone) -> str:
    """The uid of the next of those that repeat: the same in every copy of the store."""
    return str(uuid5(NAMESPACE_OID, f"{m.uid} {m.baseline_due}"))


def removal(m: Milestone) -> Change:
    """The change by which a removed one was removed last."""
    return next(c for c in reversed(carried(m.history)) if c.now.removed_on not in (UNSET, None))


def was_undone(m: Milestone) -> bool:
    """Whether it is gone because its beginning was undone."""
    return m.removed_on is not None and removal(m).undoes == m.history[0].digest


def would_change(
    milestones: Iterable[Milestone], verb: Verb, occasion: ChangeContext
) -> list[Milestone]:
    """Those that a verb would change; the others are so already."""
    stamp, would = Stamp(occasion.clock(), occasion.on, occasion.by), []
    for m in milestones:
        try:
            changed(m, verb, next_stamp(stamp, m), occasion)
        except Unchanged:
            continue
        would.append(m)
    return would


def add(store: Store, occasion: ChangeContext, drafts: Iterable[Mapping[str, Any]]) -> list[Effect]:
    """Add one milestone for each draft: its fields by name, `title` among them."""

    def work(transaction: Transaction) -> list[Effect]:
        stamp = stamp_for(occasion, transaction)
        effects = []
        for draft in drafts:
            begun = Milestone.begin(transaction.new_id(), str(uuid4()), stamp, "add", **dict(draft))
            effects += put_all(transaction, [Effect(None, begun)])
        return effects

    return store.change(work)


def changed(m: Milestone, verb: Verb, stamp: Stamp, occasion: ChangeContext) -> Milestone:
    """Apply a verb to one milestone; what follows a day that has begun elsewhere has that day too.

    Raises OutOfOrder, with a way out, for a milestone that a clock ahead of time has dated.
    """
    try:
        return verb(m, stamp)
    except OutOfOrder:
        later = max((m.created_on, *(c.on for c in m.effective)))
        if later > occasion.latest:
            raise _of_a_wrong_clock(m, later) from None
        if occasion.is_told or later <= stamp.on:
            raise
        return verb(m, replace(stamp, on=later))


def _of_a_wrong_clock(m: Milestone, day: date) -> OutOfOrder:
    if m.created_on == day:
        hint = "Say when it was: `tracker correct {id} --made-on DATE -m REASON`."
    else:
        hint = "Take that back: `tracker undo {change}`."
    last = next((c.digest[:SHORT] for c in reversed(m.effective) if c.on == day), None)
    said = "Milestone {id} has a date of {day}, a day to come: a clock was wrong."
    return OutOfOrder(said, hint, id=m.id, day=day, change=last)


def stamp_for(occasion: ChangeContext, transaction: Transaction) -> Stamp:
    """Return who, on what day and at which instant all of one change is made."""
    return Stamp(instant(occasion.clock, transaction), occasion.on, occasion.by)


def instant(clock: Clock, transaction: Transaction) -> datetime:
    """Return now, or an instant after all that the store has recorded, by whatever clocks.

    So the order of the instants is the order of the changes of all milestones together.
    """
    now, newest = clock(), transaction.newest()
    return now if newest is None or now - newest >= _APART else later_than(newest, _APART)


def next_stamp(stamp: Stamp, m: Milestone) -> Stamp:
    """Return the stamp of one more change to a milestone, after its last, to be told apart."""
    return replace(stamp, at=max(stamp.at, later_than(m.recorded_at)))


def put_all(transaction: Transaction, effects: list[Effect]) -> list[Effect]:
    """Put what each effect made of its milestone, and return the effects.

    Raises BadValue, with nothing put, for a milestone that would come back to itself by links.
    """
    refuse_circles(transaction, effects)
    for effect in effects:
        transaction.put(effect.after)
    return effects


def refuse_circles(transaction: Transaction, effects: Sequence[Effect]) -> None:
    """Raise BadValue for a milestone that comes back to itself by links that were made."""
    after = {effect.after.uid: effect.after for effect in effects}

    def known(uids: Set[str]) -> dict[str, Milestone]:
        return transaction.known(uids) | {uid: after[uid] for uid in uids & after.keys()}

    for field in LINKS:
        _refuse_circles([m for m in map(_linking(field), effects) if m], field, known)


def _linking(field: str) -> Callable[[Effect], Milestone | None]:
    """The milestone of an effect, if it made a link of this kind."""

    def made(effect: Effect) -> Milestone | None:
        links = linked(effect.after, field)
        is_new = effect.before is None or links != linked(effect.before, field)
        return effect.after if links and is_new else None

    return made


def _refuse_circles(
    made: Sequence[Milestone], field: str, known: Callable[[Set[str]], dict[str, Milestone]]
) -> None:
    """Look once along all links of a kind that were made; only if some circle is there, whose."""
    if not made:
        return
    from graphlib import CycleError, TopologicalSorter  # few changes link

    graph: dict[str, tuple[str, ...]] = {}
    step = {m.uid: m for m in made}
    while step:
        graph.update((uid, linked(m, field)) for uid, m in step.items())
        further = {uid for m in step.values() for uid in linked(m, field)} - graph.keys()
        step = known(further)
        graph.update(dict.fromkeys(further - step.keys(), ()))
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        for m in made:
            _refuse_circle(m, graph, field)


def _refuse_circle(m: Milestone, graph: Mapping[str, tuple[str, ...]], field: str) -> None:
    seen, step = set[str](), set(linked(m, field))
    while step:
        if m.uid in step:
            raise BadValue(
                "Milestone {id} would come back to itself by {field}.",
                "Leave that link out.",
                id=m.id,
                field=field.replace("_", " "),
            )
        seen |= step
        step = {uid for other in step for uid in graph[other]} - seen
