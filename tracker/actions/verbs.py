"""The verbs on a store: each is one transaction, all or nothing, and returns what it did.

The clock is an argument: a callable that gives the instant (UTC), asked under the store's lock so
that the order of the instants is the order of the changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from msgspec import Struct
from msgspec.structs import replace

from tracker.actions.finding import find
from tracker.model import TICK, Milestone, Stamp, later_than
from tracker.store import Store, Transaction

_EASTMOST = timedelta(hours=14)
"""How far the clocks of the first islands to see a day are ahead of UTC."""

_APART = 2 * TICK
"""Between two acts; what one does to a milestone goes tick by tick, and is undone at once."""

Clock = Callable[[], datetime]
Verb = Callable[[Milestone, Stamp], Milestone]


class Occasion(Struct, frozen=True):
    """Who makes a change, the day it takes effect, and the clock it is recorded by."""

    clock: Clock
    on: date
    by: str | None = None

    @property
    def latest(self) -> date:
        """The last day that has begun anywhere on earth; what is dated later is wrong."""
        return (self.clock() + _EASTMOST).date()


class Effect(Struct, frozen=True):
    """What a verb made of one milestone; `before` is None for a new one."""

    before: Milestone | None
    after: Milestone


def apply(store: Store, occasion: Occasion, keys: Sequence[str], verb: Verb) -> list[Effect]:
    """Apply a verb to every milestone named, or to none of them if one refuses."""

    def work(transaction: Transaction) -> list[Effect]:
        named = [find(transaction, key) for key in dict.fromkeys(keys)]
        found = list({m.id: m for m in named}.values())
        stamp = Stamp(instant(occasion.clock, transaction), occasion.on, occasion.by)
        return keep(transaction, [Effect(m, verb(m, stamp)) for m in found])

    return store.change(work)


def add(store: Store, occasion: Occasion, drafts: Iterable[Mapping[str, Any]]) -> list[Effect]:
    """Add one milestone for each draft: its fields by name, `title` among them."""

    def work(transaction: Transaction) -> list[Effect]:
        stamp = Stamp(instant(occasion.clock, transaction), occasion.on, occasion.by)
        effects = []
        for draft in drafts:
            begun = Milestone.begin(transaction.new_id(), str(uuid4()), stamp, "add", **dict(draft))
            effects += keep(transaction, [Effect(None, begun)])
        return effects

    return store.change(work)


def instant(clock: Clock, transaction: Transaction) -> datetime:
    """Return now, or an instant after all that the store has recorded, by whatever clocks.

    So the order of the instants is the order of the changes of all milestones together.
    """
    now, newest = clock(), transaction.newest()
    return now if newest is None or now - newest >= _APART else later_than(newest, _APART)


def following(stamp: Stamp, m: Milestone) -> Stamp:
    """Return the stamp of one more change to a milestone, after its last, to be told apart."""
    return replace(stamp, at=max(stamp.at, later_than(m.recorded_at)))


def keep(transaction: Transaction, effects: list[Effect]) -> list[Effect]:
    """Put what each effect made of its milestone, and return the effects."""
    for effect in effects:
        transaction.put(effect.after)
    return effects
