"""`tracker export`: milestones for other programs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from tracker import report
from tracker.cli.context import App
from tracker.cli.output import say
from tracker.cli.params import (
    as_of_option,
    filter_options,
    lang_option,
    sort_options,
    store_option,
    together,
)
from tracker.cli.writing import write_file
from tracker.query import Filter, Page
from tracker.report import Listing


@click.group("export")
def export_command() -> None:
    """Write milestones for other programs and documents."""


output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write there, whole or not at all, instead of on stdout.",
)

export_options = together(
    output_option,
    filter_options,
    sort_options,
    as_of_option,
    store_option,
    click.pass_obj,
)


def _result(app: App, chosen: Filter, page: Page, as_of: date | None) -> Listing:
    return report.everything(app.store.select, chosen, page, as_of or app.today)


def _deliver(app: App, content: bytes, output: Path | None, count: int) -> None:
    if output is None:
        click.echo(content, nl=False)
        return
    write_file(output, content)
    say(app, f"{output}: {count} milestone{'' if count == 1 else 's'}, {len(content):,} bytes.")


@export_command.command("json")
@export_options
def export_json(
    app: App, chosen: Filter, page: Page, as_of: date | None, output: Path | None
) -> None:
    """Every field and the whole history, as `import json` takes it back."""
    from tracker.exchange import json

    milestones = _result(app, chosen, page, as_of).milestones
    _deliver(app, (json.dumps(milestones) + "\n").encode(), output, len(milestones))


@export_command.command("csv")
@export_options
def export_csv(
    app: App, chosen: Filter, page: Page, as_of: date | None, output: Path | None
) -> None:
    """Every field in a column, as `import csv` takes it back; opens in a spreadsheet."""
    from tracker.exchange import csv

    milestones = _result(app, chosen, page, as_of).milestones
    # The mark in front tells a spreadsheet that this is UTF-8.
    _deliver(app, ("\ufeff" + csv.dumps(milestones) + "\r\n").encode(), output, len(milestones))


@export_command.command("md")
@export_options
def export_md(
    app: App, chosen: Filter, page: Page, as_of: date | None, output: Path | None
) -> None:
    """A Markdown table of what `list` shows."""
    from tracker.render import rows

    result = _result(app, chosen, page, as_of)
    text = rows.markdown(result, app.lang) + "\n"
    _deliver(app, text.encode(), output, len(result.milestones))


@export_command.command("ics")
@output_option
@filter_options
@as_of_option
@store_option
@click.pass_obj
def export_ics(app: App, chosen: Filter, as_of: date | None, output: Path | None) -> None:
    """An iCalendar file of all-day events, one for each due date."""
    from tracker.ics.write import Feed, feed

    day = as_of or app.today
    milestones = report.published(app.store.all(), chosen, day)
    _deliver(app, feed(milestones, Feed(as_of=day)), output, len(milestones))


@export_command.command("svg")
@click.option("--by-owner", is_flag=True, help="Group by responsible body.")
@click.option("--title", help="The headline of the picture.")
@lang_option
@export_options
def export_svg(
    app: App,
    chosen: Filter,
    page: Page,
    as_of: date | None,
    output: Path | None,
    by_owner: bool,
    title: str | None,
) -> None:
    """The timeline as one SVG picture, for slides, documents and the web.

    Light or dark as its reader prefers; its words are Chinese with --lang zh, and else English.
    """
    from tracker.render.svg import Picture, document

    result = _result(app, chosen, page, as_of)
    picture = Picture(result.milestones, result.as_of, app.lang, by_owner)
    _deliver(app, document(picture, title), output, len(result.milestones))
