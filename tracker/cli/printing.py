"""The one place where a command prints: a result, in the format asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.context import App
from tracker.errors import OutputFailed, TrackerError, system_reason
from tracker.locale import Language
from tracker.message import Message
from tracker.render.text import clean
from tracker.report import Listing

if TYPE_CHECKING:
    from tracker.actions import Effect, Intake
    from tracker.locale import Language
    from tracker.render.reports import View
    from tracker.report.dependencies import Waits

MOST_STEPS = 100
"""Steps of a chain in the JSON of a list; that of one milestone has all."""

MOST_TOLD = 200
"""Things that are told one by one; a file of the wrong kind has one in each line."""


class Printer:
    """Prints what `command` has to say, in the format `form`, or as goes without saying."""

    def __init__(self, app: App, command: str, form: str | None) -> None:
        self._app = app
        self.command = command
        self.form = form

    @property
    def is_json(self) -> bool:
        return self.form == "json"

    @property
    def lang(self) -> Language:
        return self._app.lang

    def result(self, content: Mapping[str, Any], text: str | Callable[[], str]) -> None:
        """Print the content in its JSON envelope, or the text."""
        if self.is_json:
            from tracker.render import json

            print_result(self._app, json.dumps(self.command, content))
        else:
            print_result(self._app, text if isinstance(text, str) else text())

    def listing(self, result: Listing, waits: Waits | None = None) -> None:
        """Print a list: a table on a terminal, plain lines when piped, or as told.

        Whose wait is not given is looked up, and told if it is endangered.
        """
        match self.form or ("table" if self._app.on_terminal else "plain"):
            case "table":
                from tracker.render.table import listing

                text = "\n".join([listing(result, self._app.screen), *self._below(result, waits)])
            case "json":
                from tracker.render import json

                content = json.listing(result) | self._ties(result)
                text = json.dumps(self.command, content)
            case rows_format:
                from tracker.render import rows

                write = {"plain": rows.plain, "csv": rows.csv, "md": rows.markdown}[rows_format]
                text = write(result, self._app.lang)
        if text:
            print_result(self._app, text)

    def _below(self, result: Listing, waits: Waits | None) -> Iterator[str]:
        """Yield lines on who asks for more time, how far wholes are, and what waits for what."""
        screen = self._app.screen
        if any(change.step for m in result.milestones for change in m.history):
            from tracker.render.cycle import requests

            yield from requests(result.milestones, screen)
        from tracker.cli import relations

        if wholes := relations.wholes(self._app, result.milestones, result.as_of):
            from tracker.render.wholes import lines as whole_lines

            yield from whole_lines(list(wholes.values()), screen)
        found = (
            relations.waits(self._app, result.milestones, result.as_of) if waits is None else waits
        )
        if found:
            from tracker.render.waiting import endangered, lines

            yield from lines(endangered(found) if waits is None else list(found.values()), screen)

    def _ties(self, result: Listing) -> dict[str, Any]:
        from tracker.cli.relations import content

        return content(self._app, result.milestones, result.as_of, MOST_STEPS)

    def report(self, view: View[Any, Any], result: Any) -> None:
        """Print a report likewise."""
        match self.form or ("table" if self._app.on_terminal else "plain"):
            case "table":
                text = view.table(result, self._app.screen)
            case "json":
                return self.result(view.content(result), "")
            case rows_format:
                write = {"plain": view.plain, "csv": view.csv, "md": view.markdown}[rows_format]
                text = write(result, self._app.lang)
        if text:
            print_result(self._app, text)
        return None

    def effects(self, effects: Sequence[Effect], understood: str = "", /, **beside: object) -> None:
        """Print a line for each milestone that a verb changed, or the JSON envelope of them.

        `understood` is how a due phrase was taken, and `beside` what else the envelope holds.
        """
        if self.is_json:
            from tracker.render import json

            rows = json.single((effect.after for effect in effects), self._app.today)
            print_result(self._app, json.dumps(self.command, rows | beside))
        elif effects:
            from tracker.render import effect

            lines = (effect.line(self.command, e, self._app.lang, understood) for e in effects)
            print_result(self._app, _between_words(self._app, "\n".join(lines)))

    def taken_in(self, taken: Intake, **beside: object) -> None:
        """Print what taking in changed, and what it left since somebody removed it here."""
        from tracker.actions import removal
        from tracker.render import effect

        if self.is_json:
            removed = [
                {"place": place, "id": m.id, "undo": removal(m).digest}
                for place, m in taken.removed
            ]
            self.effects(taken.effects, removed=removed, **beside)
            return
        self.effects(taken.effects)
        for place, m in taken.removed[:MOST_TOLD]:
            stays = effect.stays_removed(m)
            self._app.note(Message("tracker: {place}: {said}", place=place, said=stays))
        if len(taken.removed) > MOST_TOLD:
            self._app.note(more_such(len(taken.removed) - MOST_TOLD))


def more_such(number: int) -> Message:
    """Say how many more there are that are not told one by one."""
    return Message("tracker: and {number:,} more such.", number=number)


def import_counts(taken: Intake, left_out: int = 0) -> Message:
    """Say in a line what taking in did."""
    added = sum(effect.before is None for effect in taken.effects)
    changed, gone = len(taken.effects) - added, len(taken.removed)
    told = [
        Message("{number} added", number=added),
        Message("{number} changed", number=changed),
        Message("{number} as they were", number=len(taken.same)),
    ]
    told += [Message("{number} stay removed", number=gone)] if gone else []
    told += [Message("{number} left out", number=left_out)] if left_out else []
    return Message("{counts}.", counts=tuple(told))


def refusals(failed: Iterable[tuple[str, TrackerError]], of: str) -> list[dict[str, object]]:
    """Refusals as parts of a JSON result, as harmless as one that is all that is said."""
    from tracker.cli.screen import safe_sentence
    from tracker.render import json

    told = (json.refusal(error, **{of: name}) for name, error in failed)
    return [
        {key: safe_sentence(said) if isinstance(said, str) else said for key, said in one.items()}
        for one in told
    ]


def print_result(app: App, text: str) -> None:
    """Print a result on stdout; it carries styles only if it was drawn for this screen.

    A message is said in the reader's language and made safe for a terminal.
    """
    if isinstance(text, Message):
        text = _between_words(app, clean(app.lang.text(text)))
    if app.pages and app.on_terminal and text.count("\n") >= app.height - 1:
        from tracker.cli.paging import through_pager

        if through_pager(app, text + "\n"):
            return
    print_raw(text + "\n", color=app.colour)


def _between_words(app: App, text: str) -> str:
    """Sentences in lines, where a terminal would break them within their words."""
    if not app.on_terminal:
        return text
    from tracker.render.wrapping import wrapped

    lines = (wrapped("", line, app.width) if line else [""] for line in text.split("\n"))
    return "\n".join(chain.from_iterable(lines))


def print_raw(content: str | bytes, *, color: bool | None = None) -> None:
    """Write to stdout as it is. Raises OutputFailed; a reader that has had enough is no failure."""
    try:
        click.echo(content, nl=False, color=color)
    except OSError as error:
        discard_stdout()
        if not isinstance(error, BrokenPipeError):
            raise OutputFailed(
                "The result cannot be written: {reason}.",
                "If anything was to change, it did: see `tracker log`.",
                reason=system_reason(error),
            ) from None


def discard_stdout() -> None:
    """Let what is left in the buffer of stdout fail no second time when the process ends."""
    import os
    import sys

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
