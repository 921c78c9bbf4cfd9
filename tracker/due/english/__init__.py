"""The English half of the grammar; the docstring of `tracker.due` has it written down."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from tracker.due import period as p
from tracker.due.english import words as en
from tracker.due.english.anchored import beside, day, near, offset, this
from tracker.due.english.calendar import (
    dated,
    meeting,
    named,
    nth_weekday,
    plan,
    project_month,
    week_number,
    week_of,
    whole_year,
)
from tracker.due.english.clock import hour
from tracker.due.english.parts import part
from tracker.due.english.years import fiscal, quarter_or_half, year_number
from tracker.due.hours import at, begun
from tracker.due.lexer import Cursor, Lexeme
from tracker.due.period import Setting
from tracker.due.reading import NO_DATE, Reading, digits, first_of, on
from tracker.errors import BadDate
from tracker.model import Precision


def read(c: Cursor, setting: Setting) -> Reading | None:
    if c.take("in due course"):
        return NO_DATE
    due = c.take("due")
    lead = c.take(*en.LEADS)
    limit = en.LEADS.get(lead, due)
    if lead == "in" and c.take("the new year"):
        return NO_DATE  # its first months
    against = replace(setting, before=limit == "before")
    phrases, periods = _rules(c.peek())
    reading = first_of(c, against, *phrases, *periods)
    if reading is None:
        return None
    if c.take(*en.IS_OVER) and reading.period is not None:
        return replace(reading, limit=limit, plain=False)
    if reading.period is not None and reading.period.is_day:
        start = c.i
        told = hour(c)
        if c.peek().text in ("on", "of"):  # the hour of the next one: 30 June, 5pm on 1 July
            c.i, told = start, None
        reading = at(reading, told)
    tail = c.take(*en.AFTER_LEADS)
    if limit == "from":
        return _begun_on(reading, lead)
    return _limited(reading, limit or reading.limit or ("by" if tail else ""))


def _limited(reading: Reading, limit: str) -> Reading:
    reading = replace(reading, limit=limit)
    period = reading.period
    if period is None or reading.unclear is not None or (reading.sharp and not reading.begins):
        return reading
    if reading.begins and limit != "before":
        return begun(reading, deadline=limit in ("by", "until"))
    if limit == "before":
        return replace(reading, period=p.single(p.eve(period.first)))
    if limit == "until" and period.precision is not Precision.DAY:
        within, without = period.last, p.eve(period.first)
        said = 'What stands after "until" may be included or not: {within} or {without}.'
        hint = "Write one of these days, or say by {within} or before {within}."
        refusal = BadDate(said, hint, within=within, without=without)
        return replace(reading, unclear=refusal)
    return reading


def _begun_on(reading: Reading, lead: str) -> Reading:
    """From July: what begins then is there in July, but typed alone it says no deadline."""
    period = reading.period
    if period is None or (reading.unclear is not None and not period.is_day):
        return replace(reading, limit="")
    said = '"{said}" does not say by when.'
    hint = "Write the due date itself, such as 2021-06-30."
    refusal = BadDate(said, hint, said=lead.split(maxsplit=1)[0])
    return replace(reading, limit="from", plain=False, unclear=refusal)


def _no_date(c: Cursor, setting: Setting) -> Reading | None:
    if c.take(*en.UNDATED):
        return NO_DATE
    c.take("the end of", "the", "end of", "early", "late", "mid-", "mid")
    c.take("this", "next", "last", "the")
    if not c.take(*en.SEASONS):
        return None
    c.take("of")
    year_number(c, setting)
    return NO_DATE


def _business_day(c: Cursor, setting: Setting) -> Reading | None:
    told = hour(c)
    if told is None:
        return None
    joint = c.take("on", "of", ",")
    day = _period(c, setting)
    if day is None or day.period is None or not day.period.is_day:
        return None
    return at(replace(day, limit="on" if joint == "on" else ""), told)


def _end(c: Cursor, setting: Setting) -> Reading | None:
    unit = c.take(*en.OUT)
    if unit:
        return on(p.current(en.OUT[unit], 0, setting))
    c.take("the") if c.peek(1).text == "year" else ""
    edge = en.EDGES.get(c.take(*en.EDGES))
    if edge:
        c.take("of")
        number = year_number(c, setting) if edge == "year" else None
        return on(p.current(edge, 0, setting) if number is None else p.year(number))
    led = c.i > 0
    vague = c.take(*en.NO_DAY)
    if vague:
        return _vague(c, vague, setting, led=led)
    if not c.take(*en.ENDS):
        return None
    c.take("of", "-")
    if c.take("the decade", "this decade"):
        return _decade(setting)
    reading = first_of(c, replace(setting, before=False), this, _period)
    return None if reading is None else replace(reading, sharp=True, plain=False)


def _decade(setting: Setting) -> Reading:
    year = setting.anchor.year
    one, other = sorted((year // 10 * 10 + 9, (year + 9) // 10 * 10))
    said = "The decade may end with {one} or with {other}."
    refusal = BadDate(said, "Write by {one} or by {other}.", one=one, other=other)
    return Reading(None, unclear=refusal)


def _vague(c: Cursor, said: str, setting: Setting, *, led: bool) -> Reading | None:
    c.take("-")
    c.take("of")
    inner = first_of(c, setting, this, _period)
    if inner is None or inner.period is None:
        return None
    if "mid" in said and inner.period.precision is Precision.YEAR:
        return on(p.half(inner.period.last.year, 1))
    refusal = BadDate(
        '"{said}" names no day.', "Write the day itself, such as 15 June 2021.", said=said
    )
    begins = "start" in said or "beginning" in said
    period = p.single(inner.period.first) if begins else inner.period
    return replace(
        inner, period=period, unclear=None if begins and led else refusal, plain=False
    )  # by the start of June is by its first day


def _period(c: Cursor, setting: Setting) -> Reading | None:
    _, periods = _rules(c.peek())
    return first_of(c, setting, *periods)


_Rules = tuple[Callable[[Cursor, Setting], Reading | None], ...]


def _rules(token: Lexeme) -> tuple[_Rules, _Rules]:
    """The rules of phrases and of periods that can begin with a token, as they are preferred."""
    if token.text in en.MONTHS:
        return (), (meeting, dated)
    if token.text in en.WEEKDAYS:
        return (), (near, dated)
    if token.kind in ("number", "numeric"):
        return (_business_day, week_number, offset), _NUMBERED
    return (_no_date, _business_day, week_number, _end, offset), _PERIODS


_NUMBERED: _Rules = (
    *(part, meeting, fiscal, digits, nth_weekday, quarter_or_half, dated, plan, whole_year),
)
_PERIODS: _Rules = (
    *(part, meeting, project_month, fiscal, digits, week_of, nth_weekday, quarter_or_half),
    *(day, beside, near, dated, plan, this, named, whole_year),
)
