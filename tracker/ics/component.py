"""One milestone as one VEVENT or VTODO.

Properties come in the order in which `icalendar` writes them; the tests compare the two. Lines
that are short whatever the milestone are written unfolded.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from urllib.parse import quote

from tracker.ics.facts import PREFIX, facts
from tracker.ics.lines import day, duration, fold, instant, text, web_address
from tracker.ics.profile import Feed, FeedKind
from tracker.ics.revision import Revision
from tracker.ics.wording import description, state, summary
from tracker.model import Milestone, Modality, Status

_ONE_DAY = timedelta(days=1)
_NINE_O_CLOCK = timedelta(hours=9)
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

_PRIORITY = {Modality.FIRM: 5, Modality.PLANNED: 6, Modality.STRETCH: 8, Modality.FORECAST: 9}
_OVERDUE_PRIORITY = 1
_TENTATIVE = frozenset({Modality.STRETCH, Modality.FORECAST})


def component(
    m: Milestone, options: Feed, revised: Revision, waits_for: tuple[int, ...] = ()
) -> str:
    """The lines of `m`, with the stamps of its last visible change, and what endangers it."""
    overdue = m.is_overdue(options.as_of)
    word = reported = state(m, overdue)
    if overdue or not m.is_open:
        waits_for = ()
    elif waits_for:
        word = "endangered"
    if options.kind is FeedKind.EVENTS and m.due is None and m.removed_on is None:
        word = reported = "date withdrawn"
    stamp = instant(revised.stamp)
    created = instant(m.history[0].at)
    title = fold(f"SUMMARY:{text(summary(m, word, options.lang))}")
    uid = fold(f"UID:{text(m.uid)}")
    labels = _categories(word, m.tags) + ("CLASS:PRIVATE\r\n" if m.is_private else "")
    about = fold(f"DESCRIPTION:{text(description(m, reported, options.lang, waits_for))}")
    priority = _OVERDUE_PRIORITY if overdue else _PRIORITY[m.modality]
    url = fold(f"URL:{_url(m, options)}")
    endangered = f"{PREFIX}ENDANGERED:TRUE\r\n" if waits_for else ""
    alarms = _alarms(m, options) if options.alarms and not overdue else ""
    due = last_due(m)
    if options.kind is FeedKind.EVENTS and due is not None:
        return (
            f"BEGIN:VEVENT\r\n{title}{_all_day(due)}"
            f"DTSTAMP:{stamp}\r\n{uid}SEQUENCE:{revised.sequence}\r\n"
            f"{labels}CREATED:{created}\r\n{about}"
            f"LAST-MODIFIED:{stamp}\r\nPRIORITY:{priority}\r\n{_relations(m)}"
            f"STATUS:{_event_status(m)}\r\nTRANSP:TRANSPARENT\r\n{url}{facts(m)}{endangered}"
            f"{alarms}END:VEVENT\r\n"
        )
    status = "CANCELLED" if m.removed_on is not None else m.status.task
    # A date-time in UTC by rule (RFC 5545 §3.8.2.1); noon is the same day nearly everywhere.
    completed = f"COMPLETED:{day(m.completed_on)}T120000Z\r\n" if m.completed_on else ""
    last = f"DUE;VALUE=DATE:{day(m.due)}\r\n" if m.due is not None else ""
    share = 100 if m.status is Status.COMPLETED else m.percent
    percent = f"PERCENT-COMPLETE:{share}\r\n" if share is not None else ""
    return (
        f"BEGIN:VTODO\r\n{labels}{completed}CREATED:{created}\r\n{about}"
        f"DTSTAMP:{stamp}\r\n{last}LAST-MODIFIED:{stamp}\r\n{percent}"
        f"PRIORITY:{priority}\r\n{_relations(m)}SEQUENCE:{revised.sequence}\r\n"
        f"STATUS:{status}\r\n{title}{uid}{url}{facts(m)}{endangered}{alarms}END:VTODO\r\n"
    )


def last_due(m: Milestone) -> date | None:
    """The due date, or else the last one there was: a withdrawn event is known by its old day."""
    if m.due is not None:
        return m.due
    return next((d for c in reversed(m.history) if isinstance(d := c.was.due, date)), None)


@lru_cache(maxsize=4096)
def _all_day(due: date) -> str:
    # DTEND is the first day that is no longer part of the event (RFC 5545 §3.6.1). Without it an
    # event lasts one day as well, which serves the last day that a date can name.
    end = f"DTEND;VALUE=DATE:{day(due + _ONE_DAY)}\r\n" if due < date.max else ""
    return f"DTSTART;VALUE=DATE:{day(due)}\r\n{end}"


@lru_cache(maxsize=1024)
def _categories(word: str, tags: tuple[str, ...]) -> str:
    return fold(f"CATEGORIES:{','.join(map(text, (word, *tags)))}")


def _event_status(m: Milestone) -> str:
    # CANCELLED only for what left the tracker: Google hides such events, and a promise that was
    # cancelled in public should stay to be seen. COMPLETED is not for events (RFC 5545 §3.8.1.11).
    if m.removed_on is not None or m.due is None:
        return "CANCELLED"
    return "TENTATIVE" if m.modality in _TENTATIVE else "CONFIRMED"


def _relations(m: Milestone) -> str:
    # Whatever is not the parent is a sibling: a type that a client does not know means PARENT to
    # it (RFC 5545 §3.2.15), and it would file the milestone as a subtask.
    parent = fold(f"RELATED-TO:{text(m.parent)}") if m.parent else ""
    others = (*m.depends_on, m.superseded_by, m.duplicate_of)
    return parent + "".join(
        fold(f"RELATED-TO;RELTYPE=SIBLING:{text(uid)}") for uid in others if uid
    )


def _url(m: Milestone, options: Feed) -> str:
    """An address of the milestone's own: its page, or else the document it was promised in.

    vdirsyncer tells events apart by their content without the UID; two of one title and day would
    be one to it if their addresses did not differ.
    """
    is_uuid = _UUID.fullmatch(m.uid) is not None
    uid = m.uid if is_uuid else quote(m.uid, safe="")
    if options.page_of is not None:
        return web_address(options.page_of(m.uid)) or ""
    if options.base_url:
        return f"{web_address(options.base_url)}{uid}"
    if m.source and m.source.url and (page := web_address(m.source.url)) and "#" not in page:
        return f"{page}#{uid}"
    return f"urn:uuid:{uid}" if is_uuid else f"urn:x-milestone:{uid}"


def _alarms(m: Milestone, options: Feed) -> str:
    """Reminders at 9 in the morning, `alarms` days ahead; none for what no longer waits.

    An all-day event starts at midnight, so a day before would ring at midnight.
    """
    if not m.is_open or m.due is None:
        return ""
    related = ";RELATED=END" if options.kind is FeedKind.TASKS else ""
    what = fold(f"DESCRIPTION:{text(m.title)}")
    return "".join(
        f"BEGIN:VALARM\r\nACTION:DISPLAY\r\n{what}"
        f"TRIGGER{related}:{duration(_NINE_O_CLOCK - timedelta(days=days))}\r\nEND:VALARM\r\n"
        for days in options.alarms
    )
