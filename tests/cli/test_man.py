"""A man page for each command, which the programs that show them read without a word."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tracker.cli import man
from tracker.cli.examples import EXAMPLES


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("man")
    man.write(made)
    return made


def test_each_command_has_a_page_with_its_options_and_examples(folder: Path) -> None:
    there = {path.stem for path in folder.iterdir()}
    assert there == {words.replace(" ", "-") for words, _ in man.commands()}
    for words, ctx in man.commands():
        page = (folder / f"{words.replace(' ', '-')}.1").read_text(encoding="utf-8")
        plain = re.sub(r"\\f[BR]", "", page)
        for sign, escaped in man._SIGNS.items():
            plain = plain.replace(escaped, sign)
        for param in ctx.command.params:
            if param.param_type_name == "option" and not getattr(param, "hidden", False):
                assert all(opt in plain for opt in param.opts), f"{words} {param.opts}"
        assert all(line in plain for line in EXAMPLES.get(words.partition(" ")[2], ()))


def test_pages_name_no_page_that_is_not_there(folder: Path) -> None:
    for path in folder.iterdir():
        named = re.findall(r"\\fB([^\\]+(?:\\-[^\\]+)*)\\fR\(1\)", path.read_text(encoding="utf-8"))
        missing = [n for n in named if not (folder / f"{n.replace(chr(92), '')}.1").exists()]
        assert named
        assert not missing


def test_what_roff_would_obey_is_text() -> None:
    assert man._text(r".so /etc/passwd \n a-b 'c'") == r"\&.so /etc/passwd \en a\-b \(aqc\(aq"
    assert list(man._filled("word " * 16 + ".so x"))[-1].startswith(r"\&.so")


def test_the_day_is_that_of_the_build(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1614556800")
    assert man.pages()["tracker-add.1"].startswith(".TH TRACKER-ADD 1 2021-03-01 ")


@pytest.mark.parametrize(
    "program",
    [
        ("mandoc", "-Tlint", "-Wwarning"),
        ("groff", "-k", "-man", "-ww", "-Tutf8", "-z"),
    ],
    ids=lambda words: words[0],
)
def test_the_pages_are_read_without_a_warning(folder: Path, program: tuple[str, ...]) -> None:
    if shutil.which(program[0]) is None:
        pytest.skip(f"there is no {program[0]} here")
    pages = sorted(str(path) for path in folder.iterdir())
    ran = subprocess.run([*program, *pages], capture_output=True, text=True, check=False)
    assert (ran.stdout + ran.stderr, ran.returncode) == ("", 0)
