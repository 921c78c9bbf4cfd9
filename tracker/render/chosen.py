"""A list with the columns that somebody asked for, in place of the usual ones."""

from __future__ import annotations

from datetime import date

from tracker.locale import Language
from tracker.model import FIELDS, FieldKind, Milestone
from tracker.render.columns import Column, draw
from tracker.render.rows import shown_value
from tracker.render.table import HEADS, Screen, headed, paint
from tracker.report import Listing

DERIVED_HEADS = {
    "overdue": "OVERDUE",
    "days_overdue": "DAYS OVERDUE",
    "late": "LATE",
    "slippage_days": "DAYS SLIPPED",
    "revisions": "REVISIONS",
    "verdict": "VERDICT",
    "verdict_role": "ROLE",
    "stage": "STAGE",
    "extension": "ASKED FOR",
    "recorded_at": "CHANGED",
}
_NUMBERS = (FieldKind.NUMBER, FieldKind.PERCENT)


def column(
    name: str, day: date, lang: Language, *, takes_the_rest: bool = False
) -> Column[Milestone]:
    is_number = name in FIELDS and FIELDS[name].kind in _NUMBERS
    return Column(
        *(
            name,
            column_head(name, lang),
            lambda m, lang: shown_value(name, m, day, lang),
            is_number,
        ),
        takes_the_rest=takes_the_rest,
    )


def drawn_lines(result: Listing, screen: Screen) -> list[str]:
    """Return the lines of a screen; the title takes what the others leave, or else the last."""
    names, lang = result.columns, screen.lang
    widest = "title" if "title" in names else names[-1]
    columns = [column(name, result.as_of, lang, takes_the_rest=name == widest) for name in names]
    rows = [[one.value(m, lang) for one in columns] for m in result.milestones]
    first, *lines = draw(columns, rows, screen)
    by_id = {m.id: line for m, line in zip(result.milestones, lines, strict=True)}
    told = [first]
    for name, milestones in headed(result, lang):
        told += [paint(name, "1", screen.colour)] if name else []
        told += (by_id[m.id] for m in milestones)
    return told


def column_head(name: str, lang: Language) -> str:
    if name in FIELDS and name not in HEADS:
        return lang.label(name).upper()
    return lang.word("column", {**DERIVED_HEADS, **HEADS}[name])
