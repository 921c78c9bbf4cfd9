"""What a history says once it is read as a whole: merges followed, undoings and corrections done.

The entries themselves are never rewritten. Each function here returns them as they count:

- `carried`: of each entry the fields whose value came down to the present through all merges;
- `not_undone`: without what was undone and without the undoings;
- `effective`: corrections put in the place of what they correct, so that a mistake was never made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from tracker.model.change import OUTCOME, PATCHED, Change, Patch
from tracker.model.values import Status

History = tuple[Change, ...]

_ALL = frozenset(PATCHED)
_NONE = frozenset[str]()


def effective(history: History) -> History:
    """Return the changes that stand, each with what it would have said without mistakes."""
    if all(not (c.undoes or c.corrects or c.is_of_record) for c in history):
        return history
    return tuple(_corrected(not_undone(history)))


def not_undone(history: History) -> History:
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


def values_before(changes: Iterable[Change]) -> dict[str, Any]:
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
        if change.amends:  # the day, the finding and the step that an entry should have had
            right = {"on": change.on, "assessment": change.assessment, "step": change.step}
            told = [replace(c, **right) if c.digest == change.amends else c for c in told]
        elif not change.corrects:
            told.append(change)
        elif change.now.removed_on in (UNSET, None):
            _put_right(told, change)
        else:
            # It should never have been entered: nothing of it ever was.
            return []
    return [change for change in map(_changing, told) if not _never_happened(change)]


def _put_right(told: list[Change], correction: Change) -> None:
    """Put what a correction says in the place of what the last change of each field led to."""
    _put_right_first_due(told, correction)
    for fields in _GROUPS:
        part = correction.only(fields)
        places = [i for i, change in enumerate(told) if part.now.values() and change.tells(fields)]
        if places:
            told[places[-1] : places[-1] + 1] = _so_put_right(told[places[-1]], part)
        elif part.now.completed_on not in (UNSET, None):
            # It was owed until that day, whatever it was said to be at the beginning.
            told.append(_so_completed(part))
        elif part.now.made_on not in (UNSET, None) and told:
            told[0] = replace(told[0], on=part.now.made_on)


_GROUPS = (OUTCOME, *({field} for field in PATCHED if field not in OUTCOME))
"""What is put right together: an outcome is one fact."""


def _put_right_first_due(told: list[Change], correction: Change) -> None:
    was, now = correction.was.baseline_due, correction.now.baseline_due
    for i, change in enumerate(told if now is not UNSET else ()):
        if change.now.due is not UNSET and change.was.due == was is not None:
            told[i] = replace(change, was=Patch(**(change.was.values() | {"due": now})))
            return


def _so_put_right(change: Change, part: Change) -> list[Change]:
    """The change as if it had led where the correction says; on two days if it is so."""
    day = part.now.completed_on
    if day in (UNSET, None, change.on):
        return [_saying(change, part)]
    rest, outcome = change.only(_ALL - OUTCOME), change.only(OUTCOME)
    assessed = replace(_saying(outcome, part), on=day)
    bare = replace(rest, why=None, evidence=None, exhibit=None)
    return [bare, assessed] if rest.now.values() else [assessed]


def _so_completed(part: Change) -> Change:
    was = {"status": Status.NOT_STARTED, **part.was.values()}
    now = {"status": Status.COMPLETED, **part.now.values()}
    return replace(part, on=now["completed_on"], was=Patch(**was), now=Patch(**now))


def _saying(change: Change, part: Change) -> Change:
    was = part.was.values() | change.was.values()
    now = change.now.values() | part.now.values()
    return replace(change, was=Patch(**was), now=Patch(**now))


def _changing(change: Change) -> Change:
    """The change without what it left as it was, now that it is put right."""
    was, now = change.was.values(), change.now.values()
    moved = {field for field, value in now.items() if was.get(field, UNSET) != value}
    return change if len(moved) == len(now) else change.only(moved)


def _never_happened(change: Change) -> bool:
    """Whether corrections left nothing of a change but that it was made."""
    told = (change.evidence, change.assessment, change.step, change.exhibit)
    said = change.verb == "note" or any(told)
    return not (change.begins or said or change.now.values())
