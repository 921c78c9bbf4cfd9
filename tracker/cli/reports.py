"""`tracker report`: who keeps their dates, and what was quietly moved."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from tracker.cli.context import App
from tracker.cli.output import show_report
from tracker.cli.params import (
    as_of_option,
    filter_options,
    format_option,
    store_option,
    together,
)
from tracker.query import Filter

if TYPE_CHECKING:
    from tracker.report.rating import Thresholds


@click.group("report")
def report_command() -> None:
    """Hold what was delivered against what was promised.

    Each report can be had for any past day with --as-of. docs/figures.md defines every figure.
    """


report_options = together(filter_options, as_of_option, format_option, store_option, click.pass_obj)


@report_command.command("scorecard")
@click.option(
    "--due-soon-days",
    type=click.IntRange(0, 36525),
    metavar="N",
    help="Amber when due within N days (default: 30, or as set).",
)
@click.option(
    "--slipped-days",
    type=click.IntRange(1, 36525),
    metavar="N",
    help="Amber when N days past the baseline (default: 1, or as set).",
)
@click.option(
    "--five-year-days",
    type=click.IntRange(0, 36525),
    metavar="N",
    help="Amber when a five-year milestone is due within N days (default: never, or as set).",
)
@report_options
def scorecard_command(
    app: App, chosen: Filter, as_of: date | None, form: str | None, **limits: int | None
) -> None:
    """Score each responsible body: done, late, overdue, red, amber, green.

    Spellings that differ by letter case, width or blanks only are one body.
    """
    from tracker.render.reports import scorecard as view
    from tracker.report.scorecard import scorecard

    day = as_of or app.today
    result = scorecard(app.store.all(), chosen, day, _thresholds(app, limits))
    show_report(app, "report scorecard", view, result, form)


def _thresholds(app: App, given: dict[str, int | None]) -> Thresholds:
    from msgspec.structs import asdict

    from tracker.report.rating import Thresholds

    settled = asdict(app.settings.rag)
    told = {name: days for name, days in given.items() if days is not None}
    return Thresholds(**{name.removesuffix("_days"): d for name, d in (settled | told).items()})
