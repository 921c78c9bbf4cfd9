"""The options that commands share, and what they hand over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

import click

from tracker.cli.context import App
from tracker.cli.param_types import DAY, STATUS, Anchor, app_of
from tracker.query import Filter, Page, Sort, folded

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


store_option = together(
    click.option(
        "--file",
        metavar="STORE",
        multiple=True,
        is_eager=True,
        expose_value=False,
        callback=lambda ctx, _, values: ctx.ensure_object(App).use(values),
        help="The store, instead of the one found.",
    ),
)

as_of_option = click.option(
    "--as-of",
    cls=Anchor,
    type=DAY,
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

format_option = together(
    click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        help="table on a terminal, plain when piped, unless told.",
    ),
    lang_option,
)


fiscal_year_option = click.option(
    "--fiscal-year-start",
    type=click.IntRange(1, 12),
    metavar="MONTH",
    help="The month, 1 to 12, that fiscal years begin with (default: the setting).",
)
effect_format_option = together(
    click.option(
        "--format", "form", type=click.Choice(("plain", "json")), help="As lines or JSON."
    ),
    lang_option,
)


def _filter(command: Command) -> Command:
    @wraps(command)
    def with_filter(*args: Any, **given: Any) -> Any:
        saved = _saved(given.pop("filter_name"), given.get("as_of"))
        chosen = Filter(
            statuses=frozenset(given.pop("status")),
            owner=given.pop("owner"),
            tags=frozenset(folded(tag) for tag in given.pop("tag")),
            text=given.pop("text"),
            due_from=given.pop("due_from"),
            due_to=given.pop("due_to"),
            source=given.pop("source"),
        )
        return command(*args, chosen=_over(saved, chosen), **given)

    return with_filter


def _saved(name: str | None, as_of: date | None) -> Filter:
    if name is None:
        return Filter()
    app = app_of()
    words = app.settings.saved(name)
    return words.on(as_of or app.today, app.settings.fiscal_year_start)


def _over(saved: Filter, given: Filter) -> Filter:
    """The saved filter, but for the words that options give."""
    from msgspec.structs import asdict, replace

    unset = asdict(Filter())
    return replace(saved, **{w: value for w, value in asdict(given).items() if value != unset[w]})


filter_options = together(
    click.option(
        "--filter",
        "filter_name",
        metavar="NAME",
        help="A filter saved in the settings; other options replace its words.",
    ),
    click.option(
        "--status", type=STATUS, multiple=True, help="Only this status; more than once: any."
    ),
    click.option(
        "--owner", help="Only where a responsible or supporting body has this in its name."
    ),
    click.option("--tag", multiple=True, help="Only with this tag; more than once: all of them."),
    click.option("--text", help="Only where a title, note or phrase has this in it."),
    click.option("--due-from", type=DAY, metavar="DATE", help="Only due on that day or later."),
    click.option("--due-to", type=DAY, metavar="DATE", help="Only due on that day or earlier."),
    click.option("--source", help="Only from a document with this in its title or address."),
    _filter,
)


def _page(command: Command) -> Command:
    @wraps(command)
    def with_page(*args: Any, **given: Any) -> Any:
        page = Page(Sort(given.pop("sort")), given.pop("reverse"), given.pop("limit"))
        return command(*args, page=page, **given)

    return with_page


sort_options = together(
    click.option(
        "--sort",
        type=click.Choice([key.value for key in Sort]),
        default=Sort.DUE.value,
        show_default=True,
        help="The order; what is equal goes by due date, then id.",
    ),
    click.option("--reverse", is_flag=True, help="The other way round."),
    click.option("--limit", type=click.IntRange(1), metavar="N", help="At most this many."),
    _page,
)

change_options = together(
    click.option(
        "--on",
        cls=Anchor,
        type=DAY,
        metavar="DATE",
        help="When it took effect (default: today).",
    ),
    click.option("--by", help="Who says so (default: TRACKER_BY, or your login name)."),
)
