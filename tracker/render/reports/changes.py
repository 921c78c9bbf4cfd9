"""What was changed since a day, the moved deadlines first and the quiet ones marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Annotated, Any, ClassVar

from tracker.locale import Language
from tracker.message import Message
from tracker.model import Option
from tracker.render.changes import KINDS, alteration, change_words
from tracker.render.columns import ID, TITLE, Cell, Column, owner
from tracker.render.effect import days as days_more
from tracker.render.json import picked
from tracker.render.reports import QUIET, LimitedTerms, View, left_out
from tracker.render.table import Screen, paint
from tracker.render.text import fit
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped
from tracker.report.moves import Move, move_of
from tracker.report.since import Changed, Changes, listed_changes, recorded_on


class ChangesTerms(LimitedTerms, frozen=True):
    """From which day on, and whether all changes or the corrections."""

    since: Annotated[date | None, Option("--since", "DATE", "From that day on, included.")] = None
    corrections: Annotated[
        bool,
        Option(
            *("--corrections", ""),
            "The corrections instead, which no other report counts; all of them without --since.",
        ),
    ] = False


def _move(row: Changed) -> Move | None:
    return move_of(row.milestone, row.change)


def _moved(name: str) -> Callable[[Changed, Language], Cell]:
    """What a change says of a move, if it is one."""
    return lambda row, _: getattr(_move(row), name, None)


class ChangesView(View[Changes, ChangesTerms]):
    """The changes by kind, the latest first: what, why, by whom."""

    help = """List what was moved, dropped, completed or added since a day, why and by whom.

    What took effect since then, and what was written down since then and dated back. A deadline
    moved, or a promise dropped, without a reason is marked.
    """
    terms = ChangesTerms
    report = staticmethod(listed_changes)
    columns: ClassVar[Sequence[Column[Changed]]] = (
        Column("on", "ON", lambda row, _: row.change.on),
        Column("recorded_on", "RECORDED", lambda row, _: recorded_on(row.change)),
        Column("kind", "KIND", lambda row, _: Message(row.kind.value)),
        ID,
        Column("what", "WHAT", lambda row, lang: alteration(row.milestone, row.change, lang)),
        Column("from", "FROM", _moved("was")),
        Column("to", "TO", _moved("now")),
        Column("days", "DAYS", _moved("days"), right=True),
        Column("days_from_baseline", "FROM BASELINE", _moved("from_baseline"), right=True),
        Column("quiet", "QUIET", lambda row, _: Message("quiet") if row.quiet else None),
        Column("reason", "REASON", lambda row, _: row.change.why),
        Column("evidence", "EVIDENCE", lambda row, _: row.change.evidence),
        Column("by", "BY", lambda row, _: row.change.by),
        owner(),
        TITLE,
    )

    def lacks(self, terms: ChangesTerms) -> str:
        return "" if terms.since or terms.corrections else "--since"

    def none(self, result: Changes, lang: Language) -> Message:
        none = "Nothing was changed from {start} to {end}."
        return Message(none, start=result.since, end=result.as_of)

    def lines(self, result: Changes, screen: Screen) -> Iterator[str]:
        lang = screen.lang
        for kind, rows in groupby(result.rows, key=lambda row: row.kind):
            yield paint(lang.text(KINDS[kind][0]), "1", screen.colour)
            for row in rows:
                yield from _row_lines(row, screen)
            yield ""
        yield from left_out(len(result.rows), result.total, lang)
        sentence = "{changes} from {start} to {end}."
        if result.quiet:
            sentence = (
                "{changes} from {start} to {end}, {quiet} of them moved or dropped "
                "without a reason."
            )
        changes = lang.plural("{n} change", "{n} changes", result.total)
        counted = Message(
            sentence, changes=changes, start=result.since, end=result.as_of, quiet=result.quiet
        )
        yield from screen.paragraph(counted)
        yield lang.text("Next: `tracker log ID`.")

    def content(self, result: Changes) -> dict[str, Any]:
        return {
            **picked(result, "since", "as_of"),
            "count": len(result.rows),
            **picked(result, "total", "quiet"),
            "changes": [entry(row) for row in result.rows],
        }


VIEW = ChangesView()


def entry(row: Changed) -> dict[str, Any]:
    """Return one change as it stands in the JSON of every list of them."""
    move = _move(row)
    return {
        **picked(row.milestone, "id", "uid", "title", "translations", "owner"),
        "kind": row.kind,
        "quiet": row.quiet,
        "days": move.days if move else None,
        "days_from_baseline": move.from_baseline if move else None,
        "change": row.change,
    }


def _row_lines(row: Changed, screen: Screen) -> Iterator[str]:
    change, m = row.change, row.milestone
    yield fit(f"  {change.on}  {m.id}  {wording(m, screen.lang).title}", screen.width)
    quiet = screen.lang.text(QUIET)
    for line in wrapped(" " * 14, _sentence(row, screen.lang), screen.width):
        yield line.replace(quiet, paint(quiet, "31;1", screen.colour))


def _sentence(row: Changed, lang: Language) -> str:
    what, move = alteration(row.milestone, row.change, lang), _move(row)
    if move is not None and move.days is not None:
        sentence = "{move} ({days}, {number} from the baseline)"
        days, number = days_more(move.days, lang), f"{move.from_baseline or 0:+,}"
        what = lang.text(sentence, move=what, days=days, number=number)
    quiet = lang.text(QUIET) if row.quiet else ""
    return change_words(what, row.change, lang, is_dated_back=row.recorded_later, quiet=quiet)
