"""A result written to a file: the whole of it, or the old file stays."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import click

from tracker.cli.context import App
from tracker.cli.param_types import FILE_PATH
from tracker.cli.printing import print_raw, print_result
from tracker.errors import OutputFailed, why
from tracker.render.text import clean

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
    shown = clean(str(output))
    print_result(
        app, f"{shown}: {count} milestone{'' if count == 1 else 's'}, {len(content):,} bytes."
    )


ELSEWHERE = "Give another place with -o."
"""What to do where the result of a command cannot go."""


def write_file(path: Path, content: bytes, hint: str, mode: int | None = None) -> None:
    """Write it in place of the file, with its mode unless told.

    Raises OutputFailed with why, and the hint, which says what the user may do then.
    """
    import tempfile  # what goes to a pipe needs none

    target = path.resolve()
    draft = None
    try:
        if target.exists() and not target.is_file():
            # A device or a pipe is written to, not replaced: /dev/null has to stay what it is.
            target.write_bytes(content)
            return
        if mode is None:
            mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
        descriptor, draft = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(descriptor, "wb") as file:
            if os.name == "posix":
                os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(target)
    except OSError as error:
        if draft is not None:
            with suppress(OSError):
                Path(draft).unlink()
        raise OutputFailed(
            "{path} cannot be written: {reason}.",
            hint,
            path=path,
            reason=why(error),
        ) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
