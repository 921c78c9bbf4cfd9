"""The commands that make a store and look after it."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.context import App
from tracker.cli.discovery import store_above
from tracker.cli.options import format_option, store_option
from tracker.cli.param_types import FILE_PATH
from tracker.cli.printing import Printer
from tracker.errors import CheckFailed
from tracker.message import Message, PluralMessage
from tracker.render.text import clean
from tracker.store import file_path, open_store

if TYPE_CHECKING:
    from tracker.coherence import Fault


@click.command("init")
@click.option(
    "--seed",
    multiple=True,
    metavar="NAME",
    help="Begin with known commitments: shandong-2020, shandong-2021, shandong-2025; repeat.",
)
@format_option
@store_option
def init_command(app: App, seed: tuple[str, ...], printer: Printer) -> None:
    """Make a store, empty or with known commitments.

    It is milestones.json in this folder, or what --file or TRACKER_FILE name.
    """
    from tracker import seed as seeds
    from tracker.coherence import refuse_future

    milestones: list[Any] = []
    for name in dict.fromkeys(seed):
        milestones += seeds.load(name, len(milestones) + 1)
    refuse_future(milestones, app.last_day)
    store = open_store(app.new_url, gate=app.gate)
    store.create(milestones)
    text = Message("{store} made, with no milestones yet.", store=store.url)
    if milestones:
        text = PluralMessage(
            "{store} made, with {n} milestone.",
            "{store} made, with {n} milestones.",
            len(milestones),
            store=store.url,
        )
    printer.result({"store": store.url, "count": len(milestones)}, text)
    if printer.is_json:
        return
    first = "Begin with `tracker add TITLE --due WHEN`."
    app.say("Next: `tracker overdue`." if milestones else first)
    above = None if app.is_named else store_above(app.new_url)
    if above is not None:
        app.say(
            "Until now commands here used the store {above}, and from here downward they use "
            "this one. To use that one: `tracker --file {quoted} list`, or delete this one.",
            above=above,
            quoted=shlex.quote(above),
        )
    _offer_to_ignore(app, store.url)


def _offer_to_ignore(app: App, url: str) -> None:
    """Say how git leaves alone what lies beside a store in a work tree."""
    path = Path(file_path(url)).absolute()
    if "://" in url or not any((folder / ".git").exists() for folder in path.parents):
        return
    line = shlex.quote(f".{path.name}.*")
    ignore = shlex.quote(str(path.with_name(".gitignore")))
    app.say(
        "In git, what lies hidden beside it is for this computer alone; to leave it out: "
        "`echo {line} >> {file}`",
        line=line,
        file=ignore,
    )


@click.command("check")
@click.option(
    "--sources",
    type=FILE_PATH,
    metavar="FOLDER",
    help="Hold the quotes against the documents in it instead.",
)
@click.option(
    "--ics",
    metavar="FILE",
    help="Check a calendar feed, anybody's, for what programs show wrongly; - for stdin.",
)
@click.option(
    "--head",
    metavar="DIGEST",
    help="Check that the record with this head, as printed, or of an earlier copy is in this.",
)
@format_option
@store_option
def check_command(
    app: App, sources: Path | None, ics: str | None, head: str | None, printer: Printer
) -> None:
    """Check that the store is sound, or the sources, or a calendar feed.

    Ends with an exit code above 2 and a line for each fault. A store that everybody on the machine
    may write is told on stderr, and is no fault of its milestones.
    """
    if ics is not None:
        from tracker.cli.commands.check_feed import check_feed

        check_feed(ics, app.today, printer)
        return
    from tracker.coherence import faults, future_faults
    from tracker.evidence.pieces import EvidenceHoldings

    milestones = app.store.all()
    if sources is not None:
        from tracker.cli.commands.check_sources import check_sources

        check_sources(app, milestones, sources, printer)
        return
    from tracker.cli.commands.head import attested_json, check_head, note_attested

    if head is not None:
        check_head(app, milestones, head, printer)
        return
    later = future_faults(milestones, app.last_day)
    kept = EvidenceHoldings(app.store).faults()
    found = [*faults(milestones), *later, *kept, *app.store.faults()]
    count = len(milestones)
    told = {"store": app.store.url, "count": count, "faults": found, "open_to_all": _exposed(app)}
    # A link is whatever the file says.
    lines = [clean(app.lang.text(_fault_line(fault))) for fault in found]
    sound = PluralMessage(
        "{store} is sound: {n} milestone.",
        "{store} is sound: {n} milestones.",
        count,
        store=app.store.url,
    )
    attested = {"attested": attested_json(milestones)}
    printer.result(told | attested, "\n".join(lines) or sound)
    if not found and not printer.is_json:
        note_attested(app, milestones)
    if found:
        counted = PluralMessage(
            "{store} has {n} fault.", "{store} has {n} faults.", len(found), store=app.store.url
        )
        raise CheckFailed(counted, "Each is named above.")


def _fault_line(fault: Fault) -> Message:
    sentence = "milestone {id} {what}. {advice}" if fault.id else "the store {what}. {advice}"
    return Message(sentence, id=fault.id, what=fault.what, advice=fault.advice)


def _exposed(app: App) -> list[str]:
    """Say on stderr what everybody on this machine may write, and return it."""
    from tracker.store.rights import open_to_all

    exposed = open_to_all(app.url)
    for path in exposed:
        app.say(
            "Everybody on this machine may write {path}, and so change or replace the store "
            "past its history. Take that right away: chmod o-w {quoted}",
            path=path,
            quoted=shlex.quote(path),
        )
    return exposed
