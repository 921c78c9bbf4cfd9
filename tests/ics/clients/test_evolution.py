"""Evolution Data Server, subscribed to the feed, shows each step after a refresh."""

from __future__ import annotations

from .conftest import Feeds
from .evolution import subscribed
from .story import story


def test_evolution_shows_each_step(feeds: Feeds, home: dict[str, str]) -> None:
    feeds.paths["/feed.ics"] = next(iter(story())).events
    with subscribed(feeds.port, home) as evolution:
        for step in story():
            feeds.paths["/feed.ics"] = step.events
            assert evolution.comes_to_show(step.seen) == step.seen, step.name
