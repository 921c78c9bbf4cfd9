"""The verbs on a store: each is one transaction, all or nothing, and returns what it did.

The clock is an argument: a callable that gives the instant (UTC), asked under the store's lock so
that the order of the instants is the order of the changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from msgspec import UNSET, Struct
from msgspec.structs import replace

from tracker.errors import (
    AmbiguousId,
    BadInput,
    BadValue,
    OutOfOrder,
    TrackerError,
    UnknownMilestone,
)
from tracker.model import Change, Milestone, Stamp
from tracker.query import folded
from tracker.store import Reader, Store, Transaction

Clock = Callable[[], datetime]
_UID_START = 4
"""How many characters of a uid name a milestone, at the least."""

Verb = Callable[[Milestone, Stamp], Milestone]


class Occasion(Struct, frozen=True):
    """Who makes a change, the day it takes effect, and the clock it is recorded by."""

    clock: Clock
    on: date
    by: str | None = None


class Effect(Struct, frozen=True):
    """What a verb made of one milestone; `before` is None for a new one."""

    before: Milestone | None
    after: Milestone


def apply(store: Store, occasion: Occasion, keys: Sequence[str], verb: Verb) -> list[Effect]:
    """Apply a verb to every milestone named, or to none of them if one refuses."""

    def work(transaction: Transaction) -> list[Effect]:
        named = [find(transaction, key) for key in dict.fromkeys(keys)]
        found = list({m.id: m for m in named}.values())
        stamp = Stamp(_instant(occasion.clock, found), occasion.on, occasion.by)
        return _keep(transaction, [Effect(m, verb(m, stamp)) for m in found])

    return store.change(work)


def add(store: Store, occasion: Occasion, drafts: Iterable[Mapping[str, Any]]) -> list[Effect]:
    """Add one milestone for each draft: its fields by name, `title` among them."""

    def work(transaction: Transaction) -> list[Effect]:
        stamp = Stamp(occasion.clock(), occasion.on, occasion.by)
        effects = []
        for draft in drafts:
            begun = Milestone.begin(transaction.new_id(), str(uuid4()), stamp, "add", **dict(draft))
            effects += _keep(transaction, [Effect(None, begun)])
        return effects

    return store.change(work)


class Incoming(Struct, frozen=True):
    """A milestone to take in: its fields by name, or a whole one with its history.

    The uid is the item's own, or else one made from title and owner: the same file read again
    gives the same uids, so that nothing comes twice. `place` is where it stands in its file,
    `said_at` the instant (UTC) at which its file says that it last changed.
    """

    place: str
    uid: str
    fields: dict[str, Any]
    made_on: date | None = None
    whole: Milestone | None = None
    said_at: datetime | None = None


def accept(store: Store, occasion: Occasion, proposed: Sequence[Incoming]) -> list[Effect]:
    """Add what a document proposed; what is known stays as it is."""

    def work(transaction: Transaction) -> list[Effect]:
        known = set(transaction.known(item.uid for item in proposed))
        stamp = Stamp(occasion.clock(), occasion.on, occasion.by)
        effects: list[Effect] = []
        for item in proposed:
            if item.uid not in known:
                begun = _begin(transaction, item, stamp, "extract")
                effects += _keep(transaction, [Effect(None, begun)])
        return effects

    return store.change(work)


def take_in(store: Store, occasion: Occasion, items: Sequence[Incoming]) -> list[Effect]:
    """Add what is new, change what a file says differently, and leave what is known as it is.

    The same file taken in again changes nothing. Raises BadInput for a milestone whose history
    went another way here.
    """

    def work(transaction: Transaction) -> list[Effect]:
        known = transaction.known(item.uid for item in items)
        touched = [known[item.uid] for item in items if item.uid in known]
        stamp = Stamp(_instant(occasion.clock, touched), occasion.on, occasion.by)
        effects = []
        for item in items:
            before = known.get(item.uid)
            try:
                after = (
                    _merge(before, item, stamp)
                    if before
                    else _begin(transaction, item, stamp, "import")
                )
            except BadValue as error:
                raise BadInput(f"{item.place}: {error.message}", "Nothing was imported.") from None
            if after is not before:
                effects += _keep(transaction, [Effect(before, after)])
        return effects

    return store.change(work)


def _begin(transaction: Transaction, item: Incoming, stamp: Stamp, verb: str) -> Milestone:
    if item.whole is None:
        return Milestone.begin(
            transaction.new_id(), item.uid, stamp, verb, made_on=item.made_on, **item.fields
        )
    free = transaction.get(item.whole.id) is None and item.whole.id > 0
    return item.whole if free else replace(item.whole, id=transaction.new_id())


def _merge(ours: Milestone, item: Incoming, stamp: Stamp) -> Milestone:
    theirs = item.whole.history if item.whole else ours.history
    if len(theirs) > len(ours.history) and theirs[: len(ours.history)] == ours.history:
        return replace(item.whole, id=ours.id) if item.whole else ours
    # Whatever a file says of it, the baseline stays.
    kept = {"baseline_due"} if ours.baseline_due is not None else set()
    fields = {k: v for k, v in item.fields.items() if k not in kept}
    differing = {k: v for k, v in fields.items() if v != getattr(ours, k)}
    if theirs == ours.history:
        return ours.take_in(stamp, differing) if differing else ours
    if ours.history[: len(theirs)] == theirs:
        # An older export: nothing new in it, unless somebody edited it since.
        then = ours.as_recorded(theirs[-1].at)
        if all(v == getattr(then, k) for k, v in fields.items()):
            return ours
    raise BadInput(
        f"Milestone {ours.id} ({ours.title}) was changed here and in the file.",
        "Nothing was imported: export again, edit that, and import it.",
    )


class Followed(Struct, frozen=True):
    """What following a calendar changed, and what could not be taken: place and reason."""

    effects: list[Effect]
    refused: list[tuple[str, str]]


def follow(store: Store, occasion: Occasion, items: Sequence[Incoming]) -> Followed:
    """Take in what another calendar says, where it says something new.

    A field changes only if the calendar says otherwise than when it was last read: an old file
    read again reopens nothing that was completed here since. What was removed here stays removed.
    A bad item is refused by itself.
    """

    def work(transaction: Transaction) -> Followed:
        known = {m.uid: m for m in transaction.all()}
        touched = [known[item.uid] for item in items if item.uid in known]
        stamp = Stamp(_instant(occasion.clock, touched), occasion.on, occasion.by)
        followed = Followed([], [])
        for item in items:
            before = known.get(item.uid)
            try:
                if before is None:
                    after = _begin(transaction, item, stamp, "import")
                else:
                    news = _news(before, item)
                    after = before.take_in(stamp, news) if news else before
            except (BadValue, OutOfOrder) as error:
                followed.refused.append((item.place, error.message))
                continue
            known[item.uid] = after
            if after is not before:
                followed.effects.extend(_keep(transaction, [Effect(before, after)]))
        return followed

    return store.change(work)


def _news(ours: Milestone, item: Incoming) -> dict[str, Any]:
    """The fields that an item says otherwise than it said last, and than they are."""
    if ours.removed_on is not None:
        return {}
    first = ours.history[0]
    begun_at = first.at if first.verb == "import" else item.said_at
    last_said = ours.as_recorded(begun_at) if begun_at else None
    news = {}
    for field, value in item.fields.items():
        said = getattr(last_said, field) if last_said else UNSET
        for change in ours.history:
            if change.verb == "import" and getattr(change.now, field) is not UNSET:
                said = getattr(change.now, field)
        if value not in (said, getattr(ours, field)):
            news[field] = value
    return news


def undo(store: Store, occasion: Occasion) -> list[Effect]:
    """Reverse the last change that still stands, on every milestone it touched.

    What came with the seed stays. Raises TrackerError when nothing is left to undo.
    """

    def work(transaction: Transaction) -> list[Effect]:
        touched = _newest(transaction, _undoable)
        if not touched:
            raise TrackerError("There is nothing to undo.")
        return _revert(transaction, touched, "undo", occasion)

    return store.change(work)


def redo(store: Store, occasion: Occasion) -> list[Effect]:
    """Reverse the last undo, unless something was changed since."""

    def work(transaction: Transaction) -> list[Effect]:
        touched = _newest(transaction, _not_redone)
        if not touched or touched[0][1].verb != "undo":
            raise TrackerError(
                "There is nothing to redo: the last change was no undo.",
                "`tracker log` shows what it was.",
            )
        return _revert(transaction, touched, "redo", occasion)

    return store.change(work)


def _undoable(m: Milestone) -> Change | None:
    last = m.standing[-1:]
    return last[0] if last and last[0].verb != "seed" else None


def _not_redone(m: Milestone) -> Change | None:
    redone = {c.undoes for c in m.history if c.verb == "redo"}
    rest = [c for c in m.history if c.verb != "redo" and c.at not in redone]
    return rest[-1] if rest else None


def _newest(
    transaction: Transaction, candidate: Callable[[Milestone], Change | None]
) -> list[tuple[Milestone, Change]]:
    """The newest of the candidate changes, with every milestone it was made to, by id.

    A milestone's candidate is never newer than its last change, so no more of them are read than
    were changed since.
    """
    newest: list[tuple[Milestone, Change]] = []
    for m in transaction.latest():
        if newest and m.recorded_at < newest[0][1].at:
            break
        change = candidate(m)
        if change and newest and change.at > newest[0][1].at:
            newest.clear()
        if change and (not newest or change.at == newest[0][1].at):
            newest.append((m, change))
    return sorted(newest, key=lambda found: found[0].id)


def _revert(
    transaction: Transaction,
    touched: Sequence[tuple[Milestone, Change]],
    verb: str,
    occasion: Occasion,
) -> list[Effect]:
    at = _instant(occasion.clock, [m for m, _ in touched])
    return _keep(
        transaction, [Effect(m, m.revert(change, verb, at, occasion.by)) for m, change in touched]
    )


def uid_of(store: Store, key: str) -> str:
    """Return the uid of the milestone that `key` names, for a link to it."""
    return find(store, key).uid


def find(reader: Reader, key: str, *, removed: bool = False) -> Milestone:
    """Return the milestone that `key` names, as `among` does, reading no more than it must."""
    found = reader.get(int(key)) if _is_id(key) else None
    near = [found] if found else reader.beginning(key) if len(key) >= _UID_START else []
    return among(near or reader.all(), key, removed=removed)


def among(everything: Sequence[Milestone], key: str, *, removed: bool = False) -> Milestone:
    """Return the one that `key` names by its id or the first characters of its uid.

    Raises UnknownMilestone, naming the nearest there are, or AmbiguousId. A removed one is known
    only if `removed`.
    """
    if _is_id(key):
        matches = [m for m in everything if m.id == int(key)]
        if matches:
            return matches[0] if removed else _standing(matches[0])
    matches = [
        m for m in everything if len(key) >= _UID_START and m.uid.lower().startswith(key.lower())
    ]
    if len(matches) > 1:
        ids = ", ".join(str(m.id) for m in matches[:5])
        raise AmbiguousId(
            f"{len(matches)} milestones have a uid that begins with {key}: {ids}.",
            "Type more of it, or an id.",
        )
    if matches:
        return matches[0] if removed else _standing(matches[0])
    raise UnknownMilestone(f"There is no milestone {key!r}.", _nearest(key, everything))


def _is_id(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) < 19


def _standing(found: Milestone) -> Milestone:
    if found.removed_on is not None:
        raise UnknownMilestone(
            f"Milestone {found.id} was removed on {found.removed_on}.",
            f"`tracker log {found.id}` shows its history.",
        )
    return found


def _nearest(key: str, everything: Sequence[Milestone]) -> str:
    there = [m for m in everything if m.removed_on is None]
    if not there:
        return "The store is empty: begin with `tracker add TITLE --due WHEN`."
    if _is_id(key):
        near = sorted(there, key=lambda m: abs(m.id - int(key)))[:3]
        return f"The nearest are {', '.join(str(m.id) for m in sorted(near, key=lambda m: m.id))}."
    # A letter or two stand in most titles; a character of Chinese or two in few.
    told = len(key) > 2 or not key.isascii()
    alike = [m for m in there if told and folded(key) in folded(m.title)]
    if alike:
        return f"Did you mean {alike[0].id} ({alike[0].title})?"
    return f"Ids here go from {there[0].id} to {there[-1].id}; `tracker list` shows them."


def _instant(clock: Clock, touched: Iterable[Milestone]) -> datetime:
    """Return now, or an instant after all that is recorded should the clock have gone back."""
    now = clock()
    latest = max((m.recorded_at for m in touched), default=now)
    return now if now > latest else latest + timedelta(microseconds=1)


def _keep(transaction: Transaction, effects: list[Effect]) -> list[Effect]:
    for effect in effects:
        transaction.put(effect.after)
    return effects
