"""What task programs write, laid out as a sheet, so that one reader and one preview serve them too.

The names of the columns stand in row 0, and each task in the row of its number in the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

import msgspec

from tracker.errors import BadInput, library_reason
from tracker.exchange.sheet.columns import ColumnField
from tracker.exchange.sheet.grid import ADDRESS, Cell, Grid
from tracker.exchange.sheet.header import Header
from tracker.exchange.sheet.ledger import Chosen
from tracker.message import Message, PluralMessage
from tracker.texts import decoded

Item = Mapping[str, str]
"""A task by the names of its columns, such as Task, Due, Status."""

Reader = Callable[[bytes, str, tzinfo], Chosen]


def taskwarrior(data: bytes, name: str, zone: tzinfo) -> Chosen:
    """Lay out what `task export` wrote: instants are days of `zone`, its own attributes columns.

    The template of what recurs is none of the tasks; each time it falls due is.
    """
    tasks = _objects(data, name, Message("Write it with `task export > tasks.json`."))
    templates = sum(task.get("status") == "recurring" for task in tasks)
    left_out = PluralMessage(
        "{n} template of a recurring task is left out.",
        "{n} templates of recurring tasks are left out.",
        templates,
    )
    told = (left_out,) if templates else ()
    items = {
        place: _task(task, zone)
        for place, task in enumerate(tasks, 1)
        if task.get("status") != "recurring"
    }
    return _grid(items, told)


_TASKS = {
    "uuid": "uid",
    "description": "Task",
    "due": "Due",
    "entry": "Created",
    "end": "Completed on",
}
_OF_ITS_OWN = frozenset(
    (*_TASKS, "id", "urgency", "modified", "status", "start", "annotations", "tags", "project")
)


def _task(task: Mapping[str, Any], zone: tzinfo) -> Item:
    item = {column: _plain(task[key], zone) for key, column in _TASKS.items() if key in task}
    status = str(task.get("status"))
    started = "in progress" if "start" in task else "not started"
    if status == "deleted":
        item.pop("Completed on", None)  # the day of its deletion
    item["Status"] = {"completed": "done", "deleted": "cancelled"}.get(status, started)
    tags = [*task.get("tags", ()), *([task["project"]] if "project" in task else [])]
    item["Tags"] = "; ".join(map(str, tags))
    notes = [
        (note.get("entry"), str(note.get("description"))) for note in task.get("annotations", ())
    ]
    proof = next((words for _, words in notes if ADDRESS.match(words)), "")
    item["Evidence"] = proof
    item["Progress update"] = "\n".join(
        f"{_plain(on, zone)}: {words}" for on, words in notes if words != proof
    )
    others = {key: _plain(v, zone) for key, v in task.items() if key not in _OF_ITS_OWN}
    return item | others


def todotxt(data: bytes, name: str, _: tzinfo) -> Chosen:
    """Lay out a todo.txt file: x, (A), days, +project and @context as tags, due:2021-06-30."""
    lines = decoded(data, name).splitlines()
    items = {place: _todo(line) for place, line in enumerate(lines, 1) if line.strip()}
    return _grid(items)


_TODO = re.compile(
    r"^(?P<done>x )?(?:\((?P<priority>[A-Z])\) )?(?P<days>(?:[0-9]{4}-[0-9]{2}-[0-9]{2} ){0,2})"
)
# A clock, 10:30, is no key.
_KEYED = re.compile(r"(?:^|(?<=\s))([^\W\d][^\s:/]*):([^\s/]\S*)")
_TAGGED = re.compile(r"(?:^|(?<=\s))[+@](\S+)")


def _todo(line: str) -> Item:
    head = _TODO.match(line.strip())
    assert head is not None  # noqa: S101 -- every part of the pattern may be empty
    days = head["days"].split()
    rest = line.strip()[head.end() :]
    keyed = dict(_KEYED.findall(rest))
    done = bool(head["done"])
    # A task that is done has the day of that first, and the day it was made second.
    made = days[1:] if done else days
    return {
        "Task": " ".join(_TAGGED.sub("", _KEYED.sub("", rest)).split()),
        "Due": keyed.pop("due", ""),
        "Status": "done" if done else "not started",
        "Completed on": days[0] if done and days else "",
        "Created": made[0] if made else "",
        "Tags": "; ".join(_TAGGED.findall(rest)),
        "priority": head["priority"] or "",
        **keyed,
    }


def github(data: bytes, name: str, _: tzinfo) -> Chosen:
    """Lay out the milestones of a repository, as `gh api` gives them."""
    hint = Message(
        "Write it with `gh api 'repos/OWNER/REPO/milestones?state=all' > milestones.json`."
    )
    found = _objects(data, name, hint)
    return _grid({place: _milestone(one) for place, one in enumerate(found, 1)})


def _milestone(one: Mapping[str, Any]) -> Item:
    closed, left = (int(one.get(f"{kind}_issues") or 0) for kind in ("closed", "open"))
    is_done = one.get("state") == "closed"
    begun = "in progress" if closed else "not started"
    # A day is kept as an instant of that day in UTC, whatever the hour.
    days = {key: str(one.get(key) or "")[:10] for key in ("due_on", "closed_at", "created_at")}
    return {
        "Task": str(one.get("title") or ""),
        "Due": days["due_on"],
        "Status": "done" if is_done else begun,
        "Completed on": days["closed_at"] if is_done else "",
        "Created": days["created_at"],
        "% complete": f"{closed * 100 // (closed + left)}%" if closed + left else "",
        "Evidence": str(one.get("html_url") or ""),
        "description": str(one.get("description") or ""),
    }


def _objects(data: bytes, name: str, hint: str) -> Sequence[Mapping[str, Any]]:
    """The objects of a list, of a list of lists, or of several after one another.

    The last two are what `gh api --paginate` writes, with `--slurp` and without.
    """
    try:
        pages = msgspec.convert(list(_values(data.decode("utf-8-sig").strip())), type=list[_Page])
    except (ValueError, RecursionError, msgspec.MsgspecError) as error:
        raise BadInput(
            "{name} is no such list: {error}.", hint, name=name, error=library_reason(error)
        ) from None
    return [
        one
        for page in pages
        for part in page
        for one in (part if isinstance(part, list) else [part])
    ]


_Object = dict[str, Any]
_Page = list[_Object | list[_Object]]


def _values(text: str) -> Iterator[object]:
    """Yield the JSON values that stand one after another."""
    decoder, at = json.JSONDecoder(), 0
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        yield value
        while text[at : at + 1].isspace():
            at += 1


def _plain(value: Any, zone: tzinfo) -> str:
    """A value as words: an instant as the day that it is in `zone`."""
    if isinstance(value, list):
        return "; ".join(_plain(each, zone) for each in value)
    try:
        instant = datetime.strptime(str(value), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return str(value)
    return instant.astimezone(zone).date().isoformat()


_FIELDS = {
    "uid": ColumnField.UID,
    "Task": ColumnField.TITLE,
    "Due": ColumnField.DUE,
    "owner": ColumnField.OWNER,
    "Created": ColumnField.MADE_ON,
    "Completed on": ColumnField.COMPLETED,
    "Status": ColumnField.STATUS,
    "% complete": ColumnField.PERCENT,
    "Progress update": ColumnField.PROGRESS,
    "Tags": ColumnField.TAGS,
    "Evidence": ColumnField.EVIDENCE,
}


def _grid(items: Mapping[int, Item], told: Iterable[Message] = ()) -> Chosen:
    names = list(dict.fromkeys(name for item in items.values() for name in item))
    said = [name for name in names if any(item.get(name) for item in items.values())]
    rows = {0: tuple(Cell(name) for name in said)}
    for place, item in items.items():
        rows[place] = tuple(Cell(item.get(name, "")) for name in said)
    fields = {_FIELDS[name]: n for n, name in enumerate(said) if name in _FIELDS}
    reports = tuple(n for field, n in fields.items() if field is ColumnField.PROGRESS)
    head = Header(tuple(said), fields, 0, 0, reports=reports, certain=True)
    return Grid("", rows, None, tuple(told)), [head]


TOOLS: Mapping[str, Reader] = {"taskwarrior": taskwarrior, "todotxt": todotxt, "github": github}
