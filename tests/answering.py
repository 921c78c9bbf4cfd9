"""Servers of the tests' own, answering on loopback from a thread of this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import BaseServer
from threading import Thread


@contextmanager
def answering(server: BaseServer) -> Iterator[None]:
    """Let it answer meanwhile."""
    # It looks that often whether it should end, which is what a test waits for.
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
