"""The on-time rate by quarter: never a share without what it is a share of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tracker.locale import Language
from tracker.message import Message
from tracker.model import Milestone
from tracker.query import Query
from tracker.render import columns
from tracker.render.columns import Cell, Column, Row
from tracker.render.reports import NoTerms, View
from tracker.render.table import Screen, paint
from tracker.render.text import pad
from tracker.render.wrapping import wrapped
from tracker.report.ontime import OnTime, Rate, ontime

_NUMBERS = ("passed", "on_time", "late", "owed", "dropped")
_SCREEN = (
    Column("quarter", "QUARTER"),
    Column("", "BY BASELINE", right=True),
    Column("", "LATE", right=True, from_width=80),
    Column("", "OWED", right=True, from_width=80),
    Column("", "DROPPED", right=True, from_width=80),
    Column("", "BY CURRENT DUE", right=True),
    Column("", "LATE", right=True, from_width=80),
    Column("", "OWED", right=True, from_width=80),
    Column("", "DROPPED", right=True, from_width=80),
)


class OnTimeView(View[OnTime, NoTerms]):
    """A row a quarter, and below them what the two rates are of."""

    help = """Rate by quarter what was completed by its baseline, and by its current due.

    The baseline is the date first promised. Each share comes with what it is a share of.
    """
    columns = (
        Column("quarter", ""),
        *(Column(f"{against}_{name}", "") for against in ("baseline", "due") for name in _NUMBERS),
    )

    def result(self, milestones: Iterable[Milestone], query: Query, terms: NoTerms) -> OnTime:
        return ontime(milestones, query)

    def none(self, result: OnTime, lang: Language) -> str:
        none = "No date has passed by {day}, so there is no rate yet."
        return "" if result.quarters else lang.text(none, day=result.as_of)

    def lines(self, result: OnTime, screen: Screen) -> Iterator[str]:
        lang = screen.lang
        *lines, last = columns.draw(_SCREEN, _shown(result, lang), screen)
        yield from (*lines, paint(last, "1", screen.colour), "")
        for name, meaning in _MEANINGS.items():
            label = pad(lang.word("column", name), 14)
            yield from wrapped(f"{label}  ", lang.text(meaning), screen.width)
        for words in _below(result, lang):
            yield from wrapped("", words, screen.width)
        yield lang.text("Next: `tracker report slippage`.")

    def rows(self, result: OnTime, lang: Language) -> Iterator[Row]:
        for quarter in result.quarters:
            name = f"{quarter.year}-Q{quarter.number}"
            yield (name, *_rate_numbers(quarter.baseline), *_rate_numbers(quarter.due))

    def markdown(self, result: OnTime, lang: Language) -> str:
        """Return the table, and as a list what its two rates are of."""
        told = ((lang.word("column", name), lang.text(words)) for name, words in _MEANINGS.items())
        meanings = (f"- {name.lower()}{lang.colon}{words}" for name, words in told)
        table = columns.markdown(_SCREEN, _shown(result, lang), lang)
        return "\n".join([table, "", *_below(result, lang), "", *meanings])

    def content(self, result: OnTime) -> dict[str, Any]:
        return {
            "as_of": result.as_of,
            "quarters": [
                {
                    "year": quarter.year,
                    "quarter": quarter.number,
                    "baseline": _rate(quarter.baseline),
                    "due": _rate(quarter.due),
                }
                for quarter in result.quarters
            ],
            "baseline": _rate(result.baseline),
            "due": _rate(result.due),
        }


VIEW = OnTimeView()

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


def _below(result: OnTime, lang: Language) -> Iterator[str]:
    yield lang.text("A date has passed when its last day lies before {day}.", day=result.as_of)
    if unknown := max(result.baseline.unknown, result.due.unknown):
        yield lang.plural(
            "{n} was completed on a day that nobody knows, and is in no rate.",
            "{n} were completed on days that nobody knows, and are in no rate.",
            unknown,
        )


def _shown(result: OnTime, lang: Language) -> Iterator[Row]:
    for quarter in result.quarters:
        yield (
            lang.quarter(quarter.year, quarter.number),
            *_cells(quarter.baseline),
            *_cells(quarter.due),
        )
    yield (Message("all"), *_cells(result.baseline), *_cells(result.due))


def _cells(rate: Rate) -> Row:
    # Rounded down, so that only a whole one says 100 %.
    told: Cell = "-"
    if rate.passed:
        share = 100 * rate.on_time // rate.passed
        sentence = "{some} of {all}, {share}%"
        told = Message(sentence, some=rate.on_time, all=rate.passed, share=share)
    return (told, rate.late, rate.owed, rate.dropped)


def _rate_numbers(rate: Rate) -> tuple[int, ...]:
    return (rate.passed, rate.on_time, rate.late, rate.owed, rate.dropped)


def _rate(rate: Rate) -> dict[str, Any]:
    counts = dict(zip(_NUMBERS, _rate_numbers(rate), strict=True))
    return {**counts, "unknown": rate.unknown, "rate": rate.share}
