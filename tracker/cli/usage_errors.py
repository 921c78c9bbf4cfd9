"""What is wrong with a command line: click's complaint as one sentence, and what to type."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

from tracker.message import Message, sentences

_MISSING_OPTION = Message("Missing option {name}.")
_MISSING_ARGUMENT = Message("Missing argument {name}.")


def complaint(
    error: click.UsageError, words: Sequence[str], tracker: click.Group
) -> tuple[str, Message]:
    """Return the sentence and the hint for the words that were typed behind `tracker`."""
    ctx = error.ctx
    path = ctx.command_path if ctx else " ".join(("tracker", *_commands(words, tracker)))
    return _sentence(error, path), Message("Try `{command} --help`.", command=path)


def _sentence(error: click.UsageError, path: str) -> str:
    if (plain := _plain(error, path)) is not None:
        return plain
    message = error.format_message().replace("a valid integer range", "a whole number")
    message = re.sub(r"in the range x>=(\d+)", r"\1 or more", message)
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
    if message.startswith("Got unexpected extra arguments"):
        return sentences((whole, Message("Words that belong together stand in quotes.")))
    return whole


def _plain(error: click.UsageError, path: str) -> Message | None:
    """What click puts together of its own words and an English full stop or blank, in one piece."""
    if isinstance(error.message, Message):
        return error.message
    if isinstance(error, click.MissingParameter) and error.ctx and error.param:
        pieces = error.ctx.command.collect_usage_pieces(error.ctx)[1:]
        # With several after a list of any length, click cannot tell which of them is missing.
        if len(pieces) > 1 and error.param.nargs < 0:
            sentence = "`{path}` takes {arguments}, and one of them is missing."
            return Message(sentence, path=path, arguments=" ".join(pieces))
        # Click puts a full stop of its own behind its words.
        named = error.param.get_error_hint(error.ctx)
        is_option = error.param.param_type_name == "option"
        return Message(_MISSING_OPTION if is_option else _MISSING_ARGUMENT, name=named)
    return _other_option(error) if isinstance(error, click.NoSuchOption) else None


def _other_option(error: click.NoSuchOption) -> Message | None:
    if error.possibilities:
        near = tuple(map(repr, sorted(error.possibilities)))
        return sentences((error.message, Message("Did you mean {near}?", near=near)))
    limits = error.ctx is not None and any(p.name == "limit" for p in error.ctx.command.params)
    if limits and error.option_name[1:].isdecimal():  # as in `git log -5`
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
