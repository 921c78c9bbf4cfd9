"""Taking in what comes from outside: proposals of documents, rows of files, other calendars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import UNSET, Struct
from msgspec.structs import replace

from tracker.actions.verbs import Effect, Occasion, instant, keep
from tracker.errors import BadInput, BadValue, OutOfOrder
from tracker.model import Milestone, Stamp
from tracker.store import Store, Transaction


class Remark(Struct, frozen=True):
    """What is reported of a milestone on a day, with an address or a file that shows it."""

    on: date
    text: str
    evidence: str | None = None


class Incoming(Struct, frozen=True):
    """A milestone to take in: its fields by name, or a whole one with its history.

    The uid is the item's own, or else one made from title and owner: the same file read again
    gives the same uids, so that nothing comes twice. `place` is where it stands in its file,
    `said_at` the instant (UTC) at which its file says that it last changed, `remarks` what it
    reports beside the fields.
    """

    place: str
    uid: str
    fields: dict[str, Any]
    made_on: date | None = None
    whole: Milestone | None = None
    said_at: datetime | None = None
    remarks: tuple[Remark, ...] = ()


def accept(store: Store, occasion: Occasion, proposed: Sequence[Incoming]) -> list[Effect]:
    """Add what a document proposed; what is known stays as it is."""

    def work(transaction: Transaction) -> list[Effect]:
        known = set(transaction.known(item.uid for item in proposed))
        stamp = Stamp(instant(occasion.clock, transaction), occasion.on, occasion.by)
        effects: list[Effect] = []
        for item in proposed:
            if item.uid not in known:
                begun = _begin(transaction, item, stamp, "extract")
                effects += keep(transaction, [Effect(None, begun)])
        return effects

    return store.change(work)


def take_in(store: Store, occasion: Occasion, items: Sequence[Incoming]) -> list[Effect]:
    """Add what is new, change what a file says differently, and leave what is known as it is.

    The same file taken in again changes nothing. Raises BadInput for a milestone whose history
    went another way here.
    """

    def work(transaction: Transaction) -> list[Effect]:
        known = transaction.known(item.uid for item in items)
        stamp = Stamp(instant(occasion.clock, transaction), occasion.on, occasion.by)
        effects = []
        for item in items:
            before = known.get(item.uid)
            try:
                after = (
                    _merge(before, item, stamp)
                    if before
                    else _begin(transaction, item, stamp, "import")
                )
                after = _noted(after, item.remarks, stamp)
            except BadValue as error:
                raise BadInput(
                    "{place}: {reason}",
                    "Nothing was imported.",
                    place=item.place,
                    reason=error.message,
                ) from None
            if after is not before:
                effects += keep(transaction, [Effect(before, after)])
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
        "Milestone {id} ({title}) was changed here and in the file.",
        "Nothing was imported: export again, edit that, and import it.",
        id=ours.id,
        title=ours.title,
    )


def _noted(m: Milestone, remarks: Sequence[Remark], stamp: Stamp) -> Milestone:
    """The milestone with what is reported of it, each a change of its own with its own instant."""
    for number, remark in enumerate(remarks, 1):
        day = max(m.created_on, min(remark.on, stamp.on))
        at = stamp.at + timedelta(microseconds=number)
        m = m.note(Stamp(at, day, stamp.by), remark.text, remark.evidence)
    return m


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
        stamp = Stamp(instant(occasion.clock, transaction), occasion.on, occasion.by)
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
                followed.effects.extend(keep(transaction, [Effect(before, after)]))
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
