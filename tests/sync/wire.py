"""A wire to a server on which something happens at a chosen request."""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.answering import answering
from tests.sync.servers import PATIENCE, Server

Answer = tuple[int, dict[str, str], bytes]
"""A status, headers and a body."""


class Wire:
    """Passes requests on. `before` and `after` are called with method and number of each.

    A number counts the requests of its method. If one of the two returns true the line is cut
    without an answer. `instead` may give a status, headers and a body to answer with instead, and
    `etag` how etags are spelt.
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        self.before: Callable[[str, int], bool] = lambda _method, _number: False
        self.after: Callable[[str, int], bool] = lambda _method, _number: False
        self.instead: Callable[[str], Answer | None] = lambda _method: None
        self.etag = '"{}"'
        self.counts: dict[str, int] = {}
        wire = self

        class Handler(BaseHTTPRequestHandler):
            def pass_on(self) -> None:
                number = wire.counts[self.command] = wire.counts.get(self.command, 0) + 1
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if wire.before(self.command, number):
                    return
                if (answer := wire.instead(self.command)) is not None:
                    self.answer(*answer)
                    return
                onward = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
                onward.request(self.command, self.path, body, dict(self.headers))
                got = onward.getresponse()
                content = got.read()
                onward.close()
                if wire.after(self.command, number):
                    return
                headers = dict(got.getheaders())
                if "ETag" in headers:
                    headers["ETag"] = wire.respelt(headers["ETag"].encode()).decode()
                self.answer(got.status, headers, wire.respelt(content))

            def answer(self, status: int, headers: dict[str, str], content: bytes) -> None:
                self.send_response(status)
                for name, value in headers.items():
                    if name.lower() not in ("transfer-encoding", "connection", "content-length"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                with suppress(OSError):  # whoever asked may have stopped waiting
                    self.wfile.write(content)

            do_PROPFIND = do_REPORT = do_PUT = do_DELETE = do_GET = do_OPTIONS = pass_on  # noqa: N815

            def log_message(self, *_: object) -> None:
                """Stay quiet in the tests."""

        self.listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"caldav://127.0.0.1:{self.listener.server_address[1]}{server.path}"

    def respelt(self, text: bytes) -> bytes:
        """With each etag of Radicale spelt as `etag` says."""
        return re.sub(
            rb'(?:&quot;|")([0-9a-f]{64})(?:&quot;|")',
            lambda found: self.etag.format(found[1].decode()).encode(),
            text,
        )


@contextmanager
def wired(server: Server) -> Iterator[Wire]:
    wire = Wire(server)
    with answering(wire.listener):
        yield wire
