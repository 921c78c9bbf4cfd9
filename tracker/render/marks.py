"""What a standing looks like: a shape that is read without colour, and a colour on top of it."""

from __future__ import annotations

from msgspec import Struct

from tracker.model import Standing


class Look(Struct, frozen=True):
    """How one standing is shown, on every screen and in every file.

    `mark` is its mark in a row of text, `shape` that in a picture. `style` is a colour as rich
    names it, `sgr` the same of a terminal's line, `cell` those of a spreadsheet: behind and of the
    words.
    """

    mark: str
    shape: str
    style: str = ""
    sgr: str = ""
    cell: tuple[str, str] | None = None


_RED, _AMBER = ("FFC7CE", "9C0006"), ("FFEB9C", "7F6000")
_GREEN, _GREY = ("C6EFCE", "006100"), ("E7E6E6", "595959")
LOOKS = {
    Standing.OVERDUE: Look("overdue", "overdue", "bold red", "31;1", _RED),
    Standing.DUE_SOON: Look("due_soon", "due_soon", "yellow", "33", _AMBER),
    Standing.OPEN: Look("open", "open"),
    Standing.NO_DATE: Look("open", "open", "dim"),
    Standing.DONE: Look("done", "done", "green", "32", _GREEN),
    Standing.DONE_LATE: Look("done", "done_late", "green", "32", _GREEN),
    Standing.CANCELLED: Look("cancelled", "cancelled", "dim", "2", _GREY),
    Standing.SUPERSEDED: Look("superseded", "superseded", "dim", "2", _GREY),
}
"""Late is marked as done, at the end of a stretch past due."""


class Mark(Struct, frozen=True):
    """The characters that draw it, one cell wide, and what a legend says of it, if anything."""

    char: str
    ascii: str
    words: str = ""


MARKS = {
    "overdue": Mark("▲", "!", "overdue"),
    "due_soon": Mark("◆", "*", "due soon"),
    "open": Mark("●", "o", "open"),
    "done": Mark("✓", "v", "done"),
    "cancelled": Mark("✗", "x", "cancelled"),
    "superseded": Mark("»", "/", "superseded"),
    "first_due": Mark("○", "^", "first due"),
    "was_due": Mark("•", ",", "was due"),
    "moved": Mark("┄", "-", "moved"),
    "past_due": Mark("━", "=", "past due"),
    "within": Mark("░", ".", "any day in this span"),
    "half_likely": Mark("▒", ":", "half such are done by its end"),
    "most_likely": Mark("·", "'", "nine in ten are done by its end"),
    "endangered": Mark("~", "~", "endangered until its end by what it waits for"),
    "as_of": Mark("│", "|"),
    "pointer": Mark("▼", "V"),
    "rule": Mark("─", "-"),
    "tick": Mark("┬", "+"),
    "cross": Mark("┼", "+"),
    "earlier": Mark("◀", "<", "earlier than shown"),
    "later": Mark("▶", ">", "later than shown"),
    "more": Mark("…", "..."),
}
UNICODE = {name: mark.char for name, mark in MARKS.items()}
ASCII = {name: mark.ascii for name, mark in MARKS.items()}
