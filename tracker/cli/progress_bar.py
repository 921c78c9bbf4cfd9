"""A bar on the terminal for what takes longer than a second."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

from tracker.cli.context import App
from tracker.message import LOOKING_ON, Message

if TYPE_CHECKING:
    from rich.progress import Progress

AFTER = 1.0
"""Seconds until it is shown, so that what is quick shows none."""


@contextmanager
def bars(app: App) -> Iterator[None]:
    """Meanwhile show a bar on stderr, if that is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    shown = _Bars(app)
    LOOKING_ON.append(shown.look)
    try:
        yield
    finally:
        LOOKING_ON.pop()
        shown.end()


class _Bars:
    """What is shown of the work of one command, one kind after the other."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._progress: Progress | None = None

    def look(self, items: Iterable[Any], what: Message, total: int) -> Iterator[Any]:
        begun, task = monotonic(), None
        for done, item in enumerate(items):
            if task is not None:
                self._drawn().update(task, completed=done)
            elif monotonic() - begun >= AFTER:
                task = self._drawn().add_task(
                    self._app.lang.text(what), total=total, completed=done
                )
            yield item
        if task is not None:
            self.end()

    def _drawn(self) -> Progress:
        if self._progress is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            console = Console(
                stderr=True,
                no_color=not self._app.colour,
                width=self._app.width,
                force_terminal=True,
            )
            what = TextColumn("{task.description}", markup=False)
            self._progress = Progress(
                *(what, BarColumn(), MofNCompleteColumn()),
                console=console,
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._progress.start()
        return self._progress

    def end(self) -> None:
        """Take the bar away; what comes next on the terminal finds a clean line."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None
