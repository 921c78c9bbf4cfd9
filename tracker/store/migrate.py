"""Rows of older schemas brought forward, one step a version; each step has a test and stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import msgspec

from tracker.model import Milestone, sealed_as_found

Row = dict[str, Any]


def forward(rows: Mapping[int, Row], schema: int, written: datetime) -> dict[int, Row]:
    """Return the rows in the current schema. `written` (UTC) is when the file last was."""
    for step in _STEPS[schema:]:
        rows = {id: step(id, row, written) for id, row in rows.items()}
    return dict(rows)


def _begin_history(id: int, row: Row, written: datetime) -> Row:
    """Schema 0 is a plain TinyDB table kept by hand: title, due, status, owner and no more.

    Each row gets its identity and a history that begins on the day it was made, or else written.
    """
    due = row.get("due")
    completed = row.get("status") == "completed"
    made_on = row.get("made_on") or min(
        filter(None, (row.get("completed_on"), written.date().isoformat()))
    )
    begun = {"at": written.astimezone(UTC).isoformat(), "on": made_on, "verb": "add"}
    return (
        {
            "status": "not-started",
            "uid": str(uuid5(NAMESPACE_OID, f"{id} {row.get('title')}")),
            "baseline_due": due,
            "precision": "none" if due is None else "day",
            "completed_on": made_on if completed else None,
            "history": [begun],
        }
        | row
        | {"id": id}
    )


def _seal_history(id: int, row: Row, written: datetime) -> Row:
    """Schema 1 had no digests: its entries get theirs as they are found.

    A row that is no milestone is left as it is, for the reader to say why, and so is one that has
    digests: a file that only says that it is older gets no new ones.
    """
    del id, written  # every step is given them
    try:
        found = msgspec.convert(row, Milestone)
    except msgspec.ValidationError:
        return row
    if not found.history or any(change.digest for change in found.history):
        return row
    return row | {"history": msgspec.to_builtins(sealed_as_found(found).history)}


# Of the schemas since, 2 had no assessments and 3 no steps, weights and copies; programs of then
# drop them, and their rows are right as they are.
_STEPS: tuple[Callable[[int, Row, datetime], Row], ...] = (_begin_history, _seal_history)

SEALED = len(_STEPS)
"""The first schema whose entries have digests."""

SCHEMA = 4
"""The shape of the rows that this program writes."""
