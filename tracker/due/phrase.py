"""One phrase, typed or cut out of a text, to a due date; and what was understood, in a sentence."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from types import ModuleType

from msgspec import Struct

from tracker.due import chinese, english
from tracker.due.hours import without_clock
from tracker.due.lexer import Cursor, normal
from tracker.due.period import Setting
from tracker.due.reading import Reading
from tracker.due.vague import vague
from tracker.errors import BadDate
from tracker.message import Message
from tracker.model import Precision

MAX_LENGTH = 100
EXAMPLES = Message(
    'Write a day as 2021-06-30, or a phrase such as "end of June 2021", "in 2 weeks", Q3, 6月底前.'
)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class Due(Struct, frozen=True):
    """What a phrase means: `date` is the last included day, None when the phrase names no date.

    `start` is the first day of the span that the phrase names; for a day it is the day.
    `year_assumed`: the year was not said; `month_assumed`: nor was the month (the 20th).
    `ends`: what was said is the last day of a longer span (end of June, 6月底).
    """

    date: dt.date | None
    precision: Precision
    phrase: str
    start: dt.date | None = None
    year_assumed: bool = False
    month_assumed: bool = False
    ends: bool = False


def parse(
    phrase: str,
    anchor: dt.date,
    *,
    fiscal_year_start: int = 1,
    day_first: bool | None = None,
    month_one: dt.date | None = None,
) -> Due:
    """The due date that the phrase names, seen from the anchor.

    `fiscal_year_start` is a month, 1 to 12; `day_first` says how 03/04/2021 is read. Raises
    BadDate, and nothing else, for what is not understood to its last word, is ambiguous, or is
    not in the calendar. `month_one` is the first day of a project whose months have numbers (M18).
    """
    text = phrase.strip()
    if not text:
        raise BadDate("No due date is given.", EXAMPLES)
    if len(text) > MAX_LENGTH:
        said = "A due phrase has at most {max_length} characters, and this one has {count}."
        raise BadDate(said, EXAMPLES, max_length=MAX_LENGTH, count=len(text))
    if any(unicodedata.category(c) in _UNSEEN for c in text):
        raise BadDate("The due phrase holds an invisible character.", EXAMPLES)
    plain = without_clock(normal(text))
    setting = Setting(anchor, fiscal_year_start, day_first=day_first, month_one=month_one)
    found = longest(plain, 0, setting)
    if found is None:
        raise vague(text) or BadDate(
            '"{text}" is not understood as a due date.', EXAMPLES, text=text
        )
    reading, end = found
    rest = text[end:].strip() if end < len(plain) else ""
    if reading.unclear is not None:
        raise reading.unclear
    if rest.strip(".。,，;；"):
        raise vague(text) or BadDate(
            '"{rest}" is not understood in "{text}".', EXAMPLES, rest=rest, text=text
        )
    return due_of(reading, text)


def longest(
    plain: str, start: int, setting: Setting, grammars: Iterable[ModuleType] = (english, chinese)
) -> tuple[Reading, int] | None:
    """The reading that goes furthest from `start` in a normal-form text, and where it ends.

    A date that the calendar does not have is a reading too: one without a period, and unclear.
    """
    best: tuple[Reading, int] | None = None
    for grammar in grammars:
        cursor = Cursor(plain, start)
        try:
            reading = grammar.read(cursor, setting)
        except BadDate as refusal:
            reading = Reading(None, plain=True, unclear=refusal)
        if reading is not None and (best is None or cursor.end() > best[1]):
            best = reading, cursor.end()
    return best


def due_of(reading: Reading, phrase: str) -> Due:
    period = reading.period
    if period is None:
        return Due(None, Precision.NONE, phrase)
    return Due(
        period.last,
        period.precision,
        phrase,
        period.first,
        year_assumed=bool(reading.assumed),
        month_assumed=reading.assumed == "month",
        ends=reading.sharp and not period.is_day,
    )
