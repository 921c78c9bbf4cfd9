"""What waits for whom in the office's cycle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from msgspec import Struct

from tracker.locale import Language
from tracker.message import Counted, Message
from tracker.model import Milestone, Option
from tracker.query import Query
from tracker.render import columns
from tracker.render.columns import Column, Row
from tracker.render.cycle import TO_DO
from tracker.render.reports import View
from tracker.render.table import Screen
from tracker.render.wording import party, wording
from tracker.render.wrapping import wrapped
from tracker.report.cycle import PendingList, pending
from tracker.report.rating import Days


class PendingTerms(Struct, frozen=True):
    """For how long something must have waited."""

    days: Annotated[Days, Option("--days", "N", "Only what has waited for so many days.")] = 0


class PendingView(View[PendingList, PendingTerms]):
    """A row for each thing that is waited for, by whom it waits for."""

    help = """List what waits for whom: to be received, verified or closed, or for more time.

    Of what takes part in the cycle of `tracker assign`, receive, feedback, verify and close.
    """
    terms = PendingTerms
    columns = (
        Column("party", "WAITS FOR"),
        Column("what", "WHAT"),
        Column("since", "SINCE", from_width=70),
        Column("days", "DAYS", right=True),
        Column("id", "ID", right=True),
        Column("title", "TITLE", takes_the_rest=True),
    )

    def result(
        self, milestones: Iterable[Milestone], query: Query, terms: PendingTerms
    ) -> PendingList:
        return pending(milestones, query, terms.days)

    def none(self, result: PendingList, lang: Language) -> str:
        if result.rows:
            return ""
        nothing = "Nothing waits for anybody on {day}. Next: `tracker assign ID --as NAME`."
        return lang.text(nothing, day=result.as_of)

    def lines(self, result: PendingList, screen: Screen) -> Iterator[str]:
        yield from columns.draw(self.columns, self.rows(result, screen.lang), screen)
        if result.unassigned:
            told = Counted(
                "{n} more is owed and was never assigned: `tracker assign ID`.",
                "{n} more are owed and were never assigned: `tracker assign ID`.",
                result.unassigned,
            )
            yield from ("", *wrapped("", screen.lang.text(told), screen.width))

    def rows(self, result: PendingList, lang: Language) -> Iterator[Row]:
        for row in result.rows:
            named = party(row.party, row.milestone, lang)
            who = named or Message("(nobody named)")
            title = wording(row.milestone, lang).title
            what, since = TO_DO[row.stage], row.since.isoformat()
            yield (who, what, since, row.days, row.milestone.id, title)

    def content(self, result: PendingList) -> dict[str, Any]:
        return {
            "as_of": result.as_of,
            "days": result.days,
            "pending": [
                {
                    "party": row.party or None,
                    "stage": row.stage,
                    "since": row.since,
                    "days": row.days,
                    "id": row.milestone.id,
                    "uid": row.milestone.uid,
                    "title": row.milestone.title,
                }
                for row in result.rows
            ],
            "unassigned": result.unassigned,
        }


VIEW = PendingView()
