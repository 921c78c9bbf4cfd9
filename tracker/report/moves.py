"""How due dates were moved: each move, and how far from the baseline it led."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import UNSET, Struct

from tracker.model import Change, Milestone
from tracker.query import Query, in_order, replay


class Move(Struct, frozen=True):
    """One change of a due date, None being no date. Days are positive when it moved later.

    `days` is from the date before, `from_baseline` from the date first promised; each is None
    when one of its dates is.
    """

    was: date | None
    now: date | None
    days: int | None
    from_baseline: int | None
    change: Change

    @property
    def is_quiet(self) -> bool:
        """Moved without a reason."""
        return not self.change.has_reason


def moves(m: Milestone) -> tuple[Move, ...]:
    """Return the moves that stand, the first one first. Setting a first date is no move."""
    return tuple(_move(m, c) for c in m.effective if is_move(c))


def move_of(m: Milestone, change: Change) -> Move | None:
    return _move(m, change) if is_move(change) else None


def is_move(change: Change) -> bool:
    """Whether it changed a due date that had been set."""
    was, now = change.was.due, change.now.due
    return isinstance(was, date) and now is not UNSET and now != was


def _move(m: Milestone, change: Change) -> Move:
    was = change.was.due if isinstance(change.was.due, date) else None
    now = change.now.due if isinstance(change.now.due, date) else None
    return Move(was, now, _days(was, now), _days(m.baseline_due, now), change)


def _days(start: date | None, end: date | None) -> int | None:
    return None if start is None or end is None else (end - start).days


class SlippedMilestone(Struct, frozen=True):
    """A milestone whose date was moved or that does not keep its baseline, and its moves."""

    milestone: Milestone
    moves: tuple[Move, ...]


class Slippage(Struct, frozen=True):
    """The slipped, the furthest later first; `total` before the limit.

    `dated` counts the chosen that have a baseline, `out_of` all that there were.
    """

    as_of: date
    rows: tuple[SlippedMilestone, ...]
    total: int
    dated: int
    out_of: int
    revisions: int
    quiet: int


def slippage(milestones: Iterable[Milestone], query: Query, limit: int | None = None) -> Slippage:
    """List what was moved, completed or expected off its baseline; the furthest later first.

    A milestone that was moved and moved back is listed too: its dates did not hold.
    """
    then = replay(milestones, query)
    dated = in_order(m for m in then.chosen if m.baseline_due is not None)
    # Of what was completed on a day that nobody knows, nothing says that it slipped.
    rows = [SlippedMilestone(m, moves(m)) for m in dated if m.slippage or m.revisions]
    rows.sort(key=lambda row: -(row.milestone.slippage or 0))
    every = [move for row in rows for move in row.moves]
    return Slippage(
        query.as_of,
        tuple(rows[:limit]),
        len(rows),
        len(dated),
        len(then.there),
        len(every),
        sum(move.is_quiet for move in every),
    )
