"""What an export writes: on stdout, or in a file of which the whole is there or the old one."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.context import App
from tracker.cli.param_types import FILE_PATH
from tracker.cli.printing import print_raw, print_result
from tracker.errors import OutputFailed, system_reason
from tracker.message import Message, PluralMessage
from tracker.store.whole_file import write_file

output_option = click.option(
    "-o",
    "--output",
    type=FILE_PATH,
    metavar="FILE",
    help="Write there, whole or not at all, instead of on stdout.",
)


def deliver(app: App, content: bytes, output: Path | None, count: int) -> None:
    """Put an export of `count` milestones on stdout, or in a file and say so."""
    if output is None:
        print_raw(content)
        return
    write_file(output, content, ELSEWHERE)
    told = PluralMessage(
        "{file}: {n} milestone, {size:,} bytes.",
        "{file}: {n} milestones, {size:,} bytes.",
        count,
        file=str(output),
        size=len(content),
    )
    print_result(app, told)


def made_folder(folder: Path) -> Path:
    """The folder, made if it is not there. Raises OutputFailed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sentence = "{folder} cannot be made: {reason}."
        hint = "Give another folder."
        raise OutputFailed(sentence, hint, folder=folder, reason=system_reason(error)) from None
    return folder


ELSEWHERE = Message("Give another place with -o.")
"""What to do where the result of a command cannot go."""
