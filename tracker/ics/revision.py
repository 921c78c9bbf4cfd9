"""When an event last changed for its readers: the stamps that calendar programs compare.

Evolution notices a change only through DTSTAMP, LAST-MODIFIED and SEQUENCE, ICSx5 through
LAST-MODIFIED alone; both must grow with each visible change and stand still otherwise. A recorded
revision is such a change. So is the day on which a milestone turns overdue, although nobody
records it: its title changes by itself. Both are counted here, from the history and the as-of
date alone, so that the same milestones give the same bytes on every machine.

The due day ends at different instants around the world. A turn is stamped with the instant at
which the due day is over everywhere (12:00 UTC the next day), because a revision recorded by
someone who still had time left lies before it. It is counted as seen from the instant at which
the day is over somewhere (10:00 UTC on the due day). Between the two a feed may count one change
too many, which costs a reload, and never one too few, which would hide it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from msgspec import UNSET, Struct

from tracker.model import Milestone, has_passed

_OVER_SOMEWHERE = time(10, tzinfo=UTC)  # of the due day: midnight at UTC+14
_OVER_EVERYWHERE = time(12, tzinfo=UTC)  # of the next day: midnight at UTC-12
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)


class Revision(Struct, frozen=True):
    """The last visible change: its instant (UTC, whole seconds), and how many came before."""

    stamp: datetime
    sequence: int


def revision(milestone: Milestone, as_of: date) -> Revision:
    """The stamps of what `milestone` looks like on `as_of`; they grow with every visible change."""
    history = milestone.history
    stamp = whole_seconds(history[0].at)
    sequence = 0
    for change, following, owed in zip(
        history, (*history[1:], None), _owed_after_each(milestone), strict=True
    ):
        if owed is not None and owed < date.max and change.at < _over_everywhere(owed):
            if following is None:
                turned = has_passed(owed, as_of)
            else:
                turned = following.at >= datetime.combine(owed, _OVER_SOMEWHERE)
            if turned:
                stamp = max(_over_everywhere(owed), stamp + _SECOND)
                sequence += 1
        if following is not None:
            stamp = max(whole_seconds(following.at), stamp + _SECOND)
            sequence += 1
    return Revision(stamp, sequence)


def _owed_after_each(milestone: Milestone) -> Iterator[date | None]:
    """The due date after each change of the history, None where nothing was owed by a date."""
    due, status, removed_on = milestone.due, milestone.status, milestone.removed_on
    owed = [due if status.is_open and removed_on is None else None]
    for change in reversed(milestone.history[1:]):
        was = change.was
        due = due if was.due is UNSET else was.due
        status = status if was.status is UNSET else was.status
        removed_on = removed_on if was.removed_on is UNSET else was.removed_on
        owed.append(due if status.is_open and removed_on is None else None)
    return reversed(owed)


@lru_cache(maxsize=4096)
def _over_everywhere(due: date) -> datetime:
    return datetime.combine(due + _DAY, _OVER_EVERYWHERE)


def whole_seconds(at: datetime) -> datetime:
    return at.replace(microsecond=0) if at.microsecond else at
