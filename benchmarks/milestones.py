"""The same N dated milestones for every program: `python -m benchmarks.milestones FOLDER N`.

Run as a process of its own, since the memory of 100,000 milestones would otherwise be counted to
every process that the bench starts.

Each is overdue, and has a quotation of its own, as a promise has. To calendars that is the
description; Taskwarrior is spared it, since it would print it in its lists. `milestones.json` is
for the tracker, `tasks.json` for `task import`, `milestones.ics` holds events for calendars, and
`todos/` a file for each task.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from tracker.model import Milestone, Precision, Source, Stamp
from tracker.store import file_content

MADE = datetime(2023, 1, 9, 8, tzinfo=UTC)
FIRST_DUE = date(2023, 2, 1)
DAYS = 600
"""The due dates lie within so many days."""

_TITLES = (
    "完成第{n}批公共数据开放目录",
    "Open the {n}th service counter to all districts",
    "建成{n}个示范社区并投入使用, 验收合格",
    "Publish the report on air quality; part {n}",
)
_OWNERS = ("省大数据局", "Ministry of Transport", "市住房和城乡建设局", "Office of Statistics")


class Made(NamedTuple):
    """What every program is told of a milestone."""

    uid: str
    title: str
    due: date
    owner: str
    quote: str


def made(count: int) -> Iterator[Made]:
    for n in range(count):
        uid = str(uuid5(NAMESPACE_URL, f"https://example.org/milestones/{n}"))
        title = _TITLES[n % len(_TITLES)].format(n=n)
        owner = _OWNERS[n % len(_OWNERS)]
        due = FIRST_DUE + timedelta(days=n * 7 % DAYS)
        yield Made(uid, title, due, owner, f"{owner}: {title}, {due:%B %Y}")


def _milestone(id: int, m: Made) -> Milestone:
    return Milestone.begin(
        id,
        m.uid,
        Stamp(MADE, MADE.date(), "clerk"),
        "add",
        title=m.title,
        due=m.due,
        precision=Precision.MONTH,
        owner=m.owner,
        source=Source(
            "Report on the work of the year", url="https://example.org/report", quote=m.quote
        ),
        tags=("report",),
    )


def _task(m: Made) -> dict[str, object]:
    return {
        "uuid": m.uid,
        "description": m.title,
        "status": "pending",
        "entry": f"{MADE:%Y%m%dT%H%M%SZ}",
        "due": f"{m.due:%Y%m%d}T000000Z",
        "project": m.owner,
        "tags": ["report"],
    }


def _event(m: Made) -> str:
    return _component(
        "VEVENT",
        m,
        f"DTSTART;VALUE=DATE:{m.due:%Y%m%d}\r\nDTEND;VALUE=DATE:{m.due + timedelta(days=1):%Y%m%d}",
    )


def _todo(m: Made) -> str:
    return _component("VTODO", m, f"DUE;VALUE=DATE:{m.due:%Y%m%d}\r\nSTATUS:NEEDS-ACTION")


def _component(kind: str, m: Made, dates: str) -> str:
    return (
        f"BEGIN:{kind}\r\nUID:{m.uid}\r\nDTSTAMP:{MADE:%Y%m%dT%H%M%SZ}\r\n{dates}\r\n"
        f"SUMMARY:{_escaped(m.title)}\r\nCATEGORIES:report\r\nDESCRIPTION:{_escaped(m.quote)}\r\n"
        f"END:{kind}\r\n"
    )


def _escaped(text: str) -> str:
    return text.replace(";", "\\;").replace(",", "\\,")


def calendar(components: str) -> str:
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\n{components}END:VCALENDAR\r\n"
    )


def write(folder: Path, count: int, *, peers: bool) -> None:
    """Write them; for the tracker alone unless `peers`."""
    folder.mkdir(parents=True)
    some = list(made(count))
    store = [_milestone(id, m) for id, m in enumerate(some, 1)]
    (folder / "milestones.json").write_bytes(file_content(store))
    if not peers:
        return
    (folder / "tasks.json").write_text(json.dumps([*map(_task, some)], ensure_ascii=False))
    (folder / "milestones.ics").write_bytes(calendar("".join(map(_event, some))).encode())
    (folder / "todos").mkdir()
    for m in some:
        (folder / "todos" / f"{m.uid}.ics").write_bytes(calendar(_todo(m)).encode())


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), peers=sys.argv[3:] == ["peers"])
