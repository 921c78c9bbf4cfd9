"""Forecasts in words, as rows and as lines of a screen: never a number without its cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from tracker.locale import Language
from tracker.message import Message, PluralMessage, sentences
from tracker.model import Milestone
from tracker.query import Query
from tracker.render.columns import ID, TITLE, Cell, Column, field_cell
from tracker.render.json import picked
from tracker.render.reports import NoTerms, View
from tracker.render.table import Screen
from tracker.render.text import clean
from tracker.render.wording import wording
from tracker.report.backtest import Backtest, Bin, backtest
from tracker.report.forecast import LEAST, Expectation, Forecast, Similarity, forecast
from tracker.texts import folded


def _like(e: Expectation, lang: Language) -> Cell:
    return _name(e, lang) if e.name else Message("all promises") if e.likeness else "-"


class ForecastView(View[Forecast, NoTerms]):
    """A row a milestone that is owed; cases are those of `record`, or else of the same store."""

    nothing = Message("Nothing with a date is owed on {day}, so there is nothing to expect.")
    columns: ClassVar[Sequence[Column[Expectation]]] = (
        ID,
        Column("due", "DUE", field_cell("due")),
        Column(
            "chance",
            "IN TIME",
            lambda e, _: None if e.chance is None else f"{e.chance:.2f}",
            shown=lambda e, _: "-" if e.chance is None else _percent(e.chance),
            right=True,
        ),
        Column("half_by", "HALF BY", lambda e, _: e.half, shown=lambda e, _: e.half or "-"),
        Column(
            "most_by",
            "9 IN 10 BY",
            lambda e, _: e.most,
            shown=lambda e, _: e.most or "-",
            from_width=80,
        ),
        Column("cases", "CASES", lambda e, _: e.cases, right=True),
        Column("likeness", "OF", lambda e, _: e.likeness, shown=_like, from_width=100),
        TITLE,
    )

    def __init__(self, record: Iterable[Milestone] | None = None) -> None:
        self._record = record

    def result(self, milestones: Iterable[Milestone], query: Query, terms: NoTerms) -> Forecast:
        return forecast(milestones, query, self._record)

    def records(self, result: Forecast) -> Sequence[Expectation]:
        return result.expected

    def below(self, result: Forecast, screen: Screen) -> Iterator[str]:
        yield from screen.paragraph(_basis(result))
        yield from screen.paragraph(
            "Next: `tracker forecast --backtest` shows how good past ones were."
        )

    def content(self, result: Forecast) -> dict[str, Any]:
        return {
            **picked(result, "as_of", "total", "cases"),
            "least_cases": LEAST,
            "expected": [
                {
                    **picked(e.milestone, "id", "uid", "title", "owner", "due"),
                    "chance": None if e.chance is None else round(e.chance, 4),
                    "half_by": e.half,
                    "most_by": e.most,
                    **picked(e, "cases", "likeness"),
                    "name": e.name or None,
                }
                for e in result.expected
            ],
        }


class BacktestView(View[Backtest, NoTerms]):
    """A row for each range of chances: how many forecasts, what they said, and what came."""

    report = staticmethod(backtest)
    columns: ClassVar[Sequence[Column[Bin]]] = (
        Column("chance", "CHANCE", lambda one, _: f"{100 * one.low:.0f}-{100 * one.high:.0f}%"),
        Column("forecasts", "FORECASTS", lambda one, _: one.forecasts, right=True),
        Column("mean", "SAID", lambda one, _: _percent(one.mean), right=True),
        Column("kept", "KEPT", lambda one, _: one.kept, right=True),
        Column("share", "CAME", lambda one, _: _percent(one.kept / one.forecasts), right=True),
    )

    def none(self, result: Backtest, lang: Language) -> Message:
        return Message(
            "No forecast could have been made yet: it takes {least} promises whose date has "
            "passed, and others after them.",
            least=LEAST,
        )

    def records(self, result: Backtest) -> Sequence[Bin]:
        return result.bins

    def below(self, result: Backtest, screen: Screen) -> Iterator[str]:
        for said in _judgement(result):
            yield from screen.paragraph(said)

    def content(self, result: Backtest) -> dict[str, Any]:
        return {
            **picked(result, "as_of", "days", "forecasts", "kept", "left_out", "brier"),
            "base_brier": result.base,
            "bins": result.bins,
        }


def facts(e: Expectation, screen: Screen) -> Iterator[str]:
    return screen.fact(screen.lang.text("to expect"), expectation(e, screen.lang))


def expectation(e: Expectation, lang: Language) -> str:
    """Say in a few sentences what to expect of a milestone, and from how many cases."""
    if e.likeness is None:
        return lang.text(
            "Nothing can be said: fewer than {least} promises are like it.", least=LEAST
        )
    if e.chance is None:
        told = [Message("Whether it comes in time cannot be told.")]
    else:
        told = [Message("The chance to be in time is {chance}.", chance=_percent(e.chance))]
    if e.half is not None:
        told.append(Message("Half of such are done by {day}.", day=e.half))
    if e.most is not None:
        told.append(Message("Nine in ten are done by {day}.", day=e.most))
    return lang.text(sentences((*told, _cases(e, lang))))


def _cases(e: Expectation, lang: Language) -> Message:
    name = _name(e, lang)
    match e.likeness:
        case Similarity.BODY:
            return PluralMessage(
                "From {n} promise of {name}.", "From {n} promises of {name}.", e.cases, name=name
            )
        case Similarity.TAG:
            return PluralMessage(
                "From {n} promise with the tag {name}.",
                "From {n} promises with the tag {name}.",
                e.cases,
                name=name,
            )
        case _:
            return PluralMessage("From {n} promise of all.", "From {n} promises of all.", e.cases)


def _name(e: Expectation, lang: Language) -> str:
    """The body or the tag as written, since it is compared in another spelling."""
    if e.likeness is Similarity.BODY:
        return wording(e.milestone, lang).owner or e.name
    return next((clean(tag) for tag in e.milestone.tags if folded(tag) == e.name), e.name)


def _percent(share: float) -> str:
    """A share as a whole per cent; only what is certain says 0 or 100."""
    rounded = round(100 * share)
    return f"{rounded if share in (0, 1) else min(max(rounded, 1), 99)}%"


def _basis(result: Forecast) -> Message:
    return PluralMessage(
        "{n} promise whose first date has passed speaks, as of {day}. With fewer than {least} like "
        "it that lasted as long, a milestone has no forecast.",
        "{n} promises whose first date has passed speak, as of {day}. With fewer than {least} like "
        "it that lasted as long, a milestone has no forecast.",
        result.cases,
        day=result.as_of,
        least=LEAST,
    )


def _judgement(result: Backtest) -> Iterator[Message]:
    yield PluralMessage(
        "{n} forecast, made anew for the first day of a quarter; {kept} came in time.",
        "{n} forecasts, made anew for the first days of quarters; {kept} came in time.",
        result.forecasts,
        kept=result.kept,
    )
    if result.brier is not None and result.base is not None:
        yield Message(
            "Brier score {brier}; {base} for always saying how many were kept so far. Lower is "
            "better, and 0 is never wrong.",
            brier=f"{result.brier:.3f}",
            base=f"{result.base:.3f}",
        )
    if result.left_out:
        yield PluralMessage(
            "{n} more is left out, since nobody knows how it came out.",
            "{n} more are left out, since nobody knows how they came out.",
            result.left_out,
        )
