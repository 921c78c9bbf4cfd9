"""Typing mistakes: one sentence, what to type instead, the right exit code, and nothing done."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Run

# What is typed, the exit code, and what is said of it.
MISTAKES = [
    ("init --seed", 2, "Option '--seed' requires an argument. Try `tracker init --help`."),
    ("token add --owner", 2, "Try `tracker token add --help`."),
    ("--file", 2, "Try `tracker --help`."),
    ("add Open the ring road", 2, "(the ring road). Words that belong together stand in quotes."),
    ("undo 3", 3, "`tracker log` shows each with its name."),
    ("add", 2, "Missing argument 'TITLE'. An example: `tracker add "),
    ("report changes", 2, "'--since'. An example: `tracker report changes --since 2026-11-01`."),
    ("postpone 3", 2, "ids or filters, and DUE; one of them is missing. An example: `tracker"),
    ("note 3", 2, "`tracker note` takes ids or filters, and TEXT; one of them is missing."),
    ("show", 2, "Missing argument 'ID...'. An example: `tracker show 3`. Try `tracker show"),
    ("import", 2, "`tracker import` needs one of its commands: csv, github,"),
    ("import milestones.json", 2, "type `tracker import json milestones.json`."),
    ("report slipage", 2, "Did you mean 'slippage'? Try `tracker report --help`."),
    ("ovredue", 2, "Did you mean `tracker overdue`?"),
    ("show x", 3, "Ids here go from 1 to 14; `tracker list` shows them."),
    ("show ring", 3, "Did you mean 1 (Build the data-sharing"),
    ("add T --made-on 2021", 5, "goes from 2021-01-01 to 2021-12-31. Give the day that is meant."),
    ("list -5", 2, "No such option '-5'. How many are shown says `--limit N`."),
    ("list --until 2021-07-01", 2, "Did you mean --due-to, --as-of? Try"),
    ("list -n 5", 2, "Did you mean --limit?"),
    ("log --until 7d", 2, "Did you mean --as-of?"),
    ("cancel 3 --comment x", 2, "Did you mean --reason?"),
    ("list --limit abc", 2, "'--limit' takes a whole number of 1 or more. Try"),
    ("list --limit -1", 2, "'--limit' takes a whole number of 1 or more. Try"),
    ("note 3 ' '", 6, "The note is empty. Write it in quotes"),
    ("export ledger -o x.xls", 6, "Give a name that ends in .xlsx or .csv"),
    ("publish ''", 2, "Invalid value for 'DIR': it is empty; . is this folder."),
    ("export csv -o ''", 2, "Invalid value for '-o / --output': it is empty"),
    ("serve --host ''", 52, "--host is empty. Give an address of this computer, or leave it out."),
    ("copy '' x.json", 13, "The name of the store is empty. Give the path of a file."),
    ("copy milestones.json mysql://u:secret@x/y", 13, " is no place for a store"),
    ("list --file http://x/y", 13, "Give the path of a file, or an address such as postgresql://"),
    ("extract nothing.txt", 14, "nothing.txt cannot be read: no such file or directory. Give"),
]


@pytest.mark.parametrize(("typed", "code", "said"), MISTAKES, ids=[typed for typed, *_ in MISTAKES])
def test_a_mistake_is_a_sentence_with_what_to_type(
    seeded: Run, home: Path, typed: str, code: int, said: str
) -> None:
    before = {path: path.read_bytes() for path in home.iterdir()}
    ran = seeded(*shlex.split(typed))
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert {path: path.read_bytes() for path in home.iterdir()} == before


def test_a_mistake_is_told_in_json_too(seeded: Run) -> None:
    error = seeded("log", "--format", "json", "--limit").json["error"]
    assert (error["code"], error["hint"]) == ("usage", "Try `tracker log --help`.")


def test_what_is_missing_is_told_in_the_quotes_of_the_language(seeded: Run) -> None:
    said = "tracker：缺少选项“--since”。例如：`tracker report changes --since 2026-11-01`。"
    assert seeded("--lang", "zh", "report", "changes").err.startswith(said)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("publish ''", "“文件夹”的值无效：为空；. 表示当前文件夹。"),
        ("list --limit abc", "“--limit”应为不小于1的整数。"),
        ("edit 3 --percent 400", "“--percent”应为0至100的整数。"),
        ("list --format x", "“--format”可用的有：table、plain、json、csv、md。"),
        ("list --group x", "“--group”可用的有：责任单位、标签、季度、状态。"),
        ("list --statu x", "没有选项“--statu”。是否指--status、"),
        ("add a b", "多出参数（b）。"),
    ],
)
def test_what_an_option_takes_is_told_in_the_language(seeded: Run, typed: str, said: str) -> None:
    ran = seeded("--lang", "zh", *shlex.split(typed))
    assert (ran.code, ran.err.startswith(f"tracker：{said}")) == (2, True), ran.err


@pytest.mark.parametrize("end", ["end of June 2021", "2021年6月底", "the close of Q2 2021"])
def test_an_end_is_a_day(seeded: Run, end: str) -> None:
    assert seeded("overdue", "--as-of", end).out == seeded("overdue", "--as-of", "2021-06-30").out
