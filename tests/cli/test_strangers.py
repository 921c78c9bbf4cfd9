"""A store that another user put where one stands."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run

STRANGER = 31_001

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away"
)


@pytest.mark.parametrize("words", [("list",), ("notify", "--dry-run"), ("note", "1", "x"), ()])
def test_a_strangers_store_is_not_used_unasked(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    run("init", "--seed", "shandong-2021")
    os.chown("milestones.json", STRANGER, -1)
    (home / "below").mkdir()
    monkeypatch.chdir(home / "below")
    told = run(*words)
    assert told.code == 13
    assert f"the user {STRANGER}" in told.err
    assert run("--file", "../milestones.json", "list").code == 0
    monkeypatch.setenv("TRACKER_FILE", str(home / "milestones.json"))
    assert run("list").code == 0


def test_a_strangers_settings_are_not_used_unasked(run: Run, home: Path) -> None:
    run("init", "--seed", "shandong-2021")
    (home / "tracker.toml").write_text('[notify]\naddresses = ["mailto://a:b@example.org"]\n')
    os.chown("tracker.toml", STRANGER, -1)
    told = run("notify", "--dry-run")
    assert told.code == 13
    assert "tracker.toml" in told.err
    assert "example.org" not in told.out + told.err


def test_a_strangers_link_to_ones_own_store_is_not_followed_unasked(run: Run, home: Path) -> None:
    run("init", "--file", "mine.json")
    (home / "milestones.json").symlink_to("mine.json")
    assert run("list").code == 0
    os.lchown("milestones.json", STRANGER, -1)
    told = run("note", "1", "x")
    assert (told.code, f"the user {STRANGER}" in told.err) == (13, True)
    assert run("--file", "milestones.json", "list").code == 0


def test_nothing_is_written_through_a_strangers_link(run: Run, home: Path) -> None:
    run("init", "--seed", "shandong-2021")
    (home / "mine").write_text("mine")
    (home / "data").mkdir()
    for link in (Path("table.csv"), Path("data/milestones.csv")):
        link.symlink_to(home / "mine")
    assert run("export", "csv", "-o", "table.csv").code == 0
    (home / "mine").write_text("mine")
    for link in (Path("table.csv"), Path("data/milestones.csv")):
        os.lchown(link, STRANGER, -1)
    for words in (("export", "csv", "-o", "table.csv"), ("export", "dataset", "data")):
        told = run(*words)
        assert (told.code, "it is a link that another user made" in told.err) == (15, True)
    assert (home / "mine").read_text() == "mine"


def test_who_became_root_by_sudo_has_their_own(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("init")
    os.chown("milestones.json", STRANGER, -1)
    monkeypatch.setenv("SUDO_UID", str(STRANGER))
    assert run("list").code == 0


def test_init_in_a_work_tree_says_what_git_leaves_out(run: Run, home: Path) -> None:
    assert "In git" not in run("--file", "apart.json", "init").err
    (home / ".git").mkdir()
    assert "echo '.milestones.json.*' >>" in run("init").err
