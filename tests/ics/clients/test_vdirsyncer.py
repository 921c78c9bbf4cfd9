"""vdirsyncer fetches exactly what changed; khal and todoman show it.

Its http storage gives each item a uid made from its content, so a changed item is one that goes and
one that comes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vdirsyncer import Vdirsyncer

from .conftest import Feeds
from .story import Step, story


@pytest.fixture
def subscriber(feeds: Feeds, tmp_path: Path, home: dict[str, str]) -> Vdirsyncer:
    return Vdirsyncer(tmp_path, home, {"type": "http", "url": feeds.url("/feed.ics")})


def told() -> Iterator[tuple[Step, tuple[int, int]]]:
    """Each step with how many items should come and go."""
    before: set[str] = set()
    for step in story():
        here = set(step.seen)
        yield step, (len(step.touched & here), len(step.touched & before))
        before = here


def test_khal_shows_each_step_and_vdirsyncer_fetches_no_more(
    subscriber: Vdirsyncer, feeds: Feeds
) -> None:
    for step, expected in told():
        feeds.paths["/feed.ics"] = step.events
        assert subscriber.sync() == expected, step.name
        assert subscriber.agenda() == sorted(step.seen.values()), step.name


def test_todoman_shows_each_step(subscriber: Vdirsyncer, feeds: Feeds) -> None:
    for step, expected in told():
        feeds.paths["/feed.ics"] = step.tasks
        assert subscriber.sync() == expected, step.name
        over = ("✓ ", "removed: ")
        shown = [(task.due, task.title, task.completed) for task in subscriber.tasks()]
        assert shown == sorted(
            (day, title, title.startswith(over)) for day, title in step.seen.values()
        ), step.name
