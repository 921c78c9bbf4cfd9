"""The process: it listens, tells that it does, answers, and stops when it is asked to."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import uvicorn
from msgspec import Struct

from tracker.errors import CannotListen, system_reason
from tracker.locale import ENGLISH, Language
from tracker.message import Message
from tracker.settings import Settings
from tracker.store.masking import masked
from tracker.subscribe.server.app import ServerApp
from tracker.subscribe.server.connection import IDLE_PATIENCE, SWEEP, Connection, raise_limit
from tracker.subscribe.server.current import Current
from tracker.subscribe.server.gate import Gate
from tracker.subscribe.server.logs import AccessEntry
from tracker.subscribe.server.metrics import MetricsApp, text
from tracker.subscribe.server.watch import Sources, Watch
from tracker.subscribe.source_documents import Find
from tracker.subscribe.tokens import Tokens

STOP_PATIENCE = 20
"""Seconds that answers under way have when the server is asked to stop."""

_BACKLOG = 2048
_WATCHERS = 16
"""Connections at once of those who ask what is measured."""

_SWITCH = 0.001
"""Seconds after which the thread that makes editions lets the answering one go on."""


class Service(Struct, frozen=True):
    """What is served and how. `address` is where readers find it.

    `report` is told what goes wrong meanwhile, and `log` of each answer, if there is one; at
    `measured_at` what is measured is told.
    """

    settings: Settings
    sources: Sources
    address: str
    public: bool
    loopback: bool
    report: Callable[[Message], None]
    log: Callable[[AccessEntry], None] | None = None
    lang: Language = ENGLISH
    find: Find = lambda _: None
    measured_at: socket.socket | None = None


Begun = Callable[[int, bool], None]
"""Told when all is read and answers are given: how many milestones, and whether without a token."""


def listen(host: str, port: int) -> socket.socket:
    """Take the address, 0 for any free port, or the socket that systemd has opened for us.

    Raises CannotListen.
    """
    given = _given()
    return own_socket(host, port) if given is None else given


def own_socket(host: str, port: int) -> socket.socket:
    """Take the address, 0 for any free port. Raises CannotListen."""
    if not host:
        # The system would take it for all addresses of this computer.
        raise CannotListen("--host is empty.", "Give an address of this computer, or leave it out.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = host == "::" and socket.has_dualstack_ipv6()
    try:
        return socket.create_server(
            (host, port), family=family, backlog=_BACKLOG, dualstack_ipv6=both
        )
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotListen(
                "Port {port} on {host} is taken, perhaps by a tracker that is serving already.",
                "End that one, or give another with --port; 0 takes a free one.",
                port=port,
                host=host,
            ) from None
        hint = "Give a name or an address of this computer with --host, and a port from 1024 up."
        raise CannotListen(
            "{host}, port {port}: {reason}.",
            hint,
            host=masked(host),
            port=port,
            reason=system_reason(error),
        ) from None


def _given() -> socket.socket | None:
    """The first socket that was passed on (sd_listen_fds(3)): it stays open while we restart."""
    if os.environ.get("LISTEN_PID") != str(os.getpid()) or not os.environ.get("LISTEN_FDS"):
        return None
    at = socket.socket(fileno=3)
    if at.family not in (socket.AF_INET, socket.AF_INET6):
        at.close()
        raise CannotListen(
            "The socket that was passed on is none of the network's.",
            "Give a port in ListenStream, such as 127.0.0.1:8765.",
        )
    return at


def serve(service: Service, at: socket.socket, begun: Begun) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises what is wrong with the store or the tokens to begin with.
    """
    raise_limit()
    sys.setswitchinterval(_SWITCH)
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    with asyncio.Runner(loop_factory=_loop()) as runner:
        runner.run(_serve(service, at, begun))


async def _serve(service: Service, at: socket.socket, begun: Begun) -> None:
    current = Current(service.settings, service.address, service.lang, service.find)
    gate = Gate(Tokens(), public=service.public, loopback=service.loopback)
    watch = Watch(service.sources, current, gate, service.report)
    try:
        await watch.begin()
        clock = service.sources.clock
        app = ServerApp(current, gate, watch, service.log, clock)
        server = _server(app, proxied=service.log is not None)
        begun(watch.count, gate.is_open)
        tasks = [asyncio.create_task(watch.keep()), asyncio.create_task(_sweep(server))]
        if service.measured_at is not None:
            told = MetricsApp(lambda: text(app.counts, current, watch, clock()))
            tasks.append(asyncio.create_task(_measured(told, service.measured_at)))
        await server.serve(sockets=[at])
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
    finally:
        current.close()


def _server(app: ServerApp, *, proxied: bool) -> uvicorn.Server:
    return StoppedServer(
        uvicorn.Config(
            app,
            http=Connection,
            interface="asgi3",
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            # Who asks stands in the log alone; without one nobody need look for it.
            proxy_headers=proxied,
            timeout_keep_alive=IDLE_PATIENCE,
            timeout_graceful_shutdown=STOP_PATIENCE,
        )
    )


async def _measured(app: MetricsApp, at: socket.socket) -> None:
    """Tell what is measured until cancelled."""
    config = uvicorn.Config(
        *(app, "", 0),
        http=Connection,
        interface="asgi3",
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=_WATCHERS,
    )
    await _SignalFreeServer(config).serve(sockets=[at])


class _SignalFreeServer(uvicorn.Server):
    """Leaves signals to the server of the readers."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class StoppedServer(uvicorn.Server):
    """Stops at a signal as uvicorn's does, but without dying of it once more in the end."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        handlers = {s: signal.signal(s, self.handle_exit) for s in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for one, handler in handlers.items():
                signal.signal(one, handler)


async def _sweep(server: uvicorn.Server) -> None:
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(SWEEP)
        for connection in list(server.server_state.connections):
            if isinstance(connection, Connection):
                connection.drop_if_slow(loop.time())


def _loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop, but where there is none (Windows)."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop
