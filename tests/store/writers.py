"""Writers in processes of their own, which say each change once it is acknowledged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

_WRITER = """
import sys
from datetime import UTC, date, datetime
from tracker.actions import Occasion, apply
from tracker.store import open_store
store = open_store(sys.argv[1], lock_timeout=120)
for number in range(int(sys.argv[3])):
    occasion = Occasion(lambda: datetime.now(UTC), date(2021, 5, 1))
    text = f"{sys.argv[2]}-{number}"
    apply(store, occasion, ["1"], lambda m, stamp: m.note(stamp, text))
    print(text, flush=True)
"""


def writer(url: str, name: str, times: int) -> subprocess.Popen[str]:
    """Note `name-0`, `name-1`, … on milestone 1 of the store."""
    return subprocess.Popen(
        [sys.executable, "-c", _WRITER, url, name, str(times)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def said_by(process: subprocess.Popen[str]) -> list[str]:
    return process.communicate()[0].splitlines()
