"""`tracker docs`: the documentation, as it came with the program."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tracker.cli.context import App
from tracker.cli.options import lang_option
from tracker.cli.printing import print_result
from tracker.errors import TrackerError
from tracker.message import Message

_CHECKOUT = Path(__file__).parents[3]
SITES = (
    _CHECKOUT / "build" / "site" / "index.html",
    Path(sys.prefix) / "share" / "doc" / "milestone-tracker" / "site" / "index.html",
)
"""Where the site is that `make site` builds, and where a wheel puts it."""
PAGES = _CHECKOUT / "docs" / "index.md"


@click.command("docs")
@click.option("--print", "prints", is_flag=True, help="Print where they are instead.")
@lang_option
@click.pass_obj
def docs_command(app: App, prints: bool) -> None:
    """Open the documentation, which needs no network.

    Where it was not built, it says where the pages are.
    """
    found = next((place for place in (*SITES, PAGES) if place.is_file()), None)
    if found is None:
        raise TrackerError(
            "The documentation did not come with this program.",
            "It is the folder docs/ of the source; `tracker help` has every command.",
        )
    if prints or found == PAGES or click.launch(found.as_uri()):
        print_result(app, Message("The documentation is at {path}.", path=str(found)))
    else:
        app.say("Opened: {address}", address=str(found))
