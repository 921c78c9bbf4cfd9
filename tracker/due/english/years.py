"""English names of years, fiscal years, halves and quarters: 2021, FY24, Q3 2021."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from tracker.due import period as p
from tracker.due.english import words as en
from tracker.due.lexer import Cursor
from tracker.due.numerals import ENGLISH, ORDINALS
from tracker.due.period import Period, Setting
from tracker.due.reading import Reading, in_year
from tracker.errors import BadDate

_SPAN = re.compile("20[0-9]{2}[-/](?:1[3-9]|[2-9][0-9])")
"""2028/29: what may be a fiscal year without being called one."""
_OTHER_YEARS = frozenset(("academic", "school", "season", "cyclone", "edition", "cohort", "intake"))
ORDINAL_ENDS = ("st", "nd", "rd", "th")


def year_number(c: Cursor, setting: Setting) -> int | None:
    """A year of four digits, or next year and its like."""
    start = c.i
    said = c.take(*en.YEARS)
    if said:
        return setting.anchor.year + en.YEARS[said]
    named = c.take("the year", "calendar year", "cy")
    token = c.peek()
    if token.kind == "number" and len(token.text) == 4:
        return c.number()
    if named == "the year":
        return setting.anchor.year
    c.i = start
    return None


def joined_year(c: Cursor, setting: Setting, *joints: str) -> int | None:
    start = c.i
    c.take(*joints)
    if c.take("'") and c.peek().kind == "number" and len(c.peek().text) == 2:
        return 2000 + (c.number() or 0)
    number = year_number(c, setting)
    if number is None:
        c.i = start
    return number


def quarter_or_half(c: Cursor, setting: Setting) -> Reading | None:
    """A quarter or a half: Q3 2021, 2021Q3, 3Q21, the third quarter of 2021, H1 FY24."""
    number = joined_year(c, setting)
    if number is not None:
        c.take("-", "/", ",")
    joined = _part_with_year(c)
    if joined is not None:
        return joined
    part = _which_part(c)
    if part is None:
        return None
    make, index = part
    index = _to_part(c, make) or index
    if number is not None:
        return Reading(make(number, index))
    token = c.peek()
    if token.kind == "number" and token.glued and len(token.text) == 2:
        c.i += 1
        return Reading(make(2000 + int(token.text), index))
    start = c.i
    c.take("of", "in", ",", "-", "/")
    fiscal = _fiscal_number(c, setting)
    if fiscal is not None:
        return Reading(make(fiscal[0], index, fiscal[1]))
    if _SPAN.fullmatch(c.peek().text):
        said = '"{spans}" spans two years, and the fiscal year is set to start in January.'
        hint = "Set fiscal-year-start, or write FY 2023-24 (UK)."
        spans = c.peek().text
        c.i += 1
        raise BadDate(said, hint, spans=spans)
    c.i = start
    number = joined_year(c, setting, "of", "in", ",", "-", "/")
    return replace(in_year(number, lambda y: make(y, index), setting), plain=number is None)


def _to_part(c: Cursor, make: Callable[..., Period]) -> int | None:
    """The far end of Q3-Q4: the last day of the second is due."""
    start = c.i
    joint = c.take("-", "to", "and", "or", "/")
    far = _which_part(c) if joint else None
    if far is None or far[0] is not make:
        c.i = start
        return None
    if joint in ("or", "/"):
        said = '"{joint}" leaves open which of two days is meant.'
        raise BadDate(said, "Write the later one alone, such as 2021-06-30.", joint=joint)
    return far[1]


def _part_with_year(c: Cursor) -> Reading | None:
    """Q2/2022 and H1-2022, in which the lexer joins the numbers."""
    token, after = c.peek(), c.peek(1)
    if token.text not in ("q", "h") or not re.fullmatch("[0-9][-/][0-9]{4}", after.text):
        return None
    c.i += 2
    make = p.quarter if token.text == "q" else p.half
    return Reading(make(int(after.text[2:]), int(after.text[0])))


def _which_part(c: Cursor) -> tuple[Callable[..., Period], int] | None:
    token, after = c.peek(), c.peek(1)
    if token.text in ("q", "h") and after.kind == "number" and after.glued:
        c.i += 2
        return p.quarter if token.text == "q" else p.half, int(after.text)
    if token.kind == "number" and after.text in ("q", "h") and after.glued:
        c.i += 2
        return p.quarter if after.text == "q" else p.half, int(token.text)
    c.take("the")
    last = c.take("final", "last")
    index = 0 if last else ordinal(c)
    c.take("calendar")
    unit = c.take("quarter", "half")
    if index is None or not unit or (last == "last" and c.peek().text != "of"):
        return None  # the last quarter is the one before this
    return (p.quarter, index or 4) if unit == "quarter" else (p.half, index or 2)


def ordinal(c: Cursor) -> int | None:
    token, after = c.peek(), c.peek(1)
    if token.text in ORDINALS:
        c.i += 1
        return ORDINALS[token.text]
    if token.text in ("twenty", "thirty"):
        joined = after.text == "-"
        ones = ORDINALS.get(c.peek(1 + joined).text, 10)
        c.i += 2 + joined if ones < 10 else 0
        return ENGLISH[token.text] + ones if ones < 10 else None
    if token.kind == "number" and after.glued and after.text in ORDINAL_ENDS:
        c.i += 2
        return int(token.text)
    return None


def fiscal(c: Cursor, setting: Setting) -> Reading | None:
    """A fiscal year, or a part of it that follows: FY 2024, FY24 Q3."""
    found = _fiscal_number(c, setting)
    if found is None:
        return None
    number, month = found
    start = c.i
    c.take("-", "/")
    if (part := _which_part(c)) is None:
        c.i = start
        return Reading(p.fiscal_year(number, month))
    make, index = part
    return Reading(make(number, index, month))


def _fiscal_number(c: Cursor, setting: Setting) -> tuple[int, int] | None:
    """A fiscal year by its number, and the month in which it starts: FY24, FY 2023-24 (UK)."""
    c.take("the")
    country = c.take("us", "uk")
    spanning = setting.fiscal_year_start > 1 and _SPAN.fullmatch(c.peek().text)
    if not c.take(*en.FISCAL) and not (spanning and c.peek(1).text not in _OTHER_YEARS):
        return None
    c.take("'")
    token, spans = c.peek(), ""
    if token.kind == "number" and len(token.text) in (2, 4):
        number = int(token.text) + (2000 if len(token.text) == 2 else 0)
    elif token.kind == "numeric" and token.text.count("-") + token.text.count("/") == 1:
        near, far = (int(year) % 100 for year in token.text.replace("/", "-").split("-"))
        if (near + 1) % 100 != far:
            raise BadDate(
                '"{text}" is no fiscal year.', "Write FY 2024 or FY 2023-24.", text=token.text
            )
        spans = token.text
        number = int(token.text.replace("/", "-").split("-")[0]) + 1
        number += 2000 if number < 100 else 0
    else:
        return None
    c.i += 1
    country = {"(us)": "us", "(uk)": "uk"}.get(c.take("(us)", "(uk)"), country)
    start = {"us": 10, "uk": 4}.get(country, setting.fiscal_year_start)
    if spans and start == 1:
        said = '"{spans}" spans two years, and the fiscal year is set to start in January.'
        raise BadDate(said, "Set fiscal-year-start, or write FY 2023-24 (UK).", spans=spans)
    return number, start
