"""The commands that list milestones."""

from __future__ import annotations

from datetime import date

import click

from tracker import report
from tracker.cli.context import App
from tracker.cli.options import (
    as_of_option,
    filter_options,
    format_option,
    sort_options,
    store_option,
)
from tracker.cli.param_types import WITHIN
from tracker.cli.printing import say, show_listing
from tracker.query import Filter, Page


@click.command("list")
@filter_options
@sort_options
@as_of_option
@format_option
@store_option
@click.pass_obj
def list_command(
    app: App, chosen: Filter, page: Page, as_of: date | None, form: str | None
) -> None:
    """List milestones.

    Filters may be combined, and all must hold: tracker list --status open --owner 大数据
    """
    result = report.everything(app.store.select, chosen, page, as_of or app.today)
    show_listing(app, "list", result, form)


@click.command("overdue")
@filter_options
@sort_options
@as_of_option
@format_option
@click.option("--exit-code", is_flag=True, help="End with exit code 1 if anything is overdue.")
@store_option
@click.pass_context
def overdue_command(
    ctx: click.Context,
    chosen: Filter,
    page: Page,
    as_of: date | None,
    form: str | None,
    exit_code: bool,
) -> None:
    """List what is still owed after its last day.

    A milestone due on the 30th is overdue from the 31st, never on the 30th itself.
    """
    app = ctx.ensure_object(App)
    result = report.overdue(app.store.select, chosen, page, as_of or app.today)
    show_listing(app, "overdue", result, form)
    if exit_code and result.total:
        ctx.exit(1)


@click.command("upcoming")
@click.option(
    "--within",
    type=WITHIN,
    default="30d",
    show_default=True,
    metavar="TIME",
    help="How far ahead, such as 30d, 2w or 3m.",
)
@filter_options
@sort_options
@as_of_option
@format_option
@store_option
@click.pass_obj
def upcoming_command(
    app: App, chosen: Filter, page: Page, as_of: date | None, form: str | None, within: date
) -> None:
    """List what is owed and due soon, today included."""
    result = report.upcoming(app.store.select, chosen, page, as_of or app.today, within)
    show_listing(app, "upcoming", result, form)


@click.command("timeline")
@filter_options
@sort_options
@as_of_option
@click.option("--by-owner", is_flag=True, help="Group by responsible body.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Draw with plain ASCII characters.")
@format_option
@store_option
@click.pass_obj
def timeline_command(
    app: App,
    chosen: Filter,
    page: Page,
    as_of: date | None,
    by_owner: bool,
    ascii_only: bool,
    form: str | None,
) -> None:
    """Draw the milestones against time, fitted to the width of the terminal."""
    result = report.everything(app.store.select, chosen, page, as_of or app.today)
    if form not in (None, "table") or not result.milestones:
        show_listing(app, "timeline", result, form or "table")
        return
    from tracker.cli.rich_text import drawn
    from tracker.render.timeline import timeline

    picture = timeline(
        result.milestones,
        result.as_of,
        app.width,
        lang=app.lang,
        group_by_owner=by_owner,
        ascii_only=ascii_only,
    )
    say(app, drawn(app, picture))
