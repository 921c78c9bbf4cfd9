"""Rules on single entries: events, tasks, journals and their alarms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime

from tracker.ics.check.alarms import alarm_faults
from tracker.ics.check.dates import date_faults
from tracker.ics.check.fault import Fault, error, note, warning
from tracker.ics.check.recurrences import recurrence_faults
from tracker.ics.check.texts import text_faults
from tracker.ics.scan import ITEMS, Component, Line
from tracker.ics.values import moment_or_none, unescaped, whole
from tracker.ics.wording import MARKS

_STATUSES = {
    "VEVENT": ("TENTATIVE", "CONFIRMED", "CANCELLED"),
    "VTODO": ("NEEDS-ACTION", "IN-PROCESS", "COMPLETED", "CANCELLED"),
    "VJOURNAL": ("DRAFT", "FINAL", "CANCELLED"),
}
_ONCE = frozenset({
    *("CLASS", "COLOR", "COMPLETED", "CREATED", "DTEND", "DTSTAMP", "DTSTART"),
    *("DUE", "DURATION", "GEO", "LAST-MODIFIED", "LOCATION", "ORGANIZER", "PERCENT-COMPLETE"),
    *("PRIORITY", "RECURRENCE-ID", "SEQUENCE", "STATUS", "SUMMARY", "TRANSP", "UID"),
    "URL",
})  # fmt: skip
_MISPLACED = {
    "VEVENT": frozenset({"DUE", "COMPLETED", "PERCENT-COMPLETE"}),
    "VTODO": frozenset({"DTEND", "TRANSP"}),
    "VJOURNAL": frozenset({"DTEND", "DUE", "DURATION", "TRANSP", "PERCENT-COMPLETE", "COMPLETED"}),
}
LONGEST_UID = 255
"""Octets; programs need keep no more (RFC 7986 §5.3)."""

GONE = (MARKS["removed"], MARKS["date withdrawn"])
_STAMPS = ("DTSTAMP", "CREATED", "LAST-MODIFIED", "COMPLETED")
_NUMBERS = {"SEQUENCE": (0, 2**31 - 1), "PRIORITY": (0, 9), "PERCENT-COMPLETE": (0, 100)}
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#$%&'()*+,/0-9:;=?@A-Z\[\]_a-z~.-]+")


def entry_faults(calendar: Component) -> Iterator[Fault]:
    """Faults of all entries of a calendar, alarms within them included."""
    for entry in calendar.parts:
        if entry.name not in ITEMS:
            continue
        for rule in _RULES:
            yield from rule(entry)


def _identity(entry: Component) -> Iterator[Fault]:
    uid, start = entry.get("UID"), entry.get("DTSTART") or entry.get("DUE")
    if uid is None or not uid.value.strip():
        yield error(
            entry.first if uid is None else uid.number,
            "uid-missing",
            "There is no UID (RFC 5545 §3.8.4.7), and each update makes the entry anew, without"
            " people's alarms: give it one that never changes.",
        )
        return
    digits = re.sub(r"\D", "", start.value[:8]) if start is not None else ""
    if len(digits) == 8 and digits in uid.value.replace("-", ""):
        yield warning(
            uid.number,
            "uid-from-date",
            "The UID holds the entry's date, so a new date makes a second entry and leaves the"
            " old one: make the UID from what never changes.",
        )
    if len(uid.value.encode(errors="replace")) > LONGEST_UID:
        yield warning(
            uid.number,
            "uid-long",
            f"The UID is longer than {LONGEST_UID} octets, which is all that programs need keep"
            " (RFC 7986 §5.3).",
        )
    title = entry.get("SUMMARY")
    words = _slug(title.value) if title is not None else ""
    if len(words) >= 8 and words in _slug(uid.value):
        yield warning(
            uid.number,
            "uid-from-title",
            "The UID holds the entry's title, so a corrected title makes a second entry: make"
            " the UID from what never changes.",
        )


def _slug(value: str) -> str:
    return "".join(c for c in unescaped(value).casefold() if c.isalnum())


def _revision(entry: Component) -> Iterator[Fault]:
    if entry.get("DTSTAMP") is None:
        yield error(
            entry.first,
            "dtstamp-missing",
            "There is no DTSTAMP (RFC 5545 §3.8.7.2), without which Outlook refuses the entry:"
            " write the time of its last change, in UTC.",
        )
    missing = [name for name in ("LAST-MODIFIED", "SEQUENCE") if entry.get(name) is None]
    if missing:
        yield warning(
            entry.first,
            "revision-missing",
            f"There is no {' and no '.join(missing)}: Evolution and ICSx5 notice changes by them."
            " Change both, and DTSTAMP, when the entry changes, and never otherwise.",
        )
    for line in entry.lines:
        if line.name in _STAMPS:
            value = moment_or_none(line)
            if not isinstance(value, datetime) or value.tzinfo is None:
                yield error(
                    line.number,
                    "stamp",
                    f"{line.name}:{line.value[:30]} is no time in UTC such as 20210630T090000Z.",
                )


def _place(entry: Component) -> Iterator[Fault]:
    for line in entry.lines:
        if line.name in _MISPLACED[entry.name]:
            yield error(
                line.number,
                "misplaced",
                f"{line.name} is not for a {entry.name} (RFC 5545 §3.6): programs pass over it,"
                " and libical calls the entry wrong.",
            )


def _state(entry: Component) -> Iterator[Fault]:
    status = entry.get("STATUS")
    allowed = _STATUSES[entry.name]
    if status is not None and status.value.strip().upper() not in allowed:
        yield error(
            status.number,
            "status",
            f"STATUS:{status.value[:20]} is not for a {entry.name} (RFC 5545 §3.8.1.11), where"
            f" {', '.join(allowed)} are; say the rest in the title.",
        )
    if status is not None and entry.name == "VTODO":
        is_done = status.value.strip().upper() == "COMPLETED"
        if is_done and entry.get("COMPLETED") is None:
            yield note(
                status.number,
                "completed-missing",
                "The task is completed and COMPLETED does not say when.",
            )
    if entry.name == "VEVENT":
        yield from _show(entry, status)


def _show(entry: Component, status: Line | None) -> Iterator[Fault]:
    """Faults of how an event is shown."""
    start, transparency = moment_or_none(entry.get("DTSTART")), entry.get("TRANSP")
    if transparency is not None:
        if transparency.value.strip().upper() not in ("OPAQUE", "TRANSPARENT"):
            yield error(
                transparency.number,
                "transp",
                "TRANSP is OPAQUE or TRANSPARENT (RFC 5545 §3.8.2.7), and anything else is busy.",
            )
    elif start is not None and not isinstance(start, datetime):
        yield note(
            entry.first,
            "transp",
            "An event of whole days without TRANSP:TRANSPARENT shows its readers as busy.",
        )
    if status is not None and status.value.strip().upper() == "CANCELLED" and _stands(entry):
        yield note(
            status.number,
            "cancelled-hidden",
            "Google hides STATUS:CANCELLED events, which is right for what is to vanish: if people"
            " should see that it was cancelled, say so in the title and write CONFIRMED.",
        )


def _stands(entry: Component) -> bool:
    """Whether nothing says that an event is announced as gone, or is one of a series."""
    title = entry.get("SUMMARY")
    gone = title is not None and unescaped(title.value).startswith(GONE)
    return not gone and entry.get("RECURRENCE-ID") is None


def _properties(entry: Component) -> Iterator[Fault]:
    seen: set[str] = set()
    for line in entry.lines:
        if line.name in seen and line.name in _ONCE:
            yield error(
                line.number, "cardinality", f"{line.name} stands here again, and may stand once."
            )
        elif line.name in seen and line.name == "RRULE":
            yield warning(
                line.number,
                "cardinality",
                "A second RRULE stands here (RFC 5545 §3.8.5.3 advises against it), and"
                " programs differ in what they make of two.",
            )
        seen.add(line.name)
        if line.name in _NUMBERS:
            try:
                whole(line, *_NUMBERS[line.name])
            except ValueError as problem:
                yield error(line.number, "number", f"{line.name}: {problem}.")
        elif line.name == "URL" and not _URI.fullmatch(line.value):
            yield warning(
                line.number,
                "url",
                "The URL is no URI (RFC 3986), and programs cut it or do not open it:"
                " percent-encode spaces and letters outside ASCII.",
            )
    if "SUMMARY" not in seen:
        yield warning(entry.first, "summary", "There is no SUMMARY, and nothing to read.")


_RULES: tuple[Callable[[Component], Iterator[Fault]], ...] = (
    _identity,
    _revision,
    date_faults,
    _place,
    _state,
    _properties,
    alarm_faults,
    recurrence_faults,
    text_faults,
)
