"""One story of a few milestones, told to every calendar program: what each should show when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from tracker.ics.write import Feed, FeedKind, feed
from tracker.model import Milestone, Precision, Status

from ..promises import at, promise

ASSOCIATION = "7b0c7d1e-52f5-4a8e-9a44-0f6f2f1d9c01"
UNITS = "0a6f4b7e-3d55-4d3c-8a51-6a39c1f0b002"
UNITS_AGAIN = "4de3e2a1-9c0f-4f0e-b7c6-1b2d3e4f5003"
CHANNEL = "c1a9b8d7-e6f5-4a3b-8c2d-1e0f9a8b7004"


class Step(Struct, frozen=True):
    """What happened, the feeds after it, and what a reader should then see by uid.

    `seen` is the day and the title of each event; `touched` are the uids that changed.
    """

    name: str
    events: bytes
    tasks: bytes
    seen: dict[str, tuple[str, str]]
    touched: frozenset[str]


def story() -> Iterator[Step]:
    """Add, change, postpone, complete, remove, let one fall due, and then nothing."""
    milestones = {
        ASSOCIATION: promise(uid=ASSOCIATION, title="成立数据交易行业协会, 建立自律机制"),
        UNITS: promise(uid=UNITS, title="Demonstration units; about 100", due=date(2021, 11, 30)),
    }
    seen = {
        ASSOCIATION: ("2021-06-30", "成立数据交易行业协会, 建立自律机制"),
        UNITS: ("2021-11-30", "Demonstration units; about 100"),
    }

    def step(name: str, *touched: str, as_of: date = date(2021, 6, 1)) -> Step:
        some: list[Milestone] = list(milestones.values())
        return Step(
            name,
            feed(some, Feed(as_of=as_of, name="Story", alarms=(7,))),
            feed(some, Feed(as_of=as_of, name="Story", kind=FeedKind.TASKS)),
            dict(seen),
            frozenset(touched),
        )

    yield step("subscribe", ASSOCIATION, UNITS)

    milestones[UNITS_AGAIN] = promise(
        uid=UNITS_AGAIN, title="Demonstration units; about 100", due=date(2021, 11, 30)
    )
    milestones[CHANNEL] = promise(uid=CHANNEL, title="Data channel", due=date(2021, 3, 31))
    seen[UNITS_AGAIN] = seen[UNITS]
    seen[CHANNEL] = ("2021-03-31", "OVERDUE: Data channel")
    yield step("add two, one of them a twin", UNITS_AGAIN, CHANNEL)

    milestones[UNITS] = milestones[UNITS].edit(
        at("2021-06-01T08:00"), {"title": "Demonstration units: 100"}
    )
    seen[UNITS] = ("2021-11-30", "Demonstration units: 100")
    yield step("change a title", UNITS)

    milestones[ASSOCIATION] = milestones[ASSOCIATION].postpone(
        at("2021-06-02T08:00"), date(2021, 8, 31), Precision.MONTH, "8月底前", why="no quorum"
    )
    seen[ASSOCIATION] = ("2021-08-31", seen[ASSOCIATION][1])
    yield step("postpone", ASSOCIATION)

    milestones[CHANNEL] = milestones[CHANNEL].set_status(
        at("2021-06-03T08:00"), Status.COMPLETED, evidence="https://example.org/channel"
    )
    seen[CHANNEL] = ("2021-03-31", "✓ done late: Data channel")
    yield step("complete", CHANNEL)

    milestones[UNITS_AGAIN] = milestones[UNITS_AGAIN].remove(at("2021-08-20T08:00"))
    seen[UNITS_AGAIN] = ("2021-11-30", "removed: Demonstration units; about 100")
    yield step("remove", UNITS_AGAIN)

    seen[ASSOCIATION] = ("2021-08-31", "OVERDUE: 成立数据交易行业协会, 建立自律机制")
    yield step("fall due", ASSOCIATION, as_of=date(2021, 9, 1))

    yield step("nothing", as_of=date(2021, 9, 2))

    del milestones[UNITS_AGAIN]
    del seen[UNITS_AGAIN]
    yield step("forget what was removed", UNITS_AGAIN, as_of=date(2021, 9, 25))
