"""What is written while it runs, as lines of text or as one JSON object a line.

No address that is a secret and nothing of a query stands in either; texts are cleaned.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec

from tracker.errors import TrackerError
from tracker.message import Message
from tracker.render.text import clean
from tracker.store.masking import without_passwords


class AccessEntry(NamedTuple):
    """An answer that was given: to whom, for what, and how long all of it took, in seconds."""

    at: datetime
    client: str
    method: str
    path: str
    route: str
    status: int
    size: int
    seconds: float


def line(one: AccessEntry) -> str:
    # A proxy says who asks, or somebody who plays one.
    return clean(f"{one.client} {one.method} {one.path} {one.status}")


def answered(one: AccessEntry) -> str:
    """The same as an object."""
    told = one._asdict() | {"seconds": round(one.seconds, 6)}
    return _object(told.pop("at"), "info", "answer", told)


def started(at: datetime, address: str, milestones: int, *, is_open: bool) -> str:
    """That it serves so many milestones now at an address, and whether to all, as an object."""
    told = {"address": f"{without_passwords(address)}/", "milestones": milestones, "open": is_open}
    return _object(at, "info", "start", told)


def reported(at: datetime, said: Message) -> str:
    """What goes wrong, or is over, as an object; `code` is that of the error that it tells of."""
    error = said.values.get("said")
    code = error.code if isinstance(error, TrackerError) else None
    level = "error" if code else "info"
    return _object(at, level, "report", {"message": without_passwords(said), "code": code})


def _object(at: datetime, level: str, event: str, told: dict[str, Any]) -> str:
    stamp = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    cleaned = {k: clean(v) if isinstance(v, str) else v for k, v in told.items()}
    content = {"time": stamp, "level": level, "event": event, **cleaned}
    return msgspec.json.encode(content).decode()
