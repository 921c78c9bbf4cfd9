"""Questions on a terminal, in the reader's language, on stderr."""

from __future__ import annotations

import sys
from typing import Any

import click

from tracker.cli.context import App
from tracker.cli.screen import broken_for_stderr


def may_ask(app: App) -> bool:
    """Whether somebody is there to answer."""
    return app.on_terminal and sys.stdin.isatty()


def confirm(app: App, question: str, *, default: bool = False) -> bool:
    """Ask whether something is wanted."""
    colon = app.lang.colon
    return click.confirm(app.lang.text(question), default=default, prompt_suffix=colon, err=True)


def ask(app: App, question: str, **given: Any) -> Any:
    """Ask for words, or what click makes of them; Enter gives the default, which is not shown."""
    given = {"prompt_suffix": app.lang.colon, "err": True, "show_default": False, **given}
    lines = map(broken_for_stderr, app.lang.text(question).split("\n"))
    return click.prompt("\n".join(lines), **given)
