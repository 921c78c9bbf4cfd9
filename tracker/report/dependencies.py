"""What waits for what: which milestones cannot begin, and which a slip elsewhere endangers.

A milestone can be done no earlier than the last of what it depends on. When that will be is told
by dates alone: the forecast of what is owed, or its due date, and today at the earliest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from tracker.model import Milestone, Status
from tracker.query import recorded

Known = Callable[[Iterable[str]], Mapping[str, Milestone]]
"""How milestones are asked for by uid: the `known` of a store."""


class Wait(Struct, frozen=True):
    """What a milestone waits for: what it depends on and is still owed, in its own order.

    `until` is the day by which the last of them can be done, and the `chain` leads there: what it
    waits for longest, then what that waits for longest, and so on to the `last`. There is none if
    one has no date. The chain is followed when it is asked for: ten thousand in a row have fifty
    million steps between them.
    """

    milestone: Milestone
    owed: tuple[Milestone, ...]
    until: date | None
    last: Milestone | None
    steps: Callable[[Milestone], Iterator[Milestone]]

    @property
    def chain(self) -> tuple[Milestone, ...]:
        return tuple(self.steps(self.milestone))

    @property
    def is_indirect(self) -> bool:
        """Whether what it waits for longest waits itself."""
        return self.last is not None and self.last not in self.owed

    @property
    def is_endangered(self) -> bool:
        """Whether what it waits for is done only after its own last day, as far as dates say."""
        due = self.milestone.due
        return self.until is not None and due is not None and self.until > due


Waits = Mapping[str, Wait]
"""By the uid of who waits."""


def waits(milestones: Collection[Milestone], known: Known, as_of: date) -> Waits:
    everything = Dependencies(milestones, known, as_of)
    found = (everything.of(m) for m in milestones)
    return {wait.milestone.uid: wait for wait in found if wait is not None}


def reached(
    milestones: Iterable[Milestone],
    leads_to: Callable[[Milestone], Iterable[str]],
    known: Known,
    as_of: date,
) -> dict[str, Milestone]:
    """Return these and all that they lead to, at any remove, by uid, as it stood on a day."""
    step = list(milestones)
    found = {m.uid: m for m in step}
    while missing := {uid for m in step for uid in leads_to(m)} - found.keys():
        step = recorded(known(missing).values(), as_of)
        found |= {m.uid: m for m in step}
    return found


def among(milestones: Iterable[Milestone]) -> Known:
    """How they are asked for where nothing but these may be seen."""
    by_uid = {m.uid: m for m in milestones}
    return lambda uids: {u: by_uid[u] for u in uids if u in by_uid}


class Dependencies:
    """Milestones and all that they depend on, at any remove, as it stood on a day.

    What was superseded is waited for in what took its place.
    """

    def __init__(self, milestones: Iterable[Milestone], known: Known, as_of: date) -> None:
        self._as_of = as_of
        self._then = {
            uid: m
            for uid, m in reached(milestones, _leads_to, known, as_of).items()
            if m.removed_on is None
        }
        self._ends = dict[str, date | None]()
        self._longests = dict[str, Milestone | None]()
        self._lasts = dict[str, Milestone]()

    def of(self, m: Milestone) -> Wait | None:
        """What a milestone waits for; None if it is settled, or can begin."""
        owed = tuple(self._owed(m))
        if not owed:
            return None
        first = self._longest(m)
        until = self._end(first) if first else None
        return Wait(m, owed, until, self._last(first) if first else None, self._steps)

    def _owed(self, m: Milestone) -> list[Milestone]:
        """What is owed of what it depends on, while it is owed itself."""
        if not m.is_open or not m.depends_on:
            return []
        first = (self._in_force(uid) for uid in m.depends_on)
        return [each for each in first if each is not None and each.is_open]

    def _in_force(self, uid: str) -> Milestone | None:
        """The milestone, or the last of those that took its place."""
        m, seen = self._then.get(uid), {uid}
        while m is not None and m.status is Status.SUPERSEDED and m.superseded_by not in seen:
            seen.add(m.superseded_by or "")
            m = self._then.get(m.superseded_by or "")
        return m

    def _longest(self, m: Milestone) -> Milestone | None:
        """Of what it waits for what is done last; None if one may be done at any time."""
        if m.uid not in self._longests:
            owed = self._owed(m)
            ends = [(end, each) for each in owed if (end := self._end(each)) is not None]
            is_told = ends and len(ends) == len(owed)
            self._longests[m.uid] = max(ends, key=lambda one: one[0])[1] if is_told else None
        return self._longests[m.uid]

    def _steps(self, m: Milestone) -> Iterator[Milestone]:
        seen, step = {m.uid}, self._longest(m)
        while step is not None and step.uid not in seen:
            seen.add(step.uid)
            yield step
            step = self._longest(step)

    def _last(self, m: Milestone) -> Milestone:
        """Where the chain from here ends."""
        if m.uid in self._lasts:
            return self._lasts[m.uid]
        passed = [m]
        for step in self._steps(m):
            if step.uid in self._lasts:
                passed.append(self._lasts[step.uid])
                break
            passed.append(step)
        self._lasts |= {each.uid: passed[-1] for each in passed}
        return passed[-1]

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


def _leads_to(m: Milestone) -> Iterator[str]:
    yield from m.depends_on
    if m.status is Status.SUPERSEDED and m.superseded_by:
        yield m.superseded_by
