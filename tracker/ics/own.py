"""What our own feed says of a milestone, read back from its event or task.

The title's mark, the categories and the first lines of the description are ours; each is read by
what wrote it, `tracker.ics.wording`. The description of a task may be older than the task's own
status, which another program may have set, so the status wins where they disagree.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tracker.ics.read import Item
from tracker.ics.wording import FIRMNESS, MARKS
from tracker.locale import MONTHS, until_in_full
from tracker.model import Modality, Precision, Status

_STATUS = {s.in_calendar: s for s in Status} | {"done late": Status.COMPLETED}
_DAY = re.compile(r"(\d{1,2}) ([A-Z][a-z]+) (\d{4})", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3}) %", re.ASCII)
_PHRASE = re.compile(r"(?: \(“(.*?)”\))?\.( It is [a-z ]+\.)?(?=\n|$)", re.DOTALL)

GONE = "removed"
"""The word for what left the tracker and is still announced."""


def word(item: Item) -> str:
    """The state in a word or two, the first of the categories."""
    return item.categories[0] if item.categories else ""


def fields(item: Item) -> dict[str, Any]:
    """A milestone's fields by name, as far as the item tells them."""
    lines = item.description.split("\n")
    status, percent, completed_on = _progress(item, _told(lines, "State: "))
    due = None if word(item) == "date withdrawn" else item.due
    supporting = _told(lines, "Supporting: ")
    return {
        "title": item.title.removeprefix(MARKS.get(word(item), "").rstrip()).strip(),
        "status": status,
        "percent": percent,
        "due": due,
        "tags": item.categories[1:],
        "owner": _told(lines, "Responsible: ") or None,
        **({"supporting": tuple(supporting.split(", "))} if supporting else {}),
        **({"completed_on": completed_on} if completed_on else {}),
        **_deadline(item.description, due),
    }


def _told(lines: list[str], label: str) -> str:
    return next((line[len(label) :] for line in lines if line.startswith(label)), "").strip()


def _progress(item: Item, told: str) -> tuple[Status, int | None, date | None]:
    """Status, percentage and completion: the task's own, and what the words add to them."""
    words = told.split(", ")
    status = next((_STATUS[w] for w in words if w in _STATUS), Status.NOT_STARTED)
    stands = item.kind == "VEVENT" or status.task == (item.status or "NEEDS-ACTION")
    if not stands:
        status = Status.of_task(item.status)
        percent = None if status is Status.COMPLETED else item.percent
        return status, percent, item.completed_on if status is Status.COMPLETED else None
    percent = next((int(found[1]) for w in words if (found := _PERCENT.fullmatch(w))), None)
    completed_on = next((day for w in words if (day := _day(w))), None)
    return status, percent, completed_on if status is Status.COMPLETED else None


def _day(text: str) -> date | None:
    found = _DAY.match(text)
    if found is None or found[2] not in MONTHS:
        return None
    try:
        return date(int(found[3]), MONTHS.index(found[2]), int(found[1]))
    except ValueError:
        return None


def _deadline(description: str, due: date | None) -> dict[str, Any]:
    """Precision, phrase and firmness, from the first line; nothing if the date is another now."""
    precisions = [Precision.NONE] if due is None else [Precision.DAY, *Precision]
    for precision in precisions:
        said = "No date was given" if due is None else f"Due {until_in_full(due, precision)}"
        found = _PHRASE.match(description, len(said)) if description.startswith(said) else None
        if found is not None:
            firmness = {text: modality for modality, text in FIRMNESS.items()}
            modality = firmness.get(found[2] or "", Modality.FIRM)
            return {"precision": precision, "due_phrase": found[1], "modality": modality}
    return {"precision": Precision.NONE if due is None else Precision.DAY, "due_phrase": None}
