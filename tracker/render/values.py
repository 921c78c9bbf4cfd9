"""The value of a field in the words of a language."""

from __future__ import annotations

from datetime import date

from tracker.locale import Language
from tracker.model import Field, FieldKind, Milestone, Modality, Precision, Status, Target
from tracker.render.text import legible

MODALITIES = {
    Modality.FIRM: "a firm promise",
    Modality.PLANNED: "planned",
    Modality.STRETCH: "an aim",
    Modality.FORECAST: "a forecast",
}


def value(of: object, lang: Language) -> str:
    """Say a value; what has parts is not spelt out."""
    match of:
        case Status():
            return lang.status(of)
        case Precision():
            return lang.word("precision", of.value.replace("-", " "))
        case Modality():
            return lang.word("modality", MODALITIES[of])
        case date():
            return lang.day(of)
        case _:
            return "—" if of is None else legible(str(of)) if isinstance(of, str | int) else ""


def field_value(field: Field, m: Milestone, lang: Language) -> str:
    """Say what a milestone has in a field; "" if it has nothing there."""
    found = getattr(m, field.name)
    if field.name == "made_on" and m.is_of_unknown_day:
        return lang.text("unknown")
    if found is None or found == ():
        return ""
    match field.kind:
        case FieldKind.TEXTS | FieldKind.TAGS:
            return lang.listed(found)
        case FieldKind.TARGETS:
            return lang.listed(map(target_signs, found))
        case FieldKind.PERCENT:
            return f"{found} %"
        case _:
            return value(found, lang)


def target_signs(target: Target) -> str:
    """Say a target in signs, which are the same in every language: >=≈300 stations → 280."""
    number = f"{target.value:,}" if isinstance(target.value, int | float) else target.value
    op = "" if target.op == "=" else target.op
    about = "≈" if target.approx else ""
    reached = "" if target.actual is None else f" → {target.actual}"
    return f"{op}{about}{number} {target.unit}".strip() + reached
