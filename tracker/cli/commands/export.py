"""`tracker export`: milestones for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker import report
from tracker.cli.commands.export_dataset import export_dataset
from tracker.cli.commands.export_ics import export_ics
from tracker.cli.commands.export_ledger import export_ledger
from tracker.cli.commands.export_pictures import export_html, export_svg
from tracker.cli.context import App
from tracker.cli.evidence_option import note_left
from tracker.cli.options import combined, query_options, store_option
from tracker.cli.output_file import deliver, output_option
from tracker.cli.plugins import EXPORTERS, PluginGroup, exported_bytes
from tracker.query import Query
from tracker.store.evidence import named_digests

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


class ExportGroup(PluginGroup):
    """A group with a command for each exporter of another package."""

    points = EXPORTERS

    def made(self, point: EntryPoint, about: str) -> click.Command:
        @click.command(point.name, help=about)
        @export_options
        def export_plugin(app: App, query: Query, output: Path | None) -> None:
            milestones = app.select(query).milestones
            content = exported_bytes(point, milestones, query.as_of)
            deliver(app, content, output, len(milestones))

        return export_plugin


@click.group("export", cls=ExportGroup)
def export_command() -> None:
    """Write milestones for other programs and documents."""


export_options = combined(output_option, query_options, store_option)


@export_command.command("json")
@export_options
def export_json(app: App, query: Query, output: Path | None) -> None:
    """Every field and the whole history, as `import json` takes it back."""
    from tracker.exchange import json

    milestones = app.select(query).milestones
    deliver(app, (json.dumps(milestones) + "\n").encode(), output, len(milestones))
    note_left(app, len(named_digests(milestones)))


@export_command.command("csv")
@export_options
def export_csv(app: App, query: Query, output: Path | None) -> None:
    """Every field in a column, as `import csv` takes it back; opens in a spreadsheet."""
    from tracker.exchange import csv

    milestones = app.select(query).milestones
    # The mark in front tells a spreadsheet that this is UTF-8.
    deliver(app, ("\ufeff" + csv.dumps(milestones) + "\r\n").encode(), output, len(milestones))


@export_command.command("md")
@export_options
def export_md(app: App, query: Query, output: Path | None) -> None:
    """A Markdown table of what `list` shows."""
    from tracker.render import rows

    result = report.everything(app.select, query)
    text = rows.markdown(result, app.lang) + "\n"
    deliver(app, text.encode(), output, len(result.milestones))


export_command.add_command(export_ics)
export_command.add_command(export_svg)
export_command.add_command(export_html)
export_command.add_command(export_ledger)
export_command.add_command(export_dataset)
