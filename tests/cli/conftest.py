"""The command line run in this process, and screens held against golden files."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.contract import published
from tracker.__main__ import main


class Ran(NamedTuple):
    """What one command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]

# Read before a fixture clears the tracker's variables.
WRITE_GOLDEN = os.environ.get("TRACKER_GOLDEN") == "write"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and an environment that says nothing to the tracker."""
    for name in list(os.environ):
        screen = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LC_ALL", "LC_MESSAGES", "LANG")
        if name.startswith("TRACKER_") or name in screen:
            monkeypatch.delenv(name)
    monkeypatch.setenv("USER", "tester")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.chdir(desk)
    return desk


@pytest.fixture
def run(
    home: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """Run `tracker` with these words in the folder `home`."""

    def go(*words: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["tracker", *words])
        monkeypatch.setenv("LANGUAGE", "en")  # which one before may have set
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsysbinary.readouterr()
        if b'"schema": "tracker/2"' in out[:40]:
            published.hold(out)
        return Ran(int(ended.value.code or 0), out.decode(), err.decode())

    return go


@contextmanager
def full_disk() -> Iterator[None]:
    """Meanwhile files can be made, and nothing can be written into them."""
    resource = pytest.importorskip("resource", reason="this system limits no file's size")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.fixture
def seeded(run: Run) -> Run:
    """The same, with the store of the commitments due in 2021."""
    assert run("init", "--seed", "shandong-2021").code == 0
    return run


def golden(name: str, text: str) -> None:
    """Hold a screen against its golden file; TRACKER_GOLDEN=write makes the file anew."""
    path = Path(__file__).parent / "golden" / f"{name}.txt"
    if WRITE_GOLDEN:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), "look at it, then `make golden`"
