"""What the words of our own feed say, for feeds written before `tracker.ics.facts` was.

The first lines of the description are ours; each is read by what wrote it, `tracker.ics.wording`.
The description of a task may be older than the task's own status, which another program may have
set, so the status wins where they disagree.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tracker.ics.read import Item
from tracker.ics.wording import FIRMNESS
from tracker.locale import MONTH_NAMES, until_in_full
from tracker.model import Modality, Precision, Status

_STATUS = {s.in_calendar: s for s in Status} | {"done late": Status.COMPLETED}
_DAY = re.compile(r"(\d{1,2}) ([A-Z][a-z]+) (\d{4})", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3}) %", re.ASCII)
_PHRASE = re.compile(r"(?: \(“(.*?)”\))?\.(?: (It is [a-z ]+\.))?(?=\n|$)", re.DOTALL)


def fields(item: Item, due: date | None) -> dict[str, Any]:
    """What the words tell of a milestone, by field; `due` is its date by now."""
    lines = item.description.split("\n")
    supporting = _labelled(lines, "Supporting: ")
    return {
        "owner": _labelled(lines, "Responsible: ") or None,
        **({"supporting": tuple(supporting.split(", "))} if supporting else {}),
        **_progress(item, _labelled(lines, "State: ")),
        **_deadline(item.description, due),
    }


def stands(item: Item, status: Status) -> bool:
    """Whether nobody gave the task another status since; an event has none of its own."""
    return item.kind == "VEVENT" or status.task == item.state


def as_the_task_says(item: Item) -> dict[str, Any]:
    """Status, percentage and completion as another program set them."""
    status = Status.of_task(item.state)
    is_done = status is Status.COMPLETED
    return {
        "status": status,
        "percent": None if is_done else item.percent,
        **({"completed_on": item.completed_on} if is_done and item.completed_on else {}),
    }


def _labelled(lines: list[str], label: str) -> str:
    return next((line[len(label) :] for line in lines if line.startswith(label)), "").strip()


def _progress(item: Item, told: str) -> dict[str, Any]:
    """Status, percentage and completion: the task's own, and what the words add to them."""
    words = told.split(", ")
    status = next((_STATUS[w] for w in words if w in _STATUS), Status.NOT_STARTED)
    if not stands(item, status):
        return as_the_task_says(item)
    completed_on = next((day for w in words if (day := _day(w))), None)
    return {
        "status": status,
        "percent": next((int(found[1]) for w in words if (found := _PERCENT.fullmatch(w))), None),
        **({"completed_on": completed_on} if completed_on and status is Status.COMPLETED else {}),
    }


def _day(text: str) -> date | None:
    found = _DAY.match(text)
    if found is None or found[2] not in MONTH_NAMES:
        return None
    try:
        return date(int(found[3]), MONTH_NAMES.index(found[2]), int(found[1]))
    except ValueError:
        return None


def _deadline(description: str, due: date | None) -> dict[str, Any]:
    """Precision, phrase and firmness, from the first line; nothing if the date is another now."""
    precisions = [Precision.NONE] if due is None else [Precision.DAY, *Precision]
    for precision in precisions:
        said = "No date was given" if due is None else f"Due {until_in_full(due, precision)}"
        found = _PHRASE.match(description, len(said)) if description.startswith(said) else None
        if found is not None:
            firmness = {str(text): modality for modality, text in FIRMNESS.items()}
            modality = firmness.get(found[2] or "", Modality.FIRM)
            return {"precision": precision, "due_phrase": found[1], "modality": modality}
    return {"precision": Precision.NONE if due is None else Precision.DAY, "due_phrase": None}
