"""The scorecard, with the thresholds it was made by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar

from msgspec.structs import asdict

from tracker.locale import Language
from tracker.message import Message, PluralMessage
from tracker.model import Milestone
from tracker.query import Query
from tracker.render import columns
from tracker.render.columns import Column, Row
from tracker.render.reports import ALL, BODY, View, body_name
from tracker.render.table import Screen
from tracker.render.text import pad
from tracker.report.rating import Rating, Thresholds
from tracker.report.scorecard import BodyScore, Score, Scorecard, scorecard


def _rated(rating: Rating) -> Callable[[BodyScore, Language], int]:
    return lambda row, _: row.score.ratings[rating]


def _supporters(row: BodyScore, lang: Language) -> str:
    return "; ".join(body_name(body, lang) for body in row.with_bodies)


class ScorecardView(View[Scorecard, Thresholds]):
    """A row a body, the total, and the legend."""

    help = """Score each responsible body: done, late, overdue, red, amber, green.

    Spellings that differ by letter case, width or blanks only are one body.
    """
    terms = Thresholds
    columns: ClassVar[Sequence[Column[BodyScore]]] = (
        BODY,
        Column("total", "ALL", lambda row, _: row.score.total, right=True),
        Column("completed", "DONE", lambda row, _: row.score.completed, right=True),
        Column("on_time", "ON TIME", lambda row, _: row.score.on_time, right=True, from_width=80),
        Column("late", "LATE", lambda row, _: row.score.late, right=True, from_width=80),
        Column("kept", "BY BASELINE", lambda row, _: row.score.kept, right=True, from_width=120),
        Column("overdue", "OVERDUE", lambda row, _: row.score.overdue, right=True),
        Column("red", "RED", _rated(Rating.RED), right=True, style="31;1"),
        Column("amber", "AMBER", _rated(Rating.AMBER), right=True, style="33"),
        Column("green", "GREEN", _rated(Rating.GREEN), right=True, style="32"),
        Column("blue", "BLUE", _rated(Rating.BLUE), right=True, from_width=120, style="34"),
        Column("unrated", "UNRATED", _rated(Rating.UNRATED), right=True, from_width=120),
        Column("supports", "SUPPORTS", lambda row, _: row.supports, right=True, from_width=100),
        Column("supported_by", "SUPPORTED BY", _supporters, from_width=160),
    )

    def result(self, milestones: Iterable[Milestone], query: Query, terms: Thresholds) -> Scorecard:
        return scorecard(milestones, query, terms)

    def none(self, result: Scorecard, lang: Language) -> Message:
        counted = lang.count(result.out_of)
        none = "None of the {milestones} on {day} match."
        return Message(none, milestones=counted, day=result.as_of)

    def last(self, result: Scorecard, lang: Language) -> Row:
        return [ALL, *self.row(BodyScore(None, result.total, 0, ()), lang)[1:-2], None, None]

    def below(self, result: Scorecard, screen: Screen) -> Iterator[str]:
        lang = screen.lang
        counted = lang.count(result.total.total)
        told = "{milestones} on {day}, the most red first."
        yield lang.text(told, milestones=counted, day=result.as_of)
        for each, meaning in legend(result.thresholds):
            yield from screen.paragraph(meaning, pad(lang.word("rating", each.value), 9))
        yield from screen.paragraph("Next: `tracker list --owner NAME`, `tracker report slippage`.")

    def markdown(self, result: Scorecard, lang: Language) -> str:
        meanings = (
            f"- {lang.word('rating', each.value)}{lang.colon}{lang.text(meaning)}"
            for each, meaning in legend(result.thresholds)
        )
        table = columns.markdown(
            self.columns, [*self.rows(result, lang), self.last(result, lang)], lang
        )
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


def _days(number: int) -> PluralMessage:
    return PluralMessage("{n} day", "{n} days", number)


def _score(score: Score) -> dict[str, int]:
    counts = asdict(score)
    ratings = counts.pop("ratings")
    return counts | {rating.value: number for rating, number in ratings.items()}
