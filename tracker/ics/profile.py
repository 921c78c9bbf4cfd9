"""How a feed is named and made: the choices that its publisher has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Annotated, Any

from msgspec import Meta, Struct, field

from tracker.errors import BadValue
from tracker.ics.lines import web_address
from tracker.locale import ENGLISH, Language
from tracker.model import Option

PRODID = "-//milestone-tracker//Milestones//EN"
"""The name of the program that writes our feeds (RFC 5545 §3.7.3); it never changes."""

LARGEST = 1_000_000
"""Octets of a feed; Google has been seen to fail at 1 MB."""

COLOURS = {
    "black": "#000000", "blue": "#0000FF", "brown": "#A52A2A", "crimson": "#DC143C",
    "darkorange": "#FF8C00", "gold": "#FFD700", "gray": "#808080", "green": "#008000",
    "indigo": "#4B0082", "navy": "#000080", "olive": "#808000", "orchid": "#DA70D6",
    "purple": "#800080", "red": "#FF0000", "seagreen": "#2E8B57", "steelblue": "#4682B4",
    "teal": "#008080", "tomato": "#FF6347",
}  # fmt: skip
"""CSS 3 names, which COLOR wants (RFC 7986 §5.9), and the values that Apple's property wants."""


class FeedKind(Enum):
    """What a feed is made of. One kind to a feed, since an event and a task may not share a UID."""

    EVENTS = "VEVENT"
    TASKS = "VTODO"


_Days = Annotated[int, Meta(ge=0, le=36525)]
NAME = "Milestones"
"""What a calendar is called that nobody named; the reader's language says it."""


class Profile(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", kw_only=True):
    """How calendars call and treat a feed: what its publisher settles, each also as an option.

    `alarms` are days before the due date, at 9 in the morning; 0 is the due date itself. For
    `retention` days a removed milestone stays as CANCELLED, because clients keep what merely
    disappears. `refresh` is in hours.
    """

    alarms: Annotated[
        tuple[_Days, ...],
        Option(
            *("--alarm", "DAYS"),
            "Ring so long before the due date, at 9 in the morning: 7d,1d; 0d is the day itself.",
        ),
    ] = field(default=(), name="alarm")
    name: Annotated[str, Option("--name", "", "What calendars call it (default: Milestones).")] = (
        NAME
    )
    description: Annotated[str, Option("--description", "TEXT", "What it is, in a sentence.")] = ""
    colour: Annotated[
        str, Option("--colour", "", "A CSS colour name for it (default: steelblue).")
    ] = "steelblue"
    retention: Annotated[
        _Days,
        Option(
            *("--retention", "DAYS"),
            "How long a removed milestone stays, as cancelled (default: 30).",
        ),
    ] = 30
    refresh: Annotated[
        int,
        Meta(ge=1),
        Option("--refresh", "HOURS", "How often readers should ask for news (default: 12)."),
    ] = 12


class Feed(Profile, frozen=True, kw_only=True):
    """One feed, as it is written.

    `as_of` is the reader's day. `address` is where the feed will be found, and `base_url` + uid, or
    what `page_of` makes of the uid, where each milestone's own page is. `lang` is the language of
    titles where there is a translation.
    """

    as_of: date
    address: str = ""
    base_url: str = ""
    page_of: Callable[[str], str] | None = None
    kind: FeedKind = FeedKind.EVENTS
    lang: Language = ENGLISH

    @classmethod
    def of(cls, profile: Profile, **of_its_own: Any) -> Feed:
        """The feed of a profile; what is its own counts before that."""
        settled = {name: getattr(profile, name) for name in Profile.__struct_fields__}
        settled["alarms"] = tuple(sorted(profile.alarms, reverse=True))
        return cls(**(settled | of_its_own))

    def __post_init__(self) -> None:
        if self.colour not in COLOURS:
            said = "{colour!r} is not a colour for a calendar."
            hint = "Choose one of {colours}."
            raise BadValue(said, hint, colour=self.colour, colours=tuple(COLOURS))
        for what, value in (("address", self.address), ("base address", self.base_url)):
            if value and web_address(value) is None:
                said = "The {what} {value!r} is not a web address."
                hint = "Give one that begins with https:// or http://."
                raise BadValue(said, hint, what=what, value=value)
        if any(days < 0 for days in self.alarms) or self.retention < 0 or self.refresh < 1:
            raise BadValue("Alarms and retention are days from 0 up, and refresh hours from 1 up.")
