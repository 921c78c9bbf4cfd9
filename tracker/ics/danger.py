"""An event whose milestone waits for others: it changes when one of those does.

What is said of a milestone that is endangered follows from records alone, never from the day: one
that is overdue is said to be that. So an event that depends on others, or once did, is stamped with
the last change of any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from tracker.ics.revision import Revision, whole_seconds
from tracker.model import Milestone


class Danger(Struct, frozen=True):
    """When the last of what a milestone depends on was changed (UTC), and what endangers it.

    `waits_for` are the ids of that, none if it is not endangered.
    """

    stamp: datetime
    waits_for: tuple[int, ...] = ()


Dangers = Mapping[str, Danger]
"""By the uid of a milestone that depends on others, or once did."""


def revised_by(danger: Danger, m: Milestone, own: Revision) -> Revision:
    """The revision of both. SEQUENCE grows with the seconds, since what is waited for may change.

    A sum over all the histories would grow too fast where they branch, or fall when a link goes.
    """
    stamp = max(own.stamp, whole_seconds(danger.stamp))
    since = stamp - whole_seconds(m.history[0].at)
    return Revision(stamp, own.sequence + max(0, int(since.total_seconds())))
