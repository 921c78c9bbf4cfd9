"""An event or a task of a calendar: what the file says of when and where it takes place."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, tzinfo
from functools import cached_property
from hashlib import sha256

from msgspec import Struct

from tracker.ics.facts import PREFIX, Facts
from tracker.ics.scan import Component, ContentLine
from tracker.ics.values import duration, read_text, unescaped
from tracker.ics.zones import Timezones, zone_of
from tracker.message import Reason

LONGEST_TITLE = 1_000
"""Characters; what is longer is cut, since no screen shows it."""

LONGEST_UID = 300

FIRST_WORDS = 12
"""Words of a description that name an entry without a title."""

CONTENT = "content-"
"""What a uid begins with that was made of the content, for want of one in the file."""

_STAMPS = frozenset({"DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE"})

END = {"VEVENT": "DTEND", "VTODO": "DUE"}


class Calendar(Struct, frozen=True):
    """What a calendar says of its entries; `here` is where its times in UTC are shown.

    `listed` reads a property that is a list; vCalendar 1.0 put semicolons between.
    """

    name: str
    prodid: str
    zones: Timezones
    here: tzinfo | None
    listed: Callable[[ContentLine], tuple[str, ...]]


class CalendarEntry(Struct, frozen=True, dict=True):
    """An event or a task and the calendar that it stands in. Dates and title raise Reason."""

    component: Component
    calendar: Calendar

    @cached_property
    def start(self) -> date | datetime | None:
        return self.moment("DTSTART")

    @cached_property
    def end(self) -> date | datetime | None:
        """The first moment after an event, the last of a task."""
        end = self.moment(END[self.component.name])
        lasting = self.component.get("DURATION")
        if end is None and lasting is not None and self.start is not None:
            return self.start + duration(lasting.value)
        return end

    @cached_property
    def replaced(self) -> date | datetime | None:
        """The occurrence of a series that it stands for."""
        return self.moment("RECURRENCE-ID")

    def moment(self, name: str) -> date | datetime | None:
        line = self.component.get(name)
        try:
            return None if line is None else self.calendar.zones.value(line)
        except Reason as error:
            raise Reason("{name}: {reason}", name=name, reason=error.in_full) from None

    @property
    def is_override(self) -> bool:
        return self.component.get("RECURRENCE-ID") is not None

    @cached_property
    def is_for_all_later(self) -> bool:
        """Whether it replaces an occurrence and all that come after (RFC 5545 §3.2.13)."""
        line = self.component.get("RECURRENCE-ID")
        said = "" if line is None else line.parameters.get("RANGE", "")
        return said.upper() == "THISANDFUTURE"

    @property
    def is_recurring(self) -> bool:
        """Whether a rule, a list of dates or another entry decides when this one takes place."""
        names = ("RRULE", "RDATE", "RECURRENCE-ID", "EXRULE")
        return any(line.value.strip() for name in names for line in self.component.all(name))

    @property
    def sequence(self) -> int:
        line = self.component.get("SEQUENCE")
        number = "" if line is None else line.value.strip()
        return int(number) if re.fullmatch(r"\d{1,9}", number, re.ASCII) else 0

    @property
    def revision(self) -> tuple[int, str]:
        """What tells which of two is the later (RFC 5546 §2.1.4): SEQUENCE, and then DTSTAMP."""
        stamp = self.component.get("DTSTAMP")
        return self.sequence, "" if stamp is None else stamp.value.strip()

    def place(self, otherwise: tzinfo | None) -> tzinfo | None:
        return zone_of(self.start or self.end, otherwise)

    @cached_property
    def uid(self) -> str:
        if uid := one_line(self.component, "UID"):
            return _known_by(uid)
        lines = (n for n in self.component.lines if n.name not in _STAMPS)
        return f"{CONTENT}{_digest(chr(10).join(f'{n.name}:{n.value}' for n in lines))}"

    def title(self, master: Component | None) -> str:
        """Its own title or its series', or else what it says first, or where it is."""
        line = self.component.get("SUMMARY") or (None if master is None else master.get("SUMMARY"))
        title = "" if line is None else " ".join(read_text(line).split())
        said = " ".join(one_line(self.component, "DESCRIPTION").split(" ")[:FIRST_WORDS])
        title = title or said or one_line(self.component, "LOCATION")
        return f"{title[:LONGEST_TITLE]}…" if len(title) > LONGEST_TITLE else title

    @property
    def parent(self) -> str | None:
        """The uid that it is a part of; without RELTYPE that is meant (RFC 5545 §3.2.15)."""
        parents = (
            line.value
            for line in self.component.all("RELATED-TO")
            if line.parameters.get("RELTYPE", "PARENT").upper() == "PARENT"
        )
        uid = " ".join(unescaped(next(parents, "")).split())
        return _known_by(uid) if uid else None

    @property
    def facts(self) -> Facts:
        """What our own feed says to programs."""
        named = (name for name in self.component.named if name.startswith(PREFIX))
        return {
            name: tuple(unescaped(line.value) for line in self.component.all(name))
            for name in named
        }

    def word(self, name: str) -> str:
        return one_line(self.component, name).upper()


def one_line(component: Component, name: str) -> str:
    """The text of a property, if there is one that can be read."""
    line = component.get(name)
    try:
        return "" if line is None else " ".join(read_text(line).split())
    except Reason:
        return ""


def _known_by(uid: str) -> str:
    """A uid as it stands, or what stands for one that nobody could mean."""
    return uid if len(uid) <= LONGEST_UID else f"long-{_digest(uid)}"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32]
