"""`tracker import taskwarrior`, `todotxt`, `github`: other programs' lists come as ledgers do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from tracker.actions import ChangeContext
from tracker.cli.commands.import_sheet import planned_of, preview_and_import, preview_options
from tracker.cli.context import App
from tracker.cli.input_file import file_bytes
from tracker.cli.printing import Printer


def _command(tool: str, told: str) -> click.Command:
    """The command for what a program writes, which is read like any sheet."""

    def take_in(
        app: App,
        path: str,
        dry_run: bool,
        rejects: Path | None,
        occasion: ChangeContext,
        printer: Printer,
    ) -> None:
        from tracker.exchange.sheet import SheetRequest, read
        from tracker.exchange.sheet.task_programs import TOOLS

        asked = SheetRequest(app.today, keep=True)
        grid, headers = TOOLS[tool](file_bytes(path), path, app.zone)
        ledger = read(grid, headers, asked)
        planned = planned_of(ledger, app.store.all(), occasion)
        preview_and_import(app, path, (ledger, planned), occasion, (dry_run, rejects, printer))

    decorate: Callable[[Callable[..., None]], click.Command] = click.command(tool, help=told)
    return decorate(click.argument("path", metavar="FILE")(preview_options(take_in)))


IMPORTS = (
    _command(
        "taskwarrior",
        "Take in what `task export` wrote; - for stdin.\n\n"
        "Annotations become notes, and so do attributes of your own; projects become tags.",
    ),
    _command(
        "todotxt",
        "Take in a todo.txt file; - for stdin.\n\n"
        "due:2021-06-30 is its date, +projects and @contexts tags, other key:value words notes.",
    ),
    _command(
        "github",
        "Take in the milestones of a repository; - for stdin.\n\n"
        "As `gh api 'repos/OWNER/REPO/milestones?state=all'` writes them.",
    ),
)
