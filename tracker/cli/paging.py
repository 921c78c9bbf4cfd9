"""What is longer than the screen, shown by a pager as git does it: and nothing else."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys

from tracker.cli.context import App

_NOT_THERE = (126, 127)
"""Exit codes of a shell that cannot start a command."""


def through_pager(app: App, text: str) -> bool:
    """Show the text by the pager there is; False, with nothing shown, if there is none."""
    command = _command(app)
    if not command or command == "cat":
        return False
    settled = {"LESS": "FRX", "LV": "-c"} | os.environ
    pager = subprocess.Popen(command, shell=True, stdin=subprocess.PIPE, env=settled)  # noqa: S602  # as git and man start the user's own words
    # Ctrl-C is the pager's while it shows.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        # Whoever quits early has seen enough.
        pager.communicate(text.encode(sys.stdout.encoding, "replace"))
    except BrokenPipeError:
        pager.wait()
    finally:
        signal.signal(signal.SIGINT, before)
    return pager.returncode not in _NOT_THERE


def _command(app: App) -> str:
    """The pager that is wanted, in the order of git; "" for none."""
    for named in (os.environ.get("TRACKER_PAGER"), app.settings.pager, os.environ.get("PAGER")):
        if named is not None:
            return named.strip()
    # On a dumb terminal less asks first whether it may.
    return "less" if shutil.which("less") and os.environ.get("TERM") != "dumb" else ""
