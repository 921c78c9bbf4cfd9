"""The programs that are compared, each in a folder of its own with settings of its own.

A program is what it is called, its version, and the words that list, finish and export. Nothing of
the user's is read: HOME, TASKRC and the XDG folders lie within the bench's.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from benchmarks.milestones import DAYS, FIRST_DUE, made
from tracker import __version__

LATEST = 600


class Program(Protocol):
    """One program with its milestones taken in; None is for what it has no command for."""

    name: str
    environment: dict[str, str]

    def version(self) -> str: ...
    def overdue(self) -> Sequence[str]: ...
    def done(self, number: int) -> Sequence[str] | None: ...
    def export(self) -> Sequence[str] | None: ...


def found(name: str) -> str | None:
    """The path of a program, in TRACKER_PROGRAMS or else on PATH."""
    folder = os.environ.get("TRACKER_PROGRAMS", "")
    return shutil.which(name, path=f"{folder}{os.pathsep}{os.environ['PATH']}".lstrip(os.pathsep))


def environment(home: Path) -> dict[str, str]:
    """What a process is given, and nothing of the user's."""
    return {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PAGER": "",  # nobody sits before these terminals to leave one
        "PATH": "/usr/bin:/bin",
        "TERM": "xterm-256color",
        "TZ": "UTC",
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
    }


class _Installed:
    """What the peers have in common."""

    def __init__(self, path: str, home: Path) -> None:
        home.mkdir()
        self.path = path
        self.home = home
        self.environment = environment(home)

    def version(self) -> str:
        told = subprocess.run(
            [self.path, "--version"],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        number = re.search(r"\d+(\.\d+)+", told.stdout + told.stderr)
        return number[0] if number else "?"

    def _set_up(self, *words: str) -> None:
        done = subprocess.run(
            [self.path, *words], env=self.environment, capture_output=True, check=False
        )
        if done.returncode:
            raise RuntimeError(
                f"{self.path} {words}: {done.stdout[-500:]!r} {done.stderr[-500:]!r}"
            )

    def done(self, number: int) -> Sequence[str] | None:
        return None

    def export(self) -> Sequence[str] | None:
        return None


class Tracker:
    """This project, from its wheel, in an environment without extras."""

    name = "tracker"

    def __init__(self, path: str, folder: Path) -> None:
        self.path = path
        self.home = folder / "tracker"
        self.home.mkdir()
        self.store = self.home / "milestones.json"
        shutil.copy(folder / "milestones.json", self.store)
        self.environment = environment(self.home)

    def version(self) -> str:
        return __version__

    def overdue(self) -> Sequence[str]:
        return [self.path, "--file", str(self.store), "overdue"]

    def done(self, number: int) -> Sequence[str]:
        return [self.path, "--file", str(self.store), "done", str(number)]

    def export(self) -> Sequence[str]:
        return [self.path, "--file", str(self.store), "export", "ics"]

    def forget(self) -> None:
        """Throw away whatever was kept from earlier runs."""
        shutil.rmtree(self.home / "cache", ignore_errors=True)


class Taskwarrior(_Installed):
    name = "Taskwarrior"

    def __init__(self, path: str, folder: Path) -> None:
        super().__init__(path, folder / "task")
        self._uids = [m.uid for m in made(LATEST)]
        settings = self.home / "taskrc"
        lines = (f"data.location={self.home}", "confirmation=off", "news.version=99.0.0")
        settings.write_text("\n".join(lines) + "\n")
        self.environment["TASKRC"] = str(settings)
        self._set_up("import", str(folder / "tasks.json"))

    def overdue(self) -> Sequence[str]:
        return [self.path, "overdue"]

    def done(self, number: int) -> Sequence[str]:
        return [self.path, self._uids[number], "done"]


class Todoman(_Installed):
    name = "todoman"

    def __init__(self, path: str, folder: Path) -> None:
        super().__init__(path, folder / "todoman")
        shutil.copytree(folder / "todos", self.home / "lists" / "all")
        settings = self.home / "config" / "todoman" / "config.py"
        settings.parent.mkdir(parents=True)
        settings.write_text(f'path = "{self.home}/lists/*"\ndate_format = "%Y-%m-%d"\n')

    def overdue(self) -> Sequence[str]:
        return [self.path, "list", "--due", "0"]

    def done(self, number: int) -> Sequence[str]:
        return [self.path, "done", str(number)]


class Calcurse(_Installed):
    name = "calcurse"

    def __init__(self, path: str, folder: Path) -> None:
        super().__init__(path, folder / "calcurse")
        self._set_up("-D", str(self.home), "-i", str(folder / "milestones.ics"))

    def overdue(self) -> Sequence[str]:
        days = ["--from", f"{FIRST_DUE:%m/%d/%Y}", "--days", str(DAYS)]
        return [self.path, "-D", str(self.home), "-Q", "--filter-type", "event", *days]

    def export(self) -> Sequence[str]:
        return [self.path, "-D", str(self.home), "--export=ical", "--export-uid"]


class Khal(_Installed):
    name = "khal"

    def __init__(self, path: str, folder: Path) -> None:
        super().__init__(path, folder / "khal")
        events = self.home / "events"
        events.mkdir()
        for file in (folder / "todos").iterdir():
            # The same item as an event: khal lists no tasks.
            due = re.search(
                rb"DUE;VALUE=DATE:(\d+)\r\nSTATUS:NEEDS-ACTION", content := file.read_bytes()
            )
            if due is not None:
                event = content.replace(due[0], b"DTSTART;VALUE=DATE:" + due[1])
                (events / file.name).write_bytes(event.replace(b"VTODO", b"VEVENT"))
        settings = self.home / "config" / "khal" / "config"
        settings.parent.mkdir(parents=True)
        settings.write_text(
            f"[calendars]\n[[all]]\npath = {events}\ntype = calendar\n"
            "[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\n"
            "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
            "timeformat = %H:%M\n"
        )

    def overdue(self) -> Sequence[str]:
        return [self.path, "list", f"{FIRST_DUE}", f"{DAYS}d"]


PEERS: dict[str, Callable[[str, Path], Program]] = {
    "task": Taskwarrior,
    "todo": Todoman,
    "calcurse": Calcurse,
    "khal": Khal,
}
"""By the name of the program that is looked for."""
