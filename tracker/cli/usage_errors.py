"""What is wrong with a command line: click's complaint as one sentence, and what to type."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import ngettext

import click

from tracker.cli.app import language_of
from tracker.cli.choices import NamedChoice
from tracker.message import Message, sentences

_MISSING_OPTION = Message("Missing option {name!r}.")
_MISSING_ARGUMENT = Message("Missing argument {name!r}.")

_CALLED = {
    "--due-to": "--to --until --before",
    "--as-of": "--to --until --before",
    "--due-from": "--from-date --after --since",
    "--owner": "--assignee --assign --author",
    "--by": "--author",
    "--tag": "--label --project --category",
    "--text": "--search --grep --query",
    "--reason": "--message --comment --because",
    "--format": "--json --csv",
    "--limit": "-n --count --max",
    "--sort": "--order --order-by",
    "--due": "--deadline --due-date --when",
    "--yes": "--force -f",
    "--standing": "--state",
    "--status": "--state",
}
"""What our options are called in other tools, or nearly so."""


def usage_message(
    error: click.UsageError, words: Sequence[str], tracker: click.Group
) -> tuple[str, Message]:
    """Return the sentence and the hint for the words that were typed behind `tracker`."""
    ctx = error.ctx
    path = ctx.command_path if ctx else " ".join(("tracker", *_commands(words, tracker)))
    hint = Message("Try `{command} --help`.", command=path)
    if isinstance(error, click.MissingParameter):
        from tracker.cli.examples import EXAMPLES

        if known := EXAMPLES.get(path.partition(" ")[2]):
            such = Message("An example: `{example}`.", example=known[0])
            hint = sentences((such, hint))
    return _sentence(error, path), hint


def _sentence(error: click.UsageError, path: str) -> str:
    if (plain := _plain(error, path)) is not None:
        return plain
    message = error.format_message()
    command = error.ctx.command if error.ctx else None
    if isinstance(command, click.Group) and error.ctx:
        commands = tuple(command.list_commands(error.ctx))
        if isinstance(error, click.exceptions.NoArgsIsHelpError):
            sentence = "`{path}` needs one of its commands: {commands}."
            return Message(sentence, path=path, commands=commands)
        if isinstance(error, click.exceptions.NoSuchCommand) and not error.possibilities:
            there = Message("There are: {commands}.", commands=commands)
            return sentences((error.format_message(), there))
    ended = message.endswith((".", "?", ")", "。", "？")) and "extra" not in message
    whole = message if ended else Message("{said}.", said=message)
    if message.startswith(_too_many()):
        return sentences((whole, Message("Words that belong together stand in quotes.")))
    return whole


def _too_many() -> str:
    """How click begins to say that there are more words than arguments."""
    form = "Got unexpected extra argument{} ({{args}})"
    return ngettext(form.format(""), form.format("s"), 2).partition("{")[0]


def _plain(error: click.UsageError, path: str) -> Message | None:
    """What click puts together of its own words and an English full stop or blank, in one piece."""
    if isinstance(error.message, Message) and type(error) is not click.BadParameter:
        return error.message
    if isinstance(error, click.MissingParameter) and error.ctx and error.param:
        pieces = error.ctx.command.collect_usage_pieces(error.ctx)[1:]
        # With several after a list of any length, click cannot tell which of them is missing.
        if len(pieces) > 1 and error.param.nargs < 0:
            sentence = "`{path}` takes {arguments}, and one of them is missing."
            return Message(sentence, path=path, arguments=" ".join(pieces))
        is_option = error.param.param_type_name == "option"
        sentence = _MISSING_OPTION if is_option else _MISSING_ARGUMENT
        return Message(sentence, name=_name(error.param, error.ctx))
    if isinstance(error, click.BadParameter) and error.ctx and error.param:
        return _bad(error.message, error.param, error.ctx)
    return _other_option(error) if isinstance(error, click.NoSuchOption) else None


def _name(param: click.Parameter, ctx: click.Context) -> str:
    """What a parameter is typed as; click puts English quotes around it."""
    return param.get_error_hint(ctx).replace("'", "")


def _bad(reason: str, param: click.Parameter, ctx: click.Context) -> Message:
    """Say what a parameter takes, or else why it does not take what was typed."""
    name = _name(param, ctx)
    match param.type:
        case click.Choice(choices=choices):
            words = tuple(choices)
            if isinstance(param.type, NamedChoice):
                words = param.type.words(language_of(ctx))
            return Message("{name!r} takes one of {words}.", name=name, words=words)
        case click.IntRange(min=least, max=None):
            sentence = "{name!r} takes a whole number of {least} or more."
            return Message(sentence, name=name, least=least)
        case click.IntRange(min=least, max=most):
            sentence = "{name!r} takes a whole number from {least} to {most}."
            return Message(sentence, name=name, least=least, most=most)
    return Message("Invalid value for {name!r}: {reason}.", name=name, reason=reason)


def _other_option(error: click.NoSuchOption) -> Message | None:
    there = error.ctx.command.params if error.ctx else []
    flags = {flag for param in there for flag in param.opts}
    called = (our for our, words in _CALLED.items() if error.option_name in words.split())
    ours = [flag for flag in called if flag in flags]
    if near := tuple(ours or sorted(error.possibilities or ())):
        return sentences((error.message, Message("Did you mean {near}?", near=near)))
    if "--limit" in flags and error.option_name[1:].isdecimal():  # as in `git log -5`
        return sentences((error.message, Message("How many are shown says `--limit N`.")))
    return None


def _commands(words: Sequence[str], command: click.Command) -> list[str]:
    """The commands among the words; an option that lacks its value does not say whose it is."""
    named = []
    for word in words:
        if isinstance(command, click.Group):
            found = command.get_command(click.Context(command), word)
            if found is not None:
                named.append(word)
                command = found
    return named
