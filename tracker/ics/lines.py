"""The content lines of iCalendar: text cleaned and escaped, addresses encoded, lines folded.

Written here because a feed of 10,000 milestones is made of 160,000 lines, and `icalendar` spends
its time on each character. The tests hold these functions to the bytes that `icalendar` writes.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from urllib.parse import quote

WIDTH = 74
"""Octets of a line's content. RFC 5545 §3.1 allows 75, and a continued line begins with a space."""

_LINE_BREAK = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_HARMFUL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls: NUL blanks the whole feed in Evolution
    "\u202a-\u202e\u2066-\u2069"  # marks that reorder what is read (UAX #9)
    "\ud800-\udfff\ufeff\ufffe\uffff]"  # what UTF-8 or a CalDAV server's XML cannot carry
)


def clean(value: str) -> str:
    r"""`value` without characters that break clients; every kind of line break becomes `\n`."""
    if value.replace("\n", "").isprintable():
        return value
    return _HARMFUL.sub("", _LINE_BREAK.sub("\n", value)).replace("\t", " ")


def text(value: str) -> str:
    """`value` cleaned and escaped as a TEXT value (RFC 5545 §3.3.11)."""
    escaped = clean(value).replace("\\", "\\\\").replace(";", "\\;")
    return escaped.replace(",", "\\,").replace("\n", "\\n")


def fold(line: str) -> str:
    """One content line, CRLF included, folded between characters and never inside an escape.

    `icalendar` keeps the `^` escapes of RFC 6868 whole as well, and so does this.
    """
    if len(line) <= WIDTH and line.isascii():
        return line + "\r\n"
    octets = line.encode()
    size = len(octets)
    if size <= WIDTH:
        return line + "\r\n"
    pieces = []
    start = 0
    while size - start > WIDTH:
        end = start + WIDTH
        while octets[end] & 0xC0 == 0x80:  # the middle of a character
            end -= 1
        before = octets[end - 1]
        if before == 0x5E or (before == 0x5C and _opens_escape(octets, start, end)):
            end -= 1
        pieces.append(octets[start:end])
        start = end
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces).decode() + "\r\n"


def _opens_escape(octets: bytes, start: int, end: int) -> bool:
    """Whether the backslash before `end` begins an escape rather than completing one."""
    backslashes = 0
    while end - backslashes > start and octets[end - backslashes - 1] == 0x5C:
        backslashes += 1
    return backslashes % 2 == 1


def day(value: date) -> str:
    """A DATE value, such as 20210630."""
    return value.isoformat().replace("-", "")


@lru_cache(maxsize=1024)  # what is imported together has one instant
def instant(value: datetime) -> str:
    """A DATE-TIME value in UTC to the second, such as 20210630T160000Z."""
    iso = value.astimezone(UTC).isoformat()
    return iso[:19].replace("-", "").replace(":", "") + "Z"


def duration(value: timedelta) -> str:
    """A DURATION of whole hours, such as PT12H, P1D or -P6DT15H (RFC 5545 §3.3.6)."""
    days, hours = divmod(abs(value) // timedelta(hours=1), 24)
    sign = "-" if value < timedelta() else ""
    time = f"T{hours}H" if hours else ""
    return f"{sign}P{days}D{time}" if days or not hours else f"{sign}P{time}"


_WEB = re.compile(r"(?i)(https?)://([^/?#\s]+)([^#]*)(?:#(.*))?", re.DOTALL)
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PATH = "/?:@!$&'()*+,;=%-._~"


@lru_cache(maxsize=256)  # many milestones come from one document
def web_address(value: str) -> str | None:
    """`value` as a percent-encoded http(s) URI (RFC 3986); None if it is not one.

    No other scheme comes through: a `javascript:` address would wait in people's calendars.
    """
    match = _WEB.fullmatch(clean(value).replace("\n", "").strip())
    if match is None:
        return None
    scheme, host, path, fragment = match.groups()
    encoded = f"{scheme.lower()}://{quote(host, safe=_PATH + '[]')}{_encode(path)}"
    return encoded if fragment is None else f"{encoded}#{_encode(fragment)}"


def _encode(part: str) -> str:
    return quote(_LONE_PERCENT.sub("%25", part), safe=_PATH)
