"""`tracker export ics`, and the options that say how a feed is named and made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from tracker.cli.addresses import public_address
from tracker.cli.context import App
from tracker.cli.options import combined, lang_option, passes_value, scope_options, store_option
from tracker.cli.output_file import deliver, output_option
from tracker.cli.struct_options import struct_options
from tracker.ics.profile import LARGEST, Feed, FeedKind, Profile
from tracker.message import Message, PluralMessage
from tracker.model import Milestone
from tracker.query import Query, as_recorded
from tracker.subscribe.departures import view

naming_options = struct_options(Profile, "profile")
"""How feeds are named and treated: a `profile` of the settings, and over them the options."""


def _feed(app: App, given: dict[str, Any]) -> Feed:
    kind = FeedKind.TASKS if given.pop("todo") else FeedKind.EVENTS
    own = {word: public_address(given.pop(word)) for word in ("address", "base_url")}
    as_of = given["query"].as_of
    return Feed.of(given.pop("profile"), as_of=as_of, kind=kind, lang=app.lang, **own)


feed_options = combined(
    click.option("--todo", is_flag=True, help="Tasks instead of events, for programs with tasks."),
    naming_options,
    click.option("--address", default="", metavar="URL", help="Where the feed will be found."),
    click.option(
        "--base-url",
        default="",
        metavar="URL",
        help="Where milestones have pages; each event's address is this and the uid.",
    ),
    lang_option,
    passes_value("options", _feed),
)


@click.command("ics")
@output_option
@scope_options
@feed_options
@store_option
def export_ics(app: App, query: Query, options: Feed, output: Path | None) -> None:
    """An iCalendar feed: an all-day event for each due date, or a task.

    Subscribing programs see each change of a milestone as a change of its event. docs/calendar.md
    says what they show.
    """
    from tracker.ics.write import feed
    from tracker.subscribe.dangers import dangers

    known = as_recorded(app.milestones(query.as_of), query.as_of)
    milestones = list(view(known, query.chosen.holds, query.as_of, options.retention))
    content = feed(milestones, options, dangers=dangers(known, query.as_of))
    count = content.count(f"\r\nBEGIN:{options.kind.value}\r\n".encode())
    deliver(app, content, output, count)
    _warn_of_the_undated(app, milestones, options)
    advice = Message("Make smaller ones with --owner, --tag or --due-from and --due-to.")
    note_size(app, {"This feed": len(content)}, advice)


def _warn_of_the_undated(app: App, milestones: list[Milestone], options: Feed) -> None:
    undated = sum(m.due is None and m.is_open for m in milestones)
    if undated and options.kind is FeedKind.EVENTS:
        app.note(
            PluralMessage(
                "tracker: {n} milestone has no due date, and an event needs one. A feed of tasks "
                "(--todo) has all.",
                "tracker: {n} milestones have no due date, and an event needs one. A feed of tasks "
                "(--todo) has all.",
                undated,
            )
        )


def note_size(app: App, sizes: Mapping[str, int], advice: str) -> None:
    """Say which feeds, by name, have more bytes than Google takes."""
    large = [
        Message("{feed} has {size:,} bytes", feed=Message(name), size=size)
        for name, size in sizes.items()
        if size > LARGEST
    ]
    if large:
        more = [Message("{number} more are as large", number=len(large) - 3)] * (len(large) > 3)
        app.say(
            "tracker: {feeds}; Google stops updating feeds at about 1 MB. {advice}",
            feeds=(*large[:3], *more),
            advice=advice,
        )
