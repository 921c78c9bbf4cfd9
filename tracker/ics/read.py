"""Other programs' events and tasks, taken out of an iCalendar file of any quality.

Nothing here raises: what cannot be taken is a problem with the number of its line and a reason,
and everything else comes. A due date is never guessed: an event's is its last day, a task's is its
DUE. A time counts as the day it falls on where the event is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from hashlib import sha256
from typing import TypeVar

from msgspec import Struct

from tracker.ics.facts import PREFIX, Facts
from tracker.ics.recurrence import (
    UNFOLLOWED,
    Budget,
    CalendarEntry,
    Occurrence,
    is_recurring,
    occurrences,
)
from tracker.ics.scan import Component, ContentLine, Problem, Scan, mistaken, scan
from tracker.ics.values import day_of, decoded, listed, moment, read_text, unescaped, whole
from tracker.ics.zones import Zones, on_the_wall
from tracker.message import Message, Reason

_T = TypeVar("_T")

KINDS = ("VEVENT", "VTODO")

LONGEST_TITLE = 1_000
"""Characters; what is longer is cut, since no screen shows it."""

LONGEST_UID = 300

LATER = Message("line {line} has a later revision of it")

FIRST_WORDS = 12
"""Words of a description that name an entry without a title."""

_INSTANT = timedelta(microseconds=1)
_STAMPS = frozenset({"DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE"})


class Item(Struct, frozen=True):
    """An event or a task. `status` is the file's own word, in capitals: NEEDS-ACTION, CONFIRMED.

    `uid` is the file's, or else made from the content, so that reading twice gives it twice.
    `recurs_on` is the day that a recurrence rule gave this occurrence; with the uid it tells the
    occurrences apart. `parent` is the uid that it is a part of, `modified` when it last changed,
    `revision` the highest SEQUENCE of all that the file says of its uid, `calendar` the name of
    what it stands in and `prodid` the program that wrote it. `line` is where the item begins, and
    `facts` are what our own feed tells programs.
    """

    kind: str
    uid: str
    title: str
    due: date | None
    start: date | None
    status: str | None
    percent: int | None
    completed_on: date | None
    description: str
    url: str | None
    categories: tuple[str, ...]
    created_on: date | None
    recurs_on: date | None
    parent: str | None
    modified: datetime | None
    sequence: int
    calendar: str
    prodid: str
    line: int
    facts: Facts
    is_private: bool = False
    revision: int = 0

    @property
    def identity(self) -> str:
        """The same for the same item at each reading, and different for each occurrence.

        An occurrence is named by its week and weekday (ISO 8601), which stay when it is moved.
        """
        return self.uid if self.recurs_on is None else f"{self.uid}/{self.recurs_on:%G-W%V-%u}"


class CalendarReading(Struct, frozen=True):
    """What came, in the order of the file, and what did not, by line.

    `lines` is where each uid stands that could be followed, whether or not it came.
    """

    items: tuple[Item, ...]
    problems: tuple[Problem, ...]
    lines: dict[str, int]


def read(data: bytes, window: tuple[date, date], zone: tzinfo | None = None) -> CalendarReading:
    """All events and tasks in `data`; recurring ones as they fall in the window, ends included.

    `zone` is where a time in UTC is shown if the calendar does not say, otherwise UTC.
    """
    scanned = scan(data)
    if not any(c.name == "VCALENDAR" for c in scanned.components):
        what = mistaken(data) or Message("no calendar: no BEGIN:VCALENDAR in it")
        scanned = Scan(scanned.components, [Problem(1, Message("This is {what}.", what=what))])
    reader = _CalendarReader(scanned, window, zone)
    items = sorted(reader.items, key=lambda item: item.line)
    problems = sorted(reader.problems, key=lambda p: p.line)
    return CalendarReading(tuple(items), tuple(problems), reader.lines)


class _Calendar(Struct, frozen=True):
    """What a calendar says of its entries; `here` is where its times in UTC are shown."""

    name: str
    prodid: str
    zones: Zones
    here: tzinfo | None


class _CalendarReader:
    """One file being read: what has been taken so far."""

    def __init__(self, scanned: Scan, window: tuple[date, date], here: tzinfo | None) -> None:
        self.window = window
        self.budget = Budget()
        self.items: list[Item] = []
        self.problems = list(scanned.problems)
        self.lines: dict[str, int] = {}
        self._revision = 0
        self._zones = Zones(
            part for c in scanned.components for part in c.walk() if part.name == "VTIMEZONE"
        )
        self._take([(self._calendar(c, here), c) for c in scanned.components])

    def _calendar(self, calendar: Component, here: tzinfo | None) -> _Calendar:
        return _Calendar(
            _one_line(calendar, "NAME") or _one_line(calendar, "X-WR-CALNAME"),
            _one_line(calendar, "PRODID"),
            self._zones,
            self._here(calendar) or here,
        )

    def _take(self, calendars: list[tuple[_Calendar, Component]]) -> None:
        """Take every entry; what has one uid is one series, wherever in the file it stands."""
        found: dict[tuple[str, str], list[tuple[_Calendar, CalendarEntry]]] = {}
        for calendar, outermost in calendars:
            for part in outermost.walk():
                if part.name in KINDS:
                    entry = CalendarEntry(part, calendar.zones, calendar.here)
                    found.setdefault((part.name, _uid(part)), []).append((calendar, entry))
        for entries in found.values():
            self._revision = max(entry.sequence for _, entry in entries)
            if any(is_recurring(entry.component) for _, entry in entries):
                self._take_series(self._current(entries))
            else:
                for calendar, entry in entries:
                    self._take_one(calendar, entry, None)

    def _current(
        self, entries: list[tuple[_Calendar, CalendarEntry]]
    ) -> list[tuple[_Calendar, CalendarEntry]]:
        """Of what describes one occurrence, or the series, the latest revision."""
        by_occurrence: dict[str, list[tuple[_Calendar, CalendarEntry]]] = {}
        for calendar, entry in entries:
            replaced = entry.component.get("RECURRENCE-ID")
            which = "" if replaced is None else self._instant(entry, replaced)
            by_occurrence.setdefault(which, []).append((calendar, entry))
        latest = []
        for revisions in by_occurrence.values():
            *earlier, last = sorted(revisions, key=lambda one: one[1].revision)
            latest.append(last)
            for _, entry in earlier:
                line = last[1].component.first
                self._refuse(entry.component, Message(LATER, line=line))
        return latest

    def _instant(self, entry: CalendarEntry, line: ContentLine) -> str:
        try:
            value = entry.zones.value(line)
        except ValueError:
            return line.value
        is_time = isinstance(value, datetime) and value.tzinfo is not None
        return str(on_the_wall(value, UTC)) if is_time else str(value)

    def _take_series(self, entries: list[tuple[_Calendar, CalendarEntry]]) -> None:
        try:
            found = list(occurrences([entry for _, entry in entries], self.window, self.budget))
        except UNFOLLOWED as error:
            self._refuse(entries[0][1].component, _why(error))
            return
        self.lines[_uid(entries[0][1].component)] = entries[0][1].component.first
        of = {entry.component.first: calendar for calendar, entry in entries}
        for occurrence in found:
            entry = occurrence.entry
            self._take_one(of[entry.component.first], entry, occurrence)

    def _take_one(
        self, calendar: _Calendar, whole_entry: CalendarEntry, occurrence: Occurrence | None
    ) -> None:
        entry, here = whole_entry.component, calendar.here
        try:
            start, due = _days(whole_entry, occurrence)
            title = _title(entry, due)
        except (ValueError, OverflowError) as error:
            self._refuse(entry, _why(error))
            return
        item = Item(
            kind=entry.name,
            uid=_uid(entry),
            title=title,
            due=due,
            start=start,
            status=_text(entry, "STATUS").strip().upper() or None,
            percent=self._percent(entry),
            completed_on=self._day(whole_entry, "COMPLETED", here),
            description=self._described(entry),
            url=(self._optional(entry.get("URL"), read_text) or "").strip() or None,
            categories=tuple(
                category
                for line in entry.all("CATEGORIES")
                for category in listed(self._optional(line, decoded) or "")
            ),
            created_on=self._day(whole_entry, "CREATED", here),
            recurs_on=None if occurrence is None else occurrence.replaces,
            parent=_parent(entry),
            modified=self._modified(entry),
            sequence=whole_entry.sequence,
            calendar=calendar.name,
            prodid=calendar.prodid,
            line=entry.first,
            facts=_facts(entry),
            is_private=_text(entry, "CLASS").strip().upper() not in ("", "PUBLIC"),
            revision=self._revision,
        )
        self.lines.setdefault(item.uid, item.line)
        self.items.append(item)

    def _described(self, entry: Component) -> str:
        return self._optional(entry.get("DESCRIPTION"), read_text) or ""

    def _percent(self, entry: Component) -> int | None:
        return self._optional(entry.get("PERCENT-COMPLETE"), lambda line: whole(line, 0, 100))

    def _day(self, entry: CalendarEntry, name: str, here: tzinfo | None) -> date | None:
        return self._optional(
            entry.component.get(name),
            lambda line: day_of(on_the_wall(entry.zones.value(line), here)),
        )

    def _modified(self, entry: Component) -> datetime | None:
        """LAST-MODIFIED or else DTSTAMP, which both are in UTC."""
        line = entry.get("LAST-MODIFIED") or entry.get("DTSTAMP")
        value = None if line is None else self._optional(line, lambda line: moment(line.value))
        return value.replace(tzinfo=UTC) if isinstance(value, datetime) else None

    def _here(self, calendar: Component) -> tzinfo | None:
        """The zone in which the calendar's times in UTC are meant to be shown."""
        return self._optional(calendar.get("X-WR-TIMEZONE"), self._known)

    def _known(self, line: ContentLine) -> tzinfo:
        name = line.value.strip()
        if (zone := self._zones.named(name)) is None:
            raise Reason("{name!r} is no timezone that is known", name=name[:40])
        return zone

    def _optional(
        self, line: ContentLine | None, meaning: Callable[[ContentLine], _T]
    ) -> _T | None:
        """What a property means that an item can do without."""
        if line is None:
            return None
        try:
            return meaning(line)
        except (ValueError, LookupError, OSError) as error:
            told = Message("{name} was left out: {reason}.", name=line.name, reason=_why(error))
            self.problems.append(Problem(line.number, told))
            return None

    def _refuse(self, entry: Component, why: Message) -> None:
        self.problems.append(left_out(entry.name, entry.first, why))


def left_out(kind: str, line: int, why: Message) -> Problem:
    """Say that an event or a task does not come."""
    if kind == "VEVENT":
        return Problem(line, Message("This event was left out: {reason}.", reason=why))
    return Problem(line, Message("This task was left out: {reason}.", reason=why))


def _why(error: Exception) -> Message:
    """The reason that a reader gave; what a library says of what it cannot read helps nobody."""
    return error.in_full if isinstance(error, Reason) else Message("its dates cannot be followed")


def _title(entry: Component, due: date | None) -> str:
    line = entry.get("SUMMARY")
    title = "" if line is None else " ".join(read_text(line).split())
    title = title or _named_by(entry, due)
    return f"{title[:LONGEST_TITLE]}…" if len(title) > LONGEST_TITLE else title


def _named_by(entry: Component, due: date | None) -> str:
    """What an entry without a title is known by: what it says first, where, or when it is."""
    said = " ".join(_one_line(entry, "DESCRIPTION").split(" ")[:FIRST_WORDS])
    if words := said or _one_line(entry, "LOCATION"):
        return words
    kind = "Event" if entry.name == "VEVENT" else "Task"
    if due is None:
        raise Reason("it has no title")
    return f"{kind}, {due}"


def _text(entry: Component, name: str) -> str:
    line = entry.get(name)
    try:
        return "" if line is None else read_text(line)
    except ValueError:
        return ""


def _one_line(component: Component, name: str) -> str:
    return " ".join(_text(component, name).split())


def _parent(entry: Component) -> str | None:
    """The uid that the entry is a part of; without RELTYPE that is meant (RFC 5545 §3.2.15)."""
    parents = (
        line.value
        for line in entry.all("RELATED-TO")
        if line.parameters.get("RELTYPE", "PARENT").upper() == "PARENT"
    )
    uid = " ".join(unescaped(next(parents, "")).split())
    return _known_by(uid) if uid else None


def _known_by(uid: str) -> str:
    """A uid as it stands, or what stands for one that nobody could mean."""
    if len(uid) <= LONGEST_UID:
        return uid
    return f"long-{sha256(uid.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}"


def _facts(entry: Component) -> Facts:
    """What our own feed says to programs."""
    named = (name for name in entry.named if name.startswith(PREFIX))
    return {name: tuple(unescaped(line.value) for line in entry.all(name)) for name in named}


CONTENT = "content-"
"""What a uid begins with that was made of the content, for want of one in the file."""


def _uid(entry: Component) -> str:
    uid = _one_line(entry, "UID")
    if uid:
        return _known_by(uid)
    content = "\n".join(f"{n.name}:{n.value}" for n in entry.lines if n.name not in _STAMPS)
    return f"{CONTENT}{sha256(content.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}"


def _days(entry: CalendarEntry, occurrence: Occurrence | None) -> tuple[date | None, date | None]:
    """The first day and the due day."""
    if occurrence is None:
        start, end = (
            None if value is None else on_the_wall(value, entry.place)
            for value in (entry.start, entry.end)
        )
    else:
        start, end = occurrence.start, occurrence.end
    if entry.component.name == "VTODO":
        return (day_of(start) if start else None), (day_of(end) if end else None)
    if start is None:
        raise Reason("it has no DTSTART")
    first = day_of(start)
    return first, max(first, _last_day(end)) if end is not None else first


def _last_day(end: date | datetime) -> date:
    """The last day of an event: its end is the first moment after it (RFC 5545 §3.6.1)."""
    if isinstance(end, datetime):
        return (end - _INSTANT).date()
    return end - timedelta(days=1)
