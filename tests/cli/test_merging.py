"""What a merge leaves open comes with a command, and that command gives the milestone theirs."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tracker.model import Milestone
from tracker.store import open_store

Words = tuple[str, ...]


def put_right(option: str, day: str) -> Words:
    return ("correct", "3", option, day, "-m", "as the minutes say")


def dates(m: Milestone) -> tuple[object, ...]:
    return m.made_on, m.baseline_due, m.due, m.completed_on, m.revisions


SIDES: tuple[tuple[Words, Words, Callable[[Milestone], object]], ...] = (
    (("postpone", "3", "2027-09-30"), ("postpone", "3", "2027-12-31"), lambda m: m.due),
    (("postpone", "3", "2027-09-30"), ("postpone", "3", "2027-07-31"), lambda m: m.due),
    (("start", "3"), ("cancel", "3"), lambda m: m.status),
    (("start", "3"), ("done", "3"), lambda m: m.completed_on),
    (
        ("done", "3", "--on", "2021-06-20"),
        ("done", "3", "--on", "2021-06-25"),
        lambda m: m.completed_on,
    ),
    (
        ("edit", "3", "--owner", "A", "--percent", "5"),
        ("edit", "3", "--owner", "it's B", "--percent", "60"),
        lambda m: (m.owner, m.percent),
    ),
    (("edit", "3", "--owner", "A"), ("edit", "3", "--owner", ""), lambda m: m.owner),
    (("edit", "3", "--tag", "a"), ("edit", "3", "--tag", "b c"), lambda m: m.tags),
    (
        ("edit", "3", "--supporting", "A"),
        ("edit", "3", "--supporting", "B", "--supporting", "C"),
        lambda m: m.supporting,
    ),
    (("edit", "3", "--title", "A"), ("edit", "3", "--title", "B"), lambda m: m.title),
    (put_right("--due", "2027-09-30"), put_right("--due", "2027-07-31"), dates),
    (put_right("--baseline", "2021-05-31"), put_right("--baseline", "2021-07-31"), dates),
    (put_right("--due", "2027-09-30"), ("postpone", "3", "2027-12-31"), lambda m: dates(m)[:4]),
    (put_right("--made-on", "2021-03-01"), put_right("--made-on", "2021-03-05"), dates),
    (put_right("--completed-on", "2021-06-01"), put_right("--completed-on", "2021-06-05"), dates),
)


def of(path: str) -> Milestone:
    return open_store(path).all()[2]


@pytest.mark.parametrize(("ours", "theirs", "seen"), SIDES)
def test_what_is_advised_gives_theirs(
    seeded: Run,
    home: Path,
    ours: Words,
    theirs: Words,
    seen: Callable[[Milestone], object],
) -> None:
    shutil.copy("milestones.json", "base.json")
    shutil.copy("milestones.json", "theirs.json")
    seeded(*ours)
    seeded(*theirs, "--file", "theirs.json")
    ran = seeded("merge", "base.json", "milestones.json", "theirs.json", "-o", "both.json")
    assert ran.code == 20
    advised = re.findall(r"for theirs: `tracker (.*)`\.", ran.err)
    assert advised
    for command in advised:
        assert seeded(*shlex.split(command), "--file", "both.json").code == 0
    assert seen(of("both.json")) == seen(of("theirs.json"))
    assert seeded("check", "--file", "both.json").code == 0


def test_merged_undone_and_merged_with_the_old_base_asks_nothing_twice(seeded: Run) -> None:
    shutil.copy("milestones.json", "base.json")
    shutil.copy("milestones.json", "theirs.json")
    seeded("postpone", "3", "2027-09-30")
    seeded("postpone", "3", "2027-12-31", "--file", "theirs.json")
    merge = ("merge", "base.json", "milestones.json", "theirs.json")
    assert seeded(*merge).code == 20
    assert seeded("undo").code == 0
    assert seeded(*merge).code == 0
    seeded("undo", "--file", "theirs.json")
    ran = seeded(*merge)
    for command in re.findall(r"for theirs: `tracker (.*)`\.", ran.err):
        assert seeded(*shlex.split(command)).code == 0
    assert seeded("check").code == 0


def test_a_change_made_while_a_hook_looks_at_a_merge_is_not_lost(
    seeded: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for copy in ("base.json", "theirs.json"):
        shutil.copy("milestones.json", copy)
    seeded("note", "1", "theirs", "--file", "theirs.json")
    hooks = home / "hooks"
    hooks.mkdir()
    monkeypatch.setenv("TRACKER_HOOKS", str(hooks))
    # What another process does meanwhile.
    (hooks / "before-change").write_text(
        f"#!/bin/sh\n{sys.executable} -m tracker --file {home}/milestones.json note 2 meanwhile\n"
    )
    (hooks / "before-change").chmod(0o700)
    merged = ("merge", "base.json", "milestones.json", "theirs.json")
    for words in (merged, (*merged, "-o", "milestones.json")):
        ran = seeded(*words)
        assert (ran.code, "was changed by others meanwhile" in ran.err) == (12, True), ran.err
    (hooks / "before-change").unlink()
    assert seeded(*merged).code == 0
    notes = [[c.why for c in m.history if c.why] for m in open_store("milestones.json").all()]
    assert notes[:2] == [["theirs"], ["meanwhile", "meanwhile"]]


def test_a_database_is_not_merged_over(seeded: Run, home: Path) -> None:
    ran = seeded("merge", "milestones.json", "postgresql://127.0.0.1:1/x", "milestones.json")
    assert (ran.code, "add -o FILE" in ran.err) == (2, True)
