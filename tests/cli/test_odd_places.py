"""Odd places to run in: a sentence and the right code, never a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TRACKER = f"{sys.executable} -m tracker"


def shell(line: str) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell, and never wait long for it."""
    return subprocess.run(  # noqa: S602 - what a shell closes is what is tried
        line, shell=True, capture_output=True, text=True, timeout=20, check=False
    )


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("list >&-", 15, "The result cannot be written: bad file descriptor."),
        ("--help >&-", 15, "The system refuses: bad file descriptor."),
        ("overdue --as-of 2026-01-01 --exit-code >&-", 15, "cannot be written"),
        ("list --format json --bogus >&-", 2, "No such option"),
        ("list --bogus 2>&-", 2, ""),
        ("list >&- 2>&-", 15, ""),
        ("extract - <&-", 0, ""),
        ("--file pipe list", 13, "pipe cannot be read: it is a device or a pipe."),
        ("--file /dev/zero list", 13, "/dev/zero cannot be read: it is a device or a pipe."),
        ("extract pipe", 14, "pipe cannot be read: it is a pipe. Give a file"),
        ("extract /dev/zero", 14, "/dev/zero cannot be read: it has more than 100 million bytes."),
        ("check --sources docs", 14, "docs is no folder"),
        ("export csv -o /dev/stdout | grep -q uid", 0, ""),
        ("export csv -o /dev/fd/1 | grep -q uid", 0, ""),
        ("export csv -o loop", 15, "loop cannot be written: too many levels of symbolic links."),
        ("token add x --tokens loop", 14, "loop cannot be read: too many levels of symbolic"),
    ],
)
def test_a_stream_or_a_device_is_told_of(
    seeded: Run, home: Path, line: str, code: int, said: str
) -> None:
    os.mkfifo("pipe")
    (home / "loop").symlink_to("loop")
    before = (home / "milestones.json").read_bytes()
    ran = shell(f"{TRACKER} {line}")
    assert ran.returncode == code
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
    assert (home / "milestones.json").read_bytes() == before


@pytest.mark.skipif(not shutil.which("unshare"), reason="this system mounts nothing apart")
def test_a_file_that_is_mounted_by_itself_cannot_be_replaced(seeded: Run, home: Path) -> None:
    (home / "one.json").touch()
    mounted = f"mount --bind milestones.json one.json && {TRACKER} --file one.json note 1 seen"
    ran = shell(f"unshare -m sh -c '{mounted}'")
    if ran.returncode != 13:
        pytest.skip("only root mounts")
    assert "it is mounted by itself. Nothing was changed. Mount its folder instead." in ran.stderr


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("folder", "cannot be read: it is a folder. Name another store with --file."),
        ("milestones.json/x", "part of its path is no folder. Name another store with --file."),
        (
            "huge",
            "it has more than 1,000 million bytes. A database holds more: docs/postgresql.md.",
        ),
    ],
)
def test_what_no_right_would_mend_is_not_said_to_want_one(
    seeded: Run, home: Path, place: str, said: str
) -> None:
    (home / "folder").mkdir()
    with (home / "huge").open("wb") as file:
        file.truncate(3_000_000_000)
    ran = seeded("--file", place, "note", "1", "seen")
    assert (ran.code, said in ran.err) == (13, True), ran.err


def test_a_folder_that_was_deleted_is_told_of(home: Path) -> None:
    (home / "gone").mkdir()
    ran = shell(f"cd gone && rmdir ../gone && {TRACKER} list")
    assert (ran.returncode, ran.stderr.count("\n")) == (8, 1)
    assert "The folder that you are in was deleted. Go to another" in ran.stderr


def test_a_fault_of_the_program_is_a_sentence_with_a_code_of_its_own(
    seeded: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise LookupError("nobody thought of this")

    monkeypatch.setattr("tracker.store.file.select", fail)
    ran = seeded("overdue", "--exit-code")
    assert (ran.code, ran.err.count("\n")) == (70, 1)
    assert "The program has a fault: LookupError, nobody thought of this (" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ("digest",),
        ("notify", "json://127.0.0.1:9/", "--dry-run"),
        ("init", "--file", "~/m.json"),
        ("list", "--file", "~/m.json"),
        ("copy", "milestones.json", "~/m.json"),
        ("check", "--head", "~/m.json"),
    ],
)
def test_who_has_no_home_is_told_what_to_set(
    seeded: Run, home: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    for name in ("HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.path.expanduser", lambda path: path)  # no account has a name here
    ran = seeded(*words)
    assert (ran.code, ran.err.count("\n")) == (13, 1)
    assert "HOME" in ran.err
    assert not (home / "~").exists()


@pytest.mark.parametrize("place", ["pipe", "/dev/zero"])
def test_settings_and_tokens_that_never_end_are_told_of(
    seeded: Run, home: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    os.mkfifo("pipe")
    said = {"pipe": "it is a pipe", "/dev/zero": "it has more than 100 million bytes"}[place]
    ran = seeded("token", "list", "--tokens", place)
    assert (ran.code, said in ran.err) == (14, True)
    monkeypatch.setenv("TRACKER_SETTINGS", place)
    ran = seeded("add", "x", "--due", "Q3")
    assert (ran.code, said in ran.err) == (17, True)


def test_who_has_only_a_logname_is_the_author(seeded: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("USER")
    monkeypatch.setenv("LOGNAME", "maria")
    assert seeded("note", "1", "seen").code == 0
    assert "maria" in seeded("log", "1").out


def test_settings_are_those_of_the_store_in_any_order_of_options(
    seeded: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = home / "b"
    other.mkdir()
    shutil.copy("milestones.json", other)
    (home / "tracker.toml").write_text("there is nothing to be understood here")
    (other / "tracker.toml").write_text("\ufefffiscal-year-start = 4\n", encoding="utf-8")
    store = ("--file", "b/milestones.json")
    for words in (
        ("list", "--due-to", "31 March 2021", *store),
        ("list", "--due-to", "in 2 weeks", "--as-of", "end of June 2021", *store),
        ("upcoming", "--within", "14d", *store),
        ("add", "T", "--made-on", "1 May 2021", "--due", "FY 2024", *store),
        ("note", "1", "x", "--on", "1 May 2021", *store),
    ):
        assert (seeded(*words).code, words) == (0, words)
    assert "2024-03-31" in seeded("list", "--text", "T", *store).out
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TRACKER_FILE", "~/b/milestones.json")
    assert "2024-03-31" in seeded("add", "U", "--due", "FY 2024").out
