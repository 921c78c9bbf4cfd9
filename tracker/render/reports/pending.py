"""What waits for whom in the office's cycle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar

from msgspec import Struct

from tracker.locale import Language
from tracker.message import Message, PluralMessage
from tracker.model import Option
from tracker.render.columns import ID, TITLE, Cell, Column
from tracker.render.cycle import TO_DO
from tracker.render.json import brief, picked
from tracker.render.reports import View
from tracker.render.table import Screen
from tracker.render.wording import party
from tracker.report.cycle import Pending, PendingList, pending
from tracker.report.rating import Days


class PendingTerms(Struct, frozen=True):
    """For how long something must have waited."""

    days: Annotated[Days, Option("--days", "N", "Only what has waited for so many days.")] = 0


def _party(row: Pending, lang: Language) -> Cell:
    return party(row.party, row.milestone, lang) or Message("(nobody named)")


class PendingView(View[PendingList, PendingTerms]):
    """A row for each thing that is waited for, by whom it waits for."""

    help = """List what waits for whom: to be received, verified or closed, or for more time.

    Of what takes part in the cycle of `tracker assign`, receive, feedback, verify and close.
    """
    terms = PendingTerms
    report = staticmethod(pending)
    nothing = Message("Nothing waits for anybody on {day}. Next: `tracker assign ID --as NAME`.")
    columns: ClassVar[Sequence[Column[Pending]]] = (
        Column("party", "WAITS FOR", _party),
        Column("what", "WHAT", lambda row, _: TO_DO[row.stage]),
        Column("since", "SINCE", lambda row, _: row.since, from_width=70),
        Column("days", "DAYS", lambda row, _: row.days, right=True),
        ID,
        TITLE,
    )

    def below(self, result: PendingList, screen: Screen) -> Iterator[str]:
        if result.unassigned:
            told = PluralMessage(
                "{n} more is owed and was never assigned: `tracker assign ID`.",
                "{n} more are owed and were never assigned: `tracker assign ID`.",
                result.unassigned,
            )
            yield from screen.paragraph(told)
        yield screen.lang.text("Next: `tracker show ID`.")

    def content(self, result: PendingList) -> dict[str, Any]:
        return {
            **picked(result, "as_of", "days"),
            "pending": [
                {
                    "party": row.party or None,
                    **picked(row, "stage", "since", "days"),
                    **brief(row.milestone),
                }
                for row in result.rows
            ],
            "unassigned": result.unassigned,
        }


VIEW = PendingView()
