"""Thunderbird without a window, asked over Marionette, the protocol of its remote control."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tests.programs import program

PATIENCE = 90
"""Seconds in which it must be there; it usually takes five."""

_PREFERENCES = {
    "marionette.port": 0,
    "calendar.timezone.local": "Asia/Shanghai",
    "calendar.timezone.useSystemTimezone": False,
    "app.update.enabled": False,
    "mail.provider.suppress_dialog_on_startup": True,
    "mailnews.start_page.enabled": False,
}


class Thunderbird:
    """A running Thunderbird, at the port that it wrote into its profile."""

    def __init__(self, port: int) -> None:
        self._wire = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self._stream = self._wire.makefile("rb")
        self._number = 0
        self._receive()
        self._ask("WebDriver:NewSession", {"capabilities": {}})
        self._ask("Marionette:SetContext", {"value": "chrome"})

    def run(self, script: str, *arguments: str) -> Any:
        """What a script returns that runs within it, with all that it may."""
        asked = {"script": script, "args": arguments, "sandbox": "system"}
        return self._ask("WebDriver:ExecuteScript", asked)["value"]

    def close(self) -> None:
        self._stream.close()
        self._wire.close()

    def _ask(self, command: str, parameters: dict[str, Any]) -> Any:
        self._number += 1
        asked = json.dumps([0, self._number, command, parameters]).encode()
        self._wire.sendall(b"%d:%b" % (len(asked), asked))
        _, _, error, result = self._receive()
        if error is not None:
            raise RuntimeError(f"{command}: {error['message']}")
        return result

    def _receive(self) -> Any:
        length = b""
        while (octet := self._stream.read(1)) != b":":
            length += octet
        return json.loads(self._stream.read(int(length)))


@contextmanager
def running(home: dict[str, str], profile: Path) -> Iterator[Thunderbird]:
    """It runs with a profile of its own; the test is skipped where it is not installed."""
    profile.mkdir()
    lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in _PREFERENCES.items())
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    process = subprocess.Popen(
        [
            program("thunderbird"),
            *("--headless", "--marionette", "--remote-allow-system-access", "--no-remote"),
            *("--profile", str(profile)),
        ],
        env=home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with closing(Thunderbird(_port(process, profile / "MarionetteActivePort"))) as opened:
            yield opened
    finally:
        process.kill()
        process.wait()


def _port(process: subprocess.Popen[bytes], written: Path) -> int:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        if written.exists() and (port := written.read_text(encoding="ascii")):
            return int(port)
        time.sleep(0.1)
    raise RuntimeError("Thunderbird did not start")
