"""An hour in English: 5pm, at 17:00, noon, 11:59 pm EDT, close of business."""

from __future__ import annotations

import re

from tracker.due.english import words as en
from tracker.due.hours import MIDNIGHT, Hour, hour_of
from tracker.due.lexer import Cursor


def hour(c: Cursor) -> Hour | None:
    start = c.i
    c.take(",")
    c.take("at", "by", "t")
    if c.take(*en.NOON, *en.DAY_ENDS):
        found: Hour | None = Hour()
    elif c.take("12 midnight", "midnight"):
        found = MIDNIGHT
    else:
        found = _in_digits(c)
    if found is None:
        c.i = start
    else:
        _zone(c)
    return found


def _in_digits(c: Cursor) -> Hour | None:
    token = c.peek()
    if token.kind == "numeric" and re.fullmatch(r"[0-9]{1,2}[.][0-9]{2}", token.text):
        c.i += 1
        number, *rest = (int(part) for part in token.text.split("."))
        colons = False
    else:
        number, rest = (c.number() if token.kind == "number" else None) or 0, []
        while c.take(":") and c.peek().kind == "number":
            rest.append(c.number() or 0)
        colons = bool(rest)
    half = c.take("am", "pm", "a.m.", "p.m.", "a.m", "p.m", *(("hrs", "hours") if colons else ()))
    if token.kind not in ("number", "numeric") or not (colons or half):
        return None
    said = f"{token.text}{''.join(f':{part:02}' for part in rest if colons)}"
    half = half.replace(".", "") if half[:1] in "ap" else ""
    return hour_of(f"{said} {half}".strip(), number, rest, half)


def _zone(c: Cursor) -> None:
    """Pass over the zone of the hour: EDT, (UTC+8), local time; due dates are days."""
    start = c.i
    opened = c.take("(")
    zone = c.take(*en.ZONES)
    if zone and c.take("+", "-") and c.number() is not None and c.take(":"):
        c.number()
    if not zone or (opened and not c.take(")")):
        c.i = start
