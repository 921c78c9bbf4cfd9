"""`tracker head`: one digest for all that a store has recorded, and whether it holds another's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path

import click

from tracker.cli.context import App
from tracker.cli.options import format_option, store_option
from tracker.cli.printing import Printer
from tracker.coherence import alterations
from tracker.errors import AmbiguousId, CheckFailed, TrackerError
from tracker.message import Message, PluralMessage
from tracker.model import SHORT, Milestone, State, attestations, crossed_states, record_head, states
from tracker.render.text import clean
from tracker.store import file_path, open_store

_DIGITS = re.compile(rf"(?<![0-9a-z])[0-9a-f]{{{SHORT},64}}(?![0-9a-z])")
"""A head, or its first digits, within the words that it was printed with."""


@click.command("head")
@format_option
@store_option
def head_command(app: App, printer: Printer) -> None:
    """Show the head of the record: one digest over every entry of every milestone.

    Publish it, or sign it: `tracker check --head` later tells whether what it stands for is still
    in the record, unaltered (docs/history.md).
    """
    milestones = app.store.all()
    head, entries = record_head(milestones), sum(len(m.history) for m in milestones)
    told = {"store": app.store.url, "head": head.digest, "recorded_on": head.on}
    counts = {"milestones": len(milestones), "entries": entries}
    attested = {"attested": attested_json(milestones)}
    printer.result(told | counts | attested, head.digest)
    if not printer.is_json:
        note_attested(app, milestones)


def attested_json(milestones: Sequence[Milestone]) -> list[dict[str, object]]:
    """Return what was attested as found, for a program."""
    return [
        {"since": one.since, "head": one.head, "entries": one.state and one.state.entries}
        for one in attestations(milestones)
    ]


def note_attested(app: App, milestones: Sequence[Milestone]) -> None:
    """Say on stderr what of the record got its digests only as it was found."""
    for one in attestations(milestones):
        since = one.since.astimezone(UTC).date()
        if one.state is None:
            said = Message(
                "A part of what is here had no digests, and is attested since {since}.", since=since
            )
        else:
            said = PluralMessage(
                "The first entry had no digest, and is attested since {since}, as it was found.",
                "The first {n} entries had no digests, and are attested since {since}, as they "
                "were found.",
                one.state.entries,
                since=since,
            )
        app.note(said)


def check_head(app: App, milestones: list[Milestone], known: str, printer: Printer) -> None:
    """Say whether a record with this head, or that of this file, is contained in the store's.

    Raises CheckFailed if it is not, naming the first milestone and entry that differ where that
    can be told.
    """
    if Path(file_path(known)).is_file():
        what, state = Message("the record of {file}", file=known), None
        differs = _first_missing(milestones, open_store(known).all())
        advice = "An entry was altered or taken out since; `tracker log` shows what is there now."
    else:
        digits = _digits(known)
        what = Message("a record with the head {head}…", head=digits[:SHORT])
        state = _had(milestones, digits)
        differs = None if state else Message("it never led to that head")
        advice = "Which entry differs only an earlier copy tells: give that in place of the head."
    if fault := next((fault for m in milestones for fault in alterations(m)), None):
        differs = Message("milestone {id} {fault}", id=fault.id, fault=fault.what)
        advice = fault.advice
    told = {"store": app.store.url, "what": what}
    if differs:
        raise CheckFailed(
            "{store} does not contain {what}: {differs}.", advice, differs=differs, **told
        )
    said = Message("{store} contains {what}, unaltered.", **told)
    if state is not None and state.last is not None:
        upto = PluralMessage(
            "{n} entry, the change {name} of {on}",
            "{n} entries, up to the change {name} of {on}",
            state.entries,
            name=state.last.digest[:SHORT],
            on=state.last.at.astimezone(UTC).date(),
        )
        said = Message("{store} contains {what}, unaltered: {upto}.", upto=upto, **told)
    counts = {"entries": state.entries} if state else {}
    printer.result({"store": app.store.url, "contained": True} | counts, clean(said))


def _digits(words: str) -> str:
    """The digits of a head in what was printed with it, such as “record of 30 November, 9f3c…”."""
    found = _DIGITS.findall(words.lower())
    if not found:
        raise TrackerError(
            "{words!r} is neither a head nor a file.",
            "Give what `tracker head` printed, {least} digits of it at the least, or an earlier "
            "copy of the store.",
            words=words[:80],
            least=SHORT,
        )
    return str(found[-1])


def _had(milestones: list[Milestone], digits: str) -> State | None:
    """The state whose head begins so, if there was one."""
    found = {s.head: s for s in states(milestones) if s.head.startswith(digits)}
    if not found:
        found = {s.head: s for s in crossed_states(milestones) if s.head.startswith(digits)}
    if len(found) > 1:
        raise AmbiguousId(
            "{n} heads begin with {digits}.", "Type more of it.", n=len(found), digits=digits
        )
    return next(iter(found.values()), None)


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
