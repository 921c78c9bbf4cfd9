"""The commands that go back through the changes, and forward again."""

from __future__ import annotations

import click

from tracker import actions
from tracker.cli.context import App
from tracker.cli.options import combined, format_option, store_option, unfollowed_option
from tracker.cli.printing import Printer

back_options = combined(
    click.option("--by", metavar="NAME", help="Who says so."),
    *(unfollowed_option, format_option, store_option),
)


@click.command("undo")
@click.argument("change", required=False)
@back_options
def undo_command(app: App, change: str | None, by: str | None, printer: Printer) -> None:
    """Reverse the last recorded change, whoever made it; again for the one before.

    With CHANGE, the name that `tracker log` gives each, that one, if nothing builds on it.
    """
    printer.effects(actions.undo(app.store, app.occasion(by=by), change))


@click.command("redo")
@back_options
def redo_command(app: App, by: str | None, printer: Printer) -> None:
    """Reverse the last undo, if nothing was changed since."""
    printer.effects(actions.redo(app.store, app.occasion(by=by)))
