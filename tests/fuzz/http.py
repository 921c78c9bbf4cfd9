"""Requests as strangers make them, through the connection, the gate and the answers of `serve`."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime
from functools import cache
from hashlib import sha256

import uvicorn
from uvicorn.server import ServerState

from tests.fuzz.oracles import NOW, harmless, store_of
from tests.fuzz.target import Target
from tests.hostile.texts import TEXTS
from tests.milestones import full, plain
from tracker.locale import ENGLISH
from tracker.settings import Settings
from tracker.subscribe.server.app import ServerApp
from tracker.subscribe.server.connection import Connection
from tracker.subscribe.server.current import Current
from tracker.subscribe.server.gate import Gate
from tracker.subscribe.server.logs import line
from tracker.subscribe.server.watch import Sources, Watch
from tracker.subscribe.tokens import Token, Tokens

SECRET = "s3cret-" + "x" * 36
STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")
LENGTH = re.compile(rb"\r\ncontent-length: (\d+)(?:\r\n|$)")
FINE = {100, 200, 304, 308, 400, 404, 405, 431}


class Wire(asyncio.Transport):
    """The other end of a connection: keeps what is written to it."""

    def __init__(self) -> None:
        super().__init__({"peername": ("192.0.2.1", 1), "sockname": ("192.0.2.2", 2)})
        self.written = bytearray()
        self.closed = False

    def write(self, data: bytes | bytearray | memoryview[int]) -> None:
        if not self.closed:
            self.written += data

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True

    abort = close

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self.protocol = protocol


class ServedSite:
    """A server without its socket, for readers with a token alone."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.log: list[str] = []
        owners = [plain(n, title=f"Promise {n}", owner=text) for n, text in _owners()]
        self.owners = len(owners)
        store = store_of([*owners, full()])
        secret = sha256(SECRET.encode()).hexdigest()
        tokens = Tokens(tokens=(Token("press", secret, NOW),))
        current = Current(Settings(), "https://promises.example.org", ENGLISH)
        gate = Gate(Tokens(), public=False, loopback=False)
        sources = Sources(store, lambda: tokens, lambda: datetime.now().astimezone())
        watch = Watch(sources, current, gate, self.log.append)
        self.loop.run_until_complete(watch.begin())
        app = ServerApp(
            *(current, gate, watch), lambda one: self.log.append(line(one)), sources.clock
        )
        self.config = uvicorn.Config(
            app, http=Connection, lifespan="off", ws="none", log_config=None, access_log=False
        )
        self.config.load()

    def answer(self, data: bytes) -> bytes:
        """All that comes back, with what stands in the log forgotten before."""
        self.log.clear()
        return self.loop.run_until_complete(self._answer(data))

    async def _answer(self, data: bytes) -> bytes:
        wire, state = Wire(), ServerState()
        connection = Connection(self.config, state, {}, self.loop)
        connection.connection_made(wire)
        # In two parts, as networks cut it.
        for part in (data[: len(data) // 2], data[len(data) // 2 :]):
            if part and not wire.closed:
                connection.data_received(part)
            while state.tasks:
                await asyncio.gather(*state.tasks)
                await asyncio.sleep(0)
        connection.connection_lost(None)
        if connection.timeout_keep_alive_task is not None:
            connection.timeout_keep_alive_task.cancel()
        return bytes(wire.written)


def _owners() -> list[tuple[int, str]]:
    return [(n, text) for n, text in enumerate(TEXTS.values(), 1) if text.isprintable() and n < 100]


@cache
def served() -> ServedSite:
    return ServedSite()


def check(data: bytes) -> None:
    answered = served().answer(data[:40_000])
    assert {status for status, _ in framed(answered, may_be_bare=b"HEAD" in data)} <= FINE
    for word in (b"Traceback", b'File "', b"site-packages"):
        assert word not in answered
    log = "\n".join(served().log)
    harmless(log.replace("\n", ""))
    assert SECRET not in log
    if SECRET.encode() not in data:
        assert SECRET.encode() not in answered
        # Who has no token learns nothing of what is promised.
        assert b"Promise " not in answered
        assert b"BEGIN:VCALENDAR" not in answered


def framed(answered: bytes, *, may_be_bare: bool) -> list[tuple[int, bytes]]:
    """Each answer's status and body, by the lengths that it gives: all of them, and nothing else.

    An answer to HEAD says the length of a body that it has not.
    """
    found = []
    while answered:
        head, end, rest = answered.partition(b"\r\n\r\n")
        status, length = STATUS.match(head), LENGTH.search(head.lower())
        assert status, answered[:80]
        assert end
        code = int(status[1])
        if length is None:
            # Only the last one may end with its connection.
            assert code in (100, 304) or b"connection: close" in head.lower()
            body = b"" if code in (100, 304) else rest
        else:
            body = rest[: int(length[1])]
        if may_be_bare and (not rest or rest.startswith(b"HTTP/1.1 ")):
            body = b""
        assert length is None or len(body) in (0, int(length[1]))
        found.append((code, body))
        answered = rest[len(body) :]
    return found


def seeds() -> list[bytes]:
    """What calendar programs send, and what is known to go between servers."""
    asked = ("/feed.ics", f"/t/{SECRET}/feed.ics", f"/t/{SECRET}/", "/health", f"/t/{SECRET}")
    plainly = [f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode() for path in asked]
    return [
        *plainly,
        plainly[0] * 3,
        b'GET /feed.ics HTTP/1.1\r\nHost: x\r\nIf-None-Match: W/"a", "b"\r\n'
        b"Accept-Encoding: gzip;q=0.5, *;q=0\r\nRange: bytes=0-1\r\n\r\n",
        b"HEAD /robots.txt HTTP/1.0\r\nIf-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello",
        b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ]


LINES = r"""
    Host:~x Content-Length:~5 Content-Length:~-1 Transfer-Encoding:~chunked Transfer-Encoding:x
    Transfer-Encoding:~gzip,~chunked Expect:~100-continue Connection:~close Connection:~keep-alive
    If-None-Match:~"x" If-None-Match:~* If-Modified-Since:~ Accept-Encoding:~gzip Range:~bytes=0-
    X-Forwarded-For:~1.2.3.4 Upgrade:~websocket Sec-WebSocket-Key:~x ~HTTP/1.1 ~HTTP/1.0
"""
PARTS = """
    GET~ HEAD~ POST~ PROPFIND~ OPTIONS~ TRACE~ CONNECT~ /feed.ics /tasks.ics /owner/ /tag/ /filter/
    /t/ /health /robots.txt /index.html /all.csv /all.json .. %2e%2e %2f %00 %ff
    %0d%0a // ? # http://x/ * ffffffffff
"""
WORDS = (
    *(line.replace("~", " ") + "\r\n" for line in LINES.split()),
    *(part.replace("~", " ") for part in PARTS.split()),
    *("\r\n", "\r\n\r\n", "\n", "\0", "\x1b", "\\", "0\r\n\r\n", SECRET, f"/t/{SECRET}/"),
)
HTTP = Target("http", check, seeds, WORDS)
