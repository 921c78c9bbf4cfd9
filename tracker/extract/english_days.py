"""English days that only running text has: a bare weekday, a range of days or years, a day in brackets.

A weekday without a word before it (Page goes live Monday.) is the first one from the document's day on. What
stands from 3 to 5 June ends on the 5th. An event or a period with its day in brackets (by Fiji Day (10 October),
in the autumn (by 30 November)) has that day.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from tracker.due import parse
from tracker.errors import BadDate
from tracker.extract.discourse import DatedMention
from tracker.locale import MONTH_NAMES, WEEKDAY_NAMES
from tracker.model import Precision

_WEEKDAYS = "|".join(WEEKDAY_NAMES)
_MONTHS = "|".join(name for name in MONTH_NAMES if name)
_ALONE = re.compile(
    rf"(?=[A-Z])(?<![\w’'-])(?P<day>{_WEEKDAYS})(?=[.;)|\n]|\s(?:and|at|noon|morning|afternoon|evening)\b)"
)
_SAID_BEFORE = re.compile(
    r"\b(?:on|by|before|until|last|next|this|past|every|each|of|a|from|the|to|through|since|after|coming|most|all|and|or"
    r"|advent|palm|whit|trinity|remembrance|mothering|low|super|fat|black|cyber|giving|holy|maundy|shrove|ash|good|easter)\s$|[\d,]\s$",
    re.IGNORECASE,
)
"""What makes a weekday another day, or part of a date that is read already."""
_DAYS = re.compile(
    rf"(?=\d)(?<![\d/.,-])\d{{1,2}}\s?[-–—]\s?(?P<last>\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_MONTHS})(?:,?\s20\d\d)?)\b"
)
_YEARS = re.compile(r"\b[Bb]etween\s20\d\d\sand\s(?P<last>20\d\d)\b(?!/)")
_TO_DAY = re.compile(
    r"\s?[-–—]\s?(?P<last>\d{1,2})(?:,?\s(?P<year>20\d\d))?(?![\d:/.]\d|\d|\s?[ap]m\b|%)"
)
"""June 3 | – 5."""
_TO_YEAR = re.compile(r"\s?(?:to|until|till|through|[-–—])\s?(?P<year>20\d\d)\b(?!/)")
"""From 2019 | to 2021."""
_BRACKET = re.compile(r"\s?\((?:(?:that is|i\.e\.|ends|ending|by|on)\s)?(?:the\s)?$")
_EVENT = re.compile(
    r"\b(?:by|before|at|on|in|for|until|during|in time for|no later than)\s(?:(?:the|our|its|their)\s)?(?:[\w’'-]+\s){0,4}[\w’'-]+\s?\((?:[A-Z][a-z]+day\s)?$"
)

_NEAR = 60
"""How far before its day an event may be named."""


def with_days(text: str, read: Sequence[DatedMention], anchor: date) -> list[DatedMention]:
    """The phrases as they were read, with the days that only running text has."""
    whole = _bracketed(text, [_to_last_day(text, _to_last_year(text, here)) for here in read])
    starts = [m.start for m in whole]
    more = []
    for new in _more(text, anchor):
        at = bisect_left(starts, new.end)
        if not at or whole[at - 1].end <= new.start:
            more.append(new)
    return sorted([*whole, *more], key=lambda m: m.start) if more else whole


def _more(text: str, anchor: date) -> Iterator[DatedMention]:
    for found in _ALONE.finditer(text):
        if not _SAID_BEFORE.search(text, max(0, found.start() - 12), found.start()):
            yield _mention(*found.span(), f"on {found['day']}", anchor)
    for found in _DAYS.finditer(text):
        yield _mention(*found.span(), found["last"], anchor, range_end=True)
    for found in _YEARS.finditer(text):
        yield _mention(*found.span(), f"in {found['last']}", anchor, range_end=True)


def _mention(
    start: int, end: int, words: str, anchor: date, *, range_end: bool = False
) -> DatedMention:
    try:
        due = parse(words, anchor)
    except BadDate:
        return DatedMention(start, end, None, Precision.NONE, assumed=False, has_year=False)
    year = not due.year_assumed and any(part.isdigit() and len(part) == 4 for part in words.split())
    return DatedMention(
        start, end, due.date, due.precision, due.year_assumed, year, range_end=range_end
    )


def _to_last_year(text: str, here: DatedMention) -> DatedMention:
    """A year with which a range begins, as the range: from 2019 to 2021."""
    is_year = here.precision is Precision.YEAR and text[here.end - 4 : here.end].isdigit()
    far = _TO_YEAR.match(text, here.end) if is_year else None
    if far is None or here.due is None or int(far["year"]) <= here.due.year:
        return here
    return replace(here, end=far.end(), due=date(int(far["year"]), 12, 31), range_end=True)


def _to_last_day(text: str, here: DatedMention) -> DatedMention:
    """A day of a month with which a range begins, as the range: June 3 – 5."""
    if here.precision is not Precision.DAY or here.due is None or not text[here.end - 1].isdigit():
        return here
    far = _TO_DAY.match(text, here.end)
    begins_with_month = re.search(rf"(?:{_MONTHS})\s\d{{1,2}}$", text[here.start : here.end])
    if far is None or begins_with_month is None or int(far["last"]) <= here.due.day:
        return here
    try:
        due = here.due.replace(day=int(far["last"]), year=int(far["year"] or here.due.year))
    except ValueError:
        return here
    known = here.has_year or far["year"] is not None
    assumed = here.assumed and not known
    return replace(here, end=far.end(), due=due, assumed=assumed, has_year=known, range_end=True)


def _bracketed(text: str, read: list[DatedMention]) -> list[DatedMention]:
    """Each day in brackets with the period or the event that it is of."""
    found: list[DatedMention] = []
    for here in read:
        closes = text[here.end : here.end + 1] == ")"
        last = found[-1] if found else None
        near = max(last.end if last else 0, here.start - _NEAR)
        between = text[near : here.start]
        beside = last is not None and near == last.end and _BRACKET.fullmatch(between)
        if closes and beside and last is not None and _is_part(here, last):
            found[-1] = replace(here, start=last.start)
            continue
        is_day = closes and here.precision is Precision.DAY
        event = _EVENT.search(between) if is_day else None
        start = near + event.start() if event else here.start
        found.append(replace(here, start=start))
    return found


def _is_part(day: DatedMention, period: DatedMention) -> bool:
    """Whether a day is one of a period, which ends with it or has no day of its own."""
    if day.due is None or period.due is None:
        return day.due is not None
    wider = period.precision not in (Precision.DAY, Precision.WEEK)
    return wider and day.due <= period.due and day.due.year == period.due.year
