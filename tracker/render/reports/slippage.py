"""Slippage: baseline, where it stands, and every move with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from tracker.locale import Language
from tracker.message import Message
from tracker.model import Milestone
from tracker.query import Query
from tracker.render import columns, json
from tracker.render.columns import Column, Row
from tracker.render.effect import days
from tracker.render.reports import QUIET, Limited, View, left_out, signed
from tracker.render.rows import iso
from tracker.render.table import Screen, paint
from tracker.render.text import clean
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped
from tracker.report.moves import Move, Slippage, slippage

_MOVE_COLUMNS = (
    Column("moved_on", "MOVED ON"),
    Column("from", "FROM"),
    Column("to", "TO"),
    Column("days", "DAYS", right=True),
    Column("days_from_baseline", "FROM BASELINE", right=True),
    Column("by", "BY"),
    Column("reason", "REASON"),
    Column("quiet", "QUIET"),
)


class SlippageView(View[Slippage, Limited]):
    """A row a milestone, its moves beneath it, each with days, sum, reason and name."""

    help = """List what is off its baseline: every move, how far, why and by whom.

    As CSV a row a move.
    """
    terms = Limited
    columns = (
        Column("id", "ID", right=True),
        Column("baseline_due", "BASELINE"),
        Column("due", "DUE"),
        Column("forecast_due", "FORECAST", from_width=160),
        Column("completed_on", "COMPLETED", from_width=120),
        Column("slippage_days", "SLIPPED", right=True),
        Column("revisions", "MOVES", right=True),
        Column("owner", "RESPONSIBLE", from_width=160),
        Column("title", "TITLE", takes_the_rest=True),
    )

    def result(self, milestones: Iterable[Milestone], query: Query, terms: Limited) -> Slippage:
        return slippage(milestones, query, terms.limit)

    def none(self, result: Slippage, lang: Language) -> str:
        if result.rows:
            return ""
        none = "Nothing is off its baseline on {day}, of {milestones} with one."
        return lang.text(none, day=result.as_of, milestones=lang.count(result.dated))

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
        yield from ("", *wrapped("", lang.text(told), screen.width))
        yield lang.text("Next: `tracker show ID`.")

    def rows(self, result: Slippage, lang: Language) -> Iterator[Row]:
        for m in (row.milestone for row in result.rows):
            words = wording(m, lang)
            dates = (iso(m.baseline_due), iso(m.due) or Message("no date"), iso(m.forecast_due))
            known = (m.id, *dates, iso(m.completed_on), m.slippage, m.revisions)
            yield (*known, words.owner, words.title)

    def csv(self, result: Slippage, lang: Language) -> str:
        """Return a row for each move, with its milestone; what did not move has one row."""
        rows: list[Row] = []
        for row, cells in zip(result.rows, self.rows(result, lang), strict=True):
            rows += [(*cells, *_move_cells(move)) for move in row.moves] or [(*cells, *[None] * 8)]
        return columns.csv((*self.columns, *_MOVE_COLUMNS), rows)

    def markdown(self, result: Slippage, lang: Language) -> str:
        """Return a row a milestone, with its moves and their reasons in the last cell."""
        rows = [
            (
                *cells,
                lang.listed(
                    f"{move.change.on}{lang.colon}{_moved(move, lang)}" for move in row.moves
                ),
            )
            for row, cells in zip(result.rows, self.rows(result, lang), strict=True)
        ]
        return columns.markdown((*self.columns, Column("moves", "MOVES AND REASONS")), rows, lang)

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
        "on": move.change.on,
        "at": move.change.at,
        "from": move.was,
        "to": move.now,
        "days": move.days,
        "days_from_baseline": move.from_baseline,
        "by": move.change.by,
        "why": move.change.why,
        "evidence": move.change.evidence,
        "quiet": move.is_quiet,
    }


def _move_cells(move: Move) -> Row:
    change = move.change
    dates = (iso(change.on), iso(move.was), iso(move.now))
    told = (change.by, change.why, Message("quiet") if move.is_quiet else None)
    return (*dates, move.days, move.from_baseline, *told)


def _move_lines(move: Move, screen: Screen) -> Iterator[str]:
    label = f"    {move.change.on}  "
    if not move.is_quiet:
        yield from wrapped(label, _moved(move, screen.lang), screen.width)
        return
    quiet = screen.lang.text(QUIET)
    for line in wrapped(label, _moved(move, screen.lang), screen.width):
        yield line.replace(quiet, paint(quiet, "31;1", screen.colour))


def _moved(move: Move, lang: Language) -> str:
    told = [f"{_or_none(move.was, lang)} → {_or_none(move.now, lang)}"]
    if move.days is not None:
        told.append(days(move.days, lang))
    if move.from_baseline is not None and move.from_baseline != move.days:
        told.append(lang.text("{number} in all", number=signed(move.from_baseline)))
    why = [lang.text(QUIET) if move.is_quiet else f"“{clean(lang.reason(move.change.why))}”"]
    if move.change.by:
        why.append(lang.text("by {name}", name=clean(move.change.by)))
    return lang.text("{what}: {counts}", what=lang.join(told), counts=lang.join(why))


def _or_none(day: date | None, lang: Language) -> str:
    return iso(day) or lang.text("no date")
