"""`tracker help`: the help of a command, as its own --help prints it."""

from __future__ import annotations

import click

from tracker.cli.printing import print_raw
from tracker.message import Message


@click.command("help")
@click.argument("words", nargs=-1, metavar="[COMMAND]...")
@click.pass_context
def help_command(ctx: click.Context, words: tuple[str, ...]) -> None:
    """Show what a command does, with its options and examples."""
    asked = ctx.find_root()
    for word in words:
        group = asked.command
        if not isinstance(group, click.Group):
            raise click.UsageError(
                Message("`{path}` has no commands of its own.", path=asked.command_path), asked
            )
        name, command, _ = group.resolve_command(asked, [word])
        if command is None:  # what is not there was refused by name just now
            raise TypeError(word)
        asked = command.context_class(command, parent=asked, info_name=name)
    print_raw(asked.get_help() + "\n")
