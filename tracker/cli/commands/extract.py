"""`tracker extract`: commitments proposed from documents, and added when a person says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from tracker import actions
from tracker.cli.context import App
from tracker.cli.evidence_option import now
from tracker.cli.input_file import file_bytes
from tracker.cli.options import fiscal_year_option, format_option, store_option
from tracker.cli.param_types import DAY, FILE_PATH
from tracker.cli.printing import Printer, print_result, refusals
from tracker.cli.reviewing import ask_days, reviewed
from tracker.errors import BadValue, StoreMissing, TrackerError
from tracker.message import Message, with_progress
from tracker.model import Exhibit

if TYPE_CHECKING:
    from tracker.actions import Effect
    from tracker.extract import Document
    from tracker.extract.proposals import Proposal

_NUMBERS = re.compile(r"\d{1,9}(-\d{1,9})?(,\d{1,9}(-\d{1,9})?)*")
_ALL = "all"
_BANDS = ("likely", "possible", "other")
Failure = tuple[str, TrackerError]


@click.command("extract")
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option(
    "--made-on", type=DAY, metavar="DATE", help="When it was said, if not on its own date."
)
@click.option(
    "--possible", "--horizon", is_flag=True, help="Also what may be one, and what has a horizon."
)
@click.option("--others", is_flag=True, help="Also all the other dates; any can be added.")
@click.option("--why", is_flag=True, help="With the words that speak for each and against it.")
@click.option(
    "--add",
    is_flag=False,
    flag_value=_ALL,
    metavar="[NUMBERS]",
    help="Add them: all that are shown, or by number, such as 1,3-5.",
)
@click.option("--review", is_flag=True, help="Ask about one after the other; add what you accept.")
@click.option(
    "--marks", type=FILE_PATH, metavar="FILE", help="Put what a review decides at the end of FILE."
)
@click.option(
    "--proposals",
    "given",
    metavar="JSON",
    help="Hold proposals from elsewhere against the documents, instead of looking for any.",
)
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
    possible: bool,
    others: bool,
    why: bool,
    add: str | None,
    review: bool,
    marks: Path | None,
    given: str | None,
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
    if marks and not review:
        raise click.UsageError("--marks keeps what --review decides; give both.", ctx)
    documents, contents, failures = _read(files)
    if made_on:
        documents = [_said_on(d, made_on) for d in documents]
    every, refused = _proposed(app, documents, given, fiscal_year_start)
    failures += refused
    bands = _BANDS[: 1 + (possible or others) + others]
    asks = review and any(p.known is None and p.candidate.band in bands for p in every)
    if asks and not marks:
        app.store.all()  # without a store all that is decided would be lost at its end
    if asks and made_on is None and documents != (asked := ask_days(app, documents)):
        documents = asked
        every, _ = _proposed(app, documents, given, fiscal_year_start)
    shown = [p for p in every if p.candidate.band in bands]
    if documents and not printer.is_json and not asks:
        _show(app, shown, every, why)
        _left_out(app, documents)
    chosen = reviewed(app, shown, every, marks) if review else _chosen(every, shown, add)
    effects: Sequence[Effect] = ()
    if chosen:
        kept = _kept(app, [p.document for p in chosen], contents)
        items = [p.incoming(source_url, kept.get(p.document.sha256)) for p in chosen]
        copies = [contents[digest] for digest in kept]
        effects = actions.accept(app.store, app.occasion(by=by), items, copies).effects
    _conclude(app, (shown, every, documents, failures), effects, printer, why)
    if failures:
        ctx.exit(failures[0][1].exit_code)


def _read(files: Sequence[str]) -> tuple[list[Document], dict[str, bytes], list[Failure]]:
    """Read each document, and its bytes by their SHA-256; one that cannot be read is left out."""
    from tracker.extract import read_document

    documents, contents, failures = [], {}, []
    for name in with_progress([*dict.fromkeys(files)], Message("Reading documents")):
        try:
            content = file_bytes(name)
            documents.append(read_document("stdin" if name == "-" else name, content))
            contents[documents[-1].sha256] = content
        except TrackerError as error:
            failures.append((name, error))
    return documents, contents, failures


def _kept(
    app: App, documents: Sequence[Document], contents: Mapping[str, bytes]
) -> dict[str, Exhibit]:
    """What is kept of documents, by their digests: nothing of one that is too large."""
    from tracker.evidence.taking import exhibit, too_large

    most, kept = app.settings.evidence.bytes, {}
    for digest, name in {d.sha256: d.name for d in documents}.items():
        if len(contents[digest]) <= most:
            kept[digest] = exhibit(contents[digest], name, name, now())
        elif most:
            sentence = "No copy of {name} is kept: {reason}."
            app.say(sentence, name=name, reason=too_large(most))
    return kept


def _said_on(document: Document, made_on: date) -> Document:
    return replace(document, made_on=made_on, made_on_basis="as given", made_on_sure=True)


def _proposed(
    app: App, documents: Sequence[Document], given: str | None, fiscal_year_start: int
) -> tuple[list[Proposal], list[Failure]]:
    """Return what the documents propose, or what somebody does that they bear out."""
    from tracker.extract.proposals import numbered, propose
    from tracker.extract.submitted import check, given_in

    try:
        milestones = app.store.all()
    except StoreMissing:
        milestones = []
    if given is None:
        looked_at = with_progress(documents, Message("Looking for promises"))
        return propose(looked_at, milestones, fiscal_year_start=fiscal_year_start), []
    theirs = given_in(given, file_bytes(given))
    held, refused = check(documents, theirs, fiscal_year_start=fiscal_year_start)
    return numbered(held, milestones), [(given, error) for error in refused]


def _chosen(
    every: Sequence[Proposal], shown: Sequence[Proposal], add: str | None
) -> list[Proposal]:
    """Return what --add names and is not there yet. Raises BadValue for a number that is none."""
    if add is None:
        return []
    numbers = {p.number for p in shown} if add == _ALL else set(_numbers(add, len(every)))
    return [p for p in every if p.number in numbers and p.known is None]


def _numbers(add: str, last: int) -> list[int]:
    numbers: list[int] = []
    for part in add.split(","):
        first, _, end = part.partition("-")
        low, high = int(first), int(end or first)
        if not 1 <= low <= high <= last:
            proposed = (
                Message("{first} to {last}", first=1, last=last) if last else Message("nothing")
            )
            raise BadValue(
                "--add {part} names no proposal.",
                "Proposed is {proposed}.",
                part=part,
                proposed=proposed,
            )
        numbers += range(low, high + 1)
    return numbers


def _show(app: App, shown: Sequence[Proposal], every: Sequence[Proposal], why: bool) -> None:
    from tracker.render.proposals import proposals

    print_result(app, proposals(shown, app.screen, why=why) or Message("Nothing is proposed."))
    left = Counter(str(p.candidate.band) for p in every if p not in shown)
    if left:
        app.note("")
    if left["possible"]:
        sentence = "Possible: {number} more; --possible shows them."
        app.say(sentence, number=left["possible"])
    if left["other"]:
        sentence = "Other dates: {number}; --others shows them, --add takes any by its number."
        app.say(sentence, number=left["other"])


def _left_out(app: App, documents: Sequence[Document]) -> None:
    """Say how many dates stand in sentences that are lists of dates."""
    from tracker.extract import MOST, crowded

    if dates := sum(crowded(document.text) for document in documents):
        sentence = (
            "In sentences of more than {most} dates stand {number}: nothing is proposed there."
        )
        app.say(sentence, number=dates, most=MOST)


def _conclude(
    app: App,
    run: tuple[Sequence[Proposal], Sequence[Proposal], Sequence[Document], Sequence[Failure]],
    effects: Sequence[Effect],
    printer: Printer,
    why: bool,
) -> None:
    found, every, documents, failures = run
    if printer.is_json:
        from tracker.render.proposals import as_json, document_json

        told = {
            "documents": [document_json(document) for document in documents],
            "candidates": [as_json(p, why=why) for p in found],
            "bands": {str(b): sum(p.candidate.band == b for p in every) for b in _BANDS},
            "added": [effect.after.id for effect in effects],
            "errors": refusals(failures, "file"),
        }
        printer.result(told, "")
    elif effects:
        from tracker.render import effect

        print_result(
            app, "\n" + "\n".join(effect.line("extract", one, app.lang) for one in effects)
        )
    elif any(p.known is None for p in found):
        app.note("")
        app.say("Nothing is written yet.")
        app.say("--add takes all, --add 1,3 some, --review asks.")
    for _, error in failures:
        app.say("tracker: {said}", said=error.in_full)
