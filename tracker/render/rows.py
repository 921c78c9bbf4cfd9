"""Lists for other programs and documents: tab-separated lines, CSV, Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from tracker.locale import ENGLISH, Language
from tracker.model import FIELDS, Field, FieldKind, Milestone
from tracker.render.table import standing_words
from tracker.render.wording import wording
from tracker.report import Listing, standing

_FIRST = (
    *("id", "due", "standing", "days_overdue", "owner", "title", "status", "precision"),
    *("due_phrase", "baseline_due", "slippage_days", "completed_on", "tags", "source", "uid"),
)
_ELSEWHERE = (*_FIRST, "translations", "removed_on")
CSV_COLUMNS = (*_FIRST, *(name for name in FIELDS if name not in _ELSEWHERE))
"""What stands on a day and every field, but for other languages and what removed ones have."""


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
        told = standing_words(m, result.as_of, lang)
        cells = (due, told, escape_markdown(words.owner or ""), escape_markdown(words.title))
        lines.append(f"| {m.id} | {' | '.join(cells)} |")
    return "\n".join(lines)


def csv(result: Listing, lang: Language) -> str:
    """Return CSV (RFC 4180) with `CSV_COLUMNS` as its header, for a spreadsheet."""
    from tracker.cells import table

    return table([CSV_COLUMNS, *(list(_csv_fields(m, result, lang)) for m in result.milestones)])


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


def _csv_fields(m: Milestone, result: Listing, lang: Language) -> Iterator[str | int | None]:
    shown: dict[str, str | int | None]
    shown = dict(zip(_FIRST, _plain_fields(m, result, lang), strict=False))
    shown["slippage_days"] = m.slippage
    yield from (shown[c] if c in shown else _cell(FIELDS[c], m) for c in CSV_COLUMNS)


def _cell(field: Field, m: Milestone) -> str | int | None:
    found: Any = getattr(m, field.name)
    match field.kind:
        case FieldKind.TEXTS | FieldKind.TAGS | FieldKind.LINKS:
            return "; ".join(found)
        case FieldKind.TARGETS:
            return "; ".join(map(ENGLISH.target, found))
        case FieldKind.SOURCE:
            return found.document if found else None
        case FieldKind.DAY:
            return iso(found)
        case _:
            return None if found is None else str(found)


def iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


_MARKUP = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>|#!~&"})


def escape_markdown(text: str) -> str:
    return text.translate(_MARKUP)
