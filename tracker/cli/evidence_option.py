"""`--evidence`: what shows something, read or fetched before anything is changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from tracker.cli.context import App
from tracker.cli.options import combined, passes_value
from tracker.errors import BadValue
from tracker.message import PluralMessage

if TYPE_CHECKING:
    from tracker.evidence.taking import Proof


def now() -> datetime:
    return datetime.now(UTC)


def proof_of(app: App, said: str | None, *, fetch: bool) -> Proof:
    """Copy the file or, if told to, the page that was named; what is neither is kept as said."""
    from tracker.cli.addresses import recorded
    from tracker.evidence.taking import Proof, is_address, taken

    if said and (is_address(said) or said.startswith("//")):
        recorded(said)
    if fetch:
        return _fetched(app, said)
    if not said:
        return Proof(said)
    bounds = app.settings.evidence
    proof = taken(said, bounds, now)
    if proof is None and bounds.largest and not is_address(said):
        app.say("There is no file {name} here: the name is kept, and no copy.", name=said)
    return proof or Proof(said)


def _fetched(app: App, said: str | None) -> Proof:
    from tracker.evidence.fetching import fetched
    from tracker.evidence.taking import is_address

    if not said or not is_address(said):
        raise click.UsageError("--fetch goes with an address: --evidence https://… --fetch")
    if not app.settings.evidence.largest:
        raise BadValue(
            "No copies are kept, as the settings have it.",
            "Leave out --fetch, or set `largest` in [evidence].",
        )
    return fetched(said, app.settings.evidence, now)


fetch_option = click.option("--fetch", is_flag=True, help="Fetch the page, and keep it.")
evidence_option = combined(
    click.option(
        "--evidence",
        type=click.Path(),  # which offers files after TAB
        metavar="FILE|URL",
        help="A file showing it, of which a copy is kept, or an address.",
    ),
    fetch_option,
    passes_value(
        "proof",
        lambda app, given: proof_of(app, given.pop("evidence"), fetch=given.pop("fetch")),
    ),
)
"""What shows it; the command is given a `Proof`."""


def note_lost(app: App, count: int) -> None:
    """Say how many copies did not come along, if any did not."""
    if count:
        told = PluralMessage(
            "{n} copy of evidence that the record names did not come along: it is not where that "
            "comes from, or was altered. `tracker check` names it.",
            "{n} copies of evidence that the record names did not come along: they are not where "
            "that comes from, or were altered. `tracker check` names them.",
            count,
        )
        app.note(told)


def note_left(app: App, count: int) -> None:
    """Say how many copies stay behind, if any do."""
    if count:
        told = PluralMessage(
            "{n} copy of evidence stays here: an import looks for it in `evidence/` beside its "
            "file.",
            "{n} copies of evidence stay here: an import looks for them in `evidence/` beside its "
            "file.",
            count,
        )
        app.note(told)
