"""Milestones as one iCalendar feed (RFC 5545, RFC 7986) that calendar programs get right.

Same milestones, same bytes: every stamp comes from a milestone's history, and what is written for
a milestone depends on that milestone alone, or on what it waits for, so one change changes its own
lines and those of what waits for it. Why each property
is there, and which client needs it, stands in `docs/calendar.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from datetime import datetime, timedelta
from types import MappingProxyType

from tracker.ics.component import component, last_due
from tracker.ics.danger import Dangers, revised_by
from tracker.ics.lines import duration, fold, text, web_address
from tracker.ics.profile import COLOURS, NAME, PRODID, Feed, FeedKind
from tracker.ics.revision import revision
from tracker.ics.wording import in_language
from tracker.model import Milestone

__all__ = ["PRODID", "TAIL", "Feed", "FeedKind", "Written", "entries", "feed", "head"]

TAIL = b"END:VCALENDAR\r\n"

Written = MutableMapping[tuple[str, datetime, int], bytes]
"""Components already written, by uid and revision.

For feeds of one kind, base_url, lang and one set of alarms.
"""


def feed(
    milestones: Iterable[Milestone],
    options: Feed,
    kept: Written | None = None,
    dangers: Dangers = MappingProxyType({}),
) -> bytes:
    """The whole feed: UTF-8, CRLF, lines of at most 75 octets.

    Give removed milestones too: those removed lately are announced as CANCELLED. Pass the same
    `kept` again and only milestones with a new revision are written anew. `dangers` are what
    endangers them.
    """
    written = entries(milestones, options, {} if kept is None else kept, dangers)
    return b"".join((head(options), *written, TAIL))


def entries(
    milestones: Iterable[Milestone],
    options: Feed,
    kept: Written,
    dangers: Dangers = MappingProxyType({}),
) -> Iterator[bytes]:
    """What stands between head and tail: the component of each milestone that has one."""
    for milestone in milestones:
        if not _is_shown(milestone, options):
            continue
        revised = revision(milestone, options.as_of)
        danger = dangers.get(milestone.uid)
        if danger is not None:
            revised = revised_by(danger, milestone, revised)
        key = (milestone.uid, revised.stamp, revised.sequence)
        if key not in kept:
            waits_for = danger.waits_for if danger else ()
            said = component(in_language(milestone, options.lang), options, revised, waits_for)
            kept[key] = said.encode()
        yield kept[key]


def head(options: Feed) -> bytes:
    is_default = options.name == NAME
    name = text(options.lang.text(options.name) if is_default else options.name)
    about = text(options.description)
    refresh = duration(timedelta(hours=options.refresh))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODID}",
        "CALSCALE:GREGORIAN",
        *((f"DESCRIPTION:{about}", f"X-WR-CALDESC:{about}") if about else ()),
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        f"COLOR:{options.colour}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{refresh}",
        *((f"SOURCE;VALUE=URI:{web_address(options.address)}",) if options.address else ()),
        f"X-APPLE-CALENDAR-COLOR:{COLOURS[options.colour]}",
        f"X-PUBLISHED-TTL:{refresh}",
    ]
    return "".join(map(fold, lines)).encode()


def _is_shown(m: Milestone, options: Feed) -> bool:
    """Whether `m` has a place in the feed on the as-of date.

    An event needs a date. What is removed, or loses its date, stays for the retention time.
    """
    if options.kind is FeedKind.EVENTS and last_due(m) is None:
        return False
    gone = None
    if m.removed_on is not None:
        gone = m.recorded_at
    elif m.due is None and options.kind is FeedKind.EVENTS:
        # A file edited by hand may not say when the due date was taken back.
        gone = next((c.at for c in reversed(m.history) if c.now.due is None), m.recorded_at)
    return gone is None or (options.as_of - gone.date()).days <= options.retention
