"""What a history says once it is read as a whole: merges followed, undoings and corrections done.

The entries themselves are never rewritten. Each function here returns them as they count:

- `carried`: of each entry the fields whose value came down to the present through all merges;
- `unreversed`: without what was undone and without the undoings;
- `effective`: corrections put in the place of what they correct, so that a mistake was never made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from tracker.model.change import PATCHED, Change, Patch

History = tuple[Change, ...]

_ALL = frozenset(PATCHED)
_NONE = frozenset[str]()


def effective(history: History) -> History:
    """Return the changes that stand, each with what it would have said without mistakes."""
    if all(not (c.undoes or c.corrects or c.is_of_record) for c in history):
        return history
    return tuple(_corrected(unreversed(history)))


def unreversed(history: History) -> History:
    """Return the changes that nobody took back, corrections among them as entries of their own."""
    undone: set[str] = set()
    kept: list[Change] = []
    for change in reversed(carried(history)):
        if change.digest in undone:
            continue
        if change.undoes:
            undone.add(change.undoes)
        else:
            kept.append(change)
    return tuple(reversed(kept))


def carried(history: History) -> History:
    """Return every entry but those of the record, with the fields that it handed down.

    A field comes down on one path: from the last entry to its parent, and at a merge to the side
    whose value stands there.
    """
    if not any(change.is_of_record for change in history):
        return history
    flow = {history[-1].digest: _ALL}
    kept: list[Change] = []
    for change in reversed(history):
        fields = flow.get(change.digest, _NONE)
        for parent, share in _shares(change, fields):
            flow[parent] = flow.get(parent, _NONE) | share
        if not change.is_of_record:
            kept.append(change if fields == _ALL else _handed_down(change, fields))
    return tuple(reversed(kept))


def found(changes: Iterable[Change]) -> dict[str, Any]:
    """Return the values that these changes found, given the last one first."""
    past: dict[str, Any] = {}
    for change in changes:
        past.update(change.was.values())
    return past


def _shares(change: Change, fields: frozenset[str]) -> Iterable[tuple[str, frozenset[str]]]:
    if not change.is_merge:
        return ((parent, fields) for parent in change.parents)
    took = frozenset(change.took)
    return zip(change.parents, (fields - took, fields & took), strict=True)


def _handed_down(change: Change, fields: frozenset[str]) -> Change:
    kept = change.only(fields)
    if change.undoes and change.now.values() and not kept.now.values():
        # It gave up all that it took back: what it took back stands.
        return replace(kept, undoes=None)
    return kept


def _corrected(changes: Sequence[Change]) -> list[Change]:
    told: list[Change] = []
    for change in changes:
        if not change.corrects:
            told.append(change)
            continue
        if change.now.removed_on not in (_UNSAID, None):
            # It should never have been entered: nothing of it ever was.
            return []
        was = change.was.values()
        for field, value in change.now.values().items():
            _put_right(told, field, was.get(field), value)
    return [change for change in told if not _never_happened(change)]


def _put_right(told: list[Change], field: str, was: object, value: Any) -> None:
    """Put a value in the place of the one that the last change of a field led to."""
    if field == "baseline_due":
        _put_right_first_due(told, was, value)
    for i in reversed(range(len(told))):
        if field in told[i].now.values():
            told[i] = _saying(told[i], field, value)
            return
    if field == "made_on" and value is not None:
        # It was so from the beginning, which therefore lies on another day.
        told[0] = replace(told[0], on=value)


def _put_right_first_due(told: list[Change], was: object, value: Any) -> None:
    for i, change in enumerate(told):
        if change.now.due is not _UNSAID and change.was.due == was is not None:
            told[i] = replace(change, was=Patch(**(change.was.values() | {"due": value})))
            return


_UNSAID = Patch().due


def _saying(change: Change, field: str, value: Any) -> Change:
    was, now = change.was.values(), change.now.values()
    if was.get(field, _UNSAID) == value:
        del was[field], now[field]
    else:
        now[field] = value
    on = value if field == "completed_on" and value is not None else change.on
    return replace(change, on=on, was=Patch(**was), now=Patch(**now))


def _never_happened(change: Change) -> bool:
    """Whether corrections left nothing of a change but that it was made."""
    said_something = change.begins or change.verb == "note" or change.evidence
    return not said_something and not change.now.values()
