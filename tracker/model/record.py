"""The head of a record: one digest over all that is recorded (docs/history.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracker.model.change import Change
from tracker.model.promise import Promise

EMPTY = "0" * 64
"""The head of a record without an entry."""


def continued(head: str, entries: Iterable[Change]) -> str:
    """Return the head of a record after these entries, whatever order they are given in."""
    for after in heads(head, entries):
        head = after
    return head


def heads(head: str, entries: Iterable[Change]) -> Iterator[str]:
    """Yield the head after each of these entries, in the order in which they were recorded.

    It is the SHA-256 of the head before, in hexadecimal digits, and the digest of the entry.
    """
    from hashlib import sha256

    for _, digest in sorted((entry.at, entry.digest) for entry in entries):
        head = sha256(f"{head}{digest}".encode()).hexdigest()
        yield head


def record_head(milestones: Iterable[Promise]) -> str:
    """Return the one digest that stands for all that these milestones have recorded."""
    return continued(EMPTY, (change for m in milestones for change in m.history))
