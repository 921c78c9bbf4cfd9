"""Lists for other programs and documents: tab-separated lines, CSV, Markdown."""

from __future__ import annotations

from datetime import date

from tracker.locale import Language
from tracker.model import Milestone
from tracker.render.table import standing_words
from tracker.render.wording import wording
from tracker.report import Listing, standing

CSV_COLUMNS = (
    "id",
    "due",
    "standing",
    "days_overdue",
    "owner",
    "title",
    "status",
    "precision",
    "due_phrase",
    "baseline_due",
    "slippage_days",
    "completed_on",
    "tags",
    "source",
    "uid",
)


def plain(result: Listing, lang: Language) -> str:
    """Return a line a milestone: id, due, standing, days overdue, owner and title, tabs between.

    A field without a value is empty; no field holds a tab or a line break.
    """
    return "\n".join("\t".join(_plain_fields(m, result, lang)) for m in result.milestones)


def markdown(result: Listing, lang: Language) -> str:
    """Return a Markdown table; what could be markup in a cell is escaped."""
    lines = ["| ID | Due | Standing | Responsible | Title |", "| ---: | --- | --- | --- | --- |"]
    for m in result.milestones:
        words = wording(m, lang)
        due = m.due.isoformat() if m.due else "no date"
        told = standing_words(m, result.as_of)
        cells = (due, told, escape_markdown(words.owner or ""), escape_markdown(words.title))
        lines.append(f"| {m.id} | {' | '.join(cells)} |")
    return "\n".join(lines)


def csv(result: Listing, lang: Language) -> str:
    """Return CSV (RFC 4180) with `CSV_COLUMNS` as its header, for a spreadsheet."""
    from tracker.cells import table

    return table([CSV_COLUMNS, *(_csv_fields(m, result, lang) for m in result.milestones)])


def _plain_fields(m: Milestone, result: Listing, lang: Language) -> tuple[str, ...]:
    words = wording(m, lang)
    return (
        str(m.id),
        m.due.isoformat() if m.due else "",
        standing(m, result.as_of).value,
        str(m.days_overdue(result.as_of)) if m.is_overdue(result.as_of) else "",
        words.owner or "",
        words.title,
    )


def _csv_fields(m: Milestone, result: Listing, lang: Language) -> tuple[str | int | None, ...]:
    id, due, now, days, owner, title = _plain_fields(m, result, lang)
    stored = (m.due_phrase, iso(m.baseline_due), m.slippage, iso(m.completed_on))
    document = m.source.document if m.source else None
    rest = (m.status, m.precision, *stored, "; ".join(m.tags), document, m.uid)
    return (id, due, now, days, owner, title, *rest)


def iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


_MARKUP = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>|#!~&"})


def escape_markdown(text: str) -> str:
    return text.translate(_MARKUP)
