"""vdirsyncer, which keeps calendars on the disk, and khal and todoman, which show them there."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tests.programs import program


class Task(NamedTuple):
    """As todoman shows it; `number` is its own, and the due day is empty where there is none."""

    number: str
    title: str
    due: str
    completed: bool


class Vdirsyncer:
    """A home that is set up for one calendar at the other end, by the settings of that storage.

    `collection` is which, where the storage has several. The environment has the timezone.
    """

    def __init__(
        self,
        folder: Path,
        environment: dict[str, str],
        storage: Mapping[str, str],
        collection: str | None = None,
    ) -> None:
        self.environment = environment
        self._program = (program("vdirsyncer"), "-c", str(folder / "vdirsyncer"))
        self._khal = (program("khal"), "-c", str(folder / "khal.conf"))
        self._todo = (program("todo"), "--config", str(folder / "todoman.py"))
        lists = folder / "lists"
        kept = lists / (collection or "feed")
        kept.mkdir(parents=True)
        names = "null" if collection is None else f'["{collection}"]'
        web = "".join(f'{name} = "{value}"\n' for name, value in storage.items())
        disk = lists if collection else kept
        (folder / "vdirsyncer").write_text(
            f'[general]\nstatus_path = "{folder}/status"\n'
            f'[pair both]\na = "web"\nb = "disk"\ncollections = {names}\n'
            f"[storage web]\n{web}"
            f'[storage disk]\ntype = "filesystem"\npath = "{disk}"\nfileext = ".ics"\n',
            encoding="utf-8",
        )
        (folder / "khal.conf").write_text(
            f"[calendars]\n[[feed]]\npath = {kept}\nreadonly = True\n"
            "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        )
        (folder / "todoman.py").write_text(
            f'path = "{lists}/*"\ndefault_list = "{kept.name}"\ndefault_due = 0\n'
            'date_format = "%Y-%m-%d"\ntime_format = "%H:%M"\n'
        )
        self._run(*self._program, "discover", "both")

    def sync(self) -> tuple[int, int]:
        """How many items came and how many went, at either end."""
        said = self._run(*self._program, "sync")
        return said.count("Copying (uploading) item"), said.count("Deleting item")

    def agenda(self) -> list[tuple[str, str]]:
        """The days and titles that khal shows for the year."""
        said = self._run(
            *(*self._khal, "list", "--day-format", ""),
            *("--format", "{start-date}|{title}", "2021-01-01", "365d"),
        )
        rows = [line.partition("|") for line in said.splitlines() if "|" in line]
        return sorted((day, title) for day, _, title in rows)

    def todo(self, *words: str) -> str:
        """What todoman says to these words."""
        return self._run(*self._todo, *words)

    def tasks(self) -> list[Task]:
        """All that todoman shows, in order of due day and title."""
        zone = ZoneInfo(self.environment["TZ"])
        listed = [
            Task(
                str(task["id"]),
                task["summary"],
                task["due"] and str(datetime.fromtimestamp(task["due"], zone).date()),
                task["completed"],
            )
            for task in json.loads(self.todo("--porcelain", "list", "--status", "ANY"))
        ]
        return sorted(listed, key=lambda task: (task.due, task.title))

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
