"""`tracker when`: what a due phrase means, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from tracker.cli.context import App
from tracker.cli.options import SignedLengthCommand, fiscal_year_option, format_option
from tracker.cli.param_types import DAY, due_typed
from tracker.cli.printing import Printer
from tracker.errors import BadDate

if TYPE_CHECKING:
    from tracker.due import Due


@click.command("when", cls=SignedLengthCommand)
@click.argument("words", nargs=-1, required=True, metavar="PHRASE...")
@click.option("--anchor", type=DAY, metavar="DATE", help="The day it is said (default: today).")
@fiscal_year_option
@format_option
@click.pass_obj
def when_command(
    app: App,
    words: tuple[str, ...],
    anchor: date | None,
    fiscal_year_start: int,
    printer: Printer,
) -> None:
    """Explain what a due phrase means.

    The words are read as one phrase, or else as a phrase each: tracker when end of June
    """
    said_on = anchor or app.today
    dues = _read(words, said_on, fiscal_year_start)
    from tracker.render import json
    from tracker.render.due import meaning

    text = "\n\n".join(meaning(due, said_on, app.lang) for due in dues)
    printer.result(json.dues(dues, said_on), text)


def _read(words: Sequence[str], anchor: date, fiscal_year_start: int) -> list[Due]:
    read = partial(due_typed, anchor=anchor, fiscal_year_start=fiscal_year_start)
    try:
        return [read(" ".join(words))]
    except BadDate as refusal:
        try:
            apart = [*map(read, words)]
        except BadDate:
            raise refusal from None
        return apart
