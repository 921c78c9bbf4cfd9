"""`tracker copy`: a store moved to another place or engine."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec import structs

from tracker.cli.context import App
from tracker.cli.discovery import is_same
from tracker.cli.evidence_option import note_lost
from tracker.cli.options import format_option
from tracker.cli.printing import Printer
from tracker.message import Message, PluralMessage
from tracker.store import file_path, open_store
from tracker.store.copying import CopyResult, copy


@click.command("copy")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@format_option
@click.pass_obj
def copy_command(app: App, source: str, target: str, printer: Printer) -> None:
    """Copy a store to another place: a file, or a postgresql:// address.

    Everything comes along: ids, histories, evidence, what was removed, and what undo takes back. A
    TO that is there is brought forward, unless it has changes of its own. What was copied is read
    again and compared. FROM stays as it is; run it again at any time.
    """
    if _is_one_place(source, target):
        raise click.UsageError("FROM and TO are the same store; give two.")
    ours, theirs = open_store(source), open_store(target, gate=app.gate)
    copied = copy(ours, theirs, app.last_day)
    told = {"from": ours.url, "to": theirs.url}
    printer.result(told | structs.asdict(copied), _outcome(ours.url, theirs.url, copied))
    note_lost(app, copied.lost)


def _is_one_place(one: str, other: str) -> bool:
    try:
        return is_same(one, other) or Path(file_path(one)).samefile(file_path(other))
    except OSError:
        return False


def _outcome(source: str, target: str, copied: CopyResult) -> Message:
    there = PluralMessage("{n} milestone", "{n} milestones", copied.count)
    sentence = "{target} has all of {source} already: {milestones}, compared."
    if copied.added + copied.changed:
        sentence = (
            "{target} has all of {source} now: {milestones} ({added:,} new, {changed:,} changed), "
            "compared."
        )
    return Message(
        sentence,
        target=target,
        source=source,
        milestones=there,
        added=copied.added,
        changed=copied.changed,
    )
