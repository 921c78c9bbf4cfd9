"""`tracker overdue`, apart from other lists, since each builds all the options that it takes."""

from __future__ import annotations

import click

from tracker import report
from tracker.cli.context import App
from tracker.cli.options import list_format_option, list_options, store_option
from tracker.cli.printing import Printer
from tracker.query import Query


@click.command("overdue")
@list_options
@list_format_option
@click.option("--exit-code", is_flag=True, help="End with exit code 1 if anything is overdue.")
@store_option
@click.pass_context
def overdue_command(
    ctx: click.Context, app: App, query: Query, printer: Printer, exit_code: bool
) -> None:
    """List what is still owed after its last day.

    A milestone due on the 30th is overdue from the 31st, never on the 30th itself.
    """
    result = report.overdue(app.select, query)
    printer.listing(result)
    if exit_code and result.total:
        ctx.exit(1)
