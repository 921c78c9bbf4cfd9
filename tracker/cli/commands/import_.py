"""`tracker import`: milestones from other programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import click

from tracker import actions
from tracker.actions import Occasion
from tracker.cli.commands.import_ics import import_ics
from tracker.cli.commands.import_sheet import import_sheet
from tracker.cli.commands.import_tools import IMPORTS
from tracker.cli.context import App
from tracker.cli.input_file import file_bytes
from tracker.cli.options import format_option, occasion_options, store_option, together
from tracker.cli.printing import Printer, counted, print_result
from tracker.message import Message
from tracker.texts import decoded

import_options = together(
    click.argument("path", metavar="FILE"),
    occasion_options,
    format_option,
    store_option,
)


_OWN_COMMANDS = ("json", "ics")
"""What a file's name ends with whose format has a command of its own."""


class Imports(click.Group):
    """A group that takes whatever is no command of it for a ledger's file."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.commands, *self.get_help_option_names(ctx)):
            kind = args[0].rpartition(".")[2].lower()
            if kind in _OWN_COMMANDS:
                raise click.UsageError(
                    Message(
                        "{args} is no ledger: type `tracker import {kind} {args}`.",
                        args=args[0],
                        kind=kind,
                    ),
                    ctx,
                )
            args = ["sheet", *args]
        return super().parse_args(ctx, args)


@click.group("import", cls=Imports)
def import_command() -> None:
    """Take in a ledger: `tracker import FILE`; or milestones from other programs.

    The same file again changes nothing. All of a file is taken in, or none of it.
    """


@import_command.command("json")
@import_options
def import_json(app: App, path: str, occasion: Occasion, printer: Printer) -> None:
    """Take in what `export json` wrote; - for stdin.

    Any list of objects with a title will do.
    """
    from tracker.exchange import json

    items = json.items(_text(path))
    placed = ((f"{path}, item {place}", item) for place, item in enumerate(items, 1))
    _take_in(app, placed, occasion, printer)


@import_command.command("csv")
@import_options
def import_csv(app: App, path: str, occasion: Occasion, printer: Printer) -> None:
    """Take in a spreadsheet's CSV with a title column; - for stdin.

    Due dates may be said in words, and headers be the fields' names or 任务, 责任单位, 配合单位,
    完成时限, 状态.
    """
    from tracker.exchange import csv

    placed = ((f"{path}, row {line}", item) for line, item in csv.rows(_text(path)))
    _take_in(app, placed, occasion, printer)


def _take_in(
    app: App,
    placed: Iterable[tuple[str, Mapping[str, Any]]],
    occasion: Occasion,
    printer: Printer,
) -> None:
    from tracker.exchange.incoming import incoming

    items = incoming(placed, app.today, app.settings.fiscal_year_start)
    taken = actions.take_in(app.store, occasion, items)
    printer.taken_in(taken)
    if not printer.is_json:
        print_result(app, counted(taken, len(items)))


def _text(path: str) -> str:
    return decoded(file_bytes(path), path)


import_command.add_command(import_sheet)
for tool in IMPORTS:
    import_command.add_command(tool)
import_command.add_command(import_ics)
