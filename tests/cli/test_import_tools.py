"""Lists of other programs: what Taskwarrior 2.6 and todo.sh wrote, and milestones of GitHub."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.cli.conftest import Run

WRITTEN = Path(__file__).parent.parent / "exchange" / "tools"


@pytest.fixture(autouse=True)
def utc() -> Iterator[None]:
    """Taskwarrior writes instants, which are other days elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


def taken(run: Run, tool: str, name: str) -> dict[str, dict[str, Any]]:
    run("init")
    ran = run("import", tool, str(WRITTEN / name))
    assert ran.code == 0, ran.err
    before = Path("milestones.json").read_bytes()
    assert " 0 new, 0 changed" in run("import", tool, str(WRITTEN / name)).out
    assert Path("milestones.json").read_bytes() == before
    return {m["title"]: m for m in run("export", "json").json["milestones"]}


def test_taskwarrior(run: Run) -> None:
    found = taken(run, "taskwarrior", "taskwarrior.json")
    assert set(found) == {"建成数据平台", "Write report", "later", "Weekly", "Old chore"}
    first = found["建成数据平台"]
    assert first["uid"] == "3b2d7ed6-8051-4dd8-b887-8c40a9a4c71e"
    assert (first["due"], first["made_on"]) == ("2021-06-30", "2026-11-30")
    assert first["tags"] == ["重点", "数字政府"]
    notes = [change["why"] for change in first["history"][1:]]
    assert notes == ["2026-11-30: tender out, see https://example.org/t", "office：大数据局"]
    assert found["Write report"]["status"] == "in-progress"
    assert found["Old chore"]["completed_on"] == "2026-11-30"


def test_todotxt(run: Run) -> None:
    found = taken(run, "todotxt", "todo.txt")
    assert {title: m["status"] for title, m in found.items()} == {
        "Call the mayor": "not-started",
        "Publish plan": "not-started",
        "Buy paper": "completed",
        "Call http://example.org/x at 10:30 about it": "completed",
    }
    assert found["Call the mayor"]["tags"] == ["roads", "phone"]
    assert (found["Publish plan"]["due"], found["Publish plan"]["owner"]) == (
        "2027-03-31",
        "office",
    )
    assert found["Buy paper"]["completed_on"] == "2026-11-30"


def test_github(run: Run) -> None:
    found = taken(run, "github", "github.json")
    first, pilot = found["v1.0"], found["Pilot"]
    assert (first["due"], first["status"], first["percent"]) == ("2021-10-09", "in-progress", 66)
    assert first["history"][1]["evidence"] == "https://github.com/example/roads/milestone/1"
    assert first["history"][2]["why"] == "description：The first that people use"
    assert (pilot["status"], pilot["completed_on"]) == ("completed", "2021-03-01")


def test_an_annotation_that_is_an_address_is_evidence(run: Run, home: Path) -> None:
    run("init")
    note = {"entry": "20261130T195428Z", "description": "https://example.org/plan"}
    task = {"description": "Plan", "status": "pending", "annotations": [note]}
    (home / "x.json").write_bytes(msgspec.json.encode([task]))
    run("import", "taskwarrior", "x.json")
    (made,) = run("export", "json").json["milestones"]
    assert made["history"][1]["evidence"] == "https://example.org/plan"


@pytest.mark.parametrize("tool", ["taskwarrior", "github"])
def test_what_is_no_such_list_is_refused(run: Run, home: Path, tool: str) -> None:
    run("init")
    (home / "x.json").write_text('{"a": 1}', encoding="utf-8")
    ran = run("import", tool, "x.json")
    assert ran.code == 14
    assert "is no such list" in ran.err
    assert "Write it with" in ran.err


def test_pages_of_milestones_one_after_another(run: Run, home: Path) -> None:
    run("init")
    one, two = (f'[{{"title": "v{n}", "state": "open", "number": {n}}}]' for n in (1, 2))
    for pages in (one + two, f"[{one},\n{two}]"):
        (home / "x.json").write_text(pages, encoding="utf-8")
        assert "2 rows: 2 new" in run("import", "github", "x.json", "--dry-run").out
