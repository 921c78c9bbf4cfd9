"""Two git clones of `milestones.json` edited apart, and merged again and again."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.faults.outcome import Outcome
from tests.merge.clone import Clone, two_clones
from tracker.actions import ChangeContext, add, apply
from tracker.coherence import faults
from tracker.errors import TrackerError
from tracker.model import Milestone, Precision, Stamp, Status
from tracker.store import open_store

DAY = date(2021, 4, 1)


def run(folder: Path, rounds: int) -> Outcome:
    """Change both clones, merge either into the other by turns, let a person answer, push back."""
    outcome = Outcome("two git clones changed apart, merged by `tracker merge`")
    chance = random.Random(20210310)  # noqa: S311  # changes, not secrets
    clones = two_clones(folder)
    texts: set[str] = set()
    asked = 0
    for number in range(rounds):
        for clone in clones:
            texts |= _work(clone, chance, f"{number} in {clone.folder.name}")
            clone.git("commit", "-qam", "work")
        here, there = clones if number % 2 else clones[::-1]
        here.git("fetch", "-q", str(there.folder), "main")
        merging = here.tried("merge", "-q", "--no-edit", "FETCH_HEAD")
        if merging:
            asked += 1
            here.git("commit", "-qam", "merged by a person")
        there.git("pull", "-q", "--ff-only", str(here.folder), "main")
        outcome.times += 1
        merged = open_store(str(here.store)).all()
        outcome.wrong += [f"round {number}: {fault.id} {fault.what}" for fault in faults(merged)]
    kept = {c.why for m in open_store(str(clones[0].store)).all() for c in m.history}
    outcome.acknowledged, outcome.kept = len(texts), len(texts & kept)
    count = len(open_store(str(clones[0].store)).all())
    outcome.seen.append(f"{asked} merges asked a person; {count} milestones at the end")
    return outcome


def _work(clone: Clone, chance: random.Random, name: str) -> set[str]:
    """Make three changes of the many kinds, each with its own reason; return the reasons."""
    store = open_store(str(clone.store))
    reasons = set()
    for number in range(3):
        why = f"{name}, {number}"
        occasion = ChangeContext(lambda: datetime.now(UTC), DAY, clone.folder.name)
        verb = chance.choice([_postponed, _assessed, _noted, _retitled])
        key = str(chance.randint(1, 14))
        try:
            apply(store, occasion, [key], lambda m, s, v=verb, w=why: v(m, s, w, chance))  # type: ignore[misc]  # defaults bind them
            reasons.add(why)
        except TrackerError:
            continue
    if chance.random() < 0.3:
        add(store, ChangeContext(lambda: datetime.now(UTC), DAY), [{"title": f"New in {name}"}])
    return reasons


def _postponed(m: Milestone, stamp: Stamp, why: str, chance: random.Random) -> Milestone:
    due = date(2021, 12, 31) + timedelta(days=chance.randint(0, 300))
    return m.postpone(stamp, due, Precision.DAY, None, why=why)


def _assessed(m: Milestone, stamp: Stamp, why: str, chance: random.Random) -> Milestone:
    return m.set_status(stamp, chance.choice([Status.IN_PROGRESS, Status.NOT_STARTED]), why=why)


def _noted(m: Milestone, stamp: Stamp, why: str, chance: random.Random) -> Milestone:
    return m.note(stamp, why)


def _retitled(m: Milestone, stamp: Stamp, why: str, chance: random.Random) -> Milestone:
    return m.edit(stamp, {"next_step": f"step {chance.randint(1, 9)}"}, why=why)
