"""English phrases that are told from the anchor: in 2 weeks, next Friday, this quarter."""

from __future__ import annotations

import re
from datetime import date

from msgspec.structs import replace

from tracker.due import period as p
from tracker.due.english import words as en
from tracker.due.english.calendar import dated, named
from tracker.due.english.years import ordinal
from tracker.due.lexer import Cursor, Lexeme
from tracker.due.numerals import ORDINALS
from tracker.due.period import Setting
from tracker.due.reading import (
    ELSEWHERE,
    NO_DATE,
    Reading,
    digits,
    first_of,
    passed,
    shifted,
    working_days,
)
from tracker.errors import BadDate
from tracker.message import PluralMessage

_AHEAD = ("before", "prior to", "ahead of", "in advance of")
_ARTICLES = ("the", "its", "our", "their", "this", "that")
_COUNTING = ("in", "within", "inside", "over", "during")
_FROM_NOW = ("the next", "the coming", "the following")


def this(c: Cursor, setting: Setting) -> Reading | None:
    """This, next, last or the week, month, quarter, half, year or fiscal year."""
    lead = c.peek(-1).text if c.i else ""
    later = bool(c.take("later in", "later"))
    said = c.take(*en.THIS)
    ahead = en.THIS.get(said, 0)
    plain = said in ("", "the") and not later
    if c.take("fiscal year", "financial year", "fy"):
        if c.peek().kind in ("number", "numeric") or c.peek().text == "(":
            return None
        return Reading(p.current("fiscal-year", ahead, setting), plain=plain)
    c.take("calendar")
    unit = c.take("week", "month", "quarter", "half", "year")
    if not unit or c.peek().kind == "number" or (ahead < 0 and c.peek().text == "of"):
        return None  # the last week of August is none of those before now
    if unit == "week" and said in ("this", "next") and c.peek().text in en.WEEKDAYS:
        return _of_week(c, said, setting)
    after = plain and bool(c.take("after next"))
    if said in _FROM_NOW and lead in ("in", "within", "over", "during"):
        return _coming_unit(said, unit, lead, setting)
    return Reading(p.current(unit, 2 if after else ahead, setting), plain=plain and not after)


def _of_week(c: Cursor, said: str, setting: Setting) -> Reading:
    """Next week Wednesday."""
    name = c.peek().text
    c.i += 1
    monday = p.current("week", en.WEEKDAY_OF[said], setting).first
    named = Reading(p.single(p.shift(monday, en.WEEKDAYS[name], "day")))
    return passed(named, f"this {name.capitalize()}", setting) if said == "this" else named


def _coming_unit(said: str, unit: str, lead: str, setting: Setting) -> Reading:
    """Within the next week is within a week; in the next week may be another."""
    if lead == "within" and said != "the following" and unit in ("week", "month", "year"):
        return Reading(p.single(p.shift(setting.anchor, 1, unit)), limit="within", sharp=True)
    sentence = '"{said} {unit}" may begin now or with the next calendar {unit}.'
    hint = "Say in 1 {unit}, or by the end of next {unit}."
    refusal = BadDate(sentence, hint, said=said, unit=unit)
    return Reading(None, plain=True, unclear=refusal)


def day(c: Cursor, setting: Setting) -> Reading | None:
    if c.take("this time next year", "this day next year"):
        return Reading(p.single(p.shift(setting.anchor, 1, "year")))
    if c.take("the next day", *en.ELSEWHERE) or _after_that(c) or _following(c):
        return Reading(None, limit="later", unclear=ELSEWHERE)
    said = c.take(*en.DAYS)
    return Reading(p.current("day", en.DAYS[said], setting)) if said else None


def _after_that(c: Cursor) -> bool:
    """The week after, and no event after it; by then."""
    if c.i and c.peek(-1).text in ("by", "before", "until") and c.take("then"):
        return True
    start = c.i
    if c.take(*en.AFTER_THAT) and c.peek().kind in ("mark", "end"):
        return True
    c.i = start
    return False


def _following(c: Cursor) -> bool:
    """The following Friday, the following day."""
    start = c.i
    if c.take("the following") and (c.take("day") or c.peek().text in en.WEEKDAYS):
        c.i += c.peek().text in en.WEEKDAYS
        return True
    c.i = start
    return False


def near(c: Cursor, setting: Setting) -> Reading | None:
    """Weekdays and months told from the anchor: next Friday, Friday week, this June."""
    said = c.take("this coming", "the coming", "coming", "this", "next", "last", "the")
    name = c.peek().text
    if name in en.MONTHS and said:
        return _which_month(c, said, setting)
    if name not in en.WEEKDAYS:
        return None
    c.i += 1
    c.take("of") if c.peek(1).text in ("this", "next") and c.peek(2).text == "week" else ""
    said = c.take("this week", "next week", "after next") or said
    if said == "the" and c.peek().text == "after":
        said = ""
    if said not in en.WEEKDAY_OF:
        return None if said == "the" else _weekday(c, name, said, setting)
    monday = p.current("week", en.WEEKDAY_OF[said], setting).first
    named = Reading(p.single(p.shift(monday, en.WEEKDAYS[name], "day")))
    if said == "last" and c.peek().text in ("of", "in"):
        return None  # the last Friday of the holidays
    return passed(named, f"this {name.capitalize()}", setting) if not en.WEEKDAY_OF[said] else named


def _weekday(c: Cursor, name: str, said: str, setting: Setting) -> Reading | None:
    parted = c.peek().text in (",", ".")
    following, after = c.peek(parted), c.peek(1 + parted).text
    is_hour = after in ("am", "pm", "a", "p", ":")
    if (
        (following.kind in ("number", "numeric") and not is_hour)
        or following.text in en.MONTHS
        or (following.text == "the" and _is_nth(c.peek(1 + parted), sentence=c.peek().text == "."))
    ):
        return None  # the weekday of a date
    coming = _coming(name, setting)
    if not said and c.peek(1).text != "-" and (later := c.take("week", "fortnight")):
        return Reading(p.single(p.shift(coming, 2 if later == "fortnight" else 1, "week")))
    if not said and c.take("after"):
        then = first_of(c, setting, dated, named)
        return _weekday_after(then, name) if then else Reading(None, unclear=ELSEWHERE)
    return Reading(p.single(coming), plain=not said and not c.take(*en.PARTS_OF_DAY))


def _is_nth(token: Lexeme, *, sentence: bool) -> bool:
    """Whether it is the number of a day: Tuesday the third; but not by Friday. The third stage."""
    return token.kind == "number" or (token.text in ORDINALS and not sentence)


def _weekday_after(day: Reading, name: str) -> Reading | None:
    """The Tuesday after Labor Day."""
    if day.period is None or not day.period.is_day:
        return None
    ahead = (en.WEEKDAYS[name] - day.period.last.weekday() - 1) % 7 + 1
    return replace(day, period=p.single(p.shift(day.period.last, ahead, "day")))


def _coming(name: str, setting: Setting) -> date:
    """The first such weekday from the anchor on."""
    days = (en.WEEKDAYS[name] - setting.anchor.weekday()) % 7
    return p.shift(setting.anchor, days, "day")


def _which_month(c: Cursor, said: str, setting: Setting) -> Reading | None:
    """This June is this year's; next June is the next one only when this year's is past."""
    month, year = en.MONTHS[c.peek().text], setting.anchor.year
    name = p.month_name(month)
    c.i += 1
    if said.endswith("coming"):
        return Reading(p.upcoming(lambda y: p.month(y, month), setting))
    if said == "this":
        return passed(Reading(p.month(year, month)), f"this {name}", setting)
    said = c.take("after next") or said
    if said not in ("next", "after next"):
        return None
    year += said == "after next"
    if month <= setting.anchor.month:
        return Reading(p.month(year + 1, month))
    phrase = f"next {name}" if said == "next" else f"{name} after next"
    sentence = '"{phrase}" may be {name} {year} or {name} {year2}.'
    hint = "Write {name} {year} or {name} {year2}."
    refusal = BadDate(sentence, hint, phrase=phrase, name=name, year=year, year2=year + 1)
    return Reading(None, unclear=refusal)


def offset(c: Cursor, setting: Setting) -> Reading | None:
    """So long from the anchor: in 2 weeks, +30d, 30 days from the date of this order."""
    lead = c.peek(-1).text if c.i else ""
    # "up to 30 days" is the most there is time for; "prior to 30 days" says nothing.
    most = lead == "to" and c.peek(-2).text == "up"
    signed = c.take("+")
    ahead = c.take("the next", "the coming", "the following", "next")
    most = bool(c.take(*en.AT_MOST)) or most
    length = _length(c, signed=bool(signed))
    if length is None:
        return None
    number, unit = length
    if unit == "working":
        _from_day(c, number, "day", setting)
    ends = unit != "year" and ahead in ("the next", "the coming")
    if unit == "working" or (lead in ("over", "during") and not ends):
        return working_days("in 14 days") if unit == "working" else NO_DATE
    if (from_day := _from_day(c, number, unit, setting)) is not None:
        return from_day
    period = p.single(p.shift(setting.anchor, number, unit))
    counted = Reading(period, limit="within", sharp=True)
    event = _event(c)
    if event == "anchor" or (not event and (signed or most or lead in _COUNTING)):
        return counted
    refusal = BadDate(
        PluralMessage(
            "{n} {unit} is counted from an event whose date is not given.",
            "{n} {unit}s are counted from an event whose date is not given.",
            number,
            unit=unit,
        ),
        "Write the due date itself, such as 2021-06-30.",
    )
    if event == "later":
        return replace(NO_DATE, limit="later", unclear=ELSEWHERE)
    alone = BadDate("A length of time alone is no date.", "Say in 2 weeks, or +2w.")
    return replace(counted, plain=not event, limit="", unclear=refusal if event else alone)


def _from_day(c: Cursor, number: int, unit: str, setting: Setting) -> Reading | None:
    """Two weeks before 1 September, within 30 days of 1 July 2026, a week on Friday."""
    start = c.i
    joint = c.take("of", "from", "after", "following", *_AHEAD, "on")
    name = c.peek().text
    if joint in ("from", "on") and unit == "week" and name in en.WEEKDAYS:
        c.i += 1
        return Reading(p.single(p.shift(_coming(name, setting), number, unit)))
    if not joint and unit == "week" and (said := c.take("today", "tomorrow")):
        then = p.shift(setting.anchor, number, unit)
        return Reading(p.single(p.shift(then, en.DAYS[said], "day")))
    _event_on(c)
    found = _shifted(c, -number if joint in _AHEAD else number, unit, setting)
    if joint in ("", "on") or found is None:
        c.i = start
        return None
    return replace(found, limit="within")


def _event_on(c: Cursor) -> None:
    """Pass over an event before its day: ten days before the public hearing on | 30 April."""
    for ahead in range(1, 8) if c.peek().text in _ARTICLES else ():
        if c.peek(ahead).text == "on":
            c.i += ahead + 1
        if c.peek(ahead).kind != "word":
            return


def beside(c: Cursor, setting: Setting) -> Reading | None:
    """The day before 3 May, the day after Christmas."""
    said = c.take("the day before", "the day after", "the day following")
    return _shifted(c, -1 if said.endswith("before") else 1, "day", setting) if said else None


def _shifted(c: Cursor, number: int, unit: str, setting: Setting) -> Reading | None:
    """So long before or after the day whose name stands here."""
    inner = first_of(c, setting, digits, dated, named)
    return shifted(inner, number, unit, setting) if inner is not None else None


def _event(c: Cursor) -> str:
    """From what it is counted: "anchor", another "event", "later" or "" when it is not said."""
    start = c.i
    if c.take("later", "thereafter"):
        return "later"
    if c.take("from now", "from today", "from tonight", "' time", "'s time"):
        return "anchor"
    if not c.take("of", "from", "after", "following", *_AHEAD):
        return ""
    if _this_document(c):
        return "anchor"
    c.i = start
    return "event"


def _length(c: Cursor, *, signed: bool) -> tuple[int, str] | None:
    if c.take("half a year"):
        return 6, "month"
    number = _count(c)
    if number is None:
        return None
    working = c.take(*en.WORKING)
    c.take("calendar")
    token = c.peek()
    unit = en.UNITS.get(token.text)
    if unit is None or (len(token.text) == 1 and not (token.glued or signed)):
        return None
    c.i += 1
    if working:
        return number, "working"
    return _by_calendar(c, number, unit)


def _by_calendar(c: Cursor, number: int, unit: str) -> tuple[int, str] | None:
    if unit == "year" and c.take("and a half"):
        return 12 * number + 6, "month"
    if unit == "hour":
        # A deadline is a day; half of one is none.
        return (number // 24, "day") if number and number % 24 == 0 else None
    return (2 * number, "week") if unit == "fortnight" else (number, unit)


def _count(c: Cursor) -> int | None:
    """A number, or the second of two: six to eight, 6-8; the thirtieth day after, a fortnight."""
    token = c.peek()
    if token.text == "fortnight":
        return 1
    if c.take("the"):
        number = ordinal(c)
        return number if c.peek(1).text in ("after", "following") else None
    if token.kind == "numeric" and re.fullmatch("[0-9]{1,2}-[0-9]{1,2}", token.text):
        c.i += 1
        return int(token.text.partition("-")[2])
    number = c.count()
    start = c.i
    if number is None or not c.take("to", "or", "-"):
        return number
    second = c.count()
    if second is None or second <= number:
        c.i = start
        return number
    return second


def _this_document(c: Cursor) -> bool:
    """The anchor as a document calls it: the date of this order, publication, this memorandum."""
    start = c.i
    if c.take("the date hereof", "hereof", "now", "today"):
        return True
    c.take("the")
    issued = c.take("date of publication", "date of issuance", "date of enactment", *en.ISSUED)
    of = c.take("of")
    if c.take("this", "these", "the present") and c.take(*en.DOCUMENTS):
        return True
    if issued == "date" and c.peek(-1).text == "this" and c.peek().kind == "word":
        c.i += 1
        return True
    if of or issued not in ("publication", "issuance", "date of publication", "date of issuance"):
        c.i = start
        return False
    return True
