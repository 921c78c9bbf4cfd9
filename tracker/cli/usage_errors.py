"""What is wrong with a command line: click's complaint as one sentence, and what to type."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click


def complaint(
    error: click.UsageError, words: Sequence[str], tracker: click.Group
) -> tuple[str, str]:
    """Return the sentence and the hint for the words that were typed behind `tracker`."""
    ctx = error.ctx
    path = ctx.command_path if ctx else " ".join(("tracker", *_commands(words, tracker)))
    return _sentence(error, path), f"Try `{path} --help`."


def _sentence(error: click.UsageError, path: str) -> str:
    message = error.format_message().replace("a valid integer range", "a whole number")
    message = re.sub(r"in the range x>=(\d+)", r"\1 or more", message)
    command = error.ctx.command if error.ctx else None
    if isinstance(command, click.Group) and error.ctx:
        names = ", ".join(command.list_commands(error.ctx))
        if isinstance(error, click.exceptions.NoArgsIsHelpError):
            return f"`{path}` needs one of its commands: {names}."
        if isinstance(error, click.exceptions.NoSuchCommand) and not error.possibilities:
            return f"{message} There are: {names}."
    if isinstance(error, click.MissingParameter) and error.ctx and command:
        pieces = command.collect_usage_pieces(error.ctx)[1:]
        # With several after a list of any length, click cannot tell which of them is missing.
        if len(pieces) > 1 and error.param and error.param.nargs < 0:
            return f"`{path}` takes {' '.join(pieces)}, and one of them is missing."
    if message.startswith("Got unexpected extra arguments"):
        return f"{message}. Words that belong together stand in quotes."
    return (
        message if message.endswith((".", "?", ")")) and "extra" not in message else f"{message}."
    )


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
