"""Rules on single entries: events, tasks and journals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from tracker.ics.check.rule import Found, Rules, each, lacks, repeated, unreadable, when
from tracker.ics.scan import Component, ContentLine
from tracker.ics.values import date_or_time_or_none, integer, is_day, is_instant, unescaped
from tracker.ics.wording import MARKS

RULES: Rules[Component] = Rules()

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


def _uid(entry: Component) -> Iterator[ContentLine]:
    yield from (uid for uid in entry.all("UID")[:1] if uid.value.strip())


RULES.error(
    "uid-missing",
    "There is no UID (RFC 5545 §3.8.4.7), and each update makes the entry anew, without"
    " people's alarms: give it one that never changes.",
)(lambda entry: [] if any(_uid(entry)) else [entry.get("UID") or entry])


@RULES.warning(
    "uid-from-date",
    "The UID holds the entry's date, so a new date makes a second entry and leaves the"
    " old one: make the UID from what never changes.",
)
def _uid_from_date(entry: Component) -> Iterator[Found]:
    start = entry.get("DTSTART") or entry.get("DUE")
    digits = re.sub(r"\D", "", start.value[:8]) if start is not None else ""
    for uid in _uid(entry):
        if len(digits) == 8 and digits in uid.value.replace("-", ""):
            yield uid


RULES.warning(
    "uid-long",
    "The UID is longer than {about} octets, which is all that programs need keep (RFC 7986 §5.3).",
)(
    lambda entry: (
        (uid, LONGEST_UID)
        for uid in _uid(entry)
        if len(uid.value.encode(errors="replace")) > LONGEST_UID
    )
)


@RULES.warning(
    "uid-from-title",
    "The UID holds the entry's title, so a corrected title makes a second entry: make"
    " the UID from what never changes.",
)
def _uid_from_title(entry: Component) -> Iterator[Found]:
    title = entry.get("SUMMARY")
    words = _slug(title.value) if title is not None else ""
    for uid in _uid(entry):
        if len(words) >= 8 and words in _slug(uid.value):
            yield uid


def _slug(value: str) -> str:
    return "".join(c for c in unescaped(value).casefold() if c.isalnum())


RULES.error(
    "dtstamp-missing",
    "There is no DTSTAMP (RFC 5545 §3.8.7.2), without which Outlook refuses the entry:"
    " write the time of its last change, in UTC.",
)(lacks("DTSTAMP"))


@RULES.warning(
    "revision-missing",
    "These are missing: {about}. Evolution and ICSx5 notice changes by them."
    " Change both, and DTSTAMP, when the entry changes, and never otherwise.",
)
def _no_revision(entry: Component) -> Iterator[Found]:
    missing = [name for name in ("LAST-MODIFIED", "SEQUENCE") if entry.get(name) is None]
    if missing:
        yield entry, tuple(missing)


RULES.error("stamp", "{at.name}:{at.value:.30} is no time in UTC such as 20210630T090000Z.")(
    each(lambda line: not is_instant(date_or_time_or_none(line)), *_STAMPS)
)
RULES.error(
    "misplaced",
    "{at.name} is not for a {about} (RFC 5545 §3.6): programs pass over it,"
    " and libical calls the entry wrong.",
)(lambda entry: ((n, entry.name) for n in entry.lines if n.name in _MISPLACED[entry.name]))


@RULES.error(
    "status",
    "STATUS:{at.value:.20} is none of those that there are (RFC 5545 §3.8.1.11): {about}. Say the"
    " rest in the title.",
)
def _status(entry: Component) -> Iterator[Found]:
    allowed = _STATUSES[entry.name]
    if (word := _word(entry, "STATUS")) is not None and word not in allowed:
        yield entry.named["STATUS"], allowed


def _word(entry: Component, name: str) -> str | None:
    line = entry.get(name)
    return None if line is None else line.value.strip().upper()


@RULES.note("completed-missing", "The task is completed and COMPLETED does not say when.")
def _completed(entry: Component) -> Iterator[Found]:
    is_done = entry.name == "VTODO" and _word(entry, "STATUS") == "COMPLETED"
    if is_done and entry.get("COMPLETED") is None:
        yield entry.named["STATUS"]


@RULES.error(
    "transp", "TRANSP is OPAQUE or TRANSPARENT (RFC 5545 §3.8.2.7), and anything else is busy."
)
def _transparency(entry: Component) -> Iterator[Found]:
    if entry.name == "VEVENT" and _word(entry, "TRANSP") not in (None, "OPAQUE", "TRANSPARENT"):
        yield entry.named["TRANSP"]


@RULES.note(
    "transp", "An event of whole days without TRANSP:TRANSPARENT shows its readers as busy."
)
def _busy(entry: Component) -> Iterator[Found]:
    start = entry.get("DTSTART")
    if (
        entry.name == "VEVENT"
        and entry.get("TRANSP") is None
        and is_day(date_or_time_or_none(start))
    ):
        yield entry


@RULES.note(
    "cancelled-hidden",
    "Google hides STATUS:CANCELLED events, which is right for what is to vanish: if people"
    " should see that it was cancelled, say so in the title and write CONFIRMED.",
)
def _hidden(entry: Component) -> Iterator[Found]:
    if entry.name == "VEVENT" and _word(entry, "STATUS") == "CANCELLED" and _stands(entry):
        yield entry.named["STATUS"]


def _stands(entry: Component) -> bool:
    """Whether nothing says that an event is announced as gone, or is one of a series."""
    title = entry.get("SUMMARY")
    gone = title is not None and unescaped(title.value).startswith(GONE)
    return not gone and entry.get("RECURRENCE-ID") is None


RULES.error("cardinality", "{at.name} stands here again, and may stand once.")(
    lambda entry: (n for n in entry.lines if n.name in _ONCE and n is not entry.named[n.name])
)
RULES.warning(
    "cardinality",
    "A second RRULE stands here (RFC 5545 §3.8.5.3 advises against it), and"
    " programs differ in what they make of two.",
)(repeated("RRULE"))


RULES.error("number", "{at.name}: {about}.")(
    unreadable(lambda line: integer(line, *_NUMBERS[line.name]), *_NUMBERS)
)
RULES.warning(
    "url",
    "The URL is no URI (RFC 3986), and programs cut it or do not open it:"
    " percent-encode spaces and letters outside ASCII.",
)(each(lambda line: not _URI.fullmatch(line.value), "URL"))
RULES.warning("summary", "There is no SUMMARY, and nothing to read.")(
    lambda entry: [] if _word(entry, "SUMMARY") else [entry.get("SUMMARY") or entry]
)


_OWN_SCHEMES = ("http://", "https://", "urn:")
_GEO = re.compile(r"\s*[+-]?\d+(\.\d+)?;[+-]?\d+(\.\d+)?\s*", re.ASCII)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.+", re.DOTALL)

RULES.warning(
    "geo", "GEO is two numbers with a semicolon between (RFC 5545 §3.8.1.6); strict parsers throw."
)(each(lambda line: not _GEO.fullmatch(line.value), "GEO"))
RULES.warning(
    "organizer", "{at.name} has no scheme such as mailto: (RFC 5545 §3.8.4), and programs drop it."
)(each(lambda line: not _SCHEME.fullmatch(line.value), "ORGANIZER", "ATTENDEE"))
RULES.error(
    "cardinality",
    "DESCRIPTION stands here again, and may stand once; programs show one of the two.",
)(lambda entry: entry.all("DESCRIPTION")[1:] if entry.name != "VJOURNAL" else [])
RULES.warning(
    "vcalendar",
    "{at.name} gives an ENCODING or a CHARSET as vCalendar 1.0 did, and programs show the text as"
    " it stands: write plain UTF-8.",
)(
    lambda entry: (
        line
        for line in entry.lines
        if line.name not in ("ATTACH", "IMAGE")
        and line.raw_parameters
        and {"ENCODING", "CHARSET", "QUOTED-PRINTABLE", "BASE64"} & line.parameters.keys()
    )
)
RULES.note(
    "url",
    "The URL is no address on the web, and people cannot open it everywhere; `import ics` leaves it"
    " out.",
)(each(lambda n: _URI.fullmatch(n.value) and not n.value.lower().startswith(_OWN_SCHEMES), "URL"))


RULES.note(
    "created",
    "CREATED lies before 1971, which programs write that do not know: leave it out, as"
    " `import ics` does.",
)(each(lambda n: isinstance(at := date_or_time_or_none(n), datetime) and at.year < 1971, "CREATED"))
RULES.error(
    "range",
    "RANGE is THISANDFUTURE or nothing (RFC 5545 §3.2.13), and programs move this one occurrence"
    " alone.",
)(
    each(
        lambda line: line.parameters.get("RANGE", "THISANDFUTURE").upper() != "THISANDFUTURE",
        "RECURRENCE-ID",
    )
)
RULES.note(
    "journal",
    "Google, Apple's calendar, Outlook and `import ics` take no journal entries: make it an event"
    " or a task.",
)(when(lambda entry: entry.name == "VJOURNAL"))
