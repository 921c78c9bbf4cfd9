"""Servers on this machine that digests are sent to: a web hook, a mail server, and worse ones."""

from __future__ import annotations

import json
import socket
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


class Hook:
    """A web hook that keeps what it is sent, and answers with `status`."""

    def __init__(self) -> None:
        self.status = 200
        self.taken: list[dict[str, Any]] = []
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if hook.status < 300:
                    hook.taken.append(json.loads(body))
                self.send_response(hook.status)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"json://127.0.0.1:{self.server.server_address[1]}/a-secret-path"


class Mailbox:
    """A mail server (RFC 5321) for one session after another, that may refuse what it is sent."""

    def __init__(self) -> None:
        self.refuses = False
        self.taken: list[EmailMessage] = []
        mailbox = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.answer("220 mailbox")
                while line := self.rfile.readline():
                    verb = line.split()[0].upper().removesuffix(b":")
                    if verb == b"QUIT":
                        return self.answer("221 bye")
                    if verb == b"DATA":
                        self.answer("354 go on")
                        self.take()
                    elif verb == b"RCPT" and mailbox.refuses:
                        self.answer("550 no such mailbox")
                    else:
                        self.answer("250 fine")
                return None

            def take(self) -> None:
                lines = iter(self.rfile.readline, b".\r\n")
                content = b"".join(line.removeprefix(b".") for line in lines)
                parsed = message_from_bytes(content, policy=policy.default)
                assert isinstance(parsed, EmailMessage)
                mailbox.taken.append(parsed)
                self.answer("250 taken")

            def answer(self, text: str) -> None:
                self.wfile.write(f"{text}\r\n".encode())

        self.server = socketserver.TCPServer(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        port = self.server.server_address[1]
        people = "from=tracker@example.org&to=officer@example.org"
        return f"mailto://127.0.0.1:{port}?{people}&mode=insecure"


@contextmanager
def hanging() -> Iterator[str]:
    """The address of a web hook that takes the call and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"json://127.0.0.1:{listener.getsockname()[1]}/a-secret-path?rto=3600&cto=3600"


def refusing() -> str:
    """The address of a port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"json://user:a-password@127.0.0.1:{listener.getsockname()[1]}/a-secret-path"
