"""A tracker for public promises: what was said, by whom, by when, and what came of it.

What is named here is for other programs too and stays as it is within a major version
(docs/python.md). It is loaded when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from tracker.errors import TrackerError as TrackerError
    from tracker.model import Milestone as Milestone
    from tracker.model import Status as Status
    from tracker.model import standing as standing
    from tracker.query import Filter as Filter
    from tracker.query import Query as Query
    from tracker.report.documents import documents as documents
    from tracker.report.lists import summary as summary
    from tracker.report.moves import slippage as slippage
    from tracker.report.ontime import ontime as ontime
    from tracker.report.scorecard import scorecard as scorecard
    from tracker.report.since import changes_since as changes_since
    from tracker.report.stale import stale as stale
    from tracker.tiny import Milestones

__version__ = "0.1.0"

_ROOMS = {
    "TrackerError": "errors",
    "Milestone": "model",
    "Status": "model",
    "Filter": "query",
    "Query": "query",
    "documents": "report.documents",
    "summary": "report.lists",
    "slippage": "report.moves",
    "ontime": "report.ontime",
    "scorecard": "report.scorecard",
    "changes_since": "report.since",
    "stale": "report.stale",
    "standing": "model",
}

__all__ = ["open", *_ROOMS]  # noqa: PLE0604  # names, all of them


def open(  # noqa: A001  # as gzip.open and shelve.open are
    url: str | PathLike[str], *, by: str | None = None, lock_timeout: float = 10.0
) -> Milestones:
    """Return the store at `url`, a path or `postgresql://…`, as a TinyDB database.

    What is changed through it is written down as done by `by`, or else by TRACKER_BY or the login
    name, and takes effect today. A change waits `lock_timeout` seconds for another process.
    """
    from os import fspath

    from tracker.cli.context import App
    from tracker.store import open_store
    from tracker.tiny import Milestones

    store = open_store(fspath(url), lock_timeout=lock_timeout, gate=App().gate)
    return Milestones(store, lambda: App().occasion(by=by))


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _ROOMS:
        raise AttributeError(f"module 'tracker' has no attribute {name!r}")
    return getattr(import_module(f"tracker.{_ROOMS[name]}"), name)
