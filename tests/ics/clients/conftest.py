"""A feed that changes, served to calendar programs that find nothing of the user's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.answering import answering


class Feeds:
    """A web server on loopback; `paths` may change while it runs."""

    def __init__(self) -> None:
        self.paths: dict[str, bytes] = {}
        feeds = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._answer(with_body=True)

            def do_HEAD(self) -> None:
                self._answer(with_body=False)

            def _answer(self, with_body: bool) -> None:
                body = feeds.paths.get(self.path)
                self.send_response(404 if body is None else 200)
                content = body or b""
                self.send_header("Content-Type", "text/calendar; charset=utf-8")
                self.send_header("ETag", f'"{sha256(content).hexdigest()}"')
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if with_body:
                    self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Stay quiet in the tests."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port: int = self.server.server_address[1]

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def feeds() -> Iterator[Feeds]:
    served = Feeds()
    with answering(served.server):
        yield served


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment in which a program finds nothing of the user's."""
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "LD_LIBRARY_PATH")}
    folders = {
        f"XDG_{n}_HOME": str(tmp_path / n.lower()) for n in ("CONFIG", "DATA", "CACHE", "STATE")
    }
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    return {
        **kept,
        **folders,
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(runtime),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TZ": "Asia/Shanghai",
        "GSETTINGS_BACKEND": "memory",
    }
