"""The commands that look at single milestones and their histories."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

import click
from click.core import ParameterSource
from msgspec.structs import replace

from tracker.actions import find_all
from tracker.cli import relations
from tracker.cli.context import App
from tracker.cli.input_file import file_bytes
from tracker.cli.options import as_of_option, format_option, no_pager_option, store_option
from tracker.cli.param_types import SINCE
from tracker.cli.printing import Printer, print_result
from tracker.cli.source_documents import place_of
from tracker.errors import TrackerError, UnknownMilestone
from tracker.message import Message
from tracker.model import LINKS, Milestone, linked


def _named(app: App, ids: tuple[str, ...], as_of: date | None) -> list[Milestone]:
    found = find_all(app.store, ids)
    if as_of is None:
        return found
    then = []
    for m in found:
        past = m.as_of(as_of)
        if past is None:
            raise UnknownMilestone(
                "There was no milestone {id} on {as_of}.",
                "It was made on {created_on}."
                if m.made_on
                else "It was entered on {created_on}; when it was promised is unknown.",
                id=m.id,
                as_of=as_of,
                created_on=m.created_on,
            )
        then.append(past)
    return then


@click.command("show")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--forecast", is_flag=True, help="Say what to expect, as `tracker forecast` does.")
@as_of_option
@format_option
@store_option
@click.pass_context
def show_command(
    ctx: click.Context,
    app: App,
    ids: tuple[str, ...],
    forecast: bool,
    as_of: date,
    printer: Printer,
) -> None:
    """Show all that is known of milestones: words, dates, people, source, history."""
    is_asked = ctx.get_parameter_source("as_of") is ParameterSource.COMMANDLINE
    found = _named(app, ids, as_of if is_asked else None)
    if printer.is_json:
        from tracker.render import cycle, json

        beside = {
            **relations.content(app, found, as_of),
            "cycle": list(cycle.as_json(found)),
        }
        printer.result(json.single(found, as_of) | beside, "")
        return
    from tracker.render import cycle, waiting, wholes
    from tracker.render.detail import detail

    linked = {uid for m in found for uid in _links(m)}
    names = {m.uid: str(m.id) for m in app.store.known(linked).values()} if linked else {}
    waits, parts = relations.waits(app, found, as_of), relations.wholes(app, found, as_of)
    succession, screen = relations.succession(app, found, as_of), app.screen
    expected = _expected(app, found, as_of) if forecast else {}

    def told(m: Milestone) -> Iterator[str]:
        yield detail(m, as_of, screen, names)
        yield from cycle.facts(m, as_of, screen)
        yield from wholes.successor_lines(succession.of(m), as_of, screen)
        yield from wholes.facts(parts[m.uid], screen) if m.uid in parts else ()
        yield from waiting.facts(waits[m.uid], screen) if m.uid in waits else ()
        yield from expected.get(m.uid, ())

    print_result(app, "\n\n".join("\n".join(told(m)) + _in_context(app, m) for m in found))


def _expected(app: App, milestones: list[Milestone], as_of: date) -> dict[str, list[str]]:
    """Return a few lines on each that is owed, by uid: what to expect of it."""
    from tracker.render.forecast import facts
    from tracker.report.forecast import experience

    known = experience(app.store.all(), as_of)
    return {m.uid: list(facts(known.of(m), app.screen)) for m in milestones if m.is_open}


def _in_context(app: App, m: Milestone) -> str:
    """Return the quote amid the lines around it, from the document if it is at hand as it was.

    Else from the copy that is kept; what became of the document is told.
    """
    source = m.source
    if source is None or source.file is None or source.phrase is None or app.is_followed:
        return ""  # nor are files here looked into by another's words
    from tracker.extract import read_document
    from tracker.render.context import context

    path = place_of(app, source)
    told = ""
    if path is not None:
        try:
            document = read_document(str(path), file_bytes(str(path)))
        except TrackerError as error:
            sentence = "{path} cannot be read any more: {reason}"
            told = f"\n    {app.lang.text(sentence, path=str(path), reason=error)}"
        else:
            told = f"\n{context(source, document, app.screen)}"
            if document.sha256 == source.sha256:
                return told
    kept = app.store.exhibit(source.sha256) if source.sha256 else None
    if kept is None:
        return told
    name = app.lang.text("the kept copy of {name}", name=source.file)
    copy = replace(read_document(source.file, kept), name=name)
    return f"{told}\n{context(source, copy, app.screen)}"


def _links(m: Milestone) -> Iterator[str]:
    return chain.from_iterable(linked(m, field) for field in LINKS)


@click.command("log")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=50,
    show_default=True,
    metavar="N",
    help="At most this many changes.",
)
@click.option("--since", type=SINCE, metavar="DATE", help="From that day on, included.")
@as_of_option
@no_pager_option
@format_option
@store_option
def log_command(
    app: App,
    ids: tuple[str, ...],
    limit: int,
    since: date | None,
    as_of: date,
    printer: Printer,
) -> None:
    """Show what was changed, the newest first.

    Of the milestones named, removed ones too, or of all. What was dated back stands under the day
    that it was written down, too: --since finds it by either.
    """
    from tracker.report import changes
    from tracker.report.since import is_since

    named = find_all(app.store, ids, removed=True)
    chosen = named or app.store.all()
    app.note_later(chosen, as_of)
    entries = changes(chosen, as_of)
    if since is not None:
        entries = [entry for entry in entries if is_since(entry.change, since)]
    if printer.is_json:
        from tracker.render import json

        printer.result(json.log(entries[:limit], len(entries)), "")
        return
    from tracker.render.changes import log_lines

    text = log_lines(entries[:limit], app.lang, app.width if app.on_terminal else None)
    none = Message("Nothing was changed yet.")
    if since is not None:
        none = Message("Nothing was changed from {start} to {end}.", start=since, end=as_of)
    print_result(app, text or app.lang.text(none))
    if len(entries) > limit:
        hidden = f"{len(entries) - limit:,}"
        app.note(app.lang.text("… and {number} earlier; --limit shows more.", number=hidden))
