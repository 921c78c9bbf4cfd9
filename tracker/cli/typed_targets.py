"""Figures as they are typed: a sign and a number, or words such as “at least 90%” and 超过4万个."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from msgspec.structs import replace

from tracker.errors import BadValue
from tracker.model import Target

_SIGNS = {"": "=", "=": "=", ">": ">", ">=": ">=", "≥": ">=", "<": "<", "<=": "<=", "≤": "<="}
_SIGNED = re.compile(
    r"(?P<sign>>=|<=|[=<>≥≤]|(?P<about>[~≈约])|)\s*"
    r"(?P<value>\d{1,3}(?:[,，]\d{3})+|\d{1,12}(?:\.\d{1,6})?)\s*(?P<unit>%|％|\D.{0,39})?"
)


def targets(before: Sequence[Target], said: Sequence[str], came_to: Sequence[str]) -> list[Target]:
    """Return the targets as said, or as they were, with what the first of them came to.

    Raises BadValue for words without a figure, and for more results than targets.
    """
    figures = [one for words in said for one in _typed(words)] or list(before)
    if len(came_to) > len(figures):
        raise BadValue(
            "{values} values are given for {targets} targets.",
            values=len(came_to),
            targets=len(figures),
        )
    for place, value in enumerate(came_to):
        figures[place] = replace(figures[place], actual=_number(value))
    return figures


def _typed(words: str) -> Sequence[Target]:
    from tracker.extract.targets import targets_in

    signed = _SIGNED.fullmatch(words.strip())
    if signed and signed["sign"]:
        return [_signed(signed)]
    found = targets_in(words, english=words.isascii())
    if found:
        return found
    if signed is None:
        raise BadValue(
            "{words!r} holds no figure.",
            "Give one such as “at least 90%”, '>= 300 stations' or 超过4万个.",
            words=words,
        )
    return [_signed(signed)]


def _signed(typed: re.Match[str]) -> Target:
    value = _number(typed["value"].replace(",", "").replace("，", ""))
    unit = (typed["unit"] or "").replace("％", "%").strip()
    about = typed["about"] is not None
    return Target(value, unit, "=" if about else _SIGNS[typed["sign"]], about)


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            number = kind(text)
        except ValueError:
            continue
        return number if math.isfinite(number) else text
    return text
