"""`tracker head`: one digest for all that a store has recorded, and whether it holds another's."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.context import App
from tracker.cli.options import effect_format_option, store_option
from tracker.cli.printing import say
from tracker.errors import CheckFailed, TrackerError
from tracker.message import Message
from tracker.model import EMPTY, SHORT, Milestone, heads, record_head
from tracker.render.text import clean
from tracker.store import open_store


@click.command("head")
@effect_format_option
@store_option
@click.pass_obj
def head_command(app: App, form: str | None) -> None:
    """Show the head of the record: one digest over every entry of every milestone.

    Publish it, or sign it: `tracker check --head` later tells whether what it stands for is still
    in the record, unaltered (docs/history.md).
    """
    milestones = app.store.all()
    head, entries = record_head(milestones), sum(len(m.history) for m in milestones)
    if form == "json":
        from tracker.render import json

        counts = {"milestones": len(milestones), "entries": entries}
        say(app, json.dumps("head", {"store": app.store.url, "head": head, **counts}))
    else:
        say(app, head)


def check_head(app: App, milestones: list[Milestone], known: str, form: str | None) -> None:
    """Say whether a record with this head, or that of this file, is contained in the store's.

    Raises CheckFailed if it is not, naming the first entry that differs where a file tells it.
    """
    if Path(known).expanduser().is_file():
        what = Message("the record of {file}", file=known)
        differs = _first_missing(milestones, open_store(known).all())
        advice = "An entry was altered or taken out since; `tracker log` shows what is there now."
    else:
        what = Message("a record with the head {head}…", head=known[:SHORT])
        had = _had(milestones, known)
        differs = None if had else Message("none of its entries led to that head")
        advice = "Give the file that the head was taken from in place of it, to see what differs."
    if differs:
        raise CheckFailed(
            "{store} does not contain {what}: {differs}.",
            advice,
            store=app.store.url,
            what=what,
            differs=differs,
        )
    if form == "json":
        from tracker.render import json

        say(app, json.dumps("check", {"store": app.store.url, "contained": True}))
    else:
        store = app.store.url
        say(app, clean(Message("{store} contains {what}, unaltered.", store=store, what=what)))


def _had(milestones: list[Milestone], head: str) -> bool:
    if len(head) < SHORT or set(head.lower()) - set("0123456789abcdef"):
        raise TrackerError(
            "{head!r} is neither a head nor a file.",
            "Give what `tracker head` printed, or an earlier copy of the store.",
            head=head[:80],
        )
    entries = (change for m in milestones for change in m.history)
    return any(one.startswith(head.lower()) for one in (EMPTY, *heads(EMPTY, entries)))


def _first_missing(ours: list[Milestone], theirs: list[Milestone]) -> Message | None:
    """The first entry of theirs that ours has not, in the order in which they were recorded."""
    here = {change.digest for m in ours for change in m.history}
    entries = sorted(((c, m) for m in theirs for c in m.history), key=lambda entry: entry[0].at)
    for change, m in entries:
        if change.digest not in here:
            return Message(
                "the entry {name} ({verb} of {on}) of milestone {id} ({title}) is not in it",
                name=change.digest[:SHORT],
                verb=change.verb,
                on=change.on,
                id=m.id,
                title=m.title,
            )
    return None
