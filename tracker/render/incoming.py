"""What a ledger would bring, before any of it is written: columns, rows, doubts, faults, counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tracker.exchange.sheet import (
    ColumnField,
    Header,
    Ledger,
    Plan,
    PlannedRow,
    RowAction,
    RowFault,
    RowKind,
)
from tracker.locale import ENGLISH, Language
from tracker.message import Message, sentences
from tracker.render.columns import Column, draw
from tracker.render.effect import stays_removed
from tracker.render.json import picked
from tracker.render.table import Screen, paint
from tracker.render.text import clean, fit, pad, width
from tracker.render.wrapping import wrapped

MOST_SHOWN = 20
"""Rows shown one by one; the counts and what is doubtful or bad are of all."""

_FEW = 8
"""Numbers of rows told of what is so in many."""

MOST_TOLD = 200
"""Doubts and faults told one by one; a file of the wrong kind has one in each row."""


def preview(name: str, ledger: Ledger, plan: Plan, screen: Screen) -> str:
    """Draw all that a person wants to know before saying yes."""
    lines = [
        *_head(name, ledger, screen),
        *_columns(ledger, screen),
        "",
        *_rows(plan, screen),
        *doubtful(name, ledger, plan, screen),
        "",
        *wrapped("", counts(ledger, plan, screen.lang), screen.width),
    ]
    return "\n".join(lines)


def doubtful(name: str, ledger: Ledger, plan: Plan, screen: Screen) -> Iterator[str]:
    """Yield what of the sheet is doubtful, and what cannot be read, by row."""
    text = screen.lang.text
    # What was taken in already, and says nothing new, was told of then.
    news = [one for one in plan.planned if one.is_news]
    doubts = [(one.entry.row, text(d)) for one in news for d in one.entry.doubts]
    taken = [(one.entry.row, text(d)) for one in news for d in one.entry.taken]
    if ledger.notes:
        yield ""
    for words in ledger.notes:
        yield from wrapped("", clean(f"{name}{screen.lang.colon}{text(words)}"), screen.width)
    yield from _listed(text("Taken as most mean it:"), _gathered(taken), screen)
    yield from _listed(text("Doubtful:"), _gathered(doubts), screen)
    gone = [
        ((one.entry.row,), text(stays_removed(one.before)))
        for one in plan.planned
        if one.before is not None and one.does is RowAction.STAY_REMOVED
    ]
    yield from _listed(text("Removed here:"), gone, screen)
    bad = [((f.row,), text(sentences((f.message, f.hint)))) for f in faults(ledger, plan)]
    yield from _listed(text("Cannot be read:"), bad, screen)


def faults(ledger: Ledger, plan: Plan) -> list[RowFault]:
    """Every row that cannot be taken, in the order of the sheet."""
    return sorted((*ledger.faults, *plan.faults), key=lambda fault: fault.row)


def counts(ledger: Ledger, plan: Plan, lang: Language = ENGLISH) -> str:
    bad = len(faults(ledger, plan))
    does = Counter(one.does for one in plan.planned)
    parts = [
        lang.text("{n} new", n=f"{does[RowAction.ADD]:,}"),
        lang.text("{n} changed", n=f"{does[RowAction.CHANGE]:,}"),
        lang.text("{n} as they are", n=f"{does[RowAction.NOTHING]:,}"),
        lang.text("{n} unreadable", n=f"{bad:,}"),
    ]
    if does[RowAction.BRING_BACK]:
        parts.append(lang.text("{n} back again", n=does[RowAction.BRING_BACK]))
    if does[RowAction.STAY_REMOVED]:
        parts.append(lang.text("{n} stay removed", n=does[RowAction.STAY_REMOVED]))
    rows = lang.plural("{n} row", "{n} rows", len(plan.planned) + bad)
    said = [lang.text("{rows}: {what}.", rows=rows, what=lang.join(parts))]
    if assumed := sum(one.entry.year_assumed for one in plan.planned):
        said.append(lang.plural("{n} has a year assumed.", "{n} have a year assumed.", assumed))
    if ledger.others:
        said.append(lang.text("No tasks: {rows}.", rows=lang.join(_left_out(ledger, lang))))
    return lang.text("{s0} {s1}", s0=said[0], s1=" ".join(said[1:])).strip()


def _left_out(ledger: Ledger, lang: Language) -> Iterator[str]:
    """Yield how many rows of each kind are no tasks, and which."""
    for kind in RowKind:
        if rows := [row for row, other in ledger.others if other is kind]:
            yield _of_kind(kind, len(rows), _numbers(rows, lang), lang)


def _of_kind(kind: RowKind, number: int, rows: str, lang: Language) -> str:
    match kind:
        case RowKind.HEADING:
            return lang.plural("{n} heading ({rows})", "{n} headings ({rows})", number, rows=rows)
        case RowKind.TOTAL:
            return lang.plural("{n} total ({rows})", "{n} totals ({rows})", number, rows=rows)
        case RowKind.HEADER:
            return lang.plural(
                "{n} repeated header ({rows})", "{n} repeated headers ({rows})", number, rows=rows
            )
    return lang.plural("{n} remark ({rows})", "{n} remarks ({rows})", number, rows=rows)


def _numbers(rows: Sequence[int], lang: Language) -> str:
    """The numbers of some rows, the first few where they are many."""
    first = lang.between.join(map(str, rows[:_FEW]))
    more = len(rows) - _FEW
    return first if more <= 0 else lang.text("{rows} and {n} more", rows=first, n=f"{more:,}")


def as_json(ledger: Ledger, plan: Plan) -> dict[str, Any]:
    head = ledger.header
    return {
        "sheet": ledger.grid.name,
        "header": {**picked(head, "first", "last"), **picked(head.above, "year", "dated")},
        "columns": {
            name: next((f for f, n in head.fields.items() if n == place), "")
            for head in ledger.headers
            for place, name in enumerate(head.names)
            if name
        },
        "rows": [_row_json(one) for one in plan.planned],
        "unreadable": [picked(fault, "row", "message", "hint") for fault in faults(ledger, plan)],
        "left_out": [{"row": row, "kind": kind} for row, kind in ledger.others],
    }


def _row_json(one: PlannedRow) -> dict[str, Any]:
    return {
        "row": one.entry.row,
        "milestone": one.before.id if one.before else None,
        "does": one.does,
        **picked(one.entry, "fields", "made_on"),
        "notes": one.entry.remarks,
        **picked(one.entry, "year_assumed", "doubts", "taken"),
    }


def _head(name: str, ledger: Ledger, screen: Screen) -> Iterator[str]:
    text = screen.lang.text
    sheet = ledger.grid.name
    parts = [text("{file}, sheet {sheet}", file=name, sheet=sheet) if sheet else name]
    for head in ledger.headers:
        if not head.first:
            parts.append(text("each task by its number in the file"))
        elif head.first == head.last:
            parts.append(text("columns named in row {row}", row=head.first))
        else:
            lines = picked(head, "first", "last")
            parts.append(text("columns named in rows {first} to {last}", **lines))
    above = ledger.header.above
    if above.year:
        parts.append(text("years left out are {year}", year=above.year))
    if above.dated:
        parts.append(text("written on {day}", day=screen.lang.day(above.dated)))
    first, *rest = wrapped("", clean(screen.lang.join(parts)), screen.width)
    yield paint(first, "1", screen.colour)
    yield from rest


def _columns(ledger: Ledger, screen: Screen) -> Iterator[str]:
    """Yield each column's name with what it is, side by side where the screen has room."""
    for head in ledger.headers:
        named = [(clean(name), what) for name, what in _read_as(head, screen.lang) if name]
        known = [(name, what) for name, what in named if what]
        room = min(max((width(name) for name, _ in known), default=0), screen.width // 2)
        cells = [f"{pad(fit(name, room), room)}  {what}" for name, what in known]
        wide = max(map(width, cells), default=0) + 4
        beside = max(1, min((screen.width - 2) // wide, 4))
        yield ""
        for at in range(0, len(cells), beside):
            yield "  " + "".join(pad(cell, wide) for cell in cells[at : at + beside]).rstrip()
        if lost := tuple(name for name, what in named if not what):
            words = _KEPT if head.certain or ledger.kept else _LOST
            said = screen.lang.text(words, names=lost)
            yield from wrapped("  ", said, screen.width)


_LOST = Message(
    "No field: {names} (--keep puts them into a note, --map NAME=FIELD says what they are)."
)
_KEPT = Message("Put into a note: {names}.")
_MODEL_NAMES = {
    ColumnField.BASELINE: "baseline_due",
    ColumnField.FORECAST: "forecast_due",
    ColumnField.COMPLETED: "completed_on",
    ColumnField.MADE_ON: "made_on",
    ColumnField.NEXT: "next_step",
}


def _read_as(head: Header, lang: Language) -> Iterator[tuple[str, str]]:
    """Yield each column's name, and what it is read as or ""."""
    placed = {place: field for field, place in head.fields.items()}
    for place, name in enumerate(head.names):
        field = placed.get(place)
        if place in head.ticked:
            yield name, lang.text("{status}, where ticked", status=lang.status(head.ticked[place]))
        elif place in head.periods:
            yield name, lang.text("goal of a period")
        elif place == head.group:
            yield name, lang.text("group of tasks")
        elif field is None:
            yield name, str(ColumnField.PROGRESS) if place in head.reports else ""
        else:
            label = lang.label(_MODEL_NAMES.get(field, field.value))
            yield name, str(field) if label.isascii() else f"{field} {label}"


def _rows(plan: Plan, screen: Screen) -> Iterator[str]:
    news = [one for one in plan.planned if one.is_news]
    if news:
        columns, shown = _columns_of_rows(screen), news[:MOST_SHOWN]
        rows = ([column.value(one, screen.lang) for column in columns] for one in shown)
        head, *lines = draw(columns, rows, screen)
        yield head
        for one, line in zip(shown, lines, strict=True):
            yield paint(line, "33" if one.entry.doubts else "", screen.colour)
    if len(news) > MOST_SHOWN:
        more = f"{len(news) - MOST_SHOWN:,}"
        yield screen.lang.text("… and {n} more such; --format json has all.", n=f"{more:,}")


def _columns_of_rows(screen: Screen) -> list[Column[PlannedRow]]:
    text, room = screen.lang.text, screen.width // 4
    return [
        Column("row", text("row").upper(), lambda one, _: one.entry.row),
        Column(
            "does",
            "",
            lambda one, lang: f"→ {one.before.id}" if one.before else lang.text(str(one.does)),
        ),
        Column("due", text("due").upper(), _due),
        Column("status", text("status").upper(), lambda one, lang: lang.status(_of(one, "status"))),
        Column(
            *("owner", text("responsible").upper()),
            lambda one, _: fit(clean(_of(one, "owner") or "-"), room),
            from_width=80,
        ),
        Column("title", text("title").upper(), _title, takes_the_rest=True),
    ]


def _of(one: PlannedRow, field: str) -> Any:
    return one.entry.fields.get(field)


def _due(one: PlannedRow, lang: Language) -> str:
    due = _of(one, "due")
    return f"{due}?" if one.entry.year_assumed else str(due or lang.text("no date"))


def _title(one: PlannedRow, lang: Language) -> str:
    title = clean(_of(one, "title"))
    if one.before is None:
        return title
    names = [
        *map(lang.label, one.changed),
        *([lang.text("note")] * bool(one.item.remarks)),
        *(lang.text(stage.message) for stage, _ in one.item.steps),
        *([lang.text(str(one.does))] * (one.does is RowAction.BRING_BACK)),
    ]
    return f"[{lang.listed(names)}] {title}"


def _gathered(doubts: Iterable[tuple[int, str]]) -> list[tuple[tuple[int, ...], str]]:
    """The doubts, those of many rows once."""
    by_words: dict[str, list[int]] = {}
    for row, words in doubts:
        by_words.setdefault(words, []).append(row)
    return [(tuple(rows), words) for words, rows in by_words.items()]


def _listed(
    heading: str, said: Sequence[tuple[tuple[int, ...], str]], screen: Screen
) -> Iterator[str]:
    if said:
        yield from ("", paint(heading, "1", screen.colour))
    lang = screen.lang
    for rows, words in said[:MOST_TOLD]:
        row = lang.plural("row {rows}", "rows {rows}", len(rows), rows=_numbers(rows, lang))
        yield from wrapped(f"  {row}{lang.colon}", clean(words), screen.width)
    if len(said) > MOST_TOLD:
        more = f"{len(said) - MOST_TOLD:,}"
        yield lang.text("  … and {n} more such.", n=f"{more:,}")
