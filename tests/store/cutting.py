"""A wire to a server that breaks at a chosen message: what a failing network does."""

from __future__ import annotations

import shutil
import socket
import tempfile
from pathlib import Path
from threading import Thread
from typing import Self

_NAME = ".s.PGSQL.5432"


class Cutter:
    """A socket in `folder` that leads to the server's.

    Once `armed`, the next message with `word` in it breaks the wire: before the server has it, or
    (`after`) when the server has answered and the client has not heard. `for_good` leaves nobody
    at the socket from then on.
    """

    def __init__(self, server: Path, word: bytes, *, after: bool) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg"))
        self.armed = False
        self.for_good = False
        self._server = server
        self._word = word
        self._after = after
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.folder / _NAME))
        self._listener.listen()
        self._threads = [Thread(target=self._accept, daemon=True)]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self._close()
        shutil.rmtree(self.folder)

    def _close(self) -> None:
        # Wakes the thread that waits in accept, which closing alone does not.
        try:
            self._listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(str(self._server / _NAME))
            Thread(target=self._forward, args=(client, server), daemon=True).start()

    def _forward(self, client: socket.socket, server: socket.socket) -> None:
        """Carry one question and its answer at a time, as the protocol has them."""
        with client, server:
            Thread(target=self._back, args=(server, client), daemon=True).start()
            while asked := client.recv(65536):
                if self.armed and self._word in asked:
                    self._cut(asked, client, server)
                    return
                server.sendall(asked)

    def _cut(self, asked: bytes, client: socket.socket, server: socket.socket) -> None:
        self.armed = False
        if self.for_good:
            self._close()
        client.shutdown(socket.SHUT_RDWR)
        if self._after:
            server.sendall(asked)
        # The server goes away once it is through with what it has.
        server.shutdown(socket.SHUT_WR)
        while server.recv(65536):
            pass

    def _back(self, server: socket.socket, client: socket.socket) -> None:
        try:
            while answer := server.recv(65536):
                client.sendall(answer)
        except OSError:
            return
