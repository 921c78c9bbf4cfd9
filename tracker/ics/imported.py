"""What was taken in of a calendar before: of which revision, and dates that it has no more.

What a file says of a series, it says of all its dates within the days that were read. Nothing is
removed for one that is missing: somebody may have decided otherwise here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from tracker.ics.read import CalendarReading
from tracker.ics.scan import Problem
from tracker.message import Message, parts_of
from tracker.model import OF_REVISION, Milestone, not_undone

_BEFORE = Message("This is revision {old} of “{title}”, and revision {new} was taken in before.")
_OCCURRENCE = re.compile(r"(.+)/(\d{4}-W\d\d-[1-7])", re.ASCII | re.DOTALL)


def revision_reason(number: int) -> str | None:
    """What a change says that took in that revision of an entry; RFC 5546 §2.1.4 numbers them."""
    return str(Message(OF_REVISION, number=number)) if number else None


class Remainder(Struct, frozen=True):
    """What stays here of an entry, and the line where it stands as it is now."""

    line: int
    milestones: list[Milestone]


class EarlierImports:
    """What is known of the entries of calendars that were taken in."""

    def __init__(self, known: Iterable[Milestone]) -> None:
        self._by_entry: dict[str, list[Milestone]] = {}
        for m in known:
            if m.history[0].verb == "import":
                named = _OCCURRENCE.fullmatch(m.uid)
                self._by_entry.setdefault(named[1] if named else m.uid, []).append(m)

    def current(self, reading: CalendarReading) -> CalendarReading:
        """Leave out what an entry was in a revision before the one that was taken in."""
        old: dict[str, Problem] = {}
        for uid, items in groupby(reading.items, lambda item: item.uid):
            came = max(map(_revision, self._by_entry.get(uid, ())), default=0)
            item = next(items)
            if item.revision < came:
                told = Message(_BEFORE, old=item.revision, title=item.title, new=came)
                old[uid] = Problem(item.line, told)
        if not old:
            return reading
        return replace(
            reading,
            items=tuple(item for item in reading.items if item.uid not in old),
            problems=(*reading.problems, *old.values()),
            lines={uid: line for uid, line in reading.lines.items() if uid not in old},
        )

    def left(self, reading: CalendarReading, window: tuple[date, date]) -> list[Remainder]:
        """What is still owed, came of an entry in the file, and is none of its dates."""
        said = {item.identity for item in reading.items}
        found = []
        for uid, line in reading.lines.items():
            owed = [m for m in self._by_entry.get(uid, ()) if m.is_open and m.uid not in said]
            if gone := [m for m in owed if _is_within(m.uid, window)]:
                found.append(Remainder(line, gone))
        return found


def _is_within(uid: str, window: tuple[date, date]) -> bool:
    named = _OCCURRENCE.fullmatch(uid)
    try:
        return named is None or window[0] <= date.fromisoformat(named[2]) <= window[1]
    except ValueError:
        return False


def _revision(m: Milestone) -> int:
    """The last revision that was taken in; 0 if none was told."""
    said = (c.why or "" for c in not_undone(m.history) if c.verb == "import")
    found = (parts_of(OF_REVISION, why) for why in said)
    numbers = (parts["number"] for parts in found if parts)
    return max((int(n) for n in numbers if n.isdecimal() and len(n) < 10), default=0)
