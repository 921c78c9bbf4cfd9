"""Undo and redo: the last change that stands taken back, on every milestone it touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker.actions.verbs import Effect, Occasion, instant, keep
from tracker.errors import TrackerError
from tracker.model import Change, Milestone
from tracker.store import Store, Transaction


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
    at = instant(occasion.clock, [m for m, _ in touched])
    return keep(
        transaction, [Effect(m, m.revert(change, verb, at, occasion.by)) for m, change in touched]
    )
