"""The one place where a command prints: a result, in the format asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from tracker.cli.context import App
from tracker.errors import OutputFailed, why
from tracker.report import Listing

if TYPE_CHECKING:
    from tracker.actions import Effect, TakenIn
    from tracker.locale import Language
    from tracker.render.table import Screen

MOST_TOLD = 200
"""Things that are told one by one; a file of the wrong kind has one in each line."""

Result = TypeVar("Result")
Shown = TypeVar("Shown", contravariant=True)  # noqa: PLC0105 -- a word, not a suffix


def show_listing(app: App, command: str, result: Listing, form: str | None) -> None:
    """Print a list: a table on a terminal, plain lines when piped, or as told."""
    match form or ("table" if app.on_terminal else "plain"):
        case "table":
            from tracker.render.table import Screen, listing

            text = listing(result, Screen(app.width, app.colour, app.lang))
        case "json":
            from tracker.render import json

            text = json.listing(command, result)
        case rows_format:
            from tracker.render import rows

            write = {"plain": rows.plain, "csv": rows.csv, "md": rows.markdown}[rows_format]
            text = write(result, app.lang)
    if text:
        say(app, text)


class View(Protocol[Shown]):
    """A module of `render.reports`: one kind of report in every format."""

    def table(self, result: Shown, screen: Screen, /) -> str: ...
    def plain(self, result: Shown, lang: Language, /) -> str: ...
    def csv(self, result: Shown, lang: Language, /) -> str: ...
    def markdown(self, result: Shown, lang: Language, /) -> str: ...
    def content(self, result: Shown, /) -> dict[str, Any]: ...


def show_report(
    app: App, command: str, view: View[Result], result: Result, form: str | None
) -> None:
    """Print a report: a table on a terminal, plain lines when piped, or as told."""
    match form or ("table" if app.on_terminal else "plain"):
        case "table":
            from tracker.render.table import Screen

            text = view.table(result, Screen(app.width, app.colour, app.lang))
        case "json":
            from tracker.render import json

            text = json.dumps(command, view.content(result))
        case "plain":
            text = view.plain(result, app.lang)
        case "csv":
            text = view.csv(result, app.lang)
        case _:
            text = view.markdown(result, app.lang)
    if text:
        say(app, text)


def show_effects(
    app: App,
    command: str,
    effects: Sequence[Effect],
    form: str | None,
    understood: str = "",
) -> None:
    """Print a line for each milestone that a verb changed, or the JSON envelope of them."""
    if form == "json":
        from tracker.render import json

        text = json.effects(command, effects, app.today)
    else:
        from tracker.render import effect

        text = "\n".join(effect.line(command, one, app.lang, understood) for one in effects)
    say(app, text)


def show_taken_in(
    app: App, command: str, taken: TakenIn, form: str | None, **beside: object
) -> None:
    """Print what taking in changed, and what it left since somebody removed it here."""
    from tracker.render import effect
    from tracker.render.text import clean

    if form == "json":
        from tracker.actions import removal
        from tracker.render import json

        named = [
            {"place": place, "id": m.id, "undo": removal(m).digest} for place, m in taken.removed
        ]
        say(app, json.effects(command, taken.effects, app.today, removed=named, **beside))
        return
    if taken.effects:
        show_effects(app, command, taken.effects, form)
    for place, m in taken.removed[:MOST_TOLD]:
        app.note(clean(f"tracker: {place}: {effect.stays_removed(m)}"))
    if len(taken.removed) > MOST_TOLD:
        app.note(f"tracker: and {len(taken.removed) - MOST_TOLD:,} more such.")


def counted(taken: TakenIn, items: int) -> str:
    """Say in a line what taking in did of so many."""
    added = sum(effect.before is None for effect in taken.effects)
    changed, gone = len(taken.effects) - added, len(taken.removed)
    there = items - len(taken.effects) - gone - len(taken.refused)
    stay = f", {gone:,} stay removed" if gone else ""
    return f"{added} added, {changed} changed, {there} as they were{stay}"


def say(app: App, text: str) -> None:
    """Print a result on stdout; it carries styles only if it was drawn for this screen."""
    put(text + "\n", color=app.colour)


def put(content: str | bytes, *, color: bool | None = None) -> None:
    """Write to stdout as it is. Raises OutputFailed; a reader that has had enough is no failure."""
    try:
        click.echo(content, nl=False, color=color)
    except OSError as error:
        drop_the_rest()
        if not isinstance(error, BrokenPipeError):
            raise OutputFailed(
                "The result cannot be written: {reason}.",
                "If anything was to change, it did: see `tracker log`.",
                reason=why(error),
            ) from None


def drop_the_rest() -> None:
    """Let what is left in the buffer of stdout fail no second time when the process ends."""
    import os
    import sys

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
