"""The record of all milestones: its head, its states, and where it was joined (docs/history.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date, datetime, timedelta
from itertools import chain, combinations
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tracker.model.change import ATTEST, JOIN, TICK, Change, later_than
from tracker.model.promise import Promise
from tracker.model.seal import sealed

P = TypeVar("P", bound=Promise)

EMPTY = "0" * 64
"""The head of a record without an entry."""

_NAMED = 16
"""Digits of a digest by which a join names an entry; what they lead to is proven by its head."""


class Head(Struct, frozen=True):
    """What a record is known by: its digest, and the day (UTC) of its last entry, None if empty."""

    digest: str
    on: date | None


class State(Struct, frozen=True):
    """A state that a record went through: its head, how many entries it had, and the last."""

    head: str
    entries: int
    last: Change | None


class Attestation(Struct, frozen=True):
    """Entries that got their digests as found: since when, the head they had, the state if known.

    It is not where a part of a record came without the rest.
    """

    since: datetime
    head: str
    state: State | None


def record_head(milestones: Iterable[Promise]) -> Head:
    """Return the one digest that stands for all that these milestones have recorded."""
    entries = _entries(milestones)
    last = max((entry.at for entry in entries), default=None)
    return Head(continued(EMPTY, entries), last and last.date())


def continued(head: str, entries: Iterable[Change]) -> str:
    """Return the head of a record after these entries, whatever order they are given in."""
    for state in _line(head, _in_order(entries)):
        head = state.head
    return head


def states(milestones: Iterable[Promise]) -> Iterator[State]:
    """Yield the states that the record went through: its own, and of records joined with it.

    What is in order of recording gives each state as a beginning. A join says what each of its
    sides had not, so that the side comes out as it was.
    """
    yield State(EMPTY, 0, None)
    lines, known = [_in_order(_entries(milestones))], set[str]()
    while lines:
        line = lines.pop()
        yield from _line(EMPTY, line)
        joins = [place for place, entry in enumerate(line) if entry.lacked]
        if joins and line[joins[-1]].digest not in known:
            # The sides of an earlier one come out of the side that had it.
            join = line[joins[-1]]
            known.add(join.digest)
            sides = map(frozenset, join.lacked)
            before = line[: joins[-1]]
            lines += ([c for c in before if c.digest[:_NAMED] not in lacked] for lacked in sides)


def crossed_states(milestones: Iterable[Promise]) -> Iterator[State]:
    """Yield states in which some of the last entries had not come in yet, though a later one had.

    The writers of a database do not wait for each other. So of what was recorded within a moment,
    any may have been there first; a few such writers at once are looked for, and no crowd.
    """
    line = _in_order(_entries(milestones))
    heads = [EMPTY, *(state.head for state in _line(EMPTY, line))]
    acts: list[list[int]] = []
    for n, entry in enumerate(line):
        if acts and entry.at - line[n - 1].at <= TICK:
            acts[-1].append(n)
        else:
            acts.append([n])
    for last, act in enumerate(acts):
        at = line[act[0]].at
        near = [a for a in acts[max(0, last - _AT_ONCE) : last] if at - line[a[0]].at < _MOMENT]
        for late in chain.from_iterable(combinations(near, n) for n in range(1, len(near) + 1)):
            missing = {n for one in late for n in one}
            there = [line[n] for n in range(min(missing), act[-1] + 1) if n not in missing]
            for state in _line(heads[min(missing)], there):
                head = state.head
            yield State(head, act[-1] + 1 - len(missing), line[act[-1]])


_AT_ONCE = 5
"""How many writers before the last one are looked for."""

_MOMENT = timedelta(seconds=10)
"""How long the change of a writer may take from its instant on, to be there."""


def with_join(record: Sequence[P], *sides: Set[str]) -> list[P]:
    """Return the record with an entry that says what each side had not, given what each had.

    It is as it is if it went through the states of all sides already.
    """
    entries = _entries(record)
    heads = {continued(EMPTY, (c for c in entries if c.digest in side)) for side in sides}
    if heads <= {state.head for state in states(record)}:
        return list(record)
    lacked = ((c.digest[:_NAMED] for c in entries if c.digest not in side) for side in sides)
    # In this order whichever side asks.
    return _with_last(record, JOIN, lacked=tuple(sorted(tuple(sorted(names)) for names in lacked)))


def with_attestation(
    record: Sequence[P], found: Iterable[Promise], now: datetime | None = None
) -> list[P]:
    """Return the record with an entry that says what got its digests as it was `found`."""
    return _with_last(record, ATTEST, now, attests=record_head(found).digest)


def attestations(milestones: Sequence[Promise]) -> list[Attestation]:
    """Return what was attested as found, and since when: each the first time that it was."""
    marked = [m for m in milestones if any(change.attests for change in m.history)]
    marks: dict[str, Change] = {}
    for change in _in_order(_entries(marked)):
        marks.setdefault(change.attests, change)
    if not marked:
        return []
    passed = chain(states(milestones), *(states([m]) for m in marked))
    found = {state.head: state for state in passed if state.head in marks}
    return [Attestation(mark.at, head, found.get(head)) for head, mark in marks.items() if head]


def _with_last(
    record: Sequence[P], verb: str, now: datetime | None = None, **said: object
) -> list[P]:
    """The record with one more entry, at the milestone that was changed last."""
    if not record:
        return []
    last = max(record, key=lambda m: (m.recorded_at, m.history[-1].digest))
    at = max(filter(None, (now, later_than(last.recorded_at))))
    on = max(change.on for change in last.history)
    entry = sealed(Change(at, on, verb, parents=(last.history[-1].digest,), **said))  # type: ignore[arg-type]  # its own fields
    return [replace(m, history=(*m.history, entry)) if m is last else m for m in record]


def _entries(milestones: Iterable[Promise]) -> list[Change]:
    return [change for m in milestones for change in m.history]


def _in_order(entries: Iterable[Change]) -> list[Change]:
    return sorted(entries, key=lambda entry: (entry.at, entry.digest))


def _line(head: str, entries: Iterable[Change]) -> Iterator[State]:
    """The state after each of these entries.

    A head is the SHA-256 of the one before, in hexadecimal digits, and the digest of the entry.
    """
    from hashlib import sha256  # a listing needs no digest

    for number, entry in enumerate(entries, 1):
        head = sha256(f"{head}{entry.digest}".encode()).hexdigest()
        yield State(head, number, entry)
