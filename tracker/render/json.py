"""The JSON contract: one envelope for every command, errors included. See docs/json.md.

`schema` names the contract's version. A field is never removed or given another meaning without a
new version; new fields may come at any time. A field that has no value is null, never missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from tracker.due import Due
from tracker.errors import TrackerError
from tracker.model import Milestone
from tracker.report import Listing, LogEntry, Section, sections
from tracker.report.agenda import Agenda
from tracker.report.derived import DERIVED

SCHEMA = "tracker/2"


def dumps(command: str, content: Mapping[str, Any]) -> str:
    """Return the envelope of one result, indented, non-ASCII text as it is."""
    return _text({"schema": SCHEMA, "command": command, **content})


def error(code: str, message: str, hint: str, exit_code: int) -> str:
    told = {"code": code, "message": message, "hint": hint, "exit_code": exit_code}
    return _text({"schema": SCHEMA, "error": told})


def refusal(error: TrackerError, **beside: object) -> dict[str, object]:
    """Return an error as a part of a result that has others."""
    return beside | picked(error, "code", "message", "hint", "exit_code")


def listing(result: Listing) -> dict[str, Any]:
    told = {
        "as_of": result.as_of,
        "count": len(result.milestones),
        "total": result.total,
        "milestones": [row(m, result.as_of) for m in result.milestones],
    }
    return told | {"groups": list(map(_group, sections(result)))} if result.group else told


def agenda(result: Agenda) -> dict[str, Any]:
    """What is due on each day of a span, and what was overdue before."""
    day = result.as_of
    return {
        "as_of": day,
        "from": result.first,
        "to": result.last,
        "overdue": [row(m, day) for m in result.overdue],
        "days": [
            {
                "day": due.day,
                "standing": due.worst(day),
                "milestones": [row(m, day) for m in due.milestones],
            }
            for due in result.days
        ],
    }


def picked(of: object, *names: str) -> dict[str, Any]:
    return {name: getattr(of, name) for name in names}


def brief(m: Milestone) -> dict[str, Any]:
    return picked(m, "id", "uid", "title")


def _group(section: Section) -> dict[str, Any]:
    key = section.key
    name = quarter(key) if isinstance(key, date) else key
    ids = [m.id for m in section.milestones]
    return {"name": name, "count": len(ids), "ids": ids}


def quarter(day: date) -> str:
    """Name the quarter that a day is in, such as 2021-Q2."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def single(milestones: Iterable[Milestone], as_of: date) -> dict[str, Any]:
    rows = [row(m, as_of) | {"history": m.history} for m in milestones]
    return {"as_of": as_of, "count": len(rows), "milestones": rows}


def log(entries: Sequence[LogEntry], total: int) -> dict[str, Any]:
    rows = [brief(e.milestone) | {"change": e.change} for e in entries]
    return {"count": len(rows), "total": total, "changes": rows}


def dues(understood: Sequence[Due], anchor: date) -> dict[str, Any]:
    """One phrase's fields stand in the envelope itself, those of several under `phrases`."""
    names = ("precision", "start", "year_assumed", "month_assumed")
    told = [{"phrase": due.phrase, "due": due.date, **picked(due, *names)} for due in understood]
    content = told[0] if len(told) == 1 else {"phrases": told}
    return {"anchor": anchor, **content}


def row(m: Milestone, day: date) -> dict[str, Any]:
    """One milestone: its stored fields but the history, and what follows from them on the day."""
    stored = picked(m, *(field for field in m.__struct_fields__ if field != "history"))
    return stored | {name: value(m, day) for name, value in DERIVED.items()}


def _text(content: Mapping[str, Any]) -> str:
    return msgspec.json.format(msgspec.json.encode(content, enc_hook=str), indent=2).decode()
