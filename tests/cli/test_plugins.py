"""Importers and exporters of another package: a real distribution, found by its metadata."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

MODULE = '''
from collections.abc import Iterator
from pathlib import Path

Path({loaded!r}).write_text("loaded")


def read(data: bytes, name: str) -> Iterator[dict]:
    """One promise a line: title; due."""
    for line in data.decode().splitlines():
        title, _, due = line.partition(";")
        yield {{"title": title.strip(), "due": due.strip() or None, "owner": name}}


def write(milestones, day):
    return "".join(f"{{m.id}} {{m.title}} ({{m.is_overdue(day)}})\\n" for m in milestones)


def broken(*_):
    raise RuntimeError("no such luck\\x1b[2J")


def ends(*_):
    raise SystemExit(3)


def odd(*_):
    return [1, 2]
'''
POINTS = """
[tracker.importers]
lines = promise_lines:read
broken = promise_lines:broken
ends = promise_lines:ends
odd = promise_lines:odd
missing = promise_lines.nowhere:read
json = promise_lines:broken

[tracker.exporters]
lines = promise_lines:write
broken = promise_lines:broken
odd = promise_lines:odd
"""


@pytest.fixture
def plugin(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that says that the package was loaded."""
    site, loaded = home.parent / "site", home.parent / "loaded"
    made = site / "promise_lines-1.dist-info"
    made.mkdir(parents=True)
    (site / "promise_lines.py").write_text(MODULE.format(loaded=str(loaded)))
    (made / "METADATA").write_text("Metadata-Version: 2.1\nName: promise-lines\nVersion: 1\n")
    (made / "entry_points.txt").write_text(POINTS)
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.delitem(sys.modules, "promise_lines", raising=False)
    return loaded


def test_an_importer_and_an_exporter_of_another_package(
    seeded: Run, plugin: Path, home: Path
) -> None:
    (home / "said.lines").write_text("Open the ring road; 30 June 2027\nPlant trees\n")
    assert "lines" in seeded("import", "--help").out
    assert "By the package promise-lines." in seeded("export", "--help").out
    seeded("list")
    seeded("import", "json", "none.json")
    assert not plugin.exists()
    ran = seeded("import", "lines", "said.lines")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "2 added, 0 changed, 0 as they were.")
    assert plugin.read_text() == "loaded"
    assert "0 added" in seeded("import", "lines", "said.lines").out
    ran = seeded("export", "lines", "--text", "road", "--as-of", "2027-07-01")
    assert ran.out == "15 Open the ring road (True)\n"
    assert seeded("undo").code == 0


def test_a_broken_plugin_costs_one_sentence(seeded: Run, plugin: Path, home: Path) -> None:
    (home / "said.lines").write_text("x\n")
    before = (home / "milestones.json").read_bytes()
    for words in (
        ("import", "broken", "said.lines"),
        ("import", "ends", "said.lines"),
        ("import", "odd", "said.lines"),
        ("import", "missing", "said.lines"),
        ("export", "broken"),
        ("export", "odd"),
    ):
        ran = seeded(*words)
        assert ran.code == 60, words
        assert f"The plugin {words[1]} of the package promise-lines failed:" in ran.err
        assert len(ran.err.splitlines()) == 1
        assert "\x1b" not in ran.err
    assert seeded("list").code == 0
    assert (home / "milestones.json").read_bytes() == before


def test_our_own_names_and_files_come_first(seeded: Run, plugin: Path, home: Path) -> None:
    (home / "all.json").write_text(seeded("export", "json").out)
    assert seeded("import", "json", "all.json").code == 0
    (home / "lines").write_text("title,due\nA ledger,2027-01-01\n")
    ran = seeded("import", "lines")
    assert not plugin.exists(), ran
