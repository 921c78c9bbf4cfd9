"""What a shell offers after TAB, and the scripts that ask for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.milestones import MADE
from tracker.cli.completing import PHRASES
from tracker.due import parse


@pytest.fixture
def offered(seeded: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Ask as bash does: what may come in the place of the last word."""
    assert seeded("edit", "3", "--tag", "data market").code == 0
    (home / "tracker.toml").write_text('[filters.mine]\nowner = "大数据"\n', encoding="utf-8")

    seeded("export", "dataset", "jinan")
    seeded("pull", "jinan")

    def ask(*words: str, of: str = "bash") -> list[str]:
        typed = " ".join(("tracker", *words))
        with monkeypatch.context() as asking:
            asking.setenv("_TRACKER_COMPLETE", f"{of}_complete")
            asking.setenv("COMP_WORDS", typed)
            asking.setenv("COMP_CWORD", str(len(words)))
            asking.setenv("COMP_WORD", words[-1])
            return seeded().out.splitlines()

    return ask


@pytest.mark.parametrize(
    ("words", "some"),
    [
        (("po",), "postpone"),
        (("show", "1"), "14"),
        (("show", "express"), "1"),
        (("list", "--ow"), "--owner"),
        (("list", "--owner", "Shandong"), "'Shandong Provincial Big Data Bureau'"),
        (("edit", "3", "--untag", "data"), "'data market'"),
        (("status", "3", "par"), "partly-completed"),
        (("status", "3", "部"), "部分完成"),
        (("list", "--standing", "due"), "due-soon"),
        (("list", "--filter", "m"), "mine"),
        (("init", "--seed", "shan"), "shandong-2021"),
        (("postpone", "3", "end"), "'end of this month'"),
        (("add", "x", "--due", "年"), "年底前"),
        (("assess", "3", "not"), "not-kept"),
        (("export", "led"), "ledger"),
        (("list", "--from", "ji"), "jinan"),
    ],
)
def test_what_is_there_is_offered(offered: object, words: tuple[str, ...], some: str) -> None:
    assert callable(offered)
    assert f"plain,{some}" in offered(*words)


def test_shells_that_show_it_are_told_what_a_word_stands_for(offered: object) -> None:
    assert callable(offered)
    assert any(
        line.startswith("14\t") and "5G" in line for line in offered("show", "14", of="powershell")
    )
    assert "14" in offered("show", "14", of="zsh")


def test_nothing_is_offered_without_a_store(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("TRACKER_COMPLETE", "bash_complete"), ("TRACKER_FILE", "gone.json")):
        monkeypatch.setenv("_" * (name == "TRACKER_COMPLETE") + name, value)
    monkeypatch.setenv("COMP_WORDS", "tracker show 1")
    monkeypatch.setenv("COMP_CWORD", "2")
    ran = run()
    assert (ran.out.strip(), ran.err) == ("", "")


@pytest.mark.parametrize("phrase", PHRASES)
def test_every_phrase_that_is_offered_is_read(phrase: str) -> None:
    assert parse(phrase, MADE).date is not None


@pytest.mark.parametrize(
    ("shell", "path"),
    [
        ("bash", ".local/share/bash-completion/completions/tracker"),
        ("zsh", ".zfunc/_tracker"),
        ("fish", ".config/fish/completions/tracker.fish"),
        ("powershell", ".config/powershell/tracker.ps1"),
    ],
)
def test_a_script_is_printed_and_installed(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, shell: str, path: str
) -> None:
    monkeypatch.setenv("HOME", str(home))
    printed = run("completion", "-s", shell)
    assert "_TRACKER_COMPLETE" in printed.out
    assert run("completion", "install", "-s", shell).code == 0
    assert (home / path).read_text(encoding="utf-8") == printed.out


def test_a_shell_that_is_not_known_is_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    ran = run("completion")
    assert (ran.code, ran.out) == (6, "")
    assert "-s bash, zsh, fish, powershell" in ran.err


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_itself_takes_what_is_offered(seeded: Run, home: Path) -> None:
    (home / "script").write_text(seeded("completion", "-s", "bash").out, encoding="utf-8")
    typed = "COMP_WORDS=(tracker list --owner Shand); COMP_CWORD=3; _tracker_completion tracker"
    asked = f'source ./script; {typed}; printf "%s\\n" "${{COMPREPLY[@]}}"'
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    ran = subprocess.run(
        ["bash", "--norc", "-c", asked],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PATH": path},
    )
    assert "'Shandong Provincial Big Data Bureau'" in ran.stdout.splitlines()
