"""`tracker completion`: the script by which a shell completes what is typed after `tracker`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import click

from tracker.cli.context import App
from tracker.cli.output_file import ELSEWHERE, made_folder
from tracker.cli.printing import print_raw, print_result
from tracker.errors import BadValue
from tracker.message import Message, sentences
from tracker.store.whole_file import write_file


class Shell(NamedTuple):
    """Where its script goes, below the home folder, and what a user must do then, if anything."""

    path: str
    then: Message


SHELLS = {
    "bash": Shell(
        ".local/share/bash-completion/completions/tracker",
        Message("Open a new shell; it takes the package bash-completion."),
    ),
    "zsh": Shell(
        ".zfunc/_tracker",
        Message(
            "Put `fpath=(~/.zfunc $fpath); autoload -Uz compinit; compinit` into ~/.zshrc, if it "
            "is not there, and open a new shell."
        ),
    ),
    "fish": Shell(".config/fish/completions/tracker.fish", Message("Open a new shell.")),
    "powershell": Shell(
        ".config/powershell/tracker.ps1",
        Message(
            "Put `. ~/.config/powershell/tracker.ps1` into your $PROFILE, and open a new shell."
        ),
    ),
}


@click.command("completion")
@click.argument("install", required=False, type=click.Choice(["install"]), metavar="[install]")
@click.option("-s", "--shell", type=click.Choice(list(SHELLS)), help="Which (default: by SHELL).")
@click.pass_obj
def completion_command(app: App, install: str | None, shell: str | None) -> None:
    """Print the script that completes commands, options and values, or install it.

    Ids come with their titles; bodies, tags, statuses, filters and due phrases are offered too.
    """
    name = shell or Path(os.environ.get("SHELL", "")).name
    if name not in SHELLS:
        raise BadValue(
            "Which shell you use is not known.", "Name it: -s {shells}.", shells=tuple(SHELLS)
        )
    script = _script(name)
    if install is None:
        print_raw(script)
        return
    target = Path.home() / SHELLS[name].path
    made_folder(target.parent)
    write_file(target, script.encode(), ELSEWHERE)
    done = Message("{file} is there.", file=str(target))
    print_result(app, sentences((done, SHELLS[name].then)))


def _script(shell: str) -> str:
    from click.shell_completion import get_completion_class

    from tracker.cli.app import COMPLETE, tracker
    from tracker.cli.shells import register

    register()
    kind = get_completion_class(shell)
    if kind is None:
        raise TypeError(shell)
    made = kind(tracker, {}, "tracker", COMPLETE)
    return made.source_template % made.source_vars() + "\n"
