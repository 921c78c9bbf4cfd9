"""The commands that list milestones."""

from __future__ import annotations

from datetime import date

import click

from tracker import report
from tracker.cli.context import App
from tracker.cli.options import list_format_option, list_options, store_option, within_option
from tracker.cli.printing import Printer
from tracker.query import Query


@click.command("list")
@list_options
@list_format_option
@store_option
def list_command(app: App, query: Query, printer: Printer) -> None:
    """List milestones.

    Filters may be combined, and all must hold.
    """
    printer.listing(report.everything(app.select, query))


@click.command("upcoming")
@within_option("30d")
@list_options
@list_format_option
@store_option
def upcoming_command(app: App, query: Query, printer: Printer, within: date) -> None:
    """List what is owed and due soon, today included."""
    printer.listing(report.upcoming(app.select, query, within))
