"""Real repositories, real merges: what git makes of two clones with the driver and without."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.merge.clone import Clone, two_clones
from tracker.coherence import faults
from tracker.store import open_store


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Clone, Clone]:
    return two_clones(tmp_path)


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
    assert second.git("status", "--porcelain") == ""
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
    assert "`tracker postpone 1 2021-09-30 --earlier`" in told
    assert "Traceback" not in told
    assert second.git("status", "--porcelain", "-uno") == "UU milestones.json\n"
    notes = [c.why for c in open_store(str(second.store)).all()[1].notes]
    assert notes == ["of the first", "of the second"]
    assert second.tracker("check").endswith("is sound: 14 milestones.\n")
    second.tracker("postpone", "1", "2021-09-30", "--earlier", "--reason", "agreed")
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
    first.tracker("postpone", "1", "2021-09-30", "--earlier")
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
