"""`tracker forecast`: what to expect of what is owed, from how similar promises went."""

from __future__ import annotations

import click

from tracker.cli.context import App
from tracker.cli.options import list_format_option, query_options, store_option
from tracker.cli.printing import Printer
from tracker.query import Query
from tracker.render.forecast import BacktestView, ForecastView
from tracker.render.reports import NoTerms
from tracker.store import open_store


@click.command("forecast")
@click.option(
    "--record",
    metavar="STORE",
    help="Learn from the promises of another store, instead of this one.",
)
@click.option(
    "--backtest",
    is_flag=True,
    help="Forecast past days anew from what was known then, and hold it against what came.",
)
@query_options
@list_format_option
@store_option
def forecast_command(
    app: App, query: Query, printer: Printer, record: str | None, backtest: bool
) -> None:
    """Say what to expect of what is owed, from how long such promises took.

    Each figure comes with the number of cases behind it, of the same body if there are enough, or
    else with the same tag, or else of all. docs/forecast.md says how, and what it cannot know.
    """
    if backtest and record is not None:
        raise click.UsageError("--backtest holds a store against itself; leave out --record.")
    others = None if record is None else open_store(record).all()
    view = BacktestView() if backtest else ForecastView(others)
    printer.report(view, view.result(app.milestones(query.as_of), query, NoTerms()))
