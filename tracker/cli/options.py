"""The options that commands share, and what they hand over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import Any

import click

from tracker.cli.context import App
from tracker.cli.param_types import DAY, STATUS, Anchor, app_of
from tracker.cli.printing import Printer
from tracker.model import FieldKind
from tracker.query import CRITERIA, Filter, Page, Query, Sort
from tracker.texts import folded

Command = Callable[..., Any]
Decorator = Callable[[Any], Any]

FORMATS = ("table", "plain", "json", "csv", "md")


def together(*options: Decorator) -> Decorator:
    """Return one decorator that applies these, the first on top."""

    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def hands_over(name: str, make: Callable[[App, dict[str, Any]], Any]) -> Decorator:
    """Give a command one value more, made from options that `make` takes out of those given."""

    def decorate(command: Command) -> Command:
        @wraps(command)
        def with_value(*args: Any, **given: Any) -> Any:
            given[name] = make(app_of(), given)
            return command(*args, **given)

        return with_value

    return decorate


file_option = click.option(
    "--file",
    metavar="STORE",
    multiple=True,
    is_eager=True,
    expose_value=False,
    callback=lambda ctx, _, values: ctx.ensure_object(App).use(values),
    help="The store, instead of the one found.",
)
store_option = together(file_option, click.pass_obj)
"""Which store; the command is given the app that opens it."""

as_of_option = click.option(
    "--as-of",
    cls=Anchor,
    type=DAY,
    default=lambda: app_of().today,
    metavar="DATE",
    help="Show how things stood at the end of that day (default: today).",
)

lang_option = click.option(
    "--lang",
    metavar="LANG",
    expose_value=False,
    callback=lambda ctx, _, value: ctx.ensure_object(App).speak(value),
    help="Show titles in this language where there is a translation.",
)


def _printer(app: App, given: dict[str, Any]) -> Printer:
    return Printer(
        app, click.get_current_context().command_path.partition(" ")[2], given.pop("form")
    )


def _format(words: Sequence[str], told: str) -> Decorator:
    return together(
        click.option("--format", "form", type=click.Choice(words), help=told),
        lang_option,
        hands_over("printer", _printer),
    )


list_format_option = _format(FORMATS, "table on a terminal, plain when piped, unless told.")
format_option = _format(("plain", "json"), "As lines or JSON.")
"""In which format and language; the command is given a printer that writes so."""

fiscal_year_option = click.option(
    "--fiscal-year-start",
    type=click.IntRange(1, 12),
    default=lambda: app_of().settings.fiscal_year_start,
    metavar="MONTH",
    help="The month, 1 to 12, that fiscal years begin with (default: the setting).",
)

# -- which milestones ----------------------------------------------------------------------------

_KINDS: dict[FieldKind, dict[str, Any]] = {
    FieldKind.STATUS: {"type": STATUS, "multiple": True},
    FieldKind.TAGS: {"multiple": True},
    FieldKind.DAY: {"type": DAY},
}
"""What the option of a criterion takes, by its kind; one text if it is not here."""


def _criteria() -> Iterator[Decorator]:
    for name, asked in CRITERIA.items():
        if (option := asked.option) is not None:
            shape = _KINDS.get(asked.kind, {})
            metavar = option.metavar or None
            yield click.option(option.flag, name, metavar=metavar, help=option.help, **shape)


def _filter(app: App, given: dict[str, Any]) -> Filter:
    """The saved filter, but for the words that options give."""
    from msgspec.structs import replace

    name = given.pop("filter_name")
    saved = app.settings.saved(name, given.get("as_of", app.today)) if name else Filter()
    typed = {name: given.pop(name) for name, asked in CRITERIA.items() if asked.option is not None}
    typed["statuses"] = frozenset(typed["statuses"])
    typed["tags"] = frozenset(map(folded, typed["tags"]))
    return replace(saved, **Filter(**typed).wanted)


filter_options = together(
    click.option(
        "--filter",
        "filter_name",
        metavar="NAME",
        help="A filter saved in the settings; other options replace its words.",
    ),
    *_criteria(),
    hands_over("chosen", _filter),
)

scope_options = together(
    filter_options,
    as_of_option,
    hands_over("query", lambda _, given: Query(given.pop("as_of"), given.pop("chosen"))),
)
"""Which milestones, as they stood on which day."""


def _query(_: App, given: dict[str, Any]) -> Query:
    page = Page(Sort(given.pop("sort")), given.pop("reverse"), given.pop("limit"))
    return Query(given.pop("as_of"), given.pop("chosen"), page)


query_options = together(
    filter_options,
    click.option(
        "--sort",
        type=click.Choice([key.value for key in Sort]),
        default=Sort.DUE.value,
        show_default=True,
        help="The order; what is equal goes by due date, then id.",
    ),
    click.option("--reverse", is_flag=True, help="The other way round."),
    click.option("--limit", type=click.IntRange(1), metavar="N", help="At most this many."),
    as_of_option,
    hands_over("query", _query),
)
"""The same, in which order, and how many."""

# -- when something changes, and who says so -----------------------------------------------------

by_option = click.option("--by", help="Who says so (default: TRACKER_BY, or your login name).")
occasion_options = together(
    click.option(
        "--on",
        cls=Anchor,
        type=DAY,
        metavar="DATE",
        help="When it took effect (default: today).",
    ),
    by_option,
    hands_over("occasion", lambda app, given: app.occasion(given.pop("on"), given.pop("by"))),
)
