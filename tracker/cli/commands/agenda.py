"""The commands that show what is due when: day by day, and in months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import click

from tracker.cli.context import App
from tracker.cli.options import (
    agenda_format_option,
    dated_options,
    store_option,
    within_option,
    words_argument,
)
from tracker.cli.param_types import DUE_FROM
from tracker.cli.printing import Printer, print_result
from tracker.query import Query
from tracker.render.agenda import agenda_lines, month_lines, plain_lines
from tracker.render.table import Screen
from tracker.report.agenda import Agenda, agenda, month

from_option = click.option(
    "--from", "first", type=DUE_FROM, metavar="DATE", help="From that day on (default: today)."
)


@click.command("agenda")
@words_argument
@from_option
@within_option("4w")
@click.option("--done", "settled", is_flag=True, help="With what is done or settled, too.")
@dated_options
@agenda_format_option
@store_option
def agenda_command(
    app: App, query: Query, first: date | None, within: date, settled: bool, printer: Printer
) -> None:
    """Show the days and weeks ahead with what is due, what is overdue before all.

    Weeks begin on Monday. --from shows those from another day on.
    """
    start = first or query.as_of
    last = date.fromordinal(
        min(date.max.toordinal(), (start - query.as_of).days + within.toordinal())
    )
    _show(app, agenda(app.select, query, start, last, settled=settled), printer, agenda_lines)


@click.command("calendar")
@words_argument
@from_option
@click.option(
    "--months",
    type=click.IntRange(1, 120),
    default=3,
    show_default=True,
    metavar="N",
    help="How many months.",
)
@click.option("--ascii", "ascii_only", is_flag=True, help="Draw with plain ASCII characters.")
@dated_options
@agenda_format_option
@store_option
def calendar_command(
    app: App, query: Query, first: date | None, months: int, ascii_only: bool, printer: Printer
) -> None:
    """Show months side by side with their days marked by what is due.

    A day has the mark of what presses most, and > before it if it is today; the list is beneath.
    Weeks begin on Monday.
    """
    drawn = partial(month_lines, ascii_only=ascii_only)
    _show(app, month(app.select, query, first or query.as_of, months), printer, drawn)


def _show(
    app: App, result: Agenda, printer: Printer, drawn: Callable[[Agenda, Screen], str]
) -> None:
    if printer.is_json:
        from tracker.render import json

        printer.result(json.agenda(result), "")
    elif (printer.form or ("table" if app.on_terminal else "plain")) == "table":
        print_result(app, drawn(result, app.screen))
    elif result.milestones:
        print_result(app, plain_lines(result.milestones, result.as_of, app.lang))
