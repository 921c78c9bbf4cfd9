"""What the values of iCalendar properties mean: text, dates, times, durations, whole numbers."""

from __future__ import annotations

import re
from binascii import a2b_base64, a2b_qp
from datetime import UTC, date, datetime, timedelta

from tracker.ics.lines import clean
from tracker.ics.scan import Line

_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_ESCAPE = re.compile(r"\\([\\;,nN])")
_SEPARATOR = re.compile(r"(?<!\\)(?:\\\\)*,")
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?", re.ASCII)
_DURATION = re.compile(
    r"([+-]?)P(?:(\d{1,6})W|(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?)",
    re.ASCII,
)


def unescaped(value: str) -> str:
    """A TEXT value as it reads, without characters that could harm a screen or a store."""
    if "\\" in value:
        value = _ESCAPE.sub(lambda m: "\n" if m[1] in "nN" else m[1], value)
    return clean(value)


def read_text(line: Line) -> str:
    """The text of a property. ValueError if it is garbage."""
    value = decoded(line)
    if _NOT_UTF8.search(value):
        what = "title" if line.name == "SUMMARY" else line.name
        raise ValueError(f"its {what} is not UTF-8; give the encoding, such as --encoding gb18030")
    return unescaped(value)


def decoded(line: Line) -> str:
    """A value with its escapes, whatever vCalendar 1.0 wrote it in. ValueError if it is not."""
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
            raise ValueError(f"its {line.name} is not in BASE64, which it says it is") from None
    return _decoded(data, parameters.get("CHARSET", "utf-8"), line.name)


def _decoded(data: bytes, charset: str, name: str) -> str:
    try:
        return data.decode(charset, "surrogateescape" if charset == "utf-8" else "strict")
    except (LookupError, ValueError):
        raise ValueError(f"its {name} is not in {charset[:20]}, which it says it is") from None


def listed(value: str) -> tuple[str, ...]:
    """The texts of a value that is a list, such as CATEGORIES."""
    texts, start = [], 0
    for match in _SEPARATOR.finditer(value):
        texts.append(value[start : match.end() - 1])
        start = match.end()
    texts.append(value[start:])
    return tuple(text for part in texts if (text := unescaped(part).strip()))


def moment(value: str) -> date | datetime:
    """A DATE, a local DATE-TIME without a zone, or one in UTC. ValueError says what it is not."""
    match = _MOMENT.fullmatch(value.strip())
    if match is None:
        raise ValueError(f"{value[:40]!r} is no date such as 20210630 or 20210630T090000Z")
    year, month, day, hour, minute, second, utc = match.groups()
    try:
        if hour is None:
            return date(int(year), int(month), int(day))
        return datetime(
            *(int(year), int(month), int(day), int(hour), int(minute)),
            min(int(second), 59),  # a leap second
            tzinfo=UTC if utc else None,
        )
    except ValueError:
        raise ValueError(f"{value[:40]!r} is not a day of the calendar") from None


def moment_or_none(line: Line | None) -> date | datetime | None:
    """What a property's value means, if there is one that means anything."""
    try:
        return None if line is None else moment(line.value)
    except ValueError:
        return None


def day_of(value: date | datetime) -> date:
    """The day of a date or of a local time."""
    return value.date() if isinstance(value, datetime) else value


def duration(value: str) -> timedelta:
    """A DURATION (RFC 5545 §3.3.6)."""
    match = _DURATION.fullmatch(value.strip())
    if match is None or not any(match.groups()[1:]):
        raise ValueError(f"{value[:40]!r} is no duration such as P1D or PT2H")
    sign, *numbers = match.groups()
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in numbers)
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if sign == "-" else length


def whole(line: Line, lowest: int, highest: int) -> int:
    """A whole number within its bounds."""
    value = line.value.strip()
    if re.fullmatch(r"\+?\d{1,9}", value, re.ASCII) and lowest <= int(value) <= highest:
        return int(value)
    raise ValueError(f"{value[:40]!r} is no whole number from {lowest} to {highest}")
