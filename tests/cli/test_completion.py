"""What a shell offers after TAB, and the scripts that ask for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.cli.conftest import Run
from tests.milestones import MADE
from tracker.cli.app import COMMANDS, tracker
from tracker.cli.completing import DAYS, PHRASES, SPANS, is_path, offers_of
from tracker.cli.shells import Fish
from tracker.due import parse


@pytest.fixture
def offered(seeded: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Ask as bash does: what may come in the place of the last word."""
    edited = seeded(
        "edit",
        "3",
        "--tag",
        "data market",
        "--tag",
        "region:west",
        "--supporting",
        "O'Brien & Sons",
    )
    assert edited.code == 0
    (home / "tracker.toml").write_text('[filters.mine]\nowner = "大数据"\n', encoding="utf-8")

    seeded("export", "dataset", "jinan")
    seeded("pull", "jinan")

    def ask(*words: str, of: str = "bash") -> list[str]:
        typed = " ".join(("tracker", *words))
        with monkeypatch.context() as asking:
            asking.setenv("_TRACKER_COMPLETE", f"{of}_complete")
            asking.setenv("COMP_WORDS", typed)
            asking.setenv("COMP_CWORD", words[-1] if of == "fish" else str(len(words)))
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
        (("done", "--owner", "Shandong"), "'Shandong Provincial Big Data Bureau'"),
        (("show", "高频电子证照"), "4"),
        (("open", "express"), "1"),
        (("show", "3,1"), "3,14"),
        (("list", "--standing", "open,ov"), "open,overdue"),
        (("list", "--sort", "owner,-d"), "owner,-due"),
        (("list", "--columns", "id,ti"), "id,title"),
        (("report", "changes", "--since", "'last m"), "'last month'"),
        (("list", "--owner", "'O'"), "'O'\\''Brien & Sons'"),
        # Bash itself replaces what stands behind these signs.
        (("list", "--owner=O"), "'O'\\''Brien & Sons'"),
        (("list", "--tag", "region:w"), "west"),
        (("list", "--tag=region:w"), "west"),
        (("list", "--tag='region:w"), "region:west"),
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


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell"])
def test_an_option_joined_to_its_value_stays(offered: object, shell: str) -> None:
    assert callable(offered)
    assert any("--tag=region:west" in line for line in offered("list", "--tag=re", of=shell))


def test_a_comma_ends_nothing_in_fish(offered: object) -> None:
    assert callable(offered)
    assert any("Jinan, Qingdao" in line for line in offered("show", "7", of="fish"))
    assert Fish.source_template.count('--max 1 ","') == 1


def test_a_file_is_found_by_the_shell(offered: object) -> None:
    assert callable(offered)
    assert offered("extract", "rep") == offered("merge", "rep") == ["file,rep"]


def test_in_chinese_a_shell_shows_chinese(offered: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert callable(offered)
    monkeypatch.setenv("TRACKER_LANG", "zh")
    assert "34类高频电子证照在全省全面推广应用" in offered("show", "4", of="zsh")
    assert "排序" in "".join(offered("list", "--sort", of="zsh"))


_FREE = {
    *("actual", "add", "address", "alarms", "assessor", "base_url", "by", "change", "colour"),
    *("contact", "days", "description", "disputes", "encoding", "entry", "feed_url", "folder"),
    *("given", "head", "host", "lang", "licence", "metrics_host", "name", "names", "next_step"),
    *(
        "person",
        "record",
        "release",
        "sheet",
        "shown",
        "source_url",
        "speaker",
        "targets",
        "text",
        "of_text",
    ),
    *("title", "to", "translations", "tsa", "unit", "urls", "why", "words", "baseline_due"),
}
"""What nobody can know before it is typed, or is refused with what to type instead."""


@pytest.mark.parametrize("name", COMMANDS)
def test_what_can_be_known_is_offered(name: str) -> None:
    def asked(command: click.Command) -> Iterator[click.Parameter]:
        yield from command.params
        for inner in command.commands.values() if isinstance(command, click.Group) else ():
            yield from asked(inner)

    command = tracker.get_command(click.Context(tracker), name)
    assert command is not None
    by_click = (click.Choice, click.Path, click.types.IntRange, click.types.BoolParamType)
    left = {
        param.name
        for param in asked(command)
        if not isinstance(param.type, by_click) and not is_path(param) and offers_of(param) is None
    }
    assert left <= _FREE


def test_every_day_that_is_offered_is_one(run: Run) -> None:
    assert run("init").code == 0
    for day in (*DAYS, *SPANS):
        assert run("list", "--due-from", day).code == run("list", "--as-of", day).code == 0, day
    for day in DAYS:
        assert run("add", f"By {day}", "--made-on", day).code == 0, day


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
    line = "tracker list --owner 'Shand"
    typed = f'COMP_LINE="{line}"; COMP_POINT={len(line)}; _tracker_completion tracker'
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
