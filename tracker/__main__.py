"""`tracker` and `python -m tracker`: where an error becomes a sentence and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial, reduce
from itertools import pairwise, zip_longest
from typing import NoReturn

import click

from tracker.cli.app import COMPLETE, Commands, tracker
from tracker.cli.context import App
from tracker.errors import (
    CheckFailed,
    OutputFailed,
    ProgramFault,
    SyncConflict,
    TrackerError,
    system_reason,
)
from tracker.locale import Language, of_this_computer
from tracker.message import Message, sentences


def main() -> NoReturn:
    """Run the command line and exit: 0 fine, 1 refused or nothing done, 2 usage, else by error."""
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        encoding = _encoding(stream.encoding, sys.argv[1:])
        stream.reconfigure(encoding=encoding, errors="replace")  # type: ignore[union-attr]  # a real stream
    lang = _language_of(sys.argv[1:])
    try:
        sys.exit(_group(lang).main(prog_name="tracker", standalone_mode=False) or 0)
    except (CheckFailed, SyncConflict) as error:
        # The result, in JSON too, names the faults or the conflicts already.
        _tell(lang, error.message, error.hint)
        sys.exit(error.exit_code)
    except TrackerError as error:
        _refuse(lang, error.code, error.message, error.hint, error.exit_code)
    except click.UsageError as error:
        from tracker.cli.usage_errors import usage_message

        _refuse(lang, "usage", *usage_message(error, sys.argv[1:], tracker), error.exit_code)
    except click.ClickException as error:
        _refuse(lang, "refused", error.format_message(), "", error.exit_code)
    except OSError as error:
        from tracker.cli.printing import discard_stdout

        discard_stdout()
        sentence = Message("The system refuses: {reason}.", reason=system_reason(error))
        _refuse(lang, OutputFailed.code, sentence, "", OutputFailed.exit_code)
    except (click.Abort, KeyboardInterrupt):
        stopped = Message("Interrupted; nothing more was done.")
        _refuse(lang, "interrupted", stopped, "", 130)
    except Exception as error:
        # Python's own end would be a stack trace, with a code that `--exit-code` uses.
        if sys.flags.dev_mode:
            raise
        fault = ProgramFault(error)
        _refuse(lang, fault.code, fault.message, fault.hint, fault.exit_code)


def _language_of(words: Sequence[str]) -> Language:
    """The language for what is said of a command line, before it is understood or if it is not."""
    app = App()
    named = dict.fromkeys(("--file", "--lang"), "")
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        option, is_joined, value = word.partition("=")
        if option in named:
            named[option] = value if is_joined else following
    try:
        app.use([named["--file"]] if named["--file"] else [])
        app.speak(named["--lang"])
        return app.lang
    except (TrackerError, click.UsageError):
        return of_this_computer()


def _encoding(own: str, words: list[str]) -> str:
    """UTF-8, or what the terminal says it has (GB18030) for what people read."""
    machine = {"json", "csv"} & {word.removeprefix("--format=") for word in words}
    return "utf-8" if machine or own.lower() in ("ascii", "us-ascii", "ansi_x3.4-1968") else own


def _group(lang: Language) -> click.Command:
    """The commands, with help and click's own words in this language, or as a shell asks."""
    steps: list[Callable[[click.Command], click.Command]] = []
    if lang.tag != "en":
        _lend_to_click(lang)
        if COMPLETE in os.environ or {"-h", "--help", "help"} & {*sys.argv}:
            from tracker.cli.help import translated as told
        else:
            from tracker.cli.placeholders import own_copy as told
        steps.append(partial(told, lang=lang))
    if COMPLETE in os.environ:
        from tracker.cli.completing import completing
        from tracker.cli.shells import register

        register()
        steps.append(completing)

    def prepared(command: click.Command) -> click.Command:
        return reduce(lambda done, step: step(done), steps, command)

    group = prepared(tracker)
    if isinstance(group, Commands):
        group.lang, group.prepare = lang, prepared
    return group


def _lend_to_click(lang: Language) -> None:
    """Let click, which asks gettext, say what it says itself in this language."""
    import gettext

    from tracker.locale.language import FOLDER, OF_CLICK

    gettext.bindtextdomain(OF_CLICK, FOLDER)
    gettext.textdomain(OF_CLICK)
    os.environ["LANGUAGE"] = lang.called[0]


def _open_what_is_closed() -> None:
    """Give `<&-`, `>&-` and `2>&-` a stream, or the next file opened would take its number.

    Nothing can be written to that of stdout, so that a result that is lost is not taken for given.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            if descriptor != number:
                os.dup2(descriptor, number)
            mode = "w" if number else "r"
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 -- a number, for as long as the process lives


def _refuse(lang: Language, code: str, message: str, hint: str, exit_code: int) -> NoReturn:
    if _wants_json(sys.argv[1:]):
        from tracker.cli.printing import print_raw
        from tracker.cli.screen import safe_sentence
        from tracker.render import json

        with suppress(OutputFailed):
            print_raw(
                json.error(code, safe_sentence(message), safe_sentence(hint), exit_code) + "\n"
            )
    _tell(lang, message, hint)
    sys.exit(exit_code)


def _tell(lang: Language, message: str, hint: str) -> None:
    """Say both sentences; what a program reads stays English."""
    from tracker.cli.screen import broken_for_stderr

    said = lang.text("tracker: {said}", said=sentences((message, hint)))
    click.echo(broken_for_stderr(said), err=True)


def _wants_json(arguments: list[str]) -> bool:
    # Read from the words themselves, since a usage error comes before they are parsed.
    return "--format=json" in arguments or ("--format", "json") in pairwise(arguments)


if __name__ == "__main__":
    main()
