"""`tracker serve` as a process of its own, and plain HTTP to talk to it."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")

PATIENCE = 30
"""Seconds in which what is waited for must have come; it usually takes one."""

PROGRAM = [sys.executable, "-c", "from tracker.start import start; start()"]

HANDING_ON = [
    sys.executable,
    "-c",
    "import os, sys; os.dup2(int(sys.argv[1]), 3); "
    "os.environ.update(LISTEN_FDS='1', LISTEN_PID=str(os.getpid())); "
    "os.execv(sys.argv[2], sys.argv[2:])",
]
"""Becomes the program that follows, with a socket as its first one."""


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def environment(folder: Path) -> dict[str, str]:
    """One that says nothing to the tracker."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TRACKER_")}
    kept["TRACKER_LANG"] = "en"
    return {**kept, "XDG_CONFIG_HOME": str(folder / "config"), "TZ": "UTC", "USER": "tester"}


class Server:
    """The process, its store, and once it has begun its port."""

    def __init__(
        self, store: Path, *options: str, at: socket.socket | None = None, url: str = ""
    ) -> None:
        """Give it a socket as systemd does with `at`; otherwise it takes a free port.

        `url` is that of the store, if it is not the file of that path.
        """
        self.store = store
        self.url = url or str(store)
        self.port = 0
        self._said, self._noted = store.with_name("stdout"), store.with_name("stderr")
        with self._said.open("wb") as out, self._noted.open("wb") as err:
            words = [*PROGRAM, "--file", self.url, "serve", *(options or ("--port", "0"))]
            self.process = subprocess.Popen(
                words if at is None else [*HANDING_ON, str(at.fileno()), *words],
                env=environment(store.parent),
                stdout=out,
                stderr=err,
                pass_fds=() if at is None else (at.fileno(),),
            )

    @property
    def said(self) -> str:
        return self._said.read_text(encoding="utf-8")

    @property
    def noted(self) -> str:
        return self._noted.read_text(encoding="utf-8")

    def begin(self) -> None:
        """Wait until it listens and says where."""
        address = re.compile(r"http://\S+?:(\d+)/")
        until(lambda: address.search(self.said) or self.process.poll(), lambda found: found)
        found = address.search(self.said)
        assert found, self.noted
        self.port = int(found[1])

    def end(self, with_signal: int = signal.SIGTERM) -> int:
        """Ask it to stop, wait until it has, and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(with_signal)
        return self.process.wait(PATIENCE)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """One request on a connection of its own; `_` in a header's name is `-`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers=sent)
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, told, answer.read())
        finally:
            connection.close()

    def raw(self, sent: bytes, *, half_closed: bool = False) -> bytes:
        """All that comes back for these bytes until the server ends the connection.

        `half_closed` says that nothing more will be sent.
        """
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
            connection.sendall(sent)
            if half_closed:
                connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def tracker(self, *words: str) -> str:
        """Another command on the same store."""
        done = subprocess.run(
            [*PROGRAM, "--file", self.url, *words],
            env=environment(self.store.parent),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def serving(
    store: Path, *options: str, at: socket.socket | None = None, url: str = ""
) -> Iterator[Server]:
    server = Server(store, *options, at=at, url=url)
    try:
        server.begin()
        yield server
    finally:
        server.end(signal.SIGKILL)


def until(look: Callable[[], T], holds: Callable[[T], Any]) -> T:
    """Look again and again until it holds, and return what was seen."""
    deadline = time.monotonic() + PATIENCE
    while not holds(seen := look()):
        assert time.monotonic() < deadline, seen
        time.sleep(0.02)
    return seen
