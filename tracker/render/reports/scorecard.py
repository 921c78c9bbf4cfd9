"""The scorecard, with the thresholds it was made by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.locale import Language
from tracker.render.reports import sheet
from tracker.render.reports.sheet import Cell, Column
from tracker.render.reports.words import body_name, count, nothing, sentence
from tracker.render.table import Screen, paint
from tracker.render.wrapping import wrapped
from tracker.report.rating import Rating, Thresholds
from tracker.report.scorecard import Score, Scorecard

NOBODY = "(no responsible body)"

COLUMNS = (
    Column("body", "RESPONSIBLE", takes_the_rest=True),
    Column("total", "ALL", right=True),
    Column("completed", "DONE", right=True),
    Column("on_time", "ON TIME", right=True, from_width=80),
    Column("late", "LATE", right=True, from_width=80),
    Column("kept", "BY BASELINE", right=True, from_width=120),
    Column("overdue", "OVERDUE", right=True),
    Column("red", "RED", right=True, style="31;1"),
    Column("amber", "AMBER", right=True, style="33"),
    Column("green", "GREEN", right=True, style="32"),
    Column("blue", "BLUE", right=True, from_width=120, style="34"),
    Column("unrated", "UNRATED", right=True, from_width=120),
    Column("supports", "SUPPORTS", right=True, from_width=100),
    Column("supported_by", "SUPPORTED BY", from_width=160),
)


def table(result: Scorecard, screen: Screen) -> str:
    """Draw a row a body, the total, and the legend."""
    if not result.total.total:
        return _nothing(result, screen.width)
    total = ("all", *_counts(result.total), None, None)
    lines = sheet.draw(COLUMNS, [*_rows(result, screen.lang), total], screen)
    lines[-1] = paint(lines[-1], "1", screen.colour)
    head = f"{count(result.total.total, 'milestone')} on {result.as_of}, the most red first."
    lines += ["", head]
    for each, meaning in legend(result.thresholds):
        lines += wrapped(f"{each:<9}", meaning, screen.width)
    lines += wrapped(
        "", "Next: `tracker list --owner NAME`, `tracker report slippage`.", screen.width
    )
    return "\n".join(lines)


def plain(result: Scorecard, lang: Language) -> str:
    """Return a line a body: the columns of the CSV, tabs between."""
    return sheet.plain(_rows(result, lang))


def csv(result: Scorecard, lang: Language) -> str:
    return sheet.csv(COLUMNS, _rows(result, lang))


def markdown(result: Scorecard, lang: Language) -> str:
    """Return the table with its total, and the legend as a list."""
    total = ("all", *_counts(result.total), None, None)
    meanings = (f"- {each}: {meaning}" for each, meaning in legend(result.thresholds))
    rows = [*_rows(result, lang), total]
    return "\n".join([sheet.markdown(COLUMNS, rows), "", f"On {result.as_of}:", "", *meanings])


def content(result: Scorecard) -> dict[str, Any]:
    """Return what stands in the JSON envelope."""
    limits = result.thresholds
    return {
        "as_of": result.as_of,
        "thresholds": {
            "due_soon_days": limits.due_soon,
            "slipped_days": limits.slipped,
            "five_year_days": limits.five_year,
        },
        "legend": dict(legend(limits)),
        "bodies": [
            {
                "body": row.body.name if row.body else None,
                "translations": row.body.translations if row.body else {},
                **_score(row.score),
                "supports": row.supports,
                "supported_by": [body.name for body in row.with_bodies],
            }
            for row in result.rows
        ],
        "total": _score(result.total),
    }


def legend(limits: Thresholds) -> Iterator[tuple[Rating, str]]:
    """Say what each colour means by these thresholds."""
    five_year = (
        "a five-year milestone is not amber for being due soon"
        if limits.five_year is None
        else f"a five-year milestone when it is due within {count(limits.five_year, 'day')}"
    )
    yield Rating.RED, "overdue, or its forecast is after its due date"
    yield (
        Rating.AMBER,
        f"due within {count(limits.due_soon, 'day')}, or {count(limits.slipped, 'day')} or more "
        f"past its baseline; {five_year}",
    )
    yield Rating.GREEN, "owed, and neither of these"
    yield Rating.BLUE, "completed, on time or late"
    yield Rating.UNRATED, "cancelled, superseded, or without a date"


def _rows(result: Scorecard, lang: Language) -> Iterator[tuple[Cell, ...]]:
    for row in result.rows:
        name = body_name(row.body, lang) if row.body else NOBODY
        supporters = "; ".join(body_name(body, lang) for body in row.with_bodies)
        yield (name, *_counts(row.score), row.supports, supporters)


def _counts(score: Score) -> tuple[int, ...]:
    return tuple(_score(score).values())


def _score(score: Score) -> dict[str, int]:
    return {
        "total": score.total,
        "completed": score.completed,
        "on_time": score.on_time,
        "late": score.late,
        "kept": score.kept,
        "overdue": score.overdue,
        **{rating.value: number for rating, number in score.ratings.items()},
    }


def _nothing(result: Scorecard, width: int) -> str:
    if not result.among:
        return nothing(result.as_of, width)
    none = f"None of the {count(result.among, 'milestone')} on {result.as_of} match."
    return sentence(none, width)
