"""x."""
from __future__ import annotations

import unicodedata
from datetime import date

from msgspec import Struct

from tracker.due import chinese, english
from tracker.due.lexer import Cursor, normal
from tracker.due.period import Setting
from tracker.due.reading import Reading
from tracker.errors import BadDate
from tracker.model import Precision


MAX_LENGTH = 100
EXAMPLES = 'Write a day as 2021-06-30, or a phrase such as "end of June 2021", "in 2 weeks", Q3, 6月底前.'


class Due(Struct, frozen=True):
    date: date | None
    precision: Precision
    phrase: str
    start: date | None = None
    year_assumed: bool = False
    month_assumed: bool = False


def due_of(reading: Reading, phrase: str) -> Due:
    period = reading.period
    if period is None:
        return Due(None, Precision.NONE, phrase)
    day = period.precision is Precision.DAY and period.first == period.last
    return Due(
        period.last,
        period.precision,
        phrase,
        period.last if day else period.first,
        reading.assumed != "",
        reading.assumed == "month",
    )


def longest(text: str, start: int, setting: Setting, grammars=(english, chinese)) -> tuple[Reading, int] | None:
    best = None
    refusal = None
    for grammar in grammars:
        cursor = Cursor(text, start)
        try:
            reading = grammar.read(cursor, setting)
        except BadDate as bad:
            refusal = refusal or bad
            continue
        if reading is not None and (best is None or cursor.end() > best[1]):
            best = reading, cursor.end()
    if best is None and refusal is not None:
        raise refusal
    return best


def parse(phrase: str, anchor: date, *, fiscal_year_start: int = 1) -> Due:
    text = phrase.strip()
    if not text:
        raise BadDate("No due date was given.", EXAMPLES)
    if len(phrase) > MAX_LENGTH:
        raise BadDate(f"A due phrase has at most {MAX_LENGTH} characters; this one has {len(phrase)}.", EXAMPLES)
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in text):
        raise BadDate("The due phrase holds a control character.", EXAMPLES)
    plain = normal(text)
    found = longest(plain, 0, Setting(anchor, fiscal_year_start))
    if found is None:
        raise BadDate(f'"{text}" is not understood as a due date.', EXAMPLES)
    reading, end = found
    if reading.unclear is not None:
        raise reading.unclear
    rest = text[end:].strip()
    if rest.strip(".。,,;;!"):
        raise BadDate(f'"{rest}" is not understood in "{text}".', EXAMPLES)
    return due_of(reading, phrase)


from tracker.due.finder import Mention, find  # noqa: E402

__all__ = ["Due", "Mention", "find", "parse"]
