"""Rules on the bytes of a feed: its encoding, its lines, its folds and its size."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.ics.check.fault import Fault, Severity

LARGEST = 1_000_000
"""Octets; Google has been seen to fail at 1 MB."""

_BREAK = re.compile(rb"\r\n|\n|\r")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SEPARATOR = re.compile(rb"\xe2\x80[\xa8\xa9]|\xc2\x85|\x0b|\x0c")
_REORDERING = re.compile(rb"\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]")


def octet_faults(data: bytes) -> Iterator[Fault]:
    """Faults that can be seen without knowing what a line means."""
    if len(data) > LARGEST:
        yield Fault(
            1,
            "size",
            Severity.WARNING,
            f"The feed has {len(data):,} octets, and Google stops updating feeds at about 1 MB:"
            " split it, by owner, tag or year.",
        )
    if data.startswith(b"\xef\xbb\xbf"):
        yield Fault(
            1,
            "byte-order-mark",
            Severity.WARNING,
            "The file begins with a byte order mark, after which some parsers"
            " do not find BEGIN:VCALENDAR: write UTF-8 without it.",
        )
    yield from _encoding_faults(data)
    yield from _line_faults(data)


def _encoding_faults(data: bytes) -> Iterator[Fault]:
    try:
        data.replace(b"\r\n ", b"").replace(b"\r\n\t", b"").decode("utf-8")
    except UnicodeDecodeError:
        line = next(n for n, part in enumerate(data.split(b"\n"), 1) if not _is_utf8(part))
        yield Fault(
            line,
            "encoding",
            Severity.ERROR,
            f"This is not UTF-8{_likely(data)}, and calendar programs read nothing else:"
            " people see garbage. Convert it to UTF-8.",
        )


def _is_utf8(part: bytes) -> bool:
    try:
        part.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _likely(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return " (it looks like UTF-16)"
    try:
        decoded = data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    chinese = sum("\u4e00" <= c <= "\u9fff" for c in decoded)
    foreign = sum(c > "\x7f" for c in decoded)
    return " (it looks like GB18030)" if chinese * 2 > foreign else ""


def _line_faults(data: bytes) -> Iterator[Fault]:
    start, number = 0, 0
    bare = 0
    ends = [*_BREAK.finditer(data)]
    for match in ends:
        number += 1
        if match.group() != b"\r\n" and not bare:
            bare = number
        following = data[match.end() : match.end() + 2]
        yield from _one_line(data[start : match.start()], following, number)
        start = match.end()
    if start < len(data):
        yield from _one_line(data[start:], b"", number + 1)
        yield Fault(
            number + 1,
            "last-line",
            Severity.WARNING,
            "The last line does not end with CRLF, and strict parsers drop it.",
        )
    if bare:
        yield Fault(
            bare,
            "line-ends",
            Severity.WARNING,
            "Lines end without CRLF (RFC 5545 §3.1), which strict parsers such as Outlook's"
            " refuse: end each line with CR and LF.",
        )


def _one_line(line: bytes, following: bytes, number: int) -> Iterator[Fault]:
    folded = following[:1] in (b" ", b"\t")
    if len(line) > 75:
        yield Fault(
            number,
            "line-length",
            Severity.WARNING,
            f"The line has {len(line)} octets and 75 are allowed (RFC 5545 §3.1): fold it.",
        )
    if not line:
        yield Fault(
            number,
            "blank-line",
            Severity.WARNING,
            "A blank line stands here; some parsers end the calendar at it.",
        )
    if folded and (len(line) - len(line.rstrip(b"\\"))) % 2:
        yield Fault(
            number,
            "fold-in-escape",
            Severity.ERROR,
            "The line is folded between a backslash and what it escapes, and Google does not"
            " show such an event: fold before the backslash.",
        )
    if folded and following[1:2] and 0x80 <= following[1] <= 0xBF:
        yield Fault(
            number,
            "fold-in-character",
            Severity.ERROR,
            "The line is folded inside a UTF-8 character, which many programs show as garbage:"
            " fold between characters.",
        )
    if _CONTROL.search(line):
        yield Fault(
            number,
            "control-character",
            Severity.ERROR,
            "The line holds a control character; a NUL empties the whole feed in Evolution:"
            " remove it.",
        )
    if _SEPARATOR.search(line):
        yield Fault(
            number,
            "line-separator",
            Severity.WARNING,
            "The line holds a line separator of Unicode, at which khal and other Python"
            " programs cut the text: write \\n instead.",
        )
    if _REORDERING.search(line):
        yield Fault(
            number,
            "reordering-mark",
            Severity.WARNING,
            "The line holds a mark that reorders text (UAX #9), so what people read is not"
            " what is written: remove it.",
        )
