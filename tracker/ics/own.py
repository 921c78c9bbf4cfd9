"""Our own feed coming back: a milestone's fields from its event or task.

They are told for programs, in `tracker.ics.facts`. What another program did to a task since counts
more: its status where that is another than ours was, and its due date, with which our phrase and
precision lose their meaning.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from tracker.errors import BadValue
from tracker.ics import facts
from tracker.ics.read import Item
from tracker.ics.values import date_or_time
from tracker.ics.wording import MARKS, marks
from tracker.locale import language
from tracker.model import Modality, Precision, Status
from tracker.model.repeat import Repeat

E = TypeVar("E", bound=StrEnum)

_PERCENTAGES = {str(n): n for n in range(101)}

_STATUSES = {status.in_calendar: status for status in Status} | {"done late": Status.COMPLETED}
"""By the first of the categories, for what came through a program that drops our properties."""

GONE = "removed"
"""The word for what left the tracker and is still announced."""


def state_word(item: Item) -> str:
    """The state in a word or two, the first of the categories."""
    return item.categories[0] if item.categories else ""


def own_fields(item: Item) -> dict[str, Any]:
    due = None if state_word(item) == "date withdrawn" else item.due
    return {
        "title": _title(item),
        "due": due,
        "tags": item.categories[1:],
        "owner": _text(item, "OWNER"),
        "repeat": _repeat(item) if due else None,
        "supporting": item.facts.get(f"{facts.PREFIX}SUPPORTING", ()),
        "modality": _member(Modality, item, "MODALITY", Modality.FIRM),
        **_deadline(item, due),
        **_progress(item),
    }


def _title(item: Item) -> str:
    """The title without what heads it in a state that is news, in whichever language."""
    english = MARKS.get(state_word(item))
    if english is None or item.title.startswith(english.rstrip()):
        return item.title.removeprefix((english or "").rstrip()).strip()
    return item.title.removeprefix(marks(language("zh"))[state_word(item)]).strip()


def _text(item: Item, name: str) -> str | None:
    return next(iter(item.facts.get(f"{facts.PREFIX}{name}", ())), None)


def _repeat(item: Item) -> str | None:
    try:
        return str(Repeat.meant_by(_text(item, "REPEAT") or ""))
    except BadValue:
        return None


def _member(kind: type[E], item: Item, name: str, otherwise: E) -> E:
    told = _text(item, name)
    return next((member for member in kind if member.value == told), otherwise)


def _day(item: Item, name: str) -> date | None:
    try:
        return date_or_time(_text(item, name) or "")
    except ValueError:
        return None


def _deadline(item: Item, due: date | None) -> dict[str, Any]:
    otherwise = Precision.NONE if due is None else Precision.DAY
    if due != _day(item, "DUE"):
        return {"precision": otherwise, "due_phrase": None}
    precision = _member(Precision, item, "PRECISION", otherwise)
    return {"precision": precision, "due_phrase": _text(item, "DUE-PHRASE")}


def _progress(item: Item) -> dict[str, Any]:
    """Status, percentage and completion, by the task itself where another program set them."""
    status = _member(Status, item, "STATUS", _STATUSES.get(state_word(item), Status.NOT_STARTED))
    percent, completed_on = _PERCENTAGES.get(_text(item, "PERCENT") or ""), _day(item, "COMPLETED")
    if item.kind == "VTODO":
        if status.task != item.state:
            status, percent, completed_on = Status.of_task(item.state), None, item.completed_on
        if status is not Status.COMPLETED:
            percent, completed_on = item.percent, None
    return {
        "status": status,
        "percent": percent,
        **({"completed_on": completed_on} if completed_on else {}),
    }
