"""English phrases that are told from the anchor: in 2 weeks, next Friday, this quarter."""

from __future__ import annotations

from msgspec.structs import replace

from tracker.due import period as p
from tracker.due.english.calendar import MONTHS, WEEKDAYS
from tracker.due.lexer import Cursor, wordings
from tracker.due.period import Setting
from tracker.due.reading import NO_DATE, Reading, passed, working_days
from tracker.errors import BadDate

_THIS = {
    "the current": 0, "the next": 1, "the following": 1, "the coming": 1, "the": 0, "this": 0,
    "current": 0, "next": 1, "last": -1, "previous": -1,
}  # fmt: skip
_FROM_NOW = ("the next", "the coming", "the following")
_DAYS = {"today": 0, "tomorrow": 1, "the day after tomorrow": 2, "day after tomorrow": 2,
         "yesterday": -1}  # fmt: skip
_UNITS = {
    unit: name
    for name, units in {
        "day": "day|days|d",
        "week": "week|weeks|wk|wks|w",
        "fortnight": "fortnight|fortnights",
        "month": "month|months|mo|mos|mth|mths|m",
        "year": "year|years|yr|yrs|y",
    }.items()
    for unit in wordings(units)
}
_DOCUMENTS = wordings(
    "memorandum|memo|order|plan|report|document|directive|notice|strategy|act|law|regulation|rule|"
    "policy|guidance|announcement|proclamation|decision|resolution|circular|letter|agreement|"
    "bulletin|statement|declaration|communique|response|roadmap|charter|framework|protocol|accord|ordinance|"
    "executive order|bill|programme|program|undertaking|contract|licence|license|permit"
)
_ISSUED = wordings(
    "date of publication|date of issuance|date of enactment|publication|issuance|issue|release|"
    "signing|signature|enactment|adoption|announcement|date"
)


def this(c: Cursor, setting: Setting) -> Reading | None:
    """This, next, last or the week, month, quarter, half, year or fiscal year."""
    lead = c.peek(-1).text if c.i else ""
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
    if said in _FROM_NOW and lead in ("in", "within", "over", "during"):
        refusal = BadDate(
            f'"{said} {unit}" may begin now or with the next calendar {unit}.',
            f"Say in 1 {unit}, or by the end of next {unit}.",
        )
        return Reading(None, plain=True, unclear=refusal)
    return Reading(p.current(unit, ahead, setting), plain=plain)


def day(c: Cursor, setting: Setting) -> Reading | None:
    said = c.take(*_DAYS)
    return Reading(p.current("day", _DAYS[said], setting)) if said else None


def near(c: Cursor, setting: Setting) -> Reading | None:
    """Weekdays and months told from the anchor: next Friday, Friday next week, this June."""
    said = c.take("this coming", "the coming", "coming", "this", "next", "last")
    name = c.peek().text
    if name in MONTHS and said:
        return _which_month(c, said, setting)
    if name not in WEEKDAYS:
        return None
    c.i += 1
    said = {"next week": "next", "this week": "this"}.get(c.take("next week", "this week"), said)
    if said in ("this", "next", "last"):
        monday = p.current("week", _THIS[said], setting).first
        named = Reading(p.single(p.shift(monday, WEEKDAYS[name], "day")))
        return passed(named, f"this {name.capitalize()}", setting) if said == "this" else named
    following = c.peek(1) if c.peek().text == "," else c.peek()
    if following.kind == "number" or following.text in MONTHS or following.text == "the":
        return None  # the weekday of a date
    days = (WEEKDAYS[name] - setting.anchor.weekday()) % 7
    return Reading(p.current("day", days, setting), plain=not said)


def _which_month(c: Cursor, said: str, setting: Setting) -> Reading | None:
    """This June is this year's; next June is the next one only when this year's is past."""
    month = MONTHS[c.peek().text]
    c.i += 1
    this = Reading(p.month(setting.anchor.year, month))
    name, year = p.month_name(month), setting.anchor.year
    if said != "next":
        return passed(this, f"{said} {name}", setting) if said == "this" else None
    if month <= setting.anchor.month:
        return Reading(p.month(year + 1, month))
    refusal = BadDate(
        f'"next {name}" may be {name} {year} or {name} {year + 1}.',
        f"Write {name} {year} or {name} {year + 1}.",
    )
    return Reading(None, unclear=refusal)


def offset(c: Cursor, setting: Setting) -> Reading | None:
    """So long from the anchor: in 2 weeks, +30d, 30 days from the date of this order."""
    lead = c.peek(-1).text if c.i else ""
    signed = c.take("+")
    c.take("the next", "the coming", "the following", "next")
    length = _length(c, signed=bool(signed))
    if length is None:
        return None
    number, unit = length
    if lead in ("over", "during"):
        return NO_DATE
    if unit == "working":
        return working_days("in 14 days")
    period = p.single(p.shift(setting.anchor, number, unit))
    counted = Reading(period, limit="within", sharp=True)
    event = _event(c)
    if event == "anchor" or (not event and (signed or lead in ("in", "within"))):
        return counted
    refusal = BadDate(
        f"{number} {unit}{'s are' if number > 1 else ' is'} counted from an event"
        " whose date is not given.",
        "Write the due date itself, such as 2021-06-30.",
    )
    alone = BadDate("A length of time alone is no date.", "Say in 2 weeks, or +2w.")
    return replace(counted, plain=not event, limit="", unclear=refusal if event else alone)


def _event(c: Cursor) -> str:
    """From what it is counted: "anchor", another "event", or "" when it is not said."""
    start = c.i
    if c.take("from now", "from today", "' time", "'s time"):
        return "anchor"
    if not c.take("of", "from", "after", "following"):
        return ""
    if _this_document(c):
        return "anchor"
    c.i = start
    return "event"


def _length(c: Cursor, *, signed: bool) -> tuple[int, str] | None:
    if c.take("half a year"):
        return 6, "month"
    number = 1 if c.peek().text == "fortnight" else c.count()
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
