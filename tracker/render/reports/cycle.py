"""The days that each stage of the office's cycle takes, by body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import asdict

from tracker.locale import Language
from tracker.message import Message
from tracker.model import Milestone
from tracker.query import Query
from tracker.render import columns
from tracker.render.columns import Column, Row
from tracker.render.reports import NoTerms, View, body_name
from tracker.render.table import Screen, paint
from tracker.render.wrapping import wrapped
from tracker.report.cycle import TIMED, Round, Rounds, rounds


class CycleView(View[Rounds, NoTerms]):
    """A row a body, and the total."""

    help = """Say how many days each stage of the cycle takes, by body.

    Medians of what was received, reported, verified and closed, each after the step before it;
    docs/figures.md.
    """
    columns = (
        Column("body", "RESPONSIBLE", takes_the_rest=True),
        Column("supervised", "ASSIGNED", right=True),
        Column("closed", "CLOSED", right=True),
        Column("returned", "SENT BACK", right=True, style="33"),
        Column("received_days", "TO RECEIVE", right=True),
        Column("reported_days", "TO REPORT", right=True),
        Column("verified_days", "TO VERIFY", right=True, from_width=80),
        Column("closed_days", "TO CLOSE", right=True, from_width=90),
    )

    def result(self, milestones: Iterable[Milestone], query: Query, terms: NoTerms) -> Rounds:
        return rounds(milestones, query)

    def none(self, result: Rounds, lang: Language) -> str:
        none = "Nothing takes part in the cycle on {day}. Next: `tracker assign ID --as NAME`."
        return "" if result.rows else lang.text(none, day=result.as_of)

    def lines(self, result: Rounds, screen: Screen) -> Iterator[str]:
        rows = [*self.rows(result, screen.lang), (Message("all"), *_cells(result.total))]
        *lines, last = columns.draw(self.columns, rows, screen)
        yield from (*lines, paint(last, "1", screen.colour), "")
        told = screen.lang.text("Days are medians of those known, each after the step before it.")
        yield from wrapped("", told, screen.width)

    def rows(self, result: Rounds, lang: Language) -> Iterator[Row]:
        for row in result.rows:
            nobody = Message("(no responsible body)")
            yield (body_name(row.body, lang) if row.body else nobody, *_cells(row.round))

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


def _cells(found: Round) -> Row:
    days = ("" if took.days is None else f"{took.days:g}" for took in found.stages)
    return (found.supervised, found.closed, found.returned, *days)


def _content(found: Round) -> dict[str, Any]:
    stages = {stage: asdict(took) for stage, took in zip(TIMED, found.stages, strict=True)}
    counts = {name: getattr(found, name) for name in ("supervised", "closed", "returned")}
    return counts | {"days": stages}
