"""The events and tasks of a calendar as milestones to take in.

A task brings its status, percentage and completion. An event says nothing of whether anything was
done: it comes as not started, or as cancelled. What stands in the description is kept as the
source's quotation. Events and tasks that we wrote ourselves come back as what they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from tracker.actions import ImportItem
from tracker.ics import own
from tracker.ics.entry import CONTENT
from tracker.ics.imported import revision_reason
from tracker.ics.lines import web_address
from tracker.ics.profile import PRODID
from tracker.ics.read import LATER, Item, left_out
from tracker.ics.scan import Problem
from tracker.message import Message
from tracker.model import PRIVATE, Modality, Precision, Source, Status
from tracker.texts import folded

LONGEST_QUOTE = 4_000
"""Characters of a description that are kept."""

EARLIEST = date(1971, 1, 1)
"""CREATED before it is what programs write that do not know: 1 January 1900, 1970 or 1."""


class CalendarImport(Struct, frozen=True):
    """What can be taken in, each item's place being its line, and what cannot."""

    items: tuple[ImportItem, ...]
    problems: tuple[Problem, ...]


def incoming(items: Sequence[Item]) -> CalendarImport:
    """Make milestones of the items; of two with one identity the later revision is taken."""
    problems: list[Problem] = []
    taken: dict[str, Item] = {}

    def refuse(item: Item, why: Message) -> None:
        problems.append(left_out(item.kind, item.line, why))

    for item in items:
        other = taken.get(item.identity)
        if item.prodid == PRODID and own.state_word(item) == own.GONE:
            refuse(item, Message("it was removed from the tracker that wrote it"))
        elif other is not None and other.order > item.order:
            refuse(item, Message(LATER, line=other.line))
        else:
            if other is not None:
                refuse(other, Message("line {line} has the same UID", line=item.line))
                del taken[item.identity]
            taken[item.identity] = item
    parents = dict(_parents(taken))
    proposed = tuple(
        ImportItem(
            str(item.line),
            identity,
            _fields(item) | parents.get(identity, {}),
            item.created_on if item.created_on and item.created_on >= EARLIEST else None,
            said_at=item.modified,
            has_uid=not item.uid.startswith(CONTENT),
            why=None if item.prodid == PRODID else revision_reason(item.revision),
        )
        for identity, item in taken.items()
    )
    return CalendarImport(proposed, tuple(problems))


def _parents(taken: dict[str, Item]) -> Iterator[tuple[str, dict[str, str]]]:
    """The parents that came along, without going round in a circle."""
    above: dict[str, str] = {}
    for identity, item in taken.items():
        parent = item.parent
        if parent is None or parent not in taken:
            continue
        height, ancestor = 0, parent
        while ancestor != identity and ancestor in above and height < _DEEPEST:
            ancestor = above[ancestor]
            height += 1
        if ancestor != identity and height < _DEEPEST:
            above[identity] = parent
            yield identity, {"parent": parent}


_DEEPEST = 50
"""Levels of tasks within tasks; a longer chain is cut."""


def _fields(item: Item) -> dict[str, Any]:
    if item.prodid == PRODID:
        return own.own_fields(item)
    status = Status.of_task(item.state)
    if item.kind == "VEVENT":
        status = Status.CANCELLED if item.status == "CANCELLED" else Status.NOT_STARTED
    known = {
        "title": item.title,
        "status": status,
        "percent": None if status is Status.COMPLETED else item.percent,
        "due": item.due,
        "precision": Precision.NONE if item.due is None else Precision.DAY,
        "modality": Modality.PLANNED if item.status == "TENTATIVE" else Modality.FIRM,
        "tags": _tags(item),
        "source": _source(item),
    }
    if status is Status.COMPLETED and item.completed_on is not None:
        known["completed_on"] = item.completed_on
    return known


def _tags(item: Item) -> tuple[str, ...]:
    tags = dict.fromkeys(" ".join(tag.split()) for tag in item.categories)
    if item.is_private and not any(folded(tag) == PRIVATE for tag in tags):
        return *tags, PRIVATE
    return tuple(tags)


def _source(item: Item) -> Source | None:
    url = web_address(item.url) if item.url else None
    said = item.description.strip()
    if len(said) > LONGEST_QUOTE:
        said = f"{said[:LONGEST_QUOTE]}…"
    if not (url or said or item.calendar):
        return None
    return Source(item.calendar or "A calendar", url=url, quote=said or None)
