"""What was changed since a day, the moved deadlines first and the quiet ones marked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from tracker.locale import Language
from tracker.render.history import alteration
from tracker.render.reports import sheet
from tracker.render.reports.sheet import Cell, Column
from tracker.render.reports.words import QUIET, count, nothing, sentence, signed
from tracker.render.rows import iso
from tracker.render.table import Screen, paint
from tracker.render.text import clean, fit
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped
from tracker.report.moves import move_of
from tracker.report.since import Changed, Changes, Kind, recorded_on

HEADINGS = {
    Kind.MOVED: "Deadlines moved",
    Kind.DROPPED: "Cancelled, superseded or removed",
    Kind.COMPLETED: "Completed",
    Kind.REOPENED: "Reopened",
    Kind.PROGRESSED: "Started or assessed",
    Kind.ADDED: "Added",
    Kind.EDITED: "Edited",
    Kind.NOTED: "Noted",
    Kind.TAKEN_BACK: "Taken back",
    Kind.CORRECTED: "Corrected",
}

COLUMNS = (
    Column("on", "ON"),
    Column("recorded_on", "RECORDED"),
    Column("kind", "KIND"),
    Column("id", "ID", right=True),
    Column("what", "WHAT"),
    Column("from", "FROM"),
    Column("to", "TO"),
    Column("days", "DAYS", right=True),
    Column("days_from_baseline", "FROM BASELINE", right=True),
    Column("quiet", "QUIET"),
    Column("reason", "REASON"),
    Column("evidence", "EVIDENCE"),
    Column("by", "BY"),
    Column("owner", "RESPONSIBLE"),
    Column("title", "TITLE"),
)


def table(result: Changes, screen: Screen) -> str:
    """Draw the changes by kind, the latest first: what, why, by whom."""
    if not result.rows:
        if not result.among:
            return nothing(result.as_of, screen.width)
        none = f"Nothing was changed from {result.since} to {result.as_of}."
        return sentence(none, screen.width)
    lines: list[str] = []
    for kind, rows in groupby(result.rows, key=lambda row: row.kind):
        lines += [paint(HEADINGS[kind], "1", screen.colour)]
        for row in rows:
            lines += _row_lines(row, screen)
        lines.append("")
    hidden = result.total - len(result.rows)
    if hidden:
        lines.append(f"… and {hidden} more; leave out --limit to see all.")
    quiet = f", {result.quiet} of them moved or dropped without a reason" if result.quiet else ""
    told = f"{count(result.total, 'change')} from {result.since} to {result.as_of}{quiet}."
    return "\n".join([*lines, *wrapped("", told, screen.width), "Next: `tracker log ID`."])


def plain(result: Changes, lang: Language) -> str:
    """Return a line a change: the columns of the CSV, tabs between."""
    return sheet.plain(_rows(result, lang))


def csv(result: Changes, lang: Language) -> str:
    return sheet.csv(COLUMNS, _rows(result, lang))


def markdown(result: Changes, lang: Language) -> str:
    return sheet.markdown(COLUMNS, _rows(result, lang))


def content(result: Changes) -> dict[str, Any]:
    """Return what stands in the JSON envelope."""
    return {
        "since": result.since,
        "as_of": result.as_of,
        "count": len(result.rows),
        "total": result.total,
        "quiet": result.quiet,
        "changes": [entry(row) for row in result.rows],
    }


def entry(row: Changed) -> dict[str, Any]:
    """Return one change as it stands in the JSON of every list of them."""
    move = move_of(row.milestone, row.change)
    return {
        "id": row.milestone.id,
        "uid": row.milestone.uid,
        "title": row.milestone.title,
        "translations": row.milestone.translations,
        "owner": row.milestone.owner,
        "kind": row.kind,
        "quiet": row.quiet,
        "days": move.days if move else None,
        "days_from_baseline": move.from_baseline if move else None,
        "change": row.change,
    }


def _rows(result: Changes, lang: Language) -> Iterator[tuple[Cell, ...]]:
    for row in result.rows:
        m, change, move = row.milestone, row.change, move_of(row.milestone, row.change)
        words = wording(m, lang)
        yield (
            iso(change.on),
            iso(recorded_on(change)),
            row.kind,
            m.id,
            clean(alteration(change)),
            iso(move.was) if move else None,
            iso(move.now) if move else None,
            move.days if move else None,
            move.from_baseline if move else None,
            "quiet" if row.quiet else None,
            change.why,
            change.evidence,
            change.by,
            words.owner,
            words.title,
        )


def _row_lines(row: Changed, screen: Screen) -> Iterator[str]:
    change, m = row.change, row.milestone
    yield fit(f"  {change.on}  {m.id}  {wording(m, screen.lang).title}", screen.width)
    label = " " * 14
    for line in wrapped(label, _sentence(row), screen.width):
        yield line.replace(QUIET, paint(QUIET, "31;1", screen.colour))


def _sentence(row: Changed) -> str:
    change, move = row.change, move_of(row.milestone, row.change)
    parts = [alteration(change)]
    if move is not None and move.days is not None:
        parts[0] += (
            f" ({signed(move.days)} days, {signed(move.from_baseline or 0)} from the baseline)"
        )
    if row.quiet:
        parts.append(QUIET)
    elif change.why:
        parts.append(f"“{clean(change.why)}”")
    if change.evidence:
        parts.append(f"evidence {clean(change.evidence)}")
    if change.by:
        parts.append(f"by {clean(change.by)}")
    if row.recorded_later:
        parts.append(f"recorded on {recorded_on(change)}")
    return ", ".join(parts)
