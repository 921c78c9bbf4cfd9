"""`tracker timeline`: milestones drawn against time in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker import report
from tracker.cli.context import App
from tracker.cli.options import list_format_option, list_options, store_option
from tracker.cli.printing import Printer, print_result
from tracker.query import Query

if TYPE_CHECKING:
    from rich.console import RenderableType


@click.command("timeline")
@list_options
@click.option("--by-owner", is_flag=True, help="Group by responsible body.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Draw with plain ASCII characters.")
@click.option("--forecast", is_flag=True, help="Draw what to expect, as `tracker forecast` says.")
@list_format_option
@store_option
def timeline_command(
    app: App, query: Query, by_owner: bool, ascii_only: bool, forecast: bool, printer: Printer
) -> None:
    """Draw the milestones against time, fitted to the width of the terminal."""
    result = report.everything(app.select, query)
    printer.form = printer.form or "table"
    if printer.form != "table" or not result.milestones:
        printer.listing(result)
        return
    from tracker.cli.relations import waits
    from tracker.render.timeline import timeline
    from tracker.report.forecast import LEAST, experience

    owed = [m for m in result.milestones if forecast and m.is_open]
    known = experience(app.store.all() if owed else (), query.as_of)
    expected = {m.uid: known.of(m) for m in owed}
    picture = timeline(
        result.milestones,
        result.as_of,
        app.width,
        lang=app.lang,
        group_by_owner=by_owner,
        ascii_only=ascii_only,
        expected=expected,
        waits=waits(app, result.milestones, result.as_of),
    )
    print_result(app, _drawn(app, picture))
    if forecast and not any(e.likeness for e in expected.values()):
        nothing = "No forecast is drawn: fewer than {least} promises are like any of these."
        app.say(nothing, least=LEAST)


def _drawn(app: App, picture: RenderableType) -> str:
    """What rich composed as lines, with styles only where the screen takes them."""
    from io import StringIO

    from rich.console import Console

    out = StringIO()
    console = Console(
        file=out,
        width=app.width,
        force_terminal=app.colour,
        no_color=not app.colour,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(picture)
    return out.getvalue().rstrip("\n")
