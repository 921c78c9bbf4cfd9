"""What the pages tell people to type, typed: each page from top to bottom in one folder.

A page says in its source, in a comment before a listing, what has to be there first and what cannot
be typed here, and why:

    <!-- before: tracker init --seed shandong-2021 -->
    <!-- not run: `tracker serve`, `tracker sync`: they stay up, or need a server -->
    <!-- not run: it needs a network -->

A listing of `sh` is run, one of `console` prints what it shows too.
"""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.conftest import Ran, Run

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
_LISTING = re.compile(
    r"(?P<told>(?:^[ ]*<!-- (?:before|not run):.*?-->\n+)*)"
    r"^(?P<indent>[ ]*)```(?P<kind>sh|console)\n(?P<lines>.*?)^[ ]*```$",
    re.MULTILINE | re.DOTALL,
)
_COMMENT = re.compile(r"<!-- (before|not run): (.*?) -->", re.DOTALL)
_OPERATORS = "|<>&;"


class Typed(NamedTuple):
    """A line that is typed, what it prints if the page shows it, and why it is not run."""

    line: str
    printed: list[str] | None = None
    because: str = ""


def typed_on(page: str) -> Iterator[Typed]:
    """What a page tells people to type."""
    for found in _LISTING.finditer(page):
        told = dict(_COMMENT.findall(found["told"]))
        yield from map(Typed, told.get("before", "").splitlines())
        left_out = told.get("not run", "")
        begins, reason = re.findall(r"`([^`]+)`(?=[,:])", left_out), left_out.rpartition("`: ")[2]
        for line, printed in _lines(found):
            out = left_out and (not begins or line.startswith(tuple(begins)))
            yield Typed(line, printed, reason if out else "")


def _lines(found: re.Match[str]) -> Iterator[tuple[str, list[str] | None]]:
    text = re.sub(f"^{found['indent']}", "", found["lines"], flags=re.MULTILINE)
    text = text.replace("\\\n", " ")
    if found["kind"] == "sh":
        yield from ((line, None) for line in text.splitlines() if line.strip())
    for typed in text.split("$ ")[1:] if found["kind"] == "console" else ():
        line, *printed = typed.rstrip("\n").split("\n")
        yield line, printed


EVERY = {
    str(page.relative_to(ROOT)): typed
    for page in PAGES
    if (typed := list(typed_on(page.read_text(encoding="utf-8"))))
}


@pytest.mark.parametrize("name", EVERY)
def test_every_command_of_the_pages_works(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    if "zh" in name:
        monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    for one in EVERY[name]:
        if one.because:
            continue
        if one.line.startswith("tracker"):
            ran = piped(run, one.line)
        else:
            ran = in_shell(one.line)
            monkeypatch.chdir(ran.err.strip())
        if one.printed:
            shown = ran.out + ran.err if ran.code else ran.out
            assert shown.splitlines() == one.printed, one.line
        else:
            assert ran.code == 0, (one.line, ran.err)


def piped(run: Run, line: str) -> Ran:
    """Run one command of ours, and what a shell does with what it prints."""
    shell = shlex.shlex(line, posix=True, punctuation_chars=_OPERATORS)
    shell.whitespace_split = True
    words = list(shell)
    own = list(takewhile(lambda word: word[0] not in _OPERATORS, words))[1:]
    rest = words[len(own) + 1 :]
    ran = run(*own)
    if rest[:1] == [">"]:
        Path(rest[1]).write_text(ran.out, encoding="utf-8")
    if rest[:1] == ["|"]:
        behind = line.partition(" | ")[2]
        done = subprocess.run(
            ["sh", "-c", behind], input=ran.out, capture_output=True, text=True, check=False
        )
        return Ran(ran.code or done.returncode, done.stdout, ran.err + done.stderr)
    return ran._replace(code=0) if "||" in rest else ran


def in_shell(line: str) -> Ran:
    """Run a line of other programs; its `err` is the folder that it ends in."""
    done = subprocess.run(
        ["sh", "-ec", f"{line}\npwd >&2"], capture_output=True, text=True, check=True
    )
    return Ran(0, done.stdout, done.stderr)


def test_what_is_not_run_is_still_there_and_says_why() -> None:
    for name, typed in EVERY.items():
        page = (ROOT / name).read_text(encoding="utf-8")
        told = [reason for kind, reason in _COMMENT.findall(page) if kind == "not run"]
        because = {one.because for one in typed}
        assert all(reason.rpartition("`: ")[2] in because for reason in told), name
