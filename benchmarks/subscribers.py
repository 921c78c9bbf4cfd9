"""Subscribers as calendar programs are: a connection that is kept, the same feed again and again.

An own HTTP client on raw streams, so that a thousand of them cost little beside the server, and
so that it is known of each request whether it was sent whole and what came of it.
"""

from __future__ import annotations

import asyncio
import gzip
import re
import socket
import zlib
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic

_STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n")
_TAG = re.compile(rb'\r\netag: ("[^"]*")\r\n')
_END = b"\r\n\r\n"
_SMALL = 2048
"""Bytes that the system may hold at a slow reader's end; at the server's it may be 4 MB."""

_AT_ONCE = 30
"""Feeds that a slow reader asks for in a row, more than all of these hold."""


@dataclass
class Seen:
    """What all subscribers have seen; `wrong` is empty if all went well.

    `waits` are seconds from a request to its whole answer. `again` counts requests that no byte
    of an answer came to, as when the connection was closed just then; they were sent again.
    """

    waits: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    again: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    stopped_at: float | None = None
    """When the server was last told to stop: what was asked before that must be answered."""


class Broken(Exception):
    """The connection ended; `begun` says whether an answer had begun."""

    def __init__(self, why: str, *, begun: bool) -> None:
        super().__init__(why)
        self.begun = begun


class Subscriber:
    """Asks for one feed every so many seconds, until cancelled."""

    def __init__(self, port: int, path: str, every: float, seen: Seen) -> None:
        self._port = port
        self._path = path
        self._every = every
        self._seen = seen
        self._tag = ""
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def poll(self, first_after: float) -> None:
        due = monotonic() + first_after
        try:
            while True:
                await asyncio.sleep(max(0, due - monotonic()))
                due = max(due + self._every, monotonic())
                await self._until_answered()
        finally:
            await self._disconnect()

    async def _until_answered(self) -> None:
        while True:
            asked = monotonic()
            try:
                await self._ask()
            except (OSError, Broken) as error:
                self._note(error, asked)
                await self._disconnect()
                await asyncio.sleep(0.05)
            else:
                self._seen.waits.append(monotonic() - asked)
                return

    def _note(self, error: OSError | Broken, asked: float) -> None:
        if isinstance(error, Broken) and error.begun:
            self._seen.wrong.append(f"{self._path}: cut off in its answer ({error})")
        elif isinstance(error, Broken) and self._was_under_way(asked):
            self._seen.wrong.append(f"{self._path}: asked before the stop and not answered")
        else:
            why = type(error).__name__ if isinstance(error, OSError) else str(error)
            self._seen.again[why] += 1

    def _was_under_way(self, asked: float) -> bool:
        """Whether the server had time to see the request before it was told to stop."""
        stopped = self._seen.stopped_at
        return stopped is not None and asked < stopped - 0.5 and self._streams is not None

    async def _ask(self) -> None:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        held = f"If-None-Match: {self._tag}\r\n" if self._tag else ""
        request = f"GET {self._path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n{held}\r\n"
        try:
            writer.write(request.encode())
            head = await reader.readuntil(_END)
        except asyncio.IncompleteReadError as ended:
            raise Broken("closed before an answer", begun=bool(ended.partial)) from None
        except ConnectionError as error:
            raise Broken(f"{type(error).__name__} before an answer", begun=False) from None
        try:
            length = _LENGTH.search(head)
            body = await reader.readexactly(int(length[1])) if length else b""
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise Broken(type(error).__name__, begun=True) from None
        self._take(head, body)
        if b"\r\nconnection: close\r\n" in head:
            await self._disconnect()

    def _take(self, head: bytes, body: bytes) -> None:
        status, tag = _STATUS.match(head), _TAG.search(head)
        told = int(status[1]) if status else 0
        self._seen.statuses[told] += 1
        if told not in (200, 304):
            self._seen.wrong.append(f"{self._path}: answered {told}")
        if told == 200 and not _is_whole(body):
            self._seen.wrong.append(f"{self._path}: half a feed of {len(body)} bytes")
        if told == 200 and tag and tag[1].decode() == self._tag:
            self._seen.wrong.append(f"{self._path}: sent again though it was known")
        if tag:
            self._tag = tag[1].decode()

    async def _disconnect(self) -> None:
        if self._streams is None:
            return
        _, writer = self._streams
        self._streams = None
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


def _is_whole(packed: bytes) -> bool:
    try:
        feed = gzip.decompress(packed)
    except (OSError, EOFError, zlib.error):
        return False
    return feed.startswith(b"BEGIN:VCALENDAR\r\n") and feed.endswith(b"END:VCALENDAR\r\n")


async def trickle(port: int, path: str) -> None:
    """Ask for more than the system holds and read a byte a second; at its end, begin again."""
    loop = asyncio.get_running_loop()
    asked = f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * _AT_ONCE
    while True:
        with socket.socket() as slow:
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SMALL)
            slow.setblocking(False)
            try:
                await loop.sock_connect(slow, ("127.0.0.1", port))
                await loop.sock_sendall(slow, asked)
                while await loop.sock_recv(slow, 1):
                    await asyncio.sleep(1)
            except OSError:
                await asyncio.sleep(1)
