"""The on-time rate by quarter: never a share without what it is a share of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any, ClassVar

from tracker.locale import Language
from tracker.message import Message, PluralMessage
from tracker.render import columns
from tracker.render.columns import Cell, Column, Row
from tracker.render.json import picked
from tracker.render.reports import ALL, NoTerms, View
from tracker.render.table import Screen, paint
from tracker.render.text import pad
from tracker.report.ontime import OnTime, Quarter, Rate, ontime

_NUMBERS = ("passed", "on_time", "late", "owed", "dropped")
_MEANINGS = {
    "BY BASELINE": Message(
        "completed by the date first promised, of those whose baseline has passed"
    ),
    "BY CURRENT DUE": Message(
        "completed by the date as it is now, of those whose due date has passed"
    ),
    "LATE": Message("completed after that date"),
    "OWED": Message("not completed yet"),
    "DROPPED": Message("cancelled or superseded; dropping a promise does not make a rate better"),
}


def _number(against: str, name: str) -> Column[Quarter]:
    """A number for programs."""
    found = attrgetter(f"{against}.{name}")
    return Column(f"{against}_{name}", "", lambda quarter, _: found(quarter))


_SCREEN: Sequence[Column[Quarter]] = (
    Column("quarter", "QUARTER", lambda row, lang: lang.quarter(row.year, row.number)),
    Column("", "BY BASELINE", lambda row, _: _rate(row.baseline), right=True),
    Column("", "LATE", lambda row, _: row.baseline.late, right=True, from_width=80),
    Column("", "OWED", lambda row, _: row.baseline.owed, right=True, from_width=80),
    Column("", "DROPPED", lambda row, _: row.baseline.dropped, right=True, from_width=80),
    Column("", "BY CURRENT DUE", lambda row, _: _rate(row.due), right=True),
    Column("", "LATE", lambda row, _: row.due.late, right=True, from_width=80),
    Column("", "OWED", lambda row, _: row.due.owed, right=True, from_width=80),
    Column("", "DROPPED", lambda row, _: row.due.dropped, right=True, from_width=80),
)


class OnTimeView(View[OnTime, NoTerms]):
    """A row a quarter, and below them what the two rates are of."""

    help = """Rate by quarter what was completed by its baseline, and by its current due.

    The baseline is the date first promised. Each share comes with what it is a share of.
    """
    report = staticmethod(ontime)
    nothing = Message("No date has passed by {day}, so there is no rate yet.")
    columns: ClassVar[Sequence[Column[Quarter]]] = (
        Column("quarter", "", lambda quarter, _: f"{quarter.year}-Q{quarter.number}"),
        *(_number(against, name) for against in ("baseline", "due") for name in _NUMBERS),
    )

    def records(self, result: OnTime) -> Sequence[Quarter]:
        return result.quarters

    def lines(self, result: OnTime, screen: Screen) -> Iterator[str]:
        *lines, last = columns.draw(_SCREEN, _shown(result, screen.lang), screen)
        yield from (*lines, paint(last, "1", screen.colour), "")
        for name, meaning in _MEANINGS.items():
            yield from screen.paragraph(meaning, f"{pad(screen.lang.word('column', name), 14)}  ")
        for said in _below(result):
            yield from screen.paragraph(said)
        yield screen.lang.text("Next: `tracker report slippage`.")

    def markdown(self, result: OnTime, lang: Language) -> str:
        told = ((lang.word("column", name), lang.text(words)) for name, words in _MEANINGS.items())
        meanings = (f"- {name.lower()}{lang.colon}{words}" for name, words in told)
        table = columns.markdown(_SCREEN, _shown(result, lang), lang)
        return "\n".join([table, "", *map(lang.text, _below(result)), "", *meanings])

    def content(self, result: OnTime) -> dict[str, Any]:
        return {
            "as_of": result.as_of,
            "quarters": [
                {"year": quarter.year, "quarter": quarter.number, **_rates(quarter)}
                for quarter in result.quarters
            ],
            **_rates(result),
        }


VIEW = OnTimeView()


def _below(result: OnTime) -> Iterator[Message]:
    yield Message("A date has passed when its last day lies before {day}.", day=result.as_of)
    if unknown := max(result.baseline.unknown, result.due.unknown):
        yield PluralMessage(
            "{n} was completed on a day that nobody knows, and is in no rate.",
            "{n} were completed on days that nobody knows, and are in no rate.",
            unknown,
        )


def _shown(result: OnTime, lang: Language) -> Iterator[Row]:
    for quarter in result.quarters:
        yield [column.value(quarter, lang) for column in _SCREEN]
    every = Quarter(0, 0, result.baseline, result.due)
    yield [ALL, *(column.value(every, lang) for column in _SCREEN[1:])]


def _rate(rate: Rate) -> Cell:
    # Rounded down, so that only a whole one says 100 %.
    if not rate.passed:
        return "-"
    share = 100 * rate.on_time // rate.passed
    return Message("{some} of {all}, {share}%", some=rate.on_time, all=rate.passed, share=share)


def _rates(of: Quarter | OnTime) -> dict[str, Any]:
    return {
        name: picked(rate, *_NUMBERS, "unknown") | {"rate": rate.share}
        for name, rate in (("baseline", of.baseline), ("due", of.due))
    }
