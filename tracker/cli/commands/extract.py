"""`tracker extract`: commitments proposed from documents, and added when a person says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from tracker import actions
from tracker.cli.context import App
from tracker.cli.input_file import file_bytes
from tracker.cli.options import fiscal_year_option, format_option, store_option
from tracker.cli.param_types import DAY, PHRASE
from tracker.cli.printing import Printer, print_result
from tracker.errors import BadDate, BadValue, StoreMissing, TrackerError

if TYPE_CHECKING:
    from tracker.actions import Effect
    from tracker.extract import Document
    from tracker.extract.proposals import Proposal

_NUMBERS = re.compile(r"\d{1,9}(-\d{1,9})?(,\d{1,9}(-\d{1,9})?)*")
_ALL = "all"
Failure = tuple[str, TrackerError]


@click.command("extract")
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option(
    "--made-on", type=DAY, metavar="DATE", help="When it was said, if not on its own date."
)
@click.option("--horizon", is_flag=True, help="Also what has a horizon, or inherits its date.")
@click.option(
    "--add",
    is_flag=False,
    flag_value=_ALL,
    metavar="[NUMBERS]",
    help="Add them: all, or by number, such as 1,3-5.",
)
@click.option("--review", is_flag=True, help="Ask about one after the other; add what you accept.")
@click.option("--source-url", metavar="URL", help="Where the document can be read.")
@click.option("--by", metavar="NAME", help="Who adds them.")
@fiscal_year_option
@format_option
@store_option
@click.pass_context
def extract_command(
    ctx: click.Context,
    app: App,
    files: tuple[str, ...],
    made_on: date | None,
    horizon: bool,
    add: str | None,
    review: bool,
    source_url: str | None,
    by: str | None,
    fiscal_year_start: int,
    printer: Printer,
) -> None:
    """Propose the commitments that documents hold.

    Reads text, Markdown, HTML, PDF and Word; - for stdin. Nothing is written without --add or
    --review.
    """
    if add is not None and add != _ALL and not _NUMBERS.fullmatch(add):
        # `--add FILE` means all of them, and the word is a file.
        files, add = (add, *files), _ALL
    if not files:
        raise click.UsageError("Give the documents to read, or - for stdin.", ctx)
    documents, failures = _read(files)
    found, hidden = _propose(app, documents, (made_on, fiscal_year_start), horizon)
    asks = review and any(p.known is None for p in found)
    if documents and not printer.is_json and not asks:
        _show(app, found, hidden)
    chosen = _reviewed(app, found) if review else _chosen(found, add)
    effects: Sequence[Effect] = ()
    if chosen:
        items = [proposal.incoming(source_url) for proposal in chosen]
        effects = actions.accept(app.store, app.occasion(by=by), items).effects
    _conclude(app, (found, documents, failures), effects, printer)
    if failures:
        ctx.exit(failures[0][1].exit_code)


def _read(files: Sequence[str]) -> tuple[list[Document], list[Failure]]:
    """Read each document; one that cannot be read does not keep the others."""
    from tracker.extract import read_document

    documents, failures = [], []
    for name in dict.fromkeys(files):
        try:
            documents.append(read_document("stdin" if name == "-" else name, file_bytes(name)))
        except TrackerError as error:
            failures.append((name, error))
    return documents, failures


def _propose(
    app: App, documents: Sequence[Document], dating: tuple[date | None, int], horizon: bool
) -> tuple[list[Proposal], int]:
    """Return what is proposed, numbered as shown, and how many more `--horizon` would show."""
    from tracker.extract import Tier
    from tracker.extract.proposals import propose

    try:
        milestones = app.store.all()
    except StoreMissing:
        milestones = []
    made_on, start = dating
    everything = list(propose(documents, milestones, made_on=made_on, fiscal_year_start=start))
    shown = [p for p in everything if horizon or p.candidate.tier is Tier.EXPLICIT]
    numbered = [replace(p, number=number) for number, p in enumerate(shown, 1)]
    return numbered, len(everything) - len(shown)


def _chosen(found: Sequence[Proposal], add: str | None) -> list[Proposal]:
    """Return what --add names and is not there yet. Raises BadValue for a number that is none."""
    if add is None:
        return []
    numbers = {p.number for p in found} if add == _ALL else set(_numbers(add, len(found)))
    return [p for p in found if p.number in numbers and p.known is None]


def _numbers(add: str, last: int) -> list[int]:
    numbers: list[int] = []
    for part in add.split(","):
        first, _, end = part.partition("-")
        low, high = int(first), int(end or first)
        if not 1 <= low <= high <= last:
            proposed = f"1 to {last}" if last else "nothing"
            raise BadValue(
                "--add {part} names no proposal.",
                "Proposed is {proposed}.",
                part=part,
                proposed=proposed,
            )
        numbers += range(low, high + 1)
    return numbers


def _reviewed(app: App, found: Sequence[Proposal]) -> list[Proposal]:
    """Ask about each that is not there yet; title and due date can be put right before adding."""
    from tracker.render.proposals import proposal

    accepted: list[Proposal] = []
    for one in found:
        p = one
        while p.known is None:
            app.note("\n" + proposal(p, app.screen))
            answer = click.prompt(
                "Add it? y yes, n no, t title, d due date, q quit",
                type=click.Choice(["y", "n", "t", "d", "q"]),
                show_choices=False,
                err=True,
            )
            if answer == "q":
                return accepted
            if answer in ("y", "n"):
                accepted += [p] if answer == "y" else []
                break
            p = _put_right(p, answer)
    return accepted


def _put_right(p: Proposal, what: str) -> Proposal:
    candidate = p.candidate
    if what == "t":
        title = click.prompt("Title", default=candidate.title, err=True)
        return replace(p, candidate=replace(candidate, title=title))
    try:
        words = click.prompt("Due", default=str(candidate.due or ""), err=True)
        due = PHRASE.convert(words, None, click.get_current_context())
    except BadDate as error:
        click.echo(str(error), err=True)
        return p
    return replace(p, candidate=replace(candidate, due=due.date, precision=due.precision))


def _show(app: App, found: Sequence[Proposal], hidden: int) -> None:
    from tracker.render.proposals import proposals

    print_result(app, proposals(found, app.screen) or "Nothing is proposed.")
    if hidden:
        app.note(f"\n{hidden} more without a date of their own; --horizon shows them.")


def _conclude(
    app: App,
    run: tuple[Sequence[Proposal], Sequence[Document], Sequence[Failure]],
    effects: Sequence[Effect],
    printer: Printer,
) -> None:
    found, documents, failures = run
    if printer.is_json:
        from tracker.render import json
        from tracker.render.proposals import as_json, document_json

        told = {
            "documents": [document_json(document) for document in documents],
            "candidates": [as_json(p) for p in found],
            "added": [effect.after.id for effect in effects],
            "errors": [json.refusal(error, file=name) for name, error in failures],
        }
        printer.result(told, "")
    elif effects:
        from tracker.render import effect

        print_result(
            app, "\n" + "\n".join(effect.line("extract", one, app.lang) for one in effects)
        )
    elif any(p.known is None for p in found):
        app.note("\nNothing is written yet.\n--add takes all, --add 1,3 some, --review asks.")
    for _, error in failures:
        app.note(f"tracker: {error}")
