"""What a standing looks like: a shape that is read without colour, and a colour on top of it."""

from __future__ import annotations

from typing import NamedTuple

from tracker.report import Standing


class Marks(NamedTuple):
    """The characters a picture is drawn with, each one cell wide."""

    overdue: str
    due_soon: str
    open: str
    done: str
    cancelled: str
    superseded: str
    first_due: str
    was_due: str
    moved: str
    past_due: str
    within: str
    as_of: str
    pointer: str
    rule: str
    tick: str
    cross: str
    earlier: str
    later: str
    more: str


UNICODE = Marks._make("▲◆●✓✗»○•┄━░│▼─┬┼◀▶…")
ASCII = Marks._make((*"!*ovx/^,-=.|V-++<>", "..."))

STYLES = {
    Standing.OVERDUE: "bold red",
    Standing.DUE_SOON: "yellow",
    Standing.OPEN: "",
    Standing.NO_DATE: "dim",
    Standing.DONE: "green",
    Standing.DONE_LATE: "green",
    Standing.CANCELLED: "dim",
    Standing.SUPERSEDED: "dim",
}
"""The colours of the lists, as rich names them."""

MARK_OF = {
    Standing.OVERDUE: "overdue",
    Standing.DUE_SOON: "due_soon",
    Standing.OPEN: "open",
    Standing.NO_DATE: "open",
    Standing.DONE: "done",
    Standing.DONE_LATE: "done",
    Standing.CANCELLED: "cancelled",
    Standing.SUPERSEDED: "superseded",
}
"""Which of the marks shows a standing; late is done, at the end of a stretch past due."""

MEANINGS = {
    **{MARK_OF[s]: s.words for s in reversed(Standing)},
    "first_due": "first due",
    "was_due": "was due",
    "moved": "moved",
    "past_due": "past due",
    "within": "any day in this span",
    "earlier": "earlier than shown",
    "later": "later than shown",
}
"""What the legend says of each mark that needs saying."""
