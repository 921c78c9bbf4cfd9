"""Evolution Data Server, subscribed to the feed, shows each step after a refresh."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

import pytest

from tests.programs import gi_python, missing, program

from .conftest import Feeds
from .story import story

SCRIPT = Path(__file__).with_name("evolution_view.py")
SERVERS = (Path("/usr/libexec/evolution-calendar-factory"),)
PATIENCE = 20
"""Seconds within which a refresh must have reached the cache; it usually takes less than one."""


@pytest.fixture
def evolution(feeds: Feeds, tmp_path: Path) -> list[str]:
    """The command that keeps a subscription open."""
    if not any(server.exists() for server in SERVERS):
        missing("evolution-data-server")
    sources = tmp_path / "config" / "evolution" / "sources"
    sources.mkdir(parents=True)
    (sources / "tracker.source").write_text(
        "[Data Source]\nDisplayName=Tracker\nEnabled=true\nParent=webcal-stub\n"
        "[Calendar]\nBackendName=webcal\nSelected=true\n"
        f"[Authentication]\nHost=127.0.0.1\nPort={feeds.port}\nMethod=none\n"
        "[Security]\nMethod=none\n"
        "[WebDAV Backend]\nResourcePath=/feed.ics\n"
        "[Offline]\nStaySynchronized=true\n"
        "[Refresh]\nEnabled=false\n"
    )
    python = gi_python("ECal 2.0", "EDataServer 1.2")
    return [program("dbus-run-session"), "--", python, str(SCRIPT)]


def test_evolution_shows_each_step(
    evolution: list[str], feeds: Feeds, home: dict[str, str]
) -> None:
    steps = list(story())
    feeds.paths["/feed.ics"] = steps[0].events
    with subprocess.Popen(
        evolution,
        env=home,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as session:
        assert session.stdin is not None
        assert session.stdout is not None
        for step in steps:
            feeds.paths["/feed.ics"] = step.events
            deadline = time.monotonic() + PATIENCE
            shown: dict[str, tuple[str, str]] = {}
            while shown != step.seen and time.monotonic() < deadline:
                session.stdin.write("refresh\n")
                session.stdin.flush()
                line = session.stdout.readline()
                assert line, "the session ended"
                shown = {uid: tuple(seen) for uid, seen in json.loads(line).items()}
            assert shown == step.seen, step.name
        session.stdin.close()
