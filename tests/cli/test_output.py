"""Where a result goes: a reader that stops early, and a disk that is full."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.milestones import plain
from tracker.store import open_store


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store whose listings are longer than a pipe holds."""
    path = tmp_path / "milestones.json"
    open_store(str(path)).create([plain(id, title="Promise " * 20) for id in range(1, 1000)])
    return path


def shell(line: str, store: Path) -> subprocess.CompletedProcess[str]:
    tracker = f"{sys.executable} -m tracker --file {store}"
    script = f"set -o pipefail; {line.replace('tracker', tracker, 1)}"
    return subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", ["list", "export json", "export csv", "log --limit 999"])
def test_a_reader_that_stops_early_is_no_failure(store: Path, command: str) -> None:
    ran = shell(f"tracker {command} | head -c 10", store)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_exit_code_stays_when_the_reader_stops_early(store: Path) -> None:
    ran = shell("tracker overdue --exit-code | head -c 10", store)
    assert (ran.returncode, ran.stderr) == (1, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("command", ["list", "export csv", "note 1 seen", "list --format json"])
def test_a_result_that_cannot_be_written_says_so(store: Path, command: str) -> None:
    ran = shell(f"tracker {command} >/dev/full", store)
    assert ran.returncode == 15
    assert ran.stderr.startswith("tracker: The result cannot be written: no space left on device.")
    assert "Traceback" not in ran.stderr
