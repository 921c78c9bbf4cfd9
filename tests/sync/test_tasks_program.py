"""A real tasks program at the other end: todoman, which vdirsyncer keeps in step with Radicale."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.programs import program
from tests.sync.servers import PASSWORD, USER, Radicale, Server, running
from tracker.actions import Occasion, apply
from tracker.model import Milestone, Precision, Status
from tracker.store import Store, open_store
from tracker.sync.address import address
from tracker.sync.carry import Carrier, Done, look
from tracker.sync.plan import Deed, plan
from tracker.sync.server import Collection
from tracker.sync.state import State

from ..milestones import plain, ticking

DAY = date(2021, 5, 3)
ZONE = ZoneInfo("Asia/Shanghai")


class Tasks:
    """A home with vdirsyncer and todoman, set up for the list of tasks on a server."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.folder = folder
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "LD_LIBRARY_PATH")}
        self.environment = {**kept, "HOME": str(folder), "LANG": "C.UTF-8", "TZ": str(ZONE)}
        self.numbers: dict[str, str] = {}
        self.vdirsyncer, self.todo = map(program, ("vdirsyncer", "todo"))
        (folder / "config").write_text(
            f'[general]\nstatus_path = "{folder}/status"\n'
            '[pair tasks]\na = "there"\nb = "disk"\ncollections = ["tasks"]\n'
            f'[storage there]\ntype = "caldav"\nurl = "http://127.0.0.1:{server.port}/{USER}/"\n'
            f'username = "{USER}"\npassword = "{PASSWORD}"\n'
            f'[storage disk]\ntype = "filesystem"\npath = "{folder}/lists"\nfileext = ".ics"\n',
            encoding="utf-8",
        )
        (folder / "todoman.py").write_text(
            f'path = "{folder}/lists/*"\ndefault_list = "tasks"\ndefault_due = 0\n'
            'date_format = "%Y-%m-%d"\ntime_format = "%H:%M"\n'
        )
        self._run(self.vdirsyncer, "-c", str(folder / "config"), "discover", "tasks")

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            command,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            input="y\n" * 9,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def sync(self) -> None:
        self._run(self.vdirsyncer, "-c", str(self.folder / "config"), "sync")

    def __call__(self, *words: str) -> str:
        """What `todo` says to these words."""
        return self._run(self.todo, "--config", str(self.folder / "todoman.py"), *words)

    def shown(self) -> dict[str, tuple[str, bool]]:
        """Due day and whether it is done with, by title; `numbers` are todoman's own."""
        listed = json.loads(self("--porcelain", "list", "--status", "ANY"))
        self.numbers = {task["summary"]: str(task["id"]) for task in listed}
        return {
            task["summary"]: (
                ""
                if task["due"] is None
                else str(datetime.fromtimestamp(task["due"], ZONE).date()),
                task["completed"],
            )
            for task in listed
        }


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running(Radicale, tmp_path / "server") as server:
        yield server


@pytest.fixture
def tasks(tmp_path: Path, server: Server) -> Tasks:
    (tmp_path / "home").mkdir()
    return Tasks(tmp_path / "home", server)


@pytest.fixture
def store() -> Store:
    store = open_store("memory:")
    store.create([plain(1, title="Ring road"), plain(2, title="成立协会; 自律"), plain(3)])
    return store


@pytest.fixture
def sync(store: Store, server: Server) -> Callable[[], dict[int, Deed]]:
    """Bring store and server in step; say what was done with which milestone."""
    state = State(server.url)
    clock = ticking()

    def go() -> dict[int, Deed]:
        at = address(server.url, plain_http=False)
        with Collection(at, USER, PASSWORD) as collection:
            mine = {m.uid: m for m in store.all()}
            steps = plan(mine.values(), state.synced, look(collection, mine, state, None))
            carrier = Carrier(collection, server.path, store, Occasion(clock, DAY), state)
            done: list[Done] = [carrier.carry(step) for step in steps]
        return {one.milestone.id: one.deed for one in done}

    return go


def milestone(store: Store, id: int) -> Milestone:
    return next(m for m in store.all() if m.id == id)


def test_a_day_with_todoman(
    tasks: Tasks, store: Store, sync: Callable[[], dict[int, Deed]], server: Server
) -> None:
    assert sync() == {1: Deed.ADD, 2: Deed.ADD, 3: Deed.ADD}
    tasks.sync()
    assert tasks.shown() == {
        "Ring road": ("2021-06-30", False),
        "成立协会; 自律": ("2021-06-30", False),
        "Promise 3": ("2021-06-30", False),
    }

    tasks("done", tasks.numbers["Ring road"])
    tasks("edit", tasks.numbers["成立协会; 自律"], "--due", "2021-08-15", "--priority", "high")
    tasks("edit", tasks.numbers["Promise 3"], "--location", "Town hall")
    tasks("new", "--list", "tasks", "Buy milk")
    tasks.sync()
    assert sync() == {1: Deed.TAKE, 2: Deed.TAKE, 3: Deed.AGREE}
    assert milestone(store, 1).status is Status.COMPLETED
    assert milestone(store, 2).due == date(2021, 8, 15)
    assert milestone(store, 3).history[1:] == ()
    assert sync() == {}

    apply(
        store,
        Occasion(ticking(), DAY),
        ["3"],
        lambda m, stamp: m.postpone(stamp, date(2021, 9, 30), Precision.DAY, None),
    )
    assert sync() == {3: Deed.CHANGE}
    tasks.sync()
    assert tasks.shown() == {
        "✓ done: Ring road": ("2021-06-30", True),
        "成立协会; 自律": ("2021-08-15", False),
        "Promise 3": ("2021-09-30", False),
        "Buy milk": ("", False),
    }
    uids = {m.id: m.uid for m in store.all()}
    assert "\nPRIORITY:4\n" in server.todo(uids[2])
    assert "\nLOCATION:Town hall\n" in server.todo(uids[3])

    tasks("cancel", tasks.numbers["Promise 3"])
    tasks("delete", "--yes", tasks.numbers["成立协会; 自律"])
    tasks.sync()
    assert sync() == {2: Deed.CONFLICT, 3: Deed.TAKE}
    assert milestone(store, 3).status is Status.CANCELLED
    assert milestone(store, 2).is_open
