"""The due date itself is never overdue and the day after is, wherever on Earth the reader sits."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.milestones import plain
from tracker.store import open_store


# POSIX zones need no zone data; their sign is the other way round.
@pytest.mark.parametrize(
    ("zone", "hours"), [("EAST-14", 14), ("CST-8", 8), ("UTC0", 0), ("PST8", -8), ("WEST12", -12)]
)
def test_today_is_not_overdue_and_yesterday_is(zone: str, hours: int, tmp_path: Path) -> None:
    before, told, after = date.min, "", date.max
    while before != after:  # midnight must not fall between
        before = _today(hours)
        path = tmp_path / f"{before}.json"
        open_store(str(path)).create(
            [plain(1, due=before), plain(2, due=before - timedelta(days=1))]
        )
        told = subprocess.run(
            [sys.executable, "-m", "tracker", "--file", str(path), "overdue"],
            env={**os.environ, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        after = _today(hours)
    assert [line.split("\t")[0] for line in told.splitlines()] == ["2"]


def _today(hours: int) -> date:
    return datetime.now(UTC).astimezone(timezone(timedelta(hours=hours))).date()
