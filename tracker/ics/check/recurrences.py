"""Rules on what recurs: its rule, the dates added to it and taken from it (RFC 5545 §3.3.10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from tracker.ics.check.dates import says_date
from tracker.ics.check.rule import Found, Rules, each, first
from tracker.ics.scan import Component, ContentLine
from tracker.ics.values import date_or_time, date_or_time_or_none, is_day
from tracker.message import Message

RULES: Rules[Component] = Rules()

_SERIES = ("RRULE", "RDATE", "RECURRENCE-ID", "EXRULE")
_USUAL = "GREGORIAN"
_WEEKDAY = "(SU|MO|TU|WE|TH|FR|SA)"
_ALLOWED = {
    "FREQ": "(SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)",
    "INTERVAL": r"0*[1-9]\d*",
    "COUNT": r"0*[1-9]\d*",
    "UNTIL": r"\d{8}(T\d{6}Z?)?",
    "WKST": _WEEKDAY,
    "BYDAY": rf"([+-]?\d{{1,2}})?{_WEEKDAY}",
    "BYMONTH": r"(0?[1-9]|1[0-3])L?",
    "BYMONTHDAY": r"[+-]?(0?[1-9]|[12]\d|3[01])",
    "BYYEARDAY": r"[+-]?\d{1,3}",
    "BYWEEKNO": r"[+-]?(0?[1-9]|[1-4]\d|5[0-3])",
    "BYSETPOS": r"[+-]?\d{1,3}",
    "BYHOUR": r"(0?\d|1\d|2[0-3])",
    "BYMINUTE": r"[0-5]?\d",
    "BYSECOND": r"([0-5]?\d|60)",
    "RSCALE": r"[A-Z0-9-]+",
    "SKIP": "(OMIT|BACKWARD|FORWARD)",
}
"""What a part may hold; those that begin with BY hold a list of it.

RSCALE, SKIP and a thirteenth month come from RFC 7529.
"""


def _parts(line: ContentLine) -> list[tuple[str, str]]:
    """The names and values of what a rule says, as often as it says them."""
    parts = (part.partition("=") for part in line.value.strip().upper().split(";"))
    return [(name, value) for name, _, value in parts]


def _rules(entry: Component) -> Iterator[tuple[ContentLine, dict[str, str]]]:
    """Each RRULE with its parts."""
    return ((line, dict(_parts(line))) for line in entry.all("RRULE"))


@RULES.error(
    "rule",
    "The RRULE's {about} is none of RFC 5545 §3.3.10, and"
    " libical drops the whole rule: the entry takes place once.",
)
def _part(entry: Component) -> Iterator[Found]:
    for line in entry.all("RRULE"):
        for part in line.value.strip().upper().split(";"):
            name, _, value = part.partition("=")
            values = value.split(",") if name.startswith("BY") else [value]
            pattern = _ALLOWED.get(name, ".*" if name.startswith("X-") else None)
            if pattern is None or not all(re.fullmatch(pattern, v, re.ASCII) for v in values):
                yield line, part[:40] or Message("empty part")


RULES.error("rule", "The RRULE has no FREQ (RFC 5545 §3.3.10).")(
    lambda entry: (line for line, parts in _rules(entry) if "FREQ" not in parts)
)
RULES.warning(
    "rule", "{about} in the RRULE is in no standard, and icalendar refuses the rule: leave it out."
)(lambda entry: ((n, part) for n, parts in _rules(entry) for part in parts if part[:2] == "X-"))


@RULES.error(
    "rule", "The RRULE says {about} twice (RFC 5545 §3.3.10), and programs differ in which counts."
)
def _twice(entry: Component) -> Iterator[Found]:
    for line, parts in _rules(entry):
        said = [name for name, _ in _parts(line)]
        yield from ((line, name) for name in parts if said.count(name) > 1)


RULES.warning(
    "exdate-alone",
    "EXDATE takes dates out of a series, and nothing recurs here: some programs show the entry and"
    " some do not.",
)(lambda entry: [] if any(map(entry.get, _SERIES)) else entry.all("EXDATE")[:1])
RULES.warning(
    "date-type",
    "{at.name} gives dates without ;VALUE=DATE (RFC 5545 §3.3.4), which strict parsers take for"
    " broken times: add it.",
)(each(lambda n: re.match(r"\s*\d{8}\s*(,|$)", n.value) and not says_date(n), "RDATE", "EXDATE"))
RULES.error("rule", "COUNT and UNTIL exclude each other (RFC 5545 §3.3.10): keep one.")(
    lambda entry: (n for n, parts in _rules(entry) if {"COUNT", "UNTIL"} <= parts.keys())
)


def _untils(entry: Component, of_one_kind: bool) -> Iterator[tuple[ContentLine, str]]:
    """Each rule with its UNTIL, as far as it is of the kind of DTSTART, or as far as it is not."""
    start = date_or_time_or_none(entry.get("DTSTART"))
    for line, parts in _rules(entry):
        until = parts.get("UNTIL")
        if start is not None and until is not None:
            is_one_kind = ("T" in until) == isinstance(start, datetime)
            if is_one_kind == of_one_kind:
                yield line, until


RULES.error(
    "rule",
    "UNTIL must be a date if DTSTART is one, and a time if it is one; Google and"
    " libical disagree about anything else.",
)(lambda entry: (line for line, _ in _untils(entry, of_one_kind=False)))


@RULES.error("rule", "UNTIL: {about}.")
def _until(entry: Component) -> Iterator[Found]:
    for line, until in _untils(entry, of_one_kind=True):
        try:
            date_or_time(until)
        except ValueError as problem:
            yield line, problem


def _first_odd(entry: Component) -> Iterator[tuple[ContentLine, date | ValueError]]:
    """The first of the dates in each list that is no date, or not of the kind of DTSTART."""
    start = date_or_time_or_none(entry.get("DTSTART"))
    if start is None:
        return
    for line in entry.lines:
        if line.name in ("EXDATE", "RDATE"):
            for one in line.value.split(","):
                try:
                    value: date | ValueError = date_or_time(one.partition("/")[0])
                except ValueError as problem:
                    value = problem
                if isinstance(value, ValueError) or is_day(value) != is_day(start):
                    yield line, value
                    break


RULES.error("date", "{at.name}: {about}.")(
    lambda entry: (found for found in _first_odd(entry) if isinstance(found[1], ValueError))
)


@RULES.warning(
    "recurrence-type",
    "{at.name} gives dates where DTSTART gives a time, or the other way round, and"
    " programs then {about}: write the same kind.",
)
def _kind(entry: Component) -> Iterator[Found]:
    for line, odd in _first_odd(entry):
        if not isinstance(odd, ValueError):
            outs = line.name == "EXDATE"
            yield line, Message("take nothing out") if outs else Message("may add nothing")


def _misused(parts: dict[str, str]) -> Iterator[Message]:
    """What the parts of a rule say that its frequency does not allow."""
    frequency = parts.get("FREQ", "")
    if "BYWEEKNO" in parts and frequency != "YEARLY":
        yield Message("BYWEEKNO wants FREQ=YEARLY")
    if frequency not in ("MONTHLY", "YEARLY") and re.search(r"\d", parts.get("BYDAY", "")):
        yield Message("a number in BYDAY wants FREQ=MONTHLY or YEARLY")
    if "BYSETPOS" in parts and not any(name[:2] == "BY" for name in parts.keys() - {"BYSETPOS"}):
        yield Message("BYSETPOS wants another BY part to choose from")


@RULES.error(
    "rule", "In the RRULE {about} (RFC 5545 §3.3.10), and programs drop the rule or throw on it."
)
def _misuse(entry: Component) -> Iterator[Found]:
    return ((line, said) for line, parts in _rules(entry) for said in _misused(parts))


@RULES.error("rule", "UNTIL lies before DTSTART, so the entry may take place never.")
def _ended(entry: Component) -> Iterator[Found]:
    start = entry.get("DTSTART")
    for line, until in _untils(entry, of_one_kind=True):
        if start is not None and until[:8] < start.value.strip()[:8]:
            yield line


RULES.warning(
    "rule",
    "RSCALE={about:.20} recurs by another calendar (RFC 7529), which most programs follow as if it"
    " were Gregorian, and `import ics` refuses: list the dates as RDATE.",
)(
    lambda entry: (
        (n, kind) for n, p in _rules(entry) if (kind := p.get("RSCALE", _USUAL)) != _USUAL
    )
)
RULES.warning(
    "exrule",
    "EXRULE is obsolete (RFC 5545 §A.3): programs ignore it and show what it takes out, and"
    " `import ics` refuses the entry. List the dates as EXDATE.",
)(first("EXRULE"))
