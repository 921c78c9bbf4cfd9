"""What a shell offers after TAB: ids with titles, bodies, tags, statuses, phrases, names.

Click tells what is being typed; by the name of that parameter the values are found here. Nothing
that is not there is offered, and a store that cannot be read offers nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

import click
from click.shell_completion import CompletionItem

from tracker.cli.context import App
from tracker.cli.param_types import app_of
from tracker.errors import TrackerError
from tracker.model import SHORT, Milestone, Role, Standing, Status, Verdict
from tracker.query import Sort
from tracker.render.text import clean, fit

C = TypeVar("C", bound=click.Command)


class Suggestion(NamedTuple):
    """A word that may be typed, what a shell shows beside it, and what else leads to it."""

    word: str
    told: str = ""
    found_by: str = ""


Suggests = Callable[[App], Iterable[Suggestion]]

_TITLE = 60
"""Cells of a title beside an id."""
_MOST = 500
"""Words offered at most: a shell lists no more."""

PHRASES = (
    *("today", "tomorrow", "end of this week", "end of this month", "end of next month"),
    *("end of this quarter", "end of this year", "30 June", "+7d", "+2w", "+3m"),
    *("本周末", "本月底", "下月底", "本季度末", "年底前", "6月底前", "两周内"),
)
DAYS = ("today", "yesterday", "7 days ago", "昨天", "7天前")
SPANS = (
    *("last week", "last month", "last quarter", "last year", "this month", "this year"),
    *("上周", "上个月", "去年", "本月", "今年"),
)


def completing(command: C) -> C:
    """Return the command, whose parameters offer what may be typed for them."""
    arguments = [param for param in command.params if isinstance(param, click.Argument)]
    for param in command.params:
        # After ids of any number comes what follows them: click cannot tell which is meant.
        asked = arguments if param.nargs < 0 and param in arguments else [param]
        if any(map(is_path, asked)):
            setattr(param, "shell_complete", _path)  # noqa: B010
        elif offers := [found for each in asked if (found := offers_of(each))]:
            is_listed = _named(param) in _LISTED
            # Click's own place for it is an argument of each option, of which there are fifty.
            setattr(param, "shell_complete", partial(_complete, offers, is_listed))  # noqa: B010
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            completing(inner)
    return command


def _named(param: click.Parameter) -> str:
    """What it is called; the filters of verbs are called like those of lists."""
    return (param.name or "").removeprefix("of_")


def offers_of(param: click.Parameter) -> Suggests | None:
    """What may be typed for it, if that can be told."""
    return _OFFERS.get(_named(param))


def is_path(param: click.Parameter) -> bool:
    """Whether it takes the path of a file, which shells find by themselves."""
    return _named(param) in _PATHS


def _path(_: click.Context, incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(incomplete, type="file")]


def _complete(
    offers: Sequence[Suggests], is_listed: bool, ctx: click.Context, incomplete: str
) -> list[CompletionItem]:
    """What there is that begins so, or else has it in it; of a list, behind its last comma."""
    before, comma, last = incomplete.rpartition(",") if is_listed else ("", "", incomplete)
    wanted = last.casefold()
    try:
        known = [offer for each in offers for offer in each(app_of(ctx))]
    except TrackerError:
        return []
    begin = [offer for offer in known if offer.word.casefold().startswith(wanted)]
    found = begin or [offer for offer in known if wanted in " ".join(offer).casefold()]
    # Of ten thousand titles only those that are shown are made safe and short.
    return [
        CompletionItem(before + comma + word, help=fit(clean(told), _TITLE))
        for word, told, _ in found[:_MOST]
    ]


def _milestones(app: App) -> list[Milestone]:
    return [m for m in app.store.all() if m.removed_on is None]


def _ids(app: App) -> Iterator[Suggestion]:
    for m in _milestones(app):
        words = app.lang.translation(m.translations)
        elsewhere = " ".join((m.title, *(each.title or "" for each in m.translations.values())))
        yield Suggestion(str(m.id), (words.title if words else None) or m.title, elsewhere)


def _evidence(app: App) -> Iterator[Suggestion]:
    """The ids of what has evidence, and the names of the copies that are kept."""
    shown = [m for m in app.store.all() if any(c.evidence or c.exhibit for c in m.history)]
    yield from (Suggestion(str(m.id), m.title) for m in shown)
    copies = (c.exhibit for m in shown for c in m.exhibits if c.exhibit)
    yield from (Suggestion(copy.sha256[:SHORT], copy.name) for copy in copies)


def _each(names: Iterable[str]) -> Iterator[Suggestion]:
    return (Suggestion(clean(name)) for name in dict.fromkeys(names) if name)


def _bodies(app: App) -> Iterator[Suggestion]:
    found = _milestones(app)
    return _each([m.owner or "" for m in found] + [name for m in found for name in m.supporting])


def _tags(app: App) -> Iterator[Suggestion]:
    return _each(tag for m in _milestones(app) for tag in m.tags)


def _documents(app: App) -> Iterator[Suggestion]:
    return _each(m.source.document for m in _milestones(app) if m.source)


def _followed(app: App) -> Iterator[Suggestion]:
    for name, one in app.followed.index().followed.items():
        yield Suggestion(name, one.title)


def _seeds(_: App) -> Iterator[Suggestion]:
    from tracker.seed import names

    return _each(names())


def _columns(_: App) -> Iterator[Suggestion]:
    from tracker.report.derived import COLUMNS

    return _each(COLUMNS)


def _repeats(_: App) -> Iterator[Suggestion]:
    return _each(("every week", "every month", "every quarter", "every year", "每月", "每季度"))


def _phrases(app: App) -> Iterator[Suggestion]:
    from tracker.due import parse

    for phrase in PHRASES:
        yield Suggestion(phrase, str(parse(phrase, app.today).date))


def _words(*words: str) -> Suggests:
    return lambda _: map(Suggestion, words)


_STATUSES = _words(*Status, *(name for status in Status for name in status.called))
_OFFERS: dict[str, Suggests] = {
    "keys": _evidence,
    **dict.fromkeys(("ids", "id", "parent", "depends_on", "duplicate_of", "superseded_by"), _ids),
    **dict.fromkeys(("owner", "supporting", "party", "owners"), _bodies),
    **dict.fromkeys(("tags", "untag"), _tags),
    **dict.fromkeys(("source", "document"), _documents),
    "filter_name": lambda app: _each(app.settings.filters),
    "seed": _seeds,
    **dict.fromkeys(("from", "forget"), _followed),
    **dict.fromkeys(("due", "baseline", "forecast_due"), _phrases),
    **dict.fromkeys(("on", "made_on", "completed_on", "entry_on", "anchor"), _words(*DAYS)),
    **dict.fromkeys(
        ("since", "as_of", "due_from", "due_to", "first", "last"), _words(*DAYS, *SPANS)
    ),
    "within": _words("7d", "2w", "3m"),
    "repeat": _repeats,
    **dict.fromkeys(("statuses", "status", "state"), _STATUSES),
    "standings": _words(*Standing),
    "verdict": _words(*Verdict),
    "role": _words(*Role),
    "columns": _columns,
    "sort": _words(*Sort, *(f"-{key}" for key in Sort)),
}
"""By the names of parameters."""
_LISTED = {"ids", "statuses", "standings", "columns", "sort"}
"""Those that take several between commas."""
_PATHS = {"path", "files", "file", "ics", "ours", "theirs", "base", "earlier", "later", "target"}
"""Those that take the path of a file, as a text."""
