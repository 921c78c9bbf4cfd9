"""CalDAV servers on loopback, and the tasks program at the other end, played with plain HTTP."""

from __future__ import annotations

import base64
import http.client
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

from tests.programs import program

USER = "reader"
PASSWORD = "päss wörd%41"  # noqa: S105 - of a server that lives for one test
PATIENCE = 60
"""Seconds in which a server must answer; it usually takes one."""

_MKCALENDAR = """<?xml version="1.0"?>
<C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>
<C:supported-calendar-component-set><C:comp name="{kind}"/></C:supported-calendar-component-set>
</D:prop></D:set></C:mkcalendar>"""


class Server:
    """A server that can be stopped and started again, with the collection /reader/tasks/."""

    path = f"/{USER}/tasks/"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None
        self.words = self.command()

    @property
    def url(self) -> str:
        return f"caldav://127.0.0.1:{self.port}{self.path}"

    def command(self) -> list[str]:
        """How it is started; the folder is there."""
        raise NotImplementedError

    def start(self) -> None:
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "LD_LIBRARY_PATH")}
        self.process = subprocess.Popen(
            self.words,
            env={**kept, "HOME": str(self.folder), "LANG": "C.UTF-8"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                self.request("OPTIONS", "/")
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"{self.words[0]} did not start")

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def request(
        self, method: str, path: str, body: str = "", **headers: str
    ) -> tuple[int, bytes, dict[str, str]]:
        """What a program that is none of ours would do."""
        login = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        sent = {"Authorization": f"Basic {login}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body.encode(), sent)
            answer = connection.getresponse()
            return answer.status, answer.read(), dict(answer.headers)
        finally:
            connection.close()

    def make(self, path: str, kind: str = "VTODO") -> None:
        status, said, _ = self.request(
            "MKCALENDAR", path, _MKCALENDAR.format(kind=kind), Content_Type="text/xml"
        )
        assert status == 201, said

    def hrefs(self) -> list[str]:
        """The resources of the collection."""
        ask = '<D:propfind xmlns:D="DAV:"><D:prop><D:getetag/></D:prop></D:propfind>'
        _, said, _ = self.request("PROPFIND", self.path, ask, Depth="1", Content_Type="text/xml")
        found = re.findall(r"href>([^<]+\.ics)<", said.decode())
        return sorted(unquote(href) for href in found)

    def todo(self, uid: str) -> str:
        """The resource of that uid, unfolded."""
        _, said, _ = self.request("GET", f"{self.path}{uid}.ics")
        return said.decode().replace("\r\n ", "").replace("\r\n", "\n")

    def edit(self, uid: str, *changes: tuple[str, str]) -> None:
        """Replace lines of a task that match, as a tasks program does: all else stays."""
        text = self.todo(uid)
        for pattern, line in changes:
            text, count = re.subn(rf"(?m)^{pattern}$", line, text)
            assert count == 1, (pattern, text)
        self.put(uid, text)

    def put(self, uid: str, text: str) -> None:
        body = text.replace("\r\n", "\n").replace("\n", "\r\n")
        status, said, _ = self.request(
            "PUT", f"{self.path}{uid}.ics", body, Content_Type="text/calendar"
        )
        assert status in (200, 201, 204), said

    def delete(self, uid: str) -> None:
        assert self.request("DELETE", f"{self.path}{uid}.ics")[0] in (200, 204)


class Radicale(Server):
    def command(self) -> list[str]:
        users = self.folder / "users"
        users.write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
        return [
            program("radicale"),
            *("--config", "", "--server-hosts", f"127.0.0.1:{self.port}"),
            *("--storage-filesystem-folder", str(self.folder / "store")),
            *("--auth-type", "htpasswd", "--auth-htpasswd-filename", str(users)),
            *("--auth-htpasswd-encryption", "plain", "--auth-delay", "0"),
        ]


class Xandikos(Server):
    path = f"/{USER}/calendars/tasks/"

    def command(self) -> list[str]:
        return [
            program("xandikos"),
            *("serve", "-d", str(self.folder / "store"), "--listen-address", "127.0.0.1"),
            *("--port", str(self.port), "--current-user-principal", f"/{USER}/", "--defaults"),
        ]


@contextmanager
def running(kind: type[Server], folder: Path) -> Iterator[Server]:
    """A server with an empty list of tasks; the test is skipped where it is not installed."""
    folder.mkdir()
    server = kind(folder)
    server.start()
    try:
        server.make(server.path)
        yield server
    finally:
        server.stop()
