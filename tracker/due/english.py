"""The English half of the grammar; `tracker.due` has it written down."""

from __future__ import annotations

from tracker.due import period as p
from tracker.due.holidays import holiday
from tracker.due.lexer import Cursor
from tracker.due.numerals import ENGLISH, ORDINALS
from tracker.due.period import Period, Setting
from tracker.due.reading import NO_DATE, Reading, compact, in_year, numeric
from tracker.errors import BadDate

_MONTHS = {name.lower(): n + 1 for n, name in enumerate(p.MONTHS)}
_MONTHS |= {name[:3]: n for name, n in _MONTHS.items()} | {"sept": 9}
_WEEKDAYS = {
    name: n
    for n, names in enumerate(
        ("monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thur thu", "friday fri",
         "saturday sat", "sunday sun")
    )
    for name in names.split()
}  # fmt: skip
_UNITS = {
    "day": "day", "days": "day", "d": "day", "week": "week", "weeks": "week", "w": "week",
    "month": "month", "months": "month", "m": "month", "year": "year", "years": "year", "y": "year",
}  # fmt: skip
_LETTERS = frozenset("dwmy")
_LEADS = {
    "no later than": "by", "not later than": "by", "no later than by": "by", "on or before": "by",
    "by no later than": "by", "before or on": "by", "at the latest by": "by", "at latest by": "by",
    "at the latest on": "by", "up to and including": "by", "up to": "by", "by": "by",
    "latest by": "by", "latest": "by", "not after": "by",
    "before": "before", "prior to": "before", "ahead of": "before",
    "until": "until", "till": "until", "til": "until", "through": "until", "thru": "until",
    "within": "within", "during": "in", "in": "in", "on": "in", "over": "in", "at": "in",
}  # fmt: skip
_LEAD_WORDS = sorted(_LEADS, key=len, reverse=True)
_TAILS = ("at the very latest", "at the latest", "at latest", "latest", "or earlier", "or sooner",
          "or before", "inclusive")  # fmt: skip
_NO_DATE = (
    "tbd", "tbc", "tba", "to be determined", "to be decided", "to be confirmed", "none", "n/a",
    "no date", "no deadline", "no due date", "ongoing", "on-going", "continuous", "open-ended",
    "open ended", "as soon as possible", "asap", "in due course", "someday", "some day",
    "this parliament", "the current parliament", "the lifetime of this parliament",
    "this legislature", "this term", "the coming years", "coming years", "the next few years",
    "next few years", "the years ahead", "the years to come", "the short term",
    "the medium term", "the long term", "short term", "medium term", "long term", "short-term",
    "medium-term", "long-term", "the foreseeable future", "the near future", "soon",
)  # fmt: skip
_SEASONS = ("spring", "summer", "autumn", "fall", "winter")
_EDGES = {
    "year-end": "year", "year end": "year", "month-end": "month", "month end": "month",
    "quarter-end": "quarter", "quarter end": "quarter", "eoy": "year", "eom": "month",
    "eoq": "quarter", "eow": "week", "week-end": "", "eod": "day",
}  # fmt: skip
_ENDS = ("the very end", "the end", "the close", "end", "close", "late")
_DOCUMENTS = (
    "memorandum memo order plan report document directive notice strategy act law regulation rule "
    "policy guidance announcement proclamation decision resolution circular letter agreement bulletin"
).split()
_ISSUED = (
    "publication issuance issue release signing signature enactment adoption announcement date"
).split()


def read(c: Cursor, setting: Setting) -> Reading | None:
    due = c.take("due")
    lead = c.take(*_LEAD_WORDS)
    limit = _LEADS[lead] if lead else "due" if due else ""
    against = Setting(setting.anchor, setting.fiscal_year_start, before=limit == "before")
    start = c.i
    for rule in (_no_date, _end, _offset, _period):
        c.i = start
        reading = rule(c, against)
        if reading is None:
            continue
        if limit == "before" and reading.period is not None:
            last = reading.period.last if reading.sharp else p.eve(reading.period.first)
            reading = reading.but(period=p.single(last) if not reading.sharp else reading.period)
        tail = c.take(*_TAILS)
        return reading.but(limit=limit or reading.limit or ("by" if tail else ""))
    return None


def _no_date(c: Cursor, setting: Setting) -> Reading | None:
    if c.take(*_NO_DATE):
        return NO_DATE
    c.take("the")
    c.take("end of", "early", "late", "mid", "mid-")
    c.take("this", "next", "last", "the")
    if not c.take(*_SEASONS):
        return None
    c.take("of")
    if _year(c, setting) is None:
        c.take("next year", "this year")
    return NO_DATE


# -- the end of something ---------------------------------------------------------------------


def _end(c: Cursor, setting: Setting) -> Reading | None:
    edge = c.take("the " + "year-end", *_EDGES)
    if edge and _EDGES.get(edge):
        return _edge(c, _EDGES[edge], setting)
    vague = c.take("the beginning of", "beginning of", "the start of", "start of", "early", "the middle of", "middle of", "mid")
    if vague:
        return _vague(c, vague, setting)
    if not c.take(*_ENDS):
        return None
    c.take("of", "-")
    if c.take("the decade", "this decade"):
        return Reading(None, unclear=BadDate("A decade may end in the year 9 or in the year 0.", "Write by 2029 or by 2030."))
    reading = _span(c, setting) or _period(c, Setting(setting.anchor, setting.fiscal_year_start))
    return None if reading is None else reading.but(sharp=True, plain=False)


def _edge(c: Cursor, unit: str, setting: Setting) -> Reading:
    if unit == "year":
        c.take("of")
        number = _year(c, setting)
        if number is not None:
            return Reading(p.year(number), sharp=True)
    return Reading(_current(unit, 0, setting), sharp=True)


def _vague(c: Cursor, said: str, setting: Setting) -> Reading | None:
    c.take("-")
    c.take("of")
    inner = _span(c, setting) or _period(c, setting)
    if inner is None:
        return None
    if "mid" in said and inner.period is not None and inner.period.precision.value == "year":
        return inner.but(period=p.half(inner.period.last.year, 1), sharp=True, plain=False)
    return inner.but(
        unclear=BadDate(f'"{said}" names no day.', "Write the day itself, such as 15 June 2021."),
        plain=False,
    )


def _current(unit: str, ahead: int, setting: Setting) -> Period:
    """The calendar day, week, month, quarter or year so many ahead of the anchor's."""
    anchor = setting.anchor
    if unit == "day":
        return p.single(p.shift(anchor, ahead, "day"))
    if unit == "week":
        return p.week(anchor, ahead)
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[unit]
    to = p.shift(anchor.replace(day=1), months * ahead, "month")
    if unit == "month":
        return p.month(to.year, to.month)
    if unit == "quarter":
        return p.quarter(to.year, (to.month + 2) // 3)
    if unit == "half":
        return p.half(to.year, (to.month + 5) // 6)
    return p.year(to.year)


def _span(c: Cursor, setting: Setting) -> Reading | None:
    """This, next, last or the (current) week, month, quarter, year; also the fiscal year."""
    start = c.i
    c.take("later")
    said = c.take("the current", "the next", "the following", "the coming", "the", "this", "current", "next", "last", "previous")
    ahead = {"next": 1, "the next": 1, "the following": 1, "the coming": 1, "last": -1, "previous": -1}.get(said, 0)
    if c.take("fiscal year", "financial year", "fy"):
        if c.peek().kind in ("number", "numeric") or c.peek().text == "(":
            c.i = start
            return None
        return Reading(p.fiscal_year(_fiscal_now(setting) + ahead, setting.fiscal_year_start))
    c.take("calendar")
    unit = c.take("week", "month", "quarter", "half", "year", "day")
    if not unit or (unit == "year" and c.peek().kind == "number"):
        c.i = start
        return None
    return Reading(_current(unit, ahead, setting), plain=said in ("", "the"))


def _fiscal_now(setting: Setting) -> int:
    start = setting.fiscal_year_start
    return setting.anchor.year + (1 < start <= setting.anchor.month)


# -- so long from now -------------------------------------------------------------------------


def _offset(c: Cursor, setting: Setting) -> Reading | None:
    plus = c.take("+")
    start = c.i
    if not plus and c.take("the"):
        pass
    c.take("next", "coming", "following")
    number = 1 if (half := c.take("half a year")) else c.count()
    if half:
        number, unit = 6, "month"
    elif number is None:
        c.i = start
        return None
    else:
        working = c.take("working", "business")
        c.take("calendar")
        c.take("-")
        word = c.peek().text
        if word not in _UNITS or (word in _LETTERS and not c.peek().glued):
            return None
        c.i += 1
        unit = _UNITS[word]
        if working:
            return Reading(None, limit="within", unclear=BadDate("Working days depend on a calendar of holidays, which the tracker does not have.", "Write the day itself, or count all days: in 14 days."))
    unclear = None
    said = ""
    before = c.i
    said = c.take("of", "from", "after", "following", "'")
    if said and not _reference(c):
        c.i = before
        if said != "'":
            unclear = BadDate(f"{number} {unit}s are counted from an event whose date is not given.", "Write the due date itself.")
    return Reading(p.single(p.shift(setting.anchor, number, unit)), sharp=True, plain=not said, unclear=unclear, limit="within" if said else "")


def _reference(c: Cursor) -> bool:
    """The anchor, as documents call it: the date of this order, publication, now."""
    if c.take("now", "today", "the date hereof", "the date of this", "hereof"):
        c.take(*_DOCUMENTS)
        return True
    start = c.i
    c.take("the")
    issued = c.take(*_ISSUED)
    if issued == "date":
        c.take("of")
        issued = c.take(*_ISSUED) or issued
    of = c.take("of")
    if c.take("this", "the present") and c.take(*_DOCUMENTS):
        return True
    if of or not issued or issued == "date":
        c.i = start
        return False
    return True


# -- periods ----------------------------------------------------------------------------------


def _period(c: Cursor, setting: Setting) -> Reading | None:
    start = c.i
    for rule in (_digits, _week_number, _near, _part, _fiscal, _day, _plan, _span, _named, _whole_year):
        c.i = start
        reading = rule(c, setting)
        if reading is not None:
            return reading
    c.i = start
    return None


def _digits(c: Cursor, setting: Setting) -> Reading | None:
    token = c.peek()
    if token.kind == "numeric":
        c.i += 1
        return numeric(token.text, setting)
    if token.kind == "number" and len(token.text) == 8:
        c.i += 1
        return compact(token.text)
    return None


def _week_number(c: Cursor, setting: Setting) -> Reading | None:
    number = _year(c, setting)
    c.take("-")
    if number is None or not c.take("w", "week") or c.peek().kind != "number":
        return None
    week = p.iso_week(number, c.number() or 0)
    if c.take("-") and c.peek().kind == "number":
        return Reading(p.single(p.shift(week.first, (c.number() or 1) - 1, "day")), sharp=True)
    return Reading(week)


def _near(c: Cursor, setting: Setting) -> Reading | None:
    ahead = {"today": 0, "tomorrow": 1, "the day after tomorrow": 2, "yesterday": -1}
    said = c.take(*ahead)
    if said:
        return Reading(_current("day", ahead[said], setting), sharp=False)
    said = c.take("this coming", "the coming", "this", "next", "coming", "last")
    name = c.peek().text
    if name not in _WEEKDAYS:
        return None
    c.i += 1
    c.take("next week") and (said := "next")
    here = _WEEKDAYS[name]
    if said in ("this", "next", "last"):
        ahead_weeks = {"this": 0, "next": 1, "last": -1}[said]
        return Reading(p.single(p.shift(p.week(setting.anchor, ahead_weeks).first, here, "day")))
    c.take(",")
    if c.peek().kind == "number" or c.peek().text in _MONTHS:
        return None
    days = (here - setting.anchor.weekday()) % 7
    return Reading(p.single(p.shift(setting.anchor, days, "day")), plain=True)


def _year(c: Cursor, setting: Setting) -> int | None:
    """A year of four digits, or next year and its like."""
    start = c.i
    said = c.take("next year", "this year", "last year", "the year", "the current year", "calendar year", "cy")
    if said in ("next year", "this year", "last year", "the current year"):
        return setting.anchor.year + {"next year": 1, "last year": -1}.get(said, 0)
    token = c.peek()
    if token.kind == "number" and len(token.text) == 4:
        c.i += 1
        return int(token.text)
    if said == "the year":
        return setting.anchor.year
    c.i = start
    return None


def _fiscal_number(c: Cursor, setting: Setting) -> tuple[int, int] | None:
    """A fiscal year by its number, and the month in which it starts: FY24, FY 2023-24 (UK)."""
    country = c.take("us", "uk")
    c.take("the")
    if not c.take("fiscal year (fy)", "fiscal year", "financial year (fy)", "financial year", "fy"):
        return None
    c.take("'")
    token = c.peek()
    if token.kind == "number" and len(token.text) in (2, 4):
        number = int(token.text) + (2000 if len(token.text) == 2 else 0)
    elif token.kind == "numeric" and len(token.text) in (5, 7, 9):
        first, last = token.text.replace("/", "-").split("-")
        number = int(first) + (2000 if len(first) == 2 else 0) + 1
        if number % 100 != int(last) % 100:
            raise BadDate(f'"{token.text}" is not a fiscal year.', "Write FY 2024 or FY 2023-24.")
    else:
        return None
    c.i += 1
    for name in ("us", "uk"):
        if c.take(f"({name})"):
            country = name
    return number, {"us": 10, "uk": 4}.get(country, setting.fiscal_year_start)


def _fiscal(c: Cursor, setting: Setting) -> Reading | None:
    found = _fiscal_number(c, setting)
    return None if found is None else Reading(p.fiscal_year(*found))


def _part(c: Cursor, setting: Setting) -> Reading | None:
    """A quarter or a half: Q3 2021, 2021Q3, 3Q21, the third quarter of 2021, H1 FY24."""
    start = c.i
    number = _year(c, setting)
    if number is not None:
        c.take("-", "/", ",")
    which = _which_part(c)
    if which is None:
        c.i = start
        return None
    make, index, short = which
    if number is not None:
        return Reading(make(number, index))
    mark = c.i
    token = c.peek()
    if short and token.kind == "number" and token.glued and len(token.text) == 2:
        c.i += 1
        return Reading(make(2000 + int(token.text), index))
    c.take("of", "in", ",", "-", "/")
    c.take("the") if c.peek(1).text in ("fiscal", "financial") else ""
    fiscal = _fiscal_number(c, setting)
    if fiscal is not None:
        return Reading(make(fiscal[0], index, fiscal[1]))
    c.i = mark
    c.take("of", "in", ",", "-", "/")
    number = _year(c, setting)
    if number is None:
        c.i = mark
    reading = in_year(number, lambda y: make(y, index), setting)
    return reading.but(plain=number is None)


def _which_part(c: Cursor):
    start = c.i
    letter = c.take("q", "h")
    if letter:
        if not c.peek().glued or c.peek().kind != "number":
            c.i = start
            return None
        return (p.quarter if letter == "q" else p.half), c.number() or 0, True
    token, after = c.peek(), c.peek(1)
    if token.kind == "number" and after.glued and after.text in ("q", "h"):
        c.i += 2
        return (p.quarter if after.text == "q" else p.half), int(token.text), True
    c.take("the")
    index = _ordinal(c)
    unit = c.take("quarter", "half") if index is not None else ""
    if not unit:
        c.i = start
        return None
    return (p.quarter if unit == "quarter" else p.half), index, False


def _ordinal(c: Cursor) -> int | None:
    token, after = c.peek(), c.peek(1)
    if token.text in ORDINALS:
        c.i += 1
        return ORDINALS[token.text]
    if token.kind == "number" and after.glued and after.text in ("st", "nd", "rd", "th"):
        c.i += 2
        return int(token.text)
    return None


def _day(c: Cursor, setting: Setting) -> Reading | None:
    """A month, with its day and year where given, in any of the orders in which they are written."""
    if c.peek().text in _WEEKDAYS:
        c.i += 1
        c.take(",", ".")
    c.take("the")
    number = None
    if c.peek().kind == "number" and len(c.peek().text) == 4:
        number = c.number()
        c.take("-", ",")
    dom = _dom(c)
    if dom is not None:
        c.take("of", "-", "/")
    which = _MONTHS.get(c.peek().text)
    if which is None:
        return _dom_alone(dom, setting) if number is None else None
    c.i += 1
    if c.peek().text == "." and c.peek(1).kind == "number":
        c.i += 1
    if dom is None:
        dom = _dom_after(c)
    if number is None:
        mark = c.i
        c.take(",", "of", "-", "/", ".")
        number = _year(c, setting)
        if number is None:
            c.i = mark
    if dom is not None:
        day = dom
        return in_year(number, lambda y: p.day(y, which, day), setting)
    return in_year(number, lambda y: p.month(y, which), setting).but(plain=number is None)


def _dom(c: Cursor) -> int | None:
    token = c.peek()
    if token.kind != "number" or len(token.text) > 2:
        return None
    return _ordinal(c) or c.number()


def _dom_after(c: Cursor) -> int | None:
    mark = c.i
    c.take("the", "-")
    dom = _dom(c)
    if dom is None:
        c.i = mark
    return dom


def _dom_alone(dom: int | None, setting: Setting) -> Reading | None:
    del setting
    del dom
    return None


def _plan(c: Cursor, setting: Setting) -> Reading | None:
    del setting
    c.take("the")
    number = _ordinal(c)
    if number is None or not c.take("five-year plan", "five year plan"):
        return None
    c.take("period")
    return Reading(p.five_year_plan(number))


def _named(c: Cursor, setting: Setting) -> Reading | None:
    name = c.take("christmas", "new year's day", "the new year", "new year")
    if not name:
        return None
    c.take("day")
    key = "christmas" if name == "christmas" else "new year"
    return in_year(_year(c, setting), lambda y: p.single(holiday(key, y)), setting)


def _whole_year(c: Cursor, setting: Setting) -> Reading | None:
    token = c.peek()
    number = _year(c, setting)
    if number is None:
        return None
    if token.kind == "number" and not 1900 <= number <= 2199:
        raise BadDate(f"{number} is not understood as a year.", "Write a day as 2021-06-30.")
    return Reading(p.year(number), plain=token.kind == "number")


_ = ENGLISH
