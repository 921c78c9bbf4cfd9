"""What the values of iCalendar properties mean: text, dates, times, durations, whole numbers."""

from __future__ import annotations

import re
from binascii import a2b_base64, a2b_qp
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeGuard

from icalendar.parser import (
    split_on_unescaped_comma,
    split_on_unescaped_semicolon,
    unescape_backslash,
)
from icalendar.prop import vDDDTypes, vDuration

from tracker.ics.lines import clean
from tracker.ics.scan import ContentLine
from tracker.message import Message, Reason

_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_MOMENT = re.compile(r"\d{8}(T\d{4}([0-5]\d|60)Z?)?", re.ASCII)


def unescaped(value: str) -> str:
    """A TEXT value as it reads, without characters that could harm a screen or a store."""
    return clean(unescape_backslash(value) if "\\" in value else value)


def read_text(line: ContentLine) -> str:
    """The text of a property. Raises Reason if it is garbage."""
    return unescaped(_decoded(line))


def read_list(line: ContentLine, separator: str) -> tuple[str, ...]:
    """The texts of a property that is a list, such as CATEGORIES. Raises Reason."""
    return listed(_decoded(line), separator)


def _decoded(line: ContentLine) -> str:
    """A value with its escapes, whatever vCalendar 1.0 wrote it in. Raises Reason if it is not."""
    value = _as_written(line)
    if _NOT_UTF8.search(value):
        said = "its {name} is not UTF-8; give the encoding, such as --encoding gb18030"
        raise Reason(said, name=Message("title") if line.name == "SUMMARY" else line.name)
    return value


def _as_written(line: ContentLine) -> str:
    if not line.raw_parameters:
        return line.value
    parameters = line.parameters
    encoding = parameters.get("ENCODING", "").upper()
    data = line.value.encode("utf-8", "surrogateescape")
    if encoding == "QUOTED-PRINTABLE" or "QUOTED-PRINTABLE" in parameters:
        data = a2b_qp(data)
    elif encoding in ("B", "BASE64") or "BASE64" in parameters:
        try:
            data = a2b_base64(data)
        except ValueError:
            said = "its {name} is not in {charset}, which it says it is"
            raise Reason(said, name=line.name, charset="BASE64") from None
    charset = parameters.get("CHARSET", "utf-8")
    try:
        return data.decode(charset, "surrogateescape" if charset == "utf-8" else "strict")
    except (LookupError, ValueError):
        said = "its {name} is not in {charset}, which it says it is"
        raise Reason(said, name=line.name, charset=charset[:20]) from None


_SPLIT = {",": split_on_unescaped_comma, ";": split_on_unescaped_semicolon}


def listed(value: str, separator: str = ",") -> tuple[str, ...]:
    return tuple(text for part in _SPLIT[separator](value) if (text := clean(part).strip()))


def date_or_time(value: str) -> date | datetime:
    """A DATE, a local DATE-TIME without a zone, or one in UTC. Raises Reason."""
    text = value.strip()
    if not _MOMENT.fullmatch(text):
        raise Reason("{value!r} is no date such as 20210630 or 20210630T090000Z", value=value[:40])
    try:
        # The library knows no leap second.
        found: Any = vDDDTypes.from_ical(  # type: ignore[no-untyped-call]  # it has no types
            text[:13] + text[13:].replace("60", "59")
        )
    except ValueError:
        raise Reason("{value!r} is not a day of the calendar", value=value[:40]) from None
    moment: date = found.replace(tzinfo=UTC) if text.endswith("Z") else found
    return moment


def date_or_time_or_none(line: ContentLine | None) -> date | datetime | None:
    """What a property's value means, if there is one that means anything."""
    try:
        return None if line is None else date_or_time(line.value)
    except ValueError:
        return None


def is_day(value: date | datetime | None) -> TypeGuard[date]:
    """Whether it is a day without a time."""
    return value is not None and not isinstance(value, datetime)


def is_instant(value: date | datetime | None) -> TypeGuard[datetime]:
    return isinstance(value, datetime) and value.tzinfo is not None


def day_of(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def duration(value: str) -> timedelta:
    """A DURATION (RFC 5545 §3.3.6). Raises Reason."""
    try:
        length: timedelta = vDuration.from_ical(  # type: ignore[no-untyped-call]  # it has no types
            value.strip()
        )
    except ValueError:
        length = timedelta()
    if not length and "0" not in value:  # the library takes a lone P
        raise Reason("{value!r} is no duration such as P1D or PT2H", value=value[:40])
    return length


def integer(line: ContentLine, lowest: int, highest: int) -> int:
    """A whole number within its bounds. Raises Reason."""
    value = line.value.strip()
    if re.fullmatch(r"\+?\d{1,9}", value, re.ASCII) and lowest <= int(value) <= highest:
        return int(value)
    said = "{value!r} is no whole number from {lowest} to {highest}"
    raise Reason(said, value=value[:40], lowest=lowest, highest=highest)
