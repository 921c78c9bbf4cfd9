"""What `icalendar` takes for the same work: `python with_icalendar.py read|write FILE [FOLDER]`.

`read` parses a calendar. `write` makes each event from its properties and writes them.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from icalendar import Calendar, Event


def read(file: Path) -> None:
    Calendar.from_ical(file.read_bytes())


def write(count: int) -> None:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//example//EN")
    made = datetime(2023, 1, 9, 8, tzinfo=UTC)
    for n in range(count):
        event = Event()
        due = date(2023, 2, 1) + timedelta(days=n % 600)
        event.add("uid", f"00000000-0000-4000-8000-{n:012}")
        event.add("summary", f"OVERDUE: Open the {n}th service counter to all districts")
        event.add("description", f"Due by {due}.\nState: overdue\nResponsible: Office {n % 4}")
        event.add("categories", ["overdue", "report"])
        event.add("dtstart", due)
        event.add("dtend", due + timedelta(days=1))
        for stamp in ("dtstamp", "created", "last-modified"):
            event.add(stamp, made)
        event.add("sequence", 1)
        event.add("priority", 1)
        event.add("status", "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        event.add("url", f"https://example.org/report#{n}")
        calendar.add_component(event)
    sys.stdout.buffer.write(calendar.to_ical())


if __name__ == "__main__":
    if sys.argv[1] == "read":
        read(Path(sys.argv[2]))
    else:
        write(int(sys.argv[2]))
