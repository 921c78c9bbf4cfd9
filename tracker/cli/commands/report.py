"""`tracker report`: who keeps their dates, and what was quietly moved."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import click
from msgspec import Struct

from tracker.cli.commands.report_period import month_command, week_command
from tracker.cli.context import App
from tracker.cli.options import list_format_option, scope_options, store_option
from tracker.cli.printing import Printer
from tracker.cli.struct_options import struct_options
from tracker.query import Query
from tracker.render import reports
from tracker.render.reports import View


@click.group("report")
def report_command() -> None:
    """Hold what was delivered against what was promised.

    Each report can be had for any past day with --as-of. docs/figures.md defines every figure.
    """


def _command(name: str, view: View[Any, Any]) -> click.Command:
    @click.command(name, help=view.help)
    @struct_options(view.terms, "terms")
    @scope_options
    @list_format_option
    @store_option
    def show(app: App, query: Query, terms: Struct, printer: Printer) -> None:
        if missing := view.lacks(terms):
            ctx = click.get_current_context()
            lacking = next(param for param in ctx.command.params if missing in param.opts)
            raise click.MissingParameter(ctx=ctx, param=lacking)
        printer.report(view, view.result(app.milestones(query.as_of), query, terms))

    return show


for module in iter_modules(reports.__path__):
    view = import_module(f"{reports.__name__}.{module.name}").VIEW
    report_command.add_command(_command(module.name, view))
report_command.add_command(week_command)
report_command.add_command(month_command)
