"""Random edits here, there as text, and there through the library `caldav`, until all agree."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from caldav.davclient import DAVClient

from tests.milestones import plain
from tests.store.memory import MemoryStore
from tests.sync.edits import EDITS, at_random
from tests.sync.servers import PASSWORD, USER, Radicale, Server, Xandikos, running
from tests.sync.test_settling import DAY
from tracker.actions import ChangeContext, apply
from tracker.errors import TrackerError
from tracker.sync.address import address
from tracker.sync.carry import StepOutcome, StepRunner, look
from tracker.sync.plan import Action, Preference, plan
from tracker.sync.resource import parsed
from tracker.sync.server import Collection
from tracker.sync.state import SyncState

NOON = datetime(2021, 5, 3, 12, tzinfo=UTC)
ROUNDS = 14


class Sides:
    """A store, a server, and another client of it."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.store = MemoryStore()
        self.store.create([plain(n) for n in (1, 2, 3)])
        self.state = SyncState(server.url)
        ticks = count()
        self.occasion = ChangeContext(lambda: NOON + timedelta(minutes=next(ticks)), DAY)
        self.at = address(server.url, plain_http=False)

    def sync(self, prefer: Preference | None = None) -> list[StepOutcome]:
        with Collection(self.at, USER, PASSWORD) as collection:
            mine = {m.uid: m for m in self.store.all()}
            there = look(collection, mine, self.state, None)
            steps = plan(mine.values(), self.state.synced, there, prefer)
            carrier = StepRunner(
                collection, self.server.path, self.store, self.occasion, self.state
            )
            done = [carrier.carry(step) for step in steps]
        return [one for one in done if one.action is not Action.AGREE or one.notes]

    def as_text(self, random: Random, uid: str) -> None:
        """An edit by hand: some lines replaced."""
        pattern, lines = random.choice(EDITS)
        text = re.sub(rf"(?m)^(?:{pattern})\n", "", self.server.todo(uid))
        self.server.put(uid, text.replace("\nUID:", f"\n{lines}UID:", 1))

    def by_library(self, random: Random, uid: str) -> None:
        """An edit through another program's library, which writes the whole task anew."""
        with DAVClient(url=self.at.url, username=USER, password=PASSWORD) as opened:
            client: Any = opened
            calendar = client.calendar(url=self.at.url)
            task = calendar.event_by_url(f"{self.at.url}{uid}.ics")
            part = task.icalendar_component
            match random.randrange(3):
                case 0:
                    part.pop("due", None)
                    part.add("due", date(2021, 7, 1) + timedelta(days=random.randrange(60)))
                case 1:
                    part["status"] = random.choice(("NEEDS-ACTION", "IN-PROCESS", "CANCELLED"))
                    part.pop("completed", None)
                case _:
                    part["summary"] = "Another title"
            task.save()


@pytest.mark.parametrize("kind", [Radicale, Xandikos])
def test_all_sides_agree_in_the_end(kind: type[Server], tmp_path: Path) -> None:
    random = Random(7)  # noqa: S311 - the same edits each time
    with running(kind, tmp_path / "server") as server:
        sides = Sides(server)
        sides.sync()
        for _ in range(ROUNDS):
            m = random.choice(sides.store.all())
            there = f"{server.path}{m.uid}.ics" in server.hrefs()
            match random.randrange(4):
                case 0 if there:
                    sides.as_text(random, m.uid)
                case 1 if there:
                    sides.by_library(random, m.uid)
                case 2:
                    try:
                        apply(sides.store, sides.occasion, [str(m.id)], at_random(random))
                    except TrackerError:
                        continue
                case _:
                    sides.sync(random.choice((None, *Preference)))
        sides.sync(Preference.THEIRS)
        assert sides.sync() == []
        for m in sides.store.all():
            if m.removed_on is None and f"{server.path}{m.uid}.ics" in server.hrefs():
                item = parsed(server.todo(m.uid).replace("\n", "\r\n").encode(), None).item
                assert item.status == m.status.task
                assert item.due == m.due or "DUE" in sides.state.synced[m.uid].kept
