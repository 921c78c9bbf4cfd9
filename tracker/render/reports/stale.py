"""What nobody looks after: unchanged for long, or completed with nothing to show it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.locale import Language
from tracker.render import json
from tracker.render.reports import sheet
from tracker.render.reports.sheet import Cell, Column
from tracker.render.reports.words import count, nothing, sentence
from tracker.render.rows import iso
from tracker.render.table import Screen
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped
from tracker.report.stale import Neglected, Stale, Why

COLUMNS = (
    Column("id", "ID", right=True),
    Column("why", "WHY"),
    Column("last_change", "LAST CHANGE"),
    Column("days", "DAYS", right=True),
    Column("due", "DUE", from_width=80),
    Column("owner", "RESPONSIBLE", from_width=120),
    Column("title", "TITLE", takes_the_rest=True),
)


def table(result: Stale, screen: Screen) -> str:
    """Draw a row a milestone, and below what each reason means."""
    if not result.rows:
        return _nothing(result, screen.width)
    lines = sheet.draw(COLUMNS, _rows(result, screen.lang), screen)
    hidden = result.total - len(result.rows)
    if hidden:
        lines.append(f"… and {hidden} more; leave out --limit to see all.")
    lines += ["", f"{result.total} of {count(result.among, 'milestone')} on {result.as_of}."]
    shown = {row.why for row in result.rows}
    for why, meaning in _meanings(result):
        if why in shown:
            lines += wrapped(f"{why:<12}", meaning, screen.width)
    return "\n".join(lines)


def plain(result: Stale, lang: Language) -> str:
    """Return a line a milestone: the columns of the CSV, tabs between."""
    return sheet.plain(_rows(result, lang))


def csv(result: Stale, lang: Language) -> str:
    return sheet.csv(COLUMNS, _rows(result, lang))


def markdown(result: Stale, lang: Language) -> str:
    return sheet.markdown(COLUMNS, _rows(result, lang))


def content(result: Stale) -> dict[str, Any]:
    """Return what stands in the JSON envelope."""
    return {
        "as_of": result.as_of,
        "days": result.days,
        "count": len(result.rows),
        "total": result.total,
        "milestones": [
            json.row(row.milestone, result.as_of)
            | {"why": row.why, "last_change": row.last, "days_unchanged": row.days}
            for row in result.rows
        ],
    }


def _rows(result: Stale, lang: Language) -> Iterator[tuple[Cell, ...]]:
    for row in result.rows:
        yield _row(row, lang)


def _row(row: Neglected, lang: Language) -> tuple[Cell, ...]:
    words, due = wording(row.milestone, lang), iso(row.milestone.due)
    return (row.milestone.id, row.why, iso(row.last), row.days, due, words.owner, words.title)


def _meanings(result: Stale) -> Iterator[tuple[Why, str]]:
    yield Why.UNVERIFIED, "completed without evidence: `tracker note ID TEXT --evidence URL`"
    unchanged = f"owed, and no change for {count(result.days, 'day')}: `tracker note ID TEXT`"
    yield Why.UNCHANGED, unchanged


def _nothing(result: Stale, width: int) -> str:
    if not result.among:
        return nothing(result.as_of, width)
    none = (
        f"Nothing is stale on {result.as_of}: what is owed changed within "
        f"{count(result.days, 'day')}, and what is completed has evidence."
    )
    return sentence(none, width)
