"""A real tasks program at the other end: todoman, which vdirsyncer keeps in step with Radicale."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.store.memory import MemoryStore
from tests.sync.servers import PASSWORD, USER, Radicale, Server, running
from tests.vdirsyncer import Vdirsyncer
from tracker.actions import ChangeContext, apply
from tracker.model import Milestone, Precision, Status
from tracker.store import Store
from tracker.sync.address import address
from tracker.sync.carry import StepOutcome, StepRunner, look
from tracker.sync.plan import Action, plan
from tracker.sync.server import Collection
from tracker.sync.state import SyncState

from ..milestones import plain, ticking

DAY = date(2021, 5, 3)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running(Radicale, tmp_path / "server") as server:
        yield server


@pytest.fixture
def tasks(tmp_path: Path, server: Server) -> Vdirsyncer:
    home = tmp_path / "home"
    home.mkdir()
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "LD_LIBRARY_PATH")}
    environment = {**kept, "HOME": str(home), "LANG": "C.UTF-8", "TZ": "Asia/Shanghai"}
    at = f"http://127.0.0.1:{server.port}/{USER}/"
    storage = {"type": "caldav", "url": at, "username": USER, "password": PASSWORD}
    return Vdirsyncer(home, environment, storage, "tasks")


@pytest.fixture
def store() -> Store:
    store = MemoryStore()
    store.create([plain(1, title="Ring road"), plain(2, title="成立协会; 自律"), plain(3)])
    return store


@pytest.fixture
def sync(store: Store, server: Server) -> Callable[[], dict[int, Action]]:
    """Bring store and server in step; say what was done with which milestone."""
    state = SyncState(server.url)
    clock = ticking()

    def go() -> dict[int, Action]:
        at = address(server.url, plain_http=False)
        with Collection(at, USER, PASSWORD) as collection:
            mine = {m.uid: m for m in store.all()}
            steps = plan(mine.values(), state.synced, look(collection, mine, state, None))
            carrier = StepRunner(collection, server.path, store, ChangeContext(clock, DAY), state)
            done: list[StepOutcome] = [carrier.carry(step) for step in steps]
        return {one.milestone.id: one.action for one in done}

    return go


def shown(tasks: Vdirsyncer) -> dict[str, tuple[str, bool]]:
    """Due day and whether it is done with, by title."""
    return {task.title: (task.due, task.completed) for task in tasks.tasks()}


def number(tasks: Vdirsyncer, title: str) -> str:
    (found,) = (task.number for task in tasks.tasks() if task.title == title)
    return found


def milestone(store: Store, id: int) -> Milestone:
    return next(m for m in store.all() if m.id == id)


def test_a_day_with_todoman(
    tasks: Vdirsyncer, store: Store, sync: Callable[[], dict[int, Action]], server: Server
) -> None:
    assert sync() == {1: Action.ADD, 2: Action.ADD, 3: Action.ADD}
    tasks.sync()
    assert shown(tasks) == {
        "Ring road": ("2021-06-30", False),
        "成立协会; 自律": ("2021-06-30", False),
        "Promise 3": ("2021-06-30", False),
    }

    tasks.todo("done", number(tasks, "Ring road"))
    changes = ("--due", "2021-08-15", "--priority", "high", "--location", "Town hall")
    tasks.todo("edit", number(tasks, "成立协会; 自律"), *changes)
    tasks.sync()
    assert sync() == {1: Action.TAKE, 2: Action.TAKE}
    assert milestone(store, 1).status is Status.COMPLETED
    assert milestone(store, 2).due == date(2021, 8, 15)
    assert sync() == {}

    apply(
        store,
        ChangeContext(ticking(), DAY),
        ["3"],
        lambda m, stamp: m.postpone(stamp, date(2021, 9, 30), Precision.DAY, None),
    )
    assert sync() == {3: Action.CHANGE}
    tasks.sync()
    assert shown(tasks) == {
        "✓ done: Ring road": ("2021-06-30", True),
        "成立协会; 自律": ("2021-08-15", False),
        "Promise 3": ("2021-09-30", False),
    }
    association = server.todo(milestone(store, 2).uid)
    assert "\nPRIORITY:4\n" in association
    assert "\nLOCATION:Town hall\n" in association

    tasks.todo("cancel", number(tasks, "Promise 3"))
    tasks.todo("delete", "--yes", number(tasks, "成立协会; 自律"))
    tasks.sync()
    assert sync() == {2: Action.CONFLICT, 3: Action.TAKE}
    assert milestone(store, 3).status is Status.CANCELLED
    assert milestone(store, 2).is_open
