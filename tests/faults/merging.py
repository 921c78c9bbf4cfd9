"""Merges of stores that went apart by coarse clocks and fast ones, and merged again."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from tests.faults.outcome import Outcome
from tests.milestones import AT, DUE, MADE, plain
from tests.scripts import verb_of
from tests.store.memory import MemoryStore
from tracker.actions import ChangeContext, Clock, add, apply, redo, undo
from tracker.coherence import faults
from tracker.errors import TrackerError
from tracker.merge import Side, merge
from tracker.model import Milestone, Precision, Status, record_head, states

Rows = Sequence[Milestone]
KINDS = ["status", "postpone", "edit", "note", "remove", "retract", "correct", "undo", "redo"]


def run(times: int) -> Outcome:
    """Merge what went apart; the outcome is sound, holds both heads, and merged again stays."""
    outcome = Outcome("two stores that went apart, merged, and merged again with either")
    chance = random.Random(20210310)  # noqa: S311  # changes, not secrets
    asked = 0
    for number in range(times):
        base = went_apart([plain(1), plain(2)], chance)
        ours, theirs = went_apart(base, chance), went_apart(base, chance)
        merged = merge(base, ours, theirs)
        asked += bool(merged.conflicts)
        both = merge(base, ours, theirs, Side.OURS).milestones
        outcome.times += 1
        for side in (ours, theirs):
            again = (merge(base, both, side), merge(base, side, both), merge(side, side, both))
            if any(one.milestones != both or one.conflicts for one in again):
                outcome.wrong.append(f"{number}: merged again it is another")
        heads = {state.head for state in states(both)}
        if not heads >= {record_head(rows).digest for rows in (base, ours, theirs, both)}:
            outcome.wrong.append(f"{number}: a head from before is not contained")
        if found := faults(both):
            outcome.wrong.append(f"{number}: {found[0].what}")
    outcome.seen.append(f"{asked:,} asked a person; all stayed as they were, and held both heads")
    return outcome


def went_apart(begun: Rows, chance: random.Random) -> list[Milestone]:
    """Return what some changes make of a store, by a clock that is off and may stand still."""
    store = MemoryStore()
    store.create(list(begun))
    clock = _clock(chance)
    for _ in range(chance.randint(0, 6)):
        occasion = ChangeContext(clock, MADE + timedelta(days=chance.randint(0, 5)), "someone")
        try:
            _change(store, occasion, chance)
        except TrackerError:
            continue
    return store.all()


def _clock(chance: random.Random) -> Clock:
    now = AT + timedelta(hours=1, minutes=chance.randint(-3, 3))
    step = timedelta(seconds=chance.choice([0, 1, 60]))

    def tick() -> datetime:
        nonlocal now
        now += step
        return now

    return tick


def _change(store: MemoryStore, occasion: ChangeContext, chance: random.Random) -> None:
    kind = chance.choice(
        [
            "status",
            "postpone",
            "edit",
            "note",
            "remove",
            "retract",
            "correct",
            "undo",
            "redo",
            "add",
        ]
    )
    if kind in ("undo", "redo"):
        (undo if kind == "undo" else redo)(store, occasion)
    elif kind == "add":
        add(store, occasion, [{"title": f"New {chance.random()}"}])
    else:
        value = {
            "status": chance.choice(list(Status)),
            "postpone": DUE + timedelta(days=chance.randint(1, 3)),
            "edit": {"owner": chance.choice(["Roads", "Bridges"])},
            "note": "seen",
            "correct": chance.choice(
                [
                    {"made_on": MADE - timedelta(days=1)},
                    {"due": DUE, "precision": Precision.DAY},
                    {"completed_on": MADE + timedelta(days=2), "status": Status.COMPLETED},
                ]
            ),
        }.get(kind)
        ids = chance.choice([["1"], ["2"], ["1", "2"]])
        apply(store, occasion, ids, verb_of(kind, value))
