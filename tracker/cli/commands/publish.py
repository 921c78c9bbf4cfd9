"""`tracker publish`: the feeds and the page as files for any web server."""

from __future__ import annotations

import gc
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.addresses import known_address
from tracker.cli.commands.export_ics import note_size
from tracker.cli.context import App
from tracker.cli.options import format_option, store_option
from tracker.cli.param_types import FILE_PATH
from tracker.cli.printing import Printer
from tracker.cli.source_documents import original
from tracker.cli.struct_options import struct_options
from tracker.message import Message
from tracker.render.text import clean
from tracker.settings import FeedSettings

if TYPE_CHECKING:
    from tracker.subscribe.publication import PublishResult
    from tracker.subscribe.site import Site


@click.command("publish")
@click.argument("folder", metavar="DIR", type=FILE_PATH)
@click.option(
    "--base-url",
    metavar="URL",
    help="The address that readers use for DIR, such as https://promises.example.org.",
)
@click.option("--overwrite", is_flag=True, help="Replace files in DIR that something else made.")
@struct_options(FeedSettings, "profile")
@format_option
@store_option
def publish_command(
    app: App,
    folder: Path,
    base_url: str | None,
    overwrite: bool,
    printer: Printer,
    profile: FeedSettings,
) -> None:
    """Write feeds and pages into a folder that any web server can give out.

    Only files that changed are written, each whole, with a packed one (.gz) beside it. Run it again
    whenever the milestones change, and once a day. docs/publishing.md says how to serve the folder.
    """
    from tracker.subscribe.folder import Folder
    from tracker.subscribe.publication import publish

    site = _site(app, profile, base_url)
    with Folder(folder) as held:
        milestones = app.milestones(app.today)
        gc.freeze()  # they stay to the end: no need to look through them for what can go
        edition = site.edition(milestones, app.today, datetime.now(UTC))
        published = publish(held, edition.bundles(), edition.recipe, overwrite=overwrite)
    _show(folder, published, printer)
    sizes = {path: (folder / path).stat().st_size for path in edition.calendars()}
    advice = Message("Let readers with Google follow an owner's feed or a saved filter's.")
    note_size(app, sizes, advice)


def _site(app: App, feeds: FeedSettings, base_url: str | None) -> Site:
    from msgspec.structs import replace

    from tracker.subscribe.site import Site

    address = known_address(app, base_url)
    if not address:
        app.say("tracker: Without --base-url the page offers no calendars to subscribe to.")
    settings, find = replace(app.settings, feeds=feeds), partial(original, app)
    return Site(settings, address, lang=app.lang, find=find)


def _show(folder: Path, published: PublishResult, printer: Printer) -> None:
    name = clean(str(folder))
    counts = [
        Message("{number} written", number=len(published.written)),
        Message("{number} unchanged", number=published.total - len(published.written)),
    ]
    if published.withdrawn:
        counts.append(Message("{number} withdrawn", number=len(published.withdrawn)))
    told = Message("{folder}: {counts}.", folder=name, counts=tuple(counts))
    content = (
        {
            "folder": name,
            "written": published.written,
            "unchanged": published.unchanged,
            "withdrawn": published.withdrawn,
        }
        if printer.is_json
        else {}
    )
    printer.result(content, told)
