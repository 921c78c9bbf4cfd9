"""Undo and redo: a change that stands taken back, on the very day that it took effect."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker.actions.verbs import Effect, Occasion, instant, keep
from tracker.errors import AmbiguousId, TrackerError, UnknownMilestone
from tracker.model import OF_RECORD, SHORT, Change, Milestone, unreversed
from tracker.store import Store, Transaction

_LEAST = 4
"""How many characters of its digest name a change, at the least."""


def undo(store: Store, occasion: Occasion, change: str | None = None) -> list[Effect]:
    """Reverse the last recorded change that stands, on every milestone it touched.

    Or the one change that `change` names by the first characters of its digest, if nothing that
    stands builds on it. What came with the seed stays. Raises TrackerError when there is nothing
    to undo, or says what builds on it.
    """

    def work(transaction: Transaction) -> list[Effect]:
        if change is not None:
            return _revert(transaction, [_named(transaction, change)], "undo", occasion)
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
    last = unreversed(m.history)[-1:]
    return last[0] if last and last[0].verb != "seed" else None


def _not_redone(m: Milestone) -> Change | None:
    redone = {c.undoes for c in m.history if c.verb == "redo"}
    passed = ("redo", *OF_RECORD)
    rest = [c for c in m.history if c.verb not in passed and c.digest not in redone]
    return rest[-1] if rest else None


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
    standing = unreversed(m.history)
    if all(c.digest != one.digest for c in standing) or one.verb == "seed":
        raise TrackerError(
            "Change {digest} of milestone {id} is none that can be undone: it was taken "
            "back already, is itself an undoing, a merge, or came with the seed.",
            "`tracker log {id}` shows what stands.",
            digest=one.digest[:SHORT],
            id=m.id,
        )
    later = standing[[c.digest for c in standing].index(one.digest) + 1 :]
    touched = one.now.values().keys()
    builds = [c for c in later if one.begins or not touched.isdisjoint(c.now.values())]
    if builds:
        names = ", ".join(f"{c.digest[:SHORT]} ({c.verb} of {c.on})" for c in builds)
        raise TrackerError(
            "Other changes of milestone {id} build on {digest}: {names}.",
            "Undo those first, the last one first.",
            id=m.id,
            digest=one.digest[:SHORT],
            names=names,
        )
    return m, one


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
    at = instant(occasion.clock, transaction)
    return keep(
        transaction, [Effect(m, m.revert(change, verb, at, occasion.by)) for m, change in touched]
    )
