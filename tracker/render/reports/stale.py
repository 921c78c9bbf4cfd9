"""What nobody looks after: unchanged for long, or completed with nothing to show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar

from tracker.locale import Language
from tracker.message import Message, PluralMessage
from tracker.model import Option
from tracker.render import json
from tracker.render.columns import ID, TITLE, Column, field_cell, owner
from tracker.render.reports import LimitedTerms, View
from tracker.render.table import Screen
from tracker.render.text import pad
from tracker.report.rating import Days
from tracker.report.stale import Stale, StaleMilestone, StaleReason, stale


class StaleTerms(LimitedTerms, frozen=True):
    """After how many days without a change something is listed."""

    days: Annotated[
        Days, Option("--days", "N", "Owed, and no change for so many days or more.")
    ] = 90


class StaleView(View[Stale, StaleTerms]):
    """A row a milestone, and below what each reason means."""

    help = "List what did not change for long, or is completed without evidence."
    terms = StaleTerms
    report = staticmethod(stale)
    columns: ClassVar[Sequence[Column[StaleMilestone]]] = (
        ID,
        Column("why", "WHY", lambda row, _: Message(row.why.value)),
        Column("last_change", "LAST CHANGE", lambda row, _: row.last),
        Column("days", "DAYS", lambda row, _: row.days, right=True),
        Column("due", "DUE", field_cell("due"), from_width=80),
        owner(from_width=120),
        TITLE,
    )

    def none(self, result: Stale, lang: Language) -> Message:
        return Message(
            "Nothing is stale on {day}: what is owed changed within {days}, and what is completed "
            "has evidence.",
            day=result.as_of,
            days=lang.days(result.days),
        )

    def below(self, result: Stale, screen: Screen) -> Iterator[str]:
        lang = screen.lang
        some, counted = result.total, lang.count(result.out_of)
        told = "{some} of {milestones} on {day}."
        yield lang.text(told, some=some, milestones=counted, day=result.as_of)
        shown = {row.why for row in result.rows}
        for why, meaning in _meanings(result):
            if why in shown:
                yield from screen.paragraph(meaning, pad(lang.text(why.value), 12))

    def content(self, result: Stale) -> dict[str, Any]:
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


VIEW = StaleView()


def _meanings(result: Stale) -> Iterator[tuple[StaleReason, Message]]:
    unverified = Message("completed without evidence: `tracker note ID TEXT --evidence URL`")
    yield StaleReason.UNVERIFIED, unverified
    days = PluralMessage("{n} day", "{n} days", result.days)
    unchanged = Message("owed, and no change for {days}: `tracker note ID TEXT`", days=days)
    yield StaleReason.UNCHANGED, unchanged
