"""Slippage: baseline, where it stands, and every move with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, ClassVar

from tracker.locale import Language
from tracker.message import Message
from tracker.render import columns, json
from tracker.render.columns import ID, TITLE, Column, Row, field_cell, owner
from tracker.render.effect import days
from tracker.render.reports import QUIET, LimitedTerms, View, left_out
from tracker.render.table import Screen, paint
from tracker.render.text import clean
from tracker.render.wrapping import wrapped
from tracker.report.moves import Move, Slippage, SlippedMilestone, slippage

_MOVE_COLUMNS: Sequence[Column[Move]] = (
    Column("moved_on", "MOVED ON", lambda move, _: move.change.on),
    Column("from", "FROM", lambda move, _: move.was),
    Column("to", "TO", lambda move, _: move.now),
    Column("days", "DAYS", lambda move, _: move.days, right=True),
    Column("days_from_baseline", "FROM BASELINE", lambda move, _: move.from_baseline, right=True),
    Column("by", "BY", lambda move, _: move.change.by),
    Column("reason", "REASON", lambda move, _: move.change.why),
    Column("quiet", "QUIET", lambda move, _: Message("quiet") if move.is_quiet else None),
)


def _reasons(row: SlippedMilestone, lang: Language) -> str:
    return lang.listed(f"{move.change.on}{lang.colon}{_moved(move, lang)}" for move in row.moves)


_REASONS: Column[SlippedMilestone] = Column("moves", "MOVES AND REASONS", _reasons)


class SlippageView(View[Slippage, LimitedTerms]):
    """A row a milestone, its moves beneath it, each with days, sum, reason and name."""

    help = """List what is off its baseline: every move, how far, why and by whom.

    As CSV a row a move.
    """
    terms = LimitedTerms
    report = staticmethod(slippage)
    columns: ClassVar[Sequence[Column[SlippedMilestone]]] = (
        ID,
        Column("baseline_due", "BASELINE", field_cell("baseline_due")),
        Column("due", "DUE", lambda row, _: row.milestone.due or Message("no date")),
        Column("forecast_due", "FORECAST", field_cell("forecast_due"), from_width=160),
        Column("completed_on", "COMPLETED", field_cell("completed_on"), from_width=120),
        Column("slippage_days", "SLIPPED", field_cell("slippage"), right=True),
        Column("revisions", "MOVES", field_cell("revisions"), right=True),
        owner(from_width=160),
        TITLE,
    )

    def none(self, result: Slippage, lang: Language) -> Message:
        none = "Nothing is off its baseline on {day}, of {milestones} with one."
        return Message(none, day=result.as_of, milestones=lang.count(result.dated))

    def lines(self, result: Slippage, screen: Screen) -> Iterator[str]:
        head, *rows = columns.draw(self.columns, self.rows(result, screen.lang), screen)
        yield head
        for row, line in zip(result.rows, rows, strict=True):
            yield line
            for move in row.moves:
                yield from _move_lines(move, screen)
        lang = screen.lang
        yield from left_out(len(result.rows), result.total, lang)
        sentence = "{number} of {milestones} off the baseline on {day}; {moves}."
        if result.quiet:
            sentence = (
                "{number} of {milestones} off the baseline on {day}; {moves}, {quiet} of them "
                "without a reason."
            )
        told = Message(
            sentence,
            number=result.total,
            milestones=lang.count(result.dated),
            day=result.as_of,
            moves=lang.plural("{n} move", "{n} moves", result.revisions),
            quiet=result.quiet,
        )
        yield from ("", *screen.paragraph(told))
        yield lang.text("Next: `tracker show ID`.")

    def csv(self, result: Slippage, lang: Language) -> str:
        """Return a row for each move, with its milestone; what did not move has one row."""
        rows: list[Row] = []
        for record in result.rows:
            cells = self.row(record, lang)
            told = [[c.value(move, lang) for c in _MOVE_COLUMNS] for move in record.moves]
            rows += [[*cells, *of_move] for of_move in told or [[None] * len(_MOVE_COLUMNS)]]
        return columns.csv((*self.columns, *_MOVE_COLUMNS), rows)

    def markdown(self, result: Slippage, lang: Language) -> str:
        """Return a row a milestone, with its moves and their reasons in the last cell."""
        shown = (*self.columns, _REASONS)
        rows = [[column.value(row, lang) for column in shown] for row in result.rows]
        return columns.markdown(shown, rows, lang)

    def content(self, result: Slippage) -> dict[str, Any]:
        return {
            "as_of": result.as_of,
            "count": len(result.rows),
            "total": result.total,
            "with_baseline": result.dated,
            "moves": result.revisions,
            "quiet_moves": result.quiet,
            "milestones": [
                json.row(row.milestone, result.as_of) | {"moves": [_content(m) for m in row.moves]}
                for row in result.rows
            ],
        }


VIEW = SlippageView()


def _content(move: Move) -> dict[str, Any]:
    return {
        **json.picked(move.change, "on", "at"),
        "from": move.was,
        "to": move.now,
        "days": move.days,
        "days_from_baseline": move.from_baseline,
        **json.picked(move.change, "by", "why", "evidence"),
        "quiet": move.is_quiet,
    }


def _move_lines(move: Move, screen: Screen) -> Iterator[str]:
    quiet = screen.lang.text(QUIET)
    for line in wrapped(f"    {move.change.on}  ", _moved(move, screen.lang), screen.width):
        painted = paint(quiet, "31;1", screen.colour and move.is_quiet)
        yield line.replace(quiet, painted)


def _moved(move: Move, lang: Language) -> str:
    told = [f"{_or_none(move.was, lang)} → {_or_none(move.now, lang)}"]
    if move.days is not None:
        told.append(days(move.days, lang))
    if move.from_baseline is not None and move.from_baseline != move.days:
        told.append(lang.text("{number} in all", number=f"{move.from_baseline:+,}"))
    why = [lang.text(QUIET) if move.is_quiet else f"“{clean(lang.reason(move.change.why))}”"]
    if move.change.by:
        why.append(lang.text("by {name}", name=clean(move.change.by)))
    return lang.text("{what}: {counts}", what=lang.join(told), counts=lang.join(why))


def _or_none(day: date | None, lang: Language) -> str:
    return str(day or lang.text("no date"))
