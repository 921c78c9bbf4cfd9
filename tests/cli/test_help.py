"""Help: in groups, uncut, with two examples each that can be typed."""

from __future__ import annotations

import re
import shlex
from functools import partial
from itertools import takewhile
from pathlib import Path

import click
import pytest

from tests.cli.conftest import Run
from tracker.cli.app import CALLED, COMMANDS, GROUPS, tracker
from tracker.cli.examples import EXAMPLES
from tracker.cli.help import translated
from tracker.cli.man import commands
from tracker.cli.placeholders import PLACEHOLDER
from tracker.locale import language

ROOT = Path(__file__).parents[2]
ALL = {words.partition(" ")[2]: context for words, context in commands()}


def test_every_command_has_two_examples_and_no_other_has_any() -> None:
    assert set(EXAMPLES) == set(ALL)
    assert not [words for words, told in EXAMPLES.items() if len(set(told)) < 2]


def in_pages() -> set[str]:
    """Every command that stands in a listing of a page, as it is typed."""
    typed = set()
    for page in (ROOT / "README.md", *ROOT.glob("docs/**/*.md")):
        listings = re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
        lines = "".join(listings).replace("\\\n", " ").splitlines()
        typed |= {line.strip() for line in lines if line.startswith("tracker ")}
    return typed


def typed_words(line: str) -> list[str]:
    """The words of one command, without what a shell does with them."""
    shell = shlex.shlex(line.rpartition(" && ")[2], posix=True, punctuation_chars="|<>&;")
    shell.whitespace_split = True
    return list(takewhile(lambda word: word[0] not in "|<>&;", shell))


EVERY = sorted({e for told in EXAMPLES.values() for e in told} | in_pages())


@pytest.mark.parametrize("example", EVERY)
def test_every_example_can_be_typed(example: str) -> None:
    words = typed_words(example)
    assert words.pop(0) == "tracker"
    context = ALL[""]
    while words:
        command = context.command
        if command.name == "import" and words[0].endswith((".xlsx", ".csv")):
            words.insert(0, "sheet")  # a file's name is no command
        given, words, _ = command.make_parser(context).parse_args(words)  # refuses unknown options
        for param in command.params:
            if type(param.type) is click.Choice and isinstance(said := given.get(param.name), str):
                param.type.convert(said, param, context)
        if not isinstance(command, click.Group) or not words:
            break
        name, found, words = command.resolve_command(context, words)
        assert found is not None
        context = click.Context(found, context, name)


@pytest.mark.parametrize("words", [words for words, told in EXAMPLES.items() if words])
def test_examples_are_of_their_command(words: str) -> None:
    for example in EXAMPLES[words]:
        typed = shlex.split(example.rpartition(" && ")[2])
        first = words.split(maxsplit=1)[0]
        assert first in typed


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_commands_are_in_groups_and_none_is_cut(
    run: Run, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = run("--lang", lang, "--help").out
    assert "…" not in out
    assert "..." not in out.partition("[ARGS]...")[2]
    at = [out.index(f"\n  {name} ") for name in COMMANDS]
    assert at == sorted(at)
    if lang == "en":
        assert [f"\n{heading}:\n" in out for heading in GROUPS] == [True] * len(GROUPS)
    else:
        assert "\n办理任务：\n" in out
        assert "示例：" in run("--lang", lang, "add", "--help").out


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("group", ["export", "import", "report", "evidence", "token"])
def test_no_line_of_a_group_within_is_cut_either(run: Run, group: str, lang: str) -> None:
    told = run("--lang", lang, group, "--help").out
    assert "..." not in told.replace("...", "", 1)


def test_help_is_the_same_however_it_is_asked_for(run: Run) -> None:
    assert run("help", "export", "ledger").out == run("export", "ledger", "--help").out
    assert run("help").out == run("--help").out
    assert run("help", "extend").out == run("postpone", "--help").out
    refused = run("help", "nope")
    assert (refused.code, refused.out) == (2, "")


@pytest.mark.parametrize(
    ("typed", "meant"), [(word, our) for our, words in CALLED.items() for word in words.split()]
)
def test_words_of_other_tools_lead_to_ours(run: Run, typed: str, meant: str) -> None:
    ran = run(typed)
    assert (ran.code, ran.out) == (2, "")
    assert f"Did you mean `tracker {meant}`?" in ran.err


def test_help_leads_to_a_command_and_no_further(run: Run) -> None:
    assert run("help", "import", "csv").out == run("import", "csv", "--help").out
    assert "`tracker add` has no commands of its own" in run("help", "add", "more").err
    assert run("help", "nothing").code == 2


def test_in_chinese_what_is_to_be_replaced_is_named_in_chinese() -> None:
    chinese = language("zh")
    group = translated(tracker, chinese)
    group.prepare = partial(translated, lang=chinese)
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        ctx = click.Context(command)
        records = [param.get_help_record(ctx) for param in command.params]
        told = [*command.collect_usage_pieces(ctx), *(record[0] for record in records if record)]
        left = {word for usage in told for word in PLACEHOLDER.findall(usage)}
        assert left <= {"JSON"}, name


def test_in_chinese_what_is_missing_is_named_in_chinese(run: Run) -> None:
    ran = run("--lang", "zh", "postpone")
    assert "编号" in ran.err
    assert not PLACEHOLDER.findall(ran.err)
