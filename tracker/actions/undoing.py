"""Undo and redo: a change that stands taken back, on the very day that it took effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NoReturn

from tracker.actions.verbs import ChangeContext, instant, put_all, uid_after
from tracker.errors import AmbiguousId, TrackerError, UnknownMilestone
from tracker.model import OF_RECORD, SHORT, Change, Milestone, Status, later_than, not_undone
from tracker.store import Effect, Store, Transaction

_LEAST = 4
"""How many characters of its digest name a change, at the least."""

Touched = tuple[Milestone, list[Change]]
"""A milestone, and what one act changed of it, in order."""


def undo(store: Store, occasion: ChangeContext, change: str | None = None) -> list[Effect]:
    """Reverse what was last recorded at once and stands, on every milestone that it touched.

    Or the one change that `change` names by the first characters of its digest, if nothing that
    stands builds on it. What came with the seed stays. Raises TrackerError when there is nothing
    to undo, or says what builds on it.
    """

    def work(transaction: Transaction) -> list[Effect]:
        if change is not None:
            m, named = _named(transaction, change)
            next_one = _made_with(transaction, m, named)
            return _revert(transaction, [(m, [named]), *next_one], "undo", occasion)
        touched = _newest(transaction, _undoable)
        if not touched:
            raise TrackerError("There is nothing to undo.")
        return _revert(transaction, touched, "undo", occasion)

    return store.change(work)


def redo(store: Store, occasion: ChangeContext) -> list[Effect]:
    """Reverse the last undo, unless something was changed since."""

    def work(transaction: Transaction) -> list[Effect]:
        touched = _newest(transaction, _not_redone)
        if not touched or touched[0][1][0].verb != "undo":
            raise TrackerError(
                "There is nothing to redo: the last change was no undo.",
                "`tracker log` shows what it was.",
            )
        return _revert(transaction, touched, "redo", occasion)

    return store.change(work)


def _undoable(m: Milestone) -> list[Change]:
    act = _act(not_undone(m.history))
    return [] if act and act[0].verb == "seed" else act


def _not_redone(m: Milestone) -> list[Change]:
    redone = {c.undoes for c in m.history if c.verb == "redo"}
    passed = ("redo", *OF_RECORD)
    rest = [c for c in m.history if c.verb not in passed and c.digest not in redone]
    return _act(rest)


def _act(changes: Sequence[Change]) -> list[Change]:
    """The last changes that were recorded at once: each the very next instant after the other."""
    act = list(changes[-1:])
    for change in reversed(changes[:-1]):
        if later_than(change.at) != act[0].at:
            break
        act.insert(0, change)
    return act


def _named(transaction: Transaction, change: str) -> tuple[Milestone, Change]:
    """The change that a word names, and its milestone."""
    start = change.strip().lower()
    found = [
        (m, c)
        for m in (transaction.latest() if len(start) >= _LEAST else ())
        for c in m.history
        if c.digest.startswith(start)
    ]
    if len(found) > 1:
        raise AmbiguousId(
            "{count} changes begin with {change}.",
            "Type more of it.",
            count=len(found),
            change=change,
        )
    if not found:
        raise UnknownMilestone(
            "There is no change {change!r}.",
            "`tracker log` shows each with its name.",
            change=change,
        )
    m, one = found[0]
    standing = not_undone(m.history)
    if all(c.digest != one.digest for c in standing) or one.verb == "seed":
        raise TrackerError(
            "Change {digest} of milestone {id} is none that can be undone: it was taken "
            "back already, is itself an undoing, a merge, or came with the seed.",
            "`tracker log {id}` shows what stands.",
            digest=one.digest[:SHORT],
            id=m.id,
        )
    later = standing[[c.digest for c in standing].index(one.digest) + 1 :]
    builds = [c for c in later if c.builds_on(one)]
    if builds:
        _refuse_built_on(m, one, builds)
    return m, one


def _refuse_built_on(m: Milestone, change: Change, builds: Sequence[Change]) -> NoReturn:
    names = ", ".join(f"{c.digest[:SHORT]} ({c.verb} of {c.on})" for c in builds)
    raise TrackerError(
        "Other changes of milestone {id} build on {digest}: {names}.",
        "Undo those first, the last one first.",
        id=m.id,
        digest=change.digest[:SHORT],
        names=names,
    )


def _made_with(transaction: Transaction, m: Milestone, change: Change) -> Iterator[Touched]:
    """What was made since this change completed what repeats. Raises TrackerError if it went on."""
    uid = uid_after(m) if m.repeat and change.now.status is Status.COMPLETED else ""
    following_one = transaction.known([uid]).get(uid) if uid else None
    if following_one is None or following_one.removed_on is not None:
        return
    began, *since = not_undone(following_one.history)
    if began.at == change.at:
        if since:
            _refuse_built_on(following_one, change, since)
        yield following_one, [began]


def _newest(
    transaction: Transaction, candidates: Callable[[Milestone], list[Change]]
) -> list[Touched]:
    """The newest of the candidate acts, with every milestone it was done to, by id.

    A milestone's candidate is never newer than its last change, so no more of them are read than
    were changed since.
    """
    newest: list[Touched] = []
    for m in transaction.latest():
        if newest and m.recorded_at < newest[0][1][0].at:
            break
        act = candidates(m)
        if act and newest and act[0].at > newest[0][1][0].at:
            newest.clear()
        if act and (not newest or act[0].at == newest[0][1][0].at):
            newest.append((m, act))
    return sorted(newest, key=lambda found: found[0].id)


def _revert(
    transaction: Transaction, touched: Sequence[Touched], verb: str, occasion: ChangeContext
) -> list[Effect]:
    at = instant(occasion.clock, transaction)
    return put_all(
        transaction, [Effect(m, _reverted(m, act, verb, at, occasion.by)) for m, act in touched]
    )


def _reverted(
    m: Milestone, act: Sequence[Change], verb: str, at: datetime, by: str | None
) -> Milestone:
    for change in reversed(act):
        m = m.revert(change, verb, at, by)
        at = later_than(at)
    return m
