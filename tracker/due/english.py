"""The English half of the grammar; the docstring of `tracker.due` has it written down."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from tracker.due import period as p
from tracker.due.holidays import holiday
from tracker.due.lexer import Cursor
from tracker.due.numerals import ORDINALS
from tracker.due.period import Period, Setting
from tracker.due.reading import (
    NO_DATE,
    Reading,
    check_weekday,
    digits,
    first_of,
    in_year,
    on,
    passed,
    working_days,
)
from tracker.errors import BadDate
from tracker.model import Precision

_LEADS = {
    "by no later than": "by", "no later than": "by", "not later than": "by", "on or before": "by",
    "by or before": "by", "before or on": "by", "at the latest by": "by", "at the latest on": "by",
    "latest by": "by", "latest": "by", "not after": "by", "by": "by",
    "before": "before", "prior to": "before", "ahead of": "before",
    "up to and including": "by", "up to": "until", "until": "until", "till": "until",
    "til": "until", "through": "through", "thru": "through",
    "within": "within", "over": "over", "during": "during", "in": "in", "on": "on", "at": "at",
}  # fmt: skip
_TAILS = ("at the very latest", "at the latest", "at latest", "latest", "or earlier", "or sooner",
          "or before", "inclusive")  # fmt: skip
_DAY_ENDS = ("close of business", "close of play", "end of business", "end of day", "cob", "eod")
_NO_DATE = (
    "tbd", "tbc", "tba", "to be determined", "to be decided", "to be confirmed", "none", "n/a",
    "no date", "no deadline", "no due date", "ongoing", "on-going", "continuous", "open-ended",
    "open ended", "as soon as possible", "asap", "in due course", "someday", "soon",
    "this parliament", "the current parliament", "the lifetime of this parliament",
    "this legislature", "the coming years", "coming years", "the next few years",
    "next few years", "the years ahead", "the years to come", "the short term",
    "the medium term", "the long term", "short term", "medium term", "long term", "short-term",
    "medium-term", "long-term", "the foreseeable future", "the near future",
)  # fmt: skip
_SEASONS = ("spring", "summer", "autumn", "fall", "winter")
_ENDS = ("the very end", "the end", "the close", "end", "close", "late")
_EDGES = {
    "year-end": "year", "year end": "year", "month-end": "month", "month end": "month",
    "quarter-end": "quarter", "quarter end": "quarter", "week-end": "week", "eoy": "year",
    "eom": "month", "eoq": "quarter", "eow": "week", "eod": "day", "end of day": "day",
    "close of business": "day", "cob": "day",
}  # fmt: skip
_VAGUE = ("the beginning of", "beginning of", "the start of", "start of", "early", "the middle of",
          "middle of", "mid")  # fmt: skip
_THIS = {
    "the current": 0, "the next": 1, "the following": 1, "the coming": 1, "the": 0, "this": 0,
    "current": 0, "next": 1, "last": -1, "previous": -1,
}  # fmt: skip
_DAYS = {"today": 0, "tomorrow": 1, "the day after tomorrow": 2, "day after tomorrow": 2,
         "yesterday": -1}  # fmt: skip
_YEARS = {"the current year": 0, "this year": 0, "next year": 1, "last year": -1}
_UNITS = {
    unit: name
    for name, units in {
        "day": "day days d", "week": "week weeks wk wks w", "fortnight": "fortnight fortnights",
        "month": "month months mo mos mth mths m", "year": "year years yr yrs y",
    }.items()
    for unit in units.split()
}  # fmt: skip
_MONTHS = {name[:cut].lower(): n for n, name in enumerate(p.MONTHS, 1) for cut in (3, None)}
_MONTHS["sept"] = 9
_WEEKDAYS = {
    name[:cut].lower(): n for n, name in enumerate(p.WEEKDAYS) for cut in (3, None)
} | {"tues": 1, "thur": 3, "thurs": 3}  # fmt: skip
_DOCUMENTS = (
    "memorandum memo order plan report document directive notice strategy act law regulation rule "
    "policy guidance announcement proclamation decision resolution circular letter agreement bulletin"
).split()
_ISSUED = (
    "publication issuance issue release signing signature enactment adoption announcement date"
).split()


def read(c: Cursor, setting: Setting) -> Reading | None:
    due = c.take("due")
    lead = c.take(*_LEADS)
    limit = _LEADS.get(lead, due)
    against = replace(setting, before=limit == "before")
    reading = first_of(c, against, _no_date, _business_day, _week_number, _end, _offset, _period)
    if reading is None:
        return None
    tail = c.take(*_TAILS)
    return _limited(reading, limit or reading.limit or ("by" if tail else ""))


def _limited(reading: Reading, limit: str) -> Reading:
    reading = replace(reading, limit=limit)
    period = reading.period
    if period is None or reading.unclear is not None or reading.sharp:
        return reading
    if limit == "before":
        return replace(reading, period=p.single(p.eve(period.first)))
    if limit == "until" and period.precision is not Precision.DAY:
        within, without = period.last, p.eve(period.first)
        refusal = BadDate(
            f'What stands after "until" may be included or not: {within} or {without}.',
            "Write one of these days, or say by or before.",
        )
        return replace(reading, unclear=refusal)
    return reading


def _no_date(c: Cursor, setting: Setting) -> Reading | None:
    if c.take(*_NO_DATE):
        return NO_DATE
    c.take("the end of", "the", "end of", "early", "late", "mid-", "mid")
    c.take("this", "next", "last", "the")
    if not c.take(*_SEASONS):
        return None
    c.take("of")
    _year(c, setting)
    return NO_DATE


# -- the end of something ---------------------------------------------------------------------


def _business_day(c: Cursor, setting: Setting) -> Reading | None:
    if not c.take(*_DAY_ENDS):
        return None
    c.take("on", "of")
    day = _period(c, setting)
    is_day = day is not None and day.period is not None and day.period.first == day.period.last
    return day if is_day else None


def _end(c: Cursor, setting: Setting) -> Reading | None:
    c.take("the") if c.peek(1).text == "year" else ""
    edge = _EDGES.get(c.take(*_EDGES))
    if edge:
        c.take("of")
        number = _year(c, setting) if edge == "year" else None
        return on(p.current(edge, 0, setting) if number is None else p.year(number))
    vague = c.take(*_VAGUE)
    if vague:
        return _vague(c, vague, setting)
    if not c.take(*_ENDS):
        return None
    c.take("of", "-")
    if c.take("the decade", "this decade"):
        return _decade(setting)
    reading = first_of(c, replace(setting, before=False), _this, _period)
    return None if reading is None else replace(reading, sharp=True, plain=False)


def _decade(setting: Setting) -> Reading:
    tenth = setting.anchor.year // 10 * 10 + 10
    refusal = BadDate(
        f"The decade may end with {tenth - 1} or with {tenth}.",
        f"Write by {tenth - 1} or by {tenth}.",
    )
    return Reading(None, unclear=refusal)


def _vague(c: Cursor, said: str, setting: Setting) -> Reading | None:
    c.take("-")
    c.take("of")
    inner = first_of(c, setting, _this, _period)
    if inner is None or inner.period is None:
        return None
    if "mid" in said and inner.period.precision is Precision.YEAR:
        return on(p.half(inner.period.last.year, 1))
    refusal = BadDate(f'"{said}" names no day.', "Write the day itself, such as 15 June 2021.")
    return replace(inner, unclear=refusal, plain=False)


def _this(c: Cursor, setting: Setting) -> Reading | None:
    """This, next, last or the week, month, quarter, half, year or fiscal year."""
    c.take("later")
    said = c.take(*_THIS)
    ahead = _THIS.get(said, 0)
    plain = said in ("", "the")
    if c.take("fiscal year", "financial year", "fy"):
        if c.peek().kind in ("number", "numeric") or c.peek().text == "(":
            return None
        return Reading(p.current("fiscal-year", ahead, setting), plain=plain)
    c.take("calendar")
    unit = c.take("week", "month", "quarter", "half", "year")
    if not unit or c.peek().kind == "number":
        return None
    return Reading(p.current(unit, ahead, setting), plain=plain)


# -- so long from now -------------------------------------------------------------------------


def _offset(c: Cursor, setting: Setting) -> Reading | None:
    """So long from the anchor, by whatever name: in 2 weeks, 30 days from the date of this order."""
    lead = c.peek(-1).text if c.i else ""
    signed = c.take("+")
    c.take("the next", "the coming", "the following", "next")
    length = _length(c, signed=bool(signed))
    if length is None or lead == "before":
        return None
    number, unit = length
    if lead in ("over", "during"):
        return NO_DATE
    if unit == "working":
        return working_days("in 14 days")
    reading = on(p.single(p.shift(setting.anchor, number, unit)))
    if c.take("from now", "from today", "' time"):
        return replace(reading, limit="in")
    if not c.take("of", "from", "after", "following"):
        return replace(reading, plain=not signed)
    if _this_document(c):
        return replace(reading, limit="within")
    refusal = BadDate(
        f"{number} {unit}s are counted from an event whose date is not given.",
        "Write the due date itself.",
    )
    return replace(reading, limit="within", unclear=refusal)


def _length(c: Cursor, *, signed: bool) -> tuple[int, str] | None:
    if c.take("half a year"):
        return 6, "month"
    number = c.count()
    if number is None:
        return None
    working = c.take("working", "business")
    c.take("calendar")
    token = c.peek()
    unit = _UNITS.get(token.text)
    if unit is None or (len(token.text) == 1 and not (token.glued or signed)):
        return None
    c.i += 1
    if working:
        return number, "working"
    return (2 * number, "week") if unit == "fortnight" else (number, unit)


def _this_document(c: Cursor) -> bool:
    """The anchor as a document calls it: the date of this order, publication, this memorandum."""
    start = c.i
    if c.take("the date hereof", "hereof", "now", "today"):
        return True
    c.take("the")
    issued = c.take("date of publication", "date of issuance", "date of enactment", *_ISSUED)
    of = c.take("of")
    if c.take("this", "the present") and c.take(*_DOCUMENTS):
        return True
    if of or issued not in ("publication", "issuance", "date of publication", "date of issuance"):
        c.i = start
        return False
    return True


# -- periods ----------------------------------------------------------------------------------


def _period(c: Cursor, setting: Setting) -> Reading | None:
    return first_of(
        c, setting, digits, _part, _fiscal, _near, _date, _plan, _this, _holiday, _whole_year
    )


def _year(c: Cursor, setting: Setting) -> int | None:
    """A year of four digits, or next year and its like."""
    start = c.i
    said = c.take(*_YEARS)
    if said:
        return setting.anchor.year + _YEARS[said]
    named = c.take("the year", "calendar year", "cy")
    token = c.peek()
    if token.kind == "number" and len(token.text) == 4:
        return c.number()
    if named == "the year":
        return setting.anchor.year
    c.i = start
    return None


def _joined_year(c: Cursor, setting: Setting, *joints: str) -> int | None:
    start = c.i
    c.take(*joints)
    number = _year(c, setting)
    if number is None:
        c.i = start
    return number


def _week_number(c: Cursor, setting: Setting) -> Reading | None:
    """A week by its number, ISO 8601: 2021-W26, and a day of it: 2021-W26-5."""
    number = _year(c, setting)
    c.take("-")
    if number is None or not c.take("w", "week"):
        return None
    token = c.peek()
    if token.kind == "numeric" and token.text[-2:-1] == "-":
        c.i += 1
        week, day = token.text.split("-")
        if not 1 <= int(day) <= 7:
            raise BadDate(f"A week has no day {day}; it has seven.", p.EXAMPLE)
        monday = p.iso_week(number, int(week)).first
        return on(p.single(p.shift(monday, int(day) - 1, "day")))
    which = c.number()
    return None if which is None else Reading(p.iso_week(number, which))


def _near(c: Cursor, setting: Setting) -> Reading | None:
    """Days told from the anchor: tomorrow, next Friday, Friday next week."""
    said = c.take(*_DAYS)
    if said:
        return Reading(p.current("day", _DAYS[said], setting))
    said = c.take("this coming", "the coming", "coming", "this", "next", "last")
    name = c.peek().text
    if name in _MONTHS and said:
        return _which_month(c, said, setting)
    if name not in _WEEKDAYS:
        return None
    c.i += 1
    said = {"next week": "next", "this week": "this"}.get(c.take("next week", "this week"), said)
    if said in ("this", "next", "last"):
        monday = p.current("week", _THIS[said], setting).first
        day = Reading(p.single(p.shift(monday, _WEEKDAYS[name], "day")))
        return passed(day, f"this {p.WEEKDAYS[_WEEKDAYS[name]]}", setting) if said == "this" else day
    following = c.peek(1) if c.peek().text == "," else c.peek()
    if following.kind == "number" or following.text in _MONTHS or following.text == "the":
        return None  # the weekday of a date
    days = (_WEEKDAYS[name] - setting.anchor.weekday()) % 7
    return Reading(p.current("day", days, setting), plain=not said)


def _which_month(c: Cursor, said: str, setting: Setting) -> Reading | None:
    """This June is this year's; next June is the next one only when this year's is past."""
    month = _MONTHS[c.peek().text]
    c.i += 1
    this = Reading(p.month(setting.anchor.year, month))
    name, year = p.month_name(month), setting.anchor.year
    if said != "next":
        return passed(this, f"{said} {name}", setting) if said == "this" else None
    if month <= setting.anchor.month:
        return Reading(p.month(year + 1, month))
    refusal = BadDate(
        f'"next {name}" may be {name} {year} or {name} {year + 1}.', "Write the one with its year."
    )
    return Reading(None, unclear=refusal)


def _part(c: Cursor, setting: Setting) -> Reading | None:
    """A quarter or a half: Q3 2021, 2021Q3, 3Q21, the third quarter of 2021, H1 FY24."""
    number = _joined_year(c, setting)
    if number is not None:
        c.take("-", "/", ",")
    part = _quarter_or_half(c)
    if part is None:
        return None
    make, index = part
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
    c.i = start
    number = _joined_year(c, setting, "of", "in", ",", "-", "/")
    return replace(
        in_year(number, lambda y: make(y, index), setting), plain=number is None
    )


def _quarter_or_half(c: Cursor) -> tuple[Callable[..., Period], int] | None:
    token, after = c.peek(), c.peek(1)
    if token.text in ("q", "h") and after.kind == "number" and after.glued:
        c.i += 2
        return p.quarter if token.text == "q" else p.half, int(after.text)
    if token.kind == "number" and after.text in ("q", "h") and after.glued:
        c.i += 2
        return p.quarter if after.text == "q" else p.half, int(token.text)
    c.take("the")
    index = _ordinal(c)
    if index is None:
        return None
    unit = c.take("quarter", "half")
    return (p.quarter if unit == "quarter" else p.half, index) if unit else None


def _ordinal(c: Cursor) -> int | None:
    token, after = c.peek(), c.peek(1)
    if token.text in ORDINALS:
        c.i += 1
        return ORDINALS[token.text]
    if token.kind == "number" and after.glued and after.text in ("st", "nd", "rd", "th"):
        c.i += 2
        return int(token.text)
    return None


def _fiscal(c: Cursor, setting: Setting) -> Reading | None:
    found = _fiscal_number(c, setting)
    return None if found is None else Reading(p.fiscal_year(*found))


def _fiscal_number(c: Cursor, setting: Setting) -> tuple[int, int] | None:
    """A fiscal year by its number, and the month in which it starts: FY24, FY 2023-24 (UK)."""
    c.take("the")
    country = c.take("us", "uk")
    if not c.take("fiscal year (fy)", "financial year (fy)", "fiscal year", "financial year", "fy"):
        return None
    c.take("'")
    token = c.peek()
    if token.kind == "number" and len(token.text) in (2, 4):
        number = int(token.text) + (2000 if len(token.text) == 2 else 0)
    elif token.kind == "numeric" and token.text.count("-") + token.text.count("/") == 1:
        near, far = (int(year) % 100 for year in token.text.replace("/", "-").split("-"))
        if (near + 1) % 100 != far:
            raise BadDate(f'"{token.text}" is no fiscal year.', "Write FY 2024 or FY 2023-24.")
        number = int(token.text.replace("/", "-").split("-")[0]) + 1
        number += 2000 if number < 100 else 0
    else:
        return None
    c.i += 1
    country = {"(us)": "us", "(uk)": "uk"}.get(c.take("(us)", "(uk)"), country)
    return number, {"us": 10, "uk": 4}.get(country, setting.fiscal_year_start)


def _date(c: Cursor, setting: Setting) -> Reading | None:
    """A month, with its day and year where given, in any order in which they are written."""
    weekday = _WEEKDAYS.get(c.peek().text)
    if weekday is not None:
        c.i += 1
        c.take(",", ".")
    c.take("the")
    year_first = c.number() if len(c.peek().text) == 4 and c.peek().kind == "number" else None
    c.take("-", ",") if year_first is not None else ""
    dom = _dom(c)
    c.take("of", "-", "/") if dom is not None else ""
    month = _MONTHS.get(c.peek().text)
    if month is None:
        return None
    c.i += 1
    c.take(".") if c.peek(1).kind == "number" else ""
    if dom is None:
        dom = _dom_after(c)
    number = year_first
    if number is None:
        number = _joined_year(c, setting, ",", "of", "-", "/", ".")
    if dom is None:
        made = in_year(number, lambda y: p.month(y, month), setting)
        return replace(made, plain=number is None)
    made = in_year(number, lambda y: p.day(y, month, dom), setting)
    return made if weekday is None else check_weekday(made, weekday)


def _dom(c: Cursor) -> int | None:
    token = c.peek()
    if token.kind != "number" or len(token.text) > 2:
        return None
    ordinal = _ordinal(c)
    return c.number() if ordinal is None else ordinal


def _dom_after(c: Cursor) -> int | None:
    start = c.i
    c.take("the", "-")
    dom = _dom(c)
    if dom is None:
        c.i = start
    return dom


def _plan(c: Cursor, _setting: Setting) -> Reading | None:
    c.take("the")
    number = _ordinal(c)
    if number is None or not c.take("five-year plan", "five year plan"):
        return None
    c.take("period")
    return Reading(p.five_year_plan(number))


def _holiday(c: Cursor, setting: Setting) -> Reading | None:
    name = c.take("christmas day", "christmas", "new year's day", "the new year", "new year")
    if not name:
        return None
    key = "christmas" if name.startswith("christmas") else "new year"
    return in_year(_joined_year(c, setting, ","), lambda y: p.single(holiday(key, y)), setting)


def _whole_year(c: Cursor, setting: Setting) -> Reading | None:
    bare = c.peek().kind == "number"
    number = _year(c, setting)
    if number is None:
        return _day_alone(c, setting)
    if bare and not 1900 <= number <= 2199:
        raise BadDate(f"{number} is not understood as a year.", p.EXAMPLE)
    return Reading(p.year(number), plain=bare)


def _day_alone(c: Cursor, setting: Setting) -> Reading | None:
    """The 20th: of this month or of the next."""
    the = c.take("the")
    start = c.i
    dom = _ordinal(c)
    if dom is None or (not the and c.peek(start - c.i).kind != "number"):
        return None
    return Reading(p.next_dom(dom, setting), assumed="month", plain=True)
