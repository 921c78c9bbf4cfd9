"""Evolution Data Server with one subscription, kept open as a desktop does."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.programs import gi_python, missing, program

Shown = dict[str, tuple[str, str]]
"""Day and title by uid."""

_SCRIPT = Path(__file__).with_name("evolution_view.py")
_SERVER = Path("/usr/libexec/evolution-calendar-factory")
_PATIENCE = 20
"""Seconds within which a refresh must have reached the cache; it usually takes less than one."""


class Evolution:
    def __init__(self, session: subprocess.Popen[str]) -> None:
        self._session = session

    def refreshed(self) -> Shown:
        """Fetch once, and return what is shown."""
        stdin, stdout = self._session.stdin, self._session.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write("refresh\n")
        stdin.flush()
        line = stdout.readline()
        assert line, "the session ended"
        return {uid: tuple(seen) for uid, seen in json.loads(line).items()}

    def comes_to_show(self, expected: Shown) -> Shown:
        """Fetch until this is shown, and return what is; a refresh may reach the cache late."""
        deadline = time.monotonic() + _PATIENCE
        while (shown := self.refreshed()) != expected and time.monotonic() < deadline:
            pass
        return shown


@contextmanager
def subscribed(port: int, home: dict[str, str]) -> Iterator[Evolution]:
    """Subscribed to /feed.ics at that port of this computer, in the environment of `home`."""
    if not _SERVER.exists():
        missing("evolution-data-server")
    sources = Path(home["XDG_CONFIG_HOME"]) / "evolution" / "sources"
    sources.mkdir(parents=True)
    (sources / "tracker.source").write_text(
        "[Data Source]\nDisplayName=Tracker\nEnabled=true\nParent=webcal-stub\n"
        "[Calendar]\nBackendName=webcal\nSelected=true\n"
        f"[Authentication]\nHost=127.0.0.1\nPort={port}\nMethod=none\n"
        "[Security]\nMethod=none\n"
        "[WebDAV Backend]\nResourcePath=/feed.ics\n"
        "[Offline]\nStaySynchronized=true\n"
        "[Refresh]\nEnabled=false\n"
    )
    python = gi_python("ECal 2.0", "EDataServer 1.2")
    with subprocess.Popen(
        [program("dbus-run-session"), "--", python, str(_SCRIPT)],
        env=home,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as session:
        yield Evolution(session)
