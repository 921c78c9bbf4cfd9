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
    print("about to fail")
    raise RuntimeError("no such luck\\x1b[2J")


def ends(*_):
    raise SystemExit(3)


def odd(*_):
    return [1, 2]


def silent(*_):
    raise MemoryError


def foreign(*_):
    return [{{"title": object()}}]


def chatty(*_):
    print("reading")
    return [{{"title": "Read", "due": "soon, perhaps"}}]
'''
POINTS = """
[tracker.importers]
lines = promise_lines:read
broken = promise_lines:broken
ends = promise_lines:ends
odd = promise_lines:odd
silent = promise_lines:silent
foreign = promise_lines:foreign
chatty = promise_lines:chatty
red\x1b[31m = promise_lines:read
-x = promise_lines:read
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
    _install(site, "promise-lines", POINTS)
    (site / "promise_lines.py").write_text(MODULE.format(loaded=str(loaded)))
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.delitem(sys.modules, "promise_lines", raising=False)
    return loaded


def _install(site: Path, name: str, points: str) -> None:
    made = site / f"{name.replace('-', '_')}-1.dist-info"
    made.mkdir(parents=True)
    (made / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
    (made / "entry_points.txt").write_text(points)


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
        ("import", "silent", "said.lines"),
        ("import", "foreign", "said.lines"),
        ("import", "missing", "said.lines"),
        ("export", "broken"),
        ("export", "odd"),
    ):
        ran = seeded(*words)
        assert ran.code == 60, words
        assert f"The plugin {words[1]} of the package promise-lines failed:" in ran.err
        said = ran.err.splitlines()
        assert said[:-1] == ["about to fail"] * (words[1] == "broken"), words
        assert "\x1b" not in ran.err
        assert ", ." not in ran.err
    assert seeded("list").code == 0
    assert (home / "milestones.json").read_bytes() == before


def test_our_own_names_and_files_come_first(seeded: Run, plugin: Path, home: Path) -> None:
    (home / "all.json").write_text(seeded("export", "json").out)
    assert seeded("import", "json", "all.json").code == 0
    (home / "lines").write_text("title,due\nA ledger,2027-01-01\n")
    ran = seeded("import", "lines")
    assert not plugin.exists(), ran


def test_what_an_importer_prints_is_no_result_and_what_it_gives_is_named_as_its(
    seeded: Run, plugin: Path, home: Path
) -> None:
    (home / "said.lines").write_text("x\n")
    ran = seeded("import", "chatty", "said.lines")
    assert (ran.code, ran.out) == (14, "")
    assert ran.err.startswith("reading\ntracker: said.lines, item 1 of the plugin chatty: ")


def test_two_packages_with_one_name_are_told_apart_by_nobody(
    seeded: Run, plugin: Path, home: Path
) -> None:
    _install(home.parent / "site", "a-lines", "[tracker.importers]\nlines = promise_lines:odd\n")
    (home / "said.lines").write_text("x\n")
    assert "By more than one package: a-lines, promise-lines." in seeded("import", "--help").out
    ran = seeded("import", "lines", "said.lines", "--on", "2027-01-01")
    assert (ran.code, plugin.exists()) == (60, False)
    assert "More than one package has a plugin lines: a-lines, promise-lines." in ran.err


def test_names_that_nobody_can_type_are_no_commands(seeded: Run, plugin: Path) -> None:
    told = seeded("import", "--help").out
    assert "chatty" in told
    assert "red" not in told
    assert "-x" not in told


def test_the_help_of_a_plugin_speaks_the_readers_language(seeded: Run, plugin: Path) -> None:
    ran = seeded("--lang", "zh", "import", "lines", "--help")
    assert "由软件包promise-lines提供。" in ran.out
    assert "默认：今天" in ran.out
