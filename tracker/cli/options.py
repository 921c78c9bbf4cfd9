"""The options that commands share, and what they hand over."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import wraps
from typing import Any

import click

from tracker.cli.choices import NamedChoice, column, group, original_names, sort
from tracker.cli.context import App, app_option
from tracker.cli.param_types import (
    DAY,
    DUE_FROM,
    DUE_TO,
    STANDINGS,
    STATUSES,
    UNTIL,
    WITHIN,
    Anchor,
    TextParam,
    app_of,
    length_in,
)
from tracker.cli.printing import Printer
from tracker.model import FieldKind, Standing, StandingOn
from tracker.query import CRITERIA, Filter, Group, Page, Query, Sort, keys_of
from tracker.texts import folded

Command = Callable[..., Any]
Decorator = Callable[[Any], Any]

FORMATS = ("table", "plain", "json", "csv", "md")


def combined(*options: Decorator) -> Decorator:
    """Return one decorator that applies these, the first on top."""

    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


class SignedLengthCommand(click.Command):
    """A command that takes a length as an argument, which may be a negative one: -1w."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, [*args])
        except click.NoSuchOption as error:
            # Click takes it for an option; behind -- it would be an argument.
            at = next((i for i, word in enumerate(args) if word[:2] == error.option_name), None)
            if at is None or length_in(args[at]) is None:
                raise
            return super().parse_args(ctx, [*args[:at], *args[at + 1 :], "--", args[at]])


def passes_value(name: str, make: Callable[[App, dict[str, Any]], Any]) -> Decorator:
    """Give a command one value more, made from options that `make` takes out of those given."""

    def decorate(command: Command) -> Command:
        @wraps(command)
        def with_value(*args: Any, **given: Any) -> Any:
            given[name] = make(app_of(), given)
            return command(*args, **given)

        return with_value

    return decorate


file_option = app_option(
    "--file",
    App.use,
    metavar="STORE",
    multiple=True,
    is_eager=True,
    help="The store, instead of the one found.",
)
store_option = combined(file_option, click.pass_obj)
"""Which store; the command is given the app that opens it."""


def _followed(*, is_hidden: bool) -> Decorator:
    return app_option(
        "--from",
        App.follow,
        metavar="NAME",
        is_eager=True,
        hidden=is_hidden,
        help="Of the record that you follow by this name (`tracker pull`), instead of yours.",
    )


followed_option = _followed(is_hidden=False)
unfollowed_option = _followed(is_hidden=True)
"""The same where something is changed: there it leads to a refusal that says why."""

_day_option = click.option(
    "--as-of",
    cls=Anchor,
    type=UNTIL,
    default=lambda: app_of().today,
    metavar="DATE",
    help="Show how things stood at the end of that day (default: today).",
)
as_of_option = combined(_day_option, followed_option)
"""As of which day; of whose record."""

lang_option = app_option(
    "--lang",
    App.speak,
    metavar="LANG",
    help="Show titles in this language where there is a translation.",
)


def _printer(app: App, given: dict[str, Any]) -> Printer:
    return Printer(
        app, click.get_current_context().command_path.partition(" ")[2], given.pop("form")
    )


def _showing_bars(app: App, given: dict[str, Any]) -> Printer:
    """A printer, and a bar for what takes long, where people look on."""
    printer = _printer(app, given)
    if app.on_terminal and not printer.is_json:
        from tracker.cli.progress_bar import bars

        click.get_current_context().with_resource(bars(app))
    return printer


def _format(
    words: Sequence[str], told: str, make: Callable[[App, dict[str, Any]], Printer] = _printer
) -> Decorator:
    return combined(
        click.option("--format", "form", type=click.Choice(words), help=told),
        lang_option,
        passes_value("printer", make),
    )


no_pager_option = app_option(
    "--no-pager",
    App.page_nothing,
    is_flag=True,
    help="Show what is longer than the screen without a pager.",
)

list_format_option = combined(
    _format(FORMATS, "table on a terminal, plain when piped, unless told."),
    no_pager_option,
)
agenda_format_option = combined(
    _format(("table", "plain", "json"), "table on a terminal, plain when piped, unless told."),
    no_pager_option,
)
format_option = _format(("plain", "json"), "As lines or JSON.", _showing_bars)
"""In which format and language; the command is given a printer that writes so."""

unit_option = click.option(
    "--unit",
    default=lambda: app_of().settings.ledger.unit,
    metavar="BODY",
    help="Whose it is, 填报单位 (default: the setting).",
)

fiscal_year_option = click.option(
    "--fiscal-year-start",
    type=click.IntRange(1, 12),
    default=lambda: app_of().settings.fiscal_year_start,
    metavar="MONTH",
    help="The month, 1 to 12, that fiscal years begin with (default: the setting).",
)

# -- which milestones ----------------------------------------------------------------------------

_KINDS: dict[FieldKind, dict[str, Any]] = {
    FieldKind.STATUS: {"type": STATUSES, "multiple": True},
    FieldKind.STANDING: {"type": STANDINGS, "multiple": True},
    FieldKind.TAGS: {"multiple": True},
}
"""What the option of a criterion takes, by its kind; one text if it is not here."""


def criteria_options(prefix: str = "", own: Sequence[str] = ()) -> Decorator:
    """The options that filter, handed over by names with that prefix.

    Those called like an option that the command has as its own are called --where-….
    """
    return combined(
        click.option(
            "--filter",
            "filter_name",
            metavar="NAME",
            help="A filter saved in the settings; other options replace its words.",
        ),
        *_criteria(prefix, own),
    )


def _criteria(prefix: str, own: Sequence[str]) -> Iterator[Decorator]:
    for name, asked in CRITERIA.items():
        if (option := asked.option) is not None:
            shape = _KINDS.get(asked.kind, {})
            if asked.kind is FieldKind.DAY:
                shape = {"type": DUE_FROM if asked.compare is operator.ge else DUE_TO}
            metavar = option.metavar or None
            flag = option.flag.replace("--", "--where-") if option.flag in own else option.flag
            yield click.option(flag, prefix + name, metavar=metavar, help=option.help, **shape)


def filter_of(
    app: App, given: dict[str, Any], name: str | None, day: date, prefix: str = ""
) -> Filter:
    """The filter saved under a name, but for the words that options give, as meant on a day."""
    from msgspec.structs import replace

    saved = app.settings.saved(name, day) if name else Filter()
    typed = {
        name: given.pop(prefix + name)
        for name, asked in CRITERIA.items()
        if asked.option is not None
    }
    among: frozenset[Standing] = frozenset().union(*typed["standings"])
    typed["standings"] = StandingOn(among, day) if among else None
    typed["statuses"] = frozenset().union(*typed["statuses"])
    typed["tags"] = frozenset(map(folded, typed["tags"]))
    typed["words"] = frozenset(map(folded, given.pop("words", ())))
    return replace(saved, **Filter(**typed).wanted)


def _chosen(app: App, given: dict[str, Any]) -> Filter:
    return filter_of(app, given, given.pop("filter_name"), app.today)


def _scope(app: App, given: dict[str, Any]) -> Query:
    day = given.pop("as_of")
    return Query(day, filter_of(app, given, given.pop("filter_name"), day))


def _query(app: App, given: dict[str, Any]) -> Query:
    """The page is that of the saved filter, but for what options give."""
    from msgspec.structs import replace

    name = given["filter_name"]
    asked = _scope(app, given)
    page = app.settings.saved_page(name) if name else Page()
    typed = {word: given.pop(word, None) for word in Page.__struct_fields__}
    page = replace(page, **{word: value for word, value in typed.items() if value})
    return replace(asked, page=page)


filter_options = combined(criteria_options(), passes_value("chosen", _chosen))
"""Which milestones, as they stand today."""

dated_options = combined(criteria_options(), _day_option, passes_value("query", _scope))
"""Which milestones, as they stood on which day."""

scope_options = combined(dated_options, followed_option)
"""The same, and of whose record."""


def _columns(words: str) -> tuple[str, ...]:
    from tracker.report.derived import COLUMNS
    from tracker.settings import columns_of

    return columns_of(original_names(words, COLUMNS, column))


query_options = combined(
    criteria_options(),
    click.option(
        "--sort",
        type=TextParam("keys", lambda words: keys_of(original_names(words, Sort, sort))),
        metavar="KEYS",
        help="The order, such as owner,-due: of due, id, title, owner, status, changed; - before "
        "one is the other way round. What is equal goes by due date, then id.",
    ),
    click.option("--reverse", is_flag=True, help="The other way round."),
    click.option("--limit", type=click.IntRange(1), metavar="N", help="At most this many."),
    as_of_option,
    passes_value("query", _query),
)
"""The same, in which order, and how many."""


def within_option(default: str) -> Decorator:
    """How far ahead a list looks."""
    return click.option(
        "--within",
        type=WITHIN,
        default=default,
        show_default=True,
        metavar="TIME",
        help="How far ahead, such as 30d, 2w or 3m.",
    )


words_argument = click.argument("words", nargs=-1, metavar="[WORDS]...")
"""Words that must all stand somewhere in what is listed."""

list_options = combined(
    words_argument,
    click.option(
        "--group",
        type=NamedChoice([each.value for each in Group], group),
        callback=lambda _ctx, _, word: word and Group(word),
        help="Under headings, with how many each has.",
    ),
    click.option(
        "--columns",
        type=TextParam("names", _columns),
        metavar="NAMES",
        help="Which columns, in order, as headed or by their names in JSON: "
        "id,title,owner,due,standing …",
    ),
    query_options,
)
"""The same of a list: also by words anywhere in them, in groups, and with which columns."""

# -- when something changes, and who says so -----------------------------------------------------

by_option = click.option("--by", help="Who says so (default: TRACKER_BY, or your login name).")
occasion_options = combined(
    click.option(
        "--on",
        cls=Anchor,
        type=DAY,
        metavar="DATE",
        help="When it took effect (default: today).",
    ),
    by_option,
    passes_value("occasion", lambda app, given: app.occasion(given.pop("on"), given.pop("by"))),
)
