"""What a line of the ledger says of a milestone, whatever it is written into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from tracker.locale import ENGLISH, Language, language
from tracker.model import FIELDS, Head, Milestone, Standing, Status, standing
from tracker.model.cycle import cycle
from tracker.render.span import first_precision
from tracker.render.text import clean
from tracker.render.values import field_value
from tracker.render.wording import wording
from tracker.report import Listing

_PRESSING = (Standing.OVERDUE, Standing.DUE_SOON)


class LedgerLine(NamedTuple):
    """One milestone, `number`ed from 1 in its ledger.

    `due` is in words as exact as the promise; `progress` is a fact a part.
    """

    number: int
    task: str
    owner: str
    supporting: str
    due: str
    progress: tuple[str, ...]
    status: str
    source: str
    quote: str
    first_due: str
    speaker: str
    person: str
    contact: str
    milestone: Milestone
    standing: Standing

    def says(self, column: str) -> str:
        if column == "id":
            return str(self.milestone.id)
        if column in STEPS:
            day = self.step(column)
            return day.isoformat() if day else ""
        value = getattr(self, column.replace("-", "_"))
        return "\n".join(value) if isinstance(value, tuple) else str(value)

    def step(self, column: str) -> date | None:
        """The day of the last step of a stage in the office's cycle."""
        so_far = cycle(self.milestone)
        days = [t.change.on for t in so_far.taken if t.step.stage == column] if so_far else []
        return days[-1] if days else None


def lines(result: Listing, lang: Language) -> Iterator[LedgerLine]:
    no_date = lang.text("no date")
    for number, m in enumerate(result.milestones, 1):
        words, now = wording(m, lang), standing(m, result.as_of)
        yield LedgerLine(
            number,
            words.title,
            words.owner or "",
            lang.listed(map(clean, m.supporting)),
            lang.until(m.due, m.precision) if m.due else clean(m.due_phrase or no_date),
            tuple(_progress(m, lang)),
            _status(m, now, result.as_of, lang),
            clean(m.source.document) if m.source else "",
            clean((m.source and m.source.quote) or m.due_phrase or ""),
            lang.until(m.baseline_due, first_precision(m)) if m.baseline_due else "",
            clean(m.speaker or ""),
            clean(m.person or ""),
            clean(m.contact or ""),
            m,
            now,
        )


class LedgerColumn(NamedTuple):
    """A column that a ledger can have: its heading, and its width in digits."""

    heading: str
    width: int


COLUMNS = {
    "number": LedgerColumn("No.", 7),
    "task": LedgerColumn("Task", 46),
    "owner": LedgerColumn("Responsible", 22),
    "supporting": LedgerColumn("Supporting", 20),
    "due": LedgerColumn("Due", 28),
    "progress": LedgerColumn("Progress", 50),
    "status": LedgerColumn("Status", 20),
    "source": LedgerColumn("Source", 28),
    "quote": LedgerColumn("Quote", 40),
    "first-due": LedgerColumn("First due", 28),
    "speaker": LedgerColumn("Speaker", 14),
    "person": LedgerColumn("Responsible person", 14),
    "contact": LedgerColumn("Contact", 18),
    "received": LedgerColumn("Received (cycle)", 13),
    "reported": LedgerColumn("Reported (cycle)", 13),
    "verified": LedgerColumn("Verified (cycle)", 13),
    "closed": LedgerColumn("Closed (cycle)", 13),
    "id": LedgerColumn("tracker ID", 11),
}
STEPS = ("received", "reported", "verified", "closed")
USUAL = ("number", "task", "owner", "supporting", "due", "progress", "status", "id")


class Form(NamedTuple):
    """How a ledger is handed in: its title, by which unit, its columns by name, of what record."""

    title: str = ""
    unit: str = ""
    columns: Sequence[str] = USUAL
    record: Head | None = None


def as_printed(m: Milestone) -> dict[str, set[str]]:
    """What our ledgers say of a milestone in each column, in any language and kind of file."""
    printed: dict[str, set[str]] = {}
    for lang in (ENGLISH, language("zh")):
        listing = Listing("ledger", date.max, [m], 1, 1)
        for line in lines(listing, lang):
            for name in COLUMNS:
                text = line.says(name)
                flat = text.replace("\n", lang.semicolon)
                printed.setdefault(name, set()).update((text, flat, cut(text)))
    return printed


MOST = 16_000
"""Characters in a cell: Excel takes 32,767 UTF-16 units, of which a character may be two."""


def cut(text: str) -> str:
    return text if len(text) <= MOST else f"{text[:MOST]}…"


def _status(m: Milestone, now: Standing, as_of: date, lang: Language) -> str:
    if now is Standing.DONE_LATE:
        return lang.note(m, now, as_of)
    status = lang.status(m.status)
    return lang.join([status, lang.note(m, now, as_of)]) if now in _PRESSING else status


def _progress(m: Milestone, lang: Language) -> Iterator[str]:
    """Yield what is known of it: how far, the last word on it, what is next, moves, evidence."""

    def labelled(field: str, value: str) -> str:
        return f"{_begun(lang.label(field))}{lang.colon}{value}"

    if m.status is Status.COMPLETED:
        done = lang.day(m.completed_on) if m.completed_on else lang.text("day unknown")
        yield labelled("completed_on", done)
    elif m.percent is not None:
        yield labelled("percent", f"{m.percent}%")
    if last := next((c for c in reversed(m.effective) if c.has_reason), None):
        yield f"{lang.day(last.on)}{lang.colon}{clean(lang.reason(last.why))}"
    if m.next_step and m.is_open:
        yield labelled("next_step", clean(m.next_step))
    for field in FIELDS.values():
        if field.in_ledger and (words := field_value(field, m, lang)):
            yield labelled(field.name, clean(words))
    if m.revisions:
        first = "" if m.baseline_due is None else lang.by(m.baseline_due, first_precision(m))
        yield lang.join(
            [_begun(lang.revised(m.revisions)), lang.text("first promised for {due}", due=first)]
        )
    if m.evidence:
        yield f"{lang.text('Evidence')}{lang.colon}{clean(m.evidence[-1].evidence or '')}"


def printed(m: Milestone) -> Iterator[str]:
    """Yield whatever a ledger can have said of its progress, now and earlier, in any language."""
    for lang in (ENGLISH, language("zh")):
        yield from _progress(m, lang)
        for change in m.history:
            if change.why:
                yield f"{lang.day(change.on)}{lang.colon}{clean(lang.reason(change.why))}"


def _begun(words: str) -> str:
    """The words as a line begins with them."""
    return words[:1].upper() + words[1:]
