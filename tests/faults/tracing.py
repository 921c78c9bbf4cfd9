"""The system calls of one change, listed and made to fail by strace (Linux)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.programs import program

_CALL = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)(.*)")


@dataclass(frozen=True)
class Call:
    """One system call: its name, its arguments as strace prints them, and what it returned."""

    name: str
    arguments: str
    result: int


@dataclass(frozen=True)
class Done:
    """How the command ended, and the calls on the store's files."""

    code: int
    said: str
    calls: list[Call]


def note(store: Path, text: str, *inject: str) -> Done:
    """Run `tracker note 1 TEXT` on a store; `inject` are strace's words for what is to fail.

    Only calls on the store's folder, the file and its draft are listed and counted.
    """
    names = ("", store.name, f".{store.name}.new")
    paths = [word for name in names for word in ("-P", str(store.parent / name).rstrip("/"))]
    log = store.parent.parent / "strace.log"
    done = subprocess.run(
        [program("strace"), "-f", "-s", "0", "-o", str(log), *paths]
        + [word for one in inject for word in ("-e", f"inject={one}")]
        + [sys.executable, "-m", "tracker", "--file", str(store), "note", "1", text],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )
    matches = map(_CALL.match, log.read_text(encoding="utf-8", errors="replace").splitlines())
    calls = [Call(m[1], m[2], int(m[3])) for m in matches if m]
    return Done(done.returncode, done.stderr, calls)
