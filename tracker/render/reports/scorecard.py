"""The scorecard, with the thresholds it was made by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import asdict

from tracker.locale import Language
from tracker.message import Counted, Message
from tracker.model import Milestone
from tracker.query import Query
from tracker.render import columns
from tracker.render.columns import Column, Row
from tracker.render.reports import View, body_name
from tracker.render.table import Screen, paint
from tracker.render.text import pad
from tracker.render.wrapping import wrapped
from tracker.report.rating import Rating, Thresholds
from tracker.report.scorecard import Score, Scorecard, scorecard

NOBODY = Message("(no responsible body)")


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

    def none(self, result: Scorecard, lang: Language) -> str:
        if result.total.total:
            return ""
        counted = lang.count(result.out_of)
        none = "None of the {milestones} on {day} match."
        return lang.text(none, milestones=counted, day=result.as_of)

    def lines(self, result: Scorecard, screen: Screen) -> Iterator[str]:
        lang = screen.lang
        rows = [*self.rows(result, screen.lang), _total(result)]
        *lines, last = columns.draw(self.columns, rows, screen)
        yield from (*lines, paint(last, "1", screen.colour), "")
        counted = lang.count(result.total.total)
        told = "{milestones} on {day}, the most red first."
        yield lang.text(told, milestones=counted, day=result.as_of)
        for each, meaning in legend(result.thresholds):
            label = pad(lang.word("rating", each.value), 9)
            yield from wrapped(label, lang.text(meaning), screen.width)
        follow = lang.text("Next: `tracker list --owner NAME`, `tracker report slippage`.")
        yield from wrapped("", follow, screen.width)

    def rows(self, result: Scorecard, lang: Language) -> Iterator[Row]:
        for row in result.rows:
            name = body_name(row.body, lang) if row.body else NOBODY
            supporters = "; ".join(body_name(body, lang) for body in row.with_bodies)
            yield (name, *_counts(row.score), row.supports, supporters)

    def markdown(self, result: Scorecard, lang: Language) -> str:
        """Return the table with its total, and the legend as a list."""
        meanings = (
            f"- {lang.word('rating', each.value)}{lang.colon}{lang.text(meaning)}"
            for each, meaning in legend(result.thresholds)
        )
        table = columns.markdown(self.columns, [*self.rows(result, lang), _total(result)], lang)
        return "\n".join([table, "", lang.text("On {day}:", day=result.as_of), "", *meanings])

    def content(self, result: Scorecard) -> dict[str, Any]:
        return {
            "as_of": result.as_of,
            "thresholds": asdict(result.thresholds),
            "legend": {each: str(said) for each, said in legend(result.thresholds)},
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


def legend(limits: Thresholds) -> Iterator[tuple[Rating, Message]]:
    """Say what each colour means by these thresholds."""
    if limits.five_year_days is None:
        five_year = Message("a five-year milestone is not amber for being due soon")
    else:
        within = _days(limits.five_year_days)
        five_year = Message("a five-year milestone when it is due within {days}", days=within)
    yield Rating.RED, Message("overdue, or its forecast is after its due date")
    yield (
        Rating.AMBER,
        Message(
            "due within {soon}, or {slipped} or more past its baseline; {five_year}",
            soon=_days(limits.due_soon_days),
            slipped=_days(limits.slipped_days),
            five_year=five_year,
        ),
    )
    yield Rating.GREEN, Message("owed, and neither of these")
    yield Rating.BLUE, Message("completed: on time, late, or on a day that nobody knows")
    yield Rating.UNRATED, Message("cancelled, superseded, or without a date")


def _days(number: int) -> Counted:
    return Counted("{n} day", "{n} days", number)


def _total(result: Scorecard) -> Row:
    return (Message("all"), *_counts(result.total), None, None)


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
