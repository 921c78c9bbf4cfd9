"""Other programs' calendars: taken in, and looked over by `check --ics`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.fuzz.oracles import OCCASION, TODAY, all_sound, harmless, store_of
from tests.fuzz.target import Target
from tests.milestones import full, plain
from tracker.actions import follow
from tracker.ics.check.runner import check as faults_of
from tracker.ics.check.runner import limited
from tracker.ics.incoming import incoming
from tracker.ics.read import read
from tracker.ics.scan import content_lines
from tracker.ics.write import Feed, FeedKind, feed
from tracker.locale import ENGLISH
from tracker.model import Milestone
from tracker.render import effect
from tracker.render.text import clean

WINDOW = (date(2021, 1, 1), date(2021, 12, 31))
MOST_BYTES = 4000
"""Of a sample from elsewhere; the long ones repeat themselves."""


def check_import(data: bytes) -> None:
    reading = read(data, WINDOW, ZoneInfo("Asia/Shanghai"))
    proposed = incoming(reading.items)
    last = data.count(b"\n") + data.count(b"\r") + 1
    for problem in (*reading.problems, *proposed.problems):
        assert 1 <= problem.line <= last
        harmless(clean(problem.message))
    store = store_of()
    followed = follow(store, OCCASION, proposed.items)
    harmless(*(effect.line("import ics", one, ENGLISH) for one in followed.effects))
    assert len(followed.effects) + len(followed.refused) >= len({i.uid for i in proposed.items})
    milestones = store.all()
    assert follow(store, OCCASION, proposed.items).effects == []
    all_sound(milestones)
    _read_back(milestones)


def _read_back(milestones: Sequence[Milestone]) -> None:
    """Our own feed of what came says the same days to our own reader."""
    dated = {m.uid: m.due for m in milestones if m.due is not None}
    again = read(feed(milestones, Feed(as_of=TODAY, name="x", kind=FeedKind.EVENTS)), WINDOW)
    assert again.problems == ()
    assert {item.due for item in again.items} == set(dated.values())


def check_faults(data: bytes) -> None:
    faults = faults_of(data)
    last = sum(1 for _ in content_lines(data)) + data.count(b"\n") + data.count(b"\r") + 1
    for fault in faults:
        assert 1 <= fault.line <= last
    told = limited(faults)
    assert len(told.shown) + sum(told.more.values()) == len(faults)
    for fault in told.shown:
        assert len(fault.message) < 1000
        harmless(clean(fault.message))


def seeds() -> list[bytes]:
    """Our own feeds, and the samples that a library's tests have."""
    ours = [plain(1), full(), plain(2, due=None)]
    written = [feed(ours, Feed(as_of=TODAY, name="x", kind=kind, alarms=(7,))) for kind in FeedKind]
    samples = sorted(Path(str(files("icalendar") / "tests")).rglob("*.ics"))
    return written + [data for p in samples if len(data := p.read_bytes()) < MOST_BYTES]


LINES = r"""
    BEGIN:VCALENDAR END:VCALENDAR BEGIN:VEVENT END:VEVENT BEGIN:VTODO END:VTODO BEGIN:VALARM
    END:VALARM SUMMARY:x DTSTART;VALUE=DATE:20210601 DTEND;VALUE=DATE:20210602 DUE:20210630
    DTSTART:20210601T120000Z DTSTART;TZID=Asia/Shanghai:20210601T090000 DURATION:P1D
    DURATION:PT1H DURATION:-P9999999999W RRULE:FREQ=DAILY RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30
    RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3 ;INTERVAL=2 ;UNTIL=20211231T000000Z ;BYSETPOS=-1
    ;BYWEEKNO=53 ;BYYEARDAY=366 ;WKST=MO RDATE:20210701,20210702 EXDATE:20210601 UID:1
    RECURRENCE-ID:20210601 ;RANGE=THISANDFUTURE SEQUENCE:1 DTSTAMP:20210101T000000Z
    CREATED:19700101T000000Z LAST-MODIFIED:20210101T000000Z COMPLETED:20210101T000000Z
    STATUS:COMPLETED STATUS:CANCELLED PERCENT-COMPLETE:50 RELATED-TO:1 ;RELTYPE=PARENT
    CATEGORIES:a,b DESCRIPTION: URL:https://example.org/ X-WR-TIMEZONE:Asia/Shanghai
    PRODID:-//milestone-tracker//Milestones//EN X-WR-CALNAME:x METHOD:CANCEL \\n \\, \\; ;X="
    00010101 99991231 20210229 20210601T240000
"""
WORDS = (*LINES.split(), "\r\n", "\r\n ", "\n\t")
IMPORT = Target("ics", check_import, seeds, WORDS)
CHECK = Target("check", check_faults, seeds, WORDS)
