"""What waits for what: which milestones cannot begin, and which a slip elsewhere endangers.

A milestone can be done no earlier than the last of what it depends on. When that will be is told
by dates alone: the forecast of what is owed, or its due date, and today at the earliest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import TypeVar

from msgspec import Struct

from tracker.model import Milestone, Status
from tracker.query import as_recorded

T = TypeVar("T")
AskKnown = Callable[[Iterable[str]], Mapping[str, Milestone]]
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


def waits(milestones: Collection[Milestone], known: AskKnown, as_of: date) -> Waits:
    everything = Dependencies(milestones, known, as_of)
    found = (everything.of(m) for m in milestones)
    return {wait.milestone.uid: wait for wait in found if wait is not None}


def reachable(
    milestones: Iterable[Milestone],
    leads_to: Callable[[Milestone], Iterable[str]],
    known: AskKnown,
    as_of: date,
) -> dict[str, Milestone]:
    """Return these and all that they lead to, at any remove, by uid, as it stood on a day."""
    step = list(milestones)
    found = {m.uid: m for m in step}
    while missing := {uid for m in step for uid in leads_to(m)} - found.keys():
        step = as_recorded(known(missing).values(), as_of)
        found |= {m.uid: m for m in step}
    return found


def followed(m: Milestone, then: Callable[[Milestone], Milestone | None]) -> Iterator[Milestone]:
    """What comes after it, what comes after that, and so on, to where it would come back."""
    seen, step = {m.uid}, then(m)
    while step is not None and step.uid not in seen:
        seen.add(step.uid)
        yield step
        step = then(step)


def last_of(steps: Iterable[Milestone], lasts: dict[str, Milestone]) -> Milestone | None:
    """The last of some steps, which is kept in `lasts` for each that leads there."""
    passed: list[Milestone] = []
    for step in steps:
        passed.append(lasts.get(step.uid, step))
        if step.uid in lasts:
            break
    lasts |= {each.uid: passed[-1] for each in passed}
    return passed[-1] if passed else None


def worked_out(
    m: Milestone,
    below: Callable[[Milestone], Iterable[Milestone]],
    work: Callable[[Milestone], T],
    known: dict[str, T],
) -> T:
    """Work out what is not known yet, first of what stands below; who comes back to itself waits.

    Without a call within a call: ten thousand may stand below one another.
    """
    begun, stack = set[str](), [m]
    while stack:
        each = stack[-1]
        waiting = [b for b in below(each) if b.uid not in known and b.uid not in begun]
        begun.add(each.uid)
        if not waiting:
            known[each.uid] = work(each)
            stack.pop()
        stack += waiting
    return known[m.uid]


def known_among(milestones: Iterable[Milestone]) -> AskKnown:
    """How they are asked for where nothing but these may be seen."""
    by_uid = {m.uid: m for m in milestones}
    return lambda uids: {u: by_uid[u] for u in uids if u in by_uid}


class Dependencies:
    """Milestones and all that they depend on, at any remove, as it stood on a day.

    What was superseded is waited for in what took its place.
    """

    def __init__(self, milestones: Iterable[Milestone], known: AskKnown, as_of: date) -> None:
        self._as_of = as_of
        self._then = {
            uid: m
            for uid, m in reachable(milestones, _leads_to, known, as_of).items()
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
        if first is None:
            return Wait(m, owed, None, None, self._steps)
        # Where the chain from there ends.
        last = last_of(chain([first], self._steps(first)), self._lasts)
        return Wait(m, owed, self._end(first), last, self._steps)

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
        return followed(m, self._longest)

    def _end(self, m: Milestone) -> date | None:
        """The day by which it can be done; None where a date is missing, or it waits for itself."""
        return worked_out(m, self._owed, self._worked_out, self._ends)

    def _worked_out(self, m: Milestone) -> date | None:
        day = m.forecast_due or m.due
        own = None if day is None else max(day, self._as_of)
        ends = [own, *(self._ends.get(owed.uid) for owed in self._owed(m))]
        known = [end for end in ends if end is not None]
        return max(known) if len(known) == len(ends) else None


def _leads_to(m: Milestone) -> Iterator[str]:
    yield from m.depends_on
    if m.status is Status.SUPERSEDED and m.superseded_by:
        yield m.superseded_by
