"""The on-time rate by quarter: never a share without what it is a share of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.locale import Language
from tracker.render.reports import sheet
from tracker.render.reports.sheet import Cell, Column
from tracker.render.reports.words import nothing, sentence
from tracker.render.table import Screen, paint
from tracker.render.wrapping import wrapped
from tracker.report.ontime import OnTime, Rate

_NUMBERS = ("passed", "on_time", "late", "owed", "dropped")
_CSV = (
    Column("quarter", ""),
    *(Column(f"{against}_{name}", "") for against in ("baseline", "due") for name in _NUMBERS),
)
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


def table(result: OnTime, screen: Screen) -> str:
    """Draw a row a quarter, and below them what the two rates are of."""
    if not result.quarters:
        return _nothing(result, screen.width)
    rows = [*_rows(result), ("all", *_cells(result.baseline), *_cells(result.due))]
    lines = sheet.draw(_SCREEN, rows, screen)
    lines[-1] = paint(lines[-1], "1", screen.colour)
    lines.append("")
    for name, meaning in _MEANINGS:
        lines += wrapped(f"{name:<14}  ", meaning, screen.width)
    return "\n".join(
        [*lines, *wrapped("", _passed(result), screen.width), "Next: `tracker report slippage`."]
    )


def plain(result: OnTime, _: Language) -> str:
    """Return a line a quarter: the columns of the CSV, tabs between."""
    return sheet.plain(_numbers(result))


def csv(result: OnTime, _: Language) -> str:
    return sheet.csv(_CSV, _numbers(result))


def markdown(result: OnTime, _: Language) -> str:
    """Return the table, and as a list what its two rates are of."""
    rows = [*_rows(result), ("all", *_cells(result.baseline), *_cells(result.due))]
    meanings = (f"- {name.lower()}: {meaning}" for name, meaning in _MEANINGS)
    return "\n".join([sheet.markdown(_SCREEN, rows), "", _passed(result), "", *meanings])


def content(result: OnTime) -> dict[str, Any]:
    """Return what stands in the JSON envelope."""
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


_MEANINGS = (
    ("BY BASELINE", "completed by the date first promised, of those whose baseline has passed"),
    ("BY CURRENT DUE", "completed by the date as it is now, of those whose due date has passed"),
    ("LATE", "completed after that date"),
    ("OWED", "not completed yet"),
    ("DROPPED", "cancelled or superseded; dropping a promise does not make a rate better"),
)


def _passed(result: OnTime) -> str:
    return f"A date has passed when its last day lies before {result.as_of}."


def _rows(result: OnTime) -> Iterator[tuple[Cell, ...]]:
    for quarter in result.quarters:
        yield (
            f"{quarter.year} Q{quarter.number}",
            *_cells(quarter.baseline),
            *_cells(quarter.due),
        )


def _cells(rate: Rate) -> tuple[Cell, ...]:
    # Rounded down, so that only a whole one says 100 %.
    share = f", {100 * rate.on_time // rate.passed}%" if rate.passed else ""
    told = f"{rate.on_time} of {rate.passed}{share}" if rate.passed else "-"
    return (told, rate.late, rate.owed, rate.dropped)


def _numbers(result: OnTime) -> Iterator[tuple[Cell, ...]]:
    for quarter in result.quarters:
        name = f"{quarter.year}-Q{quarter.number}"
        yield (name, *_rate_numbers(quarter.baseline), *_rate_numbers(quarter.due))


def _rate_numbers(rate: Rate) -> tuple[int, ...]:
    return (rate.passed, rate.on_time, rate.late, rate.owed, rate.dropped)


def _rate(rate: Rate) -> dict[str, Any]:
    return dict(zip(_NUMBERS, _rate_numbers(rate), strict=True)) | {"rate": rate.share}


def _nothing(result: OnTime, width: int) -> str:
    if not result.among:
        return nothing(result.as_of, width)
    none = f"No date has passed by {result.as_of}, so there is no rate yet."
    return sentence(none, width)
