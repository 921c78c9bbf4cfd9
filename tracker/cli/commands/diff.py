"""`tracker diff`: two states of a record, held against each other."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.context import App
from tracker.cli.options import file_option, format_option
from tracker.cli.printing import Printer
from tracker.errors import StoreMissing
from tracker.model import Milestone
from tracker.report.difference import difference
from tracker.store import open_store


@click.command("diff")
@click.argument("earlier", metavar="A")
@click.argument("later", metavar="B")
@click.option("--exit-code", is_flag=True, help="End with exit code 1 if anything differs.")
@format_option
@file_option
@click.pass_context
def diff_command(
    ctx: click.Context, earlier: str, later: str, exit_code: bool, printer: Printer
) -> None:
    """Say what is new, gone or changed in B, and whether anything in A was rewritten.

    Each is a store, or a folder that `tracker export dataset` made.
    """
    from tracker.render import difference as words

    found = difference(_state(earlier), _state(later))
    app = ctx.ensure_object(App)
    printer.result(words.content(found), lambda: words.text(found, app.screen))
    if exit_code and (found.new or found.gone or found.altered):
        ctx.exit(1)


def _state(place: str) -> list[Milestone]:
    """The milestones of a store or a release, those removed too where it has them."""
    if "://" in place or not Path(place).is_dir():
        return open_store(place).all()
    from tracker.exchange import dataset

    lines = Path(place) / dataset.LINES
    if not lines.is_file():
        raise StoreMissing(
            "{folder} holds no release: there is no {file} in it.",
            "`tracker export dataset DIR` makes one.",
            folder=place,
            file=dataset.LINES,
        )
    return dataset.milestones(lines.read_bytes(), str(lines))
