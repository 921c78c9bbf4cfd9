"""vdirsyncer fetches exactly what changed; khal and todoman show it.

Its http storage gives each item a uid made from its content, so a changed item is one that goes and
one that comes.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.programs import program

from .conftest import Feeds
from .story import Step, story


class Subscriber:
    """A home with vdirsyncer, khal and todoman set up for one feed."""

    def __init__(self, folder: Path, url: str, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment
        self.vdirsyncer, self.khal, self.todo = map(program, ("vdirsyncer", "khal", "todo"))
        (folder / "items" / "feed").mkdir(parents=True)
        (folder / "vdirsyncer").write_text(
            f'[general]\nstatus_path = "{folder}/status"\n'
            '[pair feed]\na = "web"\nb = "disk"\ncollections = null\n'
            f'[storage web]\ntype = "http"\nurl = "{url}"\n'
            f'[storage disk]\ntype = "filesystem"\npath = "{folder}/items/feed"\nfileext = ".ics"\n'
        )
        (folder / "khal.conf").write_text(
            f"[calendars]\n[[feed]]\npath = {folder}/items/feed\nreadonly = True\n"
            "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        )
        (folder / "todoman.py").write_text(
            f'path = "{folder}/items/*"\ndate_format = "%Y-%m-%d"\ntime_format = "%H:%M"\n'
        )
        self._run(self.vdirsyncer, "-c", str(folder / "vdirsyncer"), "discover", "feed")

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
        return done.stdout + done.stderr

    def sync(self) -> tuple[int, int]:
        """How many items came and how many went."""
        said = self._run(self.vdirsyncer, "-c", str(self.folder / "vdirsyncer"), "sync")
        return said.count("Copying (uploading) item"), said.count("Deleting item")

    def agenda(self) -> list[tuple[str, str]]:
        """The days and titles that khal shows for the year."""
        said = self._run(
            *(self.khal, "-c", str(self.folder / "khal.conf"), "list", "--day-format", ""),
            *("--format", "{start-date}|{title}", "2021-01-01", "365d"),
        )
        rows = [line.partition("|") for line in said.splitlines() if "|" in line]
        return sorted((day, title) for day, _, title in rows)

    def tasks(self) -> list[tuple[str, str, bool]]:
        """The due days and titles that todoman shows, and which are done with."""
        said = self._run(
            *(self.todo, "--config", str(self.folder / "todoman.py"), "--porcelain"),
            *("list", "--status", "ANY"),
        )
        zone = ZoneInfo(self.environment["TZ"])
        return sorted(
            (
                str(datetime.fromtimestamp(task["due"], zone).date()),
                task["summary"],
                task["completed"],
            )
            for task in json.loads(said)
        )


@pytest.fixture
def subscriber(feeds: Feeds, tmp_path: Path, home: dict[str, str]) -> Subscriber:
    return Subscriber(tmp_path, feeds.url("/feed.ics"), home)


def told() -> Iterator[tuple[Step, tuple[int, int]]]:
    """Each step with how many items should come and go."""
    before: set[str] = set()
    for step in story():
        here = set(step.seen)
        yield step, (len(step.touched & here), len(step.touched & before))
        before = here


def test_khal_shows_each_step_and_vdirsyncer_fetches_no_more(
    subscriber: Subscriber, feeds: Feeds
) -> None:
    for step, expected in told():
        feeds.paths["/feed.ics"] = step.events
        assert subscriber.sync() == expected, step.name
        assert subscriber.agenda() == sorted(step.seen.values()), step.name


def test_todoman_shows_each_step(subscriber: Subscriber, feeds: Feeds) -> None:
    for step, expected in told():
        feeds.paths["/feed.ics"] = step.tasks
        assert subscriber.sync() == expected, step.name
        over = ("✓ ", "removed: ")
        assert subscriber.tasks() == sorted(
            (day, title, title.startswith(over)) for day, title in step.seen.values()
        ), step.name
