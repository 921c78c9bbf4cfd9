"""Hooks: asked before any change and told after it, in bounded time, with nothing held."""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Sequence
from pathlib import Path
from time import monotonic, sleep

import jsonschema
import pytest

import tracker
from tests.cli.conftest import Run
from tests.milestones import AT, MADE, plain
from tests.postgres import Server
from tracker import actions, hooks
from tracker.actions import ChangeContext
from tracker.errors import HookRefused, StoreLocked
from tracker.message import Message
from tracker.store import SHOWN_AT_MOST, AfterWrite, Effect, Gate, open_store

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "hook-schema.json").read_text())
NO = "#!/bin/sh\necho 'No work on Sundays.' >&2\nexit 3\n"


@pytest.fixture
def folder(home: Path) -> Path:
    there = home.parent / "config" / "tracker" / "hooks"
    there.mkdir(parents=True)
    return there


def hook(folder: Path, name: str, script: str) -> Path:
    path = folder / name
    path.write_text(script)
    path.chmod(0o755)
    return path


WAYS = (
    ("add", "Open the ring road"),
    ("note", "3", "seen"),
    ("done", "3"),
    ("undo",),
    ("import", "json", "one.json"),
    ("extract", "said.txt", "--add"),
    ("merge", "base.json", "milestones.json", "theirs.json"),
    ("copy", "theirs.json", "milestones.json"),
    ("--file", "new.json", "init", "--seed", "shandong-2025"),
)


def test_every_way_of_changing_is_refused_before_anything_is_written(
    seeded: Run, folder: Path, home: Path
) -> None:
    seeded("note", "2", "so that there is something to undo")
    store = home / "milestones.json"
    for name in ("base.json", "theirs.json", "one.json"):
        (home / name).write_bytes(store.read_bytes())
    seeded("--file", "theirs.json", "start", "4")
    (home / "one.json").write_text(seeded("--file", "theirs.json", "export", "json").out)
    (home / "said.txt").write_text(
        "10 March 2021\nThe city will open the bridge by 30 June 2027.\n"
    )
    before = store.read_bytes()
    hook(folder, "before-change", NO)
    for words in WAYS:
        ran = seeded(*words)
        assert ran.code == HookRefused.exit_code, words
        assert "before-change refuses: No work on Sundays. Nothing was changed." in ran.err
    with pytest.raises(HookRefused):
        tracker.open("milestones.json").insert({"title": "By TinyDB"})
    assert store.read_bytes() == before
    assert not (home / "new.json").exists()


def test_a_store_is_opened_without_hooks_only_to_be_read() -> None:
    """Where a call names no gate: each of these reads, and a merge asks the gate by itself."""
    found = set()
    for path in Path(tracker.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "open_store":
                passes = any(keyword.arg == "gate" for keyword in node.keywords)
                found |= set() if passes else {path.name}
    assert found <= {
        *("folder.py", "copy.py", "diff.py", "forecast.py", "head.py", "import_.py", "merge.py"),
    }


def test_what_is_asked_is_what_is_written_and_told(seeded: Run, folder: Path, home: Path) -> None:
    hook(folder, "before-change", f"#!/bin/sh\ncat > {home}/asked\nenv > {home}/env\n")
    hook(folder, "after-change", f"#!/bin/sh\ncat > {home}/told\n")
    os.environ["PGPASSWORD"] = "hush"  # a name for nothing
    try:
        assert seeded("postpone", "3", "2027-01-31", "-m", "rain").code == 0
    finally:
        del os.environ["PGPASSWORD"]
    asked, told = (json.loads((home / name).read_text()) for name in ("asked", "told"))
    for event in (asked, told):
        jsonschema.validate(event, SCHEMA)
    assert (asked.pop("event"), told.pop("event")) == ("before-change", "after-change")
    assert asked == told
    assert asked["store"] == str(home / "milestones.json")
    (change,) = asked["changes"]
    kept = json.loads((home / "milestones.json").read_text())["milestones"]["3"]
    assert change["after"]["history"] == kept["history"]
    assert change["before"]["history"] == kept["history"][:-1]
    environment = (home / "env").read_text()
    assert "TRACKER_HOOK=before-change" in environment
    assert "hush" not in environment


def test_what_an_older_store_gets_with_the_change_is_asked_too(
    seeded: Run, folder: Path, home: Path
) -> None:
    store = home / "milestones.json"
    found = json.loads(store.read_text())
    for row in found["milestones"].values():
        for entry in row["history"]:
            del entry["digest"]
    store.write_text(json.dumps({**found, "meta": {"1": {"schema": 1}}}))
    hook(folder, "before-change", f"#!/bin/sh\ncat > {home}/asked\n")
    assert seeded("note", "3", "first since").code == 0
    kept = json.loads(store.read_text())["milestones"]
    asked = json.loads((home / "asked").read_text())["changes"]
    assert any(c["verb"] == "attest" for each in asked for c in each["after"]["history"])
    for each in asked:
        assert each["after"]["history"] == kept[str(each["after"]["id"])]["history"]


def test_only_executables_of_the_users_own_folder_are_run(
    seeded: Run, folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "hooks").mkdir()
    hook(home / "hooks", "before-change", NO)
    hook(folder, "before-change", NO).chmod(0o644)
    assert seeded("note", "3", "neither is run").code == 0
    (folder / "before-change").chmod(0o777)
    ran = seeded("note", "3", "others could have written it")
    assert ran.code == HookRefused.exit_code
    assert "chmod go-w" in ran.err
    monkeypatch.setenv("TRACKER_HOOKS", str(home / "hooks"))
    assert seeded("note", "3", "now it was asked for").code == HookRefused.exit_code
    monkeypatch.setenv("TRACKER_HOOK", "after-change")
    assert seeded("note", "3", "within a hook none is run").code == 0


def test_a_hook_that_fails_afterwards_loses_no_change(seeded: Run, folder: Path) -> None:
    hook(folder, "after-change", NO)
    ran = seeded("note", "3", "kept all the same")
    assert ran.code == 0
    assert "after-change refuses: No work on Sundays. The change is made." in ran.err
    assert "kept all the same" in seeded("show", "3").out
    hook(folder, "after-change", "#!/no/such/shell\n")
    assert "after-change cannot be run" in seeded("note", "3", "this too").err
    hook(folder, "before-change", "#!/bin/sh\nprintf '\\033[2Jno \\001' >&2; exit 1\n")
    ran = seeded("note", "3", "not this")
    assert "\x1b" not in ran.err
    assert "�[2Jno �" in ran.err


def test_a_hook_that_nothing_can_be_told_keeps_no_change_from_being_known(
    seeded: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where files are made that have no room, as in a TMPDIR that fills up."""
    hook(folder, "after-change", "#!/bin/sh\n")
    monkeypatch.setattr("tracker.hooks.TemporaryFile", lambda: open("/dev/full", "w+b"))  # noqa: SIM115, PTH123 - as a file in a full folder
    ran = seeded("note", "3", "kept")
    assert ran.code == 0
    assert "after-change cannot be run: no space left on device. The change is made." in ran.err
    hook(folder, "before-change", "#!/bin/sh\n")
    ran = seeded("note", "3", "not kept")
    assert (ran.code, "Nothing was changed." in ran.err) == (HookRefused.exit_code, True)


def test_a_slow_hook_is_ended_with_all_that_it_began(folder: Path) -> None:
    pid = folder / "pid"
    script = f"#!/bin/sh\nsleep 60 &\necho $! > {pid}\nsleep 60\n"
    hook(folder, "before-change", script)
    asked = hooks.gate(folder, print, patience=0.5)
    began = monotonic()
    with pytest.raises(HookRefused, match=r"was not done in 0\.5 seconds"):
        asked("m.json", [Effect(None, plain())])
    assert monotonic() - began < 5
    child = int(pid.read_text())
    for _ in range(100):
        if not Path(f"/proc/{child}").exists() or "Z" in _state(child):
            return
        sleep(0.02)
    pytest.fail("the hook's child lives on")


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "Z"


@pytest.mark.parametrize("engine", ["file", "postgres"])
def test_others_change_the_store_while_a_hook_looks(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = str(tmp_path / "m.json")
    if engine == "postgres":
        server: Server = request.getfixturevalue("postgres")
        url = server.new_url()
    others, looks, told = open_store(url, lock_timeout=0.2), list[list[str]](), list[str]()
    others.create([])

    def add(title: str, gate: Gate | None = None) -> None:
        occasion = ChangeContext(lambda: AT, MADE, "tester")
        actions.add(open_store(url, lock_timeout=0.2, gate=gate), occasion, [{"title": title}])

    def once(store: str, effects: Sequence[Effect]) -> AfterWrite:
        looks.append([f"{e.after.id} {e.after.title}" for e in effects])
        if len(looks) == 1:
            add("Faster")
        return lambda: told.append(looks[-1][0])

    add("Slower", once)
    assert [f"{m.id} {m.title}" for m in others.all()] == ["1 Faster", "2 Slower"]
    assert looks == [["1 Slower"], ["2 Slower"]]
    assert told == ["2 Slower"]

    def always(store: str, effects: Sequence[Effect]) -> AfterWrite:
        add("Faster again")
        return lambda: None

    with pytest.raises(StoreLocked, match=r"[Nn]othing was changed"):
        add("Never", always)
    assert 3 <= len(others.all()) <= 2 + SHOWN_AT_MOST
    assert all(m.title != "Never" for m in others.all())


def test_the_note_of_a_failing_hook_is_a_sentence(folder: Path) -> None:
    hook(folder, "after-change", "#!/bin/sh\nexit 1\n")
    notes = list[Message]()
    hooks.gate(folder, notes.append)("m.json", [Effect(None, plain())])()
    assert notes == [
        "tracker: after-change refuses, and says nothing on stderr. The change is made."
    ]


def test_a_hook_that_talks_without_end_fills_no_disk_and_holds_nobody(folder: Path) -> None:
    said = "test -p /dev/stderr && echo Heard >&2; head -c 3000000 /dev/zero >&2; sleep 9 & exit 1"
    hook(folder, hooks.BEFORE, f"#!/bin/sh\n{said}\n")
    began = monotonic()
    with pytest.raises(HookRefused, match=r"before-change refuses: Heard\. Nothing"):
        hooks.gate(folder, lambda _: None)("m.json", [Effect(None, plain())])
    assert monotonic() - began < 9
