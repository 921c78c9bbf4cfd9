"""What a shell offers after TAB: ids with titles, bodies, tags, statuses, phrases, names.

Click tells what is being typed; by the name of that parameter the values are found here. Nothing
that is not there is offered, and a store that cannot be read offers nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

import click
from click.shell_completion import BashComplete, CompletionItem, ShellComplete, add_completion_class

from tracker.cli.context import App
from tracker.cli.param_types import app_of
from tracker.errors import TrackerError
from tracker.model import SHORT, Milestone, Role, Standing, Status, Verdict
from tracker.render.text import clean, fit

C = TypeVar("C", bound=click.Command)
Offer = tuple[str, str]
"""A word that may be typed, and what stands beside it where a shell shows that."""

_TITLE = 60
"""Cells of a title beside an id."""
_MOST = 500
"""Words offered at most: a shell lists no more."""

PHRASES = (
    *("today", "tomorrow", "end of this week", "end of this month", "end of next month"),
    *("end of this quarter", "end of this year", "30 June", "+7d", "+2w", "+3m"),
    *("本周末", "本月底", "下月底", "本季度末", "年底前", "6月底前", "两周内"),
)


def completing(command: C) -> C:
    """Return the command, whose parameters offer what may be typed for them."""
    arguments = [param for param in command.params if isinstance(param, click.Argument)]
    for param in command.params:
        # After ids of any number comes what follows them: click cannot tell which is meant.
        asked = arguments if param.nargs < 0 and param in arguments else [param]
        offers = [_OFFERS[each.name] for each in asked if each.name in _OFFERS]
        if offers:
            # Click's own place for it is an argument of each option, of which there are fifty.
            setattr(param, "shell_complete", partial(_complete, offers))  # noqa: B010
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            completing(inner)
    return command


def _complete(
    offers: Sequence[Callable[[App], Iterable[Offer]]], ctx: click.Context, incomplete: str
) -> list[CompletionItem]:
    """What there is that begins so, or else has it in it."""
    wanted = incomplete.casefold()
    try:
        known = [offer for each in offers for offer in each(app_of(ctx))]
    except TrackerError:
        return []
    begin = [offer for offer in known if offer[0].casefold().startswith(wanted)]
    found = begin or [offer for offer in known if wanted in f"{offer[0]} {offer[1]}".casefold()]
    # Of ten thousand titles only those that are shown are made safe and short.
    return [CompletionItem(value, help=fit(clean(told), _TITLE)) for value, told in found[:_MOST]]


def _milestones(app: App) -> list[Milestone]:
    return [m for m in app.store.all() if m.removed_on is None]


def _ids(app: App) -> Iterator[Offer]:
    for m in _milestones(app):
        words = app.lang.translation(m.translations)
        yield str(m.id), (words.title if words else None) or m.title


def _evidence(app: App) -> Iterator[Offer]:
    """The ids of what has evidence, and the names of the copies that are kept."""
    shown = [m for m in app.store.all() if any(c.evidence or c.exhibit for c in m.history)]
    yield from ((str(m.id), m.title) for m in shown)
    yield from (
        (c.exhibit.sha256[:SHORT], c.exhibit.name) for m in shown for c in m.exhibits if c.exhibit
    )


def _bodies(app: App) -> Iterator[Offer]:
    found = _milestones(app)
    names = dict.fromkeys(m.owner for m in found if m.owner)
    names |= dict.fromkeys(name for m in found for name in m.supporting)
    yield from ((clean(name), "") for name in names)


def _tags(app: App) -> Iterator[Offer]:
    yield from (
        (clean(tag), "") for tag in dict.fromkeys(t for m in _milestones(app) for t in m.tags)
    )


def _documents(app: App) -> Iterator[Offer]:
    named = (m.source.document for m in _milestones(app) if m.source)
    yield from ((clean(document), "") for document in dict.fromkeys(named))


def _filters(app: App) -> Iterator[Offer]:
    yield from ((name, "") for name in app.settings.filters)


def _followed(app: App) -> Iterator[Offer]:
    yield from ((name, clean(one.title)) for name, one in app.followed.index().followed.items())


def _seeds(_: App) -> Iterator[Offer]:
    from tracker.seed import names

    yield from ((name, "") for name in names())


def _phrases(app: App) -> Iterator[Offer]:
    from tracker.due import parse

    for phrase in PHRASES:
        yield phrase, str(parse(phrase, app.today).date)


def _words(words: Iterable[str]) -> Callable[[App], Iterator[Offer]]:
    return lambda _: ((word, "") for word in words)


_STATUSES = _words([*Status, *(name for status in Status for name in status.called)])
_OFFERS: dict[str | None, Callable[[App], Iterable[Offer]]] = {
    "ids": _ids,
    "keys": _evidence,
    "parent": _ids,
    "depends_on": _ids,
    "duplicate_of": _ids,
    "superseded_by": _ids,
    "owner": _bodies,
    "supporting": _bodies,
    "tags": _tags,
    "untag": _tags,
    "source": _documents,
    "filter_name": _filters,
    "seed": _seeds,
    "from": _followed,
    "forget": _followed,
    "due": _phrases,
    "statuses": _STATUSES,
    "status": _STATUSES,
    "state": _STATUSES,
    "standings": _words([*Standing]),
    "verdict": _words([*Verdict]),
    "role": _words([*Role]),
}
"""By the names of parameters."""


class PowerShellComplete(ShellComplete):
    """PowerShell's `Register-ArgumentCompleter`, which click does not know."""

    name = "powershell"
    source_template = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $typed = $commandAst.ToString()
    $env:COMP_WORDS = $typed.Substring(0, [Math]::Min($cursorPosition, $typed.Length))
    $env:COMP_WORD = $wordToComplete
    $env:%(complete_var)s = "powershell_complete"
    %(prog_name)s | ForEach-Object {
        $value, $told = $_ -split "`t", 2
        if (-not $told) { $told = $value }
        $shown = if ($value -match "\\s") { "'" + $value.Replace("'", "''") + "'" } else { $value }
        $kind = "ParameterValue"
        [System.Management.Automation.CompletionResult]::new($shown, $value, $kind, $told)
    }
    Remove-Item Env:COMP_WORDS, Env:COMP_WORD, Env:%(complete_var)s
}
"""

    def get_completion_args(self) -> tuple[list[str], str]:
        import os

        from click.shell_completion import split_arg_string

        words = split_arg_string(os.environ["COMP_WORDS"])
        incomplete = os.environ["COMP_WORD"]
        done = words[1:-1] if incomplete and len(words) > 1 else words[1:]
        return done, incomplete.strip("'\"")

    def format_completion(self, item: CompletionItem) -> str:
        return f"{item.value}\t{item.help or ''}"


class QuotingBashComplete(BashComplete):
    """Bash's, whose words of several words are one."""

    def format_completion(self, item: CompletionItem) -> str:
        value = item.value if item.type != "plain" else _quoted(item.value)
        return f"{item.type},{value}"


def _quoted(word: str) -> str:
    """The word as bash takes it for one; Chinese needs no quotes."""
    if not set(word) & set(" \t'\"\\$`&|;<>()*?[]#~!{}"):
        return word
    return "'{}'".format(word.replace("'", "'\\''"))


def register() -> None:
    """Tell click of the shells that are completed otherwise than it does it."""
    add_completion_class(PowerShellComplete)
    add_completion_class(QuotingBashComplete)
