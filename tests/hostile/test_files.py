"""Files that are no files, that are too much, or that lead elsewhere."""

from __future__ import annotations

import json
import os
from pathlib import Path
from threading import Thread

import pytest

from tests.cli.conftest import Run
from tests.hostile.texts import acts_on_terminal
from tracker import limits
from tracker.store import open_store

posix = pytest.mark.skipif(os.name != "posix", reason="pipes and devices in folders are POSIX's")


@posix
@pytest.mark.parametrize("through", ["pipe", "link"])
def test_a_pipe_is_written_to_and_stays_one(run: Run, home: Path, through: str) -> None:
    """As /dev/null would: whoever may write in /dev must not lose it to an export."""
    run("init", "--seed", "shandong-2021")
    os.mkfifo("pipe")
    (home / "link").symlink_to("pipe")
    read: list[bytes] = []
    reader = Thread(target=lambda: read.append((home / "pipe").read_bytes()))
    reader.start()
    assert run("export", "ics", "-o", through).code == 0
    reader.join(10)
    assert read[0].startswith(b"BEGIN:VCALENDAR")
    assert (home / "pipe").is_fifo()
    assert (home / "link").is_symlink()


def test_an_output_through_a_link_replaces_what_it_leads_to(run: Run, home: Path) -> None:
    run("init")
    (home / "real.csv").write_text("old")
    (home / "link.csv").symlink_to("real.csv")
    assert run("export", "csv", "-o", "link.csv").code == 0
    assert (home / "link.csv").is_symlink()
    assert (home / "real.csv").read_text(encoding="utf-8-sig").startswith("id,uid,title")


@pytest.mark.parametrize("place", [".", "missing/x.json", "milestones.json/x"])
def test_an_output_that_cannot_be_is_refused(run: Run, home: Path, place: str) -> None:
    run("init")
    told = run("export", "json", "-o", place)
    assert told.code == 15
    assert told.err.startswith(f"tracker: {place} cannot be written: ")


@posix
def test_a_store_that_is_a_pipe_or_a_folder_is_never_replaced(run: Run, home: Path) -> None:
    run("init")
    os.mkfifo("pipe.json")
    told = run("--file", "pipe.json", "add", "x")
    assert told.code == 13
    assert (home / "pipe.json").is_fifo()
    told = run("--file", ".", "add", "x")
    assert told.code == 13
    assert "it is a folder" in told.err


def test_a_store_name_that_acts_on_a_terminal_is_shown_and_not_obeyed(run: Run) -> None:
    name = "\x1b]0;owned\x07.json"
    for words in (("init",), ("init",), ("check",), (), ("show", "9"), ("list",)):
        told = run("--file", name, *words)
        assert acts_on_terminal(told.out + told.err) == [], words


ITEMS = {
    "deep": "[" * 100_000 + "]" * 100_000,
    "deep in an item": '[{"title": "x", "source": ' + "[" * 5000 + "]" * 5000 + "}]",
    "no title": "[{}]",
    "title of a list": '[{"title": ["x"]}]',
    "title of an object": '[{"title": {"a": 1}}]',
    "number too large": '[{"title": "x", "percent": 1e999}]',
    "target too large": '[{"title": "x", "targets": [{"value": 1e999}]}]',
    "digits": '[{"title": "x", "percent": ' + "9" * 5000 + "}]",
    "not a number": '[{"title": "x", "percent": NaN}]',
    "lone surrogate": '[{"title": "\\ud800"}]',
    "unknown field": '[{"title": "x", "__class__": "y"}]',
    "date beyond": '[{"title": "x", "due": "99999-01-01"}]',
    "another type": '[{"title": "x", "tags": {"a": 1}}]',
    "uid of a list": '[{"title": "x", "uid": ["a"]}]',
    "baseline alone": '[{"title": "x", "completed_on": "2021-01-01"}]',
    "title of a megabyte": json.dumps([{"title": "x" * 1_000_000}]),
    "field of ten megabytes": json.dumps([{"title": "x", "next_step": "x" * 10_000_000}]),
    "a hundred thousand tags": json.dumps([{"title": "x", "tags": ["x"] * 100_000}]),
}


@pytest.mark.parametrize("name", ITEMS)
def test_json_that_no_milestone_can_be_is_refused_and_nothing_changes(
    run: Run, home: Path, name: str
) -> None:
    run("init", "--seed", "shandong-2021")
    before = (home / "milestones.json").read_bytes()
    (home / "in.json").write_text(ITEMS[name], encoding="utf-8")
    told = run("import", "json", "in.json")
    assert told.code == 14, told.err[:300]
    assert told.err.startswith("tracker: ")
    assert len(told.err) < 2000
    assert (home / "milestones.json").read_bytes() == before


def test_a_sheet_of_a_million_rows_or_cells_is_read_or_refused(run: Run, home: Path) -> None:
    run("init")
    (home / "wide.csv").write_text("title" + ",x" * 1_000_000 + "\n")
    assert run("import", "csv", "wide.csv").code == 14
    (home / "quote.csv").write_text('title\n"' + "x\n" * 1_000_000)
    assert run("import", "csv", "quote.csv").code == 14


def test_a_long_history_comes_back_from_csv(run: Run, home: Path) -> None:
    run("init", "--seed", "shandong-2021")
    for _ in range(20):
        assert run("note", "1", "x" * 9000).code == 0
    run("export", "csv", "-o", "out.csv")
    run("--file", "back.json", "init")
    assert run("--file", "back.json", "import", "csv", "out.csv").code == 0
    assert open_store("back.json").all() == open_store("milestones.json").all()


@posix
@pytest.mark.parametrize("name", [".milestones.json.new", ".milestones.json.lock"])
def test_a_planted_link_leads_nowhere(run: Run, home: Path, name: str) -> None:
    run("init", "--seed", "shandong-2021")
    (home / "victim").write_text("mine")
    (home / name).unlink(missing_ok=True)
    (home / name).symlink_to("victim")
    run("note", "1", "x")
    assert (home / "victim").read_text() == "mine"


@posix
@pytest.mark.parametrize("linked", [False, True])
def test_check_names_a_store_that_everybody_may_write(run: Run, home: Path, linked: bool) -> None:
    (home / "open").mkdir(mode=0o755)
    run("--file", "open/m.json", "init")
    url = "open/m.json"
    if linked:
        url = "link.json"
        (home / url).symlink_to("open/m.json")
    assert run("--file", url, "check").err == ""
    (home / "open/m.json").chmod(0o666)
    (home / "open").chmod(0o777)
    told = run("--file", url, "check")
    assert told.code == 0
    assert f"chmod o-w {url}" in told.err
    assert f"chmod o-w {home / 'open'}" in told.err
    assert len(told.err.splitlines()) == 2
    found = run("--file", url, "check", "--format", "json").json["open_to_all"]
    assert found == [url, str(home / "open")]
    (home / "open/m.json").chmod(0o644)
    (home / "open").chmod(0o1777)
    assert run("--file", url, "check").err == ""


def test_more_milestones_than_anybody_has_are_refused_before_they_fill_the_memory(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ITEMS", 100)
    run("init")
    (home / "many.csv").write_text("title\n" + "".join(f"x{n}\n" for n in range(101)))
    (home / "many.json").write_text(json.dumps([{"title": "x"}] * 101))
    for kind in ("csv", "json"):
        told = run("import", kind, f"many.{kind}")
        assert told.code == 14
        assert "more than 100 milestones" in told.err
    assert open_store("milestones.json").all() == []
    (home / "enough.csv").write_text("title\n" + "".join(f"x{n}\n" for n in range(100)))
    assert run("import", "csv", "enough.csv").code == 0
