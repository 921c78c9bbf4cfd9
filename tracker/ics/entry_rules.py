"""Rules on single entries: events, tasks, journals and their alarms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime

from tracker.ics.fault import Fault, Severity
from tracker.ics.scan import ITEMS, Component, Line
from tracker.ics.values import duration, moment, unescaped, whole

_STATUSES = {
    "VEVENT": ("TENTATIVE", "CONFIRMED", "CANCELLED"),
    "VTODO": ("NEEDS-ACTION", "IN-PROCESS", "COMPLETED", "CANCELLED"),
    "VJOURNAL": ("DRAFT", "FINAL", "CANCELLED"),
}
_ONCE = frozenset({
    *("CLASS", "COLOR", "COMPLETED", "CREATED", "DTEND", "DTSTAMP", "DTSTART"),
    *("DUE", "DURATION", "GEO", "LAST-MODIFIED", "LOCATION", "ORGANIZER", "PERCENT-COMPLETE"),
    *("PRIORITY", "RECURRENCE-ID", "RRULE", "SEQUENCE", "STATUS", "SUMMARY", "TRANSP", "UID"),
    "URL",
})  # fmt: skip
_DATES = ("DTSTART", "DTEND", "DUE", "RECURRENCE-ID")
_STAMPS = ("DTSTAMP", "CREATED", "LAST-MODIFIED", "COMPLETED")
_NUMBERS = {"SEQUENCE": (0, 2**31 - 1), "PRIORITY": (0, 9), "PERCENT-COMPLETE": (0, 100)}
_TEXTS = frozenset({"SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "NAME", "X-WR-CALNAME"})
_UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*[,;]")
_WRONG_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\(?![\\,;nN])")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#$%&'()*+,/0-9:;=?@A-Z\[\]_a-z~.-]+")


def entry_faults(calendar: Component) -> Iterator[Fault]:
    """Faults of all entries of a calendar, alarms within them included."""
    for line in calendar.lines:
        yield from _text(line)
    for entry in calendar.parts:
        if entry.name not in ITEMS:
            continue
        for rule in _RULES:
            yield from rule(entry)
        for line in entry.lines:
            yield from _text(line)
        for alarm in entry.parts:
            if alarm.name == "VALARM":
                yield from _alarm(alarm, entry)


def _error(line: int, code: str, message: str) -> Fault:
    return Fault(line, code, Severity.ERROR, message)


def _warning(line: int, code: str, message: str) -> Fault:
    return Fault(line, code, Severity.WARNING, message)


def _note(line: int, code: str, message: str) -> Fault:
    return Fault(line, code, Severity.NOTE, message)


def _identity(entry: Component) -> Iterator[Fault]:
    uid, start = entry.get("UID"), entry.get("DTSTART") or entry.get("DUE")
    if uid is None or not uid.value.strip():
        yield _error(
            entry.first if uid is None else uid.number,
            "uid-missing",
            "There is no UID (RFC 5545 §3.8.4.7), and each update makes the entry anew, without"
            " people's alarms: give it one that never changes.",
        )
        return
    digits = re.sub(r"\D", "", start.value[:8]) if start is not None else ""
    if len(digits) == 8 and digits in uid.value.replace("-", ""):
        yield _warning(
            uid.number,
            "uid-from-date",
            "The UID holds the entry's date, so a new date makes a second entry and leaves the"
            " old one: make the UID from what never changes.",
        )
    title = entry.get("SUMMARY")
    words = _slug(title.value) if title is not None else ""
    if len(words) >= 8 and words in _slug(uid.value):
        yield _warning(
            uid.number,
            "uid-from-title",
            "The UID holds the entry's title, so a corrected title makes a second entry: make"
            " the UID from what never changes.",
        )


def _slug(value: str) -> str:
    return "".join(c for c in unescaped(value).casefold() if c.isalnum())


def _revision(entry: Component) -> Iterator[Fault]:
    if entry.get("DTSTAMP") is None:
        yield _error(
            entry.first,
            "dtstamp-missing",
            "There is no DTSTAMP (RFC 5545 §3.8.7.2), without which Outlook refuses the entry:"
            " write the time of its last change, in UTC.",
        )
    missing = [name for name in ("LAST-MODIFIED", "SEQUENCE") if entry.get(name) is None]
    if missing:
        yield _warning(
            entry.first,
            "revision-missing",
            f"There is no {' and no '.join(missing)}: Evolution and ICSx5 notice changes by them."
            " Change both, and DTSTAMP, when the entry changes, and never otherwise.",
        )
    for line in entry.lines:
        if line.name in _STAMPS:
            value = _moment(line)
            if not isinstance(value, datetime) or value.tzinfo is None:
                yield _error(
                    line.number,
                    "stamp",
                    f"{line.name}:{line.value[:30]} is no time in UTC such as 20210630T090000Z.",
                )


def _moment(line: Line | None) -> date | datetime | None:
    try:
        return None if line is None else moment(line.value)
    except ValueError:
        return None


def _dates(entry: Component) -> Iterator[Fault]:
    for line in (found for name in _DATES if (found := entry.get(name)) is not None):
        value = _moment(line)
        parameters = line.parameters
        said_date = parameters.get("VALUE", "").upper() == "DATE"
        if value is None:
            yield _error(
                line.number,
                "date",
                f"{line.name}:{line.value[:30]} is no date of the calendar, and the entry is lost.",
            )
        elif isinstance(value, datetime) and said_date:
            yield _error(
                line.number,
                "date-type",
                f"{line.name} says VALUE=DATE and gives a time: leave it out.",
            )
        elif not isinstance(value, datetime) and not said_date:
            yield _error(
                line.number,
                "date-type",
                f"{line.name} gives a date without ;VALUE=DATE (RFC 5545 §3.3.4), which strict"
                " parsers take for a broken time: add it.",
            )
        elif not isinstance(value, datetime) and "TZID" in parameters:
            yield _warning(
                line.number,
                "date-zone",
                f"{line.name} gives a date, which has no timezone: drop TZID.",
            )
    if entry.name == "VEVENT" and entry.get("DTSTART") is None:
        yield _error(
            entry.first,
            "dtstart-missing",
            "The event has no DTSTART (RFC 5545 §3.6.1), so no program knows where to show it.",
        )


def _span(entry: Component) -> Iterator[Fault]:
    start_line = entry.get("DTSTART")
    end_line = entry.get("DTEND" if entry.name == "VEVENT" else "DUE")
    start, end = _moment(start_line), _moment(end_line)
    if end_line is not None and (lasting := entry.get("DURATION")) is not None:
        yield _error(
            lasting.number,
            "two-ends",
            f"DURATION and {end_line.name} exclude each other (RFC 5545 §3.6): keep one.",
        )
    if start is None or end is None or end_line is None:
        return
    if isinstance(start, datetime) != isinstance(end, datetime):
        yield _error(
            end_line.number,
            "end-type",
            f"DTSTART and {end_line.name} must both be dates or both be times (RFC 5545 §3.8.2).",
        )
    elif not isinstance(start, datetime) and entry.name == "VEVENT" and end == start:
        yield _error(
            end_line.number,
            "end-exclusive",
            "DTEND is the day after the last (RFC 5545 §3.6.1), so this event lasts no day and"
            " some programs hide it: write the next day.",
        )
    elif _naive(end) < _naive(start):
        yield _error(end_line.number, "end-before-start", f"{end_line.name} lies before DTSTART.")


def _naive(value: date | datetime) -> date | datetime:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _state(entry: Component) -> Iterator[Fault]:
    status = entry.get("STATUS")
    allowed = _STATUSES[entry.name]
    if status is not None and status.value.strip().upper() not in allowed:
        yield _error(
            status.number,
            "status",
            f"STATUS:{status.value[:20]} is not for a {entry.name} (RFC 5545 §3.8.1.11), where"
            f" {', '.join(allowed)} are; say the rest in the title.",
        )
    if status is not None and entry.name == "VTODO":
        is_done = status.value.strip().upper() == "COMPLETED"
        if is_done and entry.get("COMPLETED") is None:
            yield _note(
                status.number,
                "completed-missing",
                "The task is completed and COMPLETED does not say when.",
            )
    start = _moment(entry.get("DTSTART"))
    all_day = start is not None and not isinstance(start, datetime)
    if entry.name == "VEVENT" and all_day and entry.get("TRANSP") is None:
        yield _note(
            entry.first,
            "transp",
            "An event of whole days without TRANSP:TRANSPARENT shows its readers as busy.",
        )


def _properties(entry: Component) -> Iterator[Fault]:
    seen: set[str] = set()
    for line in entry.lines:
        if line.name in seen and line.name in _ONCE:
            yield _error(
                line.number, "cardinality", f"{line.name} stands here again, and may stand once."
            )
        seen.add(line.name)
        if line.name in _NUMBERS:
            try:
                whole(line, *_NUMBERS[line.name])
            except ValueError as error:
                yield _error(line.number, "number", f"{line.name}: {error}.")
        elif line.name == "URL" and not _URI.fullmatch(line.value):
            yield _warning(
                line.number,
                "url",
                "The URL is no URI (RFC 3986), and programs cut it or do not open it:"
                " percent-encode spaces and letters outside ASCII.",
            )
        elif line.name == "RRULE":
            yield from _rule(line, _moment(entry.get("DTSTART")))
    if "SUMMARY" not in seen:
        yield _warning(entry.first, "summary", "There is no SUMMARY, and nothing to read.")


def _rule(line: Line, start: date | datetime | None) -> Iterator[Fault]:
    parts = dict(p.split("=", 1) for p in line.value.upper().split(";") if "=" in p)
    if "FREQ" not in parts:
        yield _error(line.number, "rule", "The RRULE has no FREQ (RFC 5545 §3.3.10).")
    if "COUNT" in parts and "UNTIL" in parts:
        yield _error(
            line.number, "rule", "COUNT and UNTIL exclude each other (RFC 5545 §3.3.10): keep one."
        )
    if "UNTIL" in parts and start is not None:
        has_time = "T" in parts["UNTIL"]
        if has_time != isinstance(start, datetime):
            yield _error(
                line.number,
                "rule",
                "UNTIL must be a date if DTSTART is one, and a time if it is one; Google and"
                " libical disagree about anything else.",
            )


def _text(line: Line) -> Iterator[Fault]:
    if line.name not in _TEXTS:
        return
    if _UNESCAPED.search(line.value):
        yield _warning(
            line.number,
            "unescaped",
            f"{line.name} holds a comma or semicolon without a backslash (RFC 5545 §3.3.11), and"
            " strict parsers end the text there.",
        )
    if _WRONG_ESCAPE.search(line.value):
        yield _warning(
            line.number,
            "escape",
            f"{line.name} holds a backslash that escapes nothing: write \\\\ for a backslash.",
        )


def _alarm(alarm: Component, entry: Component) -> Iterator[Fault]:
    action, trigger = alarm.get("ACTION"), alarm.get("TRIGGER")
    if action is None or trigger is None:
        missing = "ACTION" if action is None else "TRIGGER"
        yield _error(
            alarm.first,
            "alarm",
            f"The alarm has no {missing} (RFC 5545 §3.6.6), and libical drops the whole entry.",
        )
        return
    if action.value.strip().upper() == "DISPLAY" and alarm.get("DESCRIPTION") is None:
        yield _error(
            alarm.first, "alarm", "An alarm to DISPLAY wants a DESCRIPTION (RFC 5545 §3.6.6)."
        )
    parameters = trigger.parameters
    if parameters.get("VALUE", "").upper() == "DATE-TIME":
        return
    if parameters.get("RELATED", "").upper() == "END" and not any(
        entry.get(name) is not None for name in ("DTEND", "DUE", "DURATION")
    ):
        yield _error(trigger.number, "alarm", "The alarm is set to an end that the entry has not.")
    yield from _ring(trigger, _moment(entry.get("DTSTART") or entry.get("DUE")))


def _ring(trigger: Line, start: date | datetime | None) -> Iterator[Fault]:
    try:
        before = duration(trigger.value)
    except ValueError as error:
        yield _error(trigger.number, "alarm", f"TRIGGER: {error}.")
        return
    if start is not None and not isinstance(start, datetime) and before.seconds == 0:
        yield _note(
            trigger.number,
            "alarm-at-midnight",
            "An all-day entry begins at midnight, and so this alarm rings at midnight: -PT15H"
            " rings at 9 in the morning of the day before.",
        )


_RULES: tuple[Callable[[Component], Iterator[Fault]], ...] = (
    _identity,
    _revision,
    _dates,
    _span,
    _state,
    _properties,
)
