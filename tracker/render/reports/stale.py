"""What nobody looks after: unchanged for long, or completed with nothing to show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from tracker.locale import Language
from tracker.model import Milestone, Option
from tracker.query import Query
from tracker.render import columns, json
from tracker.render.columns import Column, Row
from tracker.render.reports import Limited, View, count, left_out
from tracker.render.rows import iso
from tracker.render.table import Screen
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped
from tracker.report.rating import Days
from tracker.report.stale import Stale, Why, stale


class Terms(Limited, frozen=True):
    """After how many days without a change something is listed."""

    days: Annotated[
        Days, Option("--days", "N", "Owed, and no change for so many days or more.")
    ] = 90


class StaleView(View[Stale, Terms]):
    """A row a milestone, and below what each reason means."""

    help = "List what did not change for long, or is completed without evidence."
    terms = Terms
    columns = (
        Column("id", "ID", right=True),
        Column("why", "WHY"),
        Column("last_change", "LAST CHANGE"),
        Column("days", "DAYS", right=True),
        Column("due", "DUE", from_width=80),
        Column("owner", "RESPONSIBLE", from_width=120),
        Column("title", "TITLE", takes_the_rest=True),
    )

    def result(self, milestones: Iterable[Milestone], query: Query, terms: Terms) -> Stale:
        return stale(milestones, query, terms.days, terms.limit)

    def none(self, result: Stale) -> str:
        within = count(result.days, "day")
        return (
            ""
            if result.rows
            else (
                f"Nothing is stale on {result.as_of}: what is owed changed within "
                f"{within}, and what is completed has evidence."
            )
        )

    def lines(self, result: Stale, screen: Screen) -> Iterator[str]:
        yield from columns.draw(self.columns, self.rows(result, screen.lang), screen)
        yield from left_out(len(result.rows), result.total)
        yield ""
        yield f"{result.total} of {count(result.out_of, 'milestone')} on {result.as_of}."
        shown = {row.why for row in result.rows}
        for why, meaning in _meanings(result):
            if why in shown:
                yield from wrapped(f"{why:<12}", meaning, screen.width)

    def rows(self, result: Stale, lang: Language) -> Iterator[Row]:
        for row in result.rows:
            m, words = row.milestone, wording(row.milestone, lang)
            known = (m.id, row.why, iso(row.last), row.days, iso(m.due))
            yield (*known, words.owner, words.title)

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


def _meanings(result: Stale) -> Iterator[tuple[Why, str]]:
    yield Why.UNVERIFIED, "completed without evidence: `tracker note ID TEXT --evidence URL`"
    unchanged = f"owed, and no change for {count(result.days, 'day')}: `tracker note ID TEXT`"
    yield Why.UNCHANGED, unchanged
