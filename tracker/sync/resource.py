"""A milestone as the resource of a CalDAV collection: one VTODO, without METHOD (RFC 4791 §4.1).

What is written follows from the milestone's history alone, not from the day: a task's own program
knows what is overdue. `X-MILESTONE-REVISION` says of which revision it was written, so that a
lost record of the last sync loses nothing, and `X-MILESTONE-WORDED` which description was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from hashlib import sha256
from itertools import count
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from tracker.ics.component import component
from tracker.ics.facts import fact_names
from tracker.ics.lines import clean, fold
from tracker.ics.profile import PRODID, Feed, FeedKind
from tracker.ics.read import Item, read
from tracker.ics.revision import revision
from tracker.ics.scan import Component, ContentLine, scan
from tracker.ics.values import date_or_time, listed, unescaped
from tracker.ics.wording import description, state
from tracker.locale import ENGLISH
from tracker.message import Reason
from tracker.model import Milestone

REVISION = "X-MILESTONE-REVISION"
WORDED = "X-MILESTONE-WORDED"

_TIMELESS = Feed(as_of=date.min, kind=FeedKind.TASKS)
_HEAD = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODID}\r\nCALSCALE:GREGORIAN\r\n"
_TAIL = "END:VCALENDAR\r\n"
_END = "END:VTODO\r\n"
_PLAIN_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")
_WINDOW = (date.min, date.min)

_WRITTEN = frozenset({
    *("CATEGORIES", "COMPLETED", "CREATED", "DESCRIPTION", "DTSTAMP", "DUE", "DURATION"),
    *("DTSTART", "LAST-MODIFIED", "PERCENT-COMPLETE", "PRIORITY", "RELATED-TO", "SEQUENCE"),
    *("STATUS", "SUMMARY", "UID", "URL", REVISION, WORDED, *fact_names()),
})  # fmt: skip
SAID = ("SUMMARY", "DESCRIPTION", "CATEGORIES", "PRIORITY", "RELATED-TO", "URL")
"""What we write and do not take back: where somebody changes it there, it stays so there."""

_DATES = frozenset({"DTSTART", "DUE", "DURATION"})
_RECURRING = frozenset({"RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"})
_NAMELESS = ContentLine(0, "SUMMARY", "", "-")
"""Stands behind a title, so that a task that lost its own is still one."""

_GROWING = frozenset({"DTSTAMP", "LAST-MODIFIED", "SEQUENCE"})


class Task(Struct, frozen=True):
    """A resource as it was read: its task, and the revision that it was written of.

    `said` is what each of SAID says, in a form that two programs write alike. `worded` is whether
    the description is the one that was written: our own words for it may be others by now.
    """

    item: Item
    revision: datetime | None
    said: dict[str, object]
    worded: bool


def names(uid: str) -> Iterator[str]:
    """The resource's name in its collection: always the same for a uid, safe in any path.

    Then others, for where that is taken by somebody else's.
    """
    plain = _PLAIN_NAME.fullmatch(uid) and not uid.startswith(".")
    digest = sha256(uid.encode()).hexdigest()[:32]
    yield f"{quote(uid if plain else digest)}.ics"
    yield from (f"{digest}-{number}.ics" for number in count(2))


def resource_bytes(m: Milestone) -> bytes:
    return f"{_HEAD}{_task(m)}{_TAIL}".encode()


def parsed(data: bytes, zone: tzinfo | None) -> Task:
    """The task of a resource, by itself where it recurs. Times in UTC are shown in `zone`.

    Raises Reason with what to say of the milestone if there is none that can be read.
    """
    calendars = scan(data).components
    todo = _todo(calendars)
    if todo is None:
        raise Reason("is no task there any more")
    alone = replace(todo, lines=[*todo.lines, _NAMELESS])
    alone.lines = [line for line in alone.lines if line.name not in _RECURRING]
    zones = [zone for one in calendars for zone in one.inner("VTIMEZONE")]
    lines = "\r\n".join(replace(calendars[0], lines=[], parts=[alone, *zones]).written())
    reading = read(lines.encode("utf-8", "surrogateescape"), _WINDOW, zone)
    if not reading.items:
        raise Reason("cannot be read there ({reason})", reason=reading.problems[0].message)
    worded = todo.get(WORDED)
    item = reading.items[0]
    as_written = worded is not None and worded.value.strip() == _digest(item.description)
    return Task(item, _revision(todo), dict(_compared(todo)), as_written)


def _compared(todo: Component) -> Iterator[tuple[str, object]]:
    for name in SAID:
        lines = todo.all(name)
        match name:
            case "CATEGORIES":
                yield name, frozenset(word for line in lines for word in listed(line.value))
            case "RELATED-TO":
                kinds = (n.parameters.get("RELTYPE", "PARENT").upper() for n in lines)
                yield name, frozenset(zip(kinds, (unescaped(n.value) for n in lines), strict=True))
            case "PRIORITY":
                yield name, next((line.value.strip() for line in lines), "0")
            case _:
                yield name, " ".join(next((unescaped(n.value) for n in lines), "").split())


def _digest(description: str) -> str:
    """Of the words alone: programs differ in how they end lines and texts."""
    return sha256(" ".join(description.split()).encode(errors="replace")).hexdigest()[:16]


def uid_of(data: bytes) -> str | None:
    for calendar in scan(data).components:
        for part in calendar.walk():
            if (line := part.get("UID")) is not None:
                return unescaped(line.value).strip()
    return None


def merged(m: Milestone, theirs: bytes, kept: frozenset[str], task: Task | None) -> bytes:
    """The resource as `m` is now, with all that others put into it.

    Alarms, places, single occurrences and the properties that only their programs know stay. So do
    `kept`, properties of ours that somebody changed there, and start and time of day of `task`.
    """
    calendars = scan(theirs).components
    before = _todo(calendars)
    if before is None:
        return resource_bytes(m)
    ours = scan(resource_bytes(m)).components[0].parts[0]
    dates = [n for n in before.lines if n.name in _DATES]
    if "DUE" not in kept:
        dates = _dated(m, ours.get("DUE"), before, task.item if task else None)
    lines = [line for line in ours.lines if line.name not in kept | _DATES]
    lines = [_grown(line, before) if line.name in _GROWING else line for line in lines]
    lines += dates
    written_here = _WRITTEN | ours.named.keys()
    lines += [n for n in before.lines if n.name not in written_here or n.name in kept - _DATES]
    others = (part for one in calendars for part in one.parts if part is not before)
    parts = (replace(before, lines=lines), *others)
    unfolded = (line.encode(errors="replace").decode() for part in parts for line in part.written())
    return f"{_HEAD}{''.join(map(fold, unfolded))}{_TAIL}".encode()


def _task(m: Milestone) -> str:
    todo = component(m, _TIMELESS, revision(m, date.min))
    words = description(m, state(m, overdue=False), ENGLISH)
    ours = f"{REVISION}:{m.recorded_at.isoformat()}\r\n{WORDED}:{_digest(clean(words))}\r\n"
    return f"{todo.removesuffix(_END)}{ours}{_END}"


def _todo(calendars: list[Component]) -> Component | None:
    """The task that is meant: of one that recurs the series, not an occurrence by itself."""
    todos = [todo for one in calendars for todo in one.inner("VTODO")]
    series = (todo for todo in todos if todo.get("RECURRENCE-ID") is None)
    return next(series, todos[0] if todos else None)


def _revision(todo: Component) -> datetime | None:
    line = todo.get(REVISION)
    try:
        return datetime.fromisoformat(line.value.strip()) if line else None
    except ValueError:
        return None


def _dated(
    m: Milestone, due: ContentLine | None, before: Component, item: Item | None
) -> list[ContentLine]:
    """The dates of a task in the form that theirs have, on the day that `m` is due.

    A time of day stays, and a start stays where it is unless it would come after the end.
    """
    try:
        moved = _redated(m.due, before, item) if item else None
    except (ValueError, OverflowError):
        moved = None
    ours = [] if due is None else [due]
    start = before.get("DTSTART") if m.due is None else None
    return ([start] if start else ours) if moved is None else moved


def _redated(due: date | None, before: Component, item: Item) -> list[ContentLine] | None:
    """Start and end or duration; None if theirs have no form for it."""
    start, end, lasting = map(before.get, ("DTSTART", "DUE", "DURATION"))
    if due is None or (start is None and end is None):
        return None
    if item.due is not None:
        days = due - item.due
        late = end is None or (item.start is not None and item.start > due)
        starts = [] if start is None else [_moved(start, days) if late else start]
        ends = [_moved(end, days)] if end else [lasting] if lasting else []
        return [*starts, *ends]
    if start is None or item.start is None or item.start > due:
        return None
    return [start, replace(_moved(start, due - item.start), name="DUE")]


def _moved(line: ContentLine, days: timedelta) -> ContentLine:
    """The date or time of a property, days later."""
    if not days:
        return line
    value = date_or_time(line.value)
    if not isinstance(value, datetime):
        return replace(line, value=f"{value + days:%Y%m%d}")
    return replace(line, value=f"{value + days:%Y%m%dT%H%M%S}{'Z' if value.tzinfo else ''}")


def _grown(line: ContentLine, before: Component) -> ContentLine:
    """The stamp or number that is the greater, ours or theirs: none may ever go back."""
    theirs = before.get(line.name)
    if theirs is None or len(theirs.value) > len(line.value) + 9:
        return line
    return max(line, theirs, key=lambda one: one.value.strip().zfill(20))
