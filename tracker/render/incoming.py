"""What a ledger would bring, before any of it is written: columns, rows, doubts, faults, counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tracker.exchange.sheet import Does, Fault, Ledger, Plan, Planned
from tracker.render.effect import stays_removed
from tracker.render.table import Screen, paint
from tracker.render.text import clean, fit, pad, width
from tracker.render.wrapping import wrapped

MOST_SHOWN = 20
"""Rows shown one by one; the counts and what is doubtful or bad are of all."""

MOST_TOLD = 200
"""Doubts and faults told one by one; a file of the wrong kind has one in each row."""


def preview(name: str, ledger: Ledger, plan: Plan, screen: Screen) -> str:
    """Draw all that a person wants to know before saying yes."""
    lines = [
        *_head(name, ledger, screen),
        "",
        *_columns(ledger, screen),
        "",
        *_rows(plan, screen),
        *told(name, ledger, plan, screen),
        "",
        *wrapped("", counts(ledger, plan), screen.width),
    ]
    return "\n".join(lines)


def told(name: str, ledger: Ledger, plan: Plan, screen: Screen) -> Iterator[str]:
    """Yield what of the sheet is doubtful, and what cannot be read, by row."""
    doubts = [(one.entry.row, d) for one in plan.planned for d in one.entry.doubts]
    for words in ledger.grid.told:
        yield from wrapped("", clean(f"{name}: {words}"), screen.width)
    yield from _listed("Doubtful:", _gathered(doubts), screen)
    gone = [
        ((one.entry.row,), stays_removed(one.before))
        for one in plan.planned
        if one.before is not None and one.does is Does.STAY_REMOVED
    ]
    yield from _listed("Removed here:", gone, screen)
    bad = [(f.row, f"{f.message} {f.hint}".strip()) for f in faults(ledger, plan)]
    yield from _listed("Cannot be read:", [((row,), words) for row, words in bad], screen)


def faults(ledger: Ledger, plan: Plan) -> list[Fault]:
    """Every row that cannot be taken, in the order of the sheet."""
    return sorted((*ledger.faults, *plan.faults), key=lambda fault: fault.row)


def counts(ledger: Ledger, plan: Plan) -> str:
    """Say in a line what of the sheet is what."""
    bad = len(faults(ledger, plan))
    does = Counter(one.does for one in plan.planned)
    parts = [
        f"{does[Does.ADD]} new",
        f"{does[Does.CHANGE]} changed",
        f"{does[Does.NOTHING]} as they are",
        f"{bad} unreadable",
        *(f"{does[one]} {one}" for one in (Does.BRING_BACK, Does.STAY_REMOVED) if does[one]),
    ]
    said = f"{len(plan.planned) + bad} rows: {', '.join(parts)}."
    if assumed := sum(one.entry.year_assumed for one in plan.planned):
        said += f" {assumed} with a year assumed."
    if others := Counter(kind for _, kind in ledger.others):
        said += f" No tasks: {', '.join(f'{n} {kind}' for kind, n in others.items())}."
    return said


def as_json(ledger: Ledger, plan: Plan) -> dict[str, Any]:
    """Return the same for the JSON contract."""
    head = ledger.header
    return {
        "sheet": ledger.grid.name,
        "header": {"first": head.first, "last": head.last, "year": head.year, "dated": head.dated},
        "columns": {name: field for name, field in _fields(ledger) if name},
        "rows": [_row_json(one) for one in plan.planned],
        "unreadable": [
            {"row": f.row, "message": f.message, "hint": f.hint} for f in faults(ledger, plan)
        ],
        "left_out": [{"row": row, "kind": kind} for row, kind in ledger.others],
    }


def _row_json(one: Planned) -> dict[str, Any]:
    entry = one.entry
    return {
        "row": entry.row,
        "milestone": one.before.id if one.before else None,
        "does": one.does,
        "fields": entry.fields,
        "made_on": entry.made_on,
        "notes": entry.remarks,
        "year_assumed": entry.year_assumed,
        "doubts": entry.doubts,
    }


def _head(name: str, ledger: Ledger, screen: Screen) -> Iterator[str]:
    head = ledger.header
    sheet = f", sheet {ledger.grid.name}" if ledger.grid.name else ""
    lines = f"row {head.first}" if head.first == head.last else f"rows {head.first}-{head.last}"
    said = [f"columns named in {lines}"] if head.first else ["each task by its number in the file"]
    if head.year:
        said.append(f"years left out are {head.year}")
    if head.dated:
        said.append(f"written on {head.dated}")
    first, *rest = wrapped("", clean(f"{name}{sheet}: {', '.join(said)}"), screen.width)
    yield paint(first, "1", screen.colour)
    yield from rest


def _fields(ledger: Ledger) -> list[tuple[str, str]]:
    """Each column's name, and its field or ""."""
    placed = {place: field.value for field, place in ledger.header.fields.items()}
    return [(name, placed.get(n, "")) for n, name in enumerate(ledger.header.names)]


def _columns(ledger: Ledger, screen: Screen) -> Iterator[str]:
    named = [(clean(name), field) for name, field in _fields(ledger) if name]
    room = min(max((width(name) for name, _ in named), default=0), screen.width // 2)
    for name, field in named:
        if field:
            yield f"  {pad(name, room)}  {field}"
    lost = [name for name, field in named if not field]
    if lost:
        said = (
            f"{', '.join(lost)} (--keep puts them into a note, --map NAME=FIELD says what they are)"
        )
        yield from wrapped("  no field: ", said, screen.width)


def _rows(plan: Plan, screen: Screen) -> Iterator[str]:
    news = [one for one in plan.planned if one.is_news]
    cells = [_cells(one) for one in news[:MOST_SHOWN]]
    heads = ("ROW", "", "DUE", "STATUS", "RESPONSIBLE")
    widths = [max(width(row[n]) for row in (heads, *cells)) for n in range(5)]
    widths[4] = 0 if screen.width < 80 else min(widths[4], screen.width // 4)
    room = max(12, screen.width - sum(widths) - 2 * sum(map(bool, widths)))
    if cells:
        yield paint(_line((*heads, "TITLE"), widths, room), "2", screen.colour)
    for one, row in zip(news, cells, strict=False):
        style = "33" if one.entry.doubts else ""
        yield paint(_line(row, widths, room), style, screen.colour)
    if len(news) > MOST_SHOWN:
        yield f"… and {len(news) - MOST_SHOWN:,} more such; --format json has all."


def _line(cells: Sequence[str], widths: Sequence[int], room: int) -> str:
    *fixed, title = cells
    start = [pad(cell, wide) for cell, wide in zip(fixed, widths, strict=True) if wide]
    return "  ".join([*start, fit(title, room)]).rstrip()


def _cells(one: Planned) -> tuple[str, ...]:
    fields = one.entry.fields
    due = fields.get("due")
    marked = f"{due}?" if one.entry.year_assumed else str(due or "no date")
    does = f"→ {one.before.id}" if one.before else str(one.does)
    owner = clean(fields.get("owner") or "-")
    title = clean(fields["title"])
    if one.before is not None:
        names = [
            *(name.replace("_", " ") for name in one.changed),
            *(["note"] * bool(one.item.remarks)),
            *([one.does] * (one.does is Does.BRING_BACK)),
        ]
        title = f"[{', '.join(names)}] {title}"
    return (str(one.entry.row), does, marked, str(fields["status"]), owner, title)


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
    for rows, words in said[:MOST_TOLD]:
        shown = ", ".join(map(str, rows[:8])) + (
            f" and {len(rows) - 8} more" if len(rows) > 8 else ""
        )
        label = f"  row{'s' if len(rows) > 1 else ''} {shown}: "
        yield from wrapped(label, clean(words), screen.width)
    if len(said) > MOST_TOLD:
        yield f"  … and {len(said) - MOST_TOLD:,} more such."
