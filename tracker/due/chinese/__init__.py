"""The Chinese half of the grammar; the docstring of `tracker.due` has it written down."""

from __future__ import annotations

from msgspec.structs import replace

from tracker.due import period as p
from tracker.due.chinese import words as zh
from tracker.due.chinese.anchored import bare, day, fiscal, length, near, offset
from tracker.due.chinese.calendar import dated, slashed
from tracker.due.chinese.clock import hour
from tracker.due.chinese.names import plan
from tracker.due.chinese.suffixes import before_a_beginning, suffix
from tracker.due.hours import at, begun
from tracker.due.lexer import Cursor
from tracker.due.period import Setting
from tracker.due.reading import NO_DATE, Reading, digits, first_of, shifted
from tracker.errors import BadDate


def read(c: Cursor, setting: Setting) -> Reading | None:
    lead = c.take(*zh.LEADS)
    reading = _body(c, setting)
    if reading is None:
        return None
    reading = _counted(c, _range(c, reading, setting), setting)
    if reading.unclear:
        return replace(reading, limit=reading.limit or suffix(c, *zh.BEFORE))
    return reading if reading.limit else _limited(c, reading, lead)


def _body(c: Cursor, setting: Setting) -> Reading | None:
    reading = first_of(c, setting, *_RULES.get(c.peek().kind, _WORD_RULES))
    return at(reading, hour(c)) if reading is not None and reading.sharp else reading


def _range(c: Cursor, near: Reading, setting: Setting) -> Reading:
    """From one period to another, 3月至5月: the last day of the second."""
    start = c.i
    joints = ("至", "到", "-", "~") if c.peek(-1).kind == "mark" else ("至", "到")
    if near.period is not None and not near.limit and not c.breaks() and c.take(*joints):
        far = _body(c, replace(setting, since=near.period.first))
        if far is not None and far.period is not None and far.period.last >= near.period.first:
            span = replace(far.period, first=near.period.first)
            return replace(far, period=span, assumed=near.assumed, plain=near.plain)
    c.i = start
    return near


def _counted(c: Cursor, near: Reading, setting: Setting) -> Reading:
    """So long from a day that is named: 9月1日起30日内, 10月1日后两周内, 10月1日前3天."""
    if near.period is None or not near.period.is_day:
        return near
    start = c.i
    joint = c.take("之日起", "起", "之后", "以后", "后", "之前", "前")
    c.take(*(("的",) if joint.endswith("前") else (",", "的")))
    found = length(c) if joint else None
    if found is not None and found[1] != "working":
        ahead = not joint.endswith("前")
        limit = suffix(c, *zh.WITHIN) if ahead else "" if c.peek().text == "内" else joint
        counted = shifted(near, found[0] if ahead else -found[0], found[1], setting)
        if limit and counted is not None:
            return replace(counted, limit=limit, sharp=True)
    c.i = start
    return near


def _limited(c: Cursor, reading: Reading, lead: str) -> Reading:
    c.take("期间")
    c.take("(含)")
    before = suffix(c, *zh.BEFORE)
    if not before:
        reading = replace(reading, limit=suffix(c, *zh.WITHIN) or c.take("为止", "止") or lead)
    is_open = not before and reading.limit in ("", *zh.PLACES)
    if reading.begins and (c.peek().text == "起" or (is_open and before_a_beginning(c))):
        return replace(reading, begins=False)
    if reading.begins:
        named = bool(before) or (bool(reading.limit) and reading.limit not in zh.PLACES)
        return begun(replace(reading, limit=before or reading.limit), deadline=named)
    if not before:
        return reading
    c.take("(含当日)", "(含当天)", "(含)")
    if reading.sharp or reading.period is None or before.startswith("或"):
        return replace(reading, limit=before)
    within, without = reading.period.last, p.eve(reading.period.first)
    said = "What stands before {before} may be included or not: {within} or {without}."
    hint = "Write one of these days, or put 底 before {before}, as in 6月底{before}."
    refusal = BadDate(said, hint, before=before, within=within, without=without)
    return replace(reading, limit=before, unclear=refusal)


def _no_date(c: Cursor, _setting: Setting) -> Reading | None:
    if c.take(*zh.UNDATED) or c.take(*zh.SEASONS):
        return NO_DATE
    if c.take("未来", "今后") and c.number() is not None and c.take("个月", "年"):
        return None if c.peek().text in ("内", "之", "以") else NO_DATE
    return None


# The rules that can begin with a token of each kind, in the order of preference.
_NUMBER_RULES = (fiscal, dated, offset, digits, bare)
_WORD_RULES = (_no_date, plan, fiscal, dated, offset, day, near, bare)
_RULES = {
    "number": _NUMBER_RULES,
    "numeric": (slashed, digits, dated, offset, bare),
    "han": (plan, dated, offset, bare),
}
