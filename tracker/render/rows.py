"""Lists for other programs and documents: tab-separated lines, CSV, Markdown."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker.locale import ENGLISH, Language
from tracker.model import FIELDS, Field, FieldKind, Milestone, Stage, standing
from tracker.render.table import HEADS, headed, standing_words
from tracker.render.text import clean
from tracker.render.wording import wording
from tracker.report import Listing

_PLAIN = ("id", "due", "standing", "days_overdue", "owner", "title")
_FIRST = (
    *(*_PLAIN, "status", "precision"),
    *("due_phrase", "baseline_due", "slippage_days", "completed_on", "tags", "source", "uid"),
)
_ELSEWHERE = (*_FIRST, "translations", "removed_on")
CSV_COLUMNS = (*_FIRST, *(name for name in FIELDS if name not in _ELSEWHERE))
"""What stands on a day and every field, but for other languages and what removed ones have."""

Cell = str | int | None


def plain(result: Listing, lang: Language) -> str:
    """Return a line a milestone: id, due, standing, days overdue, owner and title, tabs between.

    Or the columns that are asked for. A field without a value is empty; none holds a tab or a line
    break.
    """
    day = result.as_of
    if not result.columns:
        return "\n".join("\t".join(_usual(m, day, lang)) for m in result.milestones)
    return "\n".join(
        "\t".join(_text(cell(name, m, day, lang)) for name in result.columns)
        for m in result.milestones
    )


def _usual(m: Milestone, day: date, lang: Language) -> tuple[str, ...]:
    """The cells of `_PLAIN`, at once: a long list takes longer cell by cell."""
    words = wording(m, lang)
    overdue = str(m.days_overdue(day)) if m.is_overdue(day) else ""
    return (str(m.id), iso(m.due), standing(m, day).value, overdue, words.owner or "", words.title)


def csv(result: Listing, lang: Language) -> str:
    from tracker.cells import table

    names = result.columns or CSV_COLUMNS
    rows = ([cell(name, m, result.as_of, lang) for name in names] for m in result.milestones)
    return table([names, *rows])


def markdown(result: Listing, lang: Language) -> str:
    """Return a Markdown table, one a group; what could be markup in a cell is escaped."""
    from tracker.render import columns
    from tracker.render.chosen import column

    heads = [column(name, result.as_of, lang) for name in result.columns or HEADS]
    parts = []
    for name, milestones in headed(result, lang):
        rows = ([one.value(m, lang) for one in heads] for m in milestones)
        table = columns.markdown(heads, rows, lang)
        parts.append(f"## {columns.escape_markdown(name)}\n\n{table}" if name else table)
    return "\n\n".join(parts)


def shown_value(name: str, m: Milestone, day: date, lang: Language) -> str:
    match name:
        case "due":
            return iso(m.due) or lang.text("no date")
        case "standing":
            return standing_words(m, day, lang)
        case "status":
            return lang.status(m.status)
        case "verdict" | "verdict_role" if m.verdict:
            is_role = name == "verdict_role"
            return lang.role(m.verdict) if is_role else lang.verdict(m.verdict)
        case "stage" if found := cell(name, m, day, lang):
            return lang.text(Stage.meant_by(str(found)).message)
        case _:
            return _text(cell(name, m, day, lang))


def cell(name: str, m: Milestone, day: date, lang: Language) -> Cell:
    """What a column shows of a milestone to programs: a number, or a text on one line."""
    if name in ("title", "owner"):
        return getattr(wording(m, lang), name) or None
    if name not in FIELDS:
        from tracker.report.derived import DERIVED

        found = DERIVED[name](m, day)
    else:
        found = _stored(FIELDS[name], getattr(m, name))
    match found:
        case bool():
            return str(found).lower()
        case None | int():
            return found
        case _:
            return clean(str(found))


def _stored(field: Field, value: Any) -> Any:
    """The value of a field in words, if it is no word or number by itself."""
    match field.kind:
        case FieldKind.TEXTS | FieldKind.TAGS | FieldKind.LINKS:
            return "; ".join(value)
        case FieldKind.TARGETS:
            return "; ".join(map(ENGLISH.target, value))
        case FieldKind.SOURCE:
            return value and value.document
        case FieldKind.TRANSLATIONS:
            return "; ".join(f"{tag}: {words.title or ''}" for tag, words in value.items())
        case _:
            return value


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
