"""The value of a field in the words of a language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tracker.locale import Language
from tracker.model import Field, FieldKind, Milestone, Modality, Precision, Status, Target
from tracker.render.text import clean, legible

_SAYS: dict[type, Callable[[Language, Any], str]] = {
    str: lambda _, text: text,
    int: lambda _, number: str(number),
    date: lambda lang, day: lang.day(day),
    Status: Language.status,
    Precision: Language.precision,
    Modality: Language.modality,
    Target: Language.target,
}


def value(of: object, lang: Language) -> str:
    """Say a value; "" for what has parts of its own."""
    if of is None or of == ():
        return lang.text("none")
    if isinstance(of, tuple):
        return lang.listed(value(one, lang) for one in of)
    says = _SAYS.get(type(of))
    return legible(says(lang, of)) if says else ""


def plain(of: object, lang: Language) -> str:
    """Say a value on a terminal, where days are numbers."""
    return of.isoformat() if isinstance(of, date) else clean(value(of, lang))


def field_value(
    field: Field, m: Milestone, lang: Language, say: Callable[[object, Language], str] = value
) -> str:
    """Say what a milestone has in a field; "" for nothing, and for what goes without saying."""
    found = getattr(m, field.name)
    if field.name == "made_on" and m.is_of_unknown_day:
        return lang.text("unknown")
    if found is None or found == () or found is Modality.FIRM:
        return ""
    if field.kind is FieldKind.REPEAT:
        return lang.repeat(found)
    words = say(found, lang)
    return f"{words} %" if field.kind is FieldKind.PERCENT else words
