"""What people and programs do to a milestone here and to its task there."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tracker.actions import Verb
from tracker.model import Precision, Status

EDITS = (
    # What stands in the task, and the lines that take its place.
    ("STATUS:.*|COMPLETED:.*|PERCENT-COMPLETE:.*", "STATUS:NEEDS-ACTION\n"),
    ("STATUS:.*|COMPLETED:.*|PERCENT-COMPLETE:.*", "STATUS:IN-PROCESS\nPERCENT-COMPLETE:40\n"),
    ("STATUS:.*|COMPLETED:.*", "STATUS:COMPLETED\nCOMPLETED:20210501T080000Z\n"),
    *(("STATUS:.*", line) for line in ("STATUS:CANCELLED\n", "STATUS:DONE\n", "")),
    *(("PERCENT-COMPLETE.*", f"PERCENT-COMPLETE:{n}\n") for n in (100, -3)),
    ("COMPLETED:.*", "COMPLETED:20990101T000000Z\n"),
    *(("DUE.*", line) for line in ("DUE;VALUE=DATE:20210815\n", "DUE:20210702T230000Z\n", "")),
    *(("DUE.*", line) for line in ("DUE;TZID=America/New_York:20210702T230000\n", "DUE:soon\n")),
    ("DUE.*|DTSTART.*", "DTSTART;VALUE=DATE:20210601\nDURATION:P9D\n"),
    *(("DTSTART.*", "DTSTART;VALUE=DATE:20210620\n"), ("RRULE.*", "RRULE:FREQ=WEEKLY\n")),
    *(("SUMMARY.*", "SUMMARY:Another\n"), ("SUMMARY.*", ""), ("PRIORITY.*", "PRIORITY:1\n")),
    *(("DESCRIPTION.*", "DESCRIPTION:theirs\n"), ("CATEGORIES.*", ""), ("URL.*", "")),
    *(("RELATED-TO.*", "RELATED-TO:abc\n"), ("CLASS.*", "CLASS:PRIVATE\n")),
    *(("DTSTAMP.*", "DTSTAMP:20990101T000000Z\n"), ("SEQUENCE.*", "SEQUENCE:999\n")),
    ("X-MILESTONE-.*", ""),
)


def at_random(random: Random) -> Verb:
    day = date(2021, 6, 1) + timedelta(days=random.randrange(90))
    status = random.choice([s for s in Status if s is not Status.SUPERSEDED])
    percent = random.randrange(101)
    verbs: tuple[Verb, ...] = (
        lambda m, stamp: m.set_status(stamp, status),
        lambda m, stamp: m.edit(stamp, {"percent": percent}),
        lambda m, stamp: m.postpone(stamp, day, Precision.DAY, None),
        lambda m, stamp: m.edit(stamp, {"title": f"Title {day}"}),
        lambda m, stamp: m.remove(stamp),
    )
    return random.choice(verbs)
