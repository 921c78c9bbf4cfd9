"""Other programs' events and tasks, taken out of an iCalendar file of any quality.

Nothing here raises: what cannot be taken is a problem with the number of its line and a reason,
and everything else comes. A due date is never guessed: an event's is its last day, a task's is its
DUE. A time counts as the day it falls on where the event is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import partial
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tracker.ics.entry import END, Calendar, CalendarEntry, one_line
from tracker.ics.facts import Facts
from tracker.ics.recurrence import UNFOLLOWED, Occurrence, occurrences
from tracker.ics.rules import StepBudget
from tracker.ics.scan import Component, ContentLine, Problem, Scan, other_format, scan
from tracker.ics.values import date_or_time, day_of, integer, read_list, read_text
from tracker.ics.zones import Timezones, wall_time
from tracker.message import Message, Reason
from tracker.model import Status

_T = TypeVar("_T")

KINDS = tuple(END)

TASK_STATES = frozenset(status.task for status in Status)

LATER = Message("line {line} has a later revision of it")

_INSTANT = timedelta(microseconds=1)


class Item(Struct, frozen=True):
    """An event or a task. `status` is the file's own word, in capitals: NEEDS-ACTION, CONFIRMED.

    `uid` is the file's, or else made from the content, so that reading twice gives it twice.
    `recurs_on` is the day that a recurrence rule gave this occurrence; with the uid it tells the
    occurrences apart. `parent` is the uid that it is a part of, `modified` when it last changed,
    `order` what tells which of two is the later, `revision` the highest SEQUENCE of all that the
    file says of its uid, `calendar` the name of what it stands in and `prodid` the program that
    wrote it. `line` is where the item begins, and `facts` are what our own feed tells programs.
    """

    kind: str
    uid: str
    title: str
    status: str | None
    percent: int | None
    completed_on: date | None
    description: str
    url: str | None
    categories: tuple[str, ...]
    created_on: date | None
    parent: str | None
    modified: datetime | None
    order: tuple[int, str]
    calendar: str
    prodid: str
    line: int
    facts: Facts
    due: date | None = None
    start: date | None = None
    recurs_on: date | None = None
    is_private: bool = False
    revision: int = 0

    @property
    def state(self) -> str:
        """The status of a task: its own word if there is such a one, or else whether it is done."""
        if self.status in TASK_STATES:
            return self.status
        is_done = self.completed_on is not None or self.percent == 100
        return "COMPLETED" if is_done else "NEEDS-ACTION"

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
        what = other_format(data) or Message("no calendar: no BEGIN:VCALENDAR in it")
        scanned = Scan(scanned.components, [Problem(1, Message("This is {what}.", what=what))])
    reader = _CalendarReader(scanned, window, zone)
    items = sorted(reader.items, key=lambda item: item.line)
    problems = sorted(reader.problems, key=lambda p: p.line)
    return CalendarReading(tuple(items), tuple(problems), reader.lines)


class _CalendarReader:
    """One file being read: what has been taken so far."""

    def __init__(self, scanned: Scan, window: tuple[date, date], here: tzinfo | None) -> None:
        self.window = window
        self.budget = StepBudget()
        self.items: list[Item] = []
        self.problems = list(scanned.problems)
        self.lines: dict[str, int] = {}
        self._refused: set[str] = set()
        defined = (part for c in scanned.components for part in c.walk())
        zones = Timezones(part for part in defined if part.name == "VTIMEZONE")
        self._take([(self._calendar(c, zones, here), c) for c in scanned.components])

    def _calendar(self, calendar: Component, zones: Timezones, here: tzinfo | None) -> Calendar:
        name = one_line(calendar, "NAME") or one_line(calendar, "X-WR-CALNAME")
        own = calendar.inner("VTIMEZONE")
        zones = Timezones(own, zones) if own else zones
        shown = self._optional(calendar.get("X-WR-TIMEZONE"), zones.known)
        separator = ";" if one_line(calendar, "VERSION") == "1.0" else ","
        prodid = one_line(calendar, "PRODID")
        return Calendar(name, prodid, zones, shown or here, partial(read_list, separator=separator))

    def _take(self, calendars: list[tuple[Calendar, Component]]) -> None:
        """Take every entry; what has one uid is one series, wherever in the file it stands."""
        found: dict[tuple[str, str], list[CalendarEntry]] = {}
        for calendar, outermost in calendars:
            for part in outermost.walk():
                if part.name in KINDS:
                    entry = CalendarEntry(part, calendar)
                    found.setdefault((part.name, entry.uid), []).append(entry)
        for (_, uid), entries in found.items():
            revision = max(entry.sequence for entry in entries)
            if any(entry.is_recurring for entry in entries):
                self._take_series(uid, self._current(entries), revision)
            else:
                for entry in entries:
                    self._take_dated(uid, entry, revision, [None])

    def _current(self, entries: list[CalendarEntry]) -> list[CalendarEntry]:
        """Of what describes one occurrence, or the series, the latest revision."""
        by_occurrence: dict[str, list[CalendarEntry]] = {}
        for entry in entries:
            by_occurrence.setdefault(_instant(entry), []).append(entry)
        latest = []
        for revisions in by_occurrence.values():
            *earlier, last = sorted(revisions, key=lambda one: one.revision)
            latest.append(last)
            for entry in earlier:
                later = Message(LATER, line=last.component.first)
                self.problems.append(left_out(entry.component.name, entry.component.first, later))
        return latest

    def _take_series(self, uid: str, entries: list[CalendarEntry], revision: int) -> None:
        found: dict[int, list[Occurrence]] = {}
        try:
            for one in occurrences(entries, self.window, self.budget, self._refuse):
                found.setdefault(one.entry.component.first, []).append(one)
        except UNFOLLOWED as error:
            self._refuse(entries[0], error)
            return
        if uid not in self._refused:
            self.lines[uid] = entries[0].component.first
        masters = (entry.component for entry in entries if not entry.is_override)
        master = next(masters, None)
        for entry in entries:
            some = found.get(entry.component.first, [])
            self._take_dated(uid, entry, revision, some, master)

    def _take_dated(
        self,
        uid: str,
        entry: CalendarEntry,
        revision: int,
        times: Sequence[Occurrence | None],
        master: Component | None = None,
    ) -> None:
        """Take an entry as often as it takes place: once by itself, or as part of a series."""
        made: Item | None = None
        for occurrence in times:
            try:
                start, due = _days(entry, occurrence)
                made = made or self._item(uid, entry, revision, master)
                if not made.title and due is None:
                    raise Reason("it has no title")
                title = made.title or f"{'Event' if made.kind == 'VEVENT' else 'Task'}, {due}"
            except UNFOLLOWED as error:
                self._refuse(entry, error)
                return
            recurs_on = None if occurrence is None else occurrence.replaces
            self.items.append(replace(made, title=title, start=start, due=due, recurs_on=recurs_on))
        if made is not None:
            self.lines.setdefault(uid, made.line)

    def _item(
        self, uid: str, whole_entry: CalendarEntry, revision: int, master: Component | None
    ) -> Item:
        """What an entry says but for its days. Raises Reason if its title is garbage."""
        entry, calendar = whole_entry.component, whole_entry.calendar
        return Item(
            kind=entry.name,
            uid=uid,
            title=whole_entry.title(master),
            status=whole_entry.word("STATUS") or None,
            percent=self._optional(
                entry.get("PERCENT-COMPLETE"), lambda line: integer(line, 0, 100)
            ),
            completed_on=self._day(whole_entry, "COMPLETED"),
            description=self._optional(entry.get("DESCRIPTION"), read_text) or "",
            url=(self._optional(entry.get("URL"), read_text) or "").strip() or None,
            categories=tuple(
                category
                for line in entry.all("CATEGORIES")
                for category in self._optional(line, calendar.listed) or ()
            ),
            created_on=self._day(whole_entry, "CREATED"),
            parent=whole_entry.parent,
            modified=self._modified(entry),
            order=whole_entry.revision,
            calendar=calendar.name,
            prodid=calendar.prodid,
            line=entry.first,
            facts=whole_entry.facts,
            is_private=whole_entry.word("CLASS") not in ("", "PUBLIC"),
            revision=revision,
        )

    def _day(self, entry: CalendarEntry, name: str) -> date | None:
        zones, here = entry.calendar.zones, entry.calendar.here
        return self._optional(
            entry.component.get(name), lambda line: day_of(wall_time(zones.value(line), here))
        )

    def _modified(self, entry: Component) -> datetime | None:
        """LAST-MODIFIED or else DTSTAMP, which both are in UTC."""
        line = entry.get("LAST-MODIFIED") or entry.get("DTSTAMP")
        value = self._optional(line, lambda line: date_or_time(line.value))
        return value.replace(tzinfo=UTC) if isinstance(value, datetime) else None

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

    def _refuse(self, entry: CalendarEntry, error: Exception) -> None:
        part = entry.component
        self._refused.add(entry.uid)
        self.problems.append(left_out(part.name, part.first, _why(error)))


def _instant(entry: CalendarEntry) -> str:
    """Which occurrence an entry replaces; nothing if it is the series."""
    line = entry.component.get("RECURRENCE-ID")
    try:
        value = entry.replaced
    except Reason:
        return "" if line is None else line.value
    if value is None:
        return ""
    is_time = isinstance(value, datetime) and value.tzinfo is not None
    return str(wall_time(value, UTC)) if is_time else str(value)


def left_out(kind: str, line: int, why: Message) -> Problem:
    """Say that an event or a task does not come."""
    if kind == "VEVENT":
        return Problem(line, Message("This event was left out: {reason}.", reason=why), True)
    return Problem(line, Message("This task was left out: {reason}.", reason=why), True)


def _why(error: Exception) -> Message:
    """The reason that a reader gave; what a library says of what it cannot read helps nobody."""
    return error.in_full if isinstance(error, Reason) else Message("its dates cannot be followed")


def _days(entry: CalendarEntry, occurrence: Occurrence | None) -> tuple[date | None, date | None]:
    if occurrence is None:
        where = entry.place(entry.calendar.here)
        moments = (entry.start, entry.end)
        start, end = (None if one is None else wall_time(one, where) for one in moments)
    else:
        start, end = occurrence.start, occurrence.end
    if entry.component.name == "VTODO":
        return (day_of(start) if start else None), (day_of(end) if end else None)
    if start is None:
        raise Reason("it has no DTSTART")
    first = day_of(start)
    if end is None:
        return first, first
    # The end of an event is the first moment after it (RFC 5545 §3.6.1).
    last = end - (_INSTANT if isinstance(end, datetime) else timedelta(days=1))
    return first, max(first, day_of(last))
