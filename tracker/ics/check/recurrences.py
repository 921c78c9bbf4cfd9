"""Rules on what recurs: its rule, the dates added to it and taken from it (RFC 5545 §3.3.10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from tracker.ics.check.fault import Fault, error, warning
from tracker.ics.scan import Component, Line
from tracker.ics.values import moment, moment_or_none

_WEEKDAY = "(SU|MO|TU|WE|TH|FR|SA)"
_PARTS = {
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


def recurrence_faults(entry: Component) -> Iterator[Fault]:
    """Faults of what makes one entry recur."""
    start = moment_or_none(entry.get("DTSTART"))
    for line in entry.lines:
        if line.name == "RRULE":
            yield from _rule(line, start)
        elif line.name in ("EXDATE", "RDATE"):
            yield from _listed(line, start)


def _rule(line: Line, start: date | datetime | None) -> Iterator[Fault]:
    parts: dict[str, str] = {}
    for part in line.value.strip().upper().split(";"):
        name, _, value = part.partition("=")
        values = value.split(",") if name.startswith("BY") else [value]
        pattern = _PARTS.get(name)
        if name.startswith("X-"):
            continue
        if pattern is None or not all(re.fullmatch(pattern, v, re.ASCII) for v in values):
            yield error(
                line.number,
                "rule",
                f"The RRULE's {part[:40] or 'empty part'} is none of RFC 5545 §3.3.10, and"
                " libical drops the whole rule: the entry takes place once.",
            )
        parts[name] = value
    if "FREQ" not in parts:
        yield error(line.number, "rule", "The RRULE has no FREQ (RFC 5545 §3.3.10).")
    if "COUNT" in parts and "UNTIL" in parts:
        yield error(
            line.number, "rule", "COUNT and UNTIL exclude each other (RFC 5545 §3.3.10): keep one."
        )
    if "UNTIL" in parts and start is not None:
        yield from _until(line, parts["UNTIL"], start)


def _until(line: Line, until: str, start: date | datetime) -> Iterator[Fault]:
    if ("T" in until) != isinstance(start, datetime):
        yield error(
            line.number,
            "rule",
            "UNTIL must be a date if DTSTART is one, and a time if it is one; Google and"
            " libical disagree about anything else.",
        )
        return
    try:
        moment(until)
    except ValueError as problem:
        yield error(line.number, "rule", f"UNTIL: {problem}.")


def _listed(line: Line, start: date | datetime | None) -> Iterator[Fault]:
    if start is None:
        return
    for one in line.value.split(","):
        try:
            value = moment(one.partition("/")[0])
        except ValueError as problem:
            yield error(line.number, "date", f"{line.name}: {problem}.")
            return
        if isinstance(value, datetime) != isinstance(start, datetime):
            does = "take nothing out" if line.name == "EXDATE" else "may add nothing"
            yield warning(
                line.number,
                "recurrence-type",
                f"{line.name} gives dates where DTSTART gives a time, or the other way round, and"
                f" programs then {does}: write the same kind.",
            )
            return
