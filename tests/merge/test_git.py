"""Real repositories, real merges: what git makes of two clones with the driver and without."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.programs import program
from tracker.coherence import faults
from tracker.store import open_store

DRIVER = f'"{sys.executable}" -m tracker merge %O %A %B'


class Clone:
    """One working copy, and the commands that a person types in it."""

    def __init__(self, folder: Path, second: int) -> None:
        self.folder = folder
        self.store = folder / "milestones.json"
        self.env = os.environ | {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "a",
            "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "a",
            "GIT_COMMITTER_EMAIL": "a@example.org",
            "TRACKER_BY": f"clone {second}",
        }

    def git(self, *words: str, code: int = 0) -> str:
        return self._run([program("git"), *words], code)

    def tracker(self, *words: str, code: int = 0) -> str:
        return self._run([sys.executable, "-m", "tracker", *words], code)

    def commit(self) -> None:
        self.git("commit", "-qam", "change")

    def _run(self, words: list[str], code: int) -> str:
        done = subprocess.run(
            words, cwd=self.folder, env=self.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Clone, Clone]:
    first = Clone(tmp_path / "first", 1)
    first.folder.mkdir()
    first.git("init", "-q", "-b", "main")
    first.tracker("init", "--seed", "shandong-2021")
    (first.folder / ".gitattributes").write_text("milestones.json merge=tracker\n")
    first.git("add", ".gitattributes", "milestones.json")
    first.commit()
    first.git("config", "merge.tracker.driver", DRIVER)
    second = Clone(tmp_path / "second", 2)
    first.git("clone", "-q", ".", str(second.folder))
    second.git("config", "merge.tracker.driver", DRIVER)
    return first, second


def test_two_clones_edited_apart_merge_by_themselves(clones: tuple[Clone, Clone]) -> None:
    first, second = clones
    first.tracker("postpone", "1", "2021-09-30", "--reason", "tender")
    first.tracker("add", "Of the first", "--due", "2027-01-31")
    first.commit()
    second.tracker("start", "1", "--on", "2021-03-15")
    second.tracker("add", "Of the second", "--depends-on", "1")
    second.commit()
    second.git("branch", "apart")
    told = second.git("pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
    assert "15 is now 16: Of the second" in told
    merged = open_store(str(second.store)).all()
    assert faults(merged) == []
    assert (str(merged[0].due), merged[0].status) == ("2021-09-30", "in-progress")
    assert [m.title for m in merged[14:]] == ["Of the first", "Of the second"]
    assert second.git("status", "--porcelain") == "?? .milestones.json.lock\n"
    # The other way round the file is the same, byte for byte.
    first.git("pull", "-q", "--no-rebase", "--no-edit", str(second.folder), "apart")
    assert first.store.read_bytes() == second.store.read_bytes()


def test_a_real_conflict_is_left_to_a_person_in_a_sound_file(clones: tuple[Clone, Clone]) -> None:
    first, second = clones
    first.tracker("postpone", "1", "2021-09-30", "--reason", "tender")
    first.tracker("note", "2", "of the first")
    first.commit()
    second.tracker("postpone", "1", "2021-12-31", "--reason", "law")
    second.tracker("note", "2", "of the second")
    second.commit()
    told = second.git("pull", "-q", "--no-rebase", "--no-edit", str(first.folder), "main", code=1)
    assert "1 due: ours 2021-12-31, theirs 2021-09-30: Build" in told
    assert "`tracker postpone 1 2021-09-30`" in told
    assert "Traceback" not in told
    assert second.git("status", "--porcelain", "-uno") == "UU milestones.json\n"
    notes = [c.why for c in open_store(str(second.store)).all()[1].notes]
    assert notes == ["of the first", "of the second"]
    assert second.tracker("check").endswith("is sound: 14 milestones.\n")
    second.tracker("postpone", "1", "2021-09-30", "--reason", "agreed")
    second.git("add", "milestones.json")
    second.git("commit", "-qm", "merged")
    assert str(open_store(str(second.store)).all()[0].due) == "2021-09-30"


def test_a_damaged_side_is_refused_and_git_asks(clones: tuple[Clone, Clone]) -> None:
    first, second = clones
    first.tracker("note", "1", "x")
    first.commit()
    second.store.write_text("{")
    second.commit()
    before = second.store.read_bytes()
    told = second.git("pull", "-q", "--no-rebase", "--no-edit", str(first.folder), "main", code=1)
    assert "Nothing was written" in told
    assert second.store.read_bytes() == before


def test_merge_by_hand_writes_where_it_is_told_and_speaks_json(clones: tuple[Clone, Clone]) -> None:
    first, second = clones
    base = first.store.read_bytes()
    (first.folder / "base.json").write_bytes(base)
    first.tracker("postpone", "1", "2021-09-30")
    second.tracker("postpone", "1", "2021-12-31")
    ours, theirs = first.store.read_bytes(), str(second.store)
    words = ("merge", "base.json", "milestones.json", theirs, "-o", "both.json")
    told = first.tracker(*words, "--prefer", "theirs", "--format", "json")
    assert json.loads(told)["conflicts"] == []
    assert first.store.read_bytes() == ours
    assert str(open_store(str(first.folder / "both.json")).all()[0].due) == "2021-12-31"
    told = first.tracker(*words, "--format", "json", code=20)
    content, _ = json.JSONDecoder().raw_decode(told)
    assert content["conflicts"][0]["theirs"]["due"] == "2021-12-31"
    told = first.tracker("merge", "none.json", "milestones.json", theirs, code=8)
    assert "There is no store at none.json" in told
