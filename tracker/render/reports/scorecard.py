"""The scorecard, with the thresholds it was made by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import asdict

from tracker.locale import Language
from tracker.model import Milestone
from tracker.query import Query
from tracker.render import columns
from tracker.render.columns import Column, Row
from tracker.render.reports import View, count
from tracker.render.table import Screen, paint
from tracker.render.text import clean
from tracker.render.wrapping import wrapped
from tracker.report.bodies import Body
from tracker.report.rating import Rating, Thresholds
from tracker.report.scorecard import Score, Scorecard, scorecard

NOBODY = "(no responsible body)"


class ScorecardView(View[Scorecard, Thresholds]):
    """A row a body, the total, and the legend."""

    help = """Score each responsible body: done, late, overdue, red, amber, green.

    Spellings that differ by letter case, width or blanks only are one body.
    """
    terms = Thresholds
    columns = (
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

    def result(self, milestones: Iterable[Milestone], query: Query, terms: Thresholds) -> Scorecard:
        return scorecard(milestones, query, terms)

    def none(self, result: Scorecard) -> str:
        none = f"None of the {count(result.out_of, 'milestone')} on {result.as_of} match."
        return "" if result.total.total else none

    def lines(self, result: Scorecard, screen: Screen) -> Iterator[str]:
        rows = [*self.rows(result, screen.lang), _total(result)]
        *lines, last = columns.draw(self.columns, rows, screen)
        yield from (*lines, paint(last, "1", screen.colour), "")
        yield f"{count(result.total.total, 'milestone')} on {result.as_of}, the most red first."
        for each, meaning in legend(result.thresholds):
            yield from wrapped(f"{each:<9}", meaning, screen.width)
        follow = "Next: `tracker list --owner NAME`, `tracker report slippage`."
        yield from wrapped("", follow, screen.width)

    def rows(self, result: Scorecard, lang: Language) -> Iterator[Row]:
        for row in result.rows:
            name = _name(row.body, lang) if row.body else NOBODY
            supporters = "; ".join(_name(body, lang) for body in row.with_bodies)
            yield (name, *_counts(row.score), row.supports, supporters)

    def markdown(self, result: Scorecard, lang: Language) -> str:
        """Return the table with its total, and the legend as a list."""
        meanings = (f"- {each}: {meaning}" for each, meaning in legend(result.thresholds))
        table = columns.markdown(self.columns, [*self.rows(result, lang), _total(result)])
        return "\n".join([table, "", f"On {result.as_of}:", "", *meanings])

    def content(self, result: Scorecard) -> dict[str, Any]:
        return {
            "as_of": result.as_of,
            "thresholds": asdict(result.thresholds),
            "legend": dict(legend(result.thresholds)),
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


VIEW = ScorecardView()


def legend(limits: Thresholds) -> Iterator[tuple[Rating, str]]:
    """Say what each colour means by these thresholds."""
    five_year = (
        "a five-year milestone is not amber for being due soon"
        if limits.five_year_days is None
        else f"a five-year milestone when it is due within {count(limits.five_year_days, 'day')}"
    )
    yield Rating.RED, "overdue, or its forecast is after its due date"
    soon, slipped = count(limits.due_soon_days, "day"), count(limits.slipped_days, "day")
    amber = f"due within {soon}, or {slipped} or more past its baseline; {five_year}"
    yield Rating.AMBER, amber
    yield Rating.GREEN, "owed, and neither of these"
    yield Rating.BLUE, "completed, on time or late"
    yield Rating.UNRATED, "cancelled, superseded, or without a date"


def _name(body: Body, lang: Language) -> str:
    """Name a body in the language where a milestone has that, or as written."""
    return clean(lang.translation(body.translations) or body.name)


def _total(result: Scorecard) -> Row:
    return ("all", *_counts(result.total), None, None)


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
