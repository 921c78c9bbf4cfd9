"""A milestone as the resource of a CalDAV collection: one VTODO, without METHOD (RFC 4791 §4.1).

What is written follows from the milestone's history alone, not from the day: a task's own program
knows what is overdue. `X-MILESTONE-REVISION` says of which revision it was written, so that a
lost record of the last sync loses nothing, and `X-MILESTONE-WORDED` which description was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from hashlib import sha256
from urllib.parse import quote

from msgspec import Struct

from tracker.ics.component import component
from tracker.ics.facts import fact_names
from tracker.ics.lines import clean, fold
from tracker.ics.profile import PRODID, Feed, Kind
from tracker.ics.read import Item, read
from tracker.ics.revision import revision
from tracker.ics.scan import Component, Line, scan
from tracker.ics.values import listed, unescaped
from tracker.ics.wording import description, state
from tracker.model import Milestone

REVISION = "X-MILESTONE-REVISION"
WORDED = "X-MILESTONE-WORDED"

_TIMELESS = Feed(as_of=date.min, kind=Kind.TASKS)
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


def name(uid: str) -> str:
    """The resource's name in its collection: always the same for a uid, safe in any path."""
    plain = _PLAIN_NAME.fullmatch(uid) and not uid.startswith(".")
    stem = uid if plain else sha256(uid.encode()).hexdigest()[:32]
    return f"{quote(stem)}.ics"


def written(m: Milestone) -> bytes:
    """The resource that says what `m` is."""
    return f"{_HEAD}{_task(m)}{_TAIL}".encode()


def parsed(data: bytes, zone: tzinfo | None) -> Task | None:
    """The task of a resource; None if it is something else. Times in UTC are shown in `zone`."""
    items = [item for item in read(data, _WINDOW, zone).items if item.kind == "VTODO"]
    todo = _todo(data)
    if not items or todo is None:
        return None
    worded = todo.get(WORDED)
    as_written = worded is not None and worded.value.strip() == _digest(items[0].description)
    return Task(items[0], _revision(todo), dict(_said(todo)), as_written)


def _said(todo: Component) -> Iterator[tuple[str, object]]:
    for name in SAID:
        lines = [line for line in todo.lines if line.name == name]
        match name:
            case "CATEGORIES":
                yield name, frozenset(word for line in lines for word in listed(line.value))
            case "RELATED-TO":
                yield (
                    name,
                    frozenset(
                        (line.parameters.get("RELTYPE", "PARENT").upper(), unescaped(line.value))
                        for line in lines
                    ),
                )
            case "PRIORITY":
                yield name, next((line.value.strip() for line in lines), "0")
            case _:
                yield name, " ".join(next((unescaped(n.value) for n in lines), "").split())


def _digest(description: str) -> str:
    """Of the words alone: programs differ in how they end lines and texts."""
    return sha256(" ".join(description.split()).encode(errors="replace")).hexdigest()[:16]


def uid_of(data: bytes) -> str | None:
    """The uid of a resource, whatever it is."""
    for calendar in scan(data).components:
        for part in calendar.walk():
            if (line := part.get("UID")) is not None:
                return line.value.strip()
    return None


def merged(m: Milestone, theirs: bytes, kept: frozenset[str]) -> bytes:
    """The resource as `m` is now, with all that others put into it.

    Alarms, places and the properties that only their programs know stay. So do `kept`, properties
    of ours that somebody changed there, and the time of day of a due date that is the same.
    """
    before = _todo(theirs)
    if before is None:
        return written(m)
    ours = scan(written(m)).components[0].parts[0]
    staying = kept | _same_day(m, before)
    lines = [line for line in ours.lines if line.name not in staying]
    lines = [_grown(line, before) if line.name in _GROWING else line for line in lines]
    lines += [n for n in before.lines if n.name not in _WRITTEN or n.name in staying]
    body = "".join((*map(_text, lines), *(_whole(part) for part in before.parts)))
    zones = (part for part in scan(theirs).components[0].parts if part.name == "VTIMEZONE")
    text = f"{_HEAD}{''.join(map(_whole, zones))}BEGIN:VTODO\r\n{body}{_END}{_TAIL}"
    return text.encode(errors="replace")


def _task(m: Milestone) -> str:
    todo = component(m, _TIMELESS, revision(m, date.min))
    words = description(m, state(m, overdue=False))
    ours = f"{REVISION}:{m.recorded_at.isoformat()}\r\n{WORDED}:{_digest(clean(words))}\r\n"
    return f"{todo.removesuffix(_END)}{ours}{_END}"


def _todo(data: bytes) -> Component | None:
    parts = (part for calendar in scan(data).components for part in calendar.parts)
    return next((part for part in parts if part.name == "VTODO"), None)


def _revision(todo: Component | None) -> datetime | None:
    line = todo.get(REVISION) if todo else None
    try:
        return datetime.fromisoformat(line.value.strip()) if line else None
    except ValueError:
        return None


def _same_day(m: Milestone, before: Component) -> frozenset[str]:
    """The properties of the deadline, where it is the day that `m` is due anyway."""
    line = before.get("DUE")
    day = None if m.due is None else m.due.isoformat().replace("-", "")
    if line is not None and day is not None and line.value.strip()[:8] == day:
        return frozenset({"DUE", "DTSTART"})
    return frozenset()


def _grown(line: Line, before: Component) -> Line:
    """The stamp or number that is the greater, ours or theirs: none may ever go back."""
    theirs = before.get(line.name)
    if theirs is None or len(theirs.value) > len(line.value) + 9:
        return line
    padded = (value.value.strip().zfill(20) for value in (line, theirs))
    ours_padded, theirs_padded = padded
    return theirs if theirs_padded > ours_padded else line


def _text(line: Line) -> str:
    whole = f"{line.name}{line.raw_parameters}:{line.value}"
    return fold(whole.encode(errors="replace").decode())


def _whole(part: Component) -> str:
    return "".join((f"BEGIN:{part.name}\r\n", *_inside(part), f"END:{part.name}\r\n"))


def _inside(part: Component) -> Iterator[str]:
    yield from map(_text, part.lines)
    yield from map(_whole, part.parts)
