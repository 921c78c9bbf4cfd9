"""One connection: what it may send, and how long it may take, so that none is in another's way."""

from __future__ import annotations

import asyncio
import re

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]  # asked for before it is used

_HOST = re.compile(rb"[\w.~%!$&'()*+,;=:\[\]-]*", re.ASCII)
"""What a Host may be made of (RFC 3986 §3.2.2), and no user before it or path behind."""

HEAD_MOST = 32_768
"""Bytes of a request's line and headers; calendar programs send less than 2,000."""

HEAD_PATIENCE = 15
"""Seconds in which a request must have come in whole, from its first byte or the connection's."""

IDLE_PATIENCE = 75
"""Seconds for which a connection is kept for the next request."""

STUCK_PATIENCE = 60
"""Seconds without the reader taking any of what is sent: 48 kB is what must go through in them."""

LAST_CALL = 0.3
"""Seconds for which a request that is on its way is still answered when the server stops."""

SWEEP = 5
"""Seconds between two looks at all connections."""

_SPARE = 64
"""Files kept for all else than connections."""

_ROOM = 500
"""Connections where the system does not say how many it allows."""

_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain; charset=utf-8\r\ncontent-length: 24\r\nconnection: close\r\n\r\n"
    b"The request is too big.\n"
)


class Connection(HttpToolsProtocol):
    """uvicorn's, with limits that it leaves to a proxy in front."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._unread = 0
        self._head = 0
        self._begun = True
        self._closing: asyncio.TimerHandle | None = None
        self._waits_since: float | None = self.loop.time()
        self._stuck_since: float | None = None
        if len(self.connections) > _room():
            self._make_room()

    def on_url(self, url: bytes) -> None:
        self._head += len(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._head += len(name) + len(value) + len(b": \r\n")
        super().on_header(name, value)

    def _refuse_bad_head(self) -> None:
        """Raise, at which 431 or 400 is sent and the connection ended."""
        if self._head > HEAD_MOST:
            raise ValueError
        # RFC 9112 §3.2: one and no more, and a name that it can be.
        hosts = [value for name, value in self.headers if name == b"host"]
        if len(hosts) > 1 or not all(map(_HOST.fullmatch, hosts)):
            raise ValueError
        if not hosts and self.parser.get_http_version() == "1.1":
            raise ValueError

    def send_400_response(self, msg: str) -> None:
        if self._head > HEAD_MOST:
            self.transport.write(_TOO_LARGE)
            self.transport.close()
        else:
            super().send_400_response(msg)

    def data_received(self, data: bytes) -> None:
        self._unread += len(data)
        super().data_received(data)
        if self._unread > HEAD_MOST and not self.transport.is_closing():
            self.transport.write(_TOO_LARGE)
            self.transport.close()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head = 0
        self._begun = True
        if self._waits_since is not None:
            self._waits_since = self.loop.time()

    def on_headers_complete(self) -> None:
        self._refuse_bad_head()
        super().on_headers_complete()
        self._unread = 0
        self._waits_since = None
        if self._closing is not None:
            self._closing.cancel()
            self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        super().on_body(body)
        self._unread = 0

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._begun = False
        self._waits_since = self.loop.time()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stuck_since = self.loop.time()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stuck_since = None

    def shutdown(self) -> None:
        if self._waits_since is None:
            super().shutdown()
        elif self._closing is None:
            self._closing = self.loop.call_later(LAST_CALL, self.transport.close)

    def drop_if_slow(self, now: float) -> None:
        """End it if it has waited for the other side longer than it should."""
        patience = HEAD_PATIENCE if self._begun else IDLE_PATIENCE
        if (self._waits_since is not None and now > self._waits_since + patience) or (
            self._stuck_since is not None and now > self._stuck_since + STUCK_PATIENCE
        ):
            self.transport.abort()

    def _make_room(self) -> None:
        """End the connection that has waited longest; whoever comes gets in."""
        waiting = {
            c: c._waits_since
            for c in self.connections
            if isinstance(c, Connection) and c._waits_since is not None
        }
        min(waiting, key=waiting.__getitem__, default=self).transport.abort()


def _room() -> int:
    """How many connections there may be, by the files that this process may have open."""
    if resource is None:
        return _ROOM
    return max(1, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - _SPARE)


def raise_limit() -> None:
    """Take as many files as the system lets this process have."""
    if resource is None:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
