"""`tracker export svg` and `tracker export html`: what a list shows, to look at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from tracker import report
from tracker.cli import relations
from tracker.cli.addresses import known_address, public_address
from tracker.cli.context import App
from tracker.cli.options import (
    lang_option,
    query_options,
    scope_options,
    store_option,
)
from tracker.cli.output_file import deliver, output_option
from tracker.model import record_head
from tracker.query import Query

if TYPE_CHECKING:
    from tracker.render.page import Subscription


@click.command("svg")
@output_option
@click.option("--by-owner", is_flag=True, help="Group by responsible body.")
@click.option("--title", help="The headline of the picture.")
@query_options
@lang_option
@store_option
def export_svg(
    app: App,
    output: Path | None,
    by_owner: bool,
    title: str | None,
    query: Query,
) -> None:
    """The timeline as one SVG picture, for slides, documents and the web.

    Light or dark as its reader prefers; its words are Chinese with --lang zh, and else English.
    """
    from tracker.render.svg import Picture, document

    result = report.everything(app.select, query)
    later = result.later if result.as_of >= app.today else 0
    waits = relations.waits(app, result.milestones, result.as_of)
    picture = Picture(result.milestones, result.as_of, app.lang, by_owner, later, waits)
    deliver(app, document(picture, title), output, len(result.milestones))


@click.command("html")
@output_option
@click.option("--title", help="The headline of the page.")
@click.option(
    "--feed-url",
    multiple=True,
    metavar="URL",
    help="A calendar that the page offers to subscribe to; the first is the main one.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=1000,
    show_default=True,
    metavar="N",
    help="At most this many, those that press most; the page says what it leaves out.",
)
@click.option("--forecast", is_flag=True, help="Say what to expect, as `tracker forecast` does.")
@scope_options
@lang_option
@store_option
def export_html(
    app: App,
    output: Path | None,
    title: str | None,
    feed_url: tuple[str, ...],
    limit: int,
    forecast: bool,
    query: Query,
) -> None:
    """One page with figures, timeline and table, which needs no network.

    The table sorts and filters where scripts run. The page prints, fits a phone, and is Chinese
    with --lang zh. docs/page.md says what is on it.
    """
    from tracker.render.page import Sheet, page

    result = report.everything(app.select, query)
    feeds = _subscriptions(app, feed_url)
    everything = app.store.all()
    record = record_head(everything)
    lang, day = app.lang, result.as_of
    sheet = Sheet(result.milestones, day, lang, title, feeds, most=limit, record=record)
    sheet = replace(
        sheet,
        waits=relations.waits(app, result.milestones, day),
        wholes=relations.wholes(app, result.milestones, day),
        succession=relations.succession(app, result.milestones, day),
    )
    if day >= app.today:
        sheet = replace(sheet, later=result.later)
    if forecast:
        from tracker.report.forecast import experience

        known = experience(everything, day)
        expected = {m.uid: known.of(m) for m in result.milestones if m.is_open}
        sheet = replace(sheet, expected=expected)
    deliver(app, page(sheet).encode(), output, min(limit, len(result.milestones)))


def _subscriptions(app: App, urls: tuple[str, ...]) -> tuple[Subscription, ...]:
    """The calendars named, or else the one that the settings say is published."""
    from tracker.render.page import Subscription

    base = known_address(app, None)
    known = tuple(map(public_address, urls)) or ((f"{base}/feed.ics",) if base else ())
    return tuple(Subscription(app.settings.feeds.name, url) for url in known)
