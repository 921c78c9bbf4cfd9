"""`tracker import`: milestones from other programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker import actions
from tracker.actions import ChangeContext
from tracker.cli.commands.import_ics import import_ics
from tracker.cli.commands.import_sheet import import_sheet
from tracker.cli.commands.import_tools import IMPORTS
from tracker.cli.context import App
from tracker.cli.evidence_option import note_lost
from tracker.cli.input_file import file_bytes
from tracker.cli.options import combined, format_option, occasion_options, store_option
from tracker.cli.plugins import IMPORTERS, PluginGroup, imported_items
from tracker.cli.printing import Printer, import_counts, print_result
from tracker.message import Message
from tracker.model import Milestone
from tracker.store import open_store
from tracker.store.evidence import carry_evidence, named_digests
from tracker.texts import decoded

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

import_options = combined(
    click.argument("path", metavar="FILE"),
    occasion_options,
    format_option,
    store_option,
)


_OWN_COMMANDS = ("json", "ics")
"""What a file's name ends with whose format has a command of its own."""


class ImportGroup(PluginGroup):
    """A group that takes whatever is no command of it for a ledger's file."""

    points = IMPORTERS

    def made(self, point: EntryPoint, about: str) -> click.Command:
        @click.command(point.name, help=about)
        @import_options
        def import_plugin(app: App, path: str, occasion: ChangeContext, printer: Printer) -> None:
            _take_in(app, imported_items(point, file_bytes(path), path), occasion, printer)

        return import_plugin

    def _is_file(self, ctx: click.Context, word: str) -> bool:
        if word in (*self.commands, *self.get_help_option_names(ctx)):
            return False
        return Path(word).exists() or word not in self.plugins()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and self._is_file(ctx, args[0]):
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


@click.group("import", cls=ImportGroup)
def import_command() -> None:
    """Take in a ledger: `tracker import FILE`; or milestones from other programs.

    The same file again changes nothing. All of a file is taken in, or none of it.
    """


@import_command.command("json")
@import_options
def import_json(app: App, path: str, occasion: ChangeContext, printer: Printer) -> None:
    """Take in what `export json` wrote; - for stdin.

    Any list of objects with a title will do. Copies of evidence come from beside the file.
    """
    from tracker.exchange import json

    found = json.items(_text(path))
    placed = (
        (Message("{path}, item {n}", path=path, n=place), item)
        for place, item in enumerate(found, 1)
    )
    whole = _take_in(app, placed, occasion, printer)
    if path != "-":
        note_lost(app, carry_evidence([open_store(path)], app.store, named_digests(whole)))


@import_command.command("csv")
@import_options
def import_csv(app: App, path: str, occasion: ChangeContext, printer: Printer) -> None:
    """Take in a spreadsheet's CSV with a title column; - for stdin.

    Due dates may be said in words, and headers be the fields' names or 任务, 责任单位, 配合单位,
    完成时限, 状态.
    """
    from tracker.exchange import csv

    placed = (
        (Message("{path}, row {n}", path=path, n=line), item)
        for line, item in csv.rows(_text(path))
    )
    _take_in(app, placed, occasion, printer)


def _take_in(
    app: App,
    placed: Iterable[tuple[str, Mapping[str, Any]]],
    occasion: ChangeContext,
    printer: Printer,
) -> list[Milestone]:
    """Take them in, and return those that came whole, with their histories."""
    from tracker.exchange.incoming import incoming

    every = incoming(placed, app.today, app.settings.fiscal_year_start)
    taken = actions.take_in(app.store, occasion, every)
    printer.taken_in(taken)
    if not printer.is_json:
        print_result(app, import_counts(taken))
    return [item.whole for item in every if item.whole]


def _text(path: str) -> str:
    return decoded(file_bytes(path), path)


import_command.add_command(import_sheet)
for tool in IMPORTS:
    import_command.add_command(tool)
import_command.add_command(import_ics)
