"""Taking in what comes from outside: proposals of documents, rows of files, other calendars."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from msgspec import UNSET, Struct
from msgspec.structs import replace

from tracker.actions.matching import ImportItem, Matches, Remark
from tracker.actions.verbs import (
    ChangeContext,
    changed,
    next_stamp,
    put_all,
    refuse_circles,
    removal,
    stamp_for,
    was_undone,
    with_next_repeats,
)
from tracker.coherence import alterations, refuse_future
from tracker.errors import BadInput, BadValue, OutOfOrder, TrackerError
from tracker.message import Message, sentences, with_progress
from tracker.model import (
    MOST_ID,
    Change,
    Milestone,
    OfficeStep,
    Stage,
    Stamp,
    not_undone,
    with_attestation,
    with_join,
)
from tracker.store import Effect, Store, Transaction

News = Callable[[Milestone, ImportItem, Stamp], Milestone]
"""What an item makes of the milestone that it is."""


class Intake(Struct, frozen=True):
    """What was changed, what could not be taken (place and reason), and what stays removed here.

    `same` are the places of what says nothing new.
    """

    effects: list[Effect]
    refused: list[tuple[str, str]]
    removed: list[tuple[str, Milestone]]
    same: list[str]


def accept(
    store: Store,
    occasion: ChangeContext,
    proposed: Sequence[ImportItem],
    contents: Iterable[bytes] = (),
) -> Intake:
    """Add what a document proposed; what is known stays as it is. `contents` are kept."""
    once = list({item.uid: item for item in reversed(proposed)}.values())[::-1]

    def work(transaction: Transaction) -> Intake:
        for content in contents:
            transaction.keep(content)
        return _Taking(transaction, occasion, "extract").of(once, _as_it_is)

    return store.change(work)


def take_in(store: Store, occasion: ChangeContext, items: Sequence[ImportItem]) -> Intake:
    """Add what is new, change what a file says differently, and leave what is known as it is.

    The same file taken in again changes nothing, and what was undone since comes back. Raises
    BadInput, with nothing changed, for an item that may be either of two milestones, says what
    cannot be, or is a milestone whose history went another way here.
    """
    return store.change(lambda t: _Taking(t, occasion, "import").of(items, _differing))


def follow(store: Store, occasion: ChangeContext, items: Sequence[ImportItem]) -> Intake:
    """Take in what another calendar says, where it says something new.

    A field changes only if the calendar says otherwise than when it was last read: an old file
    read again reopens nothing that was completed here since. What was removed here stays removed.
    A bad item is refused by itself.
    """
    return store.change(lambda t: _Taking(t, occasion, "import", alone=True).of(items, _new))


class _Taking:
    """One transaction of taking in."""

    def __init__(
        self, transaction: Transaction, occasion: ChangeContext, verb: str, *, alone: bool = False
    ) -> None:
        self._transaction = transaction
        self._occasion = occasion
        self._stamp = stamp_for(occasion, transaction)
        self._verb = verb
        self._taken = Intake([], [], [], [])
        self._completed: list[Effect] = []
        self._linked: list[tuple[str, Effect]] = []
        self._alone = alone

    def of(self, items: Sequence[ImportItem], news: News) -> Intake:
        """Take each in, or none if one is refused; if `alone`, one is refused by itself."""
        known = self._known(items)
        had = {c.digest for m in self._all_of_it(items) for c in m.history}
        taken = with_progress(items, Message("Taking milestones in"))
        for item, found in zip(taken, Matches(known).of(items), strict=True):
            try:
                self._take(item, found, news)
            except TrackerError as error:
                if not self._alone:
                    raise refused_item(item.place, error) from None
                self._taken.refused.append((item.place, error.message))
        self._refuse_circles()
        after = with_next_repeats(self._transaction, self._completed, self._stamp)
        self._taken.effects.extend(after[len(self._completed) :])
        for m in with_join(self._all_of_it(items), had):
            if m != self._transaction.get(m.id):
                self._transaction.put(m)
        return self._taken

    def _refuse_circles(self) -> None:
        try:
            refuse_circles(self._transaction, [effect for _, effect in self._linked])
        except TrackerError:
            for place, effect in self._linked:
                try:
                    refuse_circles(self._transaction, [effect])
                except TrackerError as error:
                    raise refused_item(place, error) from None

    def _all_of_it(self, items: Sequence[ImportItem]) -> Sequence[Milestone]:
        """The whole record, if another's histories come into it and it must say how it was."""
        return self._transaction.all() if any(item.whole for item in items) else ()

    def _known(self, items: Sequence[ImportItem]) -> Sequence[Milestone]:
        if all(item.has_uid for item in items):
            return list(self._transaction.known(item.uid for item in items).values())
        return self._transaction.all()

    def _take(self, item: ImportItem, found: Milestone | TrackerError | None, news: News) -> None:
        if isinstance(found, TrackerError):
            raise found
        latest = self._occasion.latest
        refuse_future_days(latest, item.made_on, item.fields.get("completed_on"))
        if item.whole:
            refuse_future([item.whole], latest)
        after = self._begun(item) if found is None else self._brought_back(found)
        if found is not None and after.removed_on is not None:
            self._taken.removed.append((item.place, found))
            return
        if found is not None:
            stamp = next_stamp(self._stamp, after)
            after = changed(after, lambda m, at: news(m, item, at), stamp, self._occasion)
        after = _noted(after, item.remarks, self._stamp)
        after = with_steps(after, item.steps, self._stamp)
        if after is found:
            self._taken.same.append(item.place)
        else:
            effect = Effect(found, after)
            if self._alone:
                put_all(self._transaction, [effect])
            else:  # links may lead to what comes later, and are looked at once, in the end
                self._transaction.put(after)
                self._linked.append((item.place, effect))
            self._taken.effects.append(effect)
            if item.whole is None:  # an export has the next one itself
                self._completed.append(effect)

    def _begun(self, item: ImportItem) -> Milestone:
        fresh = self._transaction.new_id()
        if item.whole is None:
            own = {"made_on": item.made_on, "why": item.why, "exhibit": item.exhibit}
            told: dict[str, Any] = {**own, **item.fields}
            return Milestone.begin(fresh, item.uid, self._stamp, self._verb, **told)
        _refuse_altered(item.whole)
        id = item.whole.id
        # One at the end of all ids would leave none to the next.
        free = 0 < id < MOST_ID // 2 and self._transaction.get(id) is None
        whole = replace(item.whole, id=id if free else fresh)
        return with_attestation([whole], [whole], self._stamp.at)[0] if item.as_found else whole

    def _brought_back(self, found: Milestone) -> Milestone:
        """One whose coming was undone comes again; what somebody removed stays removed."""
        if not was_undone(found):
            return found
        stamp = next_stamp(self._stamp, found)
        return found.revert(removal(found), "redo", stamp.at, stamp.by)


def refused_item(place: str, error: TrackerError) -> BadInput:
    """What is said of a file in which one item is refused."""
    told = sentences(("Nothing was imported.", error.hint))
    return BadInput("{place}: {reason}", "{told}", place=place, reason=error.message, told=told)


def refuse_future_days(latest: date, made_on: date | None, completed_on: date | None) -> None:
    """Raise OutOfOrder for a fact of a day that has begun nowhere yet, later than `latest`."""
    facts = {
        Message("It was promised on {day}, a day to come."): made_on,
        Message("It was completed on {day}, a day to come."): completed_on,
    }
    for sentence, day in facts.items():
        if day is not None and day > latest:
            raise OutOfOrder(sentence, "Mend that day.", day=day)


def _refuse_altered(whole: Milestone) -> None:
    """Raise BadValue for a history that was altered, or fields that it does not lead to."""
    for fault in alterations(whole):
        raise BadValue(
            "The milestone {uid} {what}.",
            "Export it again; take it in as it is, and edit it then.",
            uid=whole.uid,
            what=fault.what,
        )


def _as_it_is(ours: Milestone, _: ImportItem, __: Stamp) -> Milestone:
    return ours


def _differing(ours: Milestone, item: ImportItem, stamp: Stamp) -> Milestone:
    """What a file says differently; of whole histories the longer one."""
    theirs = item.whole.history if item.whole else ours.history
    if item.whole and _holds(theirs, ours.history) and theirs != ours.history:
        _refuse_altered(item.whole)
        return replace(item.whole, id=ours.id)
    # Whatever a file says of it, the baseline stays.
    kept = {"baseline_due"} if ours.baseline_due is not None else set()
    fields = {k: v for k, v in item.fields.items() if k not in kept}
    if theirs == ours.history or item.whole is None:
        differing = {k: v for k, v in fields.items() if v != getattr(ours, k)}
        return ours.take_in(stamp, differing) if differing else ours
    if undone := _undone_since(ours, theirs):
        for change in reversed(undone):
            ours = ours.revert(change, "redo", stamp.at, stamp.by)
            stamp = next_stamp(stamp, ours)
        return ours
    if _holds(ours.history, theirs):
        # An older export: nothing new in it, unless somebody edited it since.
        then = ours.as_recorded(theirs[-1].at)
        if all(v == getattr(then, k) for k, v in fields.items()):
            return ours
    else:
        _refuse_altered(item.whole)
    raise BadValue(
        "Milestone {id} ({title}) was changed here and in the file.",
        "Export again, edit that, and import it.",
        id=ours.id,
        title=ours.title,
    )


def _undone_since(m: Milestone, history: Sequence[Change]) -> list[Change]:
    """The undoings after this history, if nothing else was done to the milestone since."""
    since = [c for c in m.history[len(history) :] if not c.is_of_record]
    is_all = m.history[: len(history)] == history and all(c.verb == "undo" for c in since)
    return since if is_all else []


def _holds(history: tuple[Change, ...], other: tuple[Change, ...]) -> bool:
    """Whether the last entry of the other is among these, and so all of it."""
    return any(change == other[-1] for change in history)


def _new(ours: Milestone, item: ImportItem, stamp: Stamp) -> Milestone:
    """The fields that an item says otherwise than it said last, and than they are."""
    first = ours.history[0]
    begun_at = first.at if first.verb == "import" else item.said_at
    last_said = ours.as_recorded(begun_at) if begun_at else None
    said = {f: getattr(last_said, f) for f in item.fields} if last_said else {}
    for change in not_undone(ours.history):
        if change.verb == "import":
            said |= change.now.values()
    news = {
        field: value
        for field, value in item.fields.items()
        if value not in (said.get(field, UNSET), getattr(ours, field))
    }
    return ours.take_in(stamp, news, why=item.why) if news else ours


def with_steps(m: Milestone, steps: Iterable[tuple[Stage, date]], stamp: Stamp) -> Milestone:
    """The milestone with these steps of the office's cycle. Raises TrackerError for bad ones."""
    from tracker.model.cycle import default_party  # few files say any

    for stage, day in steps:
        at = next_stamp(stamp, m).at
        m = m.take(Stamp(at, day, stamp.by), OfficeStep(stage, default_party(m, stage)))
    return m


def _noted(m: Milestone, remarks: Sequence[Remark], stamp: Stamp) -> Milestone:
    """The milestone with what is reported of it, each a change of its own with its own instant."""
    for remark in remarks:
        day = max(m.created_on, min(remark.on, stamp.on))
        at = next_stamp(stamp, m).at
        m = m.note(Stamp(at, day, stamp.by), remark.text, remark.evidence)
    return m
