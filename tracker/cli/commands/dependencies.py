"""`tracker ready` and `tracker blocked`: what can be worked on, and what waits for something."""

from __future__ import annotations

from functools import partial

import click

from tracker import report
from tracker.cli.context import App
from tracker.cli.options import list_format_option, query_options, store_option
from tracker.cli.printing import Printer
from tracker.cli.relations import waits
from tracker.query import Query


@click.command("ready")
@query_options
@list_format_option
@store_option
def ready_command(app: App, query: Query, printer: Printer) -> None:
    """List what is owed and waits for nothing that is owed itself."""
    printer.listing(report.ready(app.select, query, partial(waits, app)))


@click.command("blocked")
@query_options
@list_format_option
@store_option
def blocked_command(app: App, query: Query, printer: Printer) -> None:
    """List what is owed and waits for something, and say for what.

    What it waits for may slip past its own last day: then it is endangered.
    """
    result = report.blocked(app.select, query, partial(waits, app))
    printer.listing(result, waits(app, result.milestones, result.as_of))
