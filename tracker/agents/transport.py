"""The ways in: the standard streams, or HTTP with tokens as `serve` has them."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterable
from typing import Any

import anyio
import uvicorn
from mcp.server.auth.middleware.bearer_auth import AuthenticatedUser
from mcp.server.auth.provider import AccessToken
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from tracker.subscribe.server.connection import Connection
from tracker.subscribe.server.run import StoppedServer
from tracker.subscribe.tokens import Token, Tokens

PATH = "/mcp"
HOLDER = "tracker.token"
"""Where a request keeps whose token it came with."""

_BODY = 4_000_000
"""Bytes of a request."""

_IDLE = 600.0
_SESSIONS = 100
_AT_ONCE = 64


def over_streams(server: Server[Any]) -> None:
    """Answer on stdin and stdout until they are closed."""
    _hush()

    async def run() -> None:
        async with stdio_server() as (read, write):
            await server.run(read, write, server.create_initialization_options())

    anyio.run(run)


def over_http(
    server: Server[Any],
    at: socket.socket,
    names: Iterable[str],
    tokens: Callable[[], Tokens],
    *,
    is_open: bool,
) -> None:
    """Answer at a socket until SIGTERM, to requests for one of the `names` (host:port) alone.

    `is_open` lets in requests without a token, as long as there never was one.
    """
    _hush()
    hosts = list(names)
    app = server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        max_request_body_size=_BODY,
        session_idle_timeout=_IDLE,
        max_sessions=_SESSIONS,
        transport_security=TransportSecuritySettings(
            allowed_hosts=hosts,
            allowed_origins=[
                f"{scheme}://{host}" for host in hosts for scheme in ("http", "https")
            ],
        ),
    )
    config = uvicorn.Config(
        TokenGate(app, tokens, is_open=is_open),
        http=Connection,
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        limit_concurrency=_AT_ONCE,
        timeout_graceful_shutdown=5,
    )
    StoppedServer(config).run(sockets=[at])


class TokenGate:
    """Lets in who has a token in the Authorization header (RFC 6750), or all while it is open."""

    def __init__(self, app: ASGIApp, tokens: Callable[[], Tokens], *, is_open: bool) -> None:
        self._app = app
        self._tokens = tokens
        self._is_open = is_open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            tokens = await anyio.to_thread.run_sync(self._tokens)
            holder = tokens.holder(_bearer(scope))
            if holder is None and (tokens.used or not self._is_open):
                refused = PlainTextResponse(
                    "A token is needed, as `tracker token add NAME` makes it.\n",
                    401,
                    {"WWW-Authenticate": "Bearer"},
                )
                await refused(scope, receive, send)
                return
            scope[HOLDER] = holder
            if holder is not None:
                # So that a session is continued by its own token alone.
                known = AccessToken(token=holder.sha256, client_id=holder.sha256, scopes=[])
                scope["user"] = AuthenticatedUser(known)
        await self._app(scope, receive, send)


def token_of(request: HTTPConnection | None) -> Token | None:
    """Whose token a request came with; None for one without, or over the streams."""
    found = request.scope.get(HOLDER) if request is not None else None
    return found if isinstance(found, Token) else None


def _bearer(scope: Scope) -> str:
    kind, _, secret = HTTPConnection(scope).headers.get("authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else ""


def _hush() -> None:
    # What it would say of a bad request has that request in it.
    for name in ("mcp", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
