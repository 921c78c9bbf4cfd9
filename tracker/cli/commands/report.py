"""`tracker report`: who keeps their dates, and what was quietly moved."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from tracker.cli.commands.report_period import month_command, week_command
from tracker.cli.context import App
from tracker.cli.options import as_of_option, filter_options, format_option, store_option, together
from tracker.cli.param_types import DAY
from tracker.cli.printing import show_report
from tracker.errors import BadDate
from tracker.query import Filter

if TYPE_CHECKING:
    from tracker.report.rating import Thresholds


@click.group("report")
def report_command() -> None:
    """Hold what was delivered against what was promised.

    Each report can be had for any past day with --as-of. docs/figures.md defines every figure.
    """


limit_option = click.option(
    "--limit", type=click.IntRange(1), metavar="N", help="At most this many."
)
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


@report_command.command("slippage")
@limit_option
@report_options
def slippage_command(
    app: App, chosen: Filter, as_of: date | None, form: str | None, limit: int | None
) -> None:
    """List what is off its baseline: every move, how far, why and by whom.

    As CSV a row a move.
    """
    from tracker.render.reports import slippage as view
    from tracker.report.moves import slippage

    result = slippage(app.store.all(), chosen, as_of or app.today, limit)
    show_report(app, "report slippage", view, result, form)


@report_command.command("ontime")
@report_options
def ontime_command(app: App, chosen: Filter, as_of: date | None, form: str | None) -> None:
    """Rate by quarter what was completed by its baseline, and by its current due.

    The baseline is the date first promised. Each share comes with what it is a share of.
    """
    from tracker.render.reports import ontime as view
    from tracker.report.ontime import ontime

    result = ontime(app.store.all(), chosen, as_of or app.today)
    show_report(app, "report ontime", view, result, form)


@report_command.command("changes")
@click.option("--since", type=DAY, metavar="DATE", help="From that day on, included.")
@click.option(
    "--corrections",
    is_flag=True,
    help="The corrections instead, which no other report counts; all of them without --since.",
)
@limit_option
@report_options
def changes_command(
    app: App,
    chosen: Filter,
    as_of: date | None,
    form: str | None,
    since: date | None,
    corrections: bool,
    limit: int | None,
) -> None:
    """List what was moved, dropped, completed or added since a day, why and by whom.

    What took effect since then, and what was written down since then and dated back. A deadline
    moved, or a promise dropped, without a reason is marked.
    """
    from tracker.render.reports import since as view
    from tracker.report.since import changes_since, corrections_since

    day = as_of or app.today
    if since is None and not corrections:
        raise click.UsageError("Missing option '--since'.")
    since = since or date.min
    if since > day:
        raise BadDate(
            "--since {since} is after {day}.", "Give {day} or an earlier day.", since=since, day=day
        )
    listed = corrections_since if corrections else changes_since
    result = listed(app.store.all(), chosen, since, day, limit)
    show_report(app, "report changes", view, result, form)


@report_command.command("source")
@click.argument("document", metavar="[DOC]", required=False)
@report_options
def source_command(
    app: App, chosen: Filter, as_of: date | None, form: str | None, document: str | None
) -> None:
    """Hold what a document promised against what was delivered.

    DOC is a part of its title, in any language, of its address, or the beginning of its SHA-256.
    Without it, every document.
    """
    from tracker.render.reports import documents as view
    from tracker.report.documents import documents

    result = documents(app.store.all(), chosen, as_of or app.today, document)
    show_report(app, "report source", view, result, form)


@report_command.command("stale")
@click.option(
    "--days",
    type=click.IntRange(0, 36525),
    default=90,
    show_default=True,
    metavar="N",
    help="Owed, and no change for so many days or more.",
)
@limit_option
@report_options
def stale_command(
    app: App, chosen: Filter, as_of: date | None, form: str | None, days: int, limit: int | None
) -> None:
    """List what did not change for long, or is completed without evidence."""
    from tracker.render.reports import stale as view
    from tracker.report.stale import stale

    result = stale(app.store.all(), chosen, as_of or app.today, days, limit)
    show_report(app, "report stale", view, result, form)


report_command.add_command(week_command)
report_command.add_command(month_command)


def _thresholds(app: App, given: dict[str, int | None]) -> Thresholds:
    from msgspec.structs import asdict

    from tracker.report.rating import Thresholds

    settled = asdict(app.settings.rag)
    told = {name: days for name, days in given.items() if days is not None}
    return Thresholds(**{name.removesuffix("_days"): d for name, d in (settled | told).items()})
