"""What ties milestones to others: what they wait for, their parts, and what took their place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.cli.context import App
from tracker.model import Milestone
from tracker.store import Store

if TYPE_CHECKING:
    from tracker.report.dependencies import Waits
    from tracker.report.wholes import Succession, Wholes


def waits(app: App, milestones: Sequence[Milestone], as_of: date) -> Waits:
    """What of these waits for something, as they stood on a day."""
    if not any(m.depends_on for m in milestones):
        return {}
    from tracker.report import dependencies

    return dependencies.waits(milestones, _Lookup(app.store), as_of)


def wholes(app: App, milestones: Sequence[Milestone], as_of: date) -> Wholes:
    """How far those of these are that have parts."""
    parts = app.store.parts()
    if not parts:
        return {}
    from tracker.report import wholes

    return wholes.wholes(milestones, parts, _Lookup(app.store), as_of)


def succession(app: App, milestones: Sequence[Milestone], as_of: date) -> Succession:
    """What took the place of those of these that were superseded."""
    from tracker.report.wholes import Succession

    return Succession(milestones, _Lookup(app.store), as_of)


def content(
    app: App, milestones: Sequence[Milestone], as_of: date, most: int | None = None
) -> dict[str, Any]:
    """All of it as JSON says it, with at most so many steps of each chain."""
    from tracker.render import waiting
    from tracker.render.wholes import as_json, successors_as_json

    return {
        "waits": list(waiting.as_json(waits(app, milestones, as_of).values(), most)),
        "wholes": list(as_json(wholes(app, milestones, as_of).values())),
        "successors": list(
            successors_as_json(milestones, succession(app, milestones, as_of), most)
        ),
    }


class _Lookup:
    """The `known` of a store; who asks on and on, as along a chain, is answered from all of it."""

    _LOOKUPS = 2

    def __init__(self, store: Store) -> None:
        self._store = store
        self._asked = 0
        self._all = dict[str, Milestone]()

    def __call__(self, uids: Iterable[str]) -> dict[str, Milestone]:
        self._asked += 1
        if self._asked <= self._LOOKUPS:
            return self._store.known(uids)
        if not self._all:
            self._all = {m.uid: m for m in self._store.all()}
        return {uid: self._all[uid] for uid in uids if uid in self._all}
