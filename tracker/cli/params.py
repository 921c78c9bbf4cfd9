"""Words of the command line made into domain values, and the options that commands share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.context import App
from tracker.errors import BadDate
from tracker.model import Milestone, Status
from tracker.query import Filter, Page, Sort, folded

if TYPE_CHECKING:
    from tracker.due import Due

Command = Callable[..., Any]
Decorator = Callable[[Any], Any]

FORMATS = ("table", "plain", "json", "csv", "md")


def _app(ctx: click.Context | None) -> App:
    return (ctx or click.get_current_context()).ensure_object(App)


# The day from which a phrase is understood, unless it is today: when it was said or asked.
_ANCHORS = ("made_on", "on", "as_of")


class _Phrase(click.ParamType["Due"]):
    """A due phrase, understood from the day it was said."""

    name = "when"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Due:
        from tracker.due import parse

        given = (ctx.params.get(name) for name in _ANCHORS) if ctx else ()
        anchor = next((day for day in given if isinstance(day, date)), None)
        app = _app(ctx)
        start = app.settings.fiscal_year_start
        return parse(value, anchor or app.today, fiscal_year_start=start)


class Length:
    """A length of time that each milestone counts from its own due date: +2w, a month, 两周."""

    def __init__(self, phrase: str) -> None:
        self._phrase = phrase

    def after(self, m: Milestone) -> Due:
        """The day so long after the due date. Raises BadDate when there is none."""
        from tracker.due import parse

        if m.due is None:
            raise BadDate(
                f"Milestone {m.id} has no due date that {self._phrase} could count from.",
                f"Give the date itself: `tracker postpone {m.id} 2021-06-30`.",
            )
        return parse(str(parse(self._phrase, m.due).date), m.due)


class _Move(click.ParamType["Due | Length"]):
    """Where a due date goes: a due phrase, or a length by itself."""

    name = "when"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Due | Length:
        length = value.strip().removeprefix("+").strip()
        # What is understood without its sign says itself from when on: two weeks from now.
        for phrase in (length, f"+{length}", f"{length}内"):
            try:
                due = PHRASE.convert(phrase, param, ctx)
            except BadDate:
                continue
            return due if phrase == length else Length(phrase)
        return PHRASE.convert(value, param, ctx)


class _Day(click.ParamType[date]):
    """One calendar day: ISO, or any phrase of the due language that names one."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            due = self._understood(value, param, ctx)
        if due.date is None:
            raise BadDate(f"{value!r} names no day.", "Give one, such as 2021-07-01.")
        if due.start not in (None, due.date) and not due.ends:
            raise BadDate(
                f"{value!r} is not one day, but goes from {due.start} to {due.date}.",
                "Give the day that is meant.",
            )
        return due.date

    def _understood(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Due:
        try:
            return PHRASE.convert(value, param, ctx)
        except BadDate as error:
            option = f"the date of {param.opts[0]}" if param and param.opts else "a date"
            raise BadDate(error.message.replace("a due date", option), error.hint) from None


class _Within(click.ParamType[date]):
    """A length of time from a day on: 30, 30d, 2w, 3m."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        length = f"{value}d" if value.isascii() and value.isdigit() else value
        try:
            end = PHRASE.convert("+" + length.removeprefix("+"), param, ctx).date
        except BadDate:
            end = None
        if end is None:
            raise BadDate(f"{value!r} is no length of time.", "Give one such as 30d, 2w or 3m.")
        return end


class _Status(click.ParamType[Status]):
    name = "status"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Status:
        return value if isinstance(value, Status) else Status.meant_by(value)


class Anchor(click.Option):
    """A day from which other options are understood: read before them, and after the store.

    The store comes first since its settings say how days are understood.
    """

    def __init__(self, *names: Any, **given: Any) -> None:
        super().__init__(*names, is_eager=True, **given)

    def handle_parse_result(
        self, ctx: click.Context, opts: Mapping[str, Any], args: list[str]
    ) -> tuple[Any, list[str]]:
        _app(ctx).use(opts.get("file") or ())
        return super().handle_parse_result(ctx, opts, args)


PHRASE = _Phrase()
MOVE = _Move()
DAY = _Day()
WITHIN = _Within()
STATUS = _Status()


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
    app = _app(None)
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
