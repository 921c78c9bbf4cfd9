"""The commands where the system has no fcntl, no resource and no uvloop, as Windows has none."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path
from shlex import split

import pytest

from tracker.store import open_store

ROOT = Path(__file__).parent.parent
MISSING = ("fcntl", "resource", "uvloop", "pwd", "grp")

_WITHOUT = f"""
import os, sys, warnings
for name in {MISSING!r}:
    sys.modules[name] = None
# Nothing that goes by a folder's descriptor either.
os.supports_dir_fd.clear()
warnings.simplefilter("ignore")  # filelock's, of a Unix without fcntl
"""
_ONE = f"""{_WITHOUT}
from tracker.start import start
start()
"""
# One process for all of them: most of a command's time is its start.
_EACH = f"""{_WITHOUT}
from tracker.__main__ import main
for line in sys.argv[1].splitlines():
    sys.argv = ["tracker", *line.split("|")]
    try:
        main()
    except SystemExit as ended:
        if ended.code:
            sys.exit(f"{{ended.code}}: {{line}}")
"""

COMMANDS = (
    "init --seed shandong-2021",
    "add 'Open the ring road' --due 2027-06-30 --owner Roads",
    "start 15",
    "postpone 15 2027-09-30 --reason tender",
    "done 3 --on 2021-06-28",
    "note 1 seen",
    "edit 2 --tag roads",
    "undo",
    "redo",
    "remove 15",
    "list",
    "overdue --as-of 2021-07-01",
    "upcoming --as-of 2021-05-01",
    "show 3",
    "log",
    "timeline",
    "check",
    "report scorecard",
    "digest",
    "export json -o out.json",
    "export csv",
    "export ics",
    "export svg",
    "export html -o out.html",
    "import json out.json",
    "copy milestones.json there.json",
    "merge milestones.json milestones.json there.json -o both.json",
    "token add Press",
    "token list",
    "token revoke Press",
    "publish public --base-url https://example.org",
    "publish public --base-url https://example.org",
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TRACKER_", "XDG_"))}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "HOME": str(home),
        "USER": "tester",
        "TRACKER_LANG": "en",
    }


def _python(home: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", *words],
        cwd=home,
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def started(home: Path, *words: str) -> subprocess.Popen[str]:
    return _python(home, _ONE, *words)


def test_every_kind_of_command_runs(home: Path) -> None:
    process = _python(home, _EACH, "\n".join("|".join(split(one)) for one in COMMANDS))
    _, said = process.communicate()
    assert (process.returncode, "Traceback" in said) == (0, False), said
    assert (home / "public" / "index.html").exists()
    assert not list((home / "public").glob(".tracker-draft"))
    assert len(open_store(str(home / "milestones.json")).all()) == 15


def test_writers_keep_each_others_changes(home: Path) -> None:
    started(home, "init", "--seed", "shandong-2021").communicate()
    writers = [started(home, "note", "1", f"note {number}") for number in range(6)]
    assert [(w.communicate()[1], w.returncode) for w in writers] == [("", 0)] * 6
    notes = {c.why for c in open_store(str(home / "milestones.json")).all()[0].notes}
    assert notes == {f"note {number}" for number in range(6)}


def test_it_serves(home: Path) -> None:
    started(home, "init", "--seed", "shandong-2021").communicate()
    server = started(home, "serve", "--port", "0")
    try:
        assert server.stdout is not None
        address = None
        while address is None:
            line = server.stdout.readline()
            assert line, "it ended"
            address = re.search(r"http://127\.0\.0\.1:\d+/", line)
        with urllib.request.urlopen(f"{address[0]}feed.ics") as answer:  # noqa: S310  # our own
            assert answer.read().count(b"BEGIN:VEVENT") == 14
    finally:
        server.terminate()
        server.communicate()
