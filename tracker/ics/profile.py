"""How a feed is named and made: the choices that its publisher has."""

from __future__ import annotations

from datetime import date
from enum import Enum

from msgspec import Struct

from tracker.errors import BadValue
from tracker.ics.lines import web_address
from tracker.locale import ENGLISH, Language

PRODID = "-//milestone-tracker//Milestones//EN"
"""The name of the program that writes our feeds (RFC 5545 §3.7.3); it never changes."""

LARGEST = 1_000_000
"""Octets of a feed; Google has been seen to fail at 1 MB."""

COLOURS = {
    "black": "#000000",
    "blue": "#0000FF",
    "brown": "#A52A2A",
    "crimson": "#DC143C",
    "darkorange": "#FF8C00",
    "gold": "#FFD700",
    "gray": "#808080",
    "green": "#008000",
    "indigo": "#4B0082",
    "navy": "#000080",
    "olive": "#808000",
    "orchid": "#DA70D6",
    "purple": "#800080",
    "red": "#FF0000",
    "seagreen": "#2E8B57",
    "steelblue": "#4682B4",
    "teal": "#008080",
    "tomato": "#FF6347",
}
"""CSS 3 names, which COLOR wants (RFC 7986 §5.9), and the values that Apple's property wants."""


class Kind(Enum):
    """What a feed is made of. One kind to a feed, since an event and a task may not share a UID."""

    EVENTS = "VEVENT"
    TASKS = "VTODO"


class Feed(Struct, frozen=True):
    """How a feed is named and made.

    `as_of` is the reader's day. `address` is where the feed will be found, and `base_url` + uid
    where each milestone's own page is. `alarms` are days before the due date, at 9 in the morning;
    0 is the due date itself. For `retention` days a removed milestone stays as CANCELLED, because
    clients keep what merely disappears. `refresh` is in hours. `lang` is the language of titles
    where there is a translation.
    """

    as_of: date
    name: str = "Milestones"
    description: str = ""
    colour: str = "steelblue"
    address: str = ""
    base_url: str = ""
    kind: Kind = Kind.EVENTS
    alarms: tuple[int, ...] = ()
    retention: int = 30
    refresh: int = 12
    lang: Language = ENGLISH

    def __post_init__(self) -> None:
        if self.colour not in COLOURS:
            raise BadValue(
                "{colour!r} is not a colour for a calendar.",
                "Choose one of {colours}.",
                colour=self.colour,
                colours=tuple(COLOURS),
            )
        for what, value in (("address", self.address), ("base address", self.base_url)):
            if value and web_address(value) is None:
                raise BadValue(
                    "The {what} {value!r} is not a web address.",
                    "Give one that begins with https:// or http://.",
                    what=what,
                    value=value,
                )
        if any(days < 0 for days in self.alarms) or self.retention < 0 or self.refresh < 1:
            raise BadValue("Alarms and retention are days from 0 up, and refresh hours from 1 up.")
