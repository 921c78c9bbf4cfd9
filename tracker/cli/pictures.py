"""`tracker export svg`: what a list shows, to look at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from tracker import report
from tracker.cli.context import App
from tracker.cli.params import (
    as_of_option,
    filter_options,
    lang_option,
    sort_options,
    store_option,
)
from tracker.cli.writing import deliver, output_option
from tracker.query import Filter, Page


@click.command("svg")
@output_option
@click.option("--by-owner", is_flag=True, help="Group by responsible body.")
@click.option("--title", help="The headline of the picture.")
@filter_options
@sort_options
@as_of_option
@lang_option
@store_option
@click.pass_obj
def export_svg(
    app: App,
    output: Path | None,
    by_owner: bool,
    title: str | None,
    chosen: Filter,
    page: Page,
    as_of: date | None,
) -> None:
    """The timeline as one SVG picture, for slides, documents and the web.

    Light or dark as its reader prefers; its words are Chinese with --lang zh, and else English.
    """
    from tracker.render.svg import Picture, document

    result = report.everything(app.store.select, chosen, page, as_of or app.today)
    picture = Picture(result.milestones, result.as_of, app.lang, by_owner)
    deliver(app, document(picture, title), output, len(result.milestones))
