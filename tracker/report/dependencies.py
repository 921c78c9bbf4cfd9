"""What waits for what: which milestones cannot begin, and which a slip elsewhere endangers.

A milestone can be done no earlier than the last of what it depends on. When that will be is told
by dates alone: the forecast of what is owed, or its due date, and today at the earliest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from tracker.model import Milestone
from tracker.query import recorded

Known = Callable[[Iterable[str]], Mapping[str, Milestone]]
"""How milestones are asked for by uid: the `known` of a store."""


class Wait(Struct, frozen=True):
    """What a milestone waits for: what it depends on and is still owed, in its own order.

    `until` is the day by which the last of them can be done, and `chain` leads there: what it
    waits for longest, then what that waits for longest, and so on. None if one has no date.
    """

    milestone: Milestone
    owed: tuple[Milestone, ...]
    until: date | None
    chain: tuple[Milestone, ...]

    @property
    def is_endangered(self) -> bool:
        """Whether what it waits for is done only after its own last day, as far as dates say."""
        due = self.milestone.due
        return self.until is not None and due is not None and self.until > due


Waits = Mapping[str, Wait]
"""By the uid of who waits."""


def waits(milestones: Collection[Milestone], known: Known, as_of: date) -> Waits:
    """Return what waits for something, of milestones as they stood on a day."""
    everything = Dependencies(milestones, known, as_of)
    found = (everything.of(m) for m in milestones)
    return {wait.milestone.uid: wait for wait in found if wait is not None}


def waits_among(milestones: Sequence[Milestone], as_of: date) -> Waits:
    """Return the same where nothing but these may be seen: what is not among them is no matter."""
    by_uid = {m.uid: m for m in milestones}
    return waits(milestones, lambda uids: {u: by_uid[u] for u in uids if u in by_uid}, as_of)


class Dependencies:
    """Milestones and all that they depend on, at any remove, as it stood on a day."""

    def __init__(self, milestones: Iterable[Milestone], known: Known, as_of: date) -> None:
        self._as_of = as_of
        self._then = {m.uid: m for m in milestones}
        self._ends = dict[str, date | None]()
        asked = set(self._then)
        while missing := {uid for m in self._then.values() for uid in m.depends_on} - asked:
            asked |= missing
            found = recorded(known(missing).values(), as_of)
            self._then |= {m.uid: m for m in found if m.removed_on is None}

    def of(self, m: Milestone) -> Wait | None:
        """What a milestone waits for; None if it is settled, or can begin."""
        owed = self._owed(m)
        if not owed:
            return None
        chain, seen = [], {m.uid}
        while (step := self._last(owed)) is not None and step.uid not in seen:
            seen.add(step.uid)
            chain.append(step)
            owed = self._owed(step)
        return Wait(m, tuple(self._owed(m)), self._end(chain[0]) if chain else None, tuple(chain))

    def _owed(self, m: Milestone) -> list[Milestone]:
        """What is owed of what it depends on, while it is owed itself."""
        if not m.is_open or not m.depends_on:
            return []
        first = (self._then.get(uid) for uid in m.depends_on)
        return [each for each in first if each is not None and each.is_open]

    def _last(self, owed: Sequence[Milestone]) -> Milestone | None:
        """The one that is done last; None if one may be done at any time, or there is none."""
        ends = [(end, each) for each in owed if (end := self._end(each)) is not None]
        if not ends or len(ends) < len(owed):
            return None
        return max(ends, key=lambda one: one[0])[1]

    def _end(self, m: Milestone) -> date | None:
        """The day by which it can be done; None where a date is missing, or it waits for itself."""
        begun, stack = set[str](), [m]
        while stack:
            each = stack[-1]
            owed = self._owed(each)
            waiting = [o for o in owed if o.uid not in self._ends and o.uid not in begun]
            begun.add(each.uid)
            if not waiting:
                ends = [self._own_end(each), *(self._ends.get(o.uid) for o in owed)]
                known = [end for end in ends if end is not None]
                self._ends[each.uid] = max(known) if len(known) == len(ends) else None
                stack.pop()
            stack += waiting
        return self._ends[m.uid]

    def _own_end(self, m: Milestone) -> date | None:
        day = m.forecast_due or m.due
        return None if day is None else max(day, self._as_of)
