"""The bar for what takes long: on a terminal alone, gone when it is done, and safe to interrupt."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tracker.message import LOOKING_ON, Message

pty = pytest.importorskip("pty", reason="this system has no terminals of its own making")

AT_ONCE = """
import sys
from tracker.cli import progress_bar
progress_bar.AFTER = 0
from tracker.__main__ import main
sys.argv = ["tracker", *sys.argv[1:]]
main()
"""


def on_terminal(words: list[str], until: bytes = b"", then: bytes = b"") -> tuple[int, str]:
    """Run on a terminal of its own, type `then` once `until` was shown; its code and its screen."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ |= {"COLUMNS": "80", "TERM": "xterm", "TRACKER_PAGER": ""}
        os.execv(sys.executable, [sys.executable, "-c", AT_ONCE, *words])  # noqa: S606 -- no shell is wanted
    shown = b""
    while True:
        try:
            shown += os.read(terminal, 4096)
        except OSError:  # it has ended
            break
        if then and until in shown:
            os.write(terminal, then)
            then = b""
    os.close(terminal)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), shown.decode()


@pytest.fixture
def documents(run: Run) -> list[str]:
    assert run("init").code == 0
    names = [f"{number}.txt" for number in range(3)]
    for name in names:
        Path(name).write_text("We will open the bridge by 30 June 2026.\n", encoding="utf-8")
    return names


def test_a_bar_says_how_far_it_is_and_goes(documents: list[str]) -> None:
    code, shown = on_terminal(["extract", *documents])
    assert code == 0
    assert "Looking for promises" in shown
    assert re.search(r"\d/3", shown)
    assert "\x1b[2K" in shown.split("Looking for promises")[-1]  # the line is wiped


@pytest.mark.parametrize("more", [["--format", "json"], ["piped"]])
def test_programs_and_pipes_see_none(documents: list[str], more: list[str]) -> None:
    if more == ["piped"]:
        words = [sys.executable, "-c", AT_ONCE, "extract", *documents]
        ran = subprocess.run(words, capture_output=True, text=True, check=True)
        shown = ran.stdout + ran.stderr
    else:
        _, shown = on_terminal(["extract", *documents, *more])
    assert "Reading documents" not in shown
    assert "Looking for promises" not in shown


def test_ctrl_c_ends_with_a_sentence_and_changes_nothing(documents: list[str], home: Path) -> None:
    before = (home / "milestones.json").read_bytes()
    os.mkfifo("waits.txt")  # nobody writes into it
    words = ["extract", documents[0], documents[1], "waits.txt", "--add"]
    begun = time.monotonic()
    code, shown = on_terminal(words, b"Reading documents", b"\x03")
    assert code == 130
    assert shown.rstrip().endswith("tracker: Interrupted; nothing more was done.")
    assert "Traceback" not in shown
    assert (home / "milestones.json").read_bytes() == before
    assert time.monotonic() - begun < 30


def test_every_long_work_tells_of_itself(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:

    seen: list[str] = []

    def look(items: Iterable[Any], what: Message, total: int) -> Iterable[Any]:
        seen.append(f"{what} {total}")
        return items

    LOOKING_ON.append(look)
    try:
        run("init", "--seed", "shandong-2021")
        run("export", "json", "-o", "all.json")
        run("--file", "other.json", "init")
        run("--file", "other.json", "import", "json", "all.json")
        run("publish", "site")
        run("export", "ledger", "-o", "all.csv")
        run("import", "all.csv", "--dry-run")
    finally:
        LOOKING_ON.pop()
    assert "Taking milestones in 14" in seen
    assert {"Reading rows 14", "Comparing rows 14"} <= {*seen}
    assert any(line.startswith("Making feeds and pages") for line in seen)
