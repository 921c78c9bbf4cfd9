"""Other programs' events and tasks, taken out of an iCalendar file of any quality.

Nothing here raises: what cannot be taken is a problem with the number of its line and a reason,
and everything else comes. A due date is never guessed: an event's is its last day, a task's is its
DUE. A time counts as the day it falls on where the event is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from hashlib import sha256
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct

from tracker.ics.facts import PREFIX, Facts
from tracker.ics.recurrence import UNFOLLOWED, Budget, Occurrence, is_recurring, occurrences
from tracker.ics.scan import Component, Line, Problem, Scan, scan
from tracker.ics.values import (
    day_of,
    duration,
    listed,
    moment,
    on_the_wall,
    unescaped,
    whole,
)

_T = TypeVar("_T")

KINDS = ("VEVENT", "VTODO")

LONGEST_TITLE = 1_000
"""Characters; what is longer is cut, since no screen shows it."""

LONGEST_UID = 300

_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_INSTANT = timedelta(microseconds=1)
_STAMPS = frozenset({"DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE"})


class Item(Struct, frozen=True):
    """An event or a task. `status` is the file's own word, in capitals: NEEDS-ACTION, CONFIRMED.

    `uid` is the file's, or else made from the content, so that reading twice gives it twice.
    `recurs_on` is the day that a recurrence rule gave this occurrence; with the uid it tells the
    occurrences apart. `parent` is the uid that it is a part of, `modified` when it last changed,
    `calendar` the name of what it stands in and `prodid` the program that wrote it. `line` is
    where the item begins, and `facts` are what our own feed tells programs.
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
    calendar: str
    prodid: str
    line: int
    facts: Facts

    @property
    def identity(self) -> str:
        """The same for the same item at each reading, and different for each occurrence.

        An occurrence is named by its week and weekday (ISO 8601), which stay when it is moved.
        """
        return self.uid if self.recurs_on is None else f"{self.uid}/{self.recurs_on:%G-W%V-%u}"


class Reading(Struct, frozen=True):
    """What came, in the order of the file, and what did not, by line."""

    items: tuple[Item, ...]
    problems: tuple[Problem, ...]


def read(data: bytes, window: tuple[date, date], zone: tzinfo | None = None) -> Reading:
    """All events and tasks in `data`; recurring ones as they fall in the window, ends included.

    `zone` is where a time in UTC is shown if the calendar does not say, otherwise UTC.
    """
    scanned = scan(data)
    reader = _Reader(scanned, window, zone)
    for calendar in scanned.components:
        reader.take(calendar)
    items = sorted(reader.items, key=lambda item: item.line)
    return Reading(tuple(items), tuple(sorted(reader.problems, key=lambda p: p.line)))


class _Reader:
    """One file being read: what has been taken so far."""

    def __init__(self, scanned: Scan, window: tuple[date, date], zone: tzinfo | None) -> None:
        self.window = window
        self.zone = zone
        self.budget = Budget()
        self.items: list[Item] = []
        self.name = self.prodid = ""
        self.problems = list(scanned.problems)
        if not any(c.name == "VCALENDAR" for c in scanned.components):
            self.problems = [Problem(1, "This is no calendar: no BEGIN:VCALENDAR in it.")]

    def take(self, calendar: Component) -> None:
        zone = self._zone(calendar) or self.zone
        self.name = _one_line(calendar, "NAME") or _one_line(calendar, "X-WR-CALNAME")
        self.prodid = _one_line(calendar, "PRODID")
        series: dict[tuple[str, str], list[Component]] = {}
        for entry in calendar.walk():
            if entry.name not in KINDS:
                continue
            if not is_recurring(entry):
                self._take_one(entry, zone, None)
            else:
                series.setdefault((entry.name, _uid(entry)), []).append(entry)
        for entries in series.values():
            self._take_series(entries, zone)

    def _take_series(self, entries: list[Component], zone: tzinfo | None) -> None:
        try:
            found = list(occurrences(entries, zone, self.window, self.budget))
        except UNFOLLOWED as error:
            why = str(error) if type(error) is ValueError else "its dates cannot be followed"
            self._refuse(entries[0], why)
            return
        for occurrence in found:
            self._take_one(occurrence.entry, zone, occurrence)

    def _take_one(
        self, entry: Component, zone: tzinfo | None, occurrence: Occurrence | None
    ) -> None:
        try:
            start, due = _days(entry, zone, occurrence)
            title = _title(entry)
        except (ValueError, OverflowError) as error:
            self._refuse(entry, str(error))
            return
        item = Item(
            kind=entry.name,
            uid=_uid(entry),
            title=title,
            due=due,
            start=start,
            status=_text(entry, "STATUS").strip().upper() or None,
            percent=self._percent(entry),
            completed_on=self._day(entry, "COMPLETED", zone),
            description=_text(entry, "DESCRIPTION"),
            url=_text(entry, "URL").strip() or None,
            categories=_categories(entry),
            created_on=self._day(entry, "CREATED", zone),
            recurs_on=None if occurrence is None else occurrence.replaces,
            parent=_parent(entry),
            modified=self._modified(entry),
            calendar=self.name,
            prodid=self.prodid,
            line=entry.first,
            facts=_facts(entry),
        )
        self.items.append(item)

    def _percent(self, entry: Component) -> int | None:
        return self._optional(entry.get("PERCENT-COMPLETE"), lambda line: whole(line, 0, 100))

    def _day(self, entry: Component, name: str, zone: tzinfo | None) -> date | None:
        return self._optional(
            entry.get(name), lambda line: day_of(on_the_wall(moment(line.value), zone))
        )

    def _modified(self, entry: Component) -> datetime | None:
        """LAST-MODIFIED or else DTSTAMP, which both are in UTC."""
        line = entry.get("LAST-MODIFIED") or entry.get("DTSTAMP")
        value = None if line is None else self._optional(line, lambda line: moment(line.value))
        return value.replace(tzinfo=UTC) if isinstance(value, datetime) else None

    def _zone(self, calendar: Component) -> tzinfo | None:
        """The zone in which the calendar's times in UTC are meant to be shown."""
        return self._optional(
            calendar.get("X-WR-TIMEZONE"), lambda line: ZoneInfo(line.value.strip())
        )

    def _optional(self, line: Line | None, meaning: Callable[[Line], _T]) -> _T | None:
        """What a property means that an item can do without."""
        if line is None:
            return None
        try:
            return meaning(line)
        except (ValueError, LookupError, OSError) as error:
            self.problems.append(Problem(line.number, f"{line.name} was left out: {error}."))
            return None

    def _refuse(self, entry: Component, why: str) -> None:
        kind = "event" if entry.name == "VEVENT" else "task"
        self.problems.append(Problem(entry.first, f"This {kind} was left out: {why}."))


def _title(entry: Component) -> str:
    title = _one_line(entry, "SUMMARY")
    if not title:
        raise ValueError("it has no title")
    if len(title) > LONGEST_TITLE:
        title = f"{title[:LONGEST_TITLE]}…"
    if _is_garbled(entry.get("SUMMARY")):
        raise ValueError("its title is not UTF-8; give the encoding, such as --encoding gb18030")
    return title


def _text(entry: Component, name: str) -> str:
    line = entry.get(name)
    return "" if line is None else unescaped(line.value)


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


def _is_garbled(line: Line | None) -> bool:
    return line is not None and _NOT_UTF8.search(line.value) is not None


def _categories(entry: Component) -> tuple[str, ...]:
    return tuple(category for line in entry.all("CATEGORIES") for category in listed(line.value))


def _facts(entry: Component) -> Facts:
    """What our own feed says to programs."""
    named = (name for name in entry.named if name.startswith(PREFIX))
    return {name: tuple(unescaped(line.value) for line in entry.all(name)) for name in named}


def _uid(entry: Component) -> str:
    uid = _one_line(entry, "UID")
    if uid:
        return _known_by(uid)
    content = "\n".join(f"{n.name}:{n.value}" for n in entry.lines if n.name not in _STAMPS)
    return f"content-{sha256(content.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}"


def _days(
    entry: Component, zone: tzinfo | None, occurrence: Occurrence | None
) -> tuple[date | None, date | None]:
    """The first day and the due day."""
    is_event = entry.name == "VEVENT"
    if occurrence is None:
        start = _moment(entry, "DTSTART", zone)
        end = _moment(entry, "DTEND" if is_event else "DUE", zone)
        lasting = entry.get("DURATION")
        if end is None and start is not None and lasting is not None:
            end = start + duration(lasting.value)
    else:
        start, end = occurrence.start, occurrence.end
    if not is_event:
        return (day_of(start) if start else None), (day_of(end) if end else None)
    if start is None:
        raise ValueError("it has no DTSTART")
    first = day_of(start)
    return first, max(first, _last_day(end)) if end is not None else first


def _moment(entry: Component, name: str, zone: tzinfo | None) -> date | datetime | None:
    line = entry.get(name)
    try:
        return None if line is None else on_the_wall(moment(line.value), zone)
    except ValueError as error:
        raise ValueError(f"its {name} {error}") from None


def _last_day(end: date | datetime) -> date:
    """The last day of an event: its end is the first moment after it (RFC 5545 §3.6.1)."""
    if isinstance(end, datetime):
        return (end - _INSTANT).date()
    return end - timedelta(days=1)
