"""The shape of each mark, as path data around the origin in a box from -6 to 6.

A shape says all that its colour says, so that the picture reads the same in print and to readers
who see few colours.
"""

from __future__ import annotations

SHAPES = {
    "overdue": "M0-6 6 5H-6Z",
    "due_soon": "M0-6 6 0 0 6-6 0Z",
    "open": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0Z",
    "done": "M-5.5 0-2 4 5.5-4.5",
    "done_late": "M-5.5-2-2 2 5.5-6M-5 6H5",
    "cancelled": "M-4.5-4.5 4.5 4.5M4.5-4.5-4.5 4.5",
    "superseded": "M-5-5 0 0-5 5M0-5 5 0 0 5",
    "first_due": "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0Z",
    "was_due": "M-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0Z",
    "earlier": "M5-5-4 0 5 5Z",
    "later": "M-5-5 4 0-5 5Z",
}

STROKED = frozenset({"done", "done_late", "cancelled", "superseded", "first_due"})
"""Shapes that are lines; the others are filled."""


def css_class(name: str) -> str:
    """The class that colours what has this standing or mark."""
    return name.replace("_", "-")
