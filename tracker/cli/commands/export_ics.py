"""`tracker export ics`, and the options that say how a feed is named and made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker import report
from tracker.cli.context import App
from tracker.cli.options import (
    Command,
    as_of_option,
    filter_options,
    lang_option,
    store_option,
    together,
)
from tracker.cli.output_file import deliver, output_option
from tracker.errors import BadValue
from tracker.query import Filter
from tracker.subscribe.departures import view

if TYPE_CHECKING:
    from tracker.ics.profile import Feed
    from tracker.model import Milestone
    from tracker.settings import Feeds

_AHEAD = re.compile(r"(\d{1,4})\s*(d|days?|w|weeks?)?", re.ASCII | re.IGNORECASE)


class _Alarms(click.ParamType[tuple[int, ...]]):
    """Days before the due date, such as 7d,1d or 2w; 0d is the day itself."""

    name = "days"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        return tuple(map(_days_ahead, re.split(r"\s*[,，、]\s*", value.strip())))


def _days_ahead(word: str) -> int:
    found = _AHEAD.fullmatch(word)
    if found is None:
        raise BadValue(
            "{word!r} is no time for an alarm.",
            "Give days or weeks, such as --alarm 7d,1d or 2w.",
            word=word,
        )
    return int(found[1]) * (7 if (found[2] or "d")[0] in "wW" else 1)


def _settled(command: Command) -> Command:
    @wraps(command)
    def with_settled(app: App, **given: Any) -> Any:
        from msgspec.structs import replace

        told = {word: given.pop(word) for word in _NAMING}
        days = {days for some in given.pop("alarm") for days in some}
        told["alarm"] = tuple(sorted(days, reverse=True)) or None
        over = {word: value for word, value in told.items() if value is not None}
        return command(app, feeds=replace(app.settings.feeds, **over), **given)

    return with_settled


_NAMING = ("name", "description", "colour", "retention", "refresh")

naming_options = together(
    click.option(
        "--alarm",
        type=_Alarms(),
        multiple=True,
        metavar="DAYS",
        help="Ring so long before the due date, at 9 in the morning: 7d,1d; 0d is the day itself.",
    ),
    click.option("--name", help="What calendars call it (default: Milestones)."),
    click.option("--description", metavar="TEXT", help="What it is, in a sentence."),
    click.option("--colour", help="A CSS colour name for it (default: steelblue)."),
    click.option(
        "--retention",
        type=click.IntRange(0),
        metavar="DAYS",
        help="How long a removed milestone stays, as cancelled (default: 30).",
    ),
    click.option(
        "--refresh",
        type=click.IntRange(1),
        metavar="HOURS",
        help="How often readers should ask for news (default: 12).",
    ),
    _settled,
)
"""How feeds are named and treated: `feeds` is what the settings say, and over them the options."""


def _feed(command: Command) -> Command:
    @wraps(command)
    def with_feed(app: App, feeds: Feeds, **given: Any) -> Any:
        from tracker.ics.profile import Feed, Kind

        options = Feed(
            as_of=given.pop("as_of") or app.today,
            name=feeds.name,
            description=feeds.description,
            colour=feeds.colour,
            address=given.pop("address"),
            base_url=given.pop("base_url"),
            kind=Kind.TASKS if given.pop("todo") else Kind.EVENTS,
            alarms=tuple(sorted(feeds.alarm, reverse=True)),
            retention=feeds.retention,
            refresh=feeds.refresh,
            lang=app.lang,
        )
        return command(app, options=options, **given)

    return with_feed


feed_options = together(
    click.option("--todo", is_flag=True, help="Tasks instead of events, for programs with tasks."),
    naming_options,
    click.option("--address", default="", metavar="URL", help="Where the feed will be found."),
    click.option(
        "--base-url",
        default="",
        metavar="URL",
        help="Where milestones have pages; each event's address is this and the uid.",
    ),
    as_of_option,
    lang_option,
    _feed,
)


@click.command("ics")
@output_option
@filter_options
@store_option
@click.pass_obj
@feed_options
def export_ics(app: App, chosen: Filter, options: Feed, output: Path | None) -> None:
    """An iCalendar feed: an all-day event for each due date, or a task.

    Subscribing programs see each change of a milestone as a change of its event. docs/calendar.md
    says what they show.
    """
    from tracker.ics.write import feed

    known = report.published(app.store.all(), Filter(), options.as_of)
    milestones = list(view(known, chosen.holds, options.as_of, options.retention))
    content = feed(milestones, options)
    count = content.count(f"\r\nBEGIN:{options.kind.value}\r\n".encode())
    deliver(app, content, output, count)
    _warn_of_the_undated(app, milestones, options)
    advice = "Make smaller ones with --owner, --tag or --due-from and --due-to."
    note_size(app, {"This feed": content}, advice)


def _warn_of_the_undated(app: App, milestones: list[Milestone], options: Feed) -> None:
    from tracker.ics.profile import Kind

    undated = sum(m.due is None and m.is_open for m in milestones)
    if undated and options.kind is Kind.EVENTS:
        are = "1 milestone has" if undated == 1 else f"{undated:,} milestones have"
        app.note(
            f"tracker: {are} no due date, and an event needs one. A feed of tasks (--todo) has all."
        )


def note_size(app: App, feeds: Mapping[str, bytes], advice: str) -> None:
    """Say which feeds, by name, have more bytes than Google takes."""
    from tracker.ics.profile import LARGEST

    large = [f"{name} has {len(c):,} bytes" for name, c in feeds.items() if len(c) > LARGEST]
    if large:
        more = f" and {len(large) - 3} more are as large" if len(large) > 3 else ""
        told = ", ".join(large[:3]) + more
        app.note(f"tracker: {told}; Google stops updating feeds at about 1 MB. {advice}")
