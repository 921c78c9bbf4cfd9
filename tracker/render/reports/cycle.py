"""The days that each stage of the office's cycle takes, by body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from msgspec.structs import asdict

from tracker.locale import Language
from tracker.message import Message
from tracker.render.columns import Column, Row
from tracker.render.json import picked
from tracker.render.reports import ALL, BODY, NoTerms, View
from tracker.render.table import Screen
from tracker.report.cycle import TIMED, BodyCycle, CycleFigures, Rounds, rounds


class CycleView(View[Rounds, NoTerms]):
    """A row a body, and the total."""

    help = """Say how many days each stage of the cycle takes, by body.

    Medians of what was received, reported, verified and closed, each after the step before it;
    docs/figures.md.
    """
    report = staticmethod(rounds)
    nothing = Message(
        "Nothing takes part in the cycle on {day}. Next: `tracker assign ID --as NAME`."
    )
    columns: ClassVar[Sequence[Column[BodyCycle]]] = (
        BODY,
        Column("supervised", "ASSIGNED", lambda row, _: row.round.supervised, right=True),
        Column("closed", "CLOSED", lambda row, _: row.round.closed, right=True),
        Column("returned", "SENT BACK", lambda row, _: row.round.returned, right=True, style="33"),
        Column("received_days", "TO RECEIVE", lambda row, _: _days(row, 0), right=True),
        Column("reported_days", "TO REPORT", lambda row, _: _days(row, 1), right=True),
        Column(
            "verified_days", "TO VERIFY", lambda row, _: _days(row, 2), right=True, from_width=80
        ),
        Column("closed_days", "TO CLOSE", lambda row, _: _days(row, 3), right=True, from_width=90),
    )

    def last(self, result: Rounds, lang: Language) -> Row:
        return [ALL, *self.row(BodyCycle(None, result.total), lang)[1:]]

    def below(self, result: Rounds, screen: Screen) -> Iterator[str]:
        yield from screen.paragraph(
            "Days are medians of those known, each after the step before it."
        )
        yield screen.lang.text("Next: `tracker report pending`.")

    def content(self, result: Rounds) -> dict[str, Any]:
        return {
            "as_of": result.as_of,
            "bodies": [
                {"body": row.body.name if row.body else None, **_content(row.round)}
                for row in result.rows
            ],
            "total": _content(result.total),
        }


VIEW = CycleView()


def _days(row: BodyCycle, stage: int) -> str:
    took = row.round.stages[stage]
    return "" if took.days is None else f"{took.days:g}"


def _content(found: CycleFigures) -> dict[str, Any]:
    stages = {stage: asdict(took) for stage, took in zip(TIMED, found.stages, strict=True)}
    return picked(found, "supervised", "closed", "returned") | {"days": stages}
