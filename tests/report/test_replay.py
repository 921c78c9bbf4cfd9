"""A report of a past day is what it was on that day, whatever was changed since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from tests.milestones import MADE, plain, ticking
from tests.scripts import scripts, verb_of
from tests.store.memory import MemoryStore
from tracker.actions import ChangeContext, apply
from tracker.errors import TrackerError
from tracker.model import Milestone
from tracker.query import Query
from tracker.report.documents import documents
from tracker.report.moves import slippage
from tracker.report.ontime import ontime
from tracker.report.scorecard import scorecard
from tracker.report.since import changes_since
from tracker.report.stale import stale

REPORTS: dict[str, Callable[[list[Milestone], date], Any]] = {
    "scorecard": lambda ms, day: scorecard(ms, Query(day)),
    "slippage": lambda ms, day: slippage(ms, Query(day)),
    "ontime": lambda ms, day: ontime(ms, Query(day)),
    "changes": lambda ms, day: changes_since(ms, Query(day), MADE),
    "source": lambda ms, day: documents(ms, Query(day)),
    "stale": lambda ms, day: stale(ms, Query(day), 5),
}


@pytest.mark.parametrize("name", REPORTS)
@given(script=scripts)
def test_replayed_later_it_is_what_it_was(name: str, script: Any) -> None:
    """Each verb has a day of its own; the report of that day is kept, and asked for again."""
    report, store, clock = REPORTS[name], MemoryStore(), ticking()
    store.create([plain(1, "seed"), plain(2, "seed", due=None)])
    clock()
    then: dict[date, Any] = {}
    for place, ((verb, value), _, ids) in enumerate(script, 1):
        day = MADE + timedelta(days=30 * place)
        if verb not in ("undo", "redo", "correct", "retract"):  # what mends the past
            try:
                apply(store, ChangeContext(clock, day), ids, verb_of(verb, value))
            except TrackerError:
                continue
        then[day] = report(store.all(), day)
    for day, told in then.items():
        assert report(store.all(), day) == told
